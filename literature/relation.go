package literature

// Relation is one directed, typed, addressable edge between two entities. Its id follows from kind, source and target.
type Relation struct {
	ID     ID           `json:"id"`
	Kind   RelationKind `json:"kind"`
	Source ID           `json:"source"`
	Target ID           `json:"target"`
	// Weight is the strength of an ABOUT in thousandths, 1 to 1000; 0 in every other kind.
	Weight int `json:"weight,omitempty"`
	// Position counts the authors of a paper from 1; 0 in every kind but AUTHORED_BY.
	Position int `json:"position,omitempty"`
	// Corresponding marks the corresponding author; nil where nobody says.
	Corresponding *bool `json:"corresponding,omitempty"`
	// Organizations are the author's affiliations on this paper, in the order printed; AUTHORED_BY only.
	Organizations []ID            `json:"organizations,omitempty"`
	Notes         []LocalizedText `json:"notes,omitempty"`
	// Intent says why one paper cites another; "" where unknown. CITES only.
	Intent CitationIntent `json:"intent,omitempty"`
	// Assertions are ordered best first; there is at least one and at most MaxAssertions.
	Assertions []Assertion `json:"assertions"`
}

// FullWeight is the weight of an ABOUT unless told otherwise.
const FullWeight = 1000

// CitationIntent says why one paper cites another.
type CitationIntent string

// Citation intents.
const (
	IntentBackground CitationIntent = "BACKGROUND"
	IntentMethod     CitationIntent = "METHOD"
	IntentExtends    CitationIntent = "EXTENDS"
	IntentUses       CitationIntent = "USES"
	IntentCompares   CitationIntent = "COMPARES"
	IntentSupports   CitationIntent = "SUPPORTS"
	IntentDisputes   CitationIntent = "DISPUTES"
)

// RecordID is the relation's id.
func (r *Relation) RecordID() ID { return r.ID }

// Assertion is the best-trusted statement of the relation.
func (r *Relation) Assertion() *Assertion {
	if len(r.Assertions) == 0 {
		return nil
	}
	return &r.Assertions[0]
}

// Note is the remark on the relation in the asked locale, or nil.
func (r *Relation) Note(locale *Locale) *string { return localized(r.Notes, locale) }

// Strength is the weight in [0, 1], or nil where the kind has none.
func (r *Relation) Strength() *float64 {
	if r.Kind != About {
		return nil
	}
	strength := float64(r.Weight) / FullWeight
	return &strength
}
