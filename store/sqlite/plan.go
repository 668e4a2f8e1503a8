package sqlite

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

// plan is what a batch changes, worked out against the state before it.
type plan struct {
	*moment
	at  time.Time
	old map[literature.ID]stored // what is stored of all that the batch names
	// steps are the records that change, in id order, each once.
	steps      []step
	redirected map[literature.ID]literature.ID
	// entities are those that the batch writes, changed or not; gone is what it removes or redirects.
	entities, gone map[literature.ID]bool
}

// step is the change of one record.
type step struct {
	id     literature.ID
	before stored            // its record is nil where the step creates it
	after  literature.Record // nil where the step removes it
	ends   ends
	edge   edge // of a relation, once the next state has numbered its ends
}

// ends are the numbers of the ends of a relation, each 0 where there is no entity under the very id before the batch.
type ends struct{ source, target uint32 }

// newPlan works out a batch that is well formed by itself.
func newPlan(ctx context.Context, m *moment, b store.Batch) (*plan, error) {
	p := &plan{moment: m, at: b.At, entities: make(map[literature.ID]bool), gone: make(map[literature.ID]bool)}
	if p.at.IsZero() {
		p.at = time.Now()
	}
	p.at = p.at.UTC().Truncate(time.Second)
	for _, id := range b.Remove {
		p.gone[id] = true
	}
	for id := range b.Redirect {
		p.gone[id] = true
	}
	found, err := p.load(ctx, b)
	if err != nil {
		return nil, err
	}
	if err := p.expect(b.Expect); err != nil {
		return nil, err
	}
	for i, record := range b.Upsert {
		id := record.RecordID()
		before := p.old[id]
		after := store.Normalize(record, before.record, p.at)
		if before.record == nil || !sameRecord(before.record, after) {
			p.steps = append(p.steps, step{id: id, before: before, after: after, ends: found[i]})
		}
	}
	if err := p.remove(ctx, b); err != nil {
		return nil, err
	}
	if err := p.redirect(ctx, b.Redirect); err != nil {
		return nil, err
	}
	for i, record := range b.Upsert {
		if r, ok := record.(*literature.Relation); ok && len(p.gone)+len(r.Organizations) == 0 &&
			(found[i].source != 0 || p.entities[r.Source]) && (found[i].target != 0 || p.entities[r.Target]) {
			continue // nothing goes, and both ends were there or come: true of most relations, and told without another look
		}
		for _, id := range store.References(record) {
			if !p.exists(id) {
				return nil, fmt.Errorf("%w: %s names %s, which does not exist", store.ErrInvalid, record.RecordID(), id)
			}
		}
	}
	slices.SortFunc(p.steps, func(a, b step) int { return cmp.Compare(a.id, b.id) })
	return p, nil
}

// load fetches what is stored of the records that the batch names. It tells the ends of upserted relations.
func (p *plan) load(ctx context.Context, b store.Batch) ([]ends, error) {
	found := make([]ends, len(b.Upsert))
	ids := make([]literature.ID, 0, len(b.Remove)+len(b.Redirect)+len(b.Expect))
	number := func(id literature.ID) uint32 {
		if e, ok := p.graph.Entity(id); ok && e.ID == id {
			return e.Number
		}
		return 0
	}
	var source literature.ID // of the relation before: relations mostly come by their source
	var sourceNumber uint32
	for i, record := range b.Upsert {
		switch r := record.(type) {
		case *literature.Relation:
			if r.Source != source {
				source, sourceNumber = r.Source, number(r.Source)
			}
			found[i] = ends{sourceNumber, number(r.Target)}
			if found[i].source == 0 || found[i].target == 0 {
				continue
			}
			if hash, _ := hashOf(r.ID); !p.store.edges.has(newEdge(r.Kind, found[i].source, found[i].target), hash) {
				continue // most relations of an import are new, and need no look into the file
			}
		case literature.Entity:
			p.entities[r.RecordID()] = true
		}
		ids = append(ids, record.RecordID())
	}
	ids = append(ids, b.Remove...)
	for id := range b.Redirect {
		ids = append(ids, id)
	}
	for id := range b.Expect {
		ids = append(ids, id)
	}
	var err error
	p.old, err = p.stored(ctx, ids)
	return found, err
}

