package literature

import "time"

// Paper is one work of research: an article, a preprint, a book. Its labels are its titles.
type Paper struct {
	Base
	Abstracts []LocalizedText `json:"abstracts,omitempty"`
	Type      PaperType       `json:"type"`
	// PublishedOn is an EDTF date, as exact as known: 2022, 2022-07 or 2022-07-11; "" where unknown.
	PublishedOn string `json:"publishedOn,omitempty"`
	Volume      string `json:"volume,omitempty"`
	Issue       string `json:"issue,omitempty"`
	// Pages is printed as the source prints it, with a hyphen between first and last.
	Pages       string `json:"pages,omitempty"`
	Publisher   string `json:"publisher,omitempty"`
	IsRetracted bool   `json:"isRetracted,omitempty"`
	// IsStub is true where the paper is known only through another record: cited by it, or a version of it.
	IsStub bool     `json:"isStub,omitempty"`
	Awards []string `json:"awards,omitempty"`
	// References says how much of the paper's reference list is known.
	References ReferenceCoverage `json:"references,omitzero"`
	// AddedAt is when the paper came into the graph, in UTC to the second. A store fills it on first write where it is zero.
	AddedAt time.Time `json:"addedAt,omitzero"`
}

// PaperType says what form a paper was published in.
type PaperType string

// Types of paper.
const (
	Article         PaperType = "ARTICLE"
	ConferencePaper PaperType = "CONFERENCE_PAPER"
	WorkshopPaper   PaperType = "WORKSHOP_PAPER"
	Preprint        PaperType = "PREPRINT"
	Book            PaperType = "BOOK"
	Chapter         PaperType = "CHAPTER"
	Thesis          PaperType = "THESIS"
	Report          PaperType = "REPORT"
	Dataset         PaperType = "DATASET"
	OtherPaper      PaperType = "OTHER"
)

// ReferenceCoverage says how much of a paper's reference list the graph knows.
type ReferenceCoverage struct {
	// State is "" where nobody said, which means the same as CoverageUnknown.
	State CoverageState `json:"state,omitempty"`
	// Expected is the length of the printed list, or nil where nobody counted it.
	Expected *int `json:"expected,omitempty"`
	// Note says in own words why it is not complete.
	Note string `json:"note,omitempty"`
}

// CoverageState says how complete the data behind an answer is.
type CoverageState string

// Coverage states.
const (
	CoverageComplete CoverageState = "COMPLETE"
	CoveragePartial  CoverageState = "PARTIAL"
	CoverageUnknown  CoverageState = "UNKNOWN"
)

// Title is the title in the asked locale; nil asks for English.
func (p *Paper) Title(locale *Locale) string { return p.Label(locale) }

// Abstract is the paper's own abstract in the asked locale, or nil where none is stored.
func (p *Paper) Abstract(locale *Locale) *string { return localized(p.Abstracts, locale) }

// Year is the year of publication, or nil where it is unknown.
func (p *Paper) Year() *int {
	date, err := ParseDate(p.PublishedOn)
	if err != nil {
		return nil
	}
	return &date.Year
}

// DOI is the paper's first DOI, or nil.
func (p *Paper) DOI() *string {
	if doi := p.Identifier(DOI); doi != "" {
		return &doi
	}
	return nil
}
