package projection

import (
	"iter"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// byPrefix are all kinds of entity in the order of their ids.
var byPrefix = slices.SortedFunc(slices.Values(literature.EntityKinds()), func(a, b literature.EntityKind) int {
	return strings.Compare(a.Prefix(), b.Prefix())
})

// byID lists the entities of a kind, or with "" all, by id.
func (g *Graph) byID(kind literature.EntityKind) []uint32 {
	var numbers []uint32
	for _, k := range byPrefix {
		if k == kind || kind == "" {
			numbers = append(numbers, g.order(shapeOf(k), byID).numbers...)
		}
	}
	return numbers
}

// Bare lists entities and relations as a bare store.Reader.Scan of the whole graph does.
func (g *Graph) Bare() iter.Seq[literature.Record] {
	return func(yield func(literature.Record) bool) {
		numbers := g.byID("")
		places := make([]uint32, g.size)
		for place, n := range numbers {
			places[n] = uint32(place)
			if !yield(store.StrippedEntity(g.ids.at(n), g.shapes.at(n).stub())) {
				return
			}
		}
		var row []uint64 // places of targets, each with where it stands in its row
		for _, source := range numbers {
			for kind := range g.relations {
				to, labels := g.relations[kind].out.labelled(source)
				row = row[:0]
				for i, target := range to {
					row = append(row, uint64(places[target])<<32|uint64(i))
				}
				slices.Sort(row)
				relations := make([]literature.Relation, len(row))
				for i, entry := range row {
					r, at := &relations[i], uint32(entry)
					r.Kind, r.Source, r.Target = relationNames[kind], g.ids.at(source), g.ids.at(to[at])
					if kind == about && labels != nil {
						r.Weight = int(labels[at])
					}
					if !yield(r) {
						return
					}
				}
			}
		}
	}
}

// Relation is what a bare answer tells of a relation between two entities, known by their numbers, or nil where there is none.
func (g *Graph) Relation(kind literature.RelationKind, source, target uint32) *literature.Relation {
	rank := kind.Rank()
	if rank < 0 || !g.relations[rank].out.has(source, target) {
		return nil
	}
	r := &literature.Relation{Kind: kind, Source: g.ids.at(source), Target: g.ids.at(target)}
	if rank == about {
		r.Weight = int(g.relations[about].out.labelOf(source, target))
	}
	return r
}
