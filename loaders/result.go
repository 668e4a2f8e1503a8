package loaders

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// results loads pages of reported results; the question is a ResultQuery without Parents, and the empty id asks for everything.
func results(reader store.Reader, records *Records) fetch[store.ResultQuery, store.ResultPage] {
	return func(ctx context.Context, ids []literature.ID, q store.ResultQuery) (map[literature.ID]store.ResultPage, error) {
		q.Parents = parents(ids)
		pages, err := reader.Results(ctx, q)
		for _, page := range pages {
			for _, item := range page.Items {
				records.know(item.Result)
				records.know(item.Paper)
				if item.System != nil {
					records.know(item.System)
				}
				if item.Workload != nil {
					records.know(item.Workload)
				}
			}
		}
		return pages, err
	}
}
