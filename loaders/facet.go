package loaders

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// facets loads counts of the papers joined to parents; the question is a FacetQuery without Parents, and the empty id asks for all papers.
func facets(reader store.Reader, records *Records) fetch[store.FacetQuery, []store.FacetCounts] {
	return func(ctx context.Context, ids []literature.ID, q store.FacetQuery) (map[literature.ID][]store.FacetCounts, error) {
		q.Parents = parents(ids)
		answers, err := reader.Facets(ctx, q)
		for _, counts := range answers {
			for _, count := range counts {
				for _, bucket := range count.Buckets {
					for _, key := range bucket.Keys {
						if key.Entity != nil {
							records.know(key.Entity)
						}
					}
					for _, sample := range bucket.Samples {
						records.know(sample)
					}
				}
			}
		}
		return answers, err
	}
}
