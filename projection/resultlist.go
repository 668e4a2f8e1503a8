package projection

import (
	"context"
	"slices"
	"sort"
	"unique"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Results answers store.Reader.Results.
func (v View) Results(ctx context.Context, query store.ResultQuery) (map[literature.ID]store.ResultPage, error) {
	if err := query.Check(); err != nil {
		return nil, err
	}
	q, err := v.ask(ctx)
	if err != nil {
		return nil, err
	}
	holds := q.resultTest(query.Filter)
	pages, answers := make(map[literature.ID]store.ResultPage), make(map[literature.ID][]uint32)
	answer := func(id literature.ID, s *selection) {
		answers[id], pages[id] = s.items(), store.ResultPage{PageInfo: s.info(query.WithTotal)}
		for _, n := range answers[id] {
			ends := q.g.results.facts.at(n).ends
			q.want(ends[:]...)
			q.wantRecords(q.g.results.ids.at(n))
		}
	}
	for _, id := range query.Parents {
		n := q.g.find(id)
		if _, done := pages[id]; done || n == 0 {
			continue
		}
		s := newSelection(resultRanking{q.g}, query.Page)
		for end := range q.g.results.of { // an entity is of one kind, so that one of the rows is its own
			row := q.g.results.of[end].of(n)
			if err := q.step(len(row) + 1); err != nil {
				return nil, err
			}
			for _, result := range row {
				if holds(result) {
					s.add(result)
				}
			}
		}
		answer(id, s)
	}
	if len(query.Parents) == 0 {
		s, err := q.allResults(query, holds)
		if err != nil {
			return nil, err
		}
		answer("", s)
	}
	if err := q.fetch(); err != nil {
		return nil, err
	}
	for id, page := range pages {
		page.Items = make([]store.ResultItem, len(answers[id]))
		for i, n := range answers[id] {
			ends := q.g.results.facts.at(n).ends
			item := store.ResultItem{Paper: q.paper(ends[resultPaper]), Position: resultRanking{q.g}.position(n)}
			item.Result, _ = q.records[q.g.results.ids.at(n)].(*literature.Result)
			item.System, _ = q.entity(ends[resultSystem]).(*literature.System)
			item.Workload, _ = q.entity(ends[resultWorkload]).(*literature.Workload)
			page.Items[i] = item
		}
		pages[id] = page
	}
	return pages, nil
}

// allResults picks the page from the order of all results, which it goes through no further than needed.
func (q *question) allResults(query store.ResultQuery, holds func(uint32) bool) (*selection, error) {
	numbers, page := q.g.resultOrder().numbers, query.Page
	at := func(i int) uint32 {
		if page.Backward {
			i = len(numbers) - 1 - i
		}
		return numbers[i]
	}
	start := 0
	if page.From != nil && !query.WithTotal {
		start = sort.Search(len(numbers), func(i int) bool {
			return directed(resultRanking{q.g}.against(at(i), page.From), page.Backward) >= 0
		})
	}
	s := newSelection(resultRanking{q.g}, page)
	for i := start; i < len(numbers) && (query.WithTotal || s.eligible <= page.Limit); i++ {
		if err := q.step(1); err != nil {
			return nil, err
		}
		if n := at(i); holds(n) {
			s.add(n)
		}
	}
	for i := start - 1; i >= 0 && s.beside == 0; i-- {
		if err := q.step(1); err != nil {
			return nil, err
		}
		if holds(at(i)) {
			s.beside++
		}
	}
	return s, nil
}

// resultTest compiles a filter of results.
func (q *question) resultTest(f store.ResultFilter) func(n uint32) bool {
	g := q.g
	var tests []func(f fact) bool
	for _, term := range f.Terms {
		if term.AnyOf != nil {
			tests = append(tests, q.resultJoinedTo(term, term.AnyOf...))
		}
		for _, id := range term.AllOf {
			tests = append(tests, q.resultJoinedTo(term, id))
		}
		if len(term.NoneOf) > 0 {
			joined := q.resultJoinedTo(term, term.NoneOf...)
			tests = append(tests, func(f fact) bool { return !joined(f) })
		}
	}
	if len(f.Metrics) > 0 {
		metrics := make([]unique.Handle[string], len(f.Metrics))
		for i, metric := range f.Metrics {
			metrics[i] = unique.Make(metric)
		}
		tests = append(tests, func(f fact) bool { return slices.Contains(metrics, f.metric) })
	}
	if len(f.Kinds) > 0 {
		kinds := make([]unique.Handle[string], len(f.Kinds))
		for i, kind := range f.Kinds {
			kinds[i] = unique.Make(string(kind))
		}
		tests = append(tests, func(f fact) bool { return slices.Contains(kinds, f.kind) })
	}
	if least := f.MinImprovement; least != nil {
		tests = append(tests, func(f fact) bool { return f.improvement >= *least }) // NaN is not
	}
	return func(n uint32) bool {
		f := g.results.facts.at(n)
		for _, test := range tests {
			if !test(f) {
				return false
			}
		}
		return true
	}
}

// resultJoinedTo holds for results that name one of the ids, or whose paper is joined to one, as the dimension of the term says.
func (q *question) resultJoinedTo(term store.TermMatch, ids ...literature.ID) func(f fact) bool {
	d := dimensionOf[term.Dimension]
	group := q.group(d, term.Narrower, ids...)
	end, has := resultPaper, condition{}
	switch term.Dimension {
	case store.BySystem:
		end, has = resultSystem, q.members(group)
	case store.ByWorkload:
		end, has = resultWorkload, q.members(group)
	default:
		has = q.joinedTo(d, group)
	}
	return func(f fact) bool { return has.tests[0](f.ends[end]) }
}
