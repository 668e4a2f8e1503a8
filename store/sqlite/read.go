package sqlite

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

// Records implements store.Reader.
func (s *Store) Records(ctx context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	if err := store.CheckKeys(len(ids)); err != nil {
		return nil, err
	}
	return answer(ctx, s, "records", func(ctx context.Context, m *moment) (map[literature.ID]literature.Record, error) {
		present := make([]literature.ID, 0, len(ids))
		old := make(map[literature.ID]literature.ID) // what a redirected id asks for
		for _, id := range ids {
			if target, ok := m.graph.Resolve(id); ok && target != id {
				old[id], id = target, target
			}
			present = append(present, id)
		}
		found, err := m.Records(ctx, present)
		if err != nil || len(old) == 0 {
			return found, err
		}
		asked := make(map[literature.ID]literature.Record, len(ids))
		for i, id := range ids {
			if record, ok := found[present[i]]; ok {
				asked[id] = record
			}
		}
		return asked, nil
	})
}

// List implements store.Reader.
func (s *Store) List(ctx context.Context, q store.ListQuery) (map[literature.ID]store.EntityPage, error) {
	return view(ctx, s, "list", func(v projection.View) (map[literature.ID]store.EntityPage, error) { return v.List(ctx, q) })
}

// Facets implements store.Reader.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) (map[literature.ID][]store.FacetCounts, error) {
	// Counting takes memory for every combination, so only as many count at once as there are processors.
	select {
	case s.counting <- struct{}{}:
		defer func() { <-s.counting }()
	case <-ctx.Done():
		return nil, translate(ctx, "facets", ctx.Err())
	}
	return view(ctx, s, "facets", func(v projection.View) (map[literature.ID][]store.FacetCounts, error) { return v.Facets(ctx, q) })
}

// Relations implements store.Reader.
func (s *Store) Relations(ctx context.Context, q store.RelationQuery) (map[literature.ID]store.RelationPage, error) {
	return view(ctx, s, "relations", func(v projection.View) (map[literature.ID]store.RelationPage, error) { return v.Relations(ctx, q) })
}

// Degrees implements store.Reader.
func (s *Store) Degrees(ctx context.Context, ids []literature.ID, of []store.KindDirection) (map[literature.ID][]int, error) {
	return view(ctx, s, "degrees", func(v projection.View) (map[literature.ID][]int, error) { return v.Degrees(ctx, ids, of) })
}

// Results implements store.Reader.
func (s *Store) Results(ctx context.Context, q store.ResultQuery) (map[literature.ID]store.ResultPage, error) {
	return view(ctx, s, "results", func(v projection.View) (map[literature.ID]store.ResultPage, error) { return v.Results(ctx, q) })
}

// Search implements store.Reader.
func (s *Store) Search(ctx context.Context, q store.TextQuery) (store.HitPage, error) {
	return view(ctx, s, "search", func(v projection.View) (store.HitPage, error) { return v.Search(ctx, q) })
}

// Walk implements store.Reader.
func (s *Store) Walk(ctx context.Context, q store.WalkQuery) (map[literature.ID]store.ReachedPage, error) {
	return view(ctx, s, "walk", func(v projection.View) (map[literature.ID]store.ReachedPage, error) { return v.Walk(ctx, q) })
}

// Paths implements store.Reader.
func (s *Store) Paths(ctx context.Context, q store.PathQuery) (store.PathAnswer, error) {
	return view(ctx, s, "paths", func(v projection.View) (store.PathAnswer, error) { return v.Paths(ctx, q) })
}

// Stats implements store.Reader.
func (s *Store) Stats(ctx context.Context) (store.Stats, error) {
	return answer(ctx, s, "stats", func(_ context.Context, m *moment) (store.Stats, error) { return m.graph.Stats(), nil })
}
