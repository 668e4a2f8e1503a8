package sqlite

import (
	"context"
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// The way of a write. One writer at a time (the turn) works out what the batch changes against the newest snapshot (plan.go), makes the next snapshot
// beside it, then writes everything in one transaction (write.go): the version first, the records, what is derived from them, the log. When SQLite has
// synced the commit, the snapshot is published; a reader that finds the file ahead of the snapshots waits for that moment, which no disk prolongs.

// Apply implements store.Writer.
func (s *Store) Apply(ctx context.Context, b store.Batch) (store.Version, error) {
	if err := b.Check(); err != nil {
		return 0, err
	}
	if err := s.enter(); err != nil {
		return 0, translate(ctx, "apply", err)
	}
	defer s.leave()
	version, err := s.apply(ctx, b)
	return version, translate(ctx, "apply", err)
}

func (s *Store) apply(ctx context.Context, b store.Batch) (store.Version, error) {
	if s.writer == nil {
		return 0, fmt.Errorf("%w: %s is open for reading only", store.ErrUnavailable, s.path)
	}
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	if err := s.failed; err != nil {
		return 0, err
	}
	m := &moment{store: s, snapshot: s.current.Load()}
	defer m.end()
	p, err := newPlan(ctx, m, b)
	if err != nil {
		return 0, err
	}
	version := m.graph.Version()
	if p.empty() {
		return version, nil
	}
	version++
	graph, err := m.graph.Apply(p.change(version))
	if err != nil {
		return 0, err
	}
	w, err := newWrite(p, b, graph)
	if err != nil {
		return 0, err
	}
	m.end() // the transaction that read for the plan would hold back checkpoints
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if err := s.commit(context.WithoutCancel(ctx), w); err != nil {
		return 0, err
	}
	s.publish(newSnapshot(graph, m.extents.with(w.extents), m.frequencies.with(w.growth)), p)
	s.packLater(len(p.steps))
	return version, nil
}

// commit writes in one transaction. An error of the commit itself leaves open what is on the disk, so that the store fails from then on.
func (s *Store) commit(ctx context.Context, w *write) error {
	err := s.writer.exec(ctx, "BEGIN IMMEDIATE")
	if err != nil {
		return err
	}
	if err = w.run(ctx, s.writer, &s.indexer); err == nil {
		if err = s.writer.exec(ctx, "COMMIT"); err == nil {
			return nil
		}
		var version store.Version
		if s.writer.exec(ctx, "ROLLBACK") != nil || s.writer.one(ctx, &version, "SELECT version FROM head") != nil || version == w.entry.version {
			return s.fail(err)
		}
	} else {
		_ = s.writer.exec(ctx, "ROLLBACK")
	}
	s.indexer.reset()
	return err
}

// fail ends all writing, and the waiting of readers for what will not be published. The turn is held.
func (s *Store) fail(err error) error {
	s.failed = fmt.Errorf("%w: a commit failed half way, open the store again: %w", store.ErrUnavailable, err)
	close(s.broken)
	return s.failed
}

// publish makes a committed state the one that later calls see.
func (s *Store) publish(next *snapshot, p *plan) {
	touched := make([]literature.ID, len(p.steps))
	for i := range p.steps {
		step := &p.steps[i]
		if touched[i] = step.id; step.edge != 0 && step.before.record == nil {
			hash, _ := hashOf(step.id)
			s.edges.add(next.graph, step.edge, hash)
		}
	}
	s.cache.forget(next.graph.Version(), touched)
	before := s.current.Swap(next)
	close(before.superseded)
}

// await waits until a snapshot of a version is there.
func (s *Store) await(ctx context.Context, version store.Version) error {
	for {
		now := s.current.Load()
		if now.graph.Version() >= version {
			return nil
		}
		if s.writer == nil {
			return s.catchUp(ctx)
		}
		select {
		case <-now.superseded:
		case <-s.broken:
			return s.failed
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
