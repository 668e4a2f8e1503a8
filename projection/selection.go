package projection

import (
	"slices"

	"github.com/papergraph/papergraph/store"
)

// order says how the items of a list, known by numbers of any meaning, follow each other.
type order interface {
	// primary is a cheap first comparison: where a's is less than b's, a comes first.
	primary(item uint32) int64
	// compare is the whole order; it is 0 for the same item only.
	compare(a, b uint32) int
	// against compares an item with a position.
	against(item uint32, p *store.Position) int
}

// leaps goes through the numbers below n, run by run, and from one run to the next in leaps. Lists often come sorted by what they are asked to be sorted by,
// which is the worst case of a selection if what it wants comes last; in leaps, it soon has something near and turns the rest away. Runs keep what lies
// side by side in memory together.
type leaps struct {
	n, start, end         int
	run, runs, leap, left int
}

const runLength = 256

func leapThrough(n int) leaps {
	runs := (n + runLength - 1) / runLength
	leap := runs*5/8 | 1
	for gcd(runs, leap) > 1 {
		leap += 2
	}
	return leaps{n: n, runs: runs, leap: leap, left: runs}
}

// next goes to the next run, the numbers from start to end, and tells whether there is one.
func (l *leaps) next() bool {
	if l.left == 0 {
		return false
	}
	l.left--
	l.run = (l.run + l.leap) % l.runs
	l.start = l.run * runLength
	l.end = min(l.start+runLength, l.n)
	return true
}

func gcd(a, b int) int {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// selection picks one page out of items that come in any order, with a heap no larger than the page.
type selection struct {
	order order
	page  store.Page
	// kept is a heap of the best items so far, the worst first.
	kept []ranked
	// eligible counts the items on the page's side of its start, beside those on the other side.
	eligible, beside int
}

type ranked struct {
	primary int64
	item    uint32
}

func newSelection(o order, page store.Page) *selection {
	return &selection{order: o, page: page, kept: make([]ranked, 0, min(page.Limit, 64))}
}

// begin forgets all items, so that the selection serves for another list in the same order; it keeps the memory.
func (s *selection) begin() { s.kept, s.eligible, s.beside = s.kept[:0], 0, 0 }

// add offers one item, which must not have been offered before.
func (s *selection) add(item uint32) {
	if s.page.From != nil {
		if c := s.order.against(item, s.page.From); c == 0 || c < 0 != s.page.Backward {
			s.beside++
			return
		}
	}
	s.eligible++
	if s.page.Limit == 0 {
		return
	}
	r := ranked{s.order.primary(item), item}
	if s.page.Backward {
		r.primary = ^r.primary
	}
	if len(s.kept) < s.page.Limit {
		s.kept = append(s.kept, r)
		s.up(len(s.kept) - 1)
	} else if s.before(r, s.kept[0]) {
		s.kept[0] = r
		s.down()
	}
}

// before tells whether a is nearer to the start of the page than b.
func (s *selection) before(a, b ranked) bool {
	if a.primary != b.primary {
		return a.primary < b.primary
	}
	return s.order.compare(a.item, b.item) < 0 != s.page.Backward
}

// behind tells whether an item with this primary comes behind a page without a start that is full, so that offering it would do no more than count it.
func (s *selection) behind(primary int64) bool {
	return len(s.kept) == s.page.Limit && (len(s.kept) == 0 || primary > s.kept[0].primary)
}

func (s *selection) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !s.before(s.kept[parent], s.kept[i]) {
			return
		}
		s.kept[parent], s.kept[i] = s.kept[i], s.kept[parent]
		i = parent
	}
}

func (s *selection) down() {
	for i := 0; ; {
		child := 2*i + 1
		if child >= len(s.kept) {
			return
		}
		if child+1 < len(s.kept) && s.before(s.kept[child], s.kept[child+1]) {
			child++
		}
		if !s.before(s.kept[i], s.kept[child]) {
			return
		}
		s.kept[i], s.kept[child] = s.kept[child], s.kept[i]
		i = child
	}
}

// full tells whether an item with this primary, and all that follow it in the order, can change neither the page nor what lies beside it.
func (s *selection) full(primary int64) bool {
	if s.eligible <= s.page.Limit {
		return false
	}
	if len(s.kept) == 0 { // what lies on the other side of the start may yet come
		return s.page.From == nil
	}
	if s.page.Backward {
		primary = ^primary
	}
	return primary > s.kept[0].primary
}

// items are the items of the page in list order.
func (s *selection) items() []uint32 {
	slices.SortFunc(s.kept, func(a, b ranked) int {
		if s.before(a, b) {
			return -1
		}
		return 1
	})
	items := make([]uint32, len(s.kept))
	for i, r := range s.kept {
		items[i] = r.item
	}
	if s.page.Backward {
		slices.Reverse(items)
	}
	return items
}

// info says what lies beside the page; the total is what was offered, if wanted.
func (s *selection) info(withTotal bool) store.PageInfo {
	info := store.PageInfo{HasPrevious: s.beside > 0, HasNext: s.eligible > len(s.kept), Total: -1}
	if s.page.Backward {
		info.HasPrevious, info.HasNext = info.HasNext, info.HasPrevious
	}
	if withTotal {
		info.Total = s.eligible + s.beside
	}
	return info
}
