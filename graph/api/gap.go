package api

import (
	"fmt"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
)

// GapResult holds pairs that few papers join.
type GapResult struct {
	Gaps     []explore.Gap
	Papers   int
	Method   *Method
	Coverage *Coverage
}

// NewGapResult says what was considered for the gaps.
func NewGapResult(g explore.Gaps) *GapResult {
	c := &Coverage{
		State: literature.CoverageComplete, Known: g.Topics + g.Systems,
		Note: fmt.Sprintf("Considered are %d topics and %d systems with at least %d papers each.", g.Topics, g.Systems, explore.MinGapPapers),
	}
	if g.OfTopics != nil && g.OfSystems != nil {
		c.Expected = new(*g.OfTopics + *g.OfSystems)
	}
	if g.Unknown > 0 {
		c.Note += fmt.Sprintf(" %d pairs are not judged: too many other topics or systems stand beside theirs.", g.Unknown)
	}
	if c.Truncated = g.Unknown > 0 || c.Expected == nil || *c.Expected > c.Known; c.Truncated {
		c.State = literature.CoveragePartial
	}
	return &GapResult{Gaps: g.Gaps, Papers: g.Papers, Coverage: c, Method: gapsMethod()}
}
