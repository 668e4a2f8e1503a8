package projection

import (
	"context"
	"slices"
	"sort"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// List answers store.Reader.List.
func (v View) List(ctx context.Context, query store.ListQuery) (map[literature.ID]store.EntityPage, error) {
	if err := query.Check(); err != nil {
		return nil, err
	}
	q, err := v.ask(ctx)
	if err != nil {
		return nil, err
	}
	tiers, err := q.relevance(query.Order, query.Filter)
	if err != nil {
		return nil, err
	}
	filter, err := q.compile(query.Filter)
	if err != nil {
		return nil, err
	}
	l := listing{
		question:  q,
		kind:      shapeOf(query.Kind),
		stubs:     stubs(query.Filter, query.WithStubs),
		ranking:   newRanking(q.g, query.Orders(), tiers),
		page:      query.Page,
		withTotal: query.WithTotal,
	}
	pages := make(map[literature.ID]store.EntityPage)
	numbers := make(map[literature.ID][]uint32)
	err = q.eachParent(query.Parents, query.Via, query.Narrower, func(id literature.ID, parent condition) error {
		items, info, err := l.pick(filter.and(parent))
		q.want(items...)
		numbers[id], pages[id] = items, store.EntityPage{PageInfo: info}
		return err
	})
	if err != nil {
		return nil, err
	}
	if err := q.fetch(); err != nil {
		return nil, err
	}
	for id, page := range pages {
		page.Items = make([]store.EntityItem, len(numbers[id]))
		for i, n := range numbers[id] {
			page.Items[i] = store.EntityItem{Entity: q.entity(n), Position: l.ranking.position(n)}
		}
		pages[id] = page
	}
	return pages, nil
}

// eachParent calls visit for every parent that exists with the condition to be joined to it, or, without parents, once with the empty id and no condition.
func (q *question) eachParent(parents []literature.ID, via []store.KindDirection, narrower bool, visit func(literature.ID, condition) error) error {
	if len(parents) == 0 {
		return visit("", condition{})
	}
	seen := make(map[literature.ID]bool, len(parents))
	for _, id := range parents {
		n := q.g.find(id)
		if n == 0 || seen[id] {
			continue
		}
		seen[id] = true
		group := []uint32{n}
		if narrower {
			group = q.g.below(n)
		}
		if err := visit(id, q.reachedFrom(group, via)); err != nil {
			return err
		}
	}
	return nil
}

// reachedFrom holds for the entities to which relations lead from one of a group.
func (q *question) reachedFrom(group []uint32, via []store.KindDirection) condition {
	var rows [][]uint32
	add := func(row []uint32) {
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	for _, n := range group {
		for _, v := range via {
			for _, kind := range kindsOf(v.Kind) {
				r := &q.g.relations[kind]
				if v.Direction != store.Incoming {
					add(r.out.of(n))
				}
				if v.Direction != store.Outgoing {
					add(r.in.of(n))
					if kind == authoredBy {
						add(q.g.affiliations.in.of(n))
					}
				}
			}
		}
	}
	c := listed(func(n uint32) bool {
		return slices.ContainsFunc(rows, func(row []uint32) bool { return contains(row, n) })
	}, rows...)
	c.repeats = q.g.shapes.at(group[0]).kind() == organization
	return c
}

var allKinds = func() []int {
	kinds := make([]int, relationKinds)
	for i := range kinds {
		kinds[i] = i
	}
	return kinds
}()

// kindsOf is the kinds of relation that names stand for: all, where there are none or one is empty; each once, in their fixed order.
func kindsOf(names ...literature.RelationKind) []int {
	var kinds []int
	for _, name := range names {
		if name == "" {
			return allKinds
		}
		kinds = append(kinds, name.Rank())
	}
	if kinds == nil {
		return allKinds
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// listing is a sorted list of one kind of entity, of which one page is wanted.
type listing struct {
	*question
	kind      shape
	stubs     *bool
	ranking   *ranking
	page      store.Page
	withTotal bool
}

// pick finds the page of the entities for which the condition holds. It goes through the order of the whole kind where the page is likely to fill soon, else
// through what the condition narrows the list to.
func (l *listing) pick(c condition) (items []uint32, info store.PageInfo, err error) {
	scope := scopeOf(l.kind, l.stubs)
	s := newSelection(l.ranking, l.page)
	if key := l.ranking.keys[0]; key.by != byTier && (!c.narrow || c.size > scanLimit) {
		done, err := l.scan(s, scope, c)
		if err != nil {
			return nil, info, err
		}
		if done {
			info = s.info(false)
			if l.withTotal {
				info.Total, err = l.count(scope, c)
			}
			return s.items(), info, err
		}
		s = newSelection(l.ranking, l.page)
	}
	err = l.each(scope, c, s.add)
	return s.items(), s.info(l.withTotal), err
}

// scanLimit is the length of a list from which it is worth while to try the order of the whole kind first, which costs at most as much again.
const scanLimit = 500

// scan walks the order of the whole kind from where the page starts. It is not done where a narrow condition would have cost less.
func (l *listing) scan(s *selection, scope scope, c condition) (done bool, err error) {
	all := l.g.order(l.kind, l.ranking.keys[0].by)
	length, descending, backward, from := len(all.numbers), l.ranking.keys[0].descending, l.page.Backward, l.page.From
	at := func(i int) uint32 {
		if backward {
			i = length - 1 - i
		}
		return all.at(i, descending)
	}
	// A single key and the id decide alone; of several, only the first is in order, and a run of equals must be gone through as a whole.
	single := len(l.ranking.keys) == 1
	start := 0
	if from != nil {
		start = sort.Search(length, func(i int) bool {
			var c int
			if single {
				c = l.ranking.against(at(i), from)
			} else {
				first := ranking{g: l.g, keys: l.ranking.keys[:1]}
				c = first.againstKeys(at(i), from.Keys[:1])
			}
			return directed(c, backward) >= 0
		})
	}
	budget, glance := length, -1
	if c.narrow {
		budget = c.size / 4
		glance = budget - c.size/16
	}
	for i := start; i < length; i++ {
		n := at(i)
		if single && s.eligible > l.page.Limit || !single && s.full(l.ranking.primary(n)) {
			break
		}
		if scope.holds(l.g.shapes.at(n)) && c.holds(n) {
			s.add(n)
		}
		if budget--; budget < 0 {
			return false, nil
		}
		if budget == glance && s.eligible*16 <= l.page.Limit { // at this rate the page fills when all of the list could have been gone through
			return false, nil
		}
		if err := l.step(1); err != nil {
			return false, err
		}
	}
	for i := start - 1; i >= 0 && s.beside == 0; i-- {
		if n := at(i); scope.holds(l.g.shapes.at(n)) && c.holds(n) {
			s.beside++
		}
		if budget--; budget < 0 {
			return false, nil
		}
		if err := l.step(1); err != nil {
			return false, err
		}
	}
	return true, nil
}

// count counts what pick lists.
func (l *listing) count(scope scope, c condition) (n int, err error) {
	if len(c.tests) == 0 {
		return l.g.counts.inScope(scope), nil
	}
	err = l.each(scope, c, func(uint32) { n++ })
	return n, err
}
