package store

import (
	"slices"

	"github.com/papergraph/papergraph/literature"
)

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
// relation leaves the paper) and HAS_RESULT (a result of any kind names the paper) have no entities. SERIES, which filters do not know, is what the venues are
// BROADER to: the series of an edition; a venue without one, a journal say, stands for itself.
const (
	ByYear         Dimension = "YEAR"
	ByVenue        Dimension = "VENUE"
	BySeries       Dimension = "SERIES"
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

func checkOrder(order []Order, filter *Filter) error {
	for i, o := range order {
		switch o.By {
		case OrderByYear, OrderByTitle, OrderByCitedBy, OrderByAdded:
		case OrderByRelevance:
			if _, ok := filter.RelevanceQuery(); !ok {
				return invalid("%s needs exactly one text at the top of the filter, with a word in it that is not excluded", o.By)
			}
		default:
			return invalid("unknown order %q", o.By)
		}
		if slices.ContainsFunc(order[:i], func(p Order) bool { return p.By == o.By }) {
			return invalid("%s stands there twice: sort by it once", o.By)
		}
	}
	return nil
}

// RelevanceQuery is the one text query at the top of the filter (its own Text and those of its And), with a positive term; ok is false where there is none or more than one.
func (f *Filter) RelevanceQuery() (query Query, ok bool) {
	if f == nil {
		return Query{}, false
	}
	var queries []Query
	for _, part := range append([]Filter{*f}, f.And...) {
		if !part.Text.Empty() {
			queries = append(queries, part.Text)
		}
	}
	if len(queries) != 1 || !queries[0].HasPositive() {
		return Query{}, false
	}
	return queries[0], true
}

// Stubs is what the filter decides about stubs: its own Stub or one in its And; nil where it says nothing.
func (f *Filter) Stubs() *bool {
	if f == nil {
		return nil
	}
	if f.Stub != nil {
		return f.Stub
	}
	for _, part := range f.And {
		if part.Stub != nil {
			return part.Stub
		}
	}
	return nil
}

// Check tells whether the filter is well formed; a nil filter is.
func (f *Filter) Check() error {
	if f == nil {
		return nil
	}
	if err := f.check(0, true); err != nil {
		return err
	}
	return checkParts(f.parts())
}

func (f *Filter) check(depth int, stubAllowed bool) error {
	if depth > MaxFilterDepth {
		return invalid("the filter nests deeper than %d", MaxFilterDepth)
	}
	if f.Stub != nil && !stubAllowed {
		return invalid("a condition on stubs belongs at the top of the filter")
	}
	if err := CheckKeys(len(f.IDs)); err != nil {
		return err
	}
	if err := checkEntityKinds(f.Kinds); err != nil {
		return err
	}
	if err := checkTerms(f.Terms); err != nil {
		return err
	}
	for _, part := range f.And {
		if err := part.check(depth+1, stubAllowed && depth == 0); err != nil {
			return err
		}
	}
	for _, part := range f.Or {
		if err := part.check(depth+1, false); err != nil {
			return err
		}
	}
	if f.Not != nil {
		return f.Not.check(depth+1, false)
	}
	return nil
}

// parts counts the filter and every filter and term in it.
func (f *Filter) parts() int {
	parts := 1 + len(f.Terms)
	for _, part := range slices.Concat(f.And, f.Or) {
		parts += part.parts()
	}
	if f.Not != nil {
		parts += f.Not.parts()
	}
	return parts
}

func checkTerms(terms []TermMatch) error {
	for _, term := range terms {
		if err := CheckKeys(max(len(term.AnyOf), len(term.AllOf), len(term.NoneOf))); err != nil {
			return err
		}
		if !slices.Contains(termDimensions, term.Dimension) {
			return invalid("dimension %q has no terms to match", term.Dimension)
		}
		if term.AnyOf != nil && len(term.AnyOf) == 0 {
			return invalid("anyOf of %s is empty: name at least one id or leave it out", term.Dimension)
		}
	}
	return nil
}

var termDimensions = []Dimension{ByVenue, ByTopic, ByAuthor, BySystem, ByOrganization, ByCollection, ByWorkload}
