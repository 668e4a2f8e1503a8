package neo4j

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// values are the lists of a paper's values in the dimensions that have no entities.
var plainValues = map[store.Dimension]string{
	store.ByYear:        `CASE WHEN n.year IS NULL THEN [] ELSE [n.year] END`,
	store.ByHasArtifact: `[` + fmt.Sprintf(hasArtifact, "n") + `]`,
	store.ByHasResult:   `[` + fmt.Sprintf(hasResult, "n") + `]`,
}

// seriesValues is the list of the series of a paper's venues, venues without one standing for themselves.
const seriesValues = `COLLECT { MATCH (n)-[:PUBLISHED_IN]->(e) OPTIONAL MATCH (e)-[:BROADER]->(s) RETURN DISTINCT coalesce(s, e).id }`

// Facets implements store.Reader.
func (s *Store) Facets(ctx context.Context, q store.FacetQuery) (map[literature.ID][]store.FacetCounts, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	st := newStatement()
	var counts strings.Builder
	names := make([]string, len(q.Groupings))
	for i, same := range sameFilters(q) {
		from := source{match: joinedTo(q.Via, q.Narrower), label: labels[literature.KindPaper], rest: same.filter}
		if len(q.Parents) == 0 {
			from = st.sourceOf(labels[literature.KindPaper], same.filter)
		}
		papers := st.rows(from, false)
		if len(same.groupings) > 1 {
			fmt.Fprintf(&counts, "CALL (*) { %s RETURN collect(n) AS papers%d }\n", papers, i)
			papers = fmt.Sprintf("UNWIND papers%d AS n WITH n", i)
		}
		for _, at := range same.groupings {
			rows, answer := st.grouping(q.Groupings[at])
			names[at] = fmt.Sprintf("grouped%d", at)
			fmt.Fprintf(&counts, "CALL (*) {\n%s\n%sRETURN %s AS %s }\n", papers, rows, answer, names[at])
		}
	}
	st.answer(q.Parents, counts.String()+"RETURN ["+strings.Join(names, ", ")+"]")
	rows, err := s.read(ctx, "facets", st)
	if err != nil {
		return nil, err
	}
	answer := make(map[literature.ID][]store.FacetCounts, len(rows))
	for parent, groupings := range answers(q.Parents, rows) {
		counted := []store.FacetCounts{}
		for i, grouped := range groupings {
			facet, err := facetOf(q.Groupings[i], asList(grouped))
			if err != nil {
				return nil, err
			}
			counted = append(counted, facet)
		}
		answer[parent] = counted
	}
	return answer, nil
}

// sameFilter is the groupings, by their places, that count the papers of one filter.
type sameFilter struct {
	filter    *store.Filter
	groupings []int
}

// sameFilters puts groupings together that need the same papers, which are then looked for once.
func sameFilters(q store.FacetQuery) []sameFilter {
	var all []sameFilter
	for at, g := range q.Groupings {
		filter := q.Filter
		if g.Filter != nil {
			filter = g.Filter
		}
		i := slices.IndexFunc(all, func(s sameFilter) bool { return reflect.DeepEqual(s.filter, filter) })
		if i < 0 {
			all, i = append(all, sameFilter{filter: filter}), len(all)
		}
		all[i].groupings = append(all[i].groupings, at)
	}
	return all
}

// grouping counts the papers n by the combinations of their values. A paper without a value in one dimension is one row of nulls.
//
// The rows end in one, of which the answer is [buckets, the sum of those cut off, papers without a value, how many combinations there are]; a bucket is
// [values, count, records of samples, records of the values].
func (st *statement) grouping(g store.Grouping) (rows, answer string) {
	var lists, missing, unwinds, values []string
	for i, dimension := range g.Dimensions {
		list, v := fmt.Sprintf("list%d", i), fmt.Sprintf("v%d", i)
		of, plain := plainValues[dimension]
		switch {
		case dimension == store.BySeries:
			of = seriesValues
		case !plain:
			of = fmt.Sprintf("COLLECT { MATCH %s RETURN DISTINCT v.id }", fmt.Sprintf(dimensions[dimension], "n"))
		}
		lists = append(lists, of+" AS "+list)
		missing = append(missing, "size("+list+") = 0")
		unwinds = append(unwinds, fmt.Sprintf("UNWIND CASE WHEN lacks THEN [null] ELSE %s END AS %s", list, v))
		values = append(values, v)
	}
	text := "WITH n, " + strings.Join(lists, ", ") + "\nWITH *, " + strings.Join(missing, " OR ") + " AS lacks\n" + strings.Join(unwinds, " ") + "\n"
	key := strings.Join(values, ", ")
	sampled := "[]"
	if g.Samples > 0 {
		text += "WITH * ORDER BY n.citedBy DESC, n.id DESC\n"
		sampled = "collect(n)[.." + st.bind(int64(g.Samples)) + "]"
	}
	rows = text + fmt.Sprintf(`WITH %[1]s, count(*) AS count, %[2]s AS samples ORDER BY count DESC, %[1]s
WITH collect([[%[1]s], count, samples]) AS buckets
WITH [b IN buckets WHERE b[0][0] IS NOT NULL] AS filled, [b IN buckets WHERE b[0][0] IS NULL | b[1]] AS lacking
`, key, sampled)
	return rows, fmt.Sprintf(`[[b IN filled[..%[1]s] | [b[0], b[1], [p IN b[2] | p.record], [v IN b[0] | head(COLLECT { MATCH (e:Entity {id: v}) RETURN e.record })]]],
reduce(sum = 0, b IN filled[%[1]s..] | sum + b[1]), coalesce(head(lacking), 0), size(filled)]`, st.bind(int64(g.Limit)))
}

func facetOf(g store.Grouping, grouped []any) (store.FacetCounts, error) {
	if err := store.CheckCombinations(int(asInt(grouped[3]))); err != nil {
		return store.FacetCounts{}, err
	}
	counts := store.FacetCounts{Other: int(asInt(grouped[1])), Missing: int(asInt(grouped[2]))}
	for _, row := range asList(grouped[0]) {
		b := asList(row)
		bucket := store.Bucket{Count: int(asInt(b[1]))}
		for i, value := range asList(b[0]) {
			key := store.BucketKey{Key: fmt.Sprint(value)}
			if g.Dimensions[i] == store.ByYear {
				key.Key = fmt.Sprintf("%04d", value)
			}
			if _, plain := plainValues[g.Dimensions[i]]; !plain {
				e, err := decodeIf[literature.Entity](asList(b[3])[i])
				if err != nil {
					return store.FacetCounts{}, err
				}
				key.Entity = e
			}
			bucket.Keys = append(bucket.Keys, key)
		}
		for _, text := range asList(b[2]) {
			paper, err := decodeAs[*literature.Paper](text)
			if err != nil {
				return store.FacetCounts{}, err
			}
			bucket.Samples = append(bucket.Samples, paper)
		}
		counts.Buckets = append(counts.Buckets, bucket)
	}
	return counts, nil
}
