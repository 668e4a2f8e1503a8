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
	entityVersions = `UNWIND ids AS id CALL (id) {
MATCH (i:Image {of: id}) UNWIND [i.version, i.since] AS v RETURN v
UNION MATCH (n:Entity {id: id}) RETURN n.changed AS v
UNION MATCH (n:Entity {id: id})-[r:%[1]s]->() RETURN r.changed AS v
UNION MATCH (n:Entity {id: id})-[:REPORTS|MEASURES|UNDER]-(r:Result) RETURN r.changed AS v
}`
	recordVersions = `UNWIND ids AS id CALL (id) {
MATCH (i:Image {id: id}) UNWIND [i.version, i.since] AS v RETURN v
UNION MATCH (n:Result {id: id}) RETURN n.changed AS v
UNION CALL (id) { WITH id AS asked CALL (asked) {
%[1]s
} RETURN r } RETURN r.changed AS v
}`
	historyBody = `CALL () { OPTIONAL MATCH (old:Redirect {id: $given.id}) RETURN [$given.id] + CASE WHEN old IS NULL THEN [] ELSE [old.to] END AS ids }
CALL (ids) { %[1]s WITH DISTINCT v WHERE v IS NOT NULL RETURN collect(v) AS versions }
CALL (ids, versions) { UNWIND versions AS v WITH v WHERE %[2]s ORDER BY v %[3]s LIMIT $given.limit
MATCH (c:Change {version: v})
CALL (ids, c, v) { UNWIND ids AS id MATCH (i:Image {%[4]s: id}) WHERE i.version = v RETURN collect(DISTINCT i.record) AS before }
RETURN collect([c {.*}, before]) AS items }
RETURN [items, size([v IN versions WHERE NOT (%[2]s)])] AS rows`
)

// History implements store.Reader.
func (s *Store) History(ctx context.Context, id literature.ID, page store.Page) (store.ChangePage, error) {
	if err := page.Check(1); err != nil {
		return store.ChangePage{}, err
	}
	versions, of := fmt.Sprintf(entityVersions, relationTypes), "of"
	if id.EntityKind() == "" {
		versions, of = fmt.Sprintf(recordVersions, anyRelation), "id"
	}
	st := newStatement()
	st.params = map[string]any{"id": string(id), "limit": int64(page.Limit + 1)}
	within, order := "true", "DESC"
	if page.Backward {
		order = "ASC"
	}
	if page.From != nil {
		within = "v < $given.from"
		if page.Backward {
			within = "v > $given.from"
		}
		st.params["from"] = page.From.Keys[0].Int
	}
	st.body = fmt.Sprintf(historyBody, versions, within, order, of)
	rows, err := s.read(ctx, "history", st)
	if err != nil {
		return store.ChangePage{}, err
	}
	items, info := trim(asList(rows[0]), page, asInt(rows[1]))
	answer := store.ChangePage{PageInfo: info}
	for _, row := range items {
		item, err := changeItem(asList(row))
		if err != nil {
			return store.ChangePage{}, err
		}
		answer.Items = append(answer.Items, item)
	}
	return answer, nil
}

func changeItem(row []any) (store.ChangeItem, error) {
	item := store.ChangeItem{Change: changeOf(row[0])}
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
