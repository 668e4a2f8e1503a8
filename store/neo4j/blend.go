package neo4j

import (
	"context"
	"maps"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// blendsAtOnce is how many blends are made at once: each holds on to what its walks reached, which are up to store.MaxKeys entities for each of some ten walks.
const blendsAtOnce = 20

// portions cuts a query into such as have so many blends at most, with the walks that these are made of. What is no part of a blend comes first.
func portions(q store.WalkQuery) []store.WalkQuery {
	if len(q.Blends) <= blendsAtOnce {
		return []store.WalkQuery{q}
	}
	blended := q.Blended()
	alone := store.WalkQuery{Walks: slices.DeleteFunc(slices.Clone(q.Walks), func(w store.Walk) bool { return blended[w.Key] })}
	all := []store.WalkQuery{alone}
	for blends := range slices.Chunk(q.Blends, blendsAtOnce) {
		some := store.WalkQuery{Blends: blends}
		needed := some.Blended()
		for _, w := range q.Walks {
			if needed[w.Key] {
				some.Walks = append(some.Walks, w)
			}
		}
		all = append(all, some)
	}
	return all
}

// blend puts walks together, and fetches what that names in one more statement.
func (s *Store) blend(ctx context.Context, q store.WalkQuery, answer map[literature.ID]store.ReachedPage) error {
	var ids []literature.ID
	for _, b := range q.Blends {
		page := b.Of(answer)
		for _, item := range page.Items {
			ids = append(ids, item.Position.ID)
		}
		answer[b.Key] = page
	}
	for key := range q.Blended() {
		delete(answer, key)
	}
	records := make(map[literature.ID]literature.Record)
	slices.Sort(ids)
	for some := range slices.Chunk(slices.Compact(ids), store.MaxKeys) {
		found, err := s.Records(ctx, some)
		if err != nil {
			return err
		}
		maps.Copy(records, found)
	}
	for _, b := range q.Blends {
		page := answer[b.Key]
		page.Items = slices.DeleteFunc(page.Items, func(item store.Reached) bool { return records[item.Position.ID] == nil }) // gone meanwhile
		for i := range page.Items {
			page.Items[i].Entity, _ = records[page.Items[i].Position.ID].(literature.Entity)
		}
		answer[b.Key] = page
	}
	return nil
}
