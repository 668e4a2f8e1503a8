package neo4j

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	presentVersion = `MATCH (meta:Papergraph {id: 'meta'})
CALL () { MATCH ()-[r]->() RETURN count(r) AS relationships }
RETURN [meta.version, relationships] AS rows`

	// The third element of a row is the ids that were redirected to the entity.
	scanEntities = `MATCH (n:Entity) WHERE n.id > $given.after WITH n ORDER BY n.id LIMIT $given.limit
RETURN collect([n.id, n.record, COLLECT { MATCH (old:Redirect {to: n.id}) RETURN old.id }]) AS rows`
	scanResults = `MATCH (n:Result) WHERE n.id > $given.after WITH n ORDER BY n.id LIMIT $given.limit RETURN collect([n.id, n.record]) AS rows`
	scanBranch  = `MATCH ()-[r:%s]->() WHERE r.id > $given.after AND r.id <= $given.upTo RETURN r.id AS id, r ORDER BY id LIMIT $given.limit`
)

// scanRelations takes from every kind what lies in a window of ids, so that ids come in order across kinds and no more is read than is given.
var scanRelations = func() string {
	var branches []string
	for _, kind := range literature.RelationKinds() {
		branches = append(branches, fmt.Sprintf(scanBranch, kind))
	}
	return "CALL () {\n" + strings.Join(branches, "\nUNION ALL\n") + "\n}\nWITH id, r ORDER BY id LIMIT $given.limit RETURN collect([id, r.record]) AS rows"
}()

// Scan implements store.Reader.
func (s *Store) Scan(ctx context.Context, since store.Version, fn func(store.Change, []literature.Record) error) (store.Version, error) {
	st := newStatement()
	st.body = presentVersion
	rows, err := s.read(ctx, "scan", st)
	if err != nil {
		return 0, err
	}
	version, relationships := store.Version(asInt(rows[0])), asInt(rows[1])
	if err := store.CheckVersion(since, version); err != nil {
		return 0, err
	}
	if since > 0 {
		for v := since + 1; v <= version; v++ {
			if err := s.scanChange(ctx, v, fn); err != nil {
				return 0, err
			}
		}
		return version, nil
	}
	batch := batcher{fn: fn}
	if err := s.scanOrdered(ctx, scanEntities, &batch); err != nil {
		return 0, err
	}
	if err := s.scanWindows(ctx, relationships, &batch); err != nil {
		return 0, err
	}
	if err := s.scanOrdered(ctx, scanResults, &batch); err != nil {
		return 0, err
	}
	return version, batch.flush()
}

// batcher hands records over in full batches, each with the redirects to what is in it.
type batcher struct {
	fn         func(store.Change, []literature.Record) error
	pending    []literature.Record
	redirected map[literature.ID]literature.ID
}

// add decodes rows of id and record, those of entities with the ids redirected to them.
func (b *batcher) add(rows []any) error {
	for _, row := range rows {
		r := asList(row)
		record, err := decode(r[1])
		if err != nil {
			return err
		}
		if len(r) > 2 {
			b.redirect(asIDs(r[2]), record.RecordID())
		}
		if b.pending = append(b.pending, record); len(b.pending) == store.MaxScanBatch {
			if err := b.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (b *batcher) flush() error {
	if len(b.pending) == 0 {
		return nil
	}
	records, redirected := b.pending, b.redirected
	b.pending, b.redirected = nil, nil
	return b.fn(store.Change{Redirected: redirected}, records)
}

func (b *batcher) redirect(ids []literature.ID, target literature.ID) {
	for _, old := range ids {
		if b.redirected == nil {
			b.redirected = make(map[literature.ID]literature.ID)
		}
		b.redirected[old] = target
	}
}

// scanOrdered reads all nodes of a label in id order.
func (s *Store) scanOrdered(ctx context.Context, body string, batch *batcher) error {
	for after := ""; ; {
		st := newStatement()
		st.body = body
		st.params = map[string]any{"after": after, "limit": int64(store.MaxScanBatch)}
		rows, err := s.read(ctx, "scan", st)
		if err != nil {
			return err
		}
		if err := batch.add(rows); err != nil {
			return err
		}
		if len(rows) < store.MaxScanBatch {
			return nil
		}
		after = asText(asList(rows[len(rows)-1])[0])
	}
}

// scanWindows reads all relations in id order. Ids are hashes and lie evenly, so that the size of a window follows from how many there are; a window
// that holds more than a batch is read in several.
func (s *Store) scanWindows(ctx context.Context, relationships int64, batch *batcher) error {
	windows := uint64(relationships/(store.MaxScanBatch*9/10) + 1)
	step := math.MaxUint64/windows + 1 // 0 where there is one window
	after := "relation/"
	for i := range windows {
		upTo := fmt.Sprintf("relation/%016x", (i+1)*step-1)
		if i == windows-1 {
			upTo = "relation/g" // behind every hash
		}
		for full := true; full; {
			st := newStatement()
			st.body = scanRelations
			st.params = map[string]any{"after": after, "upTo": upTo, "limit": int64(store.MaxScanBatch)}
			rows, err := s.read(ctx, "scan", st)
			if err != nil {
				return err
			}
			if err := batch.add(rows); err != nil {
				return err
			}
			if full = len(rows) == store.MaxScanBatch; full {
				after = asText(asList(rows[len(rows)-1])[0])
			}
		}
		after = upTo
	}
	return nil
}

const changeAt = `MATCH (c:Change {version: $given.version})
CALL (c) { UNWIND c.created + c.updated + c.removed AS asked WITH asked WHERE NOT asked STARTS WITH 'relation/' AND NOT asked STARTS WITH 'result/'
  MATCH (n:Entity {id: asked}) RETURN collect(n.record) AS entities }
CALL (c) { UNWIND c.created + c.updated + c.removed AS asked WITH asked WHERE asked STARTS WITH 'result/' MATCH (n:Result {id: asked}) RETURN collect(n.record) AS results }
CALL (c) { UNWIND c.created + c.updated + c.removed AS asked WITH asked WHERE asked STARTS WITH 'relation/' CALL (asked) {
%s
} RETURN collect(r.record) AS relations }
RETURN [c {.*}, entities + relations + results] AS rows`

// scanChange hands over one change with what it touched as it is now. What it removed may be back under the same id.
func (s *Store) scanChange(ctx context.Context, version store.Version, fn func(store.Change, []literature.Record) error) error {
	st := newStatement()
	st.body = fmt.Sprintf(changeAt, anyRelation)
	st.params = map[string]any{"version": int64(version)}
	rows, err := s.read(ctx, "scan", st)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("%w: neo4j: the change log lacks version %d", store.ErrCorrupt, version)
	}
	change := changeOf(rows[0])
	var records []literature.Record
	for _, text := range asList(rows[1]) {
		record, err := decode(text)
		if err != nil {
			return err
		}
		records = append(records, record)
	}
	slices.SortFunc(records, func(a, b literature.Record) int { return strings.Compare(string(a.RecordID()), string(b.RecordID())) })
	return fn(change, records)
}
