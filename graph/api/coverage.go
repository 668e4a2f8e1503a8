package api

import "github.com/papergraph/papergraph/literature"

// Coverage says how complete the data behind an answer is.
type Coverage struct {
	State literature.CoverageState
	// Known is how many items are stored; Expected how many there are, or nil.
	Known    int
	Expected *int
	// Truncated is true where a budget cut the answer.
	Truncated bool
	Note      string
}

// NewCoverage judges known stored references against what is said of the printed list.
func NewCoverage(of literature.ReferenceCoverage, known int) *Coverage {
	c := &Coverage{State: of.State, Known: known, Expected: of.Expected, Note: of.Note}
	if c.State == "" {
		c.State = literature.CoverageUnknown
	}
	return c
}

// Ratio is known ÷ expected in [0, 1], or nil where nobody counted.
func (c *Coverage) Ratio() *float64 {
	if c.Expected == nil || *c.Expected <= 0 {
		return nil
	}
	ratio := min(1, float64(c.Known)/float64(*c.Expected))
	return &ratio
}
