package graph

import (
	"context"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/loaders"
)

func (r *Resolver) rankedPapers(ctx context.Context, by explore.Centrality, a arguments) (*api.RankedPaperConnection, error) {
	q := explore.RankedQuery{By: by}
	var err error
	if q.Filter, _, err = a.wanted(nil); err != nil {
		return nil, err
	}
	f := fieldOf(ctx)
	scope := api.NewScope(f.coordinate(), q)
	if q.Page, err = a.page(scope, scored); err != nil {
		return nil, err
	}
	q.WithTotal = f.selects("totalCount")
	arrays, err := r.Arrays.Arrays(ctx)
	if err != nil {
		return nil, err
	}
	page, err := explore.RankedPapers(ctx, r.Store, arrays, q)
	if err != nil {
		return nil, err
	}
	answer := api.RankedPapers(scope, by, page)
	loaders.From(ctx).Records.Know(answer.Records()...)
	return answer, nil
}
