package projection

import (
	"slices"
	"sync"

	"github.com/papergraph/papergraph/store"
)

// layer is a sparse set of entities with an amount each, over dense arrays: adding costs one look, clearing costs what was added.
type layer struct {
	nodes   []uint32 // in no order that matters
	amounts []int64
	in      []bool
}

// add puts an entity into the layer, if it is not there, and adds to its amount as counts are added.
func (l *layer) add(n uint32, amount int64) {
	if !l.in[n] {
		l.in[n] = true
		l.nodes = append(l.nodes, n)
	}
	l.amounts[n] = store.AddCounts(l.amounts[n], amount)
}

// addRow adds the same amount for each entity of a row. What is there already, which is most of it, is found by a single look.
func (l *layer) addRow(row []uint32, amount int64) {
	amounts, in := l.amounts, l.in
	for _, n := range row {
		before := amounts[n]
		if before == 0 && !in[n] {
			in[n] = true
			l.nodes = append(l.nodes, n)
		}
		amounts[n] = store.AddCounts(before, amount)
	}
}

// addAll adds what another layer holds.
func (l *layer) addAll(other *layer) {
	for _, n := range other.nodes {
		l.add(n, other.amounts[n])
	}
}

// remove takes an entity out.
func (l *layer) remove(n uint32) {
	if l.in[n] {
		l.amounts[n], l.in[n] = 0, false
		at := slices.Index(l.nodes, n)
		l.nodes = slices.Delete(l.nodes, at, at+1)
	}
}

func (l *layer) clear() {
	for _, n := range l.nodes {
		l.amounts[n], l.in[n] = 0, false
	}
	l.nodes = l.nodes[:0]
}

// maxYear is the last year that papers may have; layers have room for years too.
const maxYear = 9999

func newScratchPool() *sync.Pool { return &sync.Pool{New: func() any { return new(layer) }} }

// layer borrows an empty layer; give it back with free.
func (q *question) layer() *layer {
	l := q.g.scratch.Get().(*layer)
	if size := int(max(q.g.size, maxYear+1)); len(l.in) < size {
		*l = layer{amounts: make([]int64, size), in: make([]bool, size)}
	}
	return l
}

func (q *question) free(layers ...*layer) {
	for _, l := range layers {
		l.clear()
		q.g.scratch.Put(l)
	}
}

// sort puts the entities of a large layer into number order, in which their rows lie in memory.
func (l *layer) sort() {
	if len(l.nodes) < len(l.in)/32 {
		return
	}
	l.nodes = l.nodes[:0]
	for n, in := range l.in {
		if in {
			l.nodes = append(l.nodes, uint32(n))
		}
	}
}
