package sqlite

import (
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
	at         time.Time
	old        map[literature.ID]stored // what is there of all that the batch names
	upserts    map[literature.ID]literature.Record
	removes    map[literature.ID]stored
	redirected map[literature.ID]literature.ID
}

// newPlan works out a batch that is well formed by itself.
func newPlan(ctx context.Context, m *moment, b store.Batch) (*plan, error) {
	p := &plan{
		moment:  m,
		at:      b.At,
		upserts: make(map[literature.ID]literature.Record, len(b.Upsert)),
		removes: make(map[literature.ID]stored),
	}
	if p.at.IsZero() {
		p.at = time.Now()
	}
	p.at = p.at.UTC().Truncate(time.Second)
	if err := p.load(ctx, b); err != nil {
		return nil, err
	}
	if err := p.expect(b.Expect); err != nil {
		return nil, err
	}
	written := make(map[literature.ID]bool, len(b.Upsert))
	for _, record := range b.Upsert {
		id := record.RecordID()
		written[id] = true
		before := p.old[id].record
		after := store.Normalize(record, before, p.at)
		if before == nil || !sameRecord(before, after) {
			p.upserts[id] = after
		}
	}
	gone := make(map[literature.ID]bool)
	for _, id := range b.Remove {
		gone[id] = true
	}
	for id := range b.Redirect {
		gone[id] = true
	}
	if err := p.remove(ctx, gone, written); err != nil {
		return nil, err
	}
	if err := p.redirect(ctx, b.Redirect); err != nil {
		return nil, err
	}
	for _, record := range b.Upsert {
		for _, id := range store.References(record) {
			if !p.exists(id) && !written[id] {
				return nil, fmt.Errorf("%w: %s names %s, which does not exist", store.ErrInvalid, record.RecordID(), id)
			}
		}
	}
	return p, nil
}

// load fetches what is stored of the records that the batch names.
func (p *plan) load(ctx context.Context, b store.Batch) error {
	ids := make([]literature.ID, 0, len(b.Upsert)+len(b.Remove)+len(b.Redirect)+len(b.Expect))
	for _, record := range b.Upsert {
		if relation, ok := record.(*literature.Relation); !ok || p.known(relation) {
			ids = append(ids, record.RecordID())
		}
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
	return err
}

// known tells whether the relation may be stored already, without the price of its id.
func (p *plan) known(r *literature.Relation) bool {
	source, target := p.graph.Number(r.Source), p.graph.Number(r.Target)
	hash, ok := hashOf(r.ID)
	return ok && source != 0 && target != 0 && p.store.edges.has(newEdge(r.Kind, source, target), hash)
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
func (p *plan) remove(ctx context.Context, gone, written map[literature.ID]bool) error {
	var entities []literature.ID
	for id := range gone {
		if s, ok := p.old[id]; ok {
			p.removes[id] = s
			if _, ok := s.record.(literature.Entity); ok {
				entities = append(entities, id)
			}
		}
	}
	naming := p.graph.Naming(entities)
	naming = slices.DeleteFunc(naming, func(id literature.ID) bool { return gone[id] || written[id] })
	found, err := p.stored(ctx, naming)
	if err != nil {
		return err
	}
	for _, id := range naming {
		s, ok := found[id]
		if !ok {
			return corrupt(id)
		}
		p.old[id] = s
		if changed := without(s.record, gone); changed != nil {
			p.upserts[id] = changed
		} else {
			p.removes[id] = s
		}
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
	for id := range p.upserts {
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

// exists tells whether a record has the very id after the batch, as far as the batch does not write it unchanged.
func (p *plan) exists(id literature.ID) bool {
	if _, ok := p.upserts[id]; ok {
		return true
	}
	if _, ok := p.removes[id]; ok {
		return false
	}
	e, ok := p.graph.Entity(id)
	return ok && e.ID == id
}

func (p *plan) empty() bool { return len(p.upserts)+len(p.removes)+len(p.redirected) == 0 }

// change is the plan as the projection takes it.
func (p *plan) change(version store.Version) projection.Change {
	c := projection.Change{Version: version, Redirected: p.redirected}
	for _, id := range sortedKeys(p.upserts) {
		c.Upserted = append(c.Upserted, p.upserts[id])
	}
	for _, id := range sortedKeys(p.removes) {
		c.Removed = append(c.Removed, p.removes[id].record)
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
