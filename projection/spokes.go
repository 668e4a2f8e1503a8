package projection

import (
	"github.com/papergraph/papergraph/store"
)

// spoke is one way in which relations lead from an entity.
type spoke struct {
	rows     *rows
	kind     uint8
	incoming bool
	// skipSelf leaves out a relation from an entity to itself, because another spoke has it.
	skipSelf bool
	// out are the rows of the kind from its sources, which are shorter than those of a hub and tell as well whether something is joined to itself.
	out *rows
}

// self tells whether another spoke has a relation from an entity to itself that this one would lead along, too.
func (w *spoke) self(n uint32) bool { return w.skipSelf && w.out.has(n, n) }

// spokes are the ways that lead on from each kind of entity.
type spokes [entityKinds][]spoke

// joins tells which kinds of entity may be source and target of a kind of relation.
var joins = func() (may [relationKinds]struct{ source, target [entityKinds]bool }) {
	for kind, name := range relationNames {
		for source := paper; source < entityKinds; source++ {
			for target := paper; target < entityKinds; target++ {
				if name.Joins(kindNames[source], kindNames[target]) {
					may[kind].source[source], may[kind].target[target] = true, true
				}
			}
		}
	}
	return may
}()

// spokes lists the ways by some kinds of relation in a direction, leaving out those that nothing in the graph takes.
func (g *Graph) spokes(kinds []int, direction store.Direction) *spokes {
	var ways spokes
	for _, kind := range kinds {
		r := &g.relations[kind]
		if r.out.count == 0 {
			continue
		}
		for end := paper; end < entityKinds; end++ {
			if direction != store.Incoming && joins[kind].source[end] {
				ways[end] = append(ways[end], spoke{rows: &r.out, out: &r.out, kind: uint8(kind)})
			}
			if direction != store.Outgoing && joins[kind].target[end] {
				ways[end] = append(ways[end], spoke{rows: &r.in, out: &r.out, kind: uint8(kind), incoming: true, skipSelf: direction == store.Both})
			}
		}
	}
	return &ways
}

// from are the ways that lead on from an entity.
func (s *spokes) from(g *Graph, n uint32) []spoke { return s[g.shapes.at(n).kind()] }

// degree counts the relations of an entity; one to itself counts once.
func (s *spokes) degree(g *Graph, n uint32) int {
	degree := 0
	for _, way := range s.from(g, n) {
		degree += way.rows.degree(n)
		if way.self(n) {
			degree--
		}
	}
	return degree
}
