package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Check reads everything in the file and reports every record whose bytes do not match their checksum, and every other damage it meets; each reported error
// wraps store.ErrCorrupt. Its own error says that it could not go on.
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
	for _, table := range []struct {
		name, key string
		open      func(rows *sql.Rows) error
	}{
		{"result", "id", func(rows *sql.Rows) error {
			var id literature.ID
			var row sql.RawBytes
			if err := rows.Scan(&id, &row); err != nil {
				return err
			}
			if _, _, err := unseal(textKey(id), row); err != nil {
				report(corrupt(id))
			}
			return nil
		}},
		{"change", "version", func(rows *sql.Rows) error {
			var version store.Version
			var row sql.RawBytes
			if err := rows.Scan(&version, &row); err != nil {
				return err
			}
			if _, err := openEntry(version, row); err != nil {
				report(err)
			}
			return nil
		}},
		{"before", "version, id", func(rows *sql.Rows) error {
			var version store.Version
			var id literature.ID
			var row sql.RawBytes
			if err := rows.Scan(&version, &id, &row); err != nil {
				return err
			}
			if _, _, err := unseal(beforeKey(version, id), row); err != nil {
				report(fmt.Errorf("%w: %s before change %d: the stored bytes do not match their checksum", store.ErrCorrupt, id, version))
			}
			return nil
		}},
	} {
		err := m.conn.each(ctx, table.open, "SELECT "+table.key+", row FROM "+table.name+" ORDER BY "+table.key)
		if isDamage(err) {
			report(fmt.Errorf("%w: table %s: %w", store.ErrCorrupt, table.name, err))
		} else if err != nil {
			return err
		}
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
