package explore

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Arrays is the shape of a whole graph at one version, as flat arrays: which entities relations join, by kind and direction, and nothing else of what records say. It takes some 100 bytes for an
// entity and 8 for a relation. Nothing in it changes.
type Arrays struct {
	// Version is that of the store whose graph this is.
	Version store.Version
	ids     []literature.ID // of all entities, in id order; what follows is numbered so
	shapes  []shape
	// The groups of entity n are those from groups[n] to groups[n+1]. A group holds the neighbours by one kind of relation in one direction, from starts[group] to starts[group+1], in id order.
	groups     []uint32
	ways       []uint8 // by group: twice the rank of the kind, and 1 where it is incoming
	starts     []uint32
	neighbours []uint32
	ranks      map[Centrality]*ranking
	// papers counts those that are no stubs, citing those of them that cite something.
	papers, citing int
}

// join is one relation of a kind: the numbers of its source and, in the lower half, of its target.
type join uint64

func newJoin(source, target uint32) join { return join(source)<<32 | join(target) }

func (j join) source() uint32 { return uint32(j >> 32) }
func (j join) target() uint32 { return uint32(j) }

// joins are relations by the rank of their kind, ascending.
type joins [][]join

func newJoins() joins { return make(joins, len(literature.RelationKinds())) }

func (of joins) add(kind literature.RelationKind, j join) {
	of[kind.Rank()] = append(of[kind.Rank()], j)
}

// shape tells papers, and stubs among them, from other entities.
type shape uint8

const (
	noPaper shape = iota
	fullPaper
	stubPaper
)

