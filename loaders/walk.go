package loaders

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// walks loads what a walk reaches from each id; the question is a Walk without Key and Starts.
func walks(reader store.Reader, records *Records) fetch[store.Walk, store.ReachedPage] {
	return func(ctx context.Context, ids []literature.ID, q store.Walk) (map[literature.ID]store.ReachedPage, error) {
		all := make([]store.Walk, len(ids))
		for i, id := range ids {
			all[i] = q
			all[i].Key = id
			all[i].Starts = []store.Start{{ID: id, Weight: 1}}
		}
		pages, err := reader.Walk(ctx, store.WalkQuery{Walks: all})
		for _, page := range pages {
			for _, item := range page.Items {
				records.know(item.Entity)
				for _, via := range item.Via {
					records.know(via)
				}
			}
		}
		return pages, err
	}
}
