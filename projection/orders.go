package projection

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// sorted is all entities of a kind, in ascending order of one property, then of id. The first known of them have the property; of the others, which
// miss it, the ids ascend.
type sorted struct {
	numbers []uint32
	known   int
}

// at is the i-th entity as a ranking with one key has it: both parts run backwards where it descends.
func (s *sorted) at(i int, descending bool) uint32 {
	switch {
	case !descending:
		return s.numbers[i]
	case i < s.known:
		return s.numbers[s.known-1-i]
	default:
		return s.numbers[len(s.numbers)-1-(i-s.known)]
	}
}

// sort puts all entities of a kind in order.
func (g *Graph) sort(kind shape, by property) *sorted {
	r := &ranking{g: g, keys: []sortKey{{by: by}}}
	type item struct {
		primary int64
		rank    uint32 // place in id order; while that is being made, the number itself
	}
	var items []item
	if by == byID {
		for n := uint32(1); n < g.size; n++ {
			if g.shapes.at(n).kind() == kind {
				items = append(items, item{r.primary(n), n})
			}
		}
		slices.SortFunc(items, func(a, b item) int {
			return cmp.Or(cmp.Compare(a.primary, b.primary), cmp.Compare(g.ids.at(a.rank), g.ids.at(b.rank)))
		})
		numbers := make([]uint32, len(items))
		for i, it := range items {
			numbers[i] = it.rank
		}
		return &sorted{numbers, len(numbers)}
	}
	// Everything else is sorted over id order, so that ids, which are long and alike, are compared once only.
	ids := g.order(kind, byID).numbers
	items = make([]item, len(ids))
	for i, n := range ids {
		items[i] = item{r.primary(n), uint32(i)}
	}
	if by == byTitle {
		slices.SortFunc(items, func(a, b item) int {
			if a.primary != b.primary {
				return cmp.Compare(a.primary, b.primary)
			}
			return cmp.Or(strings.Compare(g.titles.at(ids[a.rank]), g.titles.at(ids[b.rank])), cmp.Compare(a.rank, b.rank))
		})
	} else {
		slices.SortFunc(items, func(a, b item) int {
			return cmp.Or(cmp.Compare(a.primary, b.primary), cmp.Compare(a.rank, b.rank))
		})
	}
	s := &sorted{numbers: make([]uint32, len(items))}
	for i, it := range items {
		n := ids[it.rank]
		s.numbers[i] = n
		if by == byTitle || it.primary != math.MaxInt64 {
			s.known = i + 1
		}
	}
	return s
}

// sortResults puts all results in the order of the contract.
func (g *Graph) sortResults() *sorted {
	r := resultRanking{g}
	var numbers []uint32
	for n := uint32(1); n < g.results.size; n++ {
		if g.results.facts.at(n).ends[resultPaper] != 0 {
			numbers = append(numbers, n)
		}
	}
	slices.SortFunc(numbers, r.compare)
	return &sorted{numbers, len(numbers)}
}

// orderCount is the number of orders that a graph can keep: of each kind by each property, and of results.
const orderCount = int(entityKinds-1)*int(properties) + 1

// lazyOrder is all entities of a kind in one order, made when it is first asked for: out of that of an earlier state and what changed since, or from nothing.
type lazyOrder struct {
	once  sync.Once
	ready atomic.Pointer[sorted]
	// base is the order in an earlier state, pending what has another place or none now; base is nil where that is not worth it.
	base    *sorted
	pending []uint32
}

// order is all entities of a kind in ascending order of a property.
func (g *Graph) order(kind shape, by property) *sorted {
	o := &g.orders[int(kind-1)*int(properties)+int(by)]
	o.once.Do(func() {
		s := o.merged(
			func(n uint32) bool { return g.shapes.at(n).kind() == kind },
			(&ranking{g: g, keys: []sortKey{{by: by}}}).compare,
			func(n uint32) bool { return (&ranking{g: g}).known(n, by) },
		)
		if s == nil {
			s = g.sort(kind, by)
		}
		o.ready.Store(s)
	})
	return o.ready.Load()
}

