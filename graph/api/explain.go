package api

import "github.com/papergraph/papergraph/explore"

// Explanation is what joins two entities.
type Explanation struct{ *explore.Explanation }

// Score is how closely two papers are related; nil unless both ends are papers.
func (e *Explanation) Score() *float64 {
	if e.Related == nil {
		return nil
	}
	return &e.Related.Score
}

// Signals are those that have data, of two papers.
func (e *Explanation) Signals() []*Signal {
	if e.Related == nil {
		return []*Signal{}
	}
	return signalsOf(*e.Related, e.Grounded)
}

// Paths are the most telling ones.
func (e *Explanation) Paths() []*Path { return pointers(e.Explanation.Paths) }
