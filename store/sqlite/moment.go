package sqlite

import (
	"context"
	"errors"
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

// moment is the one state of the graph that a call sees: a snapshot in memory and, from the first question that memory cannot answer, a read
// transaction of the same version. It is the projection.Source of the call.
type moment struct {
	store *Store
	*snapshot
	conn *session
}

// moved is the finding that the file is not at the version of the moment's snapshot; the call starts again.
type moved struct{ version store.Version }

func (m moved) Error() string {
	return fmt.Sprintf("%v: the file moved on to version %d", store.ErrUnavailable, m.version)
}
func (moved) Unwrap() error { return store.ErrUnavailable }

// maxTries bounds how often a call starts again. A try fails where a commit falls between taking the snapshot and opening the transaction, some 20 µs.
const maxTries = 1000

// answer runs one call of the store: ask may be called several times, each time with another state.
func answer[T any](ctx context.Context, s *Store, what string, ask func(ctx context.Context, m *moment) (T, error)) (T, error) {
	var none T
	if err := s.enter(); err != nil {
		return none, translate(ctx, what, err)
	}
	defer s.leave()
	for try := 0; ; try++ {
		m := &moment{store: s, snapshot: s.current.Load()}
		found, err := attempt(ctx, m, ask)
		m.end()
		if err == nil {
			return found, nil
		}
		var ahead moved
		if !errors.As(err, &ahead) || try == maxTries {
			return none, translate(ctx, what, err)
		}
		if err := s.await(ctx, ahead.version); err != nil {
			return none, translate(ctx, what, err)
		}
	}
}

func attempt[T any](ctx context.Context, m *moment, ask func(ctx context.Context, m *moment) (T, error)) (found T, err error) {
	if err := ctx.Err(); err != nil {
		return found, err
	}
	if m.store.writer == nil { // another process writes: look whether it has
		if _, err := m.session(ctx); err != nil {
			return found, err
		}
	}
	return ask(ctx, m)
}

// view is answer for what the projection answers by itself.
func view[T any](ctx context.Context, s *Store, what string, ask func(projection.View) (T, error)) (T, error) {
	return answer(ctx, s, what, func(_ context.Context, m *moment) (T, error) {
		return ask(projection.View{Graph: m.graph, Source: m})
	})
}

// session is the connection in a transaction that sees the moment's version.
func (m *moment) session(ctx context.Context) (*session, error) {
	if m.conn != nil {
		return m.conn, nil
	}
	conn, version, err := m.store.read.begin(ctx)
	if err != nil {
		return nil, err
	}
	if version != m.graph.Version() {
		m.store.read.end(conn)
		return nil, moved{version}
	}
	m.conn = conn
	return conn, nil
}

// end gives the transaction back.
func (m *moment) end() {
	if m.conn != nil {
		m.store.read.end(m.conn)
		m.conn = nil
	}
}

// Records implements projection.Source: ids are those of present records. Ids that name nothing are absent.
func (m *moment) Records(ctx context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	found, err := m.stored(ctx, ids)
	if err != nil {
		return nil, err
	}
	records := make(map[literature.ID]literature.Record, len(found))
	for id, s := range found {
		records[id] = s.record
	}
	return records, nil
}

// stored fetches records by their present ids, from the cache or else from the file.
func (m *moment) stored(ctx context.Context, ids []literature.ID) (map[literature.ID]stored, error) {
	found := make(map[literature.ID]stored, len(ids))
	var wanted load
	for _, id := range ids {
		if s, ok := m.store.cache.get(id, m.graph.Version()); ok {
			found[id] = s
			continue
		}
		wanted.add(m, id)
	}
	if wanted.empty() {
		return found, nil
	}
	conn, err := m.session(ctx)
	if err != nil {
		return nil, err
	}
	err = wanted.run(ctx, conn, m.idOf, func(id literature.ID, s stored, size int) {
		found[id] = s
		m.store.cache.put(id, s, m.graph.Version(), size)
	})
	if err != nil {
		return nil, err
	}
	return found, wanted.complete(found)
}

// idOf is the id of an entity by its number.
func (m *moment) idOf(number uint32) literature.ID {
	e, _ := m.graph.Numbered(number)
	return e.ID
}
