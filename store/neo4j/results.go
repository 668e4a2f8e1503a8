package neo4j

import (
	"context"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// resultKeys are the keys by which results are sorted.
var resultKeys = []sortKey{{isText: true}, {missing: farUp}}

// resultAnswer is [result, paper, system, workload, the keys and the id].
const resultAnswer = `[%[1]s.record, head(COLLECT { WITH %[1]s AS n MATCH (n)<-[:REPORTS]-(e) RETURN e.record }), head(COLLECT { WITH %[1]s AS n MATCH (n)-[:MEASURES]->(e) RETURN e.record }),
head(COLLECT { WITH %[1]s AS n MATCH (n)-[:UNDER]->(e) RETURN e.record }), %[2]s]`

// Results implements store.Reader.
func (s *Store) Results(ctx context.Context, q store.ResultQuery) (map[literature.ID]store.ResultPage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	st := newStatement()
	from := st.resultsOf(q)
	filter := all(st.resultHolds(from.rest))
	if from.whole {
		count := ""
		if q.WithTotal {
			count = fmt.Sprintf("CALL (*) { MATCH (n:Result) WHERE %s RETURN count(n) AS total }\n", filter)
		}
		st.answer(nil, st.along(indexed{
			label: "Result", properties: []string{"paper", "order", "id"}, keys: resultKeys, filter: filter,
			item: fmt.Sprintf(resultAnswer, "n", "n.paper, n.order, n.id"), count: count, page: q.Page,
		}))
	} else {
		p := place{keys: resultKeys, descending: make([]bool, 3), page: q.Page, at: inItem(1)}
		st.answer(q.Parents, st.cut(listing{
			rows:   fmt.Sprintf("%s WITH DISTINCT n WHERE %s WITH [n, n.paper, n.order, n.id] AS item", from.match, filter),
			answer: fmt.Sprintf(resultAnswer, "item[0]", "item[1], item[2], item[3]"), order: p.columns(), from: st.from(p), page: q.Page, withTotal: q.WithTotal,
		}))
	}
	rows, err := s.read(ctx, "results", st)
	if err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]store.ResultPage, len(rows))
	for parent, page := range answers(q.Parents, rows) {
		items, info := pageOf(page, q.Page, q.WithTotal)
		reports := store.ResultPage{PageInfo: info}
		for _, item := range items {
			reported, err := resultItem(asList(item))
			if err != nil {
				return nil, err
			}
			reports.Items = append(reports.Items, reported)
		}
		answer[parent] = reports
	}
	return answer, nil
}

func resultItem(row []any) (store.ResultItem, error) {
	item := store.ResultItem{Position: position(row, resultKeys)}
	var err error
	if item.Result, err = decodeAs[*literature.Result](row[0]); err != nil {
		return item, err
	}
	if item.Paper, err = decodeAs[*literature.Paper](row[1]); err != nil {
		return item, err
	}
	if item.System, err = decodeIf[*literature.System](row[2]); err != nil {
		return item, err
	}
	item.Workload, err = decodeIf[*literature.Workload](row[3])
	return item, err
}

// resultSource is where results come from, and what is left of the filter to check on them.
type resultSource struct {
	match string
	rest  store.ResultFilter
	whole bool // all results
}

// resultsOf starts from the parents, or from what the filter names.
func (st *statement) resultsOf(q store.ResultQuery) resultSource {
	if len(q.Parents) > 0 {
		return resultSource{match: "MATCH (parent)-[:REPORTS|MEASURES|UNDER]-(n:Result)", rest: q.Filter}
	}
	from := resultSource{rest: q.Filter, whole: true}
	for i, term := range q.Filter.Terms {
		if term.AnyOf == nil {
			continue
		}
		from.match = fmt.Sprintf("UNWIND %s AS v MATCH %s", st.nodes(term.AnyOf, term.Narrower), termOfResult(term.Dimension))
		from.rest.Terms = slices.Clone(q.Filter.Terms)
		from.rest.Terms[i].AnyOf = nil
		from.whole = false
		break
	}
	return from
}

// termOfResult is the pattern from a result n to the entities v that are its values in a dimension: its own, or those of its paper.
func termOfResult(dimension store.Dimension) string {
	switch dimension {
	case store.BySystem:
		return "(n:Result)-[:MEASURES]->(v)"
	case store.ByWorkload:
		return "(n:Result)-[:UNDER]->(v)"
	default:
		return "(n:Result)<-[:REPORTS]-(p), " + fmt.Sprintf(dimensions[dimension], "p")
	}
}

// resultHolds lists the conditions of a filter of results n.
func (st *statement) resultHolds(f store.ResultFilter) []string {
	var parts []string
	for _, term := range f.Terms {
		parts = append(parts, st.joins(term, termOfResult(term.Dimension))...)
	}
	if len(f.Metrics) > 0 {
		parts = append(parts, "n.metric IN "+st.bind(f.Metrics))
	}
	if len(f.Kinds) > 0 {
		kinds := make([]any, len(f.Kinds))
		for i, kind := range f.Kinds {
			kinds[i] = string(kind)
		}
		parts = append(parts, "n.kind IN "+st.bind(kinds))
	}
	if f.MinImprovement != nil {
		parts = append(parts, "n.improvement >= "+st.bind(*f.MinImprovement))
	}
	return parts
}
