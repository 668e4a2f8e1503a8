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
	within := func(end int, ids []literature.ID, kind shape) {
		if len(ids) > 0 {
			has := q.members(q.group(dimension{kind: kind}, false, ids...)).tests[0]
			tests = append(tests, func(f fact) bool { return has(f.ends[end]) })
		}
	}
	within(resultSystem, f.Systems, system)
	within(resultWorkload, f.Workloads, workload)
	if len(f.Topics) > 0 {
		topics := dimensionOf[store.ByTopic]
		has := q.joinedTo(topics, q.group(topics, f.Narrower, f.Topics...)).tests[0]
		tests = append(tests, func(f fact) bool { return has(f.ends[resultPaper]) })
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
