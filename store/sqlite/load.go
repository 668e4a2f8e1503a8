package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// load is a set of rows to be read.
type load struct {
	entities  map[uint32]literature.ID
	relations map[edge]literature.ID
	results   []literature.ID
}

func (l *load) empty() bool { return len(l.entities)+len(l.relations)+len(l.results) == 0 }

// add notes the row of a record. An id that cannot name one is passed over.
func (l *load) add(m *moment, id literature.ID) {
	switch {
	case id.IsRelation():
		hash, ok := hashOf(id)
		if !ok {
			return
		}
		if e, ok := m.store.edges.find(m.graph, id, hash); ok {
			if l.relations == nil {
				l.relations = make(map[edge]literature.ID)
			}
			l.relations[e] = id
		}
	case id.IsResult():
		l.results = append(l.results, id)
	default:
		if e, ok := m.graph.Entity(id); ok && e.ID == id {
			if l.entities == nil {
				l.entities = make(map[uint32]literature.ID)
			}
			l.entities[e.Number] = id
		}
	}
}

// complete tells which entity was not found, though the graph has it. Relations and results may have no row: their ids do not come from the graph.
func (l *load) complete(found map[literature.ID]stored) error {
	for _, id := range l.entities {
		if _, ok := found[id]; !ok {
			return corrupt(id)
		}
	}
	return nil
}

// run reads the rows and hands over what they hold, with the size of the row. idOf names the ends of relations.
func (l *load) run(ctx context.Context, conn *session, idOf func(uint32) literature.ID, each func(literature.ID, stored, int)) error {
	err := rowsOf(ctx, conn, "SELECT number, row FROM entity WHERE number IN ", l.entities, func(n uint32, row []byte) error {
		id := l.entities[n]
		s, err := openRow(numberKey(n), row, func(payload []byte) (literature.Record, error) { return decodeRecord(id, payload) })
		if err == nil {
			each(id, s, len(row))
		}
		return err
	})
	if err != nil {
		return err
	}
	err = rowsOf(ctx, conn, "SELECT edge, row FROM relation WHERE edge IN ", l.relations, func(e edge, row []byte) error {
		id := l.relations[e]
		s, err := openRow(numberKey(e), row, func(payload []byte) (literature.Record, error) {
			return decodeRelation(payload, id, e.kind(), idOf(e.source()), idOf(e.target()))
		})
		if err == nil {
			each(id, s, len(row))
		}
		return err
	})
	if err != nil {
		return err
	}
	results := make(map[literature.ID]literature.ID, len(l.results))
	for _, id := range l.results {
		results[id] = id
	}
	return rowsOf(ctx, conn, "SELECT id, row FROM result WHERE id IN ", results, func(id literature.ID, row []byte) error {
		s, err := openRow(textKey(id), row, func(payload []byte) (literature.Record, error) { return decodeRecord(id, payload) })
		if err == nil {
			each(id, s, len(row))
		}
		return err
	})
}

func openRow(key, row []byte, decode func([]byte) (literature.Record, error)) (stored, error) {
	version, payload, err := unseal(key, row)
	if err != nil {
		return stored{}, err
	}
	record, err := decode(payload)
	if err != nil {
		return stored{}, fmt.Errorf("%w: %w", errChecksum, err)
	}
	return stored{record, version}, nil
}

// openEntity opens a row that is all that is known of an entity.
func openEntity(number uint32, row []byte) (literature.Entity, error) {
	s, err := openRow(numberKey(number), row, func(payload []byte) (literature.Record, error) { return decodeRecord("", payload) })
	if err == nil {
		if e, ok := s.record.(literature.Entity); ok {
			return e, nil
		}
		err = errChecksum
	}
	return nil, fmt.Errorf("%w: entity %d: %w", store.ErrCorrupt, number, err)
}

// rowsOf reads the rows under some keys and names the record whose row is damaged.
func rowsOf[K uint32 | edge | literature.ID](
	ctx context.Context, conn *session, text string, ids map[K]literature.ID, each func(K, []byte) error,
) error {
	if len(ids) == 0 {
		return nil
	}
	keys := make([]any, 0, len(ids))
	for key := range ids {
		keys = append(keys, argument(key))
	}
	quick := context.WithoutCancel(ctx)
	var bad literature.ID
	scan := func(rows *sql.Rows) error {
		var key K
		var row sql.RawBytes
		if err := rows.Scan(&key, &row); err != nil { // a value of another type than was written
			return fmt.Errorf("%w: %w", errChecksum, err)
		}
		id, ok := ids[key]
		if !ok {
			return errChecksum
		}
		err := each(key, row)
		if err != nil {
			bad = id
		}
		return err
	}
	for chunk := range slices.Chunk(keys, 512) {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := conn.within(quick, scan, text, chunk)
		if err == nil {
			continue
		}
		if !isDamage(err) {
			return err
		}
		if bad != "" {
			return corrupt(bad)
		}
		// SQLite itself stumbled over the page: look which row it is.
		for key, id := range ids {
			if err := conn.within(quick, scan, text, []any{argument(key)}); err != nil {
				return corrupt(id)
			}
		}
		return err
	}
	return nil
}

func argument[K uint32 | edge | literature.ID](key K) any {
	switch key := any(key).(type) {
	case uint32:
		return int64(key)
	case edge:
		return int64(key)
	case literature.ID:
		return string(key)
	}
	return nil
}
