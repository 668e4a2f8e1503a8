package api

import (
	"strconv"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// RankedPaperEdge is one paper in a ranking, with its value.
type RankedPaperEdge struct {
	Edge[*literature.Paper]
	Value float64
}

// RankedPaperConnection is a page of a ranking.
type RankedPaperConnection struct {
	*Connection[*literature.Paper, *RankedPaperEdge]
	DataVersion string
	Method      *Method
	Coverage    *Coverage
}

// RankedPapers builds a connection of papers ranked by a centrality.
func RankedPapers(scope Scope, by explore.Centrality, page explore.RankedPage) *RankedPaperConnection {
	place := func(r explore.Ranked) store.Position { return r.Position }
	coverage := &Coverage{State: literature.CoveragePartial, Known: page.Citing, Expected: &page.Papers, Note: "Counts papers of the whole graph of which at least one reference is recorded."}
	if page.Citing == 0 {
		coverage.State = literature.CoverageUnknown
	}
	return &RankedPaperConnection{
		NewConnection(scope, page.Items, page.PageInfo, place, func(r explore.Ranked, at At) (*literature.Paper, *RankedPaperEdge) {
			return r.Paper, &RankedPaperEdge{Edge[*literature.Paper]{at, r.Paper}, r.Value}
		}),
		strconv.FormatUint(uint64(page.Version), 10),
		rankedMethod(by),
		coverage,
	}
}
