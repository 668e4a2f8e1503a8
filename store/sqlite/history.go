package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

// The history of a record needs no index of all changes: its row tells the version of its last change, the record before that change tells the version
// of the one before, and so on. Where such a chain can no longer be begun from the present, because the record is gone or concerns its owner no more, table ended
// tells at which change it did. Owners of a record are the record itself, the source of a relation, and what a result names.

// owners lists the ids in whose history a record appears.
func owners(record literature.Record) []literature.ID {
	ids := []literature.ID{record.RecordID()}
	switch r := record.(type) {
	case *literature.Relation:
		ids = append(ids, r.Source)
	case *literature.Result:
		for _, id := range []literature.ID{r.Paper, r.System, r.Workload} {
			if id != "" {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// History implements store.Reader.
func (s *Store) History(ctx context.Context, q store.HistoryQuery) (map[literature.ID]store.ChangePage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	return answer(ctx, s, "history", func(ctx context.Context, m *moment) (map[literature.ID]store.ChangePage, error) {
		if err := store.CheckVersion(q.Since, m.graph.Version()); err != nil {
			return nil, err
		}
		if _, err := m.session(ctx); err != nil {
			return nil, err
		}
		pages, read := make(map[literature.ID]store.ChangePage), make(map[store.Version]store.Change)
		if len(q.IDs) == 0 {
			versions, err := m.changes(ctx, q)
			if err != nil {
				return nil, err
			}
			pages[""], err = history{moment: m, read: read}.page(ctx, versions, q)
			return pages, err
		}
		for _, id := range q.IDs {
			var err error
			if pages[id], err = m.historyOf(ctx, id, q, read); err != nil {
				return nil, err
			}
		}
		return pages, nil
	})
}

// changes lists the versions of all changes that are asked for.
func (m *moment) changes(ctx context.Context, q store.HistoryQuery) ([]store.Version, error) {
	var versions []store.Version
	if len(q.Kinds) == 0 { // the log has one for every version
		for version := q.Since + 1; version <= m.graph.Version(); version++ {
			versions = append(versions, version)
		}
		return versions, nil
	}
	err := entriesAfter(ctx, m.conn, q.Since, func(e *entry) error {
		if e.version <= m.graph.Version() && e.change().Touches(q.Kinds) {
			versions = append(versions, e.version)
		}
		return nil
	})
	return versions, err
}

// historyOf lists the changes that concern one id, and what it is redirected to.
func (m *moment) historyOf(ctx context.Context, id literature.ID, q store.HistoryQuery, read map[store.Version]store.Change) (store.ChangePage, error) {
	h := history{moment: m, read: read, before: make(map[store.Version]map[literature.ID]stored)}
	ids := []literature.ID{id}
	if err := m.conn.each(ctx, appendText(&ids), "SELECT target FROM redirect WHERE id = ?", string(id)); err != nil {
		return store.ChangePage{}, err
	}
	for _, id := range ids {
		if err := h.collect(ctx, id); err != nil {
			return store.ChangePage{}, err
		}
	}
	var versions []store.Version
	for version := range h.before {
		if version > q.Since {
			versions = append(versions, version)
		}
	}
	return h.page(ctx, versions, q)
}

// history gathers the changes that concern some records.
type history struct {
	*moment
	// before holds by version and id the records that a change touched, as they were before it; zero where it created them.
	before map[store.Version]map[literature.ID]stored
	// read holds the changes read so far: one of many records may be in the history of each.
	read map[store.Version]store.Change
}

// collect follows the chains of all records that concern or concerned the owner.
func (h *history) collect(ctx context.Context, owner literature.ID) error {
	own, err := h.stored(ctx, []literature.ID{owner})
	if err != nil {
		return err
	}
	for id, s := range own {
		if err := h.follow(ctx, owner, id, s.version); err != nil {
			return err
		}
	}
	var ends []link
	if e, ok := h.graph.Entity(owner); ok && e.ID == owner {
		if ends, err = h.leaving(ctx, e.Number); err != nil {
			return err
		}
		results, err := h.resultsOf(ctx, owner)
		if err != nil {
			return err
		}
		for id, s := range results {
			ends = append(ends, link{id, s.version})
		}
	}
	err = h.conn.each(ctx, func(rows *sql.Rows) error {
		var e link
		err := rows.Scan(&e.id, &e.version)
		ends = append(ends, e)
		return err
	}, "SELECT id, version FROM ended WHERE owner = ?", string(owner))
	if err != nil {
		return err
	}
	for _, e := range ends {
		if err := h.follow(ctx, owner, e.id, e.version); err != nil {
			return err
		}
	}
	return nil
}

// link is the change of a record at a version.
type link struct {
	id      literature.ID
	version store.Version
}

// leaving lists the last changes of the relations that leave an entity, by a scan of their rows, which lie side by side.
func (h *history) leaving(ctx context.Context, source uint32) ([]link, error) {
	var links []link
	err := h.conn.each(ctx, func(rows *sql.Rows) error {
		var e edge
		var row sql.RawBytes
		if err := rows.Scan(&e, &row); err != nil {
			return err
		}
		version, _, err := unseal(numberKey(e), row)
		if err != nil {
			return corrupt(e.id(h.graph))
		}
		links = append(links, link{e.id(h.graph), version})
		return nil
	}, "SELECT edge, row FROM relation WHERE edge >= ? AND edge < ?", int64(source)<<32, int64(source+1)<<32)
	return links, err
}

// resultsOf fetches the results that name an entity.
func (h *history) resultsOf(ctx context.Context, owner literature.ID) (map[literature.ID]stored, error) {
	var ids []literature.ID
	query := store.ResultQuery{Parents: []literature.ID{owner}, Page: store.Page{Limit: store.MaxPage}}
	for {
		pages, err := projection.View{Graph: h.graph, Source: h.moment}.Results(ctx, query)
		if err != nil {
			return nil, err
		}
		items := pages[owner].Items
		for _, item := range items {
			ids = append(ids, item.Result.ID)
		}
		if !pages[owner].HasNext {
			return h.stored(ctx, ids)
		}
		query.Page.From = &items[len(items)-1].Position
	}
}

// follow walks back from the change of a record at a version as long as the record concerns the owner.
func (h *history) follow(ctx context.Context, owner, id literature.ID, version store.Version) error {
	for version > 0 {
		at := h.before[version]
		if at == nil {
			at = make(map[literature.ID]stored)
			h.before[version] = at
		}
		earlier, read := at[id] // on the way of another owner, which may end here
		if !read {
			var err error
			if earlier, err = before(ctx, h.conn, version, id); err != nil {
				return err
			}
			at[id] = earlier
		}
		if earlier.record == nil || !slices.Contains(owners(earlier.record), owner) {
			return nil
		}
		version = earlier.version
	}
	return nil
}

// page picks the changes of the page among those of the versions, newest first.
func (h history) page(ctx context.Context, versions []store.Version, q store.HistoryQuery) (store.ChangePage, error) {
	p := q.Page
	slices.SortFunc(versions, func(a, b store.Version) int { return cmp.Compare(b, a) })
	start, end := 0, len(versions)
	if p.From != nil {
		// at is the place of the position's version, or where it would be.
		at, there := slices.BinarySearchFunc(versions, p.From.Keys[0].Int, func(v store.Version, from int64) int {
			return cmp.Compare(from, int64(v))
		})
		switch {
		case p.Backward:
			end = at
		case there:
			start = at + 1
		default:
			start = at
		}
	}
	if p.Backward {
		start = max(start, end-p.Limit)
	} else {
		end = min(end, start+p.Limit)
	}
	answer := store.ChangePage{PageInfo: store.PageInfo{HasPrevious: start > 0, HasNext: end < len(versions), Total: -1}}
	if q.WithTotal {
		answer.Total = len(versions)
	}
	for _, version := range versions[start:end] {
		change, ok := h.read[version]
		if !ok {
			e, err := entryAt(ctx, h.conn, version)
			if err != nil {
				return answer, err
			}
			change = e.change()
			h.read[version] = change
		}
		item := store.ChangeItem{Change: change, Position: store.Position{Keys: []store.SortValue{{Int: int64(version)}}}}
		for _, s := range h.before[version] {
			if s.record != nil {
				item.Before = append(item.Before, s.record)
			}
		}
		slices.SortFunc(item.Before, func(a, b literature.Record) int { return cmp.Compare(a.RecordID(), b.RecordID()) })
		answer.Items = append(answer.Items, item)
	}
	return answer, nil
}
