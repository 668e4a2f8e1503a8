package graph

import (
	"context"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// gaps answers which pairs few papers join.
func gaps(ctx context.Context, reader store.Reader, first int) (*api.GapResult, error) {
	if first < 1 || first > MaxFirst {
		return nil, badInput("first is %d: ask for 1 to %d gaps", first, MaxFirst)
	}
	found, err := explore.FindGaps(ctx, reader, first)
	if err != nil {
		return nil, err
	}
	loaders.From(ctx).Records.Know(endsOf(found.Gaps)...)
	return api.NewGapResult(found), nil
}

// endsOf are both ends of all gaps.
func endsOf(gaps []explore.Gap) []literature.Record {
	var ends []literature.Record
	for _, gap := range gaps {
		ends = append(ends, gap.A, gap.B)
	}
	return ends
}

// gaps looks below both ends of gaps.
func (a ahead) gaps(f field, gaps []explore.Gap) {
	ends := endsOf(gaps)
	for _, g := range f.below() {
		a.fields(g.Selections, map[string][]literature.Record{"a": ends, "b": ends})
	}
}
