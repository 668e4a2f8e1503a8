package projection

import (
	"cmp"
	"iter"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// What an owner asks while it prepares a change or answers what the graph cannot answer alone.

// counts are kept up to date with every change. Counts of relations are those of the rows.
type counts struct {
	entities [entityKinds]int
	stubs    int
	tagged   int
}

func (c *counts) entity(s shape, by int) {
	switch {
	case s.stub():
		c.stubs += by
	case s != noEntity:
		c.entities[s] += by
	}
}

// inScope is the number of entities of one kind that a scope holds for.
func (c *counts) inScope(s scope) int {
	kind := s.want.kind()
	switch {
	case s.mask&stubFlag == 0 && kind == paper:
		return c.entities[paper] + c.stubs
	case s.mask&stubFlag == 0 || !s.want.stub():
		return c.entities[kind]
	case kind == paper:
		return c.stubs
	default:
		return 0
	}
}

// Stats answers store.Reader.Stats.
func (g *Graph) Stats() store.Stats {
	stats := store.Stats{
		Version:      g.version,
		Entities:     make(map[literature.EntityKind]int),
		Stubs:        g.counts.stubs,
		Relations:    make(map[literature.RelationKind]int),
		Results:      g.results.count,
		TaggedPapers: g.counts.tagged,
	}
	for kind := noEntity + 1; kind < entityKinds; kind++ {
		if n := g.counts.entities[kind]; n > 0 {
			stats.Entities[kindNames[kind]] = n
		}
	}
	for kind := range g.relations {
		if n := g.relations[kind].out.count; n > 0 {
			stats.Relations[relationNames[kind]] = n
		}
	}
	return stats
}

// TopicFrequency is how many papers, no stubs, are directly about a topic: the df of store.IDF, whose N is Stats().TaggedPapers.
func (g *Graph) TopicFrequency(topic literature.ID) int { return int(g.tagged.at(g.find(topic))) }

// Naming lists, by their ids and each once, the records that name one of the entities: relations that lead from or to it, results, and
// AUTHORED_BY that name it as an organization. Removing the entity concerns all of them.
func (g *Graph) Naming(entities []literature.ID) []literature.ID {
	var ids []literature.ID
	for _, id := range entities {
		n := g.live(id)
		if n == 0 {
			continue
		}
		for kind, r := range g.relations {
			for _, to := range r.out.of(n) {
				ids = append(ids, g.relationID(kind, n, to))
			}
			for _, from := range r.in.of(n) {
				ids = append(ids, g.relationID(kind, from, n))
			}
		}
		papers, authors := g.affiliations.in.labelled(n)
		for i, p := range papers {
			ids = append(ids, g.relationID(authoredBy, p, authors[i]))
		}
		for end := range g.results.of {
			for _, result := range g.results.of[end].of(n) {
				ids = append(ids, g.results.ids.at(result))
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (g *Graph) relationID(kind int, source, target uint32) literature.ID {
	return literature.NewRelationID(relationNames[kind], g.ids.at(source), g.ids.at(target))
}

// searched are the ranks of store.Searched.
var searched = func() []int {
	var ranks []int
	for _, kind := range store.Searched() {
		ranks = append(ranks, kind.Rank())
	}
	return ranks
}()

// Joined lists the entities whose labels belong to the search text of an entity: the targets of its relations of the kinds of store.Searched, in that order, within a kind by id.
func (g *Graph) Joined(id literature.ID) []literature.ID {
	n := g.find(id)
	var ids []literature.ID
	for _, kind := range searched {
		start := len(ids)
		for _, to := range g.relations[kind].out.of(n) {
			ids = append(ids, g.ids.at(to))
		}
		slices.Sort(ids[start:])
	}
	return ids
}

// EachQuoting visits the papers whose search text holds the labels of an entity, known by its number: those that Joined leads from. A paper joined to it by
// relations of several kinds is visited once for each.
func (g *Graph) EachQuoting(n uint32, visit func(paper uint32)) {
	for _, kind := range searched {
		for _, from := range g.relations[kind].in.of(n) {
			if g.shapes.at(from).kind() == paper {
				visit(from)
			}
		}
	}
}

// Preferred is the one among entities that answers to a name held by several, as store.Reader.Resolve promises: no stub before a stub, more cited before less,
// then by id. Ids that name nothing are passed over; "" where all do.
func (g *Graph) Preferred(ids []literature.ID) literature.ID {
	var best Entity
	for _, id := range ids {
		e, ok := g.Entity(id)
		if ok && (best.Number == 0 || prefer(e, best) < 0) {
			best = e
		}
	}
	return best.ID
}

func prefer(a, b Entity) int {
	if a.Stub != b.Stub {
		if b.Stub {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(b.CitedBy, a.CitedBy), cmp.Compare(a.ID, b.ID))
}

// IDs yields the ids of all entities of a kind, or with "" of all kinds, stubs included, in id order.
func (g *Graph) IDs(kind literature.EntityKind) iter.Seq[literature.ID] {
	return func(yield func(literature.ID) bool) {
		for _, n := range g.byID(kind) {
			if !yield(g.ids.at(n)) {
				return
			}
		}
	}
}
