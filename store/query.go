package store

import "github.com/papergraph/papergraph/literature"

// Key is a name for a record other than its id.
type Key struct {
	// Kind restricts the answer to one kind of entity; "" allows every kind.
	Kind   literature.EntityKind
	Scheme KeyScheme
	Value  string
}

// KeyScheme is an identifier scheme, or one of BySlug and ByName.
type KeyScheme string

// Key schemes beside the identifier schemes of package literature.
const (
	// BySlug finds an entity by its present or an old slug; Kind must be given.
	BySlug KeyScheme = "SLUG"
	// ByName finds an entity by a label or alias that equals the value after analysis.NameKey.
	ByName KeyScheme = "NAME"
)

// ListQuery asks for entities of one kind.
type ListQuery struct {
	Kind literature.EntityKind
	// Parents, if any, restrict each list to the entities joined to the parent by Via; a parent that does not exist has no page.
	// Without Parents there is one list under the empty id.
	Parents []literature.ID
	// Via names relations from the parent's point of view. An organization reaches the papers whose AUTHORED_BY names it by {AUTHORED_BY, INCOMING}.
	Via []KindDirection
	// Narrower lets a parent stand for everything below it by BROADER too.
	Narrower bool
	Filter   *Filter
	// Order of the list; none: papers by citedBy descending, everything else by title ascending.
	Order []Order
	Page  Page
	// WithTotal asks for the size of the whole list.
	WithTotal bool
	// WithStubs includes stubs where the filter does not decide.
	WithStubs bool
}

// FacetQuery asks for counts over the papers that List shows for the same Parents, Via, Narrower and Filter, in up to MaxParts groupings.
type FacetQuery struct {
	Parents   []literature.ID
	Via       []KindDirection
	Narrower  bool
	Filter    *Filter
	Groupings []Grouping
}

// Grouping counts papers by one to three crossed dimensions. Buckets count direct relations only: a topic as it is tagged, a venue's edition. A paper counts once in every
// combination of its values. Order: count descending, then the keys ascending. Papers that have more than MaxCombinations different combinations of values between them make the
// query ErrInvalid: its caller is to narrow the filter or to cross fewer dimensions.
type Grouping struct {
	Dimensions []Dimension
	// Filter, if not nil, replaces the query's filter for this grouping (drill-sideways).
	Filter *Filter
	// Limit is the greatest number of buckets, 1 to MaxPage.
	Limit int
	// Samples is how many papers each bucket names, 0 to 10, by citedBy descending, then id descending.
	Samples int
}

// FacetCounts answers one Grouping.
type FacetCounts struct {
	Buckets []Bucket
	// Other is the sum of the counts of the buckets cut off by the limit; Missing counts papers that have no value in at least one dimension.
	Other, Missing int
}

// Bucket is one combination of values.
type Bucket struct {
	Keys    []BucketKey
	Count   int
	Samples []*literature.Paper
}

// BucketKey is one value of a dimension: an id, a year in four digits, or "true" and "false".
type BucketKey struct {
	Key string
	// Entity is the entity that Key names, or nil.
	Entity literature.Entity
}

// RelationQuery asks for the relations of many entities.
type RelationQuery struct {
	Sources   []literature.ID
	Direction Direction
	// Kinds restricts the relations; none: all kinds.
	Kinds []literature.RelationKind
	// Targets, if not nil, allows only relations whose other end is among them: the edges induced by two sets.
	Targets []literature.ID
	// Filter holds for the other end. Stubs are included unless it decides about them.
	Filter *Filter
	// Order sorts by the other end; then kind (RelationKinds), then outgoing before incoming, then the other end's id in the direction of the last Order. None, the default order: kind (RelationKinds), outgoing before incoming, then by the kind's own order: outgoing AUTHORED_BY by position
	// ascending, outgoing ABOUT by weight descending, relations whose other end may be a paper (incoming ones, CITES, EXTENDS, VERSION_OF) by its citedBy descending (0 where it is no paper),
	// all others by id alone. The tie-break is the other end's id, descending where the last key is, else ascending.
	Order     []Order
	Page      Page
	WithTotal bool
	// Bare asks for no more than what is joined: items have no Other, which Position.ID names, and relations are as Stripped says. It spares whoever looks at many relations to
	// show few of them the reading of their records.
	Bare bool
}

// Stripped is what is left of a relation in a bare answer: kind, source, target and weight. Its id follows from them.
func Stripped(r *literature.Relation) *literature.Relation {
	return &literature.Relation{Kind: r.Kind, Source: r.Source, Target: r.Target, Weight: r.Weight}
}

// StrippedEntity is what is left of an entity in a bare scan: its id and, of a paper, whether it is a stub. The id must be that of an entity.
func StrippedEntity(id literature.ID, stub bool) literature.Entity {
	e := literature.Blank(id).(literature.Entity)
	e.Common().ID = id
	if p, ok := e.(*literature.Paper); ok {
		p.IsStub = stub
	}
	return e
}

// RelationItem is one relation seen from the entity asked about.
type RelationItem struct {
	Relation *literature.Relation
	// Outgoing is true where the entity asked about is the source. A relation to itself is listed once: as outgoing, but as incoming where only those were asked for.
	Outgoing bool
	Other    literature.Entity
	// Position.Keys are, in the default order, those that RelationKeys counts; in another the asked ones, then kind rank and 0 for outgoing, 1 for incoming. Position.ID is the other end's.
	Position Position
}

// RelationPage is one page of relations.
type RelationPage struct {
	Items []RelationItem
	PageInfo
}

// ScanQuery asks for the whole graph or for what changed in it.
type ScanQuery struct {
	// Since is the version after which changes are told; 0 asks for the graph as it is.
	Since Version
	// Bare asks for no more than what the graph is made of, which stores know without reading records: entities as StrippedEntity says, relations as Stripped says, no results. Relations of a
	// whole graph come by the id of their source, then kind (RelationKinds), then the id of their target; the records of a change in id order, as ever.
	Bare bool
}

// ResultQuery asks for reported results.
type ResultQuery struct {
	// Parents are papers, systems or workloads; none: one list of all results under the empty id.
	Parents []literature.ID
	Filter  ResultFilter
	// Order is fixed: paper id ascending, Result.Order ascending, id ascending. Position.Keys are the first two.
	Page      Page
	WithTotal bool
}

// ResultFilter says which results are wanted; all its parts must hold. Empty lists are no condition.
type ResultFilter struct {
	// Terms compare, for SYSTEM and WORKLOAD, what the result itself names, for every other dimension what its paper is joined to.
	Terms   []TermMatch
	Metrics []string
	Kinds   []literature.ResultKind
	// MinImprovement holds for results of which Result.TimesBetter is known and not smaller.
	MinImprovement *float64
}

// ResultItem is one result with the entities it names; System and Workload are nil where it names none.
type ResultItem struct {
	Result   *literature.Result
	Paper    *literature.Paper
	System   *literature.System
	Workload *literature.Workload
	Position Position
}

// ResultPage is one page of results.
type ResultPage struct {
	Items []ResultItem
	PageInfo
}
