package api

import (
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// SearchMatch says where the words of a search were found.
type SearchMatch string

// Places of a match, best first: the tiers of store.Reader.Search.
const (
	ExactName SearchMatch = "EXACT_NAME"
	InNames   SearchMatch = "NAME"
	InTexts   SearchMatch = "TEXT"
)

// SearchEdge is one entity found.
type SearchEdge struct {
	Edge[literature.Entity]
	Match SearchMatch
	Score float64
	// Query is what was looked for; Locale the language asked for, or nil.
	Query  store.Query
	Locale *literature.Locale
}

// SearchConnection is a page of what a search found; Query is what was looked for.
type SearchConnection struct {
	*Connection[literature.Entity, *SearchEdge]
	Query store.TextQuery
}

// Hits builds a connection of what a search found.
func Hits(scope Scope, q store.TextQuery, page store.HitPage, locale *literature.Locale) *SearchConnection {
	place := func(h store.Hit) store.Position { return h.Position }
	return &SearchConnection{
		Query: q,
		Connection: NewConnection(scope, page.Items, page.PageInfo, place, func(h store.Hit, at At) (literature.Entity, *SearchEdge) {
			edge := &SearchEdge{Edge: Edge[literature.Entity]{at, h.Entity}, Query: q.Query, Locale: locale}
			switch h.Tier {
			case 1:
				edge.Match, edge.Score = ExactName, 1
			case 2:
				edge.Match, edge.Score = InNames, 0.5
			default:
				edge.Match, edge.Score = InTexts, 0.25
			}
			return h.Entity, edge
		}),
	}
}
