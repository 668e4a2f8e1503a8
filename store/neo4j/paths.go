package neo4j

import (
	"context"
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// pathsBody finds one path more than the most that may be asked for, shortest first; the server stops where enough are read. An entity may not come twice, which is told to
// the search itself, so that longer paths take the place of those that turn back.
const pathsBody = `OPTIONAL MATCH (oldFrom:Redirect {id: $given.from}) OPTIONAL MATCH (oldTo:Redirect {id: $given.to})
MATCH (a:Entity {id: coalesce(oldFrom.to, $given.from)}) MATCH (b:Entity {id: coalesce(oldTo.to, $given.to)})
CALL (a, b) {
WITH a, b WHERE a = b RETURN [[a.record], []] AS path
UNION ALL
WITH a, b WHERE a <> b
MATCH p = SHORTEST 101 (q = (a)-[:%s]-{1,%d}(b) WHERE all(n IN nodes(q) WHERE single(m IN nodes(q) WHERE m = n)))
WITH p LIMIT $given.limit
RETURN [[n IN nodes(p) | n.record], [r IN relationships(p) | r.record]] AS path
}
RETURN collect(path) AS rows`

// Paths implements store.Reader. How many entities the server looked at it does not tell.
func (s *Store) Paths(ctx context.Context, q store.PathQuery) (store.PathAnswer, error) {
	if err := q.Check(); err != nil {
		return store.PathAnswer{}, err
	}
	st := newStatement()
	st.body = fmt.Sprintf(pathsBody, types(q.Kinds), q.MaxHops)
	st.params = map[string]any{"from": string(q.From), "to": string(q.To), "limit": int64(q.Limit + 1)}
	rows, err := s.read(ctx, "paths", st)
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
