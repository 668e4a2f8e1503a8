// Package loaders batches and caches what one request asks of the store, so that a field under a hundred parents costs one call.
//
// A question is a query of the store without its parents. All parents that are asked the same question share a call: those primed
// together in one, those asked one by one within a short window in one more.
package loaders

import (
	"context"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Loaders serves one request. Make a new one for each: what it loaded it keeps.
type Loaders struct {
	reader    store.Reader
	arrays    *explore.ArrayCache
	Records   *Records
	Relations *Group[store.RelationQuery, store.RelationPage]
	Lists     *Group[store.ListQuery, store.EntityPage]
	Walks     *Group[store.Walk, store.ReachedPage]
	Results   *Group[store.ResultQuery, store.ResultPage]
	Facets    *Group[store.FacetQuery, []store.FacetCounts]
	Degrees   *Group[Degree, int]
	Related   *RelatedGroup
	Missing   *RelatedGroup
	Entries   *Group[Entry, literature.Entry]
	Changes   *Group[store.HistoryQuery, store.ChangePage]
	Graphs    *Group[PageGraph, *explore.Subgraph]
}

// New makes the loaders of one request; arrays, which outlive it, may be nil where nobody asks for PERSONALIZED_PAGERANK.
func New(reader store.Reader, arrays *explore.ArrayCache) *Loaders {
	records := newRecords(reader)
	lists := newGroup(lists(reader, records))
	l := &Loaders{
		reader:    reader,
		arrays:    arrays,
		Records:   records,
		Relations: newGroup(relations(reader, records)),
		Lists:     lists,
		Walks:     newGroup(walks(reader, records)),
		Results:   newGroup(results(reader, records)),
		Facets:    newGroup(facets(reader, records)),
		Degrees:   newGroup(degrees(reader)),
		Changes:   newGroup(changes(reader)),
		Graphs:    newGroup(graphs(reader, records, lists)),
	}
	l.Related, l.Missing = newGroup(l.related), newGroup(l.missing)
	l.Entries = newGroup(l.entries)
	return l
}

type contextKey struct{}

// With carries the loaders in the context of a request.
func With(ctx context.Context, l *Loaders) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From takes the loaders from the context of a request.
func From(ctx context.Context) *Loaders {
	l, ok := ctx.Value(contextKey{}).(*Loaders)
	if !ok {
		panic("loaders: the context carries none: wrap the request with loaders.With")
	}
	return l
}

// parents are the parents of a question: none where it was asked about the empty id, under which stores answer questions about everything.
func parents(ids []literature.ID) []literature.ID {
	if len(ids) == 1 && ids[0] == "" {
		return nil
	}
	return ids
}

// chunks calls fetch for at most store.MaxKeys ids at a time and joins the answers.
func chunks[A any](ids []literature.ID, fetch func([]literature.ID) (map[literature.ID]A, error)) (map[literature.ID]A, error) {
	if len(ids) <= store.MaxKeys {
		return fetch(ids)
	}
	all := make(map[literature.ID]A, len(ids))
	for len(ids) > 0 {
		n := min(len(ids), store.MaxKeys)
		some, err := fetch(ids[:n])
		if err != nil {
			return nil, err
		}
		for id, answer := range some {
			all[id] = answer
		}
		ids = ids[n:]
	}
	return all, nil
}
