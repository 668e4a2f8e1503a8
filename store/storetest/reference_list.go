package storetest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// List implements store.Reader.
func (r *reference) List(ctx context.Context, q store.ListQuery) (map[literature.ID]store.EntityPage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return nil, err
	}
	orders := q.Orders()
	answer := make(map[literature.ID]store.EntityPage)
	for parent, entities := range s.lists(q.Kind, q.Parents, q.Via, q.Narrower) {
		var list []placed[literature.Entity]
		for _, e := range entities {
			if s.passes(q.Filter, e, q.WithStubs) {
				list = append(list, placed[literature.Entity]{e, position(e.RecordID(), s.sortKeys(orders, q.Filter, e)...)})
			}
		}
		items, info := page(list, byKeys(directions(orders)), q.Page, q.WithTotal)
		answer[parent] = store.EntityPage{PageInfo: info}
		for _, p := range items {
			pg := answer[parent]
			pg.Items = append(pg.Items, store.EntityItem{Entity: p.item, Position: p.position})
			answer[parent] = pg
		}
	}
	return answer, nil
}

// lists gathers, for every parent that exists, the entities of a kind that are joined to it; without parents, all of the kind.
func (s *state) lists(kind literature.EntityKind, parents []literature.ID, via []store.KindDirection, narrower bool) map[literature.ID][]literature.Entity {
	lists := make(map[literature.ID][]literature.Entity)
	if len(parents) == 0 {
		lists[""] = s.ofKind(kind, nil)
		return lists
	}
	for _, asked := range parents {
		parent := s.entity(asked)
		if parent == nil {
			continue
		}
		above := map[literature.ID]bool{parent.RecordID(): true}
		if narrower {
			above = s.below(parent.RecordID())
		}
		joined := make(map[literature.ID]bool)
		for id := range above {
			for _, v := range via {
				s.join(joined, id, v)
			}
		}
		lists[asked] = s.ofKind(kind, joined)
	}
	return lists
}

func (s *state) ofKind(kind literature.EntityKind, among map[literature.ID]bool) []literature.Entity {
	var entities []literature.Entity
	for _, e := range s.entities {
		if e.Kind() == kind && (among == nil || among[e.RecordID()]) {
			entities = append(entities, e)
		}
	}
	return entities
}

// join adds what a relation leads to from an entity. An organization also reaches the papers on which an author gives it.
func (s *state) join(joined map[literature.ID]bool, id literature.ID, via store.KindDirection) {
	var kinds []literature.RelationKind
	if via.Kind != "" {
		kinds = []literature.RelationKind{via.Kind}
	}
	for _, edge := range s.edges(id, kinds, via.Direction) {
		joined[edge.other] = true
	}
	if via.Direction != store.Outgoing && (via.Kind == literature.AuthoredBy || via.Kind == "") {
		for _, relation := range s.relations {
			if slices.Contains(relation.Organizations, id) {
				joined[relation.Source] = true
			}
		}
	}
}

// sortKeys gives an entity's place in an order.
func (s *state) sortKeys(orders []store.Order, filter *store.Filter, e literature.Entity) []store.SortValue {
	var keys []store.SortValue
	paper, _ := e.(*literature.Paper)
	for _, order := range orders {
		key := store.SortValue{Missing: true}
		switch {
		case order.By == store.OrderByTitle:
			key = store.SortValue{Text: analysis.SortKey(e.Label(nil))}
		case order.By == store.OrderByCitedBy:
			key = number(int64(s.citedBy[e.RecordID()]))
		case order.By == store.OrderByRelevance:
			query, _ := filter.RelevanceQuery()
			key = number(int64(s.tier(query, e)))
		case order.By == store.OrderByYear && paper != nil && paper.Year() != nil:
			key = number(int64(*paper.Year()))
		case order.By == store.OrderByAdded && paper != nil:
			key = number(paper.AddedAt.Unix())
		}
		keys = append(keys, key)
	}
	return keys
}

