package loaders

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// relations loads pages of relations; the question is a RelationQuery without Sources.
func relations(reader store.Reader, records *Records) fetch[store.RelationQuery, store.RelationPage] {
	return func(ctx context.Context, ids []literature.ID, q store.RelationQuery) (map[literature.ID]store.RelationPage, error) {
		q.Sources = ids
		pages, err := reader.Relations(ctx, q)
		for _, page := range pages {
			for _, item := range page.Items {
				records.know(item.Relation)
				records.know(item.Other)
			}
		}
		return pages, err
	}
}

// Degree asks how many relations of the kinds (none: all) an entity has in a direction.
type Degree struct {
	Kinds     []literature.RelationKind
	Direction store.Direction
}

func degrees(reader store.Reader) fetch[Degree, int] {
	return func(ctx context.Context, ids []literature.ID, q Degree) (map[literature.ID]int, error) {
		kinds := q.Kinds
		if len(kinds) == 0 {
			kinds = []literature.RelationKind{""}
		}
		of := make([]store.KindDirection, len(kinds))
		for i, kind := range kinds {
			of[i] = store.KindDirection{Kind: kind, Direction: q.Direction}
		}
		counts, err := reader.Degrees(ctx, ids, of)
		sums := make(map[literature.ID]int, len(counts))
		for id, byKind := range counts {
			for _, n := range byKind {
				sums[id] += n
			}
		}
		return sums, err
	}
}
