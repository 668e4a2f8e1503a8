// Package projection keeps the graph in memory, laid out for questions: entities are numbers, their properties are columns, their relations are sorted rows of numbers in both
// directions. It answers everything that walks, sorts, filters or counts; texts, assertions and labels stay with the owner, who lends them through Source.
// It knows no disk and no database.
package projection

import (
	"sync"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Graph is one state of the graph. It never changes, so that any number of readers may share it; Apply makes the next one, which shares with it every page
// that the change did not touch. The owner publishes the newest through an atomic pointer.
type Graph struct {
	version  store.Version
	titleKey func(string) string
	counts   counts

	// Entities are numbered from 1; 0 is none. The columns below are indexed by number.
	numbers *index
	size    uint32 // numbers given, and the none
	ids     column[literature.ID]
	shapes  column[shape]
	titles  column[string]
	years   column[int32]
	added   column[int64]
	citedBy column[uint32]
	// tagged is, for a topic, how many papers (no stubs) are directly about it.
	tagged column[uint32]

	relations [relationKinds]relation
	// affiliations joins papers and the organizations that their AUTHORED_BY name, once per author (the label).
	affiliations relation

	// redirects lead straight to an id that is not redirected; the map is replaced, never changed.
	redirects map[literature.ID]literature.ID

	results results
	orders  []lazyOrder
	scratch *sync.Pool
	memo    *memo
}

// relation is one kind of relation, seen from its sources and from its targets.
type relation struct{ out, in rows }

// shape is what an entity is: its kind, and whether it is a stub. The zero shape is no entity.
type shape uint8

const (
	kindMask shape = 0x0f
	stubFlag shape = 0x80
)

func (s shape) kind() shape { return s & kindMask }
func (s shape) stub() bool  { return s&stubFlag != 0 }

// The kinds of entity as shapes: their place in literature.EntityKinds, from 1.
const (
	noEntity shape = iota
	paper
	author
	organization
	venue
	topic
	system
	artifact
	workload
	collection
	entityKinds // one more than the last
)

// The kinds of relation: their literature.RelationKind.Rank.
const (
	cites = iota
	authoredBy
	affiliatedTo
	publishedIn
	about
	broader
	introduces
	uses
	extends
	comparesWith
	evaluatedOn
	hasArtifact
	versionOf
	inCollection
	relationKinds // how many
)

// kindNames and relationNames are the names of both in the order of the constants.
var (
	kindNames     = append([]literature.EntityKind{""}, literature.EntityKinds()...)
	relationNames = literature.RelationKinds()
)

// shapeOf is the kind of a name, or noEntity.
func shapeOf(kind literature.EntityKind) shape {
	for i, name := range kindNames {
		if name == kind {
			return shape(i)
		}
	}
	return noEntity
}

// noYear stands for a paper's unknown year and never for an entity's time: times before the common era are no years of publication.
const noYear = -1 << 31

// noTime stands for an unknown time of adding.
const noTime = -1 << 63

// New makes an empty graph. titleKey turns an English label into the key by which titles are ordered (analysis.SortKey).
func New(titleKey func(string) string) *Graph {
	g := &Graph{
		titleKey: titleKey,
		numbers:  newIndex(0),
		size:     1,
		orders:   make([]lazyOrder, orderCount),
		scratch:  newScratchPool(),
		memo:     new(memo),
	}
	g.results.numbers = newIndex(0)
	g.results.size = 1
	g.grow(1)
	g.results.grow(1)
	g.freeze()
	return g
}

// Version is the version that the owner gave with the last change.
func (g *Graph) Version() store.Version { return g.version }

// Entity is what the graph itself knows of an entity.
type Entity struct {
	// Number is stable, never given to another entity, and at least 1.
	Number  uint32
	ID      literature.ID
	Kind    literature.EntityKind
	Stub    bool
	CitedBy int
}

// Entity finds the entity that an id, present or redirected, names; ok is false where there is none.
func (g *Graph) Entity(id literature.ID) (e Entity, ok bool) {
	n := g.find(id)
	return g.entity(n), n != 0
}

// Numbered finds an entity by its number; ok is false where it is gone or was never there.
func (g *Graph) Numbered(n uint32) (e Entity, ok bool) {
	if n >= g.size || g.shapes.at(n) == noEntity {
		return Entity{}, false
	}
	return g.entity(n), true
}

// IDOf is the id of the entity that has a number or had it before it was removed, or "" where nothing ever had.
func (g *Graph) IDOf(n uint32) literature.ID { return g.ids.at(n) }

// Number is the number of the entity that an id, present or redirected, names, or 0.
func (g *Graph) Number(id literature.ID) uint32 { return g.find(id) }

// Resolve is the present id of the entity that an id, present or redirected, names; ok is false where there is none.
func (g *Graph) Resolve(id literature.ID) (present literature.ID, ok bool) {
	n := g.find(id)
	return g.ids.at(n), n != 0
}

func (g *Graph) entity(n uint32) Entity {
	if n == 0 {
		return Entity{}
	}
	s := g.shapes.at(n)
	return Entity{Number: n, ID: g.ids.at(n), Kind: kindNames[s.kind()], Stub: s.stub(), CitedBy: int(g.citedBy.at(n))}
}

// find is the number of the entity that an id names, following a redirect, or 0.
func (g *Graph) find(id literature.ID) uint32 {
	if n := g.live(id); n != 0 {
		return n
	}
	if target, ok := g.redirects[id]; ok {
		return g.live(target)
	}
	return 0
}

// live is the number of the entity that has the very id, or 0.
func (g *Graph) live(id literature.ID) uint32 {
	n := g.numbers.find(id, &g.ids, g.size)
	if g.shapes.at(n) == noEntity {
		return 0
	}
	return n
}

// grow makes room for entities with numbers below size.
func (g *Graph) grow(size uint32) {
	g.ids.grow(size)
	g.shapes.grow(size)
	g.titles.grow(size)
	g.years.grow(size)
	g.added.grow(size)
	g.citedBy.grow(size)
	g.tagged.grow(size)
}

// freeze ends the writing of columns, so that the graph can be shared.
func (g *Graph) freeze() {
	g.ids.freeze()
	g.shapes.freeze()
	g.titles.freeze()
	g.years.freeze()
	g.added.freeze()
	g.citedBy.freeze()
	g.tagged.freeze()
	g.results.facts.freeze()
	g.results.ids.freeze()
}
