package neo4j

import (
	"context"
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Both statements find one path more than the most that may be asked for, and stop where enough are read. The first knows those of the least length only, which Neo4j finds from both
// ends in milliseconds, hubs or not. The second finds the shortest ones of any length, and takes seconds where relations are many; an entity may not come twice, which is told to
// the search itself, so that longer paths take the place of those that turn back. One statement cannot hold both kinds of search.
const (
	pathEnds = `OPTIONAL MATCH (oldFrom:Redirect {id: $given.from}) OPTIONAL MATCH (oldTo:Redirect {id: $given.to})
MATCH (a:Entity {id: coalesce(oldFrom.to, $given.from)}) MATCH (b:Entity {id: coalesce(oldTo.to, $given.to)})
CALL (a, b) {
WITH a, b WHERE a = b RETURN [[a.record], []] AS path
UNION ALL
WITH a, b WHERE a <> b
`
	pathRecords = `WITH p LIMIT $given.limit
RETURN [[n IN nodes(p) | n.record], [r IN relationships(p) | r.record]] AS path
}
RETURN collect(path) AS rows`
	leastPaths = pathEnds + "MATCH p = allShortestPaths((a)-[:%s*1..%d]-(b))\n" + pathRecords
	manyPaths  = pathEnds + "MATCH p = SHORTEST 101 (q = (a)-[:%s]-{1,%d}(b) WHERE all(n IN nodes(q) WHERE single(m IN nodes(q) WHERE m = n)))\n" + pathRecords
)

// Paths implements store.Reader. How many entities the server looked at it does not tell. Where there are fewer paths of the least length than asked, but some, it takes a second statement.
func (s *Store) Paths(ctx context.Context, q store.PathQuery) (store.PathAnswer, error) {
	if err := q.Check(); err != nil {
		return store.PathAnswer{}, err
	}
	rows, err := s.paths(ctx, leastPaths, q)
	if err == nil && len(rows) > 0 && len(rows) <= q.Limit && q.From != q.To {
		rows, err = s.paths(ctx, manyPaths, q)
	}
	if err != nil {
		return store.PathAnswer{}, err
	}
	answer := store.PathAnswer{Exhausted: len(rows) <= q.Limit}
	for _, row := range rows[:min(len(rows), q.Limit)] {
		path, err := pathOf(asList(row))
		if err != nil {
			return store.PathAnswer{}, err
		}
		answer.Paths = append(answer.Paths, path)
	}
	return answer, nil
}

func (s *Store) paths(ctx context.Context, text string, q store.PathQuery) ([]any, error) {
	st := newStatement()
	st.body = fmt.Sprintf(text, types(q.Kinds), q.MaxHops)
	st.params = map[string]any{"from": string(q.From), "to": string(q.To), "limit": int64(q.Limit + 1)}
	return s.read(ctx, "paths", st)
}

func pathOf(row []any) (store.Path, error) {
	var path store.Path
	for _, text := range asList(row[0]) {
		e, err := decodeAs[literature.Entity](text)
		if err != nil {
			return path, err
		}
		path.Entities = append(path.Entities, e)
	}
	for _, text := range asList(row[1]) {
		r, err := decodeAs[*literature.Relation](text)
		if err != nil {
			return path, err
		}
		path.Relations = append(path.Relations, r)
	}
	return path, nil
}
