package graph

import (
	"context"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// explain answers what joins two entities, asking the store for what is selected only.
func explain(ctx context.Context, reader store.Reader, from, to literature.ID, maxHops int) (*api.Explanation, error) {
	if err := checkPath(from, to, maxHops); err != nil {
		return nil, err
	}
	ends, err := loaders.From(ctx).Records.Prime(ctx, []literature.ID{from, to})
	if err != nil {
		return nil, err
	}
	for i, name := range []string{"from", "to"} {
		if ends[i] == nil {
			return nil, badInput("%s: %s names nothing: look it up with search", name, []literature.ID{from, to}[i])
		}
	}
	if ends[0].RecordID() == ends[1].RecordID() {
		return nil, badInput("from and to are the same entity, %s: name two", ends[0].RecordID())
	}
	f := fieldOf(ctx)
	summary := f.selects("summary")
	e, err := explore.Explain(ctx, reader, explore.ExplainQuery{
		From: ends[0].(literature.Entity), To: ends[1].(literature.Entity), MaxHops: maxHops,
		WithSignals: summary || f.selects("signals") || f.selects("score"),
		WithPaths:   summary || f.selects("paths") || f.selects("exhausted") || f.selects("visited"),
	})
	if err != nil {
		return nil, err
	}
	knowPaths(ctx, e.Paths)
	loaders.From(ctx).Records.KnowGrounds(e.Grounded)
	return &api.Explanation{Explanation: e}, nil
}

// explanation looks below the ends, the signals and the paths of an explanation.
func (a ahead) explanation(f field, e *api.Explanation) {
	for _, c := range f.below() {
		switch c.Name {
		case "from", "to":
			a.records([]literature.Record{map[string]literature.Record{"from": e.From, "to": e.To}[c.Name]}, c.Selections)
		case "signals":
			a.signals(c, []item{{grounds: e.Grounded.Grounds}})
		case "paths":
			a.paths(c.Selections, e.Paths())
		}
	}
}
