// Package bibtex writes bibliographies for LaTeX: in the dialect of classic BibTeX, whose styles count bytes and know few types and fields, and in that of
// biblatex, which knows EDTF dates, data sets and Unicode. It reads nothing and knows no store.
package bibtex

import (
	"io"
	"strconv"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// Dialect says for which program a file is written.
type Dialect int

// Dialects.
const (
	// BibTeX is for the styles of classic BibTeX: accents and Greek letters are written as commands, dates as year and month. Other scripts stay as they are.
	BibTeX Dialect = iota
	// BibLaTeX is for biblatex with biber: UTF-8 throughout.
	BibLaTeX
)

// Write writes the entries in the order given, one empty line between them. Keys are those of literature.Keys.
func Write(to io.Writer, entries []literature.Entry, dialect Dialect) error {
	for i, key := range literature.Keys(entries) {
		text := entryOf(key, entries[i], dialect)
		if i > 0 {
			text = "\n" + text
		}
		if _, err := io.WriteString(to, text); err != nil {
			return err
		}
	}
	return nil
}

// types are the entry types by type of paper.
var types = map[Dialect]map[literature.PaperType]string{
	BibTeX: {
		literature.Article: "article", literature.ConferencePaper: "inproceedings", literature.WorkshopPaper: "inproceedings", literature.Book: "book",
		literature.Chapter: "incollection", literature.Thesis: "phdthesis", literature.Report: "techreport",
	},
	BibLaTeX: {
		literature.Article: "article", literature.ConferencePaper: "inproceedings", literature.WorkshopPaper: "inproceedings", literature.Book: "book",
		literature.Chapter: "incollection", literature.Thesis: "thesis", literature.Report: "report", literature.Preprint: "online", literature.Dataset: "dataset",
	},
}

// entry is one entry as it is written.
type entry struct {
	strings.Builder
	dialect Dialect
}

func entryOf(key string, e literature.Entry, dialect Dialect) string {
	kind := types[dialect][e.Paper.Type]
	if kind == "" {
		kind = "misc"
	}
	w := &entry{dialect: dialect}
	w.WriteString("@" + kind + "{" + key + ",\n")
	w.raw("author", w.names(e))
	w.raw("title", w.protected(e.Paper.Title(nil)))
	w.container(e)
	w.date(e)
	w.text("volume", e.Paper.Volume)
	w.text("number", e.Paper.Issue)
	w.raw("pages", w.pages(e))
	switch e.Paper.Type {
	case literature.Thesis:
		w.text("type", "Thesis")
		w.text(w.either("school", "institution"), e.Institution())
	case literature.Report:
		if dialect == BibLaTeX {
			w.raw("type", "techreport")
		}
		w.text("institution", e.Institution())
	case literature.Preprint, literature.OtherPaper: // see container
	default:
		w.text("publisher", e.Paper.Publisher)
	}
	w.identifiers(e)
	if e.Paper.IsRetracted {
		w.text("note", "Retracted")
	}
	if abstract := e.Paper.Abstract(nil); abstract != nil {
		w.text("abstract", *abstract)
	}
	w.WriteString("}\n")
	return w.String()
}

func (w *entry) either(bibtex, biblatex string) string {
	if w.dialect == BibTeX {
		return bibtex
	}
	return biblatex
}

// container says where the paper appeared.
func (w *entry) container(e literature.Entry) {
	full, short := e.VenueNames()
	switch e.Paper.Type {
	case literature.Article:
		w.text(w.either("journal", "journaltitle"), full)
	case literature.ConferencePaper, literature.WorkshopPaper, literature.Chapter:
		w.text("booktitle", full)
		w.text("series", short)
		if e.Venue != nil {
			w.text(w.either("address", "venue"), e.Venue.Location)
		}
	case literature.Book:
		w.text("series", full)
	case literature.Thesis, literature.Report:
	case literature.Dataset:
		w.text("howpublished", full)
	default:
		if full == "" {
			full = e.Paper.Publisher
		}
		w.text(w.either("howpublished", "organization"), full)
	}
}

var months = strings.Fields("jan feb mar apr may jun jul aug sep oct nov dec")

func (w *entry) date(e literature.Entry) {
	date, ok := e.Date()
	switch {
	case !ok:
	case w.dialect == BibLaTeX:
		w.raw("date", date.String())
	default:
		w.raw("year", strconv.Itoa(date.Year))
		if date.Month > 0 {
			w.WriteString("  month = " + months[date.Month-1] + ",\n")
		}
	}
}

func (w *entry) pages(e literature.Entry) string {
	first, last := e.PageRange()
	if last == "" {
		return w.escape(first)
	}
	return w.escape(first) + "--" + w.escape(last)
}

// identifiers are verbatim: no command of LaTeX is read in them.
func (w *entry) identifiers(e literature.Entry) {
	w.raw("isbn", e.ISBN())
	if doi := e.Paper.DOI(); doi != nil {
		w.raw("doi", verbatim(*doi))
	}
	if arXiv := e.Paper.Identifier(literature.ArXiv); arXiv != "" {
		w.raw("eprint", arXiv)
		w.raw(w.either("archiveprefix", "eprinttype"), w.either("arXiv", "arxiv"))
	}
	w.raw("url", verbatim(e.URL()))
}

// names joins the authors: Particle Family, Suffix, Given.
func (w *entry) names(e literature.Entry) string {
	var all []string
	for _, author := range e.Authors {
		all = append(all, w.name(literature.SplitName(author.Name(nil))))
	}
	if e.MoreAuthors {
		all = append(all, "others")
	}
	return strings.Join(all, " and ")
}

func (w *entry) name(n literature.PersonName) string {
	if n.IsWhole() {
		return "{" + w.escape(n.Family) + "}"
	}
	parts := []string{w.words(n.Last())}
	if n.Suffix != "" {
		parts = append(parts, w.words(n.Suffix))
	}
	return strings.Join(append(parts, w.words(n.Given)), ", ")
}

// words hides from BibTeX what it would take for the end of a part or of a name.
func (w *entry) words(s string) string {
	words := strings.Fields(s)
	for i, word := range words {
		escaped := w.escape(word)
		if strings.EqualFold(word, "and") || strings.EqualFold(word, "others") || strings.Contains(word, ",") {
			escaped = "{" + escaped + "}"
		}
		words[i] = escaped
	}
	return strings.Join(words, " ")
}

// text writes a field whose value is escaped.
func (w *entry) text(name, value string) { w.raw(name, w.escape(value)) }

// raw writes a field; one without value is left out.
func (w *entry) raw(name, value string) {
	if value != "" {
		w.WriteString("  " + name + " = {" + value + "},\n")
	}
}
