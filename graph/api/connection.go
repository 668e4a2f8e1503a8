// Package api holds the Go types of the schema that are no nouns of the domain: connections, edges and cursors in the shape that Relay wants,
// coverage, meta, and the inputs that name things.
package api

import (
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Connection is one page of a list: its edges, and the same nodes without them.
type Connection[N, E any] struct {
	Edges    []E
	Nodes    []N
	PageInfo *PageInfo
	// TotalCount is the length of the whole list, -1 where nobody asked for it.
	TotalCount int
}

// Records are the nodes as records of the store.
func (c *Connection[N, E]) Records() []literature.Record {
	records := make([]literature.Record, len(c.Nodes))
	for i, node := range c.Nodes {
		records[i] = any(node).(literature.Record)
	}
	return records
}

// PageInfo says what lies beside a page.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	// StartCursor and EndCursor are "" in an empty page.
	StartCursor, EndCursor string
}

// NewConnection builds a page from items of the store: place tells an item's position, make its node and edge.
func NewConnection[N, E, I any](scope Scope, items []I, info store.PageInfo, place func(I) store.Position, build func(I, At) (N, E)) *Connection[N, E] {
	c := &Connection[N, E]{
		Edges:      make([]E, len(items)),
		Nodes:      make([]N, len(items)),
		PageInfo:   &PageInfo{HasNextPage: info.HasNext, HasPreviousPage: info.HasPrevious},
		TotalCount: info.Total,
	}
	for i, item := range items {
		c.Nodes[i], c.Edges[i] = build(item, At{scope, place(item)})
	}
	if len(items) > 0 {
		c.PageInfo.StartCursor = At{scope, place(items[0])}.Cursor()
		c.PageInfo.EndCursor = At{scope, place(items[len(items)-1])}.Cursor()
	}
	return c
}
