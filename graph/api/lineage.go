package api

import (
	"strings"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
)

// Lineage is what leads to an entity and what descends from it.
type Lineage struct {
	explore.Lineage
	Coverage *Coverage
}

// NewLineage says how much of a lineage is told.
func NewLineage(l explore.Lineage) *Lineage {
	c := &Coverage{State: literature.CoverageComplete, Truncated: len(l.Cut) > 0, Note: strings.Join(l.Cut, " ")}
	if c.Truncated {
		c.State = literature.CoveragePartial
	}
	for _, layer := range l.Layers {
		c.Known += len(layer.Entities)
	}
	return &Lineage{l, c}
}
