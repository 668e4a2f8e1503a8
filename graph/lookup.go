package graph

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// lookup finds one entity by id or key, and answers null where there is none. Its first arguments are what a reference's Key gives.
func lookup[E literature.Entity](ctx context.Context, reader store.Reader) func(literature.ID, store.Key, error) (E, error) {
	return func(id literature.ID, key store.Key, err error) (E, error) {
		var none E
		if err != nil {
			return none, badInput("%v", err)
		}
		if id == "" {
			ids, err := reader.Resolve(ctx, []store.Key{key})
			if err != nil {
				return none, err
			}
			id = ids[key]
		}
		return orNull(record[E](ctx, id))
	}
}

// orNull takes an error that says there is no such thing as the answer null.
func orNull[R any](r R, err error) (R, error) {
	var none R
	if errors.Is(err, store.ErrNotFound) {
		return none, nil
	}
	return r, err
}

func node(ctx context.Context, id literature.ID) (literature.Record, error) {
	if _, err := literature.ParseID(string(id)); err != nil {
		return nil, badInput("%v", err)
	}
	return orNull(loaders.From(ctx).Records.Load(ctx, id))
}

// nodes answers in the order of ids, null for those that name nothing; an id that is none is null with an error of its own.
func nodes(ctx context.Context, ids []literature.ID) ([]literature.Record, error) {
	if len(ids) > MaxFirst {
		return nil, badInput("%d ids: ask for at most %d at once", len(ids), MaxFirst)
	}
	for i, id := range ids {
		if _, err := literature.ParseID(string(id)); err != nil {
			graphql.AddError(graphql.WithPathContext(ctx, graphql.NewPathWithIndex(i)), badInput("%v", err))
		}
	}
	return loaders.From(ctx).Records.Prime(ctx, ids)
}