// resultOrder is all results in their order.
func (g *Graph) resultOrder() *sorted {
	o := &g.orders[orderCount-1]
	o.once.Do(func() {
		s := o.merged(
			func(n uint32) bool { return g.results.facts.at(n).ends[resultPaper] != 0 },
			resultRanking{g}.compare,
			func(uint32) bool { return true },
		)
		if s == nil {
			s = g.sortResults()
		}
		o.ready.Store(s)
	})
	return o.ready.Load()
}

// Prepare makes the orders that lists use, so that the first questions after Decode or after many changes need not wait for them. It may run beside anything else.
func (g *Graph) Prepare() {
	for by := range properties {
		g.order(paper, by)
	}
	for kind := paper + 1; kind < entityKinds; kind++ {
		g.order(kind, byTitle)
	}
	g.resultOrder()
}

// merged is the base without the pending entries, which are then put where they belong now, if anywhere; nil without a base.
func (o *lazyOrder) merged(belongs func(uint32) bool, compare func(a, b uint32) int, known func(uint32) bool) *sorted {
	if o.base == nil {
		return nil
	}
	moved := slices.Compact(slices.Sorted(slices.Values(o.pending))) // a copy: later states read pending too
	if len(moved) == 0 {
		return o.base
	}
	skip := newBits(moved[len(moved)-1] + 1)
	var inserted []uint32
	for _, n := range moved {
		skip.add(n)
		if belongs(n) {
			inserted = append(inserted, n)
		}
	}
	kept := make([]uint32, 0, len(o.base.numbers)+len(inserted))
	for _, n := range o.base.numbers {
		if !skip.has(n) {
			kept = append(kept, n)
		}
	}
	slices.SortFunc(inserted, compare)
	// From the end, so that everything moves once.
	end := len(kept)
	kept = kept[:end+len(inserted)]
	for i := len(inserted) - 1; i >= 0; i-- {
		place, _ := slices.BinarySearchFunc(kept[:end], inserted[i], compare)
		copy(kept[place+i+1:], kept[place:end])
		kept[place+i] = inserted[i]
		end = place
	}
	first, _ := slices.BinarySearchFunc(kept, false, func(n uint32, _ bool) int {
		if known(n) {
			return -1
		}
		return 1
	})
	return &sorted{kept, first}
}

// inheritOrders lets the orders of the next state start from those of the old one.
func (a *application) inheritOrders() {
	old, next := a.old, a.next
	next.orders = make([]lazyOrder, orderCount)
	for i := range next.orders {
		from, to := &old.orders[i], &next.orders[i]
		pending := from.pending
		if to.base = from.ready.Load(); to.base != nil {
			pending = nil
		} else if to.base = from.base; to.base == nil {
			continue
		}
		touched := a.touchedResults
		if i < orderCount-1 {
			touched = a.moved(shape(i/int(properties))+1, property(i%int(properties)))
		}
		to.pending = append(slices.Clip(pending), touched...)
		if len(to.pending) > len(to.base.numbers)/4+64 {
			to.base, to.pending = nil, nil
		}
	}
}

// moved lists the touched entities whose place in an order, or presence there, changes.
func (a *application) moved(kind shape, by property) []uint32 {
	before, after := &ranking{g: a.old}, &ranking{g: a.next}
	var moved []uint32
	for _, n := range a.touched {
		was, is := a.old.shapes.at(n).kind() == kind, a.next.shapes.at(n).kind() == kind
		switch {
		case was != is:
		case !is || by == byID:
			continue
		case by == byTitle:
			if a.old.titles.at(n) == a.next.titles.at(n) {
				continue
			}
		default:
			v, ok := before.value(n, by)
			if w, okNow := after.value(n, by); v == w && ok == okNow {
				continue
			}
		}
		moved = append(moved, n)
	}
	return moved
}
