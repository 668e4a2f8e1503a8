package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// An Image is a record as it was before a change updated or removed it:
//
//	id       the record
//	of       whom it concerned: the entity itself, the source of a relation, the paper of a result. A result has an image for each entity
//	         that it named before or names after
//	version  the change that ended it
//	since    the change that had made it what it was; null where it came to concern `of` only by the change that ended it
//	record   the record as JSON
//
// With the version that each living record bears, this is enough to list every change that touched a record: those named by an image, and the
// last one.

// imageProperties makes the images of one record that a change turned into another (nil: removed).
func imageProperties(old stored, after literature.Record, version store.Version) []any {
	before := concerned(old.record)
	var images []any
	for _, of := range union(before, concerned(after)) {
		image := map[string]any{"id": string(old.record.RecordID()), "of": string(of), "version": int64(version), "record": old.text}
		if slices.Contains(before, of) {
			image["since"] = int64(old.changed)
		}
		images = append(images, image)
	}
	return images
}

// concerned lists whose history a change of the record belongs to.
func concerned(record literature.Record) []literature.ID {
	switch r := record.(type) {
	case nil:
		return nil
	case *literature.Relation:
		return []literature.ID{r.Source}
	case *literature.Result:
		return store.References(r)
	default:
		return []literature.ID{record.RecordID()}
	}
}

func union(a, b []literature.ID) []literature.ID {
	all := slices.Concat(a, b)
	slices.Sort(all)
	return slices.Compact(all)
}

const (
	// The versions of one entity's history: what its images tell, and the last change of what is alive of it.
	entityVersions = `MATCH (i:Image {of: id}) UNWIND [i.version, i.since] AS v RETURN v
UNION MATCH (n:Entity {id: id}) RETURN n.changed AS v
UNION MATCH (n:Entity {id: id})-[r:%[1]s]->() RETURN r.changed AS v
UNION MATCH (n:Entity {id: id})-[:REPORTS|MEASURES|UNDER]-(r:Result) RETURN r.changed AS v`
	// The versions of the history of one relation or result.
	recordVersions = `MATCH (i:Image {id: id}) UNWIND [i.version, i.since] AS v RETURN v
UNION MATCH (n:Result {id: id}) RETURN n.changed AS v
UNION CALL (id) { WITH id AS asked CALL (asked) {
%[1]s
} RETURN r } RETURN r.changed AS v`
	historyOfIDs = `MATCH (meta:Papergraph {id: 'meta'})
CALL () { UNWIND $given.ids AS asked
CALL (asked) { OPTIONAL MATCH (old:Redirect {id: asked}) RETURN [asked] + CASE WHEN old IS NULL THEN [] ELSE [old.to] END AS ids }
CALL (ids) { UNWIND ids AS id CALL (id) {
%[1]s
} WITH DISTINCT v WHERE v > $given.since RETURN collect(v) AS versions }
CALL (ids, versions) { UNWIND versions AS v WITH v WHERE %[2]s ORDER BY v %[3]s LIMIT $given.limit
CALL (ids, v) { UNWIND ids AS id CALL (id, v) { %[4]s } RETURN collect(DISTINCT before) AS before }
RETURN collect([v, before]) AS items }
RETURN collect([asked, [items, size([v IN versions WHERE NOT (%[2]s)]), size(versions)]]) AS pages }
CALL (pages) { UNWIND pages AS page UNWIND page[1][0] AS item WITH DISTINCT item[0] AS v MATCH (c:Change {version: v}) RETURN collect(c {.*}) AS changes }
RETURN [meta.version, pages, changes] AS rows`
	imagesAt   = `MATCH (i:Image {%s: id}) WHERE i.version = v RETURN i.record AS before`
	allChanges = `MATCH (meta:Papergraph {id: 'meta'})
CALL () { MATCH (c:Change) WHERE c.version > $given.since AND (size($given.kinds) = 0 OR any(id IN c.created + c.updated + c.removed WHERE split(id, '/')[0] IN $given.kinds))
RETURN collect(c.version) AS versions }
CALL (versions) { UNWIND versions AS v WITH v WHERE %[1]s ORDER BY v %[2]s LIMIT $given.limit
MATCH (c:Change {version: v}) RETURN collect([v, []]) AS items, collect(c {.*}) AS changes }
RETURN [meta.version, [items, size([v IN versions WHERE NOT (%[1]s)]), size(versions)], changes] AS rows`
)

