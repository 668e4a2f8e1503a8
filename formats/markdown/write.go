// Package markdown writes bibliographies as a list in Markdown, for a README or a wiki. It reads nothing and knows no store.
package markdown

import (
	"io"
	"strconv"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// Write writes the entries in the order given, one list item each:
//
//   - **[Title](address)**. First Author, Second Author. *Venue*, pages 1–12, 2022. [doi:10.1000/1](https://doi.org/10.1000/1)
func Write(to io.Writer, entries []literature.Entry) error {
	for _, e := range entries {
		if _, err := io.WriteString(to, "- "+item(e)+"\n"); err != nil {
			return err
		}
	}
	return nil
}

func item(e literature.Entry) string {
	title := escape(e.Paper.Title(nil))
	url := e.URL()
	doi := e.Paper.DOI()
	doiLink := ""
	if doi != nil {
		doiLink = *literature.Identifier{Scheme: literature.DOI, Value: *doi}.Link()
	}
	if address := url; address != "" || doiLink != "" {
		if address == "" {
			address = doiLink
		}
		title = "[" + title + "](" + target(address) + ")"
	}
	sentences := []string{"**" + title + "**"}
	var authors []string
	for _, author := range e.Authors {
		authors = append(authors, escape(author.Name(nil)))
	}
	if e.MoreAuthors {
		authors = append(authors, "et al")
	}
	if len(authors) > 0 {
		sentences = append(sentences, strings.Join(authors, ", "))
	}
	if where := place(e); where != "" {
		sentences = append(sentences, where)
	}
	if e.Paper.IsRetracted {
		sentences = append(sentences, "**Retracted**")
	}
	line := strings.Join(sentences, ". ") + "."
	if doi != nil {
		line += " [doi:" + escape(*doi) + "](" + target(doiLink) + ")"
	}
	return line
}

func place(e literature.Entry) string {
	var parts []string
	full, short := e.VenueNames()
	if short != "" {
		full = short
	}
	if full == "" {
		full = e.Paper.Publisher
	}
	if full != "" {
		number := e.Paper.Volume
		if e.Paper.Issue != "" {
			number += "(" + e.Paper.Issue + ")"
		}
		where := "*" + escape(full) + "*"
		if number != "" {
			where += " " + escape(number)
		}
		parts = append(parts, where)
	}
	switch first, last := e.PageRange(); {
	case last != "":
		parts = append(parts, "pages "+escape(first)+"–"+escape(last))
	case first != "":
		parts = append(parts, "page "+escape(first))
	}
	if date, ok := e.Date(); ok {
		parts = append(parts, strconv.Itoa(date.Year))
	}
	return strings.Join(parts, ", ")
}

// escape hides from Markdown what it would take for markup, and makes one line of the text. Every punctuation mark may be hidden, whether or not it means anything where it stands.
func escape(s string) string {
	var b strings.Builder
	for _, c := range strings.Join(strings.Fields(s), " ") {
		if strings.ContainsRune("\\`*_[]<>#|~&$", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// target is an address that parentheses may hold.
func target(address string) string {
	return strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20", `\`, "%5C").Replace(address)
}
