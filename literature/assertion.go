package literature

import "time"

// Assertion says who states a relation or a result, how sure it is, and on what ground.
type Assertion struct {
	Origin    Origin    `json:"origin"`
	Certainty Certainty `json:"certainty"`
	// Source names who states it: a file, a person, a service.
	Source string `json:"source"`
	// AssertedAt is when it was stated, in UTC to the second; zero where nobody recorded it.
	AssertedAt time.Time  `json:"assertedAt,omitzero"`
	Evidence   []Evidence `json:"evidence,omitempty"`
}

// Evidence is one place where a reader can check an assertion.
type Evidence struct {
	Source string `json:"source"`
	// Locator is the place inside the source: a line, a page, a reference number.
	Locator string `json:"locator,omitempty"`
	// Note is in papergraph's own words, never a sentence of the source.
	Note string `json:"note,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Origin says how an assertion came about.
type Origin string

// Origins, most trusted first.
const (
	Curated   Origin = "CURATED"   // a person checked it
	Imported  Origin = "IMPORTED"  // a bibliography says so
	Inferred  Origin = "INFERRED"  // computed from other data
	Suggested Origin = "SUGGESTED" // proposed, not yet accepted
)

// Certainty says how sure an assertion is.
type Certainty string

// Certainties, strongest first.
const (
	CertaintyHigh     Certainty = "HIGH"
	CertaintyModerate Certainty = "MODERATE"
	CertaintyLow      Certainty = "LOW"
)

// MaxAssertions is the greatest number of assertions one relation keeps.
const MaxAssertions = 20

var (
	originTrust    = map[Origin]int{Curated: 0, Imported: 1, Inferred: 2, Suggested: 3}
	certaintyTrust = map[Certainty]int{CertaintyHigh: 0, CertaintyModerate: 1, CertaintyLow: 2}
)

// Compare orders assertions best first: by origin, then certainty, then source, then the earlier one. It is negative where a comes before b.
func (a Assertion) Compare(b Assertion) int {
	if d := originTrust[a.Origin] - originTrust[b.Origin]; d != 0 {
		return d
	}
	if d := certaintyTrust[a.Certainty] - certaintyTrust[b.Certainty]; d != 0 {
		return d
	}
	if a.Source != b.Source {
		if a.Source < b.Source {
			return -1
		}
		return 1
	}
	return a.AssertedAt.Compare(b.AssertedAt)
}