// History implements store.Reader.
func (s *Store) History(ctx context.Context, q store.HistoryQuery) (map[literature.ID]store.ChangePage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	st := newStatement()
	st.params = map[string]any{"since": int64(q.Since), "limit": int64(q.Page.Limit + 1)}
	within, order := "true", "DESC"
	if q.Page.Backward {
		order = "ASC"
	}
	if q.Page.From != nil {
		within = "v < $given.from"
		if q.Page.Backward {
			within = "v > $given.from"
		}
		st.params["from"] = q.Page.From.Keys[0].Int
	}
	if len(q.IDs) == 0 {
		prefixes := []any{}
		for _, kind := range q.Kinds {
			prefixes = append(prefixes, kind.Prefix())
		}
		st.params["kinds"] = prefixes
		st.body = fmt.Sprintf(allChanges, within, order)
	} else {
		st.params["ids"] = idsOf(q.IDs)
		versions, images := historyParts(q.IDs)
		st.body = fmt.Sprintf(historyOfIDs, versions, within, order, images)
	}
	rows, err := s.read(ctx, "history", st)
	if err != nil {
		return nil, err
	}
	if err := store.CheckVersion(q.Since, store.Version(asInt(rows[0]))); err != nil {
		return nil, err
	}
	changes := make(map[int64]store.Change) // each once, since many records may have been touched by a change of many
	for _, node := range asList(rows[2]) {
		c := changeOf(node)
		changes[int64(c.Version)] = c
	}
	pages := make(map[literature.ID]store.ChangePage)
	for id, page := range answers(q.IDs, asList(rows[1])) {
		if pages[id], err = changePage(page, q, changes); err != nil {
			return nil, err
		}
	}
	return pages, nil
}

// historyParts are the texts that find versions and images, for entities and for other records where both are asked about: each finds nothing that the other should not.
func historyParts(ids []literature.ID) (versions, images string) {
	entity := func(id literature.ID) bool { return id.EntityKind() != "" }
	var all, before []string
	if slices.ContainsFunc(ids, entity) {
		all, before = append(all, fmt.Sprintf(entityVersions, relationTypes)), append(before, fmt.Sprintf(imagesAt, "of"))
	}
	if slices.ContainsFunc(ids, func(id literature.ID) bool { return !entity(id) }) {
		all, before = append(all, fmt.Sprintf(recordVersions, anyRelation)), append(before, fmt.Sprintf(imagesAt, "id"))
	}
	return strings.Join(all, "\nUNION "), strings.Join(before, " UNION ")
}

func changePage(page []any, q store.HistoryQuery, changes map[int64]store.Change) (store.ChangePage, error) {
	items, info := pageOf(page, q.Page, q.WithTotal)
	answer := store.ChangePage{PageInfo: info}
	for _, row := range items {
		item, err := changeItem(asList(row), changes)
		if err != nil {
			return store.ChangePage{}, err
		}
		answer.Items = append(answer.Items, item)
	}
	return answer, nil
}

func changeItem(row []any, changes map[int64]store.Change) (store.ChangeItem, error) {
	item := store.ChangeItem{Change: changes[asInt(row[0])]}
	item.Position.Keys = []store.SortValue{{Int: int64(item.Change.Version)}}
	for _, text := range asList(row[1]) {
		record, err := decode(text)
		if err != nil {
			return store.ChangeItem{}, err
		}
		item.Before = append(item.Before, record)
	}
	slices.SortFunc(item.Before, func(a, b literature.Record) int { return strings.Compare(string(a.RecordID()), string(b.RecordID())) })
	return item, nil
}

// changeProperties is the node of a change.
func changeProperties(c store.Change) map[string]any {
	var from, to []any
	for _, id := range sortedKeys(c.Redirected) {
		from, to = append(from, string(id)), append(to, string(c.Redirected[id]))
	}
	return map[string]any{
		"version": int64(c.Version), "at": c.At, "author": c.Author, "job": optional(string(c.Job)), "reason": optional(c.Reason),
		"created": idsOf(c.Created), "updated": idsOf(c.Updated), "removed": idsOf(c.Removed),
		"redirectedFrom": from, "redirectedTo": to,
	}
}

func changeOf(node any) store.Change {
	n, _ := node.(map[string]any)
	at, _ := n["at"].(time.Time)
	c := store.Change{
		Version: store.Version(asInt(n["version"])), At: at.UTC(), Author: asText(n["author"]), Job: asID(n["job"]), Reason: asText(n["reason"]),
		Created: asIDs(n["created"]), Updated: asIDs(n["updated"]), Removed: asIDs(n["removed"]),
	}
	if from, to := asIDs(n["redirectedFrom"]), asIDs(n["redirectedTo"]); len(from) > 0 {
		c.Redirected = make(map[literature.ID]literature.ID, len(from))
		for i := range from {
			c.Redirected[from[i]] = to[i]
		}
	}
	return c
}
