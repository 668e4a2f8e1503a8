package storetest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// reference is the contract as maps and loops. It answers every question by looking at everything, so that a reader can see that
// it is right; nothing in it is meant to be fast.
type reference struct {
	mu     sync.Mutex
	now    *state
	closed bool
}

var _ store.Store = (*reference)(nil)

// NewReference makes an empty store that keeps the whole contract in memory, slowly. Tests of everything above the contract may stand on it.
func NewReference() store.Store {
	return &reference{now: newState()}
}

// Close ends the store.
func (r *reference) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	return nil
}

// state answers everything from the one state of the graph that a call sees.
func (r *reference) state(ctx context.Context) (*state, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("reference: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return nil, fmt.Errorf("%w: the store is closed", store.ErrUnavailable)
	}
	return r.now, nil
}

// Records implements store.Reader.
func (r *reference) Records(ctx context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	if err := store.CheckKeys(len(ids)); err != nil {
		return nil, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]literature.Record)
	for _, id := range ids {
		if record, ok := s.records[s.resolve(id)]; ok {
			answer[id] = record
		}
	}
	return answer, nil
}

// Stats implements store.Reader.
func (r *reference) Stats(ctx context.Context) (store.Stats, error) {
	s, err := r.state(ctx)
	if err != nil {
		return store.Stats{}, err
	}
	stats := store.Stats{
		Version:      s.version,
		Entities:     make(map[literature.EntityKind]int),
		Relations:    make(map[literature.RelationKind]int),
		Results:      len(s.results),
		TaggedPapers: s.tagged,
	}
	for _, e := range s.entities {
		if isStub(e) {
			stats.Stubs++
		} else {
			stats.Entities[e.Kind()]++
		}
	}
	for _, relation := range s.relations {
		stats.Relations[relation.Kind]++
	}
	return stats, nil
}

// state is one version of the graph. It never changes once it is published.
type state struct {
	version   store.Version
	records   map[literature.ID]literature.Record
	changed   map[literature.ID]store.Version
	redirects map[literature.ID]literature.ID
	log       []entry

	// What follows is derived from records by index, in id order.
	entities  []literature.Entity
	relations []*literature.Relation
	results   []*literature.Result
	out, in   map[literature.ID][]*literature.Relation
	citedBy   map[literature.ID]int
	papers    int // no stubs
	tagged    int // of these, those that are ABOUT any topic
}

func newState() *state {
	s := &state{
		records:   make(map[literature.ID]literature.Record),
		changed:   make(map[literature.ID]store.Version),
		redirects: make(map[literature.ID]literature.ID),
	}
	s.index()
	return s
}

func (s *state) index() {
	s.entities, s.relations, s.results, s.papers = nil, nil, nil, 0
	s.out = make(map[literature.ID][]*literature.Relation)
	s.in = make(map[literature.ID][]*literature.Relation)
	s.citedBy = make(map[literature.ID]int)
	for _, id := range sortedKeys(s.records) {
		switch record := s.records[id].(type) {
		case *literature.Relation:
			s.relations = append(s.relations, record)
			s.out[record.Source] = append(s.out[record.Source], record)
			s.in[record.Target] = append(s.in[record.Target], record)
			if record.Kind == literature.Cites {
				s.citedBy[record.Target]++
			}
		case *literature.Result:
			s.results = append(s.results, record)
		case literature.Entity:
			s.entities = append(s.entities, record)
			if record.RecordID().EntityKind() == literature.KindPaper && !isStub(record) {
				s.papers++
			}
		}
	}
	s.tagged = s.taggedPapers()
}

// resolve follows a redirect.
func (s *state) resolve(id literature.ID) literature.ID {
	if target, ok := s.redirects[id]; ok {
		return target
	}
	return id
}

// entity is the entity that an id names, or nil.
func (s *state) entity(id literature.ID) literature.Entity {
	e, _ := s.records[s.resolve(id)].(literature.Entity)
	return e
}

// set is the ids of the entities that the given ids name.
func (s *state) set(ids []literature.ID) map[literature.ID]bool {
	set := make(map[literature.ID]bool)
	for _, id := range ids {
		if e := s.entity(id); e != nil {
			set[e.RecordID()] = true
		}
	}
	return set
}

// below is an entity and everything below it by BROADER.
func (s *state) below(id literature.ID) map[literature.ID]bool {
	set := map[literature.ID]bool{id: true}
	for queue := []literature.ID{id}; len(queue) > 0; queue = queue[1:] {
		for _, relation := range s.in[queue[0]] {
			if relation.Kind == literature.Broader && !set[relation.Source] {
				set[relation.Source] = true
				queue = append(queue, relation.Source)
			}
		}
	}
	return set
}

// edge is a relation as seen from one of its ends.
type edge struct {
	relation *literature.Relation
	outgoing bool
	other    literature.ID
}

// edges lists the relations of an entity: outgoing before incoming, a relation to itself once.
func (s *state) edges(id literature.ID, kinds []literature.RelationKind, direction store.Direction) []edge {
	var edges []edge
	wanted := func(kind literature.RelationKind) bool { return len(kinds) == 0 || slices.Contains(kinds, kind) }
	if direction != store.Incoming {
		for _, relation := range s.out[id] {
			if wanted(relation.Kind) {
				edges = append(edges, edge{relation, true, relation.Target})
			}
		}
	}
	if direction != store.Outgoing {
		for _, relation := range s.in[id] {
			listed := direction == store.Both && relation.Source == id
			if wanted(relation.Kind) && !listed {
				edges = append(edges, edge{relation, false, relation.Source})
			}
		}
	}
	return edges
}

// topicFrequency is how many papers, no stubs, are ABOUT a topic; taggedPapers how many are ABOUT any.
func (s *state) topicFrequency(topic literature.ID) int {
	n := 0
	for _, relation := range s.in[topic] {
		if relation.Kind == literature.About && s.isCountedPaper(relation.Source) {
			n++
		}
	}
	return n
}

func (s *state) taggedPapers() int {
	tagged := make(map[literature.ID]bool)
	for _, relation := range s.relations {
		if relation.Kind == literature.About && s.isCountedPaper(relation.Source) {
			tagged[relation.Source] = true
		}
	}
	return len(tagged)
}

func (s *state) isCountedPaper(id literature.ID) bool {
	paper, ok := s.records[id].(*literature.Paper)
	return ok && !paper.IsStub
}

func isStub(e literature.Entity) bool {
	paper, ok := e.(*literature.Paper)
	return ok && paper.IsStub
}

func sortedKeys[V any](m map[literature.ID]V) []literature.ID {
	keys := make([]literature.ID, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
