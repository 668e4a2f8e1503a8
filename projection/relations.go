package projection

import (
	"cmp"
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Relations answers store.Reader.Relations.
func (v View) Relations(ctx context.Context, query store.RelationQuery) (map[literature.ID]store.RelationPage, error) {
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
	wanted, err := q.compile(query.Filter)
	if err != nil {
		return nil, err
	}
	if query.Targets != nil {
		wanted = wanted.and(q.columns(&store.Filter{IDs: query.Targets}))
	}
	scope := scopeOf(noEntity, stubs(query.Filter, true))
	var ranking *ranking
	if len(query.Order) > 0 {
		ranking = newRanking(q.g, query.Order, tiers)
	}
	kinds := kindsOf(query.Kinds...)
	type answer struct {
		source uint32
		edges  []edge
	}
	pages, answers := make(map[literature.ID]store.RelationPage, len(query.Sources)), make(map[literature.ID]answer, len(query.Sources))
	all := edgeOrder{g: q.g, ranking: ranking}
	for _, id := range query.Sources {
		n := q.g.find(id)
		if _, done := pages[id]; done || n == 0 {
			continue
		}
		all.edges = q.g.edges(all.edges[:0], n, kinds, query.Direction)
		if err := q.step(len(all.edges) + 1); err != nil {
			return nil, err
		}
		s := newSelection(&all, query.Page)
		for i, e := range all.edges {
			if scope.holds(q.g.shapes.at(e.other)) && wanted.holds(e.other) {
				s.add(uint32(i))
			}
		}
		picked := answer{source: n}
		for _, i := range s.items() {
			e := all.edges[i]
			picked.edges = append(picked.edges, e)
			q.want(e.other)
			q.wantRecord(q.g.edgeID(n, e))
		}
		answers[id], pages[id] = picked, store.RelationPage{PageInfo: s.info(query.WithTotal)}
	}
	if err := q.fetch(); err != nil {
		return nil, err
	}
	for id, page := range pages {
		picked := answers[id]
		page.Items = make([]store.RelationItem, len(picked.edges))
		for i, e := range picked.edges {
			relation, _ := q.records[q.g.edgeID(picked.source, e)].(*literature.Relation)
			page.Items[i] = store.RelationItem{Relation: relation, Outgoing: !e.incoming, Other: q.entity(e.other), Position: all.position(e)}
		}
		pages[id] = page
	}
	return pages, nil
}

// edge is a relation as seen from one of its ends.
type edge struct {
	other    uint32
	label    uint32 // position or weight, where it is outgoing
	kind     uint8
	incoming bool
}

// edges appends the relations of an entity, by kind, outgoing before incoming; one to itself once.
func (g *Graph) edges(edges []edge, n uint32, kinds []int, direction store.Direction) []edge {
	for _, kind := range kinds {
		r := &g.relations[kind]
		if direction != store.Incoming {
			to, labels := r.out.labelled(n)
			for i, other := range to {
				e := edge{other: other, kind: uint8(kind)}
				if labels != nil {
					e.label = labels[i]
				}
				edges = append(edges, e)
			}
		}
		if direction != store.Outgoing {
			for _, other := range r.in.of(n) {
				if other != n || direction == store.Incoming {
					edges = append(edges, edge{other: other, kind: uint8(kind), incoming: true})
				}
			}
		}
	}
	return edges
}

// edgeID is the id of the relation seen from n as e.
func (g *Graph) edgeID(n uint32, e edge) literature.ID {
	if e.incoming {
		return g.relationID(int(e.kind), e.other, n)
	}
	return g.relationID(int(e.kind), n, e.other)
}

// edgeOrder orders relations seen from one entity, known by their place in edges: by the ranking of the other ends, or, without one, in the default order of relations.
type edgeOrder struct {
	g       *Graph
	ranking *ranking
	edges   []edge
}

// own is the kind's own sort key, as store.RelationKey has it.
func (o *edgeOrder) own(e edge) (key int64, descending bool) {
	switch {
	case !e.incoming && e.kind == authoredBy:
		return int64(e.label), false
	case !e.incoming && e.kind == about:
		return int64(e.label), true
	case store.OtherMayBePaper(relationNames[e.kind], !e.incoming):
		return int64(o.g.citedBy.at(e.other)), true
	default:
		return 0, false
	}
}

// group is where the kind and direction of a relation stand in the default order.
func (e edge) group() int64 {
	if e.incoming {
		return int64(e.kind)*2 + 1
	}
	return int64(e.kind) * 2
}

func (o *edgeOrder) primary(i uint32) int64 {
	e := o.edges[i]
	if o.ranking != nil {
		return o.ranking.primary(e.other)
	}
	const keyBits = 40 // more than any key has
	key, descending := o.own(e)
	if descending {
		key = 1<<keyBits - 1 - key
	}
	return e.group()<<keyBits | key
}

func (o *edgeOrder) compare(i, j uint32) int {
	a, b := o.edges[i], o.edges[j]
	var descending bool
	var c int
	if o.ranking != nil {
		c = cmp.Or(o.ranking.compareKeys(a.other, b.other), cmp.Compare(a.group(), b.group()))
		descending = o.ranking.idDescending
	} else if c = cmp.Compare(a.group(), b.group()); c == 0 {
		ka, _ := o.own(a)
		kb, d := o.own(b)
		c, descending = directed(cmp.Compare(ka, kb), d), d
	}
	return cmp.Or(c, directed(cmp.Compare(o.g.ids.at(a.other), o.g.ids.at(b.other)), descending))
}

func (o *edgeOrder) against(i uint32, p *store.Position) int {
	e := o.edges[i]
	group := func(keys []store.SortValue) int { return cmp.Compare(e.group(), keys[0].Int*2+keys[1].Int) }
	var descending bool
	var c int
	if o.ranking != nil {
		c = cmp.Or(o.ranking.againstKeys(e.other, p.Keys), group(p.Keys[len(o.ranking.keys):]))
		descending = o.ranking.idDescending
	} else if c = group(p.Keys); c == 0 {
		key, d := o.own(e)
		c, descending = directed(cmp.Compare(key, p.Keys[2].Int), d), d
	}
	return cmp.Or(c, directed(cmp.Compare(o.g.ids.at(e.other), p.ID), descending))
}

// position is the place of a relation as the contract states it.
func (o *edgeOrder) position(e edge) store.Position {
	group := []store.SortValue{{Int: e.group() / 2}, {Int: e.group() % 2}}
	p := store.Position{ID: o.g.ids.at(e.other)}
	if o.ranking != nil {
		p.Keys = append(o.ranking.sortValues(e.other), group...)
	} else {
		key, _ := o.own(e)
		p.Keys = append(group, store.SortValue{Int: key})
	}
	return p
}

// Degrees answers store.Reader.Degrees.
func (v View) Degrees(ctx context.Context, ids []literature.ID, of []store.KindDirection) (map[literature.ID][]int, error) {
	if err := store.CheckDegrees(ids, of); err != nil {
		return nil, err
	}
	q, err := v.ask(ctx)
	if err != nil {
		return nil, err
	}
	ways := make([]*spokes, len(of))
	for i, v := range of {
		ways[i] = q.g.spokes(kindsOf(v.Kind), v.Direction)
	}
	degrees := make(map[literature.ID][]int, len(ids))
	for _, id := range ids {
		n := q.g.find(id)
		if n == 0 {
			continue
		}
		if err := q.step(1); err != nil {
			return nil, err
		}
		counts := make([]int, len(of))
		for i := range of {
			counts[i] = ways[i].degree(q.g, n)
		}
		degrees[id] = counts
	}
	return degrees, nil
}
