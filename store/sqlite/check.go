package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Check reads everything in the file and reports every record whose bytes do not match their checksum, and every other damage it meets; each reported error
// wraps store.ErrCorrupt. Its own error says that it could not go on. Of what is derived from the records (names, full text, ends of histories) it checks no more than
// that SQLite can read it.
func (s *Store) Check(ctx context.Context, report func(error)) error {
	_, err := answer(ctx, s, "check", func(ctx context.Context, m *moment) (struct{}, error) {
		if _, err := m.session(ctx); err != nil {
			return struct{}{}, err
		}
		return struct{}{}, m.check(ctx, report)
	})
	return err
}

func (m *moment) check(ctx context.Context, report func(error)) error {
	// What is read by key can be named even where SQLite cannot read the page it lies on.
	for _, kind := range literature.EntityKinds() {
		for ids := range slices.Chunk(slices.Collect(m.graph.IDs(kind)), store.MaxScanBatch) {
			var wanted load
			for _, id := range ids {
				wanted.add(m, id)
			}
			if _, err := m.verify(ctx, wanted, report); err != nil {
				return err
			}
		}
	}
	missing := 0
	for _, n := range m.graph.Stats().Relations {
		missing += n
	}
	for edges := range slices.Chunk(m.store.edges.sorted(m.graph), store.MaxScanBatch) {
		wanted := load{relations: make(map[edge]literature.ID, len(edges))}
		for _, e := range edges {
			wanted.relations[e] = e.id(m.graph)
		}
		sound, err := m.verify(ctx, wanted, report)
		if err != nil {
			return err
		}
		missing -= sound
	}
	if missing > 0 {
		report(fmt.Errorf("%w: %d relations are in the graph, but their records are missing or damaged", store.ErrCorrupt, missing))
	}
	results := 0
	if err := m.checkTable(ctx, report, "result", "id", func(rows *sql.Rows) error {
		results++
		var id literature.ID
		var row sql.RawBytes
		if err := rows.Scan(&id, &row); err != nil {
			return err
		}
		if _, _, err := unseal(textKey(id), row); err != nil {
			report(corrupt(id))
		}
		return nil
	}); err != nil {
		return err
	}
	if missing := m.graph.Stats().Results - results; missing > 0 {
		report(fmt.Errorf("%w: %d results are in the graph, but their records are missing", store.ErrCorrupt, missing))
	}
	if err := m.checkLog(ctx, report); err != nil {
		return err
	}
	return m.conn.each(ctx, func(rows *sql.Rows) error {
		var finding string
		if err := rows.Scan(&finding); err != nil {
			return err
		}
		if finding != "ok" {
			report(fmt.Errorf("%w: %s", store.ErrCorrupt, finding))
		}
		return nil
	}, "PRAGMA quick_check")
}

// checkLog checks that the log has an entry for every version, the records before each change, and the redirects that hold now.
func (m *moment) checkLog(ctx context.Context, report func(error)) error {
	var last store.Version
	before := make(map[store.Version]int) // how many records before it a change has
	told := make(map[literature.ID]literature.ID)
	err := m.checkTable(ctx, report, "change", "version", func(rows *sql.Rows) error {
		var version store.Version
		var row sql.RawBytes
		if err := rows.Scan(&version, &row); err != nil {
			return err
		}
		for last++; last < version; last++ {
			report(fmt.Errorf("%w: change %d is missing", store.ErrCorrupt, last))
		}
		e, err := openEntry(version, row)
		if err != nil {
			report(err)
			return nil
		}
		before[version] = len(e.updated) + len(e.removed)
		for _, t := range e.created {
			delete(told, t.id)
		}
		maps.Copy(told, e.head.Redirected)
		return nil
	})
	if err != nil {
		return err
	}
	standing, err := redirects(ctx, m.conn)
	if err != nil {
		return err
	}
	for _, id := range sortedKeys(told) {
		if standing[id] != told[id] {
			report(fmt.Errorf("%w: %s answers for %q, and the change log says %s", store.ErrCorrupt, id, standing[id], told[id]))
		}
		delete(standing, id)
	}
	for _, id := range sortedKeys(standing) {
		report(fmt.Errorf("%w: %s answers for %s, and the change log says nothing of that", store.ErrCorrupt, id, standing[id]))
	}
	err = m.checkTable(ctx, report, "before", "version, id", func(rows *sql.Rows) error {
		var version store.Version
		var id literature.ID
		var row sql.RawBytes
		if err := rows.Scan(&version, &id, &row); err != nil {
			return err
		}
		before[version]--
		if _, _, err := unseal(beforeKey(version, id), row); err != nil {
			report(fmt.Errorf("%w: %s before change %d: the stored bytes do not match their checksum", store.ErrCorrupt, id, version))
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, version := range slices.Sorted(maps.Keys(before)) {
		if before[version] > 0 {
			report(fmt.Errorf("%w: change %d: %d records as they were before it are missing", store.ErrCorrupt, version, before[version]))
		}
	}
	return nil
}

// checkTable hands over the rows of a table, and reports where SQLite cannot go on.
func (m *moment) checkTable(ctx context.Context, report func(error), table, key string, open func(*sql.Rows) error) error {
	err := m.conn.each(ctx, open, "SELECT "+key+", row FROM "+table+" ORDER BY "+key)
	if isDamage(err) {
		report(fmt.Errorf("%w: table %s: %w", store.ErrCorrupt, table, err))
		return nil
	}
	return err
}

// verify reads rows and, where one is damaged, each by itself, and tells how many are sound.
func (m *moment) verify(ctx context.Context, wanted load, report func(error)) (sound int, err error) {
	sound, err = m.readable(ctx, wanted)
	if !isDamage(err) && !errors.Is(err, store.ErrCorrupt) {
		return sound, err
	}
	sound = 0
	one := func(l load) error {
		n, err := m.readable(ctx, l)
		if isDamage(err) || errors.Is(err, store.ErrCorrupt) {
			report(err)
			return nil
		}
		sound += n
		return err
	}
	for n, id := range wanted.entities {
		if err := one(load{entities: map[uint32]literature.ID{n: id}}); err != nil {
			return sound, err
		}
	}
	for e, id := range wanted.relations {
		if err := one(load{relations: map[edge]literature.ID{e: id}}); err != nil {
			return sound, err
		}
	}
	return sound, nil
}

// readable reads rows and tells how many there are.
func (m *moment) readable(ctx context.Context, wanted load) (int, error) {
	found := make(map[literature.ID]stored)
	if err := wanted.run(ctx, m.conn, m.idOf, func(id literature.ID, s stored, _ int) { found[id] = s }); err != nil {
		return 0, err
	}
	return len(found), wanted.complete(found)
}
