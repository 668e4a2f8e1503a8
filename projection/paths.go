package projection

import (
	"cmp"
	"context"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Paths answers store.Reader.Paths.
//
// Two balls grow around the ends, the cheaper one a step at a time, until they meet: that is the least length. Then, length by length, a search in depth finds
// the simple paths from one end. The ball around the other tells it how far away an entity is at least; what it learns
// from failing is remembered, as in Peng et al., Towards bridging theory and practice: hop-constrained s-t simple path enumeration, 2019,
// so that the work between two paths is bounded by the relations in reach, hubs or not.
func (v View) Paths(ctx context.Context, query store.PathQuery) (store.PathAnswer, error) {
	if err := query.Check(); err != nil {
		return store.PathAnswer{}, err
	}
	q, err := v.ask(ctx)
	if err != nil {
		return store.PathAnswer{}, err
	}
	s := pathSearch{question: q, spokes: q.g.spokes(kindsOf(query.Kinds...), store.Both), all: q.g.spokes(kindsOf(), store.Both), limit: query.Limit}
	from, to := q.g.find(query.From), q.g.find(query.To)
	visited := 0
	if from != 0 && to != 0 {
		if visited, err = s.run(from, to, query.MaxHops); err != nil {
			return store.PathAnswer{}, err
		}
	}
	return s.answer(visited)
}

// pathSearch looks for simple paths between two entities.
type pathSearch struct {
	*question
	spokes *spokes
	all    *spokes // by every kind of relation
	limit  int

	to     uint32
	length int // of the paths looked for now
	far    *ball

	// What the search in depth knows: the path so far, whose entities are in onPath, and bars: from an entity with a bar, the other end is at least so many
	// hops away, given the path so far. trail lists the bars as they were before they were raised.
	nodes  []uint32
	edges  []edge
	onPath *layer
	bars   *layer
	trail  []bar

	found  []foundPath // of the present length
	enough int         // how many of them are looked for
	more   bool        // a path beyond enough exists
	best   []foundPath // the answer, of all lengths so far
}

type bar struct {
	node uint32
	hops int64
}

type foundPath struct {
	nodes []uint32
	edges []edge // edges[i] is seen from nodes[i]
	loss  int64
}

// run finds the paths and returns how many entities it looked at.
func (s *pathSearch) run(from, to uint32, maxHops int) (visited int, err error) {
	if from == to {
		s.best = []foundPath{{nodes: []uint32{from}}}
		return 1, nil
	}
	// The search in depth asks the far ball only. So the near one is of no use once they meet, and need not be whole then: the search itself goes one hop beyond it, blindly, where that is cheaper.
	near, far := s.ball(from), s.ball(to)
	s.far, s.to = far, to
	s.onPath, s.bars = s.layer(), s.layer()
	defer func() {
		s.onPath.nodes = append(s.onPath.nodes, s.nodes...) // left there by an error
		s.free(near.layer, far.layer, s.onPath, s.bars)
	}()
	met, blind := false, 0
	for length := 1; length <= maxHops && !s.more; length++ {
		for near.radius+blind+far.radius < length && !near.whole() && !far.whole() {
			meets := false
			switch nearer := near.cost() <= far.cost(); {
			case nearer && !met:
				meets, err = near.grow(far)
			case nearer && blind == 0:
				blind++
			default:
				meets, err = far.grow(near)
			}
			if err != nil {
				return 0, err
			}
			met = met || meets
		}
		if !met && (near.whole() || far.whole()) {
			break
		}
		if !met {
			continue
		}
		s.length = length
		s.bars.clear()
		s.trail = s.trail[:0]
		s.found, s.enough = s.found[:0], store.MaxPaths
		if len(s.best) == s.limit {
			s.enough = 0
		}
		if _, err := s.extend(from); err != nil {
			return 0, err
		}
		s.weigh()
	}
	return len(near.nodes) + len(far.nodes), nil
}

// weigh adds the best paths of the present length to the answer, as many as there is room for.
func (s *pathSearch) weigh() {
	left := s.limit - len(s.best)
	s.more = s.more || len(s.found) > left
	for i, p := range s.found {
		for _, n := range p.nodes[1 : len(p.nodes)-1] {
			s.found[i].loss += store.PathLoss(s.all.degree(s.g, n))
		}
	}
	slices.SortFunc(s.found, func(a, b foundPath) int {
		order := cmp.Compare(a.loss, b.loss)
		for i := 0; order == 0 && i < len(a.edges); i++ {
			order = cmp.Compare(s.g.edgeID(a.nodes[i], a.edges[i]), s.g.edgeID(b.nodes[i], b.edges[i]))
		}
		return order
	})
	s.best = append(s.best, s.found[:min(left, len(s.found))]...)
}

// ball is the entities within a radius of one, nearest first, with their distance as amount.
type ball struct {
	*layer
	s      *pathSearch
	radius int
	ends   []int // ends[d] is how many are at most d away, for d up to the radius
}

func (s *pathSearch) ball(center uint32) *ball {
	b := &ball{layer: s.layer(), s: s, ends: []int{1}}
	b.add(center, 0)
	return b
}

// rim is what lies the radius away.
func (b *ball) rim() []uint32 {
	if b.radius == 0 {
		return b.nodes
	}
	return b.nodes[b.ends[b.radius-1]:]
}

// whole tells that nothing lies beyond the ball.
func (b *ball) whole() bool { return len(b.rim()) == 0 }

// within is what lies at most so far away; ok is false where that is not known.
func (b *ball) within(distance int) (nodes []uint32, ok bool) {
	if distance > b.radius {
		return b.nodes, b.whole()
	}
	return b.nodes[:b.ends[distance]], true
}

// cost estimates what growing costs: the relations of the rim, of a large one guessed from its beginning.
func (b *ball) cost() int {
	const sample = 200
	rim, cost := b.rim(), 0
	for _, n := range rim[:min(len(rim), sample)] {
		cost += b.s.spokes.degree(b.s.g, n)
	}
	if len(rim) > sample {
		cost = cost / sample * len(rim)
	}
	return cost
}

// grow takes the ball one hop further and tells whether it meets the other now. The near ball stops where it does.
func (b *ball) grow(other *ball) (meets bool, err error) {
	s := b.s
	distance := int64(b.radius + 1)
	near := b != s.far
	for _, n := range b.rim() {
		if near && meets {
			break
		}
		for _, way := range s.spokes.from(s.g, n) {
			row := way.rows.of(n)
			if err := s.step(len(row) + 1); err != nil {
				return false, err
			}
			for _, to := range row {
				if !b.in[to] {
					b.add(to, distance)
					meets = meets || other.in[to]
				}
			}
		}
	}
	b.radius++
	b.ends = append(b.ends, len(b.nodes))
	return meets, nil
}

// distance is a lower bound of the hops from an entity to the other end, given the path so far.
func (s *pathSearch) distance(n uint32) int {
	switch {
	case s.bars.in[n]:
		return int(s.bars.amounts[n])
	case s.far.in[n]:
		return int(s.far.amounts[n])
	case s.far.whole():
		return store.MaxHops + 1
	default:
		return s.far.radius + 1
	}
}

// extend looks for ways from n, the entity that the path has come to, and tells whether there is one that is short enough. Those of the
// wanted length are kept.
func (s *pathSearch) extend(n uint32) (reaches bool, err error) {
	s.nodes = append(s.nodes, n)
	s.onPath.in[n] = true
	left := s.length - len(s.edges)
	mark := len(s.trail)
	for _, way := range s.spokes.from(s.g, n) {
		row := way.rows.of(n)
		if s.more {
			break
		}
		if contains(row, s.to) {
			reaches = true
			if left == 1 {
				s.keep(edge{other: s.to, kind: way.kind, incoming: way.incoming})
			}
		}
		if left == 1 {
			continue
		}
		candidates := row
		if near, ok := s.far.within(left - 1); ok && len(near) < len(row)/16 {
			candidates = near // a hub: look for the few that are near enough in its row, instead of the other way round
		}
		if err := s.step(len(candidates) + 1); err != nil {
			return false, err
		}
		for _, next := range candidates {
			if s.more {
				break
			}
			if next == s.to || s.onPath.in[next] || s.distance(next) > left-1 || len(candidates) < len(row) && !contains(row, next) {
				continue
			}
			s.edges = append(s.edges, edge{other: next, kind: way.kind, incoming: way.incoming})
			ok, err := s.extend(next)
			if err != nil {
				return false, err
			}
			s.edges = s.edges[:len(s.edges)-1]
			reaches = reaches || ok
		}
	}
	s.nodes = s.nodes[:len(s.nodes)-1]
	s.onPath.in[n] = false
	if reaches {
		// What failed while n was on the path may have failed because of that.
		s.lower(mark)
	} else {
		s.raise(n, left+1)
	}
	return reaches, nil
}

func (s *pathSearch) raise(n uint32, hops int) {
	before := bar{n, -1}
	if s.bars.in[n] {
		before.hops = s.bars.amounts[n]
	}
	s.trail = append(s.trail, before)
	s.bars.add(n, 0)
	s.bars.amounts[n] = int64(hops)
}

func (s *pathSearch) lower(mark int) {
	for len(s.trail) > mark {
		b := s.trail[len(s.trail)-1]
		s.trail = s.trail[:len(s.trail)-1]
		s.bars.amounts[b.node], s.bars.in[b.node] = b.hops, b.hops >= 0
	}
}

// keep notes the path so far with its last relation.
func (s *pathSearch) keep(last edge) {
	if s.more = len(s.found) == s.enough; s.more {
		return
	}
	s.found = append(s.found, foundPath{
		nodes: append(append([]uint32(nil), s.nodes...), s.to),
		edges: append(append([]edge(nil), s.edges...), last),
	})
}

// answer fetches what the paths name.
func (s *pathSearch) answer(visited int) (store.PathAnswer, error) {
	for _, p := range s.best {
		s.want(p.nodes...)
		for i, e := range p.edges {
			s.wantRecords(s.g.edgeID(p.nodes[i], e))
		}
	}
	if err := s.fetch(); err != nil {
		return store.PathAnswer{}, err
	}
	answer := store.PathAnswer{Exhausted: !s.more, Visited: &visited}
	for _, p := range s.best {
		path := store.Path{Loss: p.loss, Entities: make([]literature.Entity, len(p.nodes)), Relations: make([]*literature.Relation, len(p.edges))}
		for i, n := range p.nodes {
			path.Entities[i] = s.entity(n)
		}
		for i, e := range p.edges {
			path.Relations[i], _ = s.records[s.g.edgeID(p.nodes[i], e)].(*literature.Relation)
		}
		answer.Paths = append(answer.Paths, path)
	}
	return answer, nil
}
