package projection

import (
	"context"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// question is one call of a View under way: the state it asks, what it has asked of the source, and the records that the answer will name.
type question struct {
	ctx    context.Context
	g      *Graph
	source Source

	// testsOnly tells that no condition will be asked where to look for what it wants.
	testsOnly bool

	texts   map[string]Matches
	wanted  *layer
	others  []literature.ID // relations and results wanted
	records map[literature.ID]literature.Record
	steps   int
}

func (v View) ask(ctx context.Context) (*question, error) {
	if err := ctx.Err(); err != nil {
		return nil, stopped(err)
	}
	return &question{ctx: ctx, g: v.Graph, source: v.Source}, nil
}

func stopped(err error) error { return fmt.Errorf("projection: %w", err) }

// step counts some work and, now and then, looks whether the caller still waits.
func (q *question) step(n int) error {
	if q.steps += n; q.steps < 1<<13 {
		return nil
	}
	q.steps = 0
	if err := q.ctx.Err(); err != nil {
		return stopped(err)
	}
	return nil
}

// want notes entities whose records the answer names.
func (q *question) want(numbers ...uint32) {
	if q.wanted == nil {
		q.wanted = q.layer()
	}
	for _, n := range numbers {
		if n != 0 {
			q.wanted.add(n, 0)
		}
	}
}

// wantRecords notes relations and results that the answer names.
func (q *question) wantRecords(ids ...literature.ID) { q.others = append(q.others, ids...) }

// fetch borrows all records noted, in one call.
func (q *question) fetch() error {
	slices.Sort(q.others)
	ids := slices.Compact(q.others)
	if q.wanted != nil {
		ids = slices.Grow(ids, len(q.wanted.nodes))
		for _, n := range q.wanted.nodes {
			ids = append(ids, q.g.ids.at(n))
		}
		q.free(q.wanted)
		q.wanted = nil
	}
	if len(ids) == 0 {
		return nil
	}
	records, err := q.source.Records(q.ctx, ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if records[id] == nil {
			return fmt.Errorf("%w: %s is in the graph, but its record is missing", store.ErrCorrupt, id)
		}
	}
	q.records = records
	return nil
}

// entity is a fetched record; nil for none.
func (q *question) entity(n uint32) literature.Entity {
	e, _ := q.records[q.g.ids.at(n)].(literature.Entity)
	return e
}

// paper is a fetched record of a paper; nil for none.
func (q *question) paper(n uint32) *literature.Paper {
	p, _ := q.records[q.g.ids.at(n)].(*literature.Paper)
	return p
}

// match asks the source for a text query, once.
func (q *question) match(query store.Query, namesOnly bool) (Matches, error) {
	key := fmt.Sprintf("%t %q %v", namesOnly, query.Text, query.Terms)
	if found, ok := q.texts[key]; ok {
		return found, nil
	}
	found, err := q.source.Match(q.ctx, query, namesOnly)
	if err != nil {
		return Matches{}, err
	}
	if q.texts == nil {
		q.texts = make(map[string]Matches)
	}
	q.texts[key] = found
	return found, nil
}

// tiers spreads the tiers of matches over all numbers.
func (q *question) tiers(found Matches) []uint8 {
	tiers := make([]uint8, q.g.size)
	for i, n := range found.Numbers {
		if n < q.g.size && found.Tiers != nil {
			tiers[n] = found.Tiers[i]
		}
	}
	return tiers
}

// relevance gives the tiers that an order needs; nil where it needs none.
func (q *question) relevance(orders []store.Order, filter *store.Filter) ([]uint8, error) {
	for _, o := range orders {
		if o.By != store.OrderByRelevance {
			continue
		}
		query, _ := filter.RelevanceQuery()
		found, err := q.match(query, false)
		if err != nil {
			return nil, err
		}
		return q.tiers(found), nil
	}
	return nil, nil
}
