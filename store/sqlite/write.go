package sqlite

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

// write is a plan made ready for the file: everything that can be worked out before the transaction is.
type write struct {
	entry     entry
	entities  []entityWrite
	relations []relationWrite
	results   []resultWrite
	before    []stored
	ended     []end
	// unredirected are ids whose redirect ends.
	unredirected []literature.ID
	extents      map[uint32]extent
	growth       growth
}

type entityWrite struct {
	number           uint32
	old, new         literature.Entity // nil: none
	row              []byte            // nil: removed
	before, after    ownText
	dropped, entered []int64 // hashes of names
}

type relationWrite struct {
	edge edge
	new  *literature.Relation
	row  []byte // nil: removed
}

type resultWrite struct {
	id  literature.ID
	new *literature.Result
	row []byte // nil: removed
}

// end says that a record does not concern its owner any more.
type end struct{ owner, id literature.ID }

func newWrite(p *plan, b store.Batch, next *projection.Graph) (*write, error) {
	w := &write{extents: make(map[uint32]extent), growth: make(growth)}
	w.entry = entry{
		version: next.Version(),
		head:    head{At: p.at, Author: b.Author, Job: b.Job, Reason: b.Reason, Redirected: p.redirected},
	}
	for i := range p.steps {
		s := &p.steps[i]
		t, err := w.add(p.graph, next, s)
		if err != nil {
			return nil, err
		}
		if s.before.record == nil {
			w.entry.created = append(w.entry.created, t)
			continue
		}
		w.before = append(w.before, s.before)
		var now []literature.ID
		if s.after == nil {
			w.entry.removed = append(w.entry.removed, t)
		} else {
			w.entry.updated = append(w.entry.updated, t)
			now = owners(s.after)
		}
		for _, owner := range owners(s.before.record) {
			if !slices.Contains(now, owner) {
				w.ended = append(w.ended, end{owner, s.id})
			}
		}
	}
	return w, w.encode()
}

// add notes what becomes of one record.
func (w *write) add(before, next *projection.Graph, s *step) (touched, error) {
	record, graph := s.after, next
	if record == nil { // what it names may be gone with it
		record, graph = s.before.record, before
	}
	switch r := record.(type) {
	case *literature.Relation:
		if s.ends.source == 0 {
			s.ends.source = graph.Number(r.Source)
		}
		if s.ends.target == 0 {
			s.ends.target = graph.Number(r.Target)
		}
		s.edge = newEdge(r.Kind, s.ends.source, s.ends.target)
		relation, _ := s.after.(*literature.Relation)
		w.relations = append(w.relations, relationWrite{edge: s.edge, new: relation})
		return touched{id: s.id, edge: s.edge}, nil
	case *literature.Result:
		result, _ := s.after.(*literature.Result)
		w.results = append(w.results, resultWrite{id: s.id, new: result})
		return touched{id: s.id}, nil
	}
	number := graph.Number(s.id)
	if number > maxNumber {
		return touched{}, fmt.Errorf("%w: more than %d entities", store.ErrInvalid, maxNumber)
	}
	change := entityWrite{number: number}
	change.old, _ = s.before.record.(literature.Entity)
	change.new, _ = s.after.(literature.Entity)
	w.entities = append(w.entities, change)
	if s.before.record == nil {
		w.unredirected = append(w.unredirected, s.id)
	}
	return touched{id: s.id, number: number}, nil
}

