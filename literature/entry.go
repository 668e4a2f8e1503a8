package literature

import (
	"slices"
	"strings"
	"unicode"
)

// Entry is what a bibliography tells of one paper: the paper, who wrote it and where it appeared. Nothing but the paper must be there.
type Entry struct {
	Paper *Paper
	// Authors stand in the printed order; MoreAuthors tells that others follow, whom the entry does not name.
	Authors     []*Author
	MoreAuthors bool
	// Venue is the edition, journal or preprint server; Series is the series of an edition.
	Venue, Series *Venue
	// Relations join what the entry names: the authorships in the order of Authors, the publication, the series.
	Relations []*Relation
	// Organizations are those that the authorships name, each once.
	Organizations []*Organization
}

// Keys names every entry of one bibliography: by its BibTeX key where that can be cited and no other entry has it as key or slug, else by its slug. Upper and
// lower case count as the same, as they do for BibTeX. So the keys are distinct if the papers are, and do not depend on the order of the entries.
func Keys(entries []Entry) []string {
	holders := make(map[string]int)
	for _, e := range entries {
		slug := strings.ToLower(e.Paper.Slug())
		holders[slug]++
		if key := strings.ToLower(e.bibKey()); key != "" && key != slug {
			holders[key]++
		}
	}
	keys := make([]string, len(entries))
	for i, e := range entries {
		keys[i] = e.Paper.Slug()
		if key := e.bibKey(); key != "" && holders[strings.ToLower(key)] == 1 {
			keys[i] = key
		}
	}
	return keys
}

// bibKey is the paper's BibTeX key, or "" where it has none that every reader of BibTeX takes.
func (e Entry) bibKey() string {
	key := e.Paper.Identifier(BibKey)
	if strings.ContainsFunc(key, func(c rune) bool {
		return c > unicode.MaxASCII || !unicode.IsLetter(c) && !unicode.IsDigit(c) && !strings.ContainsRune("-_.:+/*", c)
	}) {
		return ""
	}
	return key
}

// Date is the date of publication, as exact as known, or that of the edition; ok is false where neither is known.
func (e Entry) Date() (date Date, ok bool) {
	date, err := ParseDate(e.Paper.PublishedOn)
	if err == nil {
		return date, true
	}
	if e.Venue != nil && e.Venue.Year != nil {
		return Date{Year: *e.Venue.Year}, true
	}
	return Date{}, false
}

// VenueNames are the venue's name in full, and its short name where it has another one; "" where there is no venue. The full name of an edition is the
// longest of its names that has four words or more: “16th USENIX Symposium on Operating Systems Design and Implementation” for “OSDI '22”.
func (e Entry) VenueNames() (full, short string) {
	if e.Venue == nil {
		return "", ""
	}
	full = e.Venue.Name(nil)
	if e.Venue.Type != Edition {
		return full, ""
	}
	for _, alias := range e.Venue.Aliases {
		if len(strings.Fields(alias)) >= 4 && len(alias) > len(full) {
			full = alias
		}
	}
	if short = e.Venue.Name(nil); short == full {
		short = ""
	}
	return full, short
}

// ISBN is that of the paper, if it is a book, or of the volume it appeared in; "" where none is known.
func (e Entry) ISBN() string {
	isbn := e.Paper.Identifier(ISBN)
	if isbn == "" && e.Venue != nil {
		isbn = e.Venue.Identifier(ISBN)
	}
	return isbn
}

// URL is the first web address of the paper itself, or its page at arXiv; "" where it has neither. A DOI is no URL here.
func (e Entry) URL() string {
	for _, scheme := range []IdentifierScheme{URL, ArXiv} {
		for _, i := range e.Paper.Identifiers {
			if link := i.Link(); i.Scheme == scheme && link != nil {
				return *link
			}
		}
	}
	return ""
}

// Institution is who stands behind a thesis or report: the publisher, else the first affiliation of the first author; "" where neither is known.
func (e Entry) Institution() string {
	if e.Paper.Publisher != "" {
		return e.Paper.Publisher
	}
	for _, r := range e.Relations {
		for _, id := range r.Organizations {
			for _, o := range e.Organizations {
				if o.ID == id {
					return o.Name(nil)
				}
			}
		}
	}
	return ""
}

// PageRange splits pages into first and last; last is "" where there is one page, or the numbers are not of the form first-last.
func (e Entry) PageRange() (first, last string) {
	first, last, _ = strings.Cut(e.Paper.Pages, "-")
	if strings.Contains(last, "-") {
		return e.Paper.Pages, ""
	}
	return first, last
}

// Records are all records of the entry, each once: the entities, then the relations. Every relation finds its ends among them.
func (e Entry) Records() []Record {
	records := []Record{e.Paper}
	for _, author := range e.Authors {
		records = append(records, author)
	}
	for _, venue := range []*Venue{e.Venue, e.Series} {
		if venue != nil {
			records = append(records, venue)
		}
	}
	for _, organization := range e.Organizations {
		records = append(records, organization)
	}
	for _, relation := range e.Relations {
		records = append(records, relation)
	}
	seen := make(map[ID]bool)
	return slices.DeleteFunc(records, func(r Record) bool {
		twice := seen[r.RecordID()]
		seen[r.RecordID()] = true
		return twice
	})
}
