package api

import (
	"fmt"
	"math"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// SignalWeight says how much a signal counts.
type SignalWeight struct {
	Kind   explore.Signal
	Weight float64
}

// Weights are those of the profile, changed by what is given. Errors speak to the caller.
func Weights(profile explore.Profile, given []*SignalWeight) (map[explore.Signal]float64, error) {
	weights := profile.Weights()
	changed := make(map[explore.Signal]bool)
	for i, w := range given {
		switch {
		case changed[w.Kind]:
			return nil, fmt.Errorf("signals[%d]: %s stands twice: give each signal one weight", i, w.Kind)
		case w.Weight < 0 || w.Weight > 1000 || math.IsNaN(w.Weight):
			return nil, fmt.Errorf("signals[%d].weight is %g: give a weight from 0, which switches the signal off, to 1000", i, w.Weight)
		}
		changed[w.Kind] = true
		weights[w.Kind] = w.Weight
	}
	for _, weight := range weights {
		if weight > 0 {
			return weights, nil
		}
	}
	return nil, fmt.Errorf("signals switches everything off: leave at least one signal a weight above 0")
}

// RelatedPaperEdge is one related paper.
type RelatedPaperEdge struct {
	Edge[*literature.Paper]
	Related  explore.Related
	Grounded explore.Grounded
}

// Score is the sum of the contributions.
func (e *RelatedPaperEdge) Score() float64 { return e.Related.Score }

// Reason is one sentence in English or Traditional Chinese.
func (e *RelatedPaperEdge) Reason(locale *literature.Locale) string {
	return explore.Reason(e.Related, e.Grounded, locale)
}

// Signals are all signals that had data in the query.
func (e *RelatedPaperEdge) Signals() []*Signal { return signalsOf(e.Related, e.Grounded) }

func signalsOf(related explore.Related, grounded explore.Grounded) []*Signal {
	signals := make([]*Signal, len(related.Signals))
	for i, s := range related.Signals {
		ground := grounded.Grounds[s.Signal]
		signals[i] = &Signal{
			Kind: s.Signal, Raw: s.Raw, Value: s.Value, Weight: s.Weight, Contribution: s.Contribution,
			Known: grounded.Known[s.Signal], ViaCount: ground.Count, Via: ground.Via, Relations: ground.Relations,
		}
	}
	return signals
}

// Signal is what one signal says of a paper.
type Signal struct {
	Kind                             explore.Signal
	Known                            bool
	Raw, Value, Weight, Contribution float64
	ViaCount                         int
	Via                              []literature.Entity
	Relations                        []*literature.Relation
}

// RelatedPaperConnection is a page of related papers.
type RelatedPaperConnection struct {
	*Connection[*literature.Paper, *RelatedPaperEdge]
	Method   *Method
	Coverage *Coverage
}

// RelatedPapers builds a connection of related papers, leaving out those removed meanwhile; truncated tells that not all seeds or candidates were looked at.
func RelatedPapers(scope Scope, profile explore.Profile, seeds []*literature.Paper, page explore.RelatedPage, grounds []explore.Grounded, truncated bool) *RelatedPaperConnection {
	c := &RelatedPaperConnection{Method: relatedMethod(profile)}
	behind := append([]*literature.Paper(nil), seeds...)
	var items []*RelatedPaperEdge
	for i, related := range page.Items {
		if paper := grounds[i].Paper; paper != nil {
			items = append(items, &RelatedPaperEdge{Edge[*literature.Paper]{At{scope, related.Position}, paper}, related, grounds[i]})
			behind = append(behind, paper)
		}
	}
	place := func(e *RelatedPaperEdge) store.Position { return e.Related.Position }
	c.Connection = NewConnection(scope, items, page.PageInfo, place, func(e *RelatedPaperEdge, _ At) (*literature.Paper, *RelatedPaperEdge) {
		return e.Node, e
	})
	c.Coverage = referenceLists(behind)
	c.Coverage.Truncated = truncated
	return c
}

// referenceLists says of how many papers the list of references is known, if in part.
func referenceLists(papers []*literature.Paper) *Coverage {
	c := &Coverage{State: literature.CoverageComplete, Expected: new(int), Note: "Counts papers whose list of references is known in full or in part."}
	*c.Expected = len(papers)
	for _, paper := range papers {
		switch paper.References.State {
		case literature.CoverageComplete:
			c.Known++
		case literature.CoveragePartial:
			c.Known++
			c.State = literature.CoveragePartial
		default:
			c.State = literature.CoveragePartial
		}
	}
	if c.Known == 0 {
		c.State = literature.CoverageUnknown
	}
	return c
}
