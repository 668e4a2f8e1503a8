// Package ris writes bibliographies in the tagged lines of RIS, which every reference manager takes. It reads nothing and knows no store.
package ris

import (
	"fmt"
	"io"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

var types = map[literature.PaperType]string{
	literature.Article: "JOUR", literature.ConferencePaper: "CONF", literature.WorkshopPaper: "CONF", literature.Book: "BOOK", literature.Chapter: "CHAP",
	literature.Thesis: "THES", literature.Report: "RPRT", literature.Dataset: "DATA",
}

// Write writes the entries in the order given, an empty line behind each, with the line ends of RIS: carriage return and line feed. Ids are those of literature.Keys.
func Write(to io.Writer, entries []literature.Entry) error {
	for i, key := range literature.Keys(entries) {
		if _, err := io.WriteString(to, reference(key, entries[i])); err != nil {
			return err
		}
	}
	return nil
}

func reference(key string, e literature.Entry) string {
	var w strings.Builder
	p := e.Paper
	line := func(tag, value string) {
		if value = strings.Join(strings.Fields(value), " "); value != "" {
			fmt.Fprintf(&w, "%s  - %s\r\n", tag, value)
		}
	}
	kind := types[p.Type]
	if kind == "" {
		kind = "GEN"
	}
	line("TY", kind)
	line("ID", key)
	for _, author := range e.Authors {
		line("AU", nameOf(literature.SplitName(author.Name(nil))))
	}
	if e.MoreAuthors {
		line("AU", "others")
	}
	line("TI", p.Title(nil))
	full, short := e.VenueNames()
	if full != p.Publisher { // arXiv is both
		line("T2", full)
	}
	if kind == "CONF" { // T2 is the conference to some programs, C3 the proceedings
		line("C3", full)
	}
	line("T3", short)
	if date, ok := e.Date(); ok {
		line("PY", fmt.Sprintf("%04d", date.Year))
		line("DA", dateOf(date))
	}
	line("VL", p.Volume)
	line("IS", p.Issue)
	first, last := e.PageRange()
	line("SP", first)
	line("EP", last)
	if p.Type == literature.Thesis || p.Type == literature.Report {
		line("PB", e.Institution())
	} else {
		line("PB", p.Publisher)
	}
	if e.Venue != nil {
		line("CY", e.Venue.Location)
	}
	line("SN", e.ISBN())
	if doi := p.DOI(); doi != nil {
		line("DO", *doi)
	}
	line("UR", e.URL())
	if p.Type == literature.Preprint {
		line("M3", "preprint")
	}
	if p.IsRetracted {
		line("N1", "Retracted")
	}
	if abstract := p.Abstract(nil); abstract != nil {
		line("AB", *abstract)
	}
	w.WriteString("ER  - \r\n\r\n")
	return w.String()
}

// nameOf is Particle Family, Given, Suffix.
func nameOf(n literature.PersonName) string {
	if n.IsWhole() {
		return n.Family
	}
	name := n.Last() + ", " + n.Given
	if n.Suffix != "" {
		name += ", " + n.Suffix
	}
	return name
}

// dateOf is year/month/day/ with nothing for what is not known.
func dateOf(d literature.Date) string {
	switch {
	case d.Month == 0:
		return fmt.Sprintf("%04d///", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d/%02d//", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d/%02d/%02d/", d.Year, d.Month, d.Day)
}
