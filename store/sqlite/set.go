package sqlite

import "math/bits"

// set is a set of numbers of entities.
type set []uint64

func newSet(bound uint32) set { return make(set, (bound+63)/64) }

// add puts in a number, which may lie beyond the bound.
func (s *set) add(n uint32) {
	for int(n/64) >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[n/64] |= 1 << (n % 64)
}

func (s set) has(n uint32) bool { return int(n/64) < len(s) && s[n/64]&(1<<(n%64)) != 0 }

// or puts in what t holds.
func (s *set) or(t set) {
	for len(*s) < len(t) {
		*s = append(*s, 0)
	}
	for i, word := range t {
		(*s)[i] |= word
	}
}

// and takes out what t does not hold.
func (s set) and(t set) {
	for i := range s {
		if i < len(t) {
			s[i] &= t[i]
		} else {
			s[i] = 0
		}
	}
}

// without takes out what t holds.
func (s set) without(t set) {
	for i := range min(len(s), len(t)) {
		s[i] &^= t[i]
	}
}

// each visits the numbers in ascending order.
func (s set) each(visit func(n uint32)) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			visit(uint32(i*64 + bits.TrailingZeros64(word)))
		}
	}
}

func (s set) size() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}
