package projection_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// mirror is a store whose truth is the naive reference of storetest, and whose questions are answered by a projection fed from its change log.
type mirror struct {
	store.Store
	mu  sync.Mutex // writers
	now atomic.Pointer[reflection]
	// then, if not nil, replaces the graph after each change by one that should be equal.
	then func(*reflection) (*projection.Graph, error)
}

// reflection is one state: a graph and the records beside it.
type reflection struct {
	graph     *projection.Graph
	records   map[literature.ID]literature.Record
	redirects map[literature.ID]literature.ID
}

func mirrors(then func(*reflection) (*projection.Graph, error)) func(*testing.T) store.Store {
	return func(*testing.T) store.Store {
		m := &mirror{Store: storetest.NewReference(), then: then}
		m.now.Store(&reflection{graph: projection.New(analysis.SortKey)})
		return m
	}
}

func TestConformance(t *testing.T) { storetest.Run(t, mirrors(nil)) }

// Whatever way a graph came about, it gives the same answers.
func TestRandomGraphs(t *testing.T) {
	for name, then := range map[string]func(*reflection) (*projection.Graph, error){
		"changed": nil,
		"packed":  packedAndUnpacked,
		"rebuilt": rebuilt,
	} {
		t.Run(name, func(t *testing.T) { storetest.Compare(t, mirrors(then), 20) })
	}
}

func packedAndUnpacked(r *reflection) (*projection.Graph, error) {
	var packed bytes.Buffer
	if err := r.graph.Encode(&packed); err != nil {
		return nil, err
	}
	return projection.Decode(&packed, analysis.SortKey)
}

// rebuilt feeds a new graph with all records and the numbers they had.
func rebuilt(r *reflection) (*projection.Graph, error) {
	change := projection.Change{Version: r.graph.Version(), Redirected: r.redirects, Numbers: make(map[literature.ID]uint32)}
	for id, record := range r.records {
		change.Upserted = append(change.Upserted, record)
		change.Numbers[id] = r.graph.Number(id)
	}
	return projection.New(analysis.SortKey).Apply(change)
}

func (m *mirror) Apply(ctx context.Context, b store.Batch) (store.Version, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	before := m.now.Load()
	version, err := m.Store.Apply(ctx, b)
	if err != nil || version == before.graph.Version() {
		return version, err
	}
	var change store.Change
	var records []literature.Record
	_, err = m.Store.Scan(ctx, store.ScanQuery{Since: before.graph.Version()}, func(c store.Change, part []literature.Record) error {
		change, records = c, append(records, part...)
		return nil
	})
	if change.Version == 0 { // everything there is, in parts, which is what the first batch made
		change.Version, change.Redirected = version, b.Redirect
	}
	after, applyErr := before.after(change, records)
	if applyErr == nil && m.then != nil {
		after.graph, applyErr = m.then(after)
	}
	m.now.Store(after)
	return version, errors.Join(err, applyErr)
}

func (r *reflection) after(c store.Change, records []literature.Record) (*reflection, error) {
	next := &reflection{records: maps.Clone(r.records), redirects: maps.Clone(r.redirects)}
	if next.records == nil {
		next.records, next.redirects = make(map[literature.ID]literature.Record), make(map[literature.ID]literature.ID)
	}
	maps.Copy(next.redirects, c.Redirected)
	change := projection.Change{Version: c.Version, Upserted: records, Redirected: c.Redirected}
	for _, record := range records {
		next.records[record.RecordID()] = record
		delete(next.redirects, record.RecordID())
	}
	for _, id := range c.Removed {
		change.Removed = append(change.Removed, r.records[id])
		delete(next.records, id)
	}
	var err error
	next.graph, err = r.graph.Apply(change)
	return next, err
}

// Records lends records to the view.
func (r *reflection) Records(_ context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	found := make(map[literature.ID]literature.Record, len(ids))
	for _, id := range ids {
		if record, ok := r.records[id]; ok {
			found[id] = record
		}
	}
	return found, nil
}

