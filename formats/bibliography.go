// Package formats is the registry of the formats that papers are written in. Each format has a package of its own below; what all bibliographies tell of a paper is
// literature.Entry.
package formats

import (
	"fmt"
	"io"
	"slices"

	"github.com/papergraph/papergraph/formats/bibtex"
	"github.com/papergraph/papergraph/formats/csljson"
	"github.com/papergraph/papergraph/formats/markdown"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/formats/ris"
	"github.com/papergraph/papergraph/literature"
)

// Bibliography is a format for lists of papers.
type Bibliography string

// Formats of bibliographies.
const (
	BibTeX   Bibliography = "BIBTEX"
	BibLaTeX Bibliography = "BIBLATEX"
	CSLJSON  Bibliography = "CSL_JSON"
	RIS      Bibliography = "RIS"
	Markdown Bibliography = "MARKDOWN"
	// Native is papergraph's own format as YAML, which `papergraph validate` takes: the papers with their authors, affiliations and venues.
	Native Bibliography = "NATIVE"
)

// WriteBibliography writes the entries in a format, in the order given; Native has an order of its own.
func WriteBibliography(to io.Writer, format Bibliography, entries []literature.Entry) error {
	switch format {
	case BibTeX:
		return bibtex.Write(to, entries, bibtex.BibTeX)
	case BibLaTeX:
		return bibtex.Write(to, entries, bibtex.BibLaTeX)
	case CSLJSON:
		return csljson.Write(to, entries)
	case RIS:
		return ris.Write(to, entries)
	case Markdown:
		return markdown.Write(to, entries)
	case Native:
		return native.WriteYAML(to, slices.Values(records(entries)))
	}
	return fmt.Errorf("writing a bibliography: unknown format %q", format)
}

// records are those of all entries, each once, in the order of dumps.
func records(entries []literature.Entry) []literature.Record {
	seen := make(map[literature.ID]bool)
	var all []literature.Record
	for _, e := range entries {
		for _, record := range e.Records() {
			if !seen[record.RecordID()] {
				seen[record.RecordID()] = true
				all = append(all, record)
			}
		}
	}
	slices.SortFunc(all, native.Compare)
	return all
}
