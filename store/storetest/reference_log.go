package storetest

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Scan implements store.Reader.
func (r *reference) Scan(ctx context.Context, q store.ScanQuery, fn func(store.Change, []literature.Record) error) (store.Version, error) {
	s, err := r.state(ctx)
	if err != nil {
		return 0, err
	}
	if err := store.CheckVersion(q.Since, s.version); err != nil {
		return 0, err
	}
	call := func(change store.Change, records []literature.Record) error {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("reference: %w", err)
		}
		return fn(change, records)
	}
	if q.Since > 0 {
		for _, e := range s.log[q.Since:] {
			records := s.present(e)
			if q.Bare {
				records = bare(records)
			}
			if err := call(e.clone(), records); err != nil {
				return 0, err
			}
		}
		return s.version, nil
	}
	redirects := s.standingRedirects()
	all := s.all()
	if q.Bare {
		all = inBareOrder(bare(all))
	}
	for batch := range slices.Chunk(all, store.MaxScanBatch) {
		change := store.Change{Redirected: make(map[literature.ID]literature.ID)}
		for _, record := range batch {
			for _, old := range redirects[record.RecordID()] {
				change.Redirected[old] = record.RecordID()
			}
		}
		if err := call(change, slices.Clone(batch)); err != nil {
			return 0, err
		}
	}
	return s.version, nil
}

// bare is what a bare scan leaves of records.
func bare(records []literature.Record) []literature.Record {
	var left []literature.Record
	for _, record := range records {
		switch r := record.(type) {
		case *literature.Paper:
			left = append(left, store.StrippedEntity(r.ID, r.IsStub))
		case literature.Entity:
			left = append(left, store.StrippedEntity(r.RecordID(), false))
		case *literature.Relation:
			left = append(left, store.Stripped(r))
		}
	}
	return left
}

// inBareOrder puts the relations behind the entities in the order of a bare scan.
func inBareOrder(records []literature.Record) []literature.Record {
	slices.SortStableFunc(records, func(a, b literature.Record) int {
		r, ok := a.(*literature.Relation)
		s, both := b.(*literature.Relation)
		if !ok || !both {
			return cmp.Compare(one(ok), one(both))
		}
		return cmp.Or(cmp.Compare(r.Source, s.Source), cmp.Compare(r.Kind.Rank(), s.Kind.Rank()), cmp.Compare(r.Target, s.Target))
	})
	return records
}

// standingRedirects lists the ids that answer for another by that other.
func (s *state) standingRedirects() map[literature.ID][]literature.ID {
	redirects := make(map[literature.ID][]literature.ID)
	for old, target := range s.redirects {
		redirects[target] = append(redirects[target], old)
	}
	return redirects
}

func (s *state) all() []literature.Record {
	var records []literature.Record
	for _, e := range s.entities {
		records = append(records, e)
	}
	for _, relation := range s.relations {
		records = append(records, relation)
	}
	for _, result := range s.results {
		records = append(records, result)
	}
	return records
}

// present lists the records that a change touched as they are now.
func (s *state) present(e entry) []literature.Record {
	var records []literature.Record
	for _, id := range e.touched() {
		if record, ok := s.records[id]; ok {
			records = append(records, record)
		}
	}
	return records
}

// History implements store.Reader.
func (r *reference) History(ctx context.Context, q store.HistoryQuery) (map[literature.ID]store.ChangePage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return nil, err
	}
	if err := store.CheckVersion(q.Since, s.version); err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]store.ChangePage)
	if len(q.IDs) == 0 {
		answer[""] = s.changes(q, func(e entry, item *store.ChangeItem) bool { return e.change.Touches(q.Kinds) })
	}
	for _, id := range q.IDs {
		answer[id] = s.changes(q, func(e entry, item *store.ChangeItem) bool {
			concerned := false
			for _, touched := range e.touched() {
				before, after := e.before[touched], e.after[touched]
				if concerns(before, id, s.resolve(id)) || concerns(after, id, s.resolve(id)) {
					concerned = true
					if before != nil {
						item.Before = append(item.Before, before)
					}
				}
			}
			return concerned
		})
	}
	return answer, nil
}

// changes lists the changes that are kept, which may complete their items.
func (s *state) changes(q store.HistoryQuery, keep func(entry, *store.ChangeItem) bool) store.ChangePage {
	var list []placed[store.ChangeItem]
	for _, e := range s.log[q.Since:] {
		item := store.ChangeItem{Change: e.clone(), Position: position("", number(int64(e.change.Version)))}
		if keep(e, &item) {
			list = append(list, placed[store.ChangeItem]{item, item.Position})
		}
	}
	items, info := page(list, byKeys([]bool{true}, false), q.Page, q.WithTotal)
	answer := store.ChangePage{PageInfo: info}
	for _, p := range items {
		answer.Items = append(answer.Items, p.item)
	}
	return answer
}

// concerns tells whether a record is one of ids, a relation that leaves one, or a result of one.
func concerns(record literature.Record, ids ...literature.ID) bool {
	if record == nil {
		return false
	}
	for _, id := range ids {
		if record.RecordID() == id {
			return true
		}
		switch record := record.(type) {
		case *literature.Relation:
			if record.Source == id {
				return true
			}
		case *literature.Result:
			if names(record, id) {
				return true
			}
		}
	}
	return false
}

// clone copies the change, whose lists belong to the caller.
func (e entry) clone() store.Change {
	change := e.change
	change.Created = slices.Clone(change.Created)
	change.Updated = slices.Clone(change.Updated)
	change.Removed = slices.Clone(change.Removed)
	change.Redirected = maps.Clone(change.Redirected)
	return change
}