// Match goes through everything.
func (r *reflection) Match(_ context.Context, query store.Query, namesOnly bool) (projection.Matches, error) {
	tiers := make(map[uint32]uint8)
	for id, record := range r.records {
		e, ok := record.(literature.Entity)
		if !ok {
			continue
		}
		var joined []literature.Entity
		for _, id := range r.graph.Joined(id) {
			joined = append(joined, r.records[id].(literature.Entity))
		}
		fields := []analysis.Field{analysis.NewField(store.NameTexts(e)...)}
		if !namesOnly {
			fields = append(fields, analysis.NewField(store.SearchText(e, joined)...))
		}
		if query.Matches(fields...) {
			tiers[r.graph.Number(id)] = tier(query, e)
		}
	}
	var found projection.Matches
	for n := range tiers {
		found.Numbers = append(found.Numbers, n)
	}
	slices.Sort(found.Numbers)
	for _, n := range found.Numbers {
		found.Tiers = append(found.Tiers, tiers[n])
	}
	return found, nil
}

func tier(query store.Query, e literature.Entity) uint8 {
	names := store.NameTexts(e)
	if key := analysis.NameKey(query.Text); key != "" && slices.ContainsFunc(names, func(name string) bool { return analysis.NameKey(name) == key }) {
		return 1
	}
	wanted := analysis.Query{Terms: slices.DeleteFunc(slices.Clone(query.Terms), func(t analysis.Term) bool { return t.Negated })}
	if wanted.Matches(analysis.NewField(names...)) {
		return 2
	}
	return 3
}

// view asks the present state, unless the store is closed.
func (m *mirror) view(ctx context.Context) (projection.View, error) {
	now := m.now.Load()
	_, err := m.Store.Stats(ctx)
	return projection.View{Graph: now.graph, Source: now}, err
}

func (m *mirror) List(ctx context.Context, q store.ListQuery) (map[literature.ID]store.EntityPage, error) {
	return ask(ctx, m, q, projection.View.List)
}

func (m *mirror) Facets(ctx context.Context, q store.FacetQuery) (map[literature.ID][]store.FacetCounts, error) {
	return ask(ctx, m, q, projection.View.Facets)
}

func (m *mirror) Relations(ctx context.Context, q store.RelationQuery) (map[literature.ID]store.RelationPage, error) {
	return ask(ctx, m, q, projection.View.Relations)
}

func (m *mirror) Results(ctx context.Context, q store.ResultQuery) (map[literature.ID]store.ResultPage, error) {
	return ask(ctx, m, q, projection.View.Results)
}

func (m *mirror) Search(ctx context.Context, q store.TextQuery) (store.HitPage, error) {
	return ask(ctx, m, q, projection.View.Search)
}

func (m *mirror) Walk(ctx context.Context, q store.WalkQuery) (map[literature.ID]store.ReachedPage, error) {
	return ask(ctx, m, q, projection.View.Walk)
}

func (m *mirror) Paths(ctx context.Context, q store.PathQuery) (store.PathAnswer, error) {
	return ask(ctx, m, q, projection.View.Paths)
}

func (m *mirror) Degrees(ctx context.Context, ids []literature.ID, of []store.KindDirection) (map[literature.ID][]int, error) {
	v, err := m.view(ctx)
	if err != nil {
		return nil, err
	}
	return v.Degrees(ctx, ids, of)
}

func (m *mirror) Stats(ctx context.Context) (store.Stats, error) {
	v, err := m.view(ctx)
	if err != nil {
		return store.Stats{}, err
	}
	return v.Graph.Stats(), nil
}

func ask[Q, A any](ctx context.Context, m *mirror, q Q, how func(projection.View, context.Context, Q) (A, error)) (A, error) {
	v, err := m.view(ctx)
	if err != nil {
		var none A
		return none, err
	}
	return how(v, ctx, q)
}
