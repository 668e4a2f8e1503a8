package loaders

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// lists loads pages of the entities joined to parents; the question is a ListQuery without Parents, and the empty id asks for everything.
func lists(reader store.Reader, records *Records) fetch[store.ListQuery, store.EntityPage] {
	return func(ctx context.Context, ids []literature.ID, q store.ListQuery) (map[literature.ID]store.EntityPage, error) {
		q.Parents = parents(ids)
		pages, err := reader.List(ctx, q)
		for _, page := range pages {
			for _, item := range page.Items {
				records.know(item.Entity)
			}
		}
		return pages, err
	}
}
