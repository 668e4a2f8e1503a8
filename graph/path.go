package graph

import (
	"context"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// maxPaths is how many paths are told at most.
const maxPaths = 20

func paths(ctx context.Context, reader store.Reader, q store.PathQuery) (*api.PathResult, error) {
	if q.Limit < 1 || q.Limit > maxPaths {
		return nil, badInput("first is %d: ask for 1 to %d paths", q.Limit, maxPaths)
	}
	if q.MaxHops < 1 || q.MaxHops > store.MaxHops {
		return nil, badInput("maxHops is %d: ask for 1 to %d", q.MaxHops, store.MaxHops)
	}
	if err := (arguments{Kinds: q.Kinds}).check(); err != nil {
		return nil, err
	}
	for i, id := range []literature.ID{q.From, q.To} {
		name := []string{"from", "to"}[i]
		if parsed, err := literature.ParseID(string(id)); err != nil {
			return nil, badInput("%s: %v", name, err)
		} else if parsed.EntityKind() == "" {
			return nil, badInput("%s: %q is no entity: name a paper, an author, a topic, …", name, id)
		}
	}
	found, answer, err := explore.Paths(ctx, reader, q)
	if err != nil {
		return nil, err
	}
	for _, path := range found {
		loaders.From(ctx).Records.Know(recordsOf(path.Entities)...)
	}
	return api.Paths(found, answer), nil
}
