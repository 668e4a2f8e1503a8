package store

import "github.com/papergraph/papergraph/literature"

// Filter says which entities are wanted; all its parts must hold, and the zero Filter holds for everything that is no stub. Conditions on papers' data (Years, CitedBy,
// Terms, HasArtifact, HasResult) hold for papers only. Filters nest to MaxFilterDepth and have
// up to MaxParts parts.
type Filter struct {
	And []Filter
	// Or holds where at least one part holds; an empty list is no condition.
	Or  []Filter
	Not *Filter
	// Text must match the names and search text of the entity, as in Search; the zero Query is no condition.
	Text Query
	// Years and CitedBy bound a paper's year and its citedBy; a paper without a year lies in no range.
	Years, CitedBy Range
	Terms          []TermMatch
	HasArtifact    *bool
	HasResult      *bool
	// Stub decides about stubs: nil leaves them out, unless the query's documentation says it includes them; true lists stubs only; false lists none.
	// It is read at the top of the filter only, and inside And of the top; elsewhere it is ErrInvalid.
	Stub *bool
	// Kinds, if not nil, are the only kinds of entity that may pass.
	Kinds []literature.EntityKind
	// IDs, if not nil, lists the only entities that may pass. Unknown ids match nothing; no ids let nothing pass.
	IDs []literature.ID
}

// Range bounds a number, both ends inclusive; nil is no bound.
type Range struct{ From, To *int }

// TermMatch compares the entities that a paper is joined to with lists of ids. An id that names nothing matches nothing; an entity counts for a dimension only
// if it is of that kind (a paper extended is no system).
type TermMatch struct {
	// Dimension says what is compared: the topics, authors, venues, systems, organizations, collections or workloads of the paper.
	Dimension Dimension
	// AnyOf: at least one of these (nil: no condition; empty but not nil: ErrInvalid). AllOf: every one. NoneOf: not one.
	AnyOf, AllOf, NoneOf []literature.ID
	// Narrower lets a topic stand for all topics below it too, and a series for its editions: each id of the lists by itself.
	Narrower bool
}

// Dimension is a property of papers that filters compare and facets count.
type Dimension string

// Dimensions. The relations behind them: TOPIC ABOUT, AUTHOR AUTHORED_BY, VENUE PUBLISHED_IN, SYSTEM all four of INTRODUCES, USES, EXTENDS and
// COMPARES_WITH, ORGANIZATION the organizations named on AUTHORED_BY, COLLECTION IN_COLLECTION, WORKLOAD EVALUATED_ON. YEAR, HAS_ARTIFACT (a HAS_ARTIFACT
// relation leaves the paper) and HAS_RESULT (a result of any kind names the paper) have no entities.
const (
	ByYear         Dimension = "YEAR"
	ByVenue        Dimension = "VENUE"
	ByTopic        Dimension = "TOPIC"
	ByAuthor       Dimension = "AUTHOR"
	BySystem       Dimension = "SYSTEM"
	ByOrganization Dimension = "ORGANIZATION"
	ByCollection   Dimension = "COLLECTION"
	ByWorkload     Dimension = "WORKLOAD"
	ByHasArtifact  Dimension = "HAS_ARTIFACT"
	ByHasResult    Dimension = "HAS_RESULT"
)

// Order sorts a list by one property; several are applied one after the other. The tie-break is the id, in the direction of the last Order.
type Order struct {
	By         OrderBy
	Descending bool
}

// OrderBy is a property to sort by.
type OrderBy string

// Properties to sort by. Entities that are no papers have a title (their label) and citedBy 0 only.
const (
	OrderByYear OrderBy = "YEAR"
	// OrderByTitle compares the title keys (analysis.SortKey) of the English label, see literature.Localize.
	OrderByTitle   OrderBy = "TITLE"
	OrderByCitedBy OrderBy = "CITED_BY_COUNT"
	// OrderByRelevance is the tier of Search for the only text conjunct at the top of the filter, ascending (best first) whatever Descending says;
	// without exactly one such text it is ErrInvalid. Where it comes last, the tie-break is ascending too.
	OrderByRelevance OrderBy = "RELEVANCE"
	// OrderByAdded compares Paper.AddedAt, in seconds.
	OrderByAdded OrderBy = "ADDED_AT"
)