func (p *plan) expect(expected map[literature.ID]store.Version) error {
	for _, id := range sortedKeys(expected) {
		version := expected[id]
		found, exists := p.old[id]
		switch {
		case version == 0 && exists:
			return fmt.Errorf("%w: %s exists, and was expected not to", store.ErrConflict, id)
		case version > 0 && !exists:
			return fmt.Errorf("%w: %s does not exist, and was expected to", store.ErrConflict, id)
		case version > 0 && found.version > version:
			return fmt.Errorf("%w: %s changed in version %d, and was expected not to after %d", store.ErrConflict, id, found.version, version)
		}
	}
	return nil
}

// remove takes away what is gone and what cannot be without it, except what the batch itself writes.
func (p *plan) remove(ctx context.Context, b store.Batch) error {
	if len(p.gone) == 0 {
		return nil
	}
	var entities []literature.ID
	for id := range p.gone {
		if s, ok := p.old[id]; ok {
			p.steps = append(p.steps, step{id: id, before: s})
			if _, ok := s.record.(literature.Entity); ok {
				entities = append(entities, id)
			}
		}
	}
	written := make(map[literature.ID]bool, len(b.Upsert))
	for _, record := range b.Upsert {
		written[record.RecordID()] = true
	}
	naming := p.graph.Naming(entities)
	naming = slices.DeleteFunc(naming, func(id literature.ID) bool { return p.gone[id] || written[id] })
	found, err := p.stored(ctx, naming)
	if err != nil {
		return err
	}
	for _, id := range naming {
		s, ok := found[id]
		if !ok {
			return corrupt(id)
		}
		p.steps = append(p.steps, step{id: id, before: s, after: without(s.record, p.gone)})
	}
	return nil
}

// without is a relation or result that names no longer what is gone, or nil where it cannot be without.
func without(record literature.Record, gone map[literature.ID]bool) literature.Record {
	switch r := record.(type) {
	case *literature.Relation:
		if gone[r.Source] || gone[r.Target] {
			return nil
		}
		changed := *r
		changed.Organizations = slices.DeleteFunc(slices.Clone(r.Organizations), func(id literature.ID) bool { return gone[id] })
		return &changed
	case *literature.Result:
		if gone[r.Paper] {
			return nil
		}
		changed := *r
		if gone[r.System] {
			changed.System = ""
		}
		if gone[r.Workload] {
			changed.Workload = ""
		}
		return &changed
	}
	return nil
}

// redirect works out which ids answer for which others from now on, those included that led to an id redirected now.
func (p *plan) redirect(ctx context.Context, wanted map[literature.ID]literature.ID) error {
	if len(wanted) == 0 {
		return nil
	}
	conn, err := p.session(ctx)
	if err != nil {
		return err
	}
	present, err := redirects(ctx, conn)
	if err != nil {
		return err
	}
	for id := range p.entities {
		delete(present, id)
	}
	moved := make(map[literature.ID]literature.ID, len(wanted))
	for _, old := range sortedKeys(wanted) {
		target := wanted[old]
		for range wanted { // a target may be redirected in the same batch
			if further, ok := wanted[target]; ok {
				target = further
			}
		}
		if further, ok := present[target]; ok {
			target = further
		}
		if !p.exists(target) {
			return fmt.Errorf("%w: %s cannot be redirected to %s, which does not exist", store.ErrInvalid, old, wanted[old])
		}
		moved[old] = target
	}
	for id, target := range present {
		if further, ok := moved[target]; ok && moved[id] == "" {
			moved[id] = further
		}
	}
	p.redirected = make(map[literature.ID]literature.ID)
	for id, target := range moved {
		if present[id] != target {
			p.redirected[id] = target
		}
	}
	return nil
}

// exists tells whether there is an entity under the very id after the batch.
func (p *plan) exists(id literature.ID) bool {
	if p.entities[id] {
		return true
	}
	e, ok := p.graph.Entity(id)
	return ok && e.ID == id && !p.gone[id]
}

func (p *plan) empty() bool { return len(p.steps)+len(p.redirected) == 0 }

// change is the plan as the projection takes it.
func (p *plan) change(version store.Version) projection.Change {
	c := projection.Change{Version: version, Redirected: p.redirected, Upserted: make([]literature.Record, 0, len(p.steps))}
	for i := range p.steps {
		if s := &p.steps[i]; s.after != nil {
			c.Upserted = append(c.Upserted, s.after)
		} else {
			c.Removed = append(c.Removed, s.before.record)
		}
	}
	return c
}

func sortedKeys[V any](m map[literature.ID]V) []literature.ID {
	keys := make([]literature.ID, 0, len(m))
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
