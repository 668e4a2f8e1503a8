package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// source is where the nodes n of a question come from, each once, and what is left to check on them.
type source struct {
	match string // a WHERE may follow
	label string // what is to be checked of them beside the filter: a label, or "" where the match is of that label
	rest  *store.Filter
	whole bool // all nodes of the label
}

// rows makes a row of each node that passes what is left of the filter.
func (st *statement) rows(from source, withStubs bool) string {
	var conditions []string
	if from.label != "" {
		conditions = append(conditions, "n:"+from.label)
	}
	if passes := st.passes(from.rest, "n", withStubs); passes != always {
		conditions = append(conditions, passes)
	}
	if len(conditions) == 0 {
		return from.match
	}
	return from.match + " WHERE " + all(conditions)
}

// sourceOf takes as a start what narrows a filter most: the ids it lists, a text, entities that papers are joined to. Without any of them it is all nodes of the label.
func (st *statement) sourceOf(label string, f *store.Filter) source {
	parts := []*store.Filter{}
	if f != nil {
		left := *f
		left.And = slices.Clone(f.And)
		f = &left
		parts = append(parts, f)
		for i := range left.And {
			parts = append(parts, &left.And[i])
		}
	}
	for _, part := range parts {
		if part.IDs != nil {
			list := st.nodes(part.IDs, false)
			part.IDs = nil
			return source{match: fmt.Sprintf("UNWIND %s AS n WITH n", list), label: label, rest: f}
		}
	}
	for _, part := range parts {
		if part.Text.HasPositive() {
			query := part.Text
			part.Text = store.Query{}
			return source{match: st.found(query.Query, false), label: label, rest: f}
		}
	}
	for _, part := range parts {
		for i, term := range part.Terms {
			if term.AnyOf == nil || label != labels[literature.KindPaper] {
				continue
			}
			pattern := fmt.Sprintf(dimensions[term.Dimension], "n:"+label)
			match := fmt.Sprintf("UNWIND %s AS v MATCH %s WITH DISTINCT n", st.nodes(term.AnyOf, term.Narrower), pattern)
			part.Terms = slices.Clone(part.Terms)
			part.Terms[i].AnyOf = nil
			return source{match: match, rest: f}
		}
	}
	return source{match: fmt.Sprintf("MATCH (n:%s)", label), rest: f, whole: true}
}

// found makes rows, which a WHERE may follow, of the nodes n that a text query with a positive term matches: those that Lucene finds, and of them, where a phrase ends in a
// prefix, which Lucene cannot ask for, those that hold it.
func (st *statement) found(q analysis.Query, namesOnly bool) string {
	text := fmt.Sprintf("CALL db.index.fulltext.queryNodes('%s', %s) YIELD node AS n", textIndex, st.bind(lucene(q, namesOnly)))
	var left analysis.Query
	for _, term := range q.Terms {
		if term.Kind == analysis.Prefix && len(term.Tokens) > 1 {
			left.Terms = append(left.Terms, term)
		}
	}
	if len(left.Terms) > 0 {
		text += " WHERE " + all(st.matches(left, "n", namesOnly)) + " WITH n"
	}
	return text
}

// lucene writes a query in Lucene's classic syntax. Tokens are letters, marks and digits in lower case, so that nothing in them is syntax; quotes
// make sure of it. A negated phrase that ends in a prefix is left out: the hits are checked for it.
func lucene(q analysis.Query, namesOnly bool) string {
	var clauses []string
	for _, term := range q.Terms {
		field, isPrefix := "Surfaces", term.Kind == analysis.Prefix
		if term.Kind == analysis.Word {
			field = "Stems"
		}
		if isPrefix && len(term.Tokens) > 1 {
			if !term.Negated {
				clauses = append(clauses, luceneClause(field, quote(strings.Join(term.Tokens[:len(term.Tokens)-1], " ")), namesOnly))
				clauses = append(clauses, luceneClause(field, term.Tokens[len(term.Tokens)-1]+"*", namesOnly))
			}
			continue
		}
		what := quote(strings.Join(term.Tokens, " "))
		if isPrefix {
			what = term.Tokens[0] + "*"
		}
		clause := luceneClause(field, what, namesOnly)
		if term.Negated {
			clause = "-" + strings.TrimPrefix(clause, "+")
		}
		clauses = append(clauses, clause)
	}
	return strings.Join(clauses, " ")
}

func luceneClause(field, what string, namesOnly bool) string {
	if namesOnly {
		return "+name" + field + ":" + what
	}
	return "+(name" + field + ":" + what + " text" + field + ":" + what + ")"
}

// quote makes a text one phrase of Lucene's syntax, whatever is in it.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
