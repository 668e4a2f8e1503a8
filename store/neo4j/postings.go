package neo4j

import (
	"cmp"
	"context"
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/store"
)

// Each token is looked up by itself; how often it occurs is counted in the texts of the papers found.
const postingsBody = `MATCH (meta:Papergraph {id: 'meta'}) WITH meta.tokens AS tokens
CALL () { MATCH (n:Paper) RETURN count(n) AS papers }
CALL () { MATCH (n:Stub) RETURN count(n) AS stubs }
CALL () { UNWIND $given.tokens AS token
CALL (token) { CALL db.index.fulltext.queryNodes('` + textIndex + `', token.query) YIELD node AS n WITH n WHERE n:Paper AND NOT n:Stub RETURN collect(n) AS papers }
RETURN collect([token.word, size(papers), CASE WHEN size(papers) > $given.limit THEN [] ELSE
[n IN papers | [n.id, size([w IN split(n.nameStems + n.textStems, ' ') WHERE w = token.word]), n.length]] END]) AS found }
RETURN [papers - stubs, tokens, found] AS rows`

// Postings implements store.Reader.
func (s *Store) Postings(ctx context.Context, q store.PostingQuery) (store.PostingAnswer, error) {
	if err := q.Check(); err != nil {
		return store.PostingAnswer{}, err
	}
	words := slices.Concat(q.Tokens...)
	slices.Sort(words)
	var tokens []any
	for _, word := range slices.Compact(words) {
		if word != analysis.Separator && word != "" {
			tokens = append(tokens, map[string]any{"word": word, "query": `nameStems:` + quote(word) + ` textStems:` + quote(word)})
		}
	}
	st := newStatement()
	st.body = postingsBody
	st.params = map[string]any{"tokens": tokens, "limit": int64(q.Limit)}
	rows, err := s.read(ctx, "postings", st)
	if err != nil {
		return store.PostingAnswer{}, err
	}
	answer := store.PostingAnswer{Documents: int(asInt(rows[0])), Tokens: make(map[string]store.TokenPostings)}
	if answer.Documents > 0 {
		answer.MeanLength = float64(asInt(rows[1])) / float64(answer.Documents)
	}
	for _, row := range asList(rows[2]) {
		r := asList(row)
		found := store.TokenPostings{DocumentFrequency: int(asInt(r[1]))}
		if found.DocumentFrequency == 0 {
			continue
		}
		for _, posting := range asList(r[2]) {
			p := asList(posting)
			found.Postings = append(found.Postings, store.Posting{ID: asID(p[0]), Count: int(asInt(p[1])), Length: int(asInt(p[2]))})
		}
		slices.SortFunc(found.Postings, func(a, b store.Posting) int { return cmp.Compare(a.ID, b.ID) })
		answer.Tokens[asText(r[0])] = found
	}
	answer.Tokens = q.Choose(answer.Tokens)
	return answer, nil
}
