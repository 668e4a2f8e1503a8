package explore

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Arrays is the shape of a whole graph at one version, as flat arrays: which entities relations join, by kind and direction, and nothing else of what records say. It takes some 100 bytes for an
// entity and 24 for a relation. Nothing in it changes.
type Arrays struct {
	// Version is that of the store whose graph this is.
	Version store.Version
	ids     []literature.ID // of all entities, in id order; what follows is numbered so
	shapes  []shape
	// The groups of entity n are those from groups[n] to groups[n+1]. A group holds the neighbours by one kind of relation in one direction, from starts[group] to starts[group+1].
	groups     []uint32
	ways       []uint8 // by group: twice the rank of the kind, and 1 where it is incoming
	starts     []uint32
	neighbours []uint32
	joins      [][]join // by rank of their kind, in the order of their ids, to catch up from
	ranks      map[Centrality]*ranking
}

// join is one relation: the hash in its id, and the numbers of its ends.
type join struct {
	hash           uint64
	source, target uint32
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
	a.joins = make([][]join, len(literature.RelationKinds()))
	var err error
	a.Version, err = reader.Scan(ctx, 0, func(_ store.Change, records []literature.Record) error {
		for _, record := range records {
			switch r := record.(type) {
			case *literature.Relation:
				source, known := numbers[r.Source]
				target, both := numbers[r.Target]
				if !known || !both {
					continue // It came while the scan went on, and so did that end: whoever catches up from the version of the scan meets both.
				}
				hash, err := hashOf(r.ID)
				if err != nil {
					return err
				}
				a.joins[r.Kind.Rank()] = append(a.joins[r.Kind.Rank()], join{hash, source, target})
			case literature.Entity:
				id := literature.ID(strings.Clone(string(r.RecordID()))) // else it may hold on to its whole record
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
	return a, a.finish(ctx)
}

// CatchUp makes arrays of the present graph from these and what changed since, which is far quicker than to read it all, and next to nothing where no entity or relation came or went.
func (a *Arrays) CatchUp(ctx context.Context, reader store.Reader) (*Arrays, error) {
	changed := make(map[literature.ID]*shape)          // entities; nil: gone
	relations := make(map[uint64]*literature.Relation) // by the hash in their ids, from which their ends follow; nil: gone
	version, err := reader.Scan(ctx, a.Version, func(change store.Change, records []literature.Record) error {
		for _, id := range change.Removed {
			if id.EntityKind() != "" {
				changed[id] = nil
			} else if id.IsRelation() {
				hash, err := hashOf(id)
				if err != nil {
					return err
				}
				relations[hash] = nil
			}
		}
		for _, record := range records {
			switch r := record.(type) {
			case *literature.Relation:
				hash, err := hashOf(r.ID)
				if err != nil {
					return err
				}
				if _, told := relations[hash]; told || !a.hasJoin(r.Kind, hash) {
					relations[hash] = r
				}
			case literature.Entity:
				s, id := shapeOf(r), r.RecordID()
				if _, told := changed[id]; told || !a.has(id, s) {
					changed[literature.ID(strings.Clone(string(id)))] = &s
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
	if err := b.rejoin(a, numbers, relations); err != nil {
		return nil, err
	}
	return b, b.finish(ctx)
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

// rejoin takes over the relations of a with what changed. An entity does not go without its relations.
func (b *Arrays) rejoin(a *Arrays, numbers []uint32, changed map[uint64]*literature.Relation) error {
	b.joins = make([][]join, len(a.joins))
	for rank, of := range a.joins {
		for _, j := range of {
			if _, ok := changed[j.hash]; !ok {
				b.joins[rank] = append(b.joins[rank], join{j.hash, numbers[j.source], numbers[j.target]})
			}
		}
	}
	for hash, r := range changed {
		if r == nil {
			continue
		}
		source, known := b.number(r.Source)
		target, both := b.number(r.Target)
		if !known || !both {
			return fmt.Errorf("%s joins %s and %s, one of which is not there", r.ID, r.Source, r.Target)
		}
		b.joins[r.Kind.Rank()] = append(b.joins[r.Kind.Rank()], join{hash, source, target})
	}
	for _, of := range b.joins {
		slices.SortFunc(of, func(i, j join) int { return cmp.Compare(i.hash, j.hash) })
	}
	return nil
}

// hashOf is the hash in the id of a relation.
func hashOf(id literature.ID) (uint64, error) {
	hash, err := strconv.ParseUint(id.Slug(), 16, 64)
	if err != nil {
		return 0, fmt.Errorf("the id of a relation: %w", err)
	}
	return hash, nil
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

// finish lays out both ends of all relations, by entity, then by kind and direction, then by the relation's id, and ranks the papers.
func (a *Arrays) finish(ctx context.Context) error {
	offsets := make([]uint32, len(a.ids)+1)
	for _, of := range a.joins {
		for _, j := range of {
			offsets[j.source+1]++
			offsets[j.target+1]++
		}
	}
	for n := range a.ids {
		offsets[n+1] += offsets[n]
	}
	next := slices.Clone(offsets)
	a.neighbours = make([]uint32, offsets[len(a.ids)])
	ways := make([]uint8, len(a.neighbours))
	for rank, of := range a.joins {
		if err := ctx.Err(); err != nil {
			return err
		}
		for incoming := range 2 {
			for _, j := range of {
				here, there := j.source, j.target
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

func (a *Arrays) hasJoin(kind literature.RelationKind, hash uint64) bool {
	_, ok := slices.BinarySearchFunc(a.joins[kind.Rank()], hash, func(j join, hash uint64) int { return cmp.Compare(j.hash, hash) })
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