// directions tells which keys run descending, and whether the tie-break by id does.
func directions(orders []store.Order) (descending []bool, idDescending bool) {
	for _, order := range orders {
		descending = append(descending, order.Descending && order.By != store.OrderByRelevance)
	}
	return descending, descending[len(descending)-1]
}

// Facets implements store.Reader.
func (r *reference) Facets(ctx context.Context, q store.FacetQuery) (map[literature.ID][]store.FacetCounts, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return nil, err
	}
	answer := make(map[literature.ID][]store.FacetCounts)
	for parent, papers := range s.lists(literature.KindPaper, q.Parents, q.Via, q.Narrower) {
		answer[parent] = []store.FacetCounts{}
		for _, grouping := range q.Groupings {
			filter := q.Filter
			if grouping.Filter != nil {
				filter = grouping.Filter
			}
			var counted []*literature.Paper
			for _, e := range papers {
				if s.passes(filter, e, false) {
					counted = append(counted, e.(*literature.Paper))
				}
			}
			counts, err := s.count(grouping, counted)
			if err != nil {
				return nil, err
			}
			answer[parent] = append(answer[parent], counts)
		}
	}
	return answer, nil
}

// count puts each paper into the bucket of every combination of its values.
func (s *state) count(g store.Grouping, papers []*literature.Paper) (store.FacetCounts, error) {
	var counts store.FacetCounts
	members := make(map[string][]*literature.Paper)
	for _, paper := range papers {
		combinations := [][]string{nil}
		for _, dimension := range g.Dimensions {
			var longer [][]string
			for _, combination := range combinations {
				for _, value := range s.facetValues(dimension, paper) {
					longer = append(longer, append(slices.Clone(combination), value))
				}
			}
			combinations = longer
		}
		if len(combinations) == 0 {
			counts.Missing++
		}
		for _, combination := range combinations {
			key := strings.Join(combination, "\n")
			members[key] = append(members[key], paper)
		}
	}
	if err := store.CheckCombinations(len(members)); err != nil {
		return counts, err
	}
	for key, papers := range members {
		counts.Buckets = append(counts.Buckets, s.bucket(g, strings.Split(key, "\n"), papers))
	}
	slices.SortFunc(counts.Buckets, func(a, b store.Bucket) int {
		return cmp.Or(-cmp.Compare(a.Count, b.Count), slices.CompareFunc(a.Keys, b.Keys, func(a, b store.BucketKey) int {
			return cmp.Compare(a.Key, b.Key)
		}))
	})
	for len(counts.Buckets) > g.Limit {
		last := len(counts.Buckets) - 1
		counts.Other += counts.Buckets[last].Count
		counts.Buckets = counts.Buckets[:last]
	}
	return counts, nil
}

func (s *state) facetValues(dimension store.Dimension, paper *literature.Paper) []string {
	switch dimension {
	case store.ByYear:
		if year := paper.Year(); year != nil {
			return []string{fmt.Sprintf("%04d", *year)}
		}
		return nil
	case store.ByHasArtifact:
		return []string{fmt.Sprint(s.hasArtifact(paper.ID))}
	case store.ByHasResult:
		return []string{fmt.Sprint(s.hasResult(paper.ID))}
	}
	var values []string
	for _, id := range s.values(dimension, paper.ID) {
		values = append(values, string(id))
	}
	return values
}

func (s *state) bucket(g store.Grouping, keys []string, papers []*literature.Paper) store.Bucket {
	bucket := store.Bucket{Count: len(papers)}
	for i, key := range keys {
		bucketKey := store.BucketKey{Key: key}
		if _, ok := dimensions[g.Dimensions[i]]; ok {
			bucketKey.Entity = s.entity(literature.ID(key))
		}
		bucket.Keys = append(bucket.Keys, bucketKey)
	}
	slices.SortFunc(papers, func(a, b *literature.Paper) int {
		return -cmp.Or(cmp.Compare(s.citedBy[a.ID], s.citedBy[b.ID]), cmp.Compare(a.ID, b.ID))
	})
	bucket.Samples = papers[:min(g.Samples, len(papers))]
	return bucket
}
