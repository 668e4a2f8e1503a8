package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

// Match implements projection.Source. Every term gives a set of entities; the sets are put together here rather than in FTS5, because a term may be
// met by an entity's own texts and, for a paper, by the labels of the entities it is joined to.
func (m *moment) Match(ctx context.Context, query store.Query, namesOnly bool) (projection.Matches, error) {
	conn, err := m.session(ctx)
	if err != nil {
		return projection.Matches{}, err
	}
	var found, named set // what the terms so far leave, and what they leave if only names count; nil: everything
	exclude := newSet(m.extents.bound())
	for _, term := range query.Terms {
		names, anywhere, err := m.termSets(ctx, conn, term, namesOnly)
		switch {
		case err != nil:
			return projection.Matches{}, err
		case term.Negated:
			exclude.or(anywhere)
		case found == nil:
			found, named = anywhere, names
		default:
			found.and(anywhere)
			named.and(names)
		}
	}
	if found == nil {
		found = newSet(m.extents.bound())
		for n := range m.extents.bound() {
			if _, ok := m.graph.Numbered(n); ok {
				found.add(n)
			}
		}
	}
	found.without(exclude)
	matches := projection.Matches{Numbers: make([]uint32, 0, found.size())}
	found.each(func(n uint32) { matches.Numbers = append(matches.Numbers, n) })
	if !query.HasPositive() {
		return matches, nil
	}
	exact, err := m.named(ctx, conn, query.Text)
	if err != nil {
		return projection.Matches{}, err
	}
	matches.Tiers = make([]uint8, len(matches.Numbers))
	for i, n := range matches.Numbers {
		switch {
		case exact.has(n):
			matches.Tiers[i] = 1
		case named.has(n):
			matches.Tiers[i] = 2
		default:
			matches.Tiers[i] = 3
		}
	}
	return matches, nil
}

// termSets are the entities that hold a term, negated or not, in their names and anywhere. The two are never the same set in memory.
func (m *moment) termSets(ctx context.Context, conn *session, term analysis.Term, namesOnly bool) (names, anywhere set, err error) {
	key := fmt.Sprint(term.Kind, namesOnly, term.Tokens)
	if names, anywhere, ok := m.common.get(key); ok {
		return names, anywhere, nil
	}
	names, anywhere, err = m.readTerm(ctx, conn, term, namesOnly)
	if err == nil {
		m.common.put(key, names, anywhere)
	}
	return names, anywhere, err
}

// readTerm is termSets from the file.
func (m *moment) readTerm(ctx context.Context, conn *session, term analysis.Term, namesOnly bool) (names, anywhere set, err error) {
	expression, err := matchExpression(ctx, conn, term)
	if err != nil {
		return nil, nil, err
	}
	names, anywhere = newSet(m.extents.bound()), newSet(m.extents.bound())
	if expression == "" {
		return names, anywhere, nil
	}
	if err := matching(ctx, conn, "labels", expression, &names); err != nil {
		return nil, nil, err
	}
	if !namesOnly {
		names.each(func(n uint32) { m.graph.EachQuoting(n, anywhere.add) })
		if err := matching(ctx, conn, "texts", expression, &anywhere); err != nil {
			return nil, nil, err
		}
	}
	if err := matching(ctx, conn, "aliases", expression, &names); err != nil {
		return nil, nil, err
	}
	anywhere.or(names)
	return names, anywhere, nil
}

// matchExpression is the term in FTS5's language, or "" where nothing can match. Tokens are quoted, and hold letters, marks and digits only, so no
// character of a query is ever syntax.
func matchExpression(ctx context.Context, conn *session, term analysis.Term) (string, error) {
	if term.Kind != analysis.Word {
		expression := quoted(strings.Join(term.Tokens, " "))
		if term.Kind == analysis.Prefix {
			expression += " *"
		}
		return expression, nil
	}
	surfaces, err := surfacesOf(ctx, conn, term.Tokens[0])
	for i, surface := range surfaces {
		surfaces[i] = quoted(surface)
	}
	return strings.Join(surfaces, " OR "), err
}

func quoted(token string) string { return `"` + strings.ReplaceAll(token, `"`, `""`) + `"` }

// matching adds the numbers under which a table holds what the expression asks for. One long text is read much faster than many rows.
func matching(ctx context.Context, conn *session, table, expression string, into *set) error {
	scan := func(rows *sql.Rows) error {
		var list sql.RawBytes
		if err := rows.Scan(&list); err != nil {
			return err
		}
		n := uint32(0)
		for _, b := range list {
			if b == ',' {
				into.add(n)
				n = 0
			} else {
				n = 10*n + uint32(b-'0')
			}
		}
		if n != 0 {
			into.add(n)
		}
		return nil
	}
	return conn.each(ctx, scan, "SELECT group_concat(rowid) FROM "+table+" WHERE "+table+" MATCH ?", expression)
}

// named are the entities one of whose labels or aliases is the text, as names are compared.
func (m *moment) named(ctx context.Context, conn *session, text string) (set, error) {
	exact := newSet(0)
	key := store.Key{Scheme: store.ByName, Value: text}
	holders, err := m.holders(ctx, conn, []store.Key{key})
	if err != nil {
		return nil, err
	}
	ids := holders[key]
	found, err := m.Records(ctx, ids)
	for _, id := range ids {
		if e, ok := found[id].(literature.Entity); ok && holds(e, key) {
			exact.add(m.graph.Number(id))
		}
	}
	return exact, err
}

// appendText collects a column of texts.
func appendText[S ~string](into *[]S) func(*sql.Rows) error {
	return func(rows *sql.Rows) error {
		var text S
		err := rows.Scan(&text)
		*into = append(*into, text)
		return err
	}
}
