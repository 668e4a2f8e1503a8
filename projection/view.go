package projection

import (
	"context"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Source is what the owner of a graph lends to a View: what the graph itself does not keep.
type Source interface {
	// Records fetches entities, relations and results by their present ids, as they are in the state of the graph that asks. The View asks once per
	// question, for everything that the answer names, each id once. A record that is not there makes the View fail with store.ErrCorrupt.
	Records(ctx context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error)

	// Match finds every entity, of whatever kind, that a text query matches in its names and search text, or, with namesOnly, in its names. The query is not empty but may hold
	// negated terms only. Within one question the View asks for each query once.
	Match(ctx context.Context, query store.Query, namesOnly bool) (Matches, error)
}

// Matches are the entities that a text query matches.
type Matches struct {
	// Numbers are those of the entities (see Graph.Number), ascending, each once. Numbers of entities that are gone are ignored.
	Numbers []uint32
	// Tiers says, in step with Numbers, how well each matches: 1 to 3, see store.Reader.Search. It may be nil where the query has no positive term.
	Tiers []uint8
}

// View answers questions about one state of the graph as store.Reader promises: queries are checked, ids may be redirected, contexts are honoured,
// answers stand under the ids asked and belong to the caller.
type View struct {
	Graph  *Graph
	Source Source
}
