package graph

import (
	"context"
	"errors"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// comparison sets results beside each other.
func comparison(ctx context.Context, reader store.Reader, a arguments, unit *string) (*explore.Comparison, error) {
	filter, err := a.ResultFilter.Store()
	if err != nil {
		return nil, badInput("%v", err)
	}
	c, err := explore.CompareResults(ctx, reader, filter, unit)
	if errors.Is(err, literature.ErrUnits) {
		return nil, badInput("unit: %v", err)
	}
	for _, row := range c.Rows {
		loaders.From(ctx).Records.KnowResult(row.ResultItem)
	}
	return &c, err
}

// comparison looks below the results of a comparison.
func (a ahead) comparison(f field, rows []explore.Compared) {
	results := make([]literature.Record, len(rows))
	for i, row := range rows {
		results[i] = row.Result
	}
	for _, r := range f.below() {
		a.fields(r.Selections, map[string][]literature.Record{"result": results})
	}
}
