package api

import (
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
)

// Lineage is what leads to an entity and what descends from it.
type Lineage struct {
	explore.Lineage
	Coverage *Coverage
}

// NewLineage says how much of a lineage by relations of some kinds is told, and, where it follows citations, that not all of them may be known.
func NewLineage(l explore.Lineage, kinds []literature.RelationKind) *Lineage {
	c := &Coverage{State: literature.CoverageComplete, Truncated: len(l.Cut) > 0, Note: strings.Join(l.Cut, " ")}
	if c.Truncated {
		c.State = literature.CoveragePartial
	}
	var papers []*literature.Paper
	for _, layer := range l.Layers {
		c.Known += len(layer.Entities)
		for _, e := range layer.Entities {
			if paper, ok := e.(*literature.Paper); ok {
				papers = append(papers, paper)
			}
		}
	}
	if lists := referenceLists(papers); slices.Contains(kinds, literature.Cites) && lists.State != literature.CoverageComplete {
		c.State = literature.CoveragePartial
		c.Note = strings.TrimSpace(fmt.Sprintf("%s The list of references is known, in full or in part, of %d of the %d papers.", c.Note, lists.Known, len(papers)))
	}
	return &Lineage{l, c}
}
