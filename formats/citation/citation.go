// Package citation writes one paper as one line of a reference list, in plain text without markup. The styles are the common ones as far as the graph knows
// what they ask for: titles keep their capitals, months and places are told where they are known. It knows no store.
package citation

import (
	"strconv"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// Style is how a reference is written.
type Style string

// Styles.
const (
	// ACM is the ACM reference format.
	ACM Style = "ACM"
	// APA is that of the American Psychological Association, 7th edition.
	APA Style = "APA"
	// IEEE is that of the IEEE editorial style manual.
	IEEE Style = "IEEE"
	// Plain is short: authors, title, venue, pages, year.
	Plain Style = "PLAIN"
)

// Text is the reference. The locale is the language of title and names (nil: English); the words of the style are English. An unknown style is Plain.
func Text(style Style, e literature.Entry, locale *literature.Locale) string {
	r := referenceOf(e, locale)
	switch style {
	case ACM:
		return r.acm()
	case APA:
		return r.apa()
	case IEEE:
		return r.ieee()
	default:
		return r.plain()
	}
}

// reference is what the styles put together; everything but the title may be "".
type reference struct {
	kind                     literature.PaperType
	names                    []literature.PersonName
	more                     bool
	title, year, month       string
	venue, short, location   string
	volume, issue, publisher string
	first, last              string
	arXiv, link, doi         string
	retracted                bool
}

func referenceOf(e literature.Entry, locale *literature.Locale) reference {
	p := e.Paper
	r := reference{
		kind: p.Type, more: e.MoreAuthors, title: p.Title(locale), volume: p.Volume, issue: p.Issue, publisher: p.Publisher,
		arXiv: p.Identifier(literature.ArXiv), link: e.URL(), retracted: p.IsRetracted,
	}
	for _, author := range e.Authors {
		r.names = append(r.names, literature.SplitName(author.Name(locale)))
	}
	r.venue, r.short = e.VenueNames()
	r.first, r.last = e.PageRange()
	if e.Venue != nil {
		r.location = e.Venue.Location
	}
	if p.Type == literature.Thesis || p.Type == literature.Report {
		r.publisher = e.Institution()
	}
	if date, ok := e.Date(); ok {
		r.year = strconv.Itoa(date.Year)
		if date.Month > 0 {
			r.month = months[date.Month-1]
		}
	}
	if doi := p.DOI(); doi != nil {
		r.doi = *doi
		r.link = *literature.Identifier{Scheme: literature.DOI, Value: r.doi}.Link()
	}
	return r
}

var months = [...]string{"Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."}

func (r reference) inProceedings() bool {
	return r.venue != "" && (r.kind == literature.ConferencePaper || r.kind == literature.WorkshopPaper || r.kind == literature.Chapter)
}

// isOnArXiv tells that arXiv is where the paper appeared.
func (r reference) isOnArXiv() bool { return r.arXiv != "" && r.kind == literature.Preprint }

// proceedings is the venue with its short name in parentheses.
func (r reference) proceedings() string {
	if r.short == "" {
		return r.venue
	}
	return r.venue + " (" + r.short + ")"
}

// whoPublished is the publisher or, for what appeared in no proceedings and no journal, the venue.
func (r reference) whoPublished() string {
	if r.publisher == "" && !r.inProceedings() && r.kind != literature.Article {
		return r.venue
	}
	return r.publisher
}

func (r reference) pages() string {
	if r.last == "" {
		return r.first
	}
	return r.first + "–" + r.last
}

// pagesWith writes one before a single page and several before more.
func (r reference) pagesWith(one, several string) string {
	switch {
	case r.first == "":
		return ""
	case r.last == "":
		return one + " " + r.first
	}
	return several + " " + r.pages()
}

// acm writes “Authors. Year. Title. In Proceedings (SHORT), Place. Publisher, pages. DOI”.
func (r reference) acm() string {
	year := r.year
	if year == "" {
		year = "n.d."
	}
	parts := []string{r.people(literature.PersonName.String, ", ", "and", 0, 0), year, r.title}
	switch {
	case r.inProceedings():
		parts = append(parts, "In "+comma(r.proceedings(), r.location), comma(r.publisher, r.pages()))
	case r.kind == literature.Article && r.venue != "":
		where := strings.TrimSpace(r.venue + " " + comma(r.volume, r.issue))
		if when := strings.TrimSpace(r.month + " " + r.year); when != "" {
			where += " (" + when + ")"
		}
		parts = append(parts, comma(where, r.pages()))
	case r.arXiv != "":
		parts = append(parts, "arXiv:"+r.arXiv)
	default:
		parts = append(parts, comma(r.whoPublished(), r.pages()))
	}
	return r.sentences(parts...)
}

// apa writes “Family, G., & Family, G. (Year). Title. In Proceedings (pp. 1–12). Publisher. DOI”.
func (r reference) apa() string {
	year := "(n.d.)"
	if r.year != "" {
		year = "(" + r.year + ")"
	}
	people := r.people(inverted, ", ", "&", 20, 19)
	title := r.title
	if r.isOnArXiv() {
		title += " (arXiv:" + r.arXiv + ")"
	}
	parts := []string{people, year, title}
	if people == "" {
		parts = []string{title, year}
	}
	switch {
	case r.inProceedings():
		where := "In " + r.venue
		if pages := r.pagesWith("p.", "pp."); pages != "" {
			where += " (" + pages + ")"
		}
		parts = append(parts, where, r.publisher)
	case r.kind == literature.Article && r.venue != "":
		number := r.volume
		if r.issue != "" {
			number += "(" + r.issue + ")"
		}
		parts = append(parts, comma(r.venue, number, r.pages()))
	default:
		parts = append(parts, r.whoPublished())
	}
	return r.sentences(parts...)
}

// ieee writes “G. Family and G. Family, “Title,” in Proceedings (SHORT), Place, Month Year, pp. 1–12, doi: DOI.”
func (r reference) ieee() string {
	people := r.people(func(n literature.PersonName) string { return spaced(n.Initials(), n.Last(), n.Suffix) }, ", ", "and", 6, 1)
	title := "“" + r.title + ",”"
	if endsSentence(r.title) {
		title = "“" + r.title + "”"
	}
	if people != "" {
		title = people + ", " + title
	}
	when := strings.TrimSpace(r.month + " " + r.year)
	var parts []string
	switch {
	case r.inProceedings():
		parts = []string{"in " + r.proceedings(), r.location, when, r.pagesWith("p.", "pp.")}
	case r.kind == literature.Article && r.venue != "":
		parts = []string{r.venue, numbered("vol.", r.volume), numbered("no.", r.issue), r.pagesWith("p.", "pp."), when}
	default:
		parts = []string{r.whoPublished(), when, r.pagesWith("p.", "pp.")}
	}
	if r.isOnArXiv() {
		parts = []string{when, "arXiv:" + r.arXiv}
	}
	text := title
	if rest := comma(append(parts, numbered("doi:", r.doi))...); rest != "" {
		text += " " + rest
	}
	text = r.marked(stop(text))
	if r.doi == "" && !r.isOnArXiv() && r.link != "" {
		text += " [Online]. Available: " + r.link
	}
	return text
}

// plain writes “Given Family, Given Family: Title. SHORT, pages 1–12, Year. DOI”.
func (r reference) plain() string {
	title := r.title
	if people := r.people(literature.PersonName.String, ", ", "", 0, 0); people != "" {
		title = people + ": " + title
	}
	venue := r.venue
	if r.short != "" {
		venue = r.short
	}
	if venue == "" {
		venue = r.whoPublished()
	}
	number := r.volume
	if r.issue != "" {
		number += "(" + r.issue + ")"
	}
	return r.sentences(title, comma(strings.TrimSpace(venue+" "+number), r.pagesWith("page", "pages"), r.year))
}

// sentences ends with the address, which has no full stop.
func (r reference) sentences(parts ...string) string {
	var all []string
	for _, part := range parts {
		if part != "" {
			all = append(all, stop(part))
		}
	}
	text := r.marked(strings.Join(all, " "))
	if r.link != "" {
		text += " " + r.link
	}
	return text
}

func (r reference) marked(text string) string {
	if r.retracted {
		return text + " [Retracted]."
	}
	return text
}

// people lists the authors, with and before the last of them. Of more than most only the first shown are named: for APA the last one too, behind an ellipsis.
func (r reference) people(write func(literature.PersonName) string, separator, and string, most, shown int) string {
	all := make([]string, len(r.names))
	for i, n := range r.names {
		all[i] = write(n)
	}
	cut := most > 0 && len(all) > most
	switch {
	case len(all) == 0:
		return ""
	case cut && and == "&" && !r.more:
		return strings.Join(all[:shown], separator) + ", . . . " + all[len(all)-1]
	case cut:
		all = all[:shown]
		fallthrough
	case r.more:
		joint := separator
		if len(all) == 1 {
			joint = " "
		}
		return strings.Join(all, separator) + joint + "et al."
	case len(all) == 1 || and == "":
		return strings.Join(all, separator)
	case len(all) == 2 && and == "and":
		return all[0] + " and " + all[1]
	}
	return strings.Join(all[:len(all)-1], separator) + separator + and + " " + all[len(all)-1]
}

// inverted is Family, G., Suffix.
func inverted(n literature.PersonName) string {
	return comma(n.Last(), n.Initials(), n.Suffix)
}

func numbered(word, number string) string {
	if number == "" {
		return ""
	}
	return word + " " + number
}

func comma(parts ...string) string  { return joined(", ", parts) }
func spaced(parts ...string) string { return joined(" ", parts) }

// joined joins the parts that are not "".
func joined(separator string, parts []string) string {
	var all []string
	for _, part := range parts {
		if part != "" {
			all = append(all, part)
		}
	}
	return strings.Join(all, separator)
}

// stop ends a sentence that has no end.
func stop(s string) string {
	if endsSentence(s) {
		return s
	}
	return s + "."
}

func endsSentence(s string) bool {
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, ".”")
}
