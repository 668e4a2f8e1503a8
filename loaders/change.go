package loaders

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// changes loads pages of changes; the question is a HistoryQuery without IDs, and the empty id asks for all changes.
func changes(reader store.Reader) fetch[store.HistoryQuery, store.ChangePage] {
	return func(ctx context.Context, ids []literature.ID, q store.HistoryQuery) (map[literature.ID]store.ChangePage, error) {
		q.IDs = parents(ids)
		return reader.History(ctx, q)
	}
}