// ReadArrays reads the graph of a store in one scan, and ranks its papers.
func ReadArrays(ctx context.Context, reader store.Reader) (*Arrays, error) {
	a := new(Arrays)
	numbers := make(map[literature.ID]uint32)
	of := newJoins()
	source, from, known := literature.ID(""), uint32(0), false // relations of one source come one after the other
	var err error
	a.Version, err = reader.Scan(ctx, store.ScanQuery{Bare: true}, func(_ store.Change, records []literature.Record) error {
		for _, record := range records {
			switch r := record.(type) {
			case *literature.Relation:
				if r.Source != source {
					source = r.Source
					from, known = numbers[source]
				}
				to, both := numbers[r.Target]
				if !known || !both {
					continue // It came while the scan went on, and so did that end: whoever catches up from the version of the scan meets both.
				}
				of.add(r.Kind, newJoin(from, to))
			case literature.Entity:
				id := r.RecordID()
				numbers[id] = uint32(len(a.ids))
				a.ids = append(a.ids, id)
				a.shapes = append(a.shapes, shapeOf(r))
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the graph as arrays: %w", err)
	}
	return a, a.finish(ctx, of)
}

// CatchUp makes arrays of the present graph from these and what changed since, which is far quicker than to read it all, and next to nothing where no entity or relation came or went.
func (a *Arrays) CatchUp(ctx context.Context, reader store.Reader) (*Arrays, error) {
	changed := make(map[literature.ID]*shape)                 // entities; nil: gone
	relations := make(map[literature.ID]*literature.Relation) // nil: gone
	version, err := reader.Scan(ctx, store.ScanQuery{Since: a.Version, Bare: true}, func(change store.Change, records []literature.Record) error {
		for _, id := range change.Removed {
			if id.EntityKind() != "" {
				changed[id] = nil
			} else if id.IsRelation() {
				relations[id] = nil
			}
		}
		for _, record := range records {
			switch r := record.(type) {
			case *literature.Relation:
				id := literature.NewRelationID(r.Kind, r.Source, r.Target)
				if _, told := relations[id]; told || !a.joins(r) {
					relations[id] = r
				}
			case literature.Entity:
				s, id := shapeOf(r), r.RecordID()
				if _, told := changed[id]; told || !a.has(id, s) {
					changed[id] = &s
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading what changed in the graph: %w", err)
	}
	if len(changed) == 0 && len(relations) == 0 {
		same := *a
		same.Version = version
		return &same, nil
	}
	b := &Arrays{Version: version}
	numbers := b.renumber(a, changed)
	of, err := b.rejoin(a, numbers, relations)
	if err != nil {
		return nil, err
	}
	return b, b.finish(ctx, of)
}

// renumber lists the entities of a with what changed, and tells their new numbers; those that are gone have none.
func (b *Arrays) renumber(a *Arrays, changed map[literature.ID]*shape) []uint32 {
	added := slices.Sorted(maps.Keys(changed))
	numbers := make([]uint32, len(a.ids))
	add := func(id literature.ID, s shape) {
		b.ids, b.shapes = append(b.ids, id), append(b.shapes, s)
	}
	addBefore := func(id literature.ID) { // all that changed and stands before an id; "": the rest
		for len(added) > 0 && (id == "" || added[0] < id) {
			if s := changed[added[0]]; s != nil {
				add(added[0], *s)
			}
			added = added[1:]
		}
	}
	for n, id := range a.ids {
		addBefore(id)
		s := &a.shapes[n]
		if len(added) > 0 && added[0] == id {
			s, added = changed[id], added[1:]
		}
		if s != nil {
			numbers[n] = uint32(len(b.ids))
			add(id, *s)
		}
	}
	addBefore("")
	return numbers
}

// rejoin takes over the relations of a with what changed.
func (b *Arrays) rejoin(a *Arrays, numbers []uint32, changed map[literature.ID]*literature.Relation) (joins, error) {
	of, added, gone := newJoins(), newJoins(), 0
	for id, r := range changed {
		if r == nil {
			gone++
			continue
		}
		source, known := b.number(r.Source)
		target, both := b.number(r.Target)
		if !known || !both {
			return nil, fmt.Errorf("%s joins %s and %s, one of which is not there", id, r.Source, r.Target)
		}
		if !a.joins(r) { // else it went and came back
			added.add(r.Kind, newJoin(source, target))
		}
	}
	for rank, kind := range literature.RelationKinds() {
		slices.Sort(added[rank])
		for n := range a.ids {
			for _, m := range a.along(uint32(n), kind, 0) {
				if gone > 0 {
					// Their ids do not tell which they are, so those of all relations are made. An entity does not go without its relations.
					if r, ok := changed[literature.NewRelationID(kind, a.ids[n], a.ids[m])]; ok && r == nil {
						gone--
						continue
					}
				}
				j := newJoin(numbers[n], numbers[m])
				before, _ := slices.BinarySearch(added[rank], j)
				of[rank] = append(append(of[rank], added[rank][:before]...), j)
				added[rank] = added[rank][before:]
			}
		}
		of[rank] = append(of[rank], added[rank]...)
	}
	return of, nil
}

func shapeOf(e literature.Entity) shape {
	switch p, ok := e.(*literature.Paper); {
	case !ok:
		return noPaper
	case p.IsStub:
		return stubPaper
	default:
		return fullPaper
	}
}

// finish lays out both ends of all relations, by entity, then by kind and direction, then by the other end, and ranks the papers.
func (a *Arrays) finish(ctx context.Context, of joins) error {
	offsets := make([]uint32, len(a.ids)+1)
	for _, of := range of {
		for _, j := range of {
			offsets[j.source()+1]++
			offsets[j.target()+1]++
		}
	}
	for n := range a.ids {
		offsets[n+1] += offsets[n]
	}
	next := slices.Clone(offsets)
	a.neighbours = make([]uint32, offsets[len(a.ids)])
	ways := make([]uint8, len(a.neighbours))
	for rank, of := range of {
		if err := ctx.Err(); err != nil {
			return err
		}
		for incoming := range 2 {
			for _, j := range of {
				here, there := j.source(), j.target()
				if incoming == 1 {
					here, there = there, here
				}
				a.neighbours[next[here]], ways[next[here]] = there, uint8(2*rank+incoming)
				next[here]++
			}
		}
	}
	for n := range a.ids {
		a.groups = append(a.groups, uint32(len(a.ways)))
		for at := offsets[n]; at < offsets[n+1]; at++ {
			if at == offsets[n] || ways[at] != ways[at-1] {
				a.ways, a.starts = append(a.ways, ways[at]), append(a.starts, at)
			}
		}
	}
	a.groups, a.starts = append(a.groups, uint32(len(a.ways))), append(a.starts, uint32(len(a.neighbours)))
	return a.rank(ctx)
}

// IDs are those of all entities, in id order, in which PageRank and Personalized answer. Nobody may change them.
func (a *Arrays) IDs() []literature.ID { return a.ids }

// number finds an entity; ok is false where the arrays do not have it.
func (a *Arrays) number(id literature.ID) (n uint32, ok bool) {
	at, ok := slices.BinarySearch(a.ids, id)
	return uint32(at), ok
}

// joined tells whether any relation joins an entity to another or to itself.
func (a *Arrays) joined(id literature.ID) bool {
	n, ok := a.number(id)
	return ok && a.groups[n] < a.groups[n+1]
}

// has tells whether an entity is there, in that shape.
func (a *Arrays) has(id literature.ID, s shape) bool {
	n, ok := a.number(id)
	return ok && a.shapes[n] == s
}

// joins tells whether the relation is there.
func (a *Arrays) joins(r *literature.Relation) bool {
	source, known := a.number(r.Source)
	target, both := a.number(r.Target)
	if !known || !both {
		return false
	}
	_, ok := slices.BinarySearch(a.along(source, r.Kind, 0), target)
	return ok
}

// along are the neighbours of an entity by one kind of relation; incoming is 1 for those at its source, else 0.
func (a *Arrays) along(n uint32, kind literature.RelationKind, incoming int) []uint32 {
	way := uint8(2*kind.Rank() + incoming)
	for g := a.groups[n]; g < a.groups[n+1]; g++ {
		if a.ways[g] == way {
			return a.neighbours[a.starts[g]:a.starts[g+1]]
		}
	}
	return nil
}
