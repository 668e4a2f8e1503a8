package projection

import (
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/papergraph/papergraph/store"
)

// maxMemos is how many first hops are remembered; relatedness needs one. For any others each walk works out anew what it needs.
const maxMemos = 4

// memo keeps what entities give to first hops (see trip.holds) for one state of the graph: one look for each paper of a topic that tens of thousands have, instead of one for each
// topic of each.
type memo struct {
	mu   sync.Mutex
	sums map[string][]atomic.Int64
}

// of are the sums for a first hop, by entity, as their complements: 0 stands for one not worked out. It is nil where too many are remembered.
func (m *memo) of(g *Graph, first store.Hop) []atomic.Int64 {
	key := fmt.Sprint(first.Kinds, first.Direction, first.Weigh)
	m.mu.Lock()
	defer m.mu.Unlock()
	sums, ok := m.sums[key]
	if !ok && len(m.sums) < maxMemos {
		if m.sums == nil {
			m.sums = make(map[string][]atomic.Int64)
		}
		sums = make([]atomic.Int64, g.size)
		m.sums[key] = sums
	}
	return sums
}
