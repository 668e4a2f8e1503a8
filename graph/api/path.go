package api

import (
	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Path is one way between two entities.
type Path struct{ explore.Path }

// Length is the number of relations.
func (p *Path) Length() int { return len(p.Path.Relations) }

// Entities are those on the way, from end to end.
func (p *Path) Entities() []literature.Entity { return p.Path.Entities }

// Relations are those on the way.
func (p *Path) Relations() []*literature.Relation { return p.Path.Relations }

// PathResult holds ways between two entities.
type PathResult struct {
	Paths     []*Path
	Exhausted bool
	Visited   *int
}

// Paths shapes the most telling paths.
func Paths(paths []explore.Path, answer store.PathAnswer) *PathResult {
	result := &PathResult{Paths: make([]*Path, len(paths)), Exhausted: answer.Exhausted, Visited: answer.Visited}
	for i := range paths {
		result.Paths[i] = &Path{paths[i]}
	}
	return result
}
