package neo4j

import (
	"context"
	"fmt"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// lockMeta comes first in every transaction that writes: who holds this lock is the only writer, so that versions are in the order of commits
// and what was read stays true until the commit. A graph that does not tell its analysis is older than the property, and has the first.
const lockMeta = `MATCH (meta:Papergraph {id: 'meta'}) SET meta.lock = true REMOVE meta.lock
RETURN [meta.version, meta.tagged, meta.tokens, coalesce(meta.analysis, 1)] AS rows`

// Apply implements store.Writer.
func (s *Store) Apply(ctx context.Context, b store.Batch) (store.Version, error) {
	if err := b.Check(); err != nil {
		return 0, err
	}
	if err := s.ready(ctx); err != nil {
		return 0, err
	}
	select { // waiting here costs no connection, of which a writer needs a second one for the gate
	case s.writing <- struct{}{}:
		defer func() { <-s.writing }()
	case <-ctx.Done():
		return 0, fmt.Errorf("neo4j: apply: %w", ctx.Err())
	}
	at := b.At
	if at.IsZero() {
		at = time.Now()
	}
	at = at.UTC().Truncate(time.Second)
	var begun int64
	version, _, err := s.once(ctx, neo4j.AccessModeWrite, func(tx neo4j.ManagedTransaction) (any, bool, error) {
		w := &writer{s: s, ctx: ctx, tx: tx, batch: b, at: at}
		changed, err := w.apply()
		if err == nil && changed {
			begun, err = s.openGate(ctx)
		}
		return w.version, changed, err
	})
	if begun > 0 {
		s.shutGate(ctx, begun)
	}
	if err != nil {
		return 0, translate(ctx, "apply", err)
	}
	return version.(store.Version), nil
}

// writer applies one batch in one transaction.
type writer struct {
	s     *Store
	ctx   context.Context //nolint:containedctx // it lives as long as the call
	tx    neo4j.ManagedTransaction
	batch store.Batch
	at    time.Time

	version        store.Version // of the graph: before the batch, then after it
	tagged, tokens int64         // the counters of "meta"

	before    map[literature.ID]stored            // records as they were, as far as the batch concerns them
	ends      map[literature.ID][]any             // entities that are only named, if they exist, with their labels
	redirects map[literature.ID]literature.ID     // redirects that concern the batch, as they were
	after     map[literature.ID]literature.Record // records as they will be; nil: gone
	change    store.Change
	topics    []any // topics and by how much the number of their papers grows
}

// stored is a record as the graph holds it.
type stored struct {
	record  literature.Record
	text    string // the record as JSON
	changed store.Version
	length  int64 // of a paper: the number of its tokens
}

// apply does everything but the commit. It tells whether the batch changes anything.
func (w *writer) apply() (bool, error) {
	meta, err := w.ask(lockMeta, nil)
	if err != nil {
		return false, err
	}
	if present := asInt(meta[3]); present != analysis.Version {
		return false, otherAnalysis(present)
	}
	w.version, w.tagged, w.tokens = store.Version(asInt(meta[0])), asInt(meta[1]), asInt(meta[2])
	for _, step := range []func() error{w.loadEntities, w.loadRelations, w.loadResults, w.loadRedirects, w.expect, w.work} {
		if err := step(); err != nil {
			return false, err
		}
	}
	if len(w.after)+len(w.change.Redirected) == 0 {
		return false, nil
	}
	w.version++
	for _, step := range []func() error{
		w.countTopics, w.removeRecords, w.writeEntities, w.writeRelations, w.writeResults, w.joinOrganizations, w.writeCounts, w.writeTexts, w.writeLog,
	} {
		if err := step(); err != nil {
			return false, err
		}
	}
	return true, nil
}

// ask runs one statement of the transaction and gives its rows.
func (w *writer) ask(text string, params map[string]any) ([]any, error) {
	rows, _, err := w.s.run(w.ctx, w.tx, text, params)
	return asList(rows), err
}

// each runs one statement for all of a list, and none where it is empty.
func (w *writer) each(text string, list []any) error {
	if len(list) == 0 {
		return nil
	}
	_, err := w.ask(text, map[string]any{"list": list})
	return err
}

// exists tells whether a record will be there after the batch.
func (w *writer) exists(id literature.ID) bool {
	if record, touched := w.after[id]; touched {
		return record != nil
	}
	if _, ok := w.before[id]; ok {
		return true
	}
	_, found := w.ends[id]
	return found
}

// creates tells whether a record is there after the batch and was not before.
func (w *writer) creates(id literature.ID) bool {
	_, existed := w.before[id]
	return w.after[id] != nil && !existed
}