// encode makes the rows, in order of their keys, on all processors.
func (w *write) encode() error {
	slices.SortFunc(w.entities, func(a, b entityWrite) int { return int(a.number) - int(b.number) })
	slices.SortFunc(w.relations, func(a, b relationWrite) int { return int(a.edge) - int(b.edge) })
	version := w.entry.version
	err := parallel(w.entities, func(e *entityWrite) (err error) {
		e.analyse()
		if e.new != nil {
			e.row, err = recordRow(numberKey(e.number), version, e.new)
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, e := range w.entities {
		w.extents[e.number] = e.after.extent
		w.growth.add(e.before, -1)
		w.growth.add(e.after, 1)
	}
	err = parallel(w.relations, func(r *relationWrite) (err error) {
		if r.new != nil {
			r.row, err = relationRow(r.edge, version, r.new)
		}
		return err
	})
	if err != nil {
		return err
	}
	return parallel(w.results, func(r *resultWrite) (err error) {
		if r.new != nil {
			r.row, err = recordRow(textKey(r.id), version, r.new)
		}
		return err
	})
}

// analyse works out what changes in the index and the names.
func (e *entityWrite) analyse() {
	e.before, e.after = textOf(e.old), textOf(e.new)
	was, is := hashesOf(e.old), hashesOf(e.new)
	e.dropped = missingFrom(is, was)
	e.entered = missingFrom(was, is)
}

// missingFrom lists what of wanted is not in sorted.
func missingFrom(sorted, wanted []int64) []int64 {
	var missing []int64
	for _, hash := range wanted {
		if _, ok := slices.BinarySearch(sorted, hash); !ok {
			missing = append(missing, hash)
		}
	}
	return missing
}

// parallel calls do for every item and returns some error.
func parallel[T any](items []T, do func(*T) error) error {
	workers := min(runtime.GOMAXPROCS(0), len(items)/64+1)
	errs := make([]error, workers)
	var group sync.WaitGroup
	size := (len(items) + workers - 1) / workers
	for i := range workers {
		group.Go(func() {
			part := items[min(i*size, len(items)):min((i+1)*size, len(items))]
			for j := range part {
				if err := do(&part[j]); err != nil {
					errs[i] = err
					return
				}
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// run writes everything within a transaction.
func (w *write) run(ctx context.Context, conn *session, index *indexer) error {
	version := int64(w.entry.version)
	if err := conn.exec(ctx, "UPDATE head SET version = ?", version); err != nil {
		return err
	}
	for _, e := range w.entities {
		if err := put(ctx, conn, "entity", "number", int64(e.number), e.row); err != nil {
			return err
		}
	}
	if err := runTexts(ctx, conn, index, w.entities); err != nil {
		return err
	}
	if err := w.runRelations(ctx, conn); err != nil {
		return err
	}
	for _, r := range w.results {
		if err := put(ctx, conn, "result", "id", string(r.id), r.row); err != nil {
			return err
		}
	}
	for _, old := range w.before {
		id := old.record.RecordID()
		row, err := recordRow(beforeKey(w.entry.version, id), old.version, old.record)
		if err != nil {
			return err
		}
		if err := conn.exec(ctx, "INSERT INTO before (version, id, row) VALUES (?, ?, ?)", version, string(id), row); err != nil {
			return err
		}
	}
	for _, end := range w.ended {
		if err := conn.exec(ctx, "INSERT OR IGNORE INTO ended (owner, id, version) VALUES (?, ?, ?)", string(end.owner), string(end.id), version); err != nil {
			return err
		}
	}
	var anyRedirect bool
	if err := conn.one(ctx, &anyRedirect, "SELECT EXISTS (SELECT 1 FROM redirect)"); err != nil {
		return err
	}
	for _, id := range w.unredirected {
		if !anyRedirect {
			break
		}
		if err := conn.exec(ctx, "DELETE FROM redirect WHERE id = ?", string(id)); err != nil {
			return err
		}
	}
	for id, target := range w.entry.head.Redirected {
		if err := conn.exec(ctx, "INSERT OR REPLACE INTO redirect (id, target) VALUES (?, ?)", string(id), string(target)); err != nil {
			return err
		}
	}
	row, err := w.entry.row()
	if err != nil {
		return err
	}
	return conn.exec(ctx, "INSERT INTO change (version, row) VALUES (?, ?)", version, row)
}

// runTexts writes what is derived from the texts of entities.
func runTexts(ctx context.Context, conn *session, index *indexer, entities []entityWrite) error {
	for _, e := range entities {
		if err := index.update(ctx, conn, e.number, e.before, e.after); err != nil {
			return err
		}
		for _, hash := range e.dropped {
			if err := conn.exec(ctx, "DELETE FROM name WHERE hash = ? AND entity = ?", hash, int64(e.number)); err != nil {
				return err
			}
		}
	}
	// In order of the hashes, so that a batch passes through the table once.
	type entered struct {
		hash   int64
		number uint32
	}
	var all []entered
	for _, e := range entities {
		for _, hash := range e.entered {
			all = append(all, entered{hash, e.number})
		}
	}
	slices.SortFunc(all, func(a, b entered) int {
		if a.hash < b.hash {
			return -1
		}
		return 1
	})
	for _, n := range all {
		if err := conn.exec(ctx, "INSERT OR IGNORE INTO name (hash, entity) VALUES (?, ?)", n.hash, int64(n.number)); err != nil {
			return err
		}
	}
	return nil
}

// relationsAtOnce is how many rows one statement inserts: relations are nearly all of an import, and half the price of a small row is that of its statement.
const relationsAtOnce = 16

var insertRelations = "INSERT OR REPLACE INTO relation (edge, row) VALUES " + strings.Repeat("(?, ?), ", relationsAtOnce-1) + "(?, ?)"

func (w *write) runRelations(ctx context.Context, conn *session) error {
	args := make([]any, 0, 2*relationsAtOnce)
	for _, r := range w.relations {
		if r.row == nil {
			if err := put(ctx, conn, "relation", "edge", int64(r.edge), nil); err != nil {
				return err
			}
			continue
		}
		if args = append(args, int64(r.edge), r.row); len(args) == cap(args) {
			if err := conn.exec(ctx, insertRelations, args...); err != nil {
				return err
			}
			args = args[:0]
		}
	}
	for ; len(args) > 0; args = args[2:] {
		if err := put(ctx, conn, "relation", "edge", args[0], args[1].([]byte)); err != nil {
			return err
		}
	}
	return nil
}

// put writes a row, or removes it where it is nil.
func put(ctx context.Context, conn *session, table, key string, value any, row []byte) error {
	if row == nil {
		return conn.exec(ctx, "DELETE FROM "+table+" WHERE "+key+" = ?", value)
	}
	return conn.exec(ctx, "INSERT OR REPLACE INTO "+table+" ("+key+", row) VALUES (?, ?)", value, row)
}
