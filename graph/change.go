package graph

import (
	"context"
	"errors"
	"slices"

	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// historyQuestion asks for the changes that q picks.
func (f field) historyQuestion(q store.HistoryQuery, a arguments) (store.HistoryQuery, api.Scope, error) {
	scope := api.NewScope(f.coordinate(), q)
	var err error
	q.Page, err = a.page(scope, func(p store.Page) error { q.Page = p; return q.Check() })
	q.WithTotal = f.selects("totalCount")
	return q, scope, err
}

// history answers the changes that touched one record, newest first.
func history(ctx context.Context, id literature.ID, a arguments) (*api.ChangeConnection, error) {
	q, scope, err := fieldOf(ctx).historyQuestion(store.HistoryQuery{}, a)
	if err != nil {
		return nil, err
	}
	page, err := loaders.From(ctx).Changes.Load(ctx, id, q)
	if err != nil {
		return nil, err
	}
	return api.History(scope, page), nil
}

// changes answers what changed after a version, oldest first: the end of the list that stores have, read backward.
func changes(ctx context.Context, since string, kinds []literature.EntityKind, a arguments) (*api.ChangeConnection, error) {
	if kinds != nil && len(kinds) == 0 {
		return nil, badInput("kinds is empty: name at least one kind, or leave it out for all")
	}
	version, err := api.ParseVersion(since)
	if err != nil {
		return nil, badInput("since: %v", err)
	}
	kinds = slices.Clone(kinds)
	slices.Sort(kinds)
	q, scope, err := fieldOf(ctx).historyQuestion(store.HistoryQuery{Since: version, Kinds: slices.Compact(kinds)}, a)
	if err != nil {
		return nil, err
	}
	q.Page.Backward = true
	page, err := loaders.From(ctx).Changes.Load(ctx, "", q)
	if errors.Is(err, store.ErrInvalid) {
		return nil, badInput("since: %v", api.Said(err))
	}
	if err != nil {
		return nil, err
	}
	return api.Changes(scope, page, q.Kinds), nil
}
