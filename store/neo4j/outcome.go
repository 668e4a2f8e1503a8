package neo4j

import (
	"fmt"
	"maps"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// expect checks what the batch expects of records.
func (w *writer) expect() error {
	for _, id := range sortedKeys(w.batch.Expect) {
		version := w.batch.Expect[id]
		old, exists := w.before[id]
		switch {
		case version == 0 && exists:
			return fmt.Errorf("%w: %s exists, and was expected not to", store.ErrConflict, id)
		case version > 0 && !exists:
			return fmt.Errorf("%w: %s does not exist, and was expected to", store.ErrConflict, id)
		case version > 0 && old.changed > version:
			return fmt.Errorf("%w: %s changed in version %d, and was expected not to after %d", store.ErrConflict, id, old.changed, version)
		}
	}
	return nil
}

// work finds out what the batch leads to: the records that it changes, as they will be, and the entry of the change log.
func (w *writer) work() error {
	w.after = make(map[literature.ID]literature.Record)
	written := make(map[literature.ID]bool)
	for _, record := range w.batch.Upsert {
		id := record.RecordID()
		written[id] = true
		w.after[id] = store.Normalize(record, w.before[id].record, w.at)
	}
	if err := w.remove(written); err != nil {
		return err
	}
	redirected, err := w.redirect()
	if err != nil {
		return err
	}
	for _, record := range w.batch.Upsert {
		for _, id := range store.References(record) {
			if !w.exists(id) {
				return fmt.Errorf("%w: %s names %s, which does not exist", store.ErrInvalid, record.RecordID(), id)
			}
		}
	}
	w.change = store.Change{Version: w.version + 1, At: w.at, Author: w.batch.Author, Job: w.batch.Job, Reason: w.batch.Reason, Redirected: redirected}
	return w.compare()
}

// remove takes records away, and what cannot be without them, except what the batch itself writes.
func (w *writer) remove(written map[literature.ID]bool) error {
	gone := make(map[literature.ID]bool)
	for _, id := range w.batch.Remove {
		gone[id] = true
	}
	for old := range w.batch.Redirect {
		gone[old] = true
	}
	var entities []literature.ID
	for _, id := range sortedKeys(gone) {
		if _, exists := w.before[id]; !exists {
			continue
		}
		w.after[id] = nil
		if id.EntityKind() != "" {
			entities = append(entities, id)
		}
	}
	if len(entities) == 0 {
		return nil
	}
	naming, err := w.loadNaming(entities)
	if err != nil {
		return err
	}
	for _, id := range naming {
		if _, touched := w.after[id]; !touched && !written[id] {
			w.after[id] = without(w.before[id].record, gone)
		}
	}
	return nil
}

// without is what is left of a record when entities are gone; nil: nothing.
func without(record literature.Record, gone map[literature.ID]bool) literature.Record {
	switch r := record.(type) {
	case *literature.Relation:
		if gone[r.Source] || gone[r.Target] {
			return nil
		}
		left := *r
		left.Organizations = slices.DeleteFunc(slices.Clone(r.Organizations), func(id literature.ID) bool { return gone[id] })
		return &left
	case *literature.Result:
		if gone[r.Paper] {
			return nil
		}
		left := *r
		if gone[r.System] {
			left.System = ""
		}
		if gone[r.Workload] {
			left.Workload = ""
		}
		return &left
	}
	return record
}

// redirect lets ids answer for others, and what answered for them follow. It gives the redirects made or moved.
func (w *writer) redirect() (map[literature.ID]literature.ID, error) {
	wanted := w.batch.Redirect
	if len(wanted) == 0 {
		return nil, nil
	}
	now := maps.Clone(w.redirects)
	for _, record := range w.batch.Upsert {
		delete(now, record.RecordID())
	}
	moved := make(map[literature.ID]literature.ID)
	for _, old := range sortedKeys(wanted) {
		target := wanted[old]
		for range wanted { // a target may be redirected in the same batch
			if further, ok := wanted[target]; ok {
				target = further
			}
		}
		if further, ok := now[target]; ok {
			target = further
		}
		if err := w.look(target); err != nil {
			return nil, err
		}
		if !w.exists(target) {
			return nil, fmt.Errorf("%w: %s cannot be redirected to %s, which does not exist", store.ErrInvalid, old, wanted[old])
		}
		moved[old] = target
	}
	for id, target := range now {
		if further, ok := moved[target]; ok && moved[id] == "" {
			moved[id] = further
		}
	}
	maps.DeleteFunc(moved, func(id, target literature.ID) bool { return w.redirects[id] == target })
	return moved, nil
}

// look finds out whether an entity exists that the batch does not name.
func (w *writer) look(id literature.ID) error {
	if w.exists(id) {
		return nil
	}
	return w.loadEnds([]literature.ID{id})
}

// compare drops what stays as it is, and fills the entry of the change log.
func (w *writer) compare() error {
	for _, id := range sortedKeys(w.after) {
		old, existed := w.before[id]
		record := w.after[id]
		switch {
		case record == nil:
			w.change.Removed = append(w.change.Removed, id)
		case !existed:
			w.change.Created = append(w.change.Created, id)
		default:
			same, err := isSame(old, record)
			if err != nil {
				return err
			}
			if same {
				delete(w.after, id)
			} else {
				w.change.Updated = append(w.change.Updated, id)
			}
		}
	}
	return nil
}

// isSame compares records in their JSON form. What another edition of papergraph wrote may read the same and be spelled otherwise.
func isSame(old stored, record literature.Record) (bool, error) {
	text, err := encode(record)
	if err != nil || text == old.text {
		return err == nil, err
	}
	again, err := encode(old.record)
	return err == nil && text == again, err
}
