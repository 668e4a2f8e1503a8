package store

import (
	"slices"
	"time"

	"github.com/papergraph/papergraph/literature"
)

// Version numbers the committed changes of a store from 1; 0 is the empty store.
type Version uint64

// Batch is a set of changes that are committed together.
type Batch struct {
	// Author, Job and Reason say who changes what for; they go into the change log. Author must not be empty.
	Author string
	Job    literature.ID
	Reason string
	// At is the time of the change; zero: now. It is kept in UTC to the second.
	At time.Time
	// Upsert replaces each record as a whole, or creates it. What it names (see References) must exist after the batch under its own id, not a redirected one. An upsert that equals the stored record is no change. Texts are normalised on
	// write (see Normalize); Paper.AddedAt is kept from the stored record, or set to At, where it is zero.
	Upsert []literature.Record
	// Remove deletes records by id, and with an entity every relation and result that names it (a result's system and workload are cleared instead, and an organization is taken off the AUTHORED_BY that name it). Ids that name nothing are no change; redirects are not followed here. What the
	// batch upserts is not removed by consequence: it stands as written, or the batch is ErrInvalid.
	Remove []literature.ID
	// Redirect makes an id answer for another from now on. The old record, if there is one, is removed like Remove does; the target must exist after the batch. Redirects to a redirected id follow it
	// at once: what answered for the old id answers for the target from now on. Upserting a record under a redirected id ends the redirect of that id alone. A redirect outlives the removal of its
	// target, and names nothing until the target is back.
	Redirect map[literature.ID]literature.ID
	// Expect guards against lost updates: 0: the record must not exist; v: it must exist and must not have changed after version v. Redirects are not followed here.
	Expect map[literature.ID]Version
}

// Change is one entry of the append-only change log.
type Change struct {
	Version Version
	At      time.Time
	Author  string
	Job     literature.ID
	Reason  string
	// Created, Updated and Removed are in id order and include what the batch changed by consequence (relations of a removed entity). They compare the graph before and after: what was
	// removed and written anew in one batch is an update, or no change.
	Created, Updated, Removed []literature.ID
	// Redirected tells which ids answer for which others since this change, those that followed a redirected id included.
	Redirected map[literature.ID]literature.ID
}

// HistoryQuery asks for the changes that touched records.
type HistoryQuery struct {
	// IDs are entities, relations or results; none: one list of all changes under the empty id.
	IDs []literature.ID
	// Since leaves out this version and those before; 0 leaves out none.
	Since Version
	// Kinds keeps, in the list of all changes, those that created, updated or removed an entity of one of them; none keep all. Not for IDs.
	Kinds []literature.EntityKind
	// Order is fixed: newest first. Position.Keys holds the version, Position.ID nothing.
	Page      Page
	WithTotal bool
}

// Touches tells whether the change created, updated or removed an entity of one of the kinds; no kinds are all.
func (c Change) Touches(kinds []literature.EntityKind) bool {
	for _, ids := range [][]literature.ID{c.Created, c.Updated, c.Removed} {
		if slices.ContainsFunc(ids, func(id literature.ID) bool { return slices.Contains(kinds, id.EntityKind()) }) {
			return true
		}
	}
	return len(kinds) == 0
}

// ChangeItem is one change, of one record where the history of one was asked for.
type ChangeItem struct {
	// Change shares its lists with the other items of the answer that tell of it.
	Change Change
	// Before holds the records concerned (see Reader.History) as they were before the change, in id order; created ones are absent. It is empty in the list
	// of all changes.
	Before   []literature.Record
	Position Position
}

// ChangePage is one page of changes.
type ChangePage struct {
	Items []ChangeItem
	PageInfo
}

// Stats says what a store holds.
type Stats struct {
	Version Version
	// Entities counts by kind; stubs are not among the papers.
	Entities map[literature.EntityKind]int
	Stubs    int
	// Relations counts by kind.
	Relations map[literature.RelationKind]int
	Results   int
	// TaggedPapers is the number of papers, no stubs, that are ABOUT at least one topic: the N of IDF.
	TaggedPapers int
}

// seconds is a time as it is kept: in UTC, to the second.
func seconds(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Second)
}
