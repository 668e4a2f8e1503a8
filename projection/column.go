package projection

const (
	columnBits = 8
	columnPage = 1 << columnBits
)

// column is one property of all entities, by number, in pages. Copies of a column share pages; the first write to a page after freeze copies that page
// only, so that a change costs the same however many entities there are (but for the list of pages, 8 bytes for each 256).
type column[T any] struct {
	pages []*[columnPage]T
	// own marks the pages that no other copy of the column sees; nil while frozen.
	own []bool
}

// at reads a value; numbers from the column's size on have the zero value.
func (c *column[T]) at(n uint32) T {
	page := n >> columnBits
	if int(page) >= len(c.pages) {
		var zero T
		return zero
	}
	return c.pages[page][n%columnPage]
}

// set writes a value below the column's size.
func (c *column[T]) set(n uint32, value T) {
	c.thaw()
	page := n >> columnBits
	if !c.own[page] {
		clone := *c.pages[page]
		c.pages[page], c.own[page] = &clone, true
	}
	c.pages[page][n%columnPage] = value
}

// grow makes room for numbers below size.
func (c *column[T]) grow(size uint32) {
	if int(size) <= len(c.pages)*columnPage {
		return
	}
	c.thaw()
	for len(c.pages)*columnPage < int(size) {
		c.pages = append(c.pages, new([columnPage]T))
		c.own = append(c.own, true)
	}
}

func (c *column[T]) thaw() {
	if c.own == nil {
		c.pages = append(make([]*[columnPage]T, 0, len(c.pages)+1), c.pages...)
		c.own = make([]bool, len(c.pages), len(c.pages)+1)
	}
}

// freeze shares the column: writes from now on go to copies.
func (c *column[T]) freeze() { c.own = nil }
