package neo4j

import (
	"context"
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// resultKeys are the keys by which results are sorted.
var resultKeys = []sortKey{{isText: true}, {missing: farUp}}

// Results implements store.Reader.
func (s *Store) Results(ctx context.Context, q store.ResultQuery) (map[literature.ID]store.ResultPage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	st := newStatement()
	filter := all(st.resultHolds(q.Filter))
	p := place{keys: resultKeys, descending: make([]bool, 3), page: q.Page, at: inItem(1)}
	match := "MATCH (n:Result) WHERE "
	if len(q.Parents) > 0 {
		match = "MATCH (parent)-[:REPORTS|MEASURES|UNDER]-(n:Result) WITH DISTINCT n WHERE "
	}
	body := st.cut(listing{
		rows: match + filter + " WITH [n, n.paper, n.order, n.id] AS item",
		answer: `[item[0].record, item[1], item[2], item[3], head(COLLECT { WITH item[0] AS n MATCH (n)<-[:REPORTS]-(e) RETURN e.record }),
head(COLLECT { WITH item[0] AS n MATCH (n)-[:MEASURES]->(e) RETURN e.record }), head(COLLECT { WITH item[0] AS n MATCH (n)-[:UNDER]->(e) RETURN e.record })]`,
		sorting: p.sorting(), beyond: st.beyond(p), page: q.Page, withTotal: q.WithTotal,
	})
	st.answer(q.Parents, body)
	rows, err := s.read(ctx, "results", st)
	if err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]store.ResultPage, len(rows))
	for parent, page := range answers(q.Parents, rows) {
		items, info := pageOf(page, q.Page)
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

// resultItem reads [result, its three keys, its paper, its system, its workload].
func resultItem(row []any) (store.ResultItem, error) {
	item := store.ResultItem{Position: position(row[1:4], resultKeys)}
	var err error
	if item.Result, err = decodeAs[*literature.Result](row[0]); err != nil {
		return item, err
	}
	if item.Paper, err = decodeAs[*literature.Paper](row[4]); err != nil {
		return item, err
	}
	if item.System, err = decodeAs[*literature.System](row[5]); err != nil {
		return item, err
	}
	item.Workload, err = decodeAs[*literature.Workload](row[6])
	return item, err
}

// resultHolds lists the conditions of a filter of results n.
func (st *statement) resultHolds(f store.ResultFilter) []string {
	var parts []string
	for _, term := range f.Terms {
		switch term.Dimension {
		case store.BySystem:
			parts = append(parts, st.joins(term, "(n)-[:MEASURES]->(v)")...)
		case store.ByWorkload:
			parts = append(parts, st.joins(term, "(n)-[:UNDER]->(v)")...)
		default:
			parts = append(parts, st.joins(term, "(n)<-[:REPORTS]-(p), "+fmt.Sprintf(dimensions[term.Dimension], "p"))...)
		}
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
