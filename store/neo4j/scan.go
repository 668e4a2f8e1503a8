package neo4j

import (
	"cmp"
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
RETURN collect([n.id, %s, COLLECT { MATCH (old:Redirect {to: n.id}) RETURN old.id }]) AS rows`
	scanResults = `MATCH (n:Result) WHERE n.id > $given.after WITH n ORDER BY n.id LIMIT $given.limit RETURN collect([n.id, n.record]) AS rows`
	scanLeaving = `MATCH (n:Entity) WHERE n.id > $given.after WITH n ORDER BY n.id LIMIT $given.limit
RETURN collect([n.id, COLLECT { MATCH (n)-[r:%s]->() RETURN ` + bareRelation + ` }]) AS rows`
	// Only ABOUT has a weight; to look for it elsewhere would read all that a relationship has.
	bareRelation = "[type(r), startNode(r).id, endNode(r).id, CASE type(r) WHEN 'ABOUT' THEN r.weight END]"
	scanBranch   = `MATCH ()-[r:%s]->() WHERE r.id > $given.after AND r.id <= $given.upTo RETURN r.id AS id, r ORDER BY id LIMIT $given.limit`
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
func (s *Store) Scan(ctx context.Context, q store.ScanQuery, fn func(store.Change, []literature.Record) error) (store.Version, error) {
	st := newStatement()
	st.body = presentVersion
	rows, err := s.read(ctx, "scan", st)
	if err != nil {
		return 0, err
	}
	version, relationships := store.Version(asInt(rows[0])), asInt(rows[1])
	if err := store.CheckVersion(q.Since, version); err != nil {
		return 0, err
	}
	if q.Since > 0 {
		for v := q.Since + 1; v <= version; v++ {
			if err := s.scanChange(ctx, v, q.Bare, fn); err != nil {
				return 0, err
			}
		}
		return version, nil
	}
	batches := store.ScanBatches{Fn: fn}
	if q.Bare {
		err = s.scanBare(ctx, &batches)
	} else {
		err = s.scanRecords(ctx, relationships, &batches)
	}
	if err != nil {
		return 0, err
	}
	return version, batches.Flush()
}

// scanRecords reads the whole graph.
func (s *Store) scanRecords(ctx context.Context, relationships int64, batches *store.ScanBatches) error {
	if err := s.scanOrdered(ctx, fmt.Sprintf(scanEntities, "n.record"), store.MaxScanBatch, putInto(batches)); err != nil {
		return err
	}
	if err := s.scanWindows(ctx, relationships, putInto(batches)); err != nil {
		return err
	}
	return s.scanOrdered(ctx, scanResults, store.MaxScanBatch, putInto(batches))
}

// scanBare reads what a bare scan of the whole graph tells; relations by the nodes that they leave, so that nothing in most of them is read.
func (s *Store) scanBare(ctx context.Context, batches *store.ScanBatches) error {
	if err := s.scanOrdered(ctx, fmt.Sprintf(scanEntities, "n:Stub"), store.MaxScanBatch, putInto(batches)); err != nil {
		return err
	}
	const sources = store.MaxScanBatch / 10 // a paper has some twenty relations
	return s.scanOrdered(ctx, fmt.Sprintf(scanLeaving, relationTypes), sources, func(row []any) error {
		var leaving []*literature.Relation
		for _, of := range asList(row[1]) {
			leaving = append(leaving, strippedRelation(asList(of)))
		}
		slices.SortFunc(leaving, func(a, b *literature.Relation) int {
			return cmp.Or(cmp.Compare(a.Kind.Rank(), b.Kind.Rank()), cmp.Compare(a.Target, b.Target))
		})
		for _, r := range leaving {
			if err := batches.Put(r); err != nil {
				return err
			}
		}
		return nil
	})
}

// scanned makes a record of a row whose second element is its JSON or, in a bare scan, whether the entity of the id before it is a stub, or what a relation joins.
func scanned(row []any) (literature.Record, error) {
	switch what := row[1].(type) {
	case bool:
		return store.StrippedEntity(asID(row[0]), what), nil
	case []any:
		return strippedRelation(what), nil
	default:
		return decode(what)
	}
}

// strippedRelation reads what bareRelation answers.
func strippedRelation(of []any) *literature.Relation {
	return &literature.Relation{Kind: literature.RelationKind(asText(of[0])), Source: asID(of[1]), Target: asID(of[2]), Weight: int(asInt(of[3]))}
}

// putInto puts the record of a row of id and record into batches, an entity with the ids redirected to it.
func putInto(batches *store.ScanBatches) func(row []any) error {
	return func(row []any) error {
		record, err := scanned(row)
		if err != nil {
			return err
		}
		var redirected []literature.ID
		if len(row) > 2 {
			redirected = asIDs(row[2])
		}
		return batches.Put(record, redirected...)
	}
}

// scanOrdered reads rows of all nodes of a label in id order, so many at once.
func (s *Store) scanOrdered(ctx context.Context, body string, limit int, each func(row []any) error) error {
	for after := ""; ; {
		st := newStatement()
		st.body = body
		st.params = map[string]any{"after": after, "limit": int64(limit)}
		rows, err := s.read(ctx, "scan", st)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := each(asList(row)); err != nil {
				return err
			}
		}
		if len(rows) < limit {
			return nil
		}
		after = asText(asList(rows[len(rows)-1])[0])
	}
}

// scanWindows reads all relations in id order. Ids are hashes and lie evenly, so that the size of a window follows from how many there are; a window
// that holds more than a batch is read in several.
func (s *Store) scanWindows(ctx context.Context, relationships int64, each func(row []any) error) error {
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
			for _, row := range rows {
				if err := each(asList(row)); err != nil {
					return err
				}
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
  MATCH (n:Entity {id: asked}) RETURN collect([n.id, %s]) AS entities }
CALL (c) { UNWIND c.created + c.updated + c.removed AS asked WITH asked WHERE asked STARTS WITH 'result/'
  MATCH (n:Result {id: asked}) RETURN collect([n.id, n.record]) AS results }
CALL (c) { UNWIND c.created + c.updated + c.removed AS asked WITH asked WHERE asked STARTS WITH 'relation/' CALL (asked) {
%s
} RETURN collect([r.id, %s]) AS relations }
RETURN [c {.*}, entities + relations%s] AS rows`

// scanChange hands over one change with what it touched as it is now. What it removed may be back under the same id.
func (s *Store) scanChange(ctx context.Context, version store.Version, bare bool, fn func(store.Change, []literature.Record) error) error {
	st := newStatement()
	st.body = fmt.Sprintf(changeAt, "n.record", anyRelation, "r.record", " + results")
	if bare {
		st.body = fmt.Sprintf(changeAt, "n:Stub", anyRelation, bareRelation, "")
	}
	st.params = map[string]any{"version": int64(version)}
	rows, err := s.read(ctx, "scan", st)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return fmt.Errorf("%w: neo4j: the change log lacks version %d", store.ErrCorrupt, version)
	}
	change := changeOf(rows[0])
	touched := asList(rows[1])
	slices.SortFunc(touched, func(a, b any) int { return cmp.Compare(asText(asList(a)[0]), asText(asList(b)[0])) })
	var records []literature.Record
	for _, row := range touched {
		record, err := scanned(asList(row))
		if err != nil {
			return err
		}
		records = append(records, record)
	}
	return fn(change, records)
}
