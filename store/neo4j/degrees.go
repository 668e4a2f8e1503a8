package neo4j

import (
	"context"
	"fmt"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const degreesBody = `UNWIND %s AS asked OPTIONAL MATCH (old:Redirect {id: asked}) MATCH (n:Entity {id: coalesce(old.to, asked)})
RETURN collect([asked, %s]) AS rows`

// Degrees implements store.Reader. The server keeps the degrees of nodes with many relationships, so that a hub costs no more than others.
func (s *Store) Degrees(ctx context.Context, ids []literature.ID, of []store.KindDirection) (map[literature.ID][]int, error) {
	if err := store.CheckDegrees(ids, of); err != nil {
		return nil, err
	}
	answer := make(map[literature.ID][]int)
	if len(ids) == 0 {
		return answer, s.ready(ctx)
	}
	counts := make([]string, len(of))
	for i, v := range of {
		var kinds []literature.RelationKind
		if v.Kind != "" {
			kinds = []literature.RelationKind{v.Kind}
		}
		counts[i] = "COUNT { " + pattern("n", "", kinds, v.Direction, "") + " }"
	}
	st := newStatement()
	st.body = fmt.Sprintf(degreesBody, st.bind(idsOf(ids)), "["+strings.Join(counts, ", ")+"]")
	rows, err := s.read(ctx, "degrees", st)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		counted := asList(asList(row)[1])
		degrees := make([]int, len(counted))
		for i, n := range counted {
			degrees[i] = int(asInt(n))
		}
		answer[asID(asList(row)[0])] = degrees
	}
	return answer, nil
}
