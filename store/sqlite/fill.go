package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

// fill makes the first snapshot: from the packed projection and what the log has after it, or, where that is missing or damaged, from the records.
func (s *Store) fill(ctx context.Context) error {
	conn, version, err := s.read.begin(ctx)
	if err != nil {
		return err
	}
	defer s.read.end(conn)
	var last store.Version
	if err := conn.one(ctx, &last, "SELECT coalesce(max(version), 0) FROM change"); err != nil {
		return err
	}
	if last != version {
		return fmt.Errorf("%w: the file says that it has version %d, and its change log ends with %d", store.ErrCorrupt, version, last)
	}
	filled, err := s.unpack(ctx, conn)
	if err == nil && filled != nil {
		s.unpacked, err = s.replay(ctx, conn, &filled)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		s.log.Warn("the packed projection cannot be used: it is made anew from the records", "path", s.path, "error", err)
	}
	if err != nil || filled == nil || filled.graph.Version() != version {
		s.edges = newEdges()
		if filled, err = s.rebuild(ctx, conn, version); err != nil {
			return err
		}
		s.unpacked = 0
		for _, n := range filled.graph.Stats().Entities {
			s.unpacked += n
		}
	}
	s.cache.forget(version)
	s.current.Store(filled)
	return nil
}

// rebuildBatch is how many records are handed to the projection at once.
const rebuildBatch = 50_000

// rebuild makes the snapshot from nothing but the records.
func (s *Store) rebuild(ctx context.Context, conn *session, version store.Version) (*snapshot, error) {
	b := &rebuilding{version: version, graph: projection.New(analysis.SortKey), lengths: make(map[uint32]extent), growth: make(growth)}
	b.change = projection.Change{Version: version, Numbers: make(map[literature.ID]uint32)}
	err := conn.each(ctx, func(rows *sql.Rows) error {
		var number uint32
		var row sql.RawBytes
		if err := rows.Scan(&number, &row); err != nil {
			return err
		}
		e, err := openEntity(number, row)
		if err != nil {
			return err
		}
		b.change.Numbers[e.RecordID()] = number
		own := textOf(e)
		b.lengths[number] = own.extent
		b.growth.add(own, 1)
		return b.add(e)
	}, "SELECT number, row FROM entity ORDER BY number")
	if err == nil {
		b.change.Redirected, err = redirects(ctx, conn)
	}
	if err == nil {
		err = b.flush() // relations need the numbers of all entities
	}
	if err != nil {
		return nil, err
	}
	err = conn.each(ctx, func(rows *sql.Rows) error {
		var e edge
		var row sql.RawBytes
		if err := rows.Scan(&e, &row); err != nil {
			return err
		}
		source, _ := b.graph.Numbered(e.source())
		target, _ := b.graph.Numbered(e.target())
		id := e.id(b.graph)
		if id == "" {
			return fmt.Errorf("%w: a relation joins entities %d and %d, which are not both there", store.ErrCorrupt, e.source(), e.target())
		}
		r, err := openRow(numberKey(e), row, func(payload []byte) (literature.Record, error) {
			return decodeRelation(payload, id, e.kind(), source.ID, target.ID)
		})
		if err != nil {
			return fmt.Errorf("%w: %s from %s to %s: %w", store.ErrCorrupt, e.kind(), source.ID, target.ID, err)
		}
		hash, _ := hashOf(id)
		s.edges.add(b.graph, e, hash)
		return b.add(r.record)
	}, "SELECT edge, row FROM relation ORDER BY edge")
	if err != nil {
		return nil, err
	}
	err = conn.each(ctx, func(rows *sql.Rows) error {
		var id literature.ID
		var row sql.RawBytes
		if err := rows.Scan(&id, &row); err != nil {
			return err
		}
		r, err := openRow(textKey(id), row, func(payload []byte) (literature.Record, error) { return decodeRecord(id, payload) })
		if err != nil {
			return corrupt(id)
		}
		return b.add(r.record)
	}, "SELECT id, row FROM result ORDER BY id")
	if err == nil {
		err = b.flush()
	}
	if err != nil {
		return nil, err
	}
	return newSnapshot(b.graph, extents{}.with(b.lengths), newFrequencies().with(b.growth)), nil
}

// rebuilding is a graph being fed.
type rebuilding struct {
	version store.Version
	graph   *projection.Graph
	change  projection.Change
	lengths map[uint32]extent
	growth  growth
}

func (b *rebuilding) add(record literature.Record) error {
	b.change.Upserted = append(b.change.Upserted, record)
	if len(b.change.Upserted) < rebuildBatch {
		return nil
	}
	return b.flush()
}

func (b *rebuilding) flush() (err error) {
	b.graph, err = b.graph.Apply(b.change)
	b.change = projection.Change{Version: b.version, Numbers: make(map[literature.ID]uint32)}
	if err != nil { // what was written was not invalid
		return fmt.Errorf("%w: %s", store.ErrCorrupt, err.Error())
	}
	return nil
}

func redirects(ctx context.Context, conn *session) (map[literature.ID]literature.ID, error) {
	found := make(map[literature.ID]literature.ID)
	err := conn.each(ctx, func(rows *sql.Rows) error {
		var id, target literature.ID
		err := rows.Scan(&id, &target)
		found[id] = target
		return err
	}, "SELECT id, target FROM redirect")
	return found, err
}

