package projection

// bits is a set of numbers below a bound.
type bits []uint64

func newBits(bound uint32) bits { return make(bits, (bound+63)/64) }

func (b bits) add(n uint32) { b[n/64] |= 1 << (n % 64) }

// has tells whether a number is in the set; numbers beyond the bound are not.
func (b bits) has(n uint32) bool { return int(n/64) < len(b) && b[n/64]&(1<<(n%64)) != 0 }
