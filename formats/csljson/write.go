// Package csljson writes bibliographies as CSL-JSON, the form that citation processors and Zotero take. It reads nothing and knows no store.
package csljson

import (
	"encoding/json"
	"io"

	"github.com/papergraph/papergraph/literature"
)

// item is one entry. Names and types of the fields are those of csl-data.json, version 1.0.2.
type item struct {
	ID              string `json:"id"`
	Type            string `json:"type"`
	Title           string `json:"title"`
	Author          []name `json:"author,omitempty"`
	ContainerTitle  string `json:"container-title,omitempty"`
	CollectionTitle string `json:"collection-title,omitempty"`
	EventPlace      string `json:"event-place,omitempty"`
	Issued          *date  `json:"issued,omitempty"`
	Volume          string `json:"volume,omitempty"`
	Issue           string `json:"issue,omitempty"`
	Page            string `json:"page,omitempty"`
	Number          string `json:"number,omitempty"`
	Publisher       string `json:"publisher,omitempty"`
	Genre           string `json:"genre,omitempty"`
	Status          string `json:"status,omitempty"`
	DOI             string `json:"DOI,omitempty"`
	ISBN            string `json:"ISBN,omitempty"`
	URL             string `json:"URL,omitempty"`
	Language        string `json:"language,omitempty"`
	Abstract        string `json:"abstract,omitempty"`
}

// name is a name in parts, or whole.
type name struct {
	Family   string `json:"family,omitempty"`
	Given    string `json:"given,omitempty"`
	Particle string `json:"non-dropping-particle,omitempty"`
	Suffix   string `json:"suffix,omitempty"`
	Literal  string `json:"literal,omitempty"`
}

type date struct {
	Parts [][]int `json:"date-parts"`
}

var types = map[literature.PaperType]string{
	literature.Article: "article-journal", literature.ConferencePaper: "paper-conference", literature.WorkshopPaper: "paper-conference",
	literature.Preprint: "article", literature.Book: "book", literature.Chapter: "chapter", literature.Thesis: "thesis",
	literature.Report: "report", literature.Dataset: "dataset", literature.OtherPaper: "document",
}

// Write writes the entries in the order given, as one array. Ids are those of literature.Keys.
func Write(to io.Writer, entries []literature.Entry) error {
	items := make([]item, len(entries))
	for i, key := range literature.Keys(entries) {
		items[i] = itemOf(key, entries[i])
	}
	e := json.NewEncoder(to)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(items)
}

func itemOf(key string, e literature.Entry) item {
	p := e.Paper
	i := item{
		ID: key, Type: types[p.Type], Volume: p.Volume, Issue: p.Issue, Page: p.Pages, Publisher: p.Publisher,
		ISBN: e.ISBN(), URL: e.URL(),
	}
	if title, ok := literature.LocalizeWithLocale(p.Labels, literature.English); ok {
		i.Title, i.Language = title.Value, string(title.Locale)
	}
	for _, author := range e.Authors {
		i.Author = append(i.Author, nameOf(literature.SplitName(author.Name(nil))))
	}
	if e.MoreAuthors {
		i.Author = append(i.Author, name{Literal: "others"})
	}
	i.ContainerTitle, i.CollectionTitle = e.VenueNames()
	if e.Venue != nil {
		i.EventPlace = e.Venue.Location
	}
	if d, ok := e.Date(); ok {
		parts := []int{d.Year}
		if d.Month > 0 {
			parts = append(parts, d.Month)
		}
		if d.Day > 0 {
			parts = append(parts, d.Day)
		}
		i.Issued = &date{[][]int{parts}}
	}
	switch p.Type {
	case literature.Preprint:
		i.Genre = "preprint"
	case literature.Thesis, literature.Report:
		i.Publisher = e.Institution()
	}
	if arXiv := p.Identifier(literature.ArXiv); arXiv != "" && p.Type == literature.Preprint {
		i.Number = "arXiv:" + arXiv
	}
	if i.ContainerTitle == i.Publisher { // arXiv is both
		i.ContainerTitle = ""
	}
	if doi := p.DOI(); doi != nil {
		i.DOI = *doi
	}
	if p.IsRetracted {
		i.Status = "retracted"
	}
	if abstract := p.Abstract(nil); abstract != nil {
		i.Abstract = *abstract
	}
	return i
}

func nameOf(n literature.PersonName) name {
	if n.IsWhole() {
		return name{Literal: n.Family}
	}
	return name{Family: n.Family, Given: n.Given, Particle: n.Particle, Suffix: n.Suffix}
}