// replay leads a snapshot through the log to the version of the file, and tells how many records that touched.
func (s *Store) replay(ctx context.Context, conn *session, from **snapshot) (int, error) {
	base := *from
	var entries []*entry
	err := entriesAfter(ctx, conn, base.graph.Version(), func(e *entry) error {
		entries = append(entries, e)
		return nil
	})
	if err != nil || len(entries) == 0 {
		return 0, err
	}
	r := replaying{
		conn: conn, entries: entries, touchedBy: make(map[literature.ID][]int),
		numbers: make(map[uint32]literature.ID), present: make(map[literature.ID]stored),
	}
	if err := r.load(ctx, base.graph); err != nil {
		return 0, err
	}
	graph := base.graph
	for i := range entries {
		c, err := r.change(ctx, i)
		if err != nil {
			return 0, err
		}
		if graph, err = graph.Apply(c); err != nil {
			return 0, err
		}
	}
	lengths := make(map[uint32]extent)
	for n, id := range r.numbers {
		e, _ := r.present[id].record.(literature.Entity)
		lengths[n] = textOf(e).extent
	}
	grown, err := r.growth(ctx)
	if err != nil {
		return 0, err
	}
	for _, e := range entries {
		for _, t := range e.created {
			if hash, ok := hashOf(t.id); ok {
				s.edges.add(graph, t.edge, hash)
			}
		}
		s.cache.forget(e.version, idsOf(e.updated), idsOf(e.removed))
	}
	*from = newSnapshot(graph, base.extents.with(lengths), base.frequencies.with(grown))
	return len(r.touchedBy), nil
}

// replaying is a stretch of the log with the records it touched.
type replaying struct {
	conn      *session
	entries   []*entry
	touchedBy map[literature.ID][]int // by which entries, ascending
	numbers   map[uint32]literature.ID
	present   map[literature.ID]stored
}

// load fetches what there is now of the records that the log touched.
func (r *replaying) load(ctx context.Context, base *projection.Graph) error {
	wanted := load{entities: make(map[uint32]literature.ID), relations: make(map[edge]literature.ID)}
	for i, e := range r.entries {
		for _, t := range slices.Concat(e.created, e.updated, e.removed) {
			if r.touchedBy[t.id] = append(r.touchedBy[t.id], i); len(r.touchedBy[t.id]) > 1 {
				continue
			}
			switch {
			case t.id.IsRelation():
				wanted.relations[t.edge] = t.id
			case t.id.IsResult():
				wanted.results = append(wanted.results, t.id)
			default:
				wanted.entities[t.number] = t.id
				r.numbers[t.number] = t.id
			}
		}
	}
	idOf := func(n uint32) literature.ID {
		if id, ok := r.numbers[n]; ok {
			return id
		}
		e, _ := base.Numbered(n)
		return e.ID
	}
	return wanted.run(ctx, r.conn, idOf, func(id literature.ID, s stored, _ int) { r.present[id] = s })
}

// change is what the i-th entry did.
func (r *replaying) change(ctx context.Context, i int) (projection.Change, error) {
	e := r.entries[i]
	c := projection.Change{Version: e.version, Redirected: e.head.Redirected, Numbers: make(map[literature.ID]uint32)}
	for _, t := range slices.Concat(e.created, e.updated) {
		after, err := r.after(ctx, t.id, i)
		if err != nil {
			return c, err
		}
		c.Upserted = append(c.Upserted, after)
		if t.number != 0 {
			c.Numbers[t.id] = t.number
		}
	}
	for _, t := range e.removed {
		s, err := before(ctx, r.conn, e.version, t.id)
		if err != nil {
			return c, err
		}
		if s.record == nil {
			return c, corrupt(t.id)
		}
		c.Removed = append(c.Removed, s.record)
	}
	return c, nil
}

// growth is what the whole stretch does to the frequencies of stems.
func (r *replaying) growth(ctx context.Context) (growth, error) {
	grown := make(growth)
	for id, by := range r.touchedBy {
		if id.IsRelation() || id.IsResult() {
			continue
		}
		old, err := before(ctx, r.conn, r.entries[by[0]].version, id)
		if err != nil {
			return nil, err
		}
		was, _ := old.record.(literature.Entity)
		is, _ := r.present[id].record.(literature.Entity)
		grown.add(textOf(was), -1)
		grown.add(textOf(is), 1)
	}
	return grown, nil
}

// after is a record as the i-th entry left it: as the next entry found it, or as it is now.
func (r *replaying) after(ctx context.Context, id literature.ID, i int) (literature.Record, error) {
	by := r.touchedBy[id]
	s := r.present[id]
	if at := slices.Index(by, i); at+1 < len(by) {
		var err error
		if s, err = before(ctx, r.conn, r.entries[by[at+1]].version, id); err != nil {
			return nil, err
		}
	}
	if s.record == nil {
		return nil, corrupt(id)
	}
	return s.record, nil
}

// catchUp leads a read-only store to the version of the file.
func (s *Store) catchUp(ctx context.Context) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	conn, _, err := s.read.begin(ctx)
	if err != nil {
		return err
	}
	defer s.read.end(conn)
	now := s.current.Load()
	next := now
	if _, err := s.replay(ctx, conn, &next); err != nil || next == now {
		return err
	}
	s.current.Store(next)
	close(now.superseded)
	return nil
}
