package projection

import (
	"cmp"
	"context"
	"strings"

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
	q.testsOnly = true
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
	if scope != scopeOf(noEntity, nil) {
		wanted = wanted.and(tested(func(n uint32) bool { return scope.holds(q.g.shapes.at(n)) }))
	}
	passes := wanted.holds
	switch len(wanted.tests) {
	case 0:
		passes = nil
	case 1:
		passes = wanted.tests[0]
	}
	var ranking *ranking
	if len(query.Order) > 0 {
		ranking = newRanking(q.g, query.Order, tiers)
	}
	ways := q.g.spokes(kindsOf(query.Kinds...), query.Direction)
	type answer struct {
		edges []edge
		ids   []literature.ID
	}
	pages, answers := make(map[literature.ID]store.RelationPage, len(query.Sources)), make(map[literature.ID]answer, len(query.Sources))
	all := edgeOrder{g: q.g, ranking: ranking}
	s := newSelection(&all, query.Page)
	for _, id := range query.Sources {
		n := q.g.find(id)
		if _, done := pages[id]; done || n == 0 {
			continue
		}
		all.strands = ways.strands(q.g, n, all.strands[:0])
		s.begin()
		for _, strand := range all.strands {
			if err := q.step(len(strand.to) + 1); err != nil {
				return nil, err
			}
			all.offer(s, &strand, passes)
		}
		if query.Bare {
			pages[id] = store.RelationPage{Items: all.bare(n, s.items()), PageInfo: s.info(query.WithTotal)}
			continue
		}
		var picked answer
		for _, i := range s.items() {
			e := all.at(i)
			q.want(e.other)
			picked.edges, picked.ids = append(picked.edges, e), append(picked.ids, q.g.edgeID(n, e))
		}
		q.wantRecords(picked.ids...)
		answers[id], pages[id] = picked, store.RelationPage{PageInfo: s.info(query.WithTotal)}
	}
	if query.Bare {
		return pages, nil
	}
	if err := q.fetch(); err != nil {
		return nil, err
	}
	for id, page := range pages {
		picked := answers[id]
		page.Items = make([]store.RelationItem, len(picked.edges))
		for i, e := range picked.edges {
			relation, _ := q.records[picked.ids[i]].(*literature.Relation)
			page.Items[i] = store.RelationItem{Relation: relation, Outgoing: !e.incoming, Other: q.entity(e.other), Position: all.position(e)}
		}
		pages[id] = page
	}
	return pages, nil
}

// bare makes items without records of some relations of n. They share their memory.
func (o *edgeOrder) bare(n uint32, picked []uint32) []store.RelationItem {
	items, relations := make([]store.RelationItem, len(picked)), make([]literature.Relation, len(picked))
	var keys []store.SortValue
	if o.ranking == nil {
		keys = make([]store.SortValue, 0, store.RelationKeys*len(picked))
	}
	for i, place := range picked {
		e := o.at(place)
		r := &relations[i]
		r.Kind, r.Source, r.Target = relationNames[e.kind], o.g.ids.at(n), o.g.ids.at(e.other)
		if e.kind == about {
			r.Weight = int(e.label)
		}
		if e.incoming {
			r.Source, r.Target = r.Target, r.Source
			if e.kind == about { // whose weights only the outgoing rows have
				r.Weight = int(o.g.relations[about].out.labelOf(e.other, n))
			}
		}
		items[i] = store.RelationItem{Relation: r, Outgoing: !e.incoming, Position: store.Position{ID: o.g.ids.at(e.other)}}
		start := len(keys)
		keys = o.appendKeys(keys, e)
		items[i].Position.Keys = keys[start:len(keys):len(keys)]
	}
	return items
}

// edge is a relation as seen from one of its ends.
type edge struct {
	other    uint32
	label    uint32 // position or weight, where it is outgoing
	kind     uint8
	incoming bool
}

// edgeID is the id of the relation seen from n as e.
func (g *Graph) edgeID(n uint32, e edge) literature.ID {
	if e.incoming {
		return g.relationID(int(e.kind), e.other, n)
	}
	return g.relationID(int(e.kind), n, e.other)
}

// strand is the relations of an entity along one spoke. They are numbered from start on, over all strands of the entity.
type strand struct {
	spoke
	to, labels []uint32
	start      uint32
	skip       uint32 // the entity whose relation another strand has, if any
}

// strands appends the relations of an entity, in the order of kinds, outgoing before incoming.
func (s *spokes) strands(g *Graph, n uint32, strands []strand) []strand {
	start := uint32(0)
	for _, way := range s.from(g, n) {
		to, labels := way.rows.labelled(n)
		if len(to) == 0 {
			continue
		}
		next := strand{spoke: way, to: to, labels: labels, start: start}
		if way.skipSelf {
			next.skip = n
		}
		strands = append(strands, next)
		start += uint32(len(to))
	}
	return strands
}

// edgeOrder orders relations of one entity, known by their numbers: by the ranking of the other ends, or, without one, in the default order of relations.
type edgeOrder struct {
	g       *Graph
	ranking *ranking
	strands []strand
}

