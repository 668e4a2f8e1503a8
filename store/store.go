// Package store is the contract between papergraph and whatever keeps its graph: what can be asked, in which order answers come, and
// what a write guarantees. It knows neither GraphQL nor any database. The conformance suite in storetest is the same contract as a test.
//
// Rules for every method:
//
//   - It honours its context: cancelled or past its deadline, it returns the context's error, wrapped.
//   - Batch first: answers are maps keyed by what was asked. A key that names nothing is absent from the answer and is no error.
//     The same key twice is answered once. Empty input gives an empty answer without a round trip.
//   - Every list is limited and totally ordered, and its order does not depend on the engine. Limits out of range are ErrInvalid.
//   - Answers carry the entities they name, so that drawing them costs no second call. Records are shared and immutable
//     (see literature.Record); the maps, slices and page structs around them belong to the caller.
//   - One call sees one state of the graph, and two may see two. A Scan, a Walk or Paths for which a store takes several statements may see several
//     as well; the Scan tells from which version to catch up.
//   - An id that was redirected (merged away, renamed) is accepted wherever an id is; answers stand under the id that was asked.
//   - Errors wrap one of the sentinels of this package, or the context's error.
//   - Methods may be called from many goroutines at once. Readers never wait for a writer's disk.
package store

import (
	"context"
	"io"

	"github.com/papergraph/papergraph/literature"
)

// Store is a graph that can be read and written. Close releases it; calls after Close fail with ErrUnavailable.
type Store interface {
	Reader
	Writer
	io.Closer
}

// Reader answers questions.
type Reader interface {
	// Records fetches entities, relations and results by id.
	Records(ctx context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error)

	// Resolve finds ids by keys other than the id: identifiers, slugs (old ones too), exact names. Where several records hold
	// a key, the answer is the first by: no stub before a stub, more cited before less, smaller id. A key without a value, an unknown
	// scheme and a slug without a kind name nothing.
	Resolve(ctx context.Context, keys []Key) (map[Key]literature.ID, error)

	// List pages through the entities of one kind that pass a filter: for every parent those joined to it, or, without parents,
	// one list under the empty id.
	List(ctx context.Context, q ListQuery) (map[literature.ID]EntityPage, error)

	// Facets counts the papers that List would show, grouped by dimensions. Each parent's slice answers q.Groupings in order.
	Facets(ctx context.Context, q FacetQuery) (map[literature.ID][]FacetCounts, error)

	// Relations pages through the relations of many entities. Every entity that exists has a page, if an empty one. (An organization's
	// relations are those it is an end of; only List and Facets follow the organizations named on AUTHORED_BY.)
	Relations(ctx context.Context, q RelationQuery) (map[literature.ID]RelationPage, error)

	// Degrees counts relations; each slice answers `of` in order. An entity that exists is present, if with zeros.
	// A relation from an entity to itself counts in OUTGOING, in INCOMING, and once in BOTH.
	Degrees(ctx context.Context, ids []literature.ID, of []KindDirection) (map[literature.ID][]int, error)

	// Results pages through reported results: for every parent (a paper, system or workload) its own, or, without parents, all
	// under the empty id. An entity of another kind has an empty page.
	Results(ctx context.Context, q ResultQuery) (map[literature.ID]ResultPage, error)

	// Search finds entities that a query matches in their names (NameTexts) and search text (SearchText) taken together. Order: tier (1: the query's text
	// and a name or alias have the same analysis.NameKey; 2: all that the query wants is among the names and aliases; 3: it is not), then citedBy descending, then id ascending.
	// Stubs are left out unless the filter says otherwise.
	Search(ctx context.Context, q TextQuery) (HitPage, error)

	// Postings gives the raw counts that a ranking by text needs, over the stems of the papers' names and search text, stubs left out.
	Postings(ctx context.Context, q PostingQuery) (PostingAnswer, error)

	// Walk follows hops from weighted starts and adds up what arrives, for several walks at once, each answered under its key, if by an empty page.
	Walk(ctx context.Context, q WalkQuery) (map[literature.ID]ReachedPage, error)

	// Paths finds simple paths between two entities. Order: length ascending, then Path.Loss ascending, then the ids of the relations from end to end. Paths through the same
	// entities by different relations are different. Where there are more than MaxPaths of one length, MaxPaths of them are weighed, and which is up to the engine. An end that names
	// nothing gives no path.
	Paths(ctx context.Context, q PathQuery) (PathAnswer, error)

	// Scan reads the graph or what changed in it. With Since 0 it calls fn with batches of at most MaxScanBatch records and an empty
	// Change: entities first, then relations, then results, each in id order; only Change.Redirected is filled, so that every redirect whose
	// target exists is told once, with the target or after it. With Since v it calls fn once per change after v, oldest first, with the
	// records that the change touched as they are now, in id order (those gone since are named in the Change only). It returns the version that held
	// when it began: Scan from that to catch up. A bare scan tells less of each record, and in another order, see ScanQuery; changes themselves it tells whole. An error of fn ends the scan and is returned as it is. A Since beyond the present version is ErrInvalid.
	Scan(ctx context.Context, q ScanQuery, fn func(Change, []literature.Record) error) (Version, error)

	// History lists the changes that touched records, newest first: for every id its own, each with the records concerned as they were before, or, without ids,
	// one list of all changes under the empty id, with no records. For an entity, changes of the relations that leave it and of its results (those that name it,
	// before or after) count too. Every id has a page: one that never existed an empty one; one that was removed keeps its history; a redirected one has its own
	// and, in the same list, that of the entity that answers for it. A Since beyond the present version is ErrInvalid.
	History(ctx context.Context, q HistoryQuery) (map[literature.ID]ChangePage, error)

	// Stats tells what the store holds.
	Stats(ctx context.Context) (Stats, error)
}

// Writer changes the graph.
type Writer interface {
	// Apply commits a batch as a whole or not at all. When it returns, the change is durable and visible to every later call. It returns the new version;
	// a batch that changes nothing returns the present version and leaves no entry in the change log. Batches are applied one after
	// the other; the order of their versions is the order of their commits.
	//
	// ErrInvalid: a record breaks a rule (literature.Check), a relation or result names an entity that does not exist after the batch, one id twice.
	// ErrConflict: an expectation does not hold. The error names the record and the rule.
	Apply(ctx context.Context, b Batch) (Version, error)
}
