package sqlite

import (
	"sync"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
)

// snapshot is one state of the graph in memory. It never changes.
type snapshot struct {
	graph       *projection.Graph
	extents     extents
	frequencies frequencies
	// superseded is closed when a newer snapshot is there.
	superseded chan struct{}
	common     commonTerms
	remembered listings

	measured  sync.Once
	lengths   []uint32
	totalText int64
}

func newSnapshot(g *projection.Graph, x extents, f frequencies) *snapshot {
	return &snapshot{graph: g, extents: x, frequencies: f, superseded: make(chan struct{}), remembered: listings{tokens: generations[string, []listing]{most: maxListings}}}
}

// textLengths are the numbers of tokens in the names and search texts of all papers that are no stubs, by the papers' numbers, and what they add up to. They are counted when they are
// first asked for, some 20 ms for 200,000 papers.
func (s *snapshot) textLengths() (lengths []uint32, total int64) {
	s.measured.Do(func() {
		s.lengths = make([]uint32, s.extents.bound())
		counted := newSet(s.extents.bound())
		for n := range s.extents.bound() {
			if e, ok := s.graph.Numbered(n); ok && e.Kind == literature.KindPaper && !e.Stub {
				counted.add(n)
				s.lengths[n] = s.extents.at(n).all
			}
		}
		for n := range s.extents.bound() {
			if labels := s.extents.at(n).labels; labels > 0 {
				s.graph.EachQuoting(n, func(paper uint32) {
					if counted.has(paper) {
						s.lengths[paper] += labels
					}
				})
			}
		}
		for _, length := range s.lengths {
			s.totalText += int64(length)
		}
	})
	return s.lengths, s.totalText
}
