package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// entry is one change with the records it touched, as they were before and after.
type entry struct {
	change        store.Change
	before, after map[literature.ID]literature.Record
}

// Apply implements store.Writer: it makes the state after the batch beside the state before, compares the two, and publishes the new one.
func (r *reference) Apply(ctx context.Context, b store.Batch) (store.Version, error) {
	if err := b.Check(); err != nil {
		return 0, err
	}
	if _, err := r.state(ctx); err != nil {
		return 0, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.now.expect(b.Expect); err != nil {
		return 0, err
	}
	next, err := r.now.after(b)
	if err != nil {
		return 0, err
	}
	if next != nil {
		r.now = next
	}
	return r.now.version, nil
}

func (s *state) expect(expected map[literature.ID]store.Version) error {
	for _, id := range sortedKeys(expected) {
		version := expected[id]
		_, exists := s.records[id]
		switch {
		case version == 0 && exists:
			return fmt.Errorf("%w: %s exists, and was expected not to", store.ErrConflict, id)
		case version > 0 && !exists:
			return fmt.Errorf("%w: %s does not exist, and was expected to", store.ErrConflict, id)
		case version > 0 && s.changed[id] > version:
			return fmt.Errorf("%w: %s changed in version %d, and was expected not to after %d", store.ErrConflict, id, s.changed[id], version)
		}
	}
	return nil
}

// after is the state that a batch leads to, or nil where the batch changes nothing.
func (s *state) after(b store.Batch) (*state, error) {
	at := b.At
	if at.IsZero() {
		at = time.Now()
	}
	at = at.UTC().Truncate(time.Second)
	next := &state{records: maps.Clone(s.records), redirects: maps.Clone(s.redirects)}
	written := make(map[literature.ID]bool)
	for _, record := range b.Upsert {
		id := record.RecordID()
		next.records[id] = store.Normalize(record, s.records[id], at)
		delete(next.redirects, id)
		written[id] = true
	}
	gone := make(map[literature.ID]bool)
	for _, id := range b.Remove {
		gone[id] = true
	}
	for old := range b.Redirect {
		gone[old] = true
	}
	next.remove(gone, written)
	redirected, err := next.redirect(b.Redirect)
	if err != nil {
		return nil, err
	}
	for _, record := range b.Upsert {
		for _, id := range store.References(record) {
			if _, ok := next.records[id]; !ok {
				return nil, fmt.Errorf("%w: %s names %s, which does not exist", store.ErrInvalid, record.RecordID(), id)
			}
		}
	}
	e := difference(s.records, next.records)
	for id, target := range redirected {
		if s.redirects[id] == target {
			delete(redirected, id)
		}
	}
	if len(e.before)+len(e.after)+len(redirected) == 0 {
		return nil, nil
	}
	next.version = s.version + 1
	e.change.Version, e.change.At = next.version, at
	e.change.Author, e.change.Job, e.change.Reason = b.Author, b.Job, b.Reason
	e.change.Redirected = redirected
	next.changed = maps.Clone(s.changed)
	for _, id := range e.touched() {
		next.changed[id] = next.version
	}
	next.log = append(slices.Clip(s.log), e)
	next.index()
	return next, nil
}

// remove takes records away and what cannot be without them, except what the batch itself has written.
func (s *state) remove(gone, written map[literature.ID]bool) {
	for id := range gone {
		delete(s.records, id)
	}
	for id, record := range s.records {
		if written[id] {
			continue
		}
		switch record := record.(type) {
		case *literature.Relation:
			named := func(id literature.ID) bool { return gone[id] }
			if gone[record.Source] || gone[record.Target] {
				delete(s.records, id)
			} else if slices.ContainsFunc(record.Organizations, named) {
				changed := *record
				changed.Organizations = slices.DeleteFunc(slices.Clone(record.Organizations), named)
				s.records[id] = &changed
			}
		case *literature.Result:
			if gone[record.Paper] {
				delete(s.records, id)
			} else if gone[record.System] || gone[record.Workload] {
				changed := *record
				if gone[record.System] {
					changed.System = ""
				}
				if gone[record.Workload] {
					changed.Workload = ""
				}
				s.records[id] = &changed
			}
		}
	}
}

// redirect lets ids answer for others, and what answered for them follow. It returns the redirects made or moved.
func (s *state) redirect(wanted map[literature.ID]literature.ID) (map[literature.ID]literature.ID, error) {
	moved := make(map[literature.ID]literature.ID)
	for _, old := range sortedKeys(wanted) {
		target := wanted[old]
		for range wanted { // a target may be redirected in the same batch
			if further, ok := wanted[target]; ok {
				target = further
			}
		}
		target = s.resolve(target)
		if _, ok := s.records[target]; !ok {
			return nil, fmt.Errorf("%w: %s cannot be redirected to %s, which does not exist", store.ErrInvalid, old, wanted[old])
		}
		moved[old] = target
	}
	for id, target := range s.redirects {
		if further, ok := moved[target]; ok && moved[id] == "" {
			moved[id] = further
		}
	}
	maps.Copy(s.redirects, moved)
	return moved, nil
}

// difference compares two states record by record.
func difference(before, after map[literature.ID]literature.Record) entry {
	e := entry{before: make(map[literature.ID]literature.Record), after: make(map[literature.ID]literature.Record)}
	for _, id := range sortedKeys(after) {
		old, existed := before[id]
		switch {
		case !existed:
			e.change.Created = append(e.change.Created, id)
		case !sameRecord(old, after[id]):
			e.change.Updated = append(e.change.Updated, id)
			e.before[id] = old
		default:
			after[id] = old
			continue
		}
		e.after[id] = after[id]
	}
	for _, id := range sortedKeys(before) {
		if _, exists := after[id]; !exists {
			e.change.Removed = append(e.change.Removed, id)
			e.before[id] = before[id]
		}
	}
	return e
}

func (e entry) touched() []literature.ID {
	ids := slices.Concat(e.change.Created, e.change.Updated, e.change.Removed)
	slices.Sort(ids)
	return ids
}

// sameRecord compares two records in their JSON form, in which an absent list and an empty one are the same.
func sameRecord(a, b literature.Record) bool {
	if a == b {
		return true
	}
	ja, errA := json.Marshal(a)
	jb, errB := json.Marshal(b)
	return errA == nil && errB == nil && string(ja) == string(jb)
}