// offer offers the relations of a strand whose other ends pass, all where passes is nil. What cannot be on the page any more, as far as primaries tell, is only counted.
func (o *edgeOrder) offer(s *selection, along *strand, passes func(n uint32) bool) {
	e := edge{kind: along.kind, incoming: along.incoming}
	first := e.group() << keyBits // the least primary that one of them can have
	counts := o.ranking == nil && s.page.From == nil && !s.page.Backward
	if counts && passes == nil && s.behind(first) {
		s.eligible += len(along.to)
		if along.self(along.skip) {
			s.eligible--
		}
		return
	}
	cited := counts && otherMayBePaper[e.kind][e.direction()]
	least := uint32(0)
	if cited && passes == nil {
		least = o.g.leastOfFirst(s.page.Limit, along.to)
	}
	for l := leapThrough(len(along.to)); l.next(); {
		for i, other := range along.to[l.start:l.end] {
			switch {
			case other == along.skip || passes != nil && !passes(other):
			case cited && (o.g.citedBy.at(other) < least || s.behind(first+downward(int64(o.g.citedBy.at(other))))):
				s.eligible++
			default:
				s.add(along.start + uint32(l.start+i))
			}
		}
	}
}

// leastOfFirst tells how often those are cited at least that are among so many most cited ones of a list, whichever one of it is left out; 0 where it is no longer than that.
func (g *Graph) leastOfFirst(limit int, list []uint32) uint32 {
	if len(list) <= limit {
		return 0
	}
	const most = 1 << 10 // what is cited more often is as good as this
	var tally [most]int
	for _, n := range list {
		tally[min(g.citedBy.at(n), most-1)]++
	}
	least := uint32(most - 1)
	for first := tally[least]; first <= limit; first += tally[least] {
		least--
	}
	return least
}

// keyBits are more than any of the kinds' own keys has; downward turns such a key round.
const keyBits = 40

func downward(key int64) int64 { return 1<<keyBits - 1 - key }

// at is the relation with a number.
func (o *edgeOrder) at(i uint32) edge {
	s := &o.strands[0]
	for k := len(o.strands) - 1; k > 0; k-- {
		if o.strands[k].start <= i {
			s = &o.strands[k]
			break
		}
	}
	e := edge{other: s.to[i-s.start], kind: s.kind, incoming: s.incoming}
	if s.labels != nil {
		e.label = s.labels[i-s.start]
	}
	return e
}

// own is the kind's own sort key, as store.RelationKey has it.
func (o *edgeOrder) own(e edge) (key int64, descending bool) {
	switch {
	case !e.incoming && e.kind == authoredBy:
		return int64(e.label), false
	case !e.incoming && e.kind == about:
		return int64(e.label), true
	case otherMayBePaper[e.kind][e.direction()]:
		return int64(o.g.citedBy.at(e.other)), true
	default:
		return 0, false
	}
}

// otherMayBePaper is store.OtherMayBePaper by kind and direction.
var otherMayBePaper = func() (may [relationKinds][2]bool) {
	for kind, name := range relationNames {
		may[kind] = [2]bool{store.OtherMayBePaper(name, true), store.OtherMayBePaper(name, false)}
	}
	return may
}()

// direction is 0 for outgoing and 1 for incoming, as in positions.
func (e edge) direction() int {
	if e.incoming {
		return 1
	}
	return 0
}

// group is where the kind and direction of a relation stand in the default order.
func (e edge) group() int64 { return int64(e.kind)*2 + int64(e.direction()) }

func (o *edgeOrder) primary(i uint32) int64 {
	e := o.at(i)
	if o.ranking != nil {
		return o.ranking.primary(e.other)
	}
	key, descending := o.own(e)
	if descending {
		key = downward(key)
	}
	return e.group()<<keyBits | key
}

func (o *edgeOrder) compare(i, j uint32) int {
	a, b := o.at(i), o.at(j)
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
	return cmp.Or(c, directed(strings.Compare(string(o.g.ids.at(a.other)), string(o.g.ids.at(b.other))), descending))
}

func (o *edgeOrder) against(i uint32, p *store.Position) int {
	e := o.at(i)
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
	return store.Position{ID: o.g.ids.at(e.other), Keys: o.appendKeys(nil, e)}
}

// appendKeys appends the sort keys of a relation.
func (o *edgeOrder) appendKeys(keys []store.SortValue, e edge) []store.SortValue {
	if o.ranking != nil {
		keys = append(keys, o.ranking.sortValues(e.other)...)
	}
	keys = append(keys, store.SortValue{Int: e.group() / 2}, store.SortValue{Int: e.group() % 2})
	if o.ranking == nil {
		key, _ := o.own(e)
		keys = append(keys, store.SortValue{Int: key})
	}
	return keys
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
	degrees, all := make(map[literature.ID][]int, len(ids)), make([]int, len(ids)*len(of))
	for _, id := range ids {
		n := q.g.find(id)
		if n == 0 {
			continue
		}
		if err := q.step(1); err != nil {
			return nil, err
		}
		counts := all[:len(of):len(of)]
		all = all[len(of):]
		for i := range of {
			counts[i] = ways[i].degree(q.g, n)
		}
		degrees[id] = counts
	}
	return degrees, nil
}
