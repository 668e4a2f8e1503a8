package projection

import (
	"cmp"
	"slices"
)

const (
	rowBits  = 6
	rowsPage = 1 << rowBits
)

// rows are the relations of one kind in one direction: for every entity the numbers of the entities at the other end, ascending. Like columns they are kept in pages,
// each a small compressed sparse row matrix; a change copies the pages it touches.
type rows struct {
	pages []*rowPage
	count int // entries in all rows
}

type rowPage struct {
	// The row of the i-th entity of the page is to[from[i]:from[i+1]], and its labels are the same part of labels.
	from   [rowsPage + 1]uint32
	to     []uint32
	labels []uint32 // position or weight of a relation; nil where all are 0
}

// newRows makes rows from their lengths and their entries, one row after the other.
func newRows(degrees, to, labels []uint32) rows {
	r := rows{pages: make([]*rowPage, (len(degrees)+rowsPage-1)/rowsPage), count: len(to)}
	for i := range r.pages {
		own := degrees[i*rowsPage : min((i+1)*rowsPage, len(degrees))]
		p := new(rowPage)
		for j := range rowsPage {
			p.from[j+1] = p.from[j]
			if j < len(own) {
				p.from[j+1] += own[j]
			}
		}
		size := p.from[rowsPage]
		if size == 0 {
			continue
		}
		p.to = slices.Clone(to[:size]) // of its own, so that it can go when the page does
		to = to[size:]
		if labels != nil {
			p.labels = slices.Clone(labels[:size])
			labels = labels[size:]
		}
		r.pages[i] = p
	}
	return r
}

// of is the row of an entity; nobody may change it.
func (r *rows) of(n uint32) []uint32 {
	p := r.page(n)
	if p == nil {
		return nil
	}
	i := n % rowsPage
	return p.to[p.from[i]:p.from[i+1]]
}

// labelled is the row of an entity with its labels, which are nil where all are 0.
func (r *rows) labelled(n uint32) (to, labels []uint32) {
	p := r.page(n)
	if p == nil {
		return nil, nil
	}
	i := n % rowsPage
	to = p.to[p.from[i]:p.from[i+1]]
	if p.labels != nil {
		labels = p.labels[p.from[i]:p.from[i+1]]
	}
	return to, labels
}

// labelOf is the label of an entry in an entity's row; 0 where it has none.
func (r *rows) labelOf(n, to uint32) uint32 {
	row, labels := r.labelled(n)
	if i, ok := slices.BinarySearch(row, to); ok && labels != nil {
		return labels[i]
	}
	return 0
}

// degree is the length of an entity's row.
func (r *rows) degree(n uint32) int {
	p := r.page(n)
	if p == nil {
		return 0
	}
	i := n % rowsPage
	return int(p.from[i+1] - p.from[i])
}

// has tells whether an entity's row holds another.
func (r *rows) has(n, to uint32) bool { return contains(r.of(n), to) }

func (r *rows) page(n uint32) *rowPage {
	if page := n >> rowBits; int(page) < len(r.pages) {
		return r.pages[page]
	}
	return nil
}

// contains searches an ascending row.
func contains(row []uint32, n uint32) bool {
	if len(row) <= 8 {
		return slices.Contains(row, n)
	}
	_, ok := slices.BinarySearch(row, n)
	return ok
}

// edit is one change of a row: an entry set, with its label, or removed.
type edit struct {
	row, to, label uint32
	remove         bool
}

// edited is the rows after edits, each of which concerns another entry. multi rows may hold the same entity several times with different labels.
func (r rows) edited(edits []edit, multi bool) rows {
	if len(edits) == 0 {
		return r
	}
	slices.SortFunc(edits, func(a, b edit) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.to, b.to), cmp.Compare(a.label, b.label))
	})
	pages := max(len(r.pages), int(edits[len(edits)-1].row>>rowBits)+1)
	next := rows{pages: make([]*rowPage, pages), count: r.count}
	copy(next.pages, r.pages)
	for len(edits) > 0 {
		page := edits[0].row >> rowBits
		end := 1
		for end < len(edits) && edits[end].row>>rowBits == page {
			end++
		}
		before := next.pages[page]
		if before == nil {
			before = new(rowPage)
		}
		after := before.edited(edits[:end], multi)
		next.count += len(after.to) - len(before.to)
		next.pages[page] = after
		edits = edits[end:]
	}
	return next
}

// edited merges a page with sorted edits of its rows.
func (p *rowPage) edited(edits []edit, multi bool) *rowPage {
	labelled := p.labels != nil || slices.ContainsFunc(edits, func(e edit) bool { return e.label != 0 })
	next := &rowPage{to: make([]uint32, 0, len(p.to)+len(edits))}
	if labelled {
		next.labels = make([]uint32, 0, cap(next.to))
	}
	// keep copies old entries, a run at a time.
	keep := func(from, to uint32) {
		next.to = append(next.to, p.to[from:to]...)
		switch {
		case p.labels != nil:
			next.labels = append(next.labels, p.labels[from:to]...)
		case labelled:
			next.labels = next.labels[:len(next.to)]
		}
	}
	at := uint32(0) // the first old entry not yet dealt with
	row := uint32(0)
	for _, e := range edits {
		i := e.row % rowsPage
		for ; row < i; row++ {
			keep(at, p.from[row+1])
			at = p.from[row+1]
			next.from[row+1] = uint32(len(next.to))
		}
		end := p.from[i+1]
		place := at + uint32(lowerBound(p.to[at:end], e.to))
		if multi {
			for place < end && p.to[place] == e.to && p.label(place) < e.label {
				place++
			}
		}
		keep(at, place)
		at = place
		if place < end && p.to[place] == e.to && (!multi || p.label(place) == e.label) {
			at++
		}
		if !e.remove {
			next.to = append(next.to, e.to)
			if labelled {
				next.labels = append(next.labels, e.label)
			}
		}
	}
	for ; row < rowsPage; row++ {
		keep(at, p.from[row+1])
		at = p.from[row+1]
		next.from[row+1] = uint32(len(next.to))
	}
	return next
}

func (p *rowPage) label(i uint32) uint32 {
	if p.labels == nil {
		return 0
	}
	return p.labels[i]
}

// lowerBound is the place of the first entry that is not less than n.
func lowerBound(row []uint32, n uint32) int {
	place, _ := slices.BinarySearch(row, n)
	return place
}
