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

	total     sync.Once
	totalText int64
}

func newSnapshot(g *projection.Graph, x extents, f frequencies) *snapshot {
	return &snapshot{graph: g, extents: x, frequencies: f, superseded: make(chan struct{})}
}

// totalLength is the number of tokens in the search texts of all papers that are no stubs. It is counted when it is first asked for, some 20 ms for 200,000 papers.
func (s *snapshot) totalLength() int64 {
	s.total.Do(func() {
		counted := newSet(s.extents.bound())
		for n := range s.extents.bound() {
			if e, ok := s.graph.Numbered(n); ok && e.Kind == literature.KindPaper && !e.Stub {
				counted.add(n)
				s.totalText += int64(s.extents.at(n).all)
			}
		}
		for n := range s.extents.bound() {
			if labels := s.extents.at(n).labels; labels > 0 {
				s.graph.EachQuoting(n, func(paper uint32) {
					if counted.has(paper) {
						s.totalText += int64(labels)
					}
				})
			}
		}
	})
	return s.totalText
}
