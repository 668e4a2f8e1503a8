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
				records.KnowResult(item)
			}
		}
		return pages, err
	}
}

// KnowResult keeps a result and the entities that it names.
func (r *Records) KnowResult(item store.ResultItem) {
	r.Know(item.Result, item.Paper)
	if item.System != nil {
		r.know(item.System)
	}
	if item.Workload != nil {
		r.know(item.Workload)
	}
}
