package sqlite

import (
	"encoding/hex"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
)

// edge is the key of a relation in the file: bits 32 to 59 are the number of the source, 28 to 31 the rank of the kind, 0 to 27 the number
// of the target. Relations are so stored beside those of the same source, in the order in which entities came in.
type edge uint64

const (
	numberBits = 28
	// maxNumber bounds the numbers of entities.
	maxNumber = 1<<numberBits - 1
	edgeBits  = 60
)

func newEdge(kind literature.RelationKind, source, target uint32) edge {
	return edge(source)<<32 | edge(kind.Rank())<<numberBits | edge(target)
}

func (e edge) source() uint32 { return uint32(e >> 32) }
func (e edge) target() uint32 { return uint32(e) & maxNumber }

// kind is "" for a key that no relation can have.
func (e edge) kind() literature.RelationKind {
	if rank := int(e >> numberBits & 0xf); rank < len(kinds) {
		return kinds[rank]
	}
	return ""
}

// id is the id of the relation, or "" where one of its ends is not in the graph.
func (e edge) id(g *projection.Graph) literature.ID {
	source, ok := g.Numbered(e.source())
	target, too := g.Numbered(e.target())
	if !ok || !too || e.kind() == "" {
		return ""
	}
	return literature.NewRelationID(e.kind(), source.ID, target.ID)
}

// hashOf is the hash inside the id of a relation.
func hashOf(id literature.ID) (hash uint64, ok bool) {
	digits, ok := strings.CutPrefix(string(id), "relation/")
	var raw [8]byte
	if !ok || len(digits) != 16 {
		return 0, false
	}
	if _, err := hex.Decode(raw[:], []byte(digits)); err != nil {
		return 0, false
	}
	for _, b := range raw {
		hash = hash<<8 | uint64(b)
	}
	return hash, true
}

// relationID is the id that holds the hash.
func relationID(hash uint64) literature.ID {
	const digits = "0123456789abcdef"
	id := []byte("relation/0000000000000000")
	for i := len(id) - 1; hash > 0; i-- {
		id[i] = digits[hash&0xf]
		hash >>= 4
	}
	return literature.ID(id)
}

// edges is the way from the id of a relation to its edge: a hash table with open addressing. A slot is an edge and above it four bits of the hash;
// 0 is free. What a slot says is checked against the graph by making the id anew, so relations that are gone may stay. One writer and many readers
// may use it at once.
type edges struct {
	table atomic.Pointer[[]atomic.Uint64]
	used  int // slots taken; the writer's
}

func newEdges() *edges {
	x := &edges{}
	x.resize(1 << 10)
	return x
}

func (x *edges) resize(slots int) {
	table := make([]atomic.Uint64, slots)
	x.table.Store(&table)
	x.used = 0
}

// find is the edge of the relation with this id and hash in the graph, which may be one that has been removed.
func (x *edges) find(g *projection.Graph, id literature.ID, hash uint64) (e edge, ok bool) {
	table := *x.table.Load()
	mask := uint64(len(table) - 1)
	for slot := hash & mask; ; slot = (slot + 1) & mask {
		value := table[slot].Load()
		if value == 0 {
			return 0, false
		}
		if value>>edgeBits == hash>>edgeBits {
			if e := edge(value & (1<<edgeBits - 1)); e.id(g) == id {
				return e, true
			}
		}
	}
}

// has tells whether the edge was ever added under the hash.
func (x *edges) has(e edge, hash uint64) bool {
	wanted := hash>>edgeBits<<edgeBits | uint64(e)
	table := *x.table.Load()
	mask := uint64(len(table) - 1)
	for slot := hash & mask; ; slot = (slot + 1) & mask {
		switch table[slot].Load() {
		case 0:
			return false
		case wanted:
			return true
		}
	}
}

// add enters an edge unless it is there. The graph knows the ends of all edges, gone or not.
func (x *edges) add(g *projection.Graph, e edge, hash uint64) {
	if x.has(e, hash) {
		return
	}
	// Seven slots of eight may be taken: probing along a line is cheap, and growing makes all ids anew.
	if table := *x.table.Load(); 8*(x.used+1) > 7*len(table) {
		larger := 2 * len(table)
		if larger < 1<<22 {
			larger *= 2 // below 32 MB rather room than work
		}
		x.grow(g, larger)
	}
	x.insert(e, hash)
}

func (x *edges) grow(g *projection.Graph, slots int) {
	larger := &edges{}
	larger.resize(slots)
	for i := range *x.table.Load() {
		if e := edge((*x.table.Load())[i].Load() & (1<<edgeBits - 1)); e != 0 {
			// An end that is gone still stands in the states that others read.
			if hash, ok := hashOf(literature.NewRelationID(e.kind(), g.IDOf(e.source()), g.IDOf(e.target()))); ok {
				larger.insert(e, hash)
			}
		}
	}
	x.used = larger.used
	x.table.Store(larger.table.Load())
}

func (x *edges) insert(e edge, hash uint64) {
	table := *x.table.Load()
	mask := uint64(len(table) - 1)
	slot := hash & mask
	for table[slot].Load() != 0 {
		slot = (slot + 1) & mask
	}
	table[slot].Store(hash>>edgeBits<<edgeBits | uint64(e))
	x.used++
}

// hashes lists the hashes of all relations between entities of the graph in ascending order, which is that of their ids. Some may be gone.
func (x *edges) hashes(g *projection.Graph) []uint64 {
	table := *x.table.Load()
	hashes := make([]uint64, 0, len(table)/2)
	for i := range table {
		if e := edge(table[i].Load() & (1<<edgeBits - 1)); e != 0 {
			if hash, ok := hashOf(e.id(g)); ok {
				hashes = append(hashes, hash)
			}
		}
	}
	slices.Sort(hashes)
	return hashes
}

// sorted lists the edges between entities of the graph in ascending order. Some may be gone.
func (x *edges) sorted(g *projection.Graph) []edge {
	table := *x.table.Load()
	list := make([]edge, 0, len(table)/2)
	for i := range table {
		if e := edge(table[i].Load() & (1<<edgeBits - 1)); e != 0 && e.id(g) != "" {
			list = append(list, e)
		}
	}
	slices.Sort(list)
	return list
}
