package api

import (
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Edge is one item of a list that says nothing but what the item is.
type Edge[N any] struct {
	At
	Node N
}

// Edges and connections of entities and other plain items.
type (
	// PaperEdge is one paper in a page.
	PaperEdge = Edge[*literature.Paper]
	// AuthorEdge is one author in a page.
	AuthorEdge = Edge[*literature.Author]
	// OrganizationEdge is one organization in a page.
	OrganizationEdge = Edge[*literature.Organization]
	// VenueEdge is one venue in a page.
	VenueEdge = Edge[*literature.Venue]
	// TopicEdge is one topic in a page.
	TopicEdge = Edge[*literature.Topic]
	// SystemEdge is one system in a page.
	SystemEdge = Edge[*literature.System]
	// ArtifactEdge is one artifact in a page.
	ArtifactEdge = Edge[*literature.Artifact]
	// WorkloadEdge is one workload in a page.
	WorkloadEdge = Edge[*literature.Workload]
	// CollectionEdge is one collection in a page.
	CollectionEdge = Edge[*literature.Collection]
	// RelationEdge is one relation in a page.
	RelationEdge = Edge[*literature.Relation]
	// ResultEdge is one result in a page.
	ResultEdge = Edge[*literature.Result]

	// AuthorConnection is a page of authors.
	AuthorConnection = Connection[*literature.Author, *AuthorEdge]
	// OrganizationConnection is a page of organizations.
	OrganizationConnection = Connection[*literature.Organization, *OrganizationEdge]
	// VenueConnection is a page of venues.
	VenueConnection = Connection[*literature.Venue, *VenueEdge]
	// TopicConnection is a page of topics.
	TopicConnection = Connection[*literature.Topic, *TopicEdge]
	// SystemConnection is a page of systems.
	SystemConnection = Connection[*literature.System, *SystemEdge]
	// ArtifactConnection is a page of artifacts.
	ArtifactConnection = Connection[*literature.Artifact, *ArtifactEdge]
	// WorkloadConnection is a page of workloads.
	WorkloadConnection = Connection[*literature.Workload, *WorkloadEdge]
	// CollectionConnection is a page of collections.
	CollectionConnection = Connection[*literature.Collection, *CollectionEdge]
	// RelationConnection is a page of relations.
	RelationConnection = Connection[*literature.Relation, *RelationEdge]
	// ResultConnection is a page of results.
	ResultConnection = Connection[*literature.Result, *ResultEdge]
)

// Edges and connections that say how an item is joined to the paper asked about.
type (
	// AuthorshipEdge is one author of a paper.
	AuthorshipEdge struct {
		Edge[*literature.Author]
		Relation *literature.Relation
	}
	// PaperTopicEdge is one topic of a paper.
	PaperTopicEdge struct {
		Edge[*literature.Topic]
		Relation *literature.Relation
	}
	// PaperSystemEdge is one system of a paper.
	PaperSystemEdge struct {
		Edge[*literature.System]
		Relation *literature.Relation
	}
	// CitationEdge is one paper that cites or is cited.
	CitationEdge struct {
		Edge[*literature.Paper]
		Relation *literature.Relation
	}
	// SharedTopicEdge is one paper that shares topics.
	SharedTopicEdge struct {
		Edge[*literature.Paper]
		SharedTopics []*literature.Topic
		SharedCount  int
		// Score is in nats.
		Score float64
	}

	// CoauthorEdge is one author of common papers.
	CoauthorEdge struct {
		Edge[*literature.Author]
		SharedPapers int
	}

	// CoauthorConnection is a page of the authors of common papers.
	CoauthorConnection = Connection[*literature.Author, *CoauthorEdge]
	// AuthorshipConnection is a page of the authors of a paper.
	AuthorshipConnection = Connection[*literature.Author, *AuthorshipEdge]
	// PaperTopicConnection is a page of the topics of a paper.
	PaperTopicConnection = Connection[*literature.Topic, *PaperTopicEdge]
	// PaperSystemConnection is a page of the systems of a paper.
	PaperSystemConnection = Connection[*literature.System, *PaperSystemEdge]
	// SharedTopicConnection is a page of papers that share topics.
	SharedTopicConnection = Connection[*literature.Paper, *SharedTopicEdge]
)

// CitationConnection is a page of the papers that one paper cites or is cited by.
type CitationConnection struct {
	*Connection[*literature.Paper, *CitationEdge]
	// Of is the paper asked about; Incoming tells that the list holds the papers that cite it.
	Of       *literature.Paper
	Incoming bool
}

// Position is the author's place, from 1.
func (e *AuthorshipEdge) Position() int { return e.Relation.Position }

// IsCorresponding tells whether this is the corresponding author, nil where nobody says.
func (e *AuthorshipEdge) IsCorresponding() *bool { return e.Relation.Corresponding }

// Weight is the topic's strength in [0, 1].
func (e *PaperTopicEdge) Weight() float64 { return *e.Relation.Strength() }

// Role is what the paper does with the system.
func (e *PaperSystemEdge) Role() literature.RelationKind { return e.Relation.Kind }

// Relations builds a connection of relations as they are.
func Relations(scope Scope, page store.RelationPage) *RelationConnection {
	return NewConnection(scope, page.Items, page.PageInfo, relationPlace, func(i store.RelationItem, at At) (*literature.Relation, *RelationEdge) {
		return i.Relation, &RelationEdge{at, i.Relation}
	})
}

// Joined builds a connection of the entities at the other end of relations: N is their type, edge makes the edge.
func Joined[N literature.Entity, E any](scope Scope, page store.RelationPage, edge func(Edge[N], *literature.Relation) E) *Connection[N, E] {
	return NewConnection(scope, page.Items, page.PageInfo, relationPlace, func(i store.RelationItem, at At) (N, E) {
		node := i.Other.(N)
		return node, edge(Edge[N]{at, node}, i.Relation)
	})
}

func relationPlace(i store.RelationItem) store.Position { return i.Position }

// Authorship makes the edge from a paper to an author.
func Authorship(e Edge[*literature.Author], r *literature.Relation) *AuthorshipEdge {
	return &AuthorshipEdge{e, r}
}

// PaperTopic makes the edge from a paper to a topic.
func PaperTopic(e Edge[*literature.Topic], r *literature.Relation) *PaperTopicEdge {
	return &PaperTopicEdge{e, r}
}

// PaperSystem makes the edge from a paper to a system.
func PaperSystem(e Edge[*literature.System], r *literature.Relation) *PaperSystemEdge {
	return &PaperSystemEdge{e, r}
}

// Citation makes the edge between a paper and one it cites or is cited by.
func Citation(e Edge[*literature.Paper], r *literature.Relation) *CitationEdge {
	return &CitationEdge{e, r}
}

// Plain makes an edge that says nothing of the relation.
func Plain[N any](e Edge[N], _ *literature.Relation) *Edge[N] { return &e }

// Entities builds a connection of entities of one type.
func Entities[N literature.Entity](scope Scope, page store.EntityPage) *Connection[N, *Edge[N]] {
	place := func(i store.EntityItem) store.Position { return i.Position }
	return NewConnection(scope, page.Items, page.PageInfo, place, func(i store.EntityItem, at At) (N, *Edge[N]) {
		node := i.Entity.(N)
		return node, &Edge[N]{at, node}
	})
}

// Results builds a connection of reported results.
func Results(scope Scope, page store.ResultPage) *ResultConnection {
	place := func(i store.ResultItem) store.Position { return i.Position }
	return NewConnection(scope, page.Items, page.PageInfo, place, func(i store.ResultItem, at At) (*literature.Result, *ResultEdge) {
		return i.Result, &ResultEdge{at, i.Result}
	})
}

// SharedTopics builds a connection of the papers that a walk over topics reached.
func SharedTopics(scope Scope, page store.ReachedPage) *SharedTopicConnection {
	place := func(i store.Reached) store.Position { return i.Position }
	return NewConnection(scope, page.Items, page.PageInfo, place, func(i store.Reached, at At) (*literature.Paper, *SharedTopicEdge) {
		node := i.Entity.(*literature.Paper)
		edge := &SharedTopicEdge{Edge: Edge[*literature.Paper]{at, node}, SharedCount: i.ViaCount, Score: float64(i.Score) / 1000}
		for _, topic := range i.Via {
			edge.SharedTopics = append(edge.SharedTopics, topic.(*literature.Topic))
		}
		return node, edge
	})
}

// Coauthors builds a connection of the authors that a walk over papers reached.
func Coauthors(scope Scope, page store.ReachedPage) *CoauthorConnection {
	place := func(i store.Reached) store.Position { return i.Position }
	return NewConnection(scope, page.Items, page.PageInfo, place, func(i store.Reached, at At) (*literature.Author, *CoauthorEdge) {
		node := i.Entity.(*literature.Author)
		return node, &CoauthorEdge{Edge[*literature.Author]{at, node}, i.ViaCount}
	})
}
