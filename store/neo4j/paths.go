package neo4j

import (
	"context"
	"fmt"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// The paths of the least length the server finds from both ends, hubs or not. Longer ones are looked for length by length, while there is room for more: half of the way from each end, joined
// where the halves meet. That costs as much as there are halves. `SHORTEST k` tries ways that come to an entity twice, too, and takes ten times as long, or minutes; nor may it stand
// beside allShortestPaths in one statement. No more than one path beyond those that are weighed is read of any length.
var (
	pathEnds = `OPTIONAL MATCH (oldFrom:Redirect {id: $given.from}) OPTIONAL MATCH (oldTo:Redirect {id: $given.to})
MATCH (a:Entity {id: coalesce(oldFrom.to, $given.from)}) MATCH (b:Entity {id: coalesce(oldTo.to, $given.to)})
`
	leastPaths = pathEnds + `CALL (a, b) {
WITH a, b WHERE a = b RETURN [[[a.record], [], 0]] AS found
UNION ALL
WITH a, b WHERE a <> b
MATCH p = allShortestPaths((a)-[:%s*1..%d]-(b))
` + weighedPaths + ` AS found
}
RETURN reduce(rows = [], some IN collect(found) | rows + some) AS rows`
	// longerPaths adds the paths of one length to those found.
	longerPaths = `CALL (a, b, found) {
WITH a, b, found WHERE size(found) <= $given.limit
MATCH p = %s
%sWHERE %s
` + weighedPaths + ` AS longer
}
WITH a, b, found + longer AS found
`
	// weighedPaths puts the paths p in order, see store.PathLoss, and gives those that there is room for and one more.
	weighedPaths = `WITH p LIMIT $given.weighed
WITH p, reduce(loss = 0, n IN nodes(p)[1..-1] | loss + toInteger(round(1e9 * log10(1 + log10(COUNT { (n)-[:` + relationTypes + `]-() }))))) AS loss
ORDER BY loss, [r IN relationships(p) | r.id] LIMIT $given.limit + 1
RETURN collect([[n IN nodes(p) | n.record], [r IN relationships(p) | r.record], loss])`
)

// Paths implements store.Reader. How many entities the server looked at it does not tell. Where there are no more paths of the least length than asked, but some, it takes up to three more statements.
func (s *Store) Paths(ctx context.Context, q store.PathQuery) (store.PathAnswer, error) {
	if err := q.Check(); err != nil {
		return store.PathAnswer{}, err
	}
	kinds := types(q.Kinds)
	paths, err := s.paths(ctx, fmt.Sprintf(leastPaths, kinds, q.MaxHops), q, 0)
	if err != nil {
		return store.PathAnswer{}, err
	}
	if len(paths) > 0 && len(paths[0].Relations) > 0 {
		// The next length is mostly enough. Two more statements take what is left then.
		length, through := len(paths[0].Relations)+1, len(paths[0].Relations)+1
		for length <= q.MaxHops && len(paths) <= q.Limit {
			longer, err := s.paths(ctx, pathsOfLengths(kinds, length, through), q, len(paths))
			if err != nil {
				return store.PathAnswer{}, err
			}
			paths = append(paths, longer...)
			length, through = through+1, min(through+2, q.MaxHops)
		}
	}
	return store.PathAnswer{Paths: paths[:min(len(paths), q.Limit)], Exhausted: len(paths) <= q.Limit}, nil
}

// pathsOfLengths asks for simple paths of some lengths.
func pathsOfLengths(kinds string, from, to int) string {
	var text strings.Builder
	text.WriteString(pathEnds + "WITH a, b, [] AS found\n")
	for length := from; length <= to; length++ {
		nodes, pattern := []string{"a"}, "(a)"
		var distinct []string
		for i := 1; i <= length; i++ {
			node := fmt.Sprint("n", i)
			if i == length {
				node = "b"
			}
			for _, before := range nodes {
				distinct = append(distinct, before+" <> "+node)
			}
			nodes = append(nodes, node)
			pattern += fmt.Sprintf("-[:%s]-(%s)", kinds, node)
		}
		join := ""
		if length > 2 {
			join = fmt.Sprintf("USING JOIN ON %s\n", nodes[length/2])
		}
		fmt.Fprintf(&text, longerPaths, pattern, join, strings.Join(distinct, " AND "))
	}
	return text.String() + "RETURN found AS rows"
}

// paths runs a statement for paths, of which so many are found already.
func (s *Store) paths(ctx context.Context, text string, q store.PathQuery, found int) ([]store.Path, error) {
	st := newStatement()
	st.body = text
	st.params = map[string]any{"from": string(q.From), "to": string(q.To), "limit": int64(q.Limit - found), "weighed": int64(store.MaxPaths + 1)}
	rows, err := s.read(ctx, "paths", st)
	if err != nil {
		return nil, err
	}
	paths := make([]store.Path, len(rows))
	for i, row := range rows {
		if paths[i], err = pathOf(asList(row)); err != nil {
			return nil, err
		}
	}
	return paths, nil
}

func pathOf(row []any) (store.Path, error) {
	path := store.Path{Loss: asInt(row[2])}
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
