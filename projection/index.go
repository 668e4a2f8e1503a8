package projection

import (
	"hash/maphash"
	"sync/atomic"

	"github.com/papergraph/papergraph/literature"
)

// index finds the number of an id: a hash table with open addressing whose slots hold numbers only. All states of a graph share one index. A number found is checked
// against the ids of the state that asks, so entries of later or abandoned states do no harm. One writer and many readers may use it at once.
type index struct {
	seed  maphash.Seed
	table atomic.Pointer[[]atomic.Uint32]
	used  int // slots taken; the writer's
}

// newIndex makes an index with room for some ids.
func newIndex(ids int) *index {
	x := &index{seed: maphash.MakeSeed()}
	x.resize(ids)
	return x
}

func (x *index) resize(ids int) {
	slots := 64
	for slots < 2*ids {
		slots *= 2
	}
	table := make([]atomic.Uint32, slots)
	x.table.Store(&table)
	x.used = 0
}

// find is the number below size whose id this is, or 0.
func (x *index) find(id literature.ID, ids *column[literature.ID], size uint32) uint32 {
	table := *x.table.Load()
	mask := uint64(len(table) - 1)
	for slot := maphash.String(x.seed, string(id)) & mask; ; slot = (slot + 1) & mask {
		n := table[slot].Load()
		if n == 0 {
			return 0
		}
		if n < size && ids.at(n) == id {
			return n
		}
	}
}

// add enters a number below size whose id is in ids and not yet in the index.
func (x *index) add(n uint32, ids *column[literature.ID], size uint32) {
	if table := *x.table.Load(); 4*(x.used+1) > 3*len(table) {
		x.rebuild(ids, size)
		return
	}
	x.insert(n, ids.at(n))
}

// rebuild makes a larger table from the ids of one state, and so drops what abandoned states left.
func (x *index) rebuild(ids *column[literature.ID], size uint32) {
	fresh := &index{seed: x.seed}
	fresh.resize(int(size))
	for n := uint32(1); n < size; n++ {
		if id := ids.at(n); id != "" {
			fresh.insert(n, id)
		}
	}
	x.used = fresh.used
	x.table.Store(fresh.table.Load())
}

func (x *index) insert(n uint32, id literature.ID) {
	table := *x.table.Load()
	mask := uint64(len(table) - 1)
	slot := maphash.String(x.seed, string(id)) & mask
	for table[slot].Load() != 0 {
		slot = (slot + 1) & mask
	}
	table[slot].Store(n)
	x.used++
}
