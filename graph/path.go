package graph

import (
	"context"

	"github.com/vektah/gqlparser/v2/ast"

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
	if err := checkPath(q.From, q.To, q.MaxHops); err != nil {
		return nil, err
	}
	if err := (arguments{Kinds: q.Kinds}).check(); err != nil {
		return nil, err
	}
	found, answer, err := explore.Paths(ctx, reader, q)
	if err != nil {
		return nil, err
	}
	knowPaths(ctx, found)
	return api.Paths(found, answer), nil
}

// checkPath tells whether paths can be asked for.
func checkPath(from, to literature.ID, maxHops int) error {
	if maxHops < 1 || maxHops > store.MaxHops {
		return badInput("maxHops is %d: ask for 1 to %d", maxHops, store.MaxHops)
	}
	for i, id := range []literature.ID{from, to} {
		name := []string{"from", "to"}[i]
		if parsed, err := literature.ParseID(string(id)); err != nil {
			return badInput("%s: %v", name, err)
		} else if parsed.EntityKind() == "" {
			return badInput("%s: %q is no entity: name a paper, an author, a topic, …", name, id)
		}
	}
	return nil
}

// knowPaths lets the loaders know what stands on paths.
func knowPaths(ctx context.Context, paths []explore.Path) {
	for _, path := range paths {
		loaders.From(ctx).Records.Know(recordsOf(path.Entities)...)
	}
}

// paths looks below the entities and relations of paths.
func (a ahead) paths(selections ast.SelectionSet, paths []*api.Path) {
	var entities, relations []literature.Record
	for _, path := range paths {
		entities = append(entities, recordsOf(path.Entities)...)
		relations = append(relations, recordsOf(path.Relations)...)
	}
	a.fields(selections, map[string][]literature.Record{"entities": entities, "relations": relations})
}
