package neo4j

import (
	"fmt"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// dimensions are the patterns from a paper n to the entities v that are its values in a dimension.
var dimensions = map[store.Dimension]string{
	store.ByVenue:        `(%s)-[:PUBLISHED_IN]->(v)`,
	store.ByTopic:        `(%s)-[:ABOUT]->(v)`,
	store.ByAuthor:       `(%s)-[:AUTHORED_BY]->(v)`,
	store.BySystem:       `(%s)-[:INTRODUCES|USES|EXTENDS|COMPARES_WITH]->(v:System)`,
	store.ByOrganization: `(%s)-[:WRITTEN_AT]->(v)`,
	store.ByCollection:   `(%s)-[:IN_COLLECTION]->(v)`,
	store.ByWorkload:     `(%s)-[:EVALUATED_ON]->(v)`,
}

const (
	hasArtifact = `EXISTS { (%s)-[:HAS_ARTIFACT]->() }`
	hasResult   = `EXISTS { (%s)-[:REPORTS]->() }`
)

// always is the condition that holds for everything.
const always = "true"

// passes is the condition that a node passes a filter; withStubs is the rule where the filter does not decide about stubs.
func (st *statement) passes(f *store.Filter, node string, withStubs bool) string {
	var parts []string
	if f.Stubs() == nil && !withStubs {
		parts = append(parts, "NOT "+node+":Stub")
	}
	if f != nil {
		parts = append(parts, st.holds(*f, node, false)...)
	}
	return all(parts)
}

// all joins conditions that must hold together.
func all(parts []string) string {
	if len(parts) == 0 {
		return always
	}
	return strings.Join(parts, " AND ")
}

// holds lists the conditions of one filter. Below a Not, none may be null: that would be neither true nor false.
func (st *statement) holds(f store.Filter, node string, negated bool) []string {
	var parts []string
	for _, part := range f.And {
		parts = append(parts, st.holds(part, node, negated)...)
	}
	if len(f.Or) > 0 {
		var any []string
		for _, part := range f.Or {
			any = append(any, "("+all(st.holds(part, node, negated))+")")
		}
		parts = append(parts, "("+strings.Join(any, " OR ")+")")
	}
	if f.Not != nil {
		parts = append(parts, "NOT ("+all(st.holds(*f.Not, node, true))+")")
	}
	if f.Stub != nil {
		parts = append(parts, truth(*f.Stub, node+":Stub"))
	}
	if f.Kinds != nil {
		parts = append(parts, hasLabel(f.Kinds, node))
	}
	if f.IDs != nil {
		parts = append(parts, node+" IN "+st.nodes(f.IDs, false))
	}
	if !f.Text.Empty() {
		parts = append(parts, st.matches(f.Text.Query, node, false)...)
	}
	if papers := st.holdsForPaper(f, node, negated); len(papers) > 0 {
		parts = append(parts, node+":Paper")
		parts = append(parts, papers...)
	}
	if negated && len(parts) == 0 {
		// Not a constant: the planner would fold it and forget, with the whole condition, the labels that index hints need.
		parts = append(parts, node+".id <> ''")
	}
	return parts
}

// truth is a condition or its opposite.
func truth(wanted bool, condition string) string {
	if wanted {
		return condition
	}
	return "NOT " + condition
}

// hasLabel is the condition that a node is of one of the kinds.
func hasLabel(kinds []literature.EntityKind, node string) string {
	if len(kinds) == 0 {
		return node + ".id = ''" // never, but no constant, see holds
	}
	return node + ":" + oneOf(kinds)
}

// oneOf writes the labels of kinds as alternatives.
func oneOf(kinds []literature.EntityKind) string {
	var names []string
	for _, kind := range literature.EntityKinds() {
		for _, wanted := range kinds {
			if wanted == kind {
				names = append(names, labels[kind])
				break
			}
		}
	}
	return strings.Join(names, "|")
}

// holdsForPaper lists the conditions that only papers can meet.
func (st *statement) holdsForPaper(f store.Filter, node string, negated bool) []string {
	var parts []string
	bound := func(property, operator string, limit *int) {
		if limit == nil {
			return
		}
		condition := fmt.Sprintf("%s.%s %s %s", node, property, operator, st.bind(int64(*limit)))
		if negated {
			condition = "coalesce(" + condition + ", false)"
		}
		parts = append(parts, condition)
	}
	bound("year", ">=", f.Years.From)
	bound("year", "<=", f.Years.To)
	bound("citedBy", ">=", f.CitedBy.From)
	bound("citedBy", "<=", f.CitedBy.To)
	for _, term := range f.Terms {
		parts = append(parts, st.term(term, node)...)
	}
	if f.HasArtifact != nil {
		parts = append(parts, truth(*f.HasArtifact, fmt.Sprintf(hasArtifact, node)))
	}
	if f.HasResult != nil {
		parts = append(parts, truth(*f.HasResult, fmt.Sprintf(hasResult, node)))
	}
	return parts
}

// term lists the conditions of one comparison with entities. A term without lists asks for a paper and no more.
func (st *statement) term(t store.TermMatch, node string) []string {
	return append([]string{always}, st.joins(t, fmt.Sprintf(dimensions[t.Dimension], node))...)
}

// joins lists the conditions of a comparison with the entities v of a pattern.
func (st *statement) joins(t store.TermMatch, pattern string) []string {
	var parts []string
	if t.AnyOf != nil {
		parts = append(parts, fmt.Sprintf("EXISTS { %s WHERE v IN %s }", pattern, st.nodes(t.AnyOf, t.Narrower)))
	}
	if len(t.AllOf) > 0 {
		parts = append(parts, fmt.Sprintf("all(g IN %s WHERE EXISTS { %s WHERE v IN g })", st.groups(t.AllOf, t.Narrower), pattern))
	}
	if len(t.NoneOf) > 0 {
		parts = append(parts, fmt.Sprintf("NOT EXISTS { %s WHERE v IN %s }", pattern, st.nodes(t.NoneOf, t.Narrower)))
	}
	return parts
}

// matches lists the conditions that a text query matches the names of a node and, unless namesOnly, its search text. Tokens stand between spaces there, so that a word
// and a phrase are a part of a text with a space on either side, and a prefix one with a space before.
func (st *statement) matches(q analysis.Query, node string, namesOnly bool) []string {
	var words, phrases, notWords, notPhrases []any
	for _, term := range q.Terms {
		text, list := " "+strings.Join(term.Tokens, " ")+" ", &phrases
		switch {
		case term.Kind == analysis.Word && term.Negated:
			list = &notWords
		case term.Kind == analysis.Word:
			list = &words
		case term.Negated:
			list = &notPhrases
		}
		if term.Kind == analysis.Prefix {
			text = strings.TrimSuffix(text, " ")
		}
		*list = append(*list, text)
	}
	var parts []string
	each := func(quantifier, field string, texts []any) {
		if len(texts) == 0 {
			return
		}
		occurs := fmt.Sprintf("%s.name%s CONTAINS t", node, field)
		if !namesOnly {
			occurs += fmt.Sprintf(" OR %s.text%s CONTAINS t", node, field)
		}
		parts = append(parts, fmt.Sprintf("%s(t IN %s WHERE %s)", quantifier, st.bind(texts), occurs))
	}
	each("all", "Stems", words)
	each("all", "Surfaces", phrases)
	each("none", "Stems", notWords)
	each("none", "Surfaces", notPhrases)
	return parts
}
