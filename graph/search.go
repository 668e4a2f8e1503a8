package graph

import (
	"context"
	"strings"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

func search(ctx context.Context, reader store.Reader, text string, kinds []literature.EntityKind, locale *literature.Locale, a arguments) (*api.SearchConnection, error) {
	q, err := textQuestion("query", text, kinds, store.ParseQuery)
	if err != nil {
		return nil, err
	}
	if !q.Query.HasPositive() {
		return nil, badInput("query names no word to look for: give at least one that is not excluded")
	}
	f := fieldOf(ctx)
	scope := api.NewScope(f.coordinate(), q)
	if q.Page, err = a.page(scope, func(p store.Page) error { q.Page = p; return q.Check() }); err != nil {
		return nil, err
	}
	q.WithTotal = f.selects("totalCount")
	page, err := reader.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	return api.Hits(scope, q, page, locale), nil
}

// suggest finds what begins with the text: its last word may be only begun.
func suggest(ctx context.Context, reader store.Reader, prefix string, kinds []literature.EntityKind, limit int) ([]literature.Entity, error) {
	if limit < 1 || limit > MaxFirst {
		return nil, badInput("limit is %d: ask for 1 to %d suggestions", limit, MaxFirst)
	}
	q, err := textQuestion("prefix", prefix, kinds, store.ParsePrefix)
	if err != nil {
		return nil, err
	}
	if q.Query.Empty() {
		return []literature.Entity{}, nil
	}
	q.NamesOnly, q.Page.Limit = true, limit
	page, err := reader.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	entities := make([]literature.Entity, len(page.Items))
	for i, hit := range page.Items {
		entities[i] = hit.Entity
	}
	return entities, nil
}

func textQuestion(argument, text string, kinds []literature.EntityKind, parse func(string) (store.Query, error)) (store.TextQuery, error) {
	if kinds != nil && len(kinds) == 0 {
		return store.TextQuery{}, badInput("kinds is empty: name at least one kind, or leave it out for all")
	}
	query, err := parse(text)
	if err != nil {
		return store.TextQuery{}, badInput("%s: %v", argument, api.Said(err))
	}
	return store.TextQuery{Query: query, Kinds: kinds}, nil
}

// didYouMean corrects a search that found nothing.
func didYouMean(ctx context.Context, reader store.Reader, c *api.SearchConnection) (*string, error) {
	if len(c.Nodes) > 0 || c.Query.Page.From != nil {
		return nil, nil
	}
	better, err := explore.Spelling(ctx, reader, c.Query.Query.Text, c.Query.Kinds)
	if err != nil || better == "" {
		return nil, err
	}
	return &better, nil
}

// resource finds the entity that a web address shows.
func (r *Resolver) resource(ctx context.Context, address string) (literature.Entity, error) {
	if path, ok := strings.CutPrefix(address, r.PublicURL+"/"); ok {
		if end := strings.IndexAny(path, "?#"); end >= 0 {
			path = path[:end]
		}
		if id, err := literature.ParseID(path); err == nil && id.EntityKind() != "" {
			return orNull(record[literature.Entity](ctx, id))
		}
		return nil, nil
	}
	var keys []store.Key
	for _, scheme := range literature.IdentifierSchemes() {
		if scheme == literature.BibKey || scheme == literature.ISBN {
			continue // any text may be one
		}
		if identifier, err := literature.NewIdentifier(scheme, address); err == nil {
			keys = append(keys, store.Key{Scheme: store.KeyScheme(identifier.Scheme), Value: identifier.Value})
		}
	}
	if len(keys) == 0 {
		return nil, badInput("url: %.200q is no web address: write it with https://", address)
	}
	ids, err := r.Store.Resolve(ctx, keys)
	if err != nil {
		return nil, err
	}
	for _, key := range keys {
		if id := ids[key]; id != "" {
			return orNull(record[literature.Entity](ctx, id))
		}
	}
	return nil, nil
}
