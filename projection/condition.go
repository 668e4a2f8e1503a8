package projection

import "slices"

// condition says which entities are wanted, and, where it can, in which rows to look for them. The zero condition holds for all.
type condition struct {
	tests []func(n uint32) bool
	// rows, if narrow, are lists one of which holds every entity for which all tests hold; size is how many entries they have. They
	// may hold others too, but for them test number exact (-1: none) fails or need not be tried.
	narrow bool
	rows   [][]uint32
	size   int
	exact  int
	// repeats tells that one row may hold an entity several times.
	repeats bool
}

// tested is a condition with one test.
func tested(test func(n uint32) bool) condition {
	return condition{tests: []func(uint32) bool{test}, exact: -1}
}

// listed is a condition that holds for the members of rows, which is what the test says too.
func listed(test func(n uint32) bool, rows ...[]uint32) condition {
	c := condition{tests: []func(uint32) bool{test}, narrow: true, rows: rows}
	for _, row := range rows {
		c.size += len(row)
	}
	return c
}

// holds tries all tests.
func (c *condition) holds(n uint32) bool {
	for _, test := range c.tests {
		if !test(n) {
			return false
		}
	}
	return true
}

// and holds where both hold, and is looked for where there is less to look through.
func (c condition) and(d condition) condition {
	tests := slices.Concat(c.tests, d.tests)
	if !c.narrow || d.narrow && d.size < c.size {
		if d.exact >= 0 {
			d.exact += len(c.tests)
		}
		c, d = d, c
	}
	c.tests = tests
	return c
}

// or holds where one of several does; there is at least one.
func or(parts []condition) condition {
	either := tested(func(n uint32) bool {
		return slices.ContainsFunc(parts, func(p condition) bool { return p.holds(n) })
	})
	for _, p := range parts {
		if !p.narrow {
			return either
		}
	}
	either.narrow = true
	for _, p := range parts {
		either.rows = append(either.rows, p.rows...)
		either.size += p.size
		either.repeats = either.repeats || p.repeats
	}
	return either
}

// not holds where c does not.
func (c condition) not() condition {
	return tested(func(n uint32) bool { return !c.holds(n) })
}

// scope is what shapes are looked at: those that have the wanted bits under a mask.
type scope struct{ mask, want shape }

// scopeOf looks at one kind (noEntity: all), and at stubs as told: nil: both.
func scopeOf(kind shape, stubs *bool) scope {
	var s scope
	if kind != noEntity {
		s = scope{kindMask, kind}
	}
	if stubs != nil {
		s.mask |= stubFlag
		if *stubs {
			s.want |= stubFlag
		}
	}
	return s
}

func (s scope) holds(x shape) bool { return x != noEntity && x&s.mask == s.want }

// each calls visit for every entity in scope for which the condition holds, each once, in no particular order.
func (q *question) each(s scope, c condition, visit func(n uint32)) error {
	g := q.g
	if !c.narrow {
		for n := uint32(1); n < g.size; n++ {
			if s.holds(g.shapes.at(n)) && c.holds(n) {
				visit(n)
			}
			if err := q.step(1); err != nil {
				return err
			}
		}
		return nil
	}
	tests := c.tests
	if c.exact >= 0 {
		tests = slices.Delete(slices.Clone(tests), c.exact, c.exact+1)
	}
	var seen bits
	if len(c.rows) > 1 || c.repeats {
		seen = newBits(g.size)
	}
	for _, row := range c.rows {
		if err := q.step(len(row)); err != nil {
			return err
		}
		for l := leapThrough(len(row)); l.next(); {
		next:
			for _, n := range row[l.start:l.end] {
				if !s.holds(g.shapes.at(n)) {
					continue
				}
				if seen != nil {
					if seen.has(n) {
						continue
					}
					seen.add(n)
				}
				for _, test := range tests {
					if !test(n) {
						continue next
					}
				}
				visit(n)
			}
		}
	}
	return nil
}
