package sqlite

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Scan implements store.Reader.
func (s *Store) Scan(ctx context.Context, since store.Version, fn func(store.Change, []literature.Record) error) (store.Version, error) {
	begun := false // once fn was called, the scan must not start again
	var stopped error
	call := func(change store.Change, records []literature.Record) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		begun = true
		if err := fn(change, records); err != nil {
			stopped = err
			return err
		}
		return nil
	}
	version, err := answer(ctx, s, "scan", func(ctx context.Context, m *moment) (store.Version, error) {
		version := m.graph.Version()
		if err := store.CheckVersion(since, version); err != nil {
			return 0, err
		}
		if _, err := m.session(ctx); err != nil {
			return 0, err
		}
		scan := m.scanAll
		if since > 0 {
			scan = func(ctx context.Context, call scanFunc) error { return m.scanChanges(ctx, since, call) }
		}
		err := scan(ctx, call)
		if again := (moved{}); begun && errors.As(err, &again) {
			return 0, fmt.Errorf("%w: %s", store.ErrUnavailable, again.Error())
		}
		return version, err
	})
	if stopped != nil {
		return 0, stopped
	}
	return version, err
}

type scanFunc func(store.Change, []literature.Record) error

func (m *moment) scanAll(ctx context.Context, call scanFunc) error {
	standing, err := redirects(ctx, m.conn)
	if err != nil {
		return err
	}
	answering := make(map[literature.ID][]literature.ID) // the redirected ids by their targets
	for old, target := range standing {
		answering[target] = append(answering[target], old)
	}
	var pending []literature.Record
	change := store.Change{Redirected: make(map[literature.ID]literature.ID)}
	flush := func() error {
		if len(pending) == 0 {
			return nil
		}
		records, told := pending, change
		pending, change = nil, store.Change{Redirected: make(map[literature.ID]literature.ID)}
		return call(told, records)
	}
	// hand fetches records and hands over full batches. Ids that name nothing any more are passed over; it tells how many are there.
	hand := func(ids []literature.ID) (found int, err error) {
		for chunk := range slices.Chunk(ids, store.MaxScanBatch) {
			records, err := m.uncached(ctx, chunk)
			if err != nil {
				return found, err
			}
			for _, id := range chunk {
				s, ok := records[id]
				if !ok {
					continue
				}
				found++
				pending = append(pending, s.record)
				for _, old := range answering[id] {
					change.Redirected[old] = id
				}
				if len(pending) < store.MaxScanBatch {
					continue
				}
				if err := flush(); err != nil {
					return found, err
				}
			}
		}
		return found, nil
	}
	byPrefix := literature.EntityKinds()
	slices.SortFunc(byPrefix, func(a, b literature.EntityKind) int { return strings.Compare(a.Prefix(), b.Prefix()) })
	for _, kind := range byPrefix {
		if _, err := hand(slices.Collect(m.graph.IDs(kind))); err != nil {
			return err
		}
	}
	missing := 0
	for _, n := range m.graph.Stats().Relations {
		missing += n
	}
	for hashes := range slices.Chunk(m.store.edges.hashes(m.graph), store.MaxScanBatch) {
		ids := make([]literature.ID, len(hashes))
		for i, hash := range hashes {
			ids[i] = relationID(hash)
		}
		found, err := hand(ids)
		if err != nil {
			return err
		}
		missing -= found
	}
	if missing != 0 {
		return fmt.Errorf("%w: %d relations are in the graph, but their records are missing", store.ErrCorrupt, missing)
	}
	var results []literature.ID
	if err := m.conn.each(ctx, appendText(&results), "SELECT id FROM result ORDER BY id"); err != nil {
		return err
	}
	found, err := hand(results)
	if err != nil {
		return err
	}
	if missing := m.graph.Stats().Results - found; missing != 0 {
		return fmt.Errorf("%w: %d results are in the graph, but their records are missing", store.ErrCorrupt, missing)
	}
	return flush()
}

func (m *moment) scanChanges(ctx context.Context, since store.Version, call scanFunc) error {
	// The log is read an entry at a time, so that no query is open while fn runs. It has one for every version.
	for version := since + 1; version <= m.graph.Version(); version++ {
		e, err := entryAt(ctx, m.conn, version)
		if err != nil {
			return err
		}
		change := e.change()
		ids := slices.Concat(change.Created, change.Updated, change.Removed)
		slices.Sort(ids)
		found, err := m.uncached(ctx, ids)
		if err != nil {
			return err
		}
		var records []literature.Record
		for _, id := range ids {
			if s, ok := found[id]; ok {
				records = append(records, s.record)
			}
		}
		if err := call(change, records); err != nil {
			return err
		}
	}
	return nil
}

// uncached fetches records past the cache, which a scan would only sweep empty.
func (m *moment) uncached(ctx context.Context, ids []literature.ID) (map[literature.ID]stored, error) {
	var wanted load
	for _, id := range ids {
		wanted.add(m, id)
	}
	conn, err := m.session(ctx)
	if err != nil {
		return nil, err
	}
	found := make(map[literature.ID]stored, len(ids))
	if err := wanted.run(ctx, conn, m.idOf, func(id literature.ID, s stored, _ int) { found[id] = s }); err != nil {
		return nil, err
	}
	return found, wanted.complete(found)
}
