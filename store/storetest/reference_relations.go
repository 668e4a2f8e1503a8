package storetest

import (
	"cmp"
	"context"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Relations implements store.Reader.
func (r *reference) Relations(ctx context.Context, q store.RelationQuery) (map[literature.ID]store.RelationPage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return nil, err
	}
	targets := s.set(q.Targets)
	answer := make(map[literature.ID]store.RelationPage)
	for _, asked := range q.Sources {
		source := s.entity(asked)
		if source == nil {
			continue
		}
		var list []placed[store.RelationItem]
		for _, edge := range s.edges(source.RecordID(), q.Kinds, q.Direction) {
			other := s.entity(edge.other)
			if q.Targets != nil && !targets[edge.other] || !s.passes(q.Filter, other, true) {
				continue
			}
			item := store.RelationItem{Relation: edge.relation, Outgoing: edge.outgoing, Other: other}
			item.Position = position(edge.other, s.relationKeys(q, item)...)
			list = append(list, placed[store.RelationItem]{item, item.Position})
		}
		items, info := page(list, relationOrder(q), q.Page, q.WithTotal)
		pg := store.RelationPage{PageInfo: info}
		for _, p := range items {
			if q.Bare {
				p.item.Relation, p.item.Other = store.Stripped(p.item.Relation), nil
			}
			pg.Items = append(pg.Items, p.item)
		}
		answer[asked] = pg
	}
	return answer, nil
}

func (s *state) relationKeys(q store.RelationQuery, item store.RelationItem) []store.SortValue {
	place := []store.SortValue{number(int64(item.Relation.Kind.Rank())), number(1)}
	if item.Outgoing {
		place[1] = number(0)
	}
	if len(q.Order) > 0 {
		return append(s.sortKeys(q.Order, q.Filter, item.Other), place...)
	}
	key, _ := store.RelationKey(item.Relation, item.Outgoing, s.citedBy[item.Other.RecordID()])
	return append(place, number(key))
}

func relationOrder(q store.RelationQuery) comparing {
	if len(q.Order) > 0 {
		descending, idDescending := directions(q.Order)
		return byKeys(append(descending, false, false), idDescending)
	}
	return func(a, b store.Position) int {
		if c := cmp.Or(cmp.Compare(a.Keys[0].Int, b.Keys[0].Int), cmp.Compare(a.Keys[1].Int, b.Keys[1].Int)); c != 0 {
			return c
		}
		// Both relations are of one kind and direction now, which alone decide how they are sorted.
		kind := literature.RelationKinds()[a.Keys[0].Int]
		_, descending := store.RelationKey(&literature.Relation{Kind: kind}, a.Keys[1].Int == 0, 0)
		return byKeys([]bool{false, false, descending}, descending)(a, b)
	}
}

// Degrees implements store.Reader.
func (r *reference) Degrees(ctx context.Context, ids []literature.ID, of []store.KindDirection) (map[literature.ID][]int, error) {
	if err := store.CheckDegrees(ids, of); err != nil {
		return nil, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return nil, err
	}
	answer := make(map[literature.ID][]int)
	for _, asked := range ids {
		e := s.entity(asked)
		if e == nil {
			continue
		}
		degrees := make([]int, len(of))
		for i, v := range of {
			var kinds []literature.RelationKind
			if v.Kind != "" {
				kinds = []literature.RelationKind{v.Kind}
			}
			degrees[i] = len(s.edges(e.RecordID(), kinds, v.Direction))
		}
		answer[asked] = degrees
	}
	return answer, nil
}

// Results implements store.Reader.
func (r *reference) Results(ctx context.Context, q store.ResultQuery) (map[literature.ID]store.ResultPage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]store.ResultPage)
	if len(q.Parents) == 0 {
		answer[""] = s.resultPage(q, "")
	}
	for _, asked := range q.Parents {
		if e := s.entity(asked); e != nil {
			answer[asked] = s.resultPage(q, e.RecordID())
		}
	}
	return answer, nil
}

func (s *state) resultPage(q store.ResultQuery, parent literature.ID) store.ResultPage {
	var list []placed[store.ResultItem]
	for _, result := range s.results {
		if parent != "" && !names(result, parent) || !s.resultPasses(q.Filter, result) {
			continue
		}
		item := store.ResultItem{Result: result}
		item.Paper, _ = s.records[result.Paper].(*literature.Paper)
		item.System, _ = s.records[result.System].(*literature.System)
		item.Workload, _ = s.records[result.Workload].(*literature.Workload)
		item.Position = position(result.ID, store.SortValue{Text: string(result.Paper)}, number(int64(result.Order)))
		list = append(list, placed[store.ResultItem]{item, item.Position})
	}
	items, info := page(list, byKeys([]bool{false, false}, false), q.Page, q.WithTotal)
	answer := store.ResultPage{PageInfo: info}
	for _, p := range items {
		answer.Items = append(answer.Items, p.item)
	}
	return answer
}

func names(result *literature.Result, id literature.ID) bool {
	return id != "" && (result.Paper == id || result.System == id || result.Workload == id)
}

func (s *state) resultPasses(f store.ResultFilter, result *literature.Result) bool {
	for _, term := range f.Terms {
		values := s.values(term.Dimension, result.Paper)
		switch term.Dimension {
		case store.BySystem:
			values = []literature.ID{result.System}
		case store.ByWorkload:
			values = []literature.ID{result.Workload}
		}
		if !s.compare(term, values) {
			return false
		}
	}
	if len(f.Metrics) > 0 && !slices.Contains(f.Metrics, result.Metric) || len(f.Kinds) > 0 && !slices.Contains(f.Kinds, result.Kind) {
		return false
	}
	if f.MinImprovement == nil {
		return true
	}
	times := result.TimesBetter()
	return times != nil && *times >= *f.MinImprovement
}
