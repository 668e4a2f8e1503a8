package api

import (
	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/store"
)

// Path is one way between two entities.
type Path = explore.Path

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
		result.Paths[i] = &paths[i]
	}
	return result
}
