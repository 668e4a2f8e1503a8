package storetest

import (
	"context"
	"maps"
	"sync"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Counter is a store that counts the calls of each method before it hands them on. It is safe for concurrent use.
type Counter struct {
	s     store.Store
	mu    sync.Mutex
	calls map[string]int
}

var _ store.Store = (*Counter)(nil)

// Count puts a counter in front of a store.
func Count(s store.Store) *Counter {
	return &Counter{s: s, calls: make(map[string]int)}
}

// Calls tells how often each method was called since the last Reset, by its name; methods that were not called are absent.
func (c *Counter) Calls() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.calls)
}

// Total is the number of all calls since the last Reset.
func (c *Counter) Total() int {
	total := 0
	for _, n := range c.Calls() {
		total += n
	}
	return total
}

// Reset begins to count anew.
func (c *Counter) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.calls)
}

func (c *Counter) count(method string) store.Store {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls[method]++
	return c.s
}

// Records implements store.Reader.
func (c *Counter) Records(ctx context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	return c.count("Records").Records(ctx, ids)
}

// Resolve implements store.Reader.
func (c *Counter) Resolve(ctx context.Context, keys []store.Key) (map[store.Key]literature.ID, error) {
	return c.count("Resolve").Resolve(ctx, keys)
}

// List implements store.Reader.
func (c *Counter) List(ctx context.Context, q store.ListQuery) (map[literature.ID]store.EntityPage, error) {
	return c.count("List").List(ctx, q)
}

// Facets implements store.Reader.
func (c *Counter) Facets(ctx context.Context, q store.FacetQuery) (map[literature.ID][]store.FacetCounts, error) {
	return c.count("Facets").Facets(ctx, q)
}

// Relations implements store.Reader.
func (c *Counter) Relations(ctx context.Context, q store.RelationQuery) (map[literature.ID]store.RelationPage, error) {
	return c.count("Relations").Relations(ctx, q)
}

// Degrees implements store.Reader.
func (c *Counter) Degrees(ctx context.Context, ids []literature.ID, of []store.KindDirection) (map[literature.ID][]int, error) {
	return c.count("Degrees").Degrees(ctx, ids, of)
}

// Results implements store.Reader.
func (c *Counter) Results(ctx context.Context, q store.ResultQuery) (map[literature.ID]store.ResultPage, error) {
	return c.count("Results").Results(ctx, q)
}

// Search implements store.Reader.
func (c *Counter) Search(ctx context.Context, q store.TextQuery) (store.HitPage, error) {
	return c.count("Search").Search(ctx, q)
}

// Postings implements store.Reader.
func (c *Counter) Postings(ctx context.Context, q store.PostingQuery) (store.PostingAnswer, error) {
	return c.count("Postings").Postings(ctx, q)
}

// Walk implements store.Reader.
func (c *Counter) Walk(ctx context.Context, q store.WalkQuery) (map[literature.ID]store.ReachedPage, error) {
	return c.count("Walk").Walk(ctx, q)
}

// Paths implements store.Reader.
func (c *Counter) Paths(ctx context.Context, q store.PathQuery) (store.PathAnswer, error) {
	return c.count("Paths").Paths(ctx, q)
}

// Scan implements store.Reader.
func (c *Counter) Scan(ctx context.Context, q store.ScanQuery, fn func(store.Change, []literature.Record) error) (store.Version, error) {
	return c.count("Scan").Scan(ctx, q, fn)
}

// History implements store.Reader.
func (c *Counter) History(ctx context.Context, q store.HistoryQuery) (map[literature.ID]store.ChangePage, error) {
	return c.count("History").History(ctx, q)
}

// Stats implements store.Reader.
func (c *Counter) Stats(ctx context.Context) (store.Stats, error) {
	return c.count("Stats").Stats(ctx)
}

// Apply implements store.Writer.
func (c *Counter) Apply(ctx context.Context, b store.Batch) (store.Version, error) {
	return c.count("Apply").Apply(ctx, b)
}

// Close implements io.Closer; it is not counted.
func (c *Counter) Close() error { return c.s.Close() }
