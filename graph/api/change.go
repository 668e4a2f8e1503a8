package api

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Change is one entry of the change log as the API shows it.
type Change struct {
	change store.Change
	// kinds are those of the ids that are shown; none show all.
	kinds []literature.EntityKind
}

// Edges and connections of changes.
type (
	// ChangeEdge is one change in a page.
	ChangeEdge = Edge[*Change]
	// ChangeConnection is a page of changes.
	ChangeConnection = Connection[*Change, *ChangeEdge]
)

// maxIDs is how many ids a list of a change shows.
const maxIDs = 1000

// Version is the number of the commit.
func (c *Change) Version() string { return FormatVersion(c.change.Version) }

// At is when it was committed.
func (c *Change) At() time.Time { return c.change.At }

// By is who made it.
func (c *Change) By() string { return c.change.Author }

// Reason is why; "" where nobody said.
func (c *Change) Reason() string { return c.change.Reason }

// Job is the job it was part of, or nil.
func (c *Change) Job() *literature.ID {
	if c.change.Job == "" {
		return nil
	}
	return &c.change.Job
}

// Upserted are the first ids of what it created or changed.
func (c *Change) Upserted() []literature.ID {
	ids, _ := c.shown(c.change.Created, c.change.Updated)
	return ids
}

// Removed are the first ids of what it removed.
func (c *Change) Removed() []literature.ID {
	ids, _ := c.shown(c.change.Removed)
	return ids
}

// Truncated tells that Upserted or Removed do not tell of everything.
func (c *Change) Truncated() bool {
	_, upserted := c.shown(c.change.Created, c.change.Updated)
	_, removed := c.shown(c.change.Removed)
	return upserted || removed
}

// shown are the first ids of several lists together, each of which is in order; cut tells that there are more.
func (c *Change) shown(lists ...[]literature.ID) (ids []literature.ID, cut bool) {
	ids = []literature.ID{}
	for _, list := range lists {
		n := 0
		for _, id := range list {
			if len(c.kinds) > 0 && !slices.Contains(c.kinds, id.EntityKind()) {
				continue
			}
			if ids, n = append(ids, id), n+1; n > maxIDs {
				break
			}
		}
	}
	slices.Sort(ids)
	if len(ids) > maxIDs {
		return ids[:maxIDs], true
	}
	return ids, false
}

// History builds a connection of the changes of one record, newest first.
func History(scope Scope, page store.ChangePage) *ChangeConnection {
	return changes(scope, page, nil)
}

// Changes builds a connection of changes, oldest first, out of a page that has the newest first.
func Changes(scope Scope, page store.ChangePage, kinds []literature.EntityKind) *ChangeConnection {
	page.Items = slices.Clone(page.Items)
	slices.Reverse(page.Items)
	page.HasPrevious, page.HasNext = page.HasNext, page.HasPrevious
	return changes(scope, page, kinds)
}

func changes(scope Scope, page store.ChangePage, kinds []literature.EntityKind) *ChangeConnection {
	place := func(i store.ChangeItem) store.Position { return i.Position }
	return NewConnection(scope, page.Items, page.PageInfo, place, func(i store.ChangeItem, at At) (*Change, *ChangeEdge) {
		node := &Change{i.Change, kinds}
		return node, &ChangeEdge{at, node}
	})
}

// FormatVersion writes a version as clients pass it on.
func FormatVersion(v store.Version) string { return strconv.FormatUint(uint64(v), 10) }

// ParseVersion reads a version as FormatVersion writes it.
func ParseVersion(text string) (store.Version, error) {
	v, err := strconv.ParseUint(text, 10, 63)
	if err != nil || FormatVersion(store.Version(v)) != text {
		return 0, fmt.Errorf("%.50q is no version: pass 0, the dataVersion of meta or the version of a change", text)
	}
	return store.Version(v), nil
}
