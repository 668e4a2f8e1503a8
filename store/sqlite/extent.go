package sqlite

import "slices"

// extent is how many tokens the own texts of an entity have: all of them, and its labels alone, which it lends to papers.
type extent struct{ all, labels uint32 }

const extentPage = 1 << 10

// extents are the extents of all entities by number, in pages. Copies share pages, so that each state of the graph can have its own.
type extents struct{ pages []*[extentPage]extent }

func (x extents) at(n uint32) extent {
	if page := int(n / extentPage); page < len(x.pages) && x.pages[page] != nil {
		return x.pages[page][n%extentPage]
	}
	return extent{}
}

// bound is more than every number that has an extent.
func (x extents) bound() uint32 { return uint32(len(x.pages)) * extentPage }

// with is a copy with some extents changed.
func (x extents) with(changes map[uint32]extent) extents {
	if len(changes) == 0 {
		return x
	}
	next := extents{slices.Clone(x.pages)}
	fresh := make(map[uint32]bool)
	for n, value := range changes {
		page := n / extentPage
		for int(page) >= len(next.pages) {
			next.pages = append(next.pages, nil)
		}
		if !fresh[page] {
			clone := new([extentPage]extent)
			if old := next.pages[page]; old != nil {
				*clone = *old
			}
			next.pages[page], fresh[page] = clone, true
		}
		next.pages[page][n%extentPage] = value
	}
	return next
}
