package literature

import "strings"

// EntityKind says what an entity is. The values are those of the public API.
type EntityKind string

// The kinds of entity, in the order in which they are listed everywhere.
const (
	KindPaper        EntityKind = "PAPER"
	KindAuthor       EntityKind = "AUTHOR"
	KindOrganization EntityKind = "ORGANIZATION"
	KindVenue        EntityKind = "VENUE"
	KindTopic        EntityKind = "TOPIC"
	KindSystem       EntityKind = "SYSTEM"
	KindArtifact     EntityKind = "ARTIFACT"
	KindWorkload     EntityKind = "WORKLOAD"
	KindCollection   EntityKind = "COLLECTION"
)

// EntityKinds lists every kind of entity in their fixed order.
func EntityKinds() []EntityKind {
	return []EntityKind{
		KindPaper, KindAuthor, KindOrganization, KindVenue, KindTopic, KindSystem, KindArtifact, KindWorkload, KindCollection,
	}
}

// Prefix is the kind as it stands before the slash of an id: `paper`, `author`, …
func (k EntityKind) Prefix() string { return strings.ToLower(string(k)) }

var entityKindOfPrefix = func() map[string]EntityKind {
	kinds := make(map[string]EntityKind)
	for _, k := range EntityKinds() {
		kinds[k.Prefix()] = k
	}
	return kinds
}()

func entityPrefixes() []string {
	var prefixes []string
	for _, k := range EntityKinds() {
		prefixes = append(prefixes, k.Prefix())
	}
	return prefixes
}

// RelationKind says how the source of a relation is joined to its target.
type RelationKind string

// The kinds of relation, in the order in which mixed lists show them.
const (
	Cites        RelationKind = "CITES"           // paper → paper
	AuthoredBy   RelationKind = "AUTHORED_BY"     // paper → author
	AffiliatedTo RelationKind = "AFFILIATED_WITH" // author → organization
	PublishedIn  RelationKind = "PUBLISHED_IN"    // paper → venue
	About        RelationKind = "ABOUT"           // paper or system → topic
	Broader      RelationKind = "BROADER"         // topic → topic, edition → series
	Introduces   RelationKind = "INTRODUCES"      // paper → system
	Uses         RelationKind = "USES"            // paper → system
	Extends      RelationKind = "EXTENDS"         // paper → paper or system
	ComparesWith RelationKind = "COMPARES_WITH"   // paper → system
	EvaluatedOn  RelationKind = "EVALUATED_ON"    // paper → workload
	HasArtifact  RelationKind = "HAS_ARTIFACT"    // paper or system → artifact
	VersionOf    RelationKind = "VERSION_OF"      // paper → paper
	InCollection RelationKind = "IN_COLLECTION"   // paper → collection
)

// ends lists, in the fixed order of the kinds, what each relation may join.
var ends = []struct {
	kind             RelationKind
	sources, targets []EntityKind
}{
	{Cites, []EntityKind{KindPaper}, []EntityKind{KindPaper}},
	{AuthoredBy, []EntityKind{KindPaper}, []EntityKind{KindAuthor}},
	{AffiliatedTo, []EntityKind{KindAuthor}, []EntityKind{KindOrganization}},
	{PublishedIn, []EntityKind{KindPaper}, []EntityKind{KindVenue}},
	{About, []EntityKind{KindPaper, KindSystem}, []EntityKind{KindTopic}},
	{Broader, []EntityKind{KindTopic, KindVenue}, []EntityKind{KindTopic, KindVenue}},
	{Introduces, []EntityKind{KindPaper}, []EntityKind{KindSystem}},
	{Uses, []EntityKind{KindPaper}, []EntityKind{KindSystem}},
	{Extends, []EntityKind{KindPaper}, []EntityKind{KindPaper, KindSystem}},
	{ComparesWith, []EntityKind{KindPaper}, []EntityKind{KindSystem}},
	{EvaluatedOn, []EntityKind{KindPaper}, []EntityKind{KindWorkload}},
	{HasArtifact, []EntityKind{KindPaper, KindSystem}, []EntityKind{KindArtifact}},
	{VersionOf, []EntityKind{KindPaper}, []EntityKind{KindPaper}},
	{InCollection, []EntityKind{KindPaper}, []EntityKind{KindCollection}},
}

// RelationKinds lists every kind of relation in their fixed order.
func RelationKinds() []RelationKind {
	kinds := make([]RelationKind, len(ends))
	for i, e := range ends {
		kinds[i] = e.kind
	}
	return kinds
}

// Rank is the place of the kind in RelationKinds, or -1 for an unknown kind.
func (k RelationKind) Rank() int {
	for i, e := range ends {
		if e.kind == k {
			return i
		}
	}
	return -1
}

// Joins tells whether a relation of this kind may lead from a source of one kind to a target of another. BROADER joins only
// like with like.
func (k RelationKind) Joins(source, target EntityKind) bool {
	rank := k.Rank()
	if rank < 0 || k == Broader && source != target {
		return false
	}
	return contains(ends[rank].sources, source) && contains(ends[rank].targets, target)
}

func contains(kinds []EntityKind, kind EntityKind) bool {
	for _, k := range kinds {
		if k == kind {
			return true
		}
	}
	return false
}
