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
	return &PathResult{Paths: pointers(paths), Exhausted: answer.Exhausted, Visited: answer.Visited}
}

func pointers(paths []Path) []*Path {
	all := make([]*Path, len(paths))
	for i := range paths {
		all[i] = &paths[i]
	}
	return all
}
