package neo4j

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/store"
)

// Each token is looked up by itself; how often it occurs is counted in the texts of the papers found.
const (
	postingsBody = `MATCH (meta:Papergraph {id: 'meta'}) WITH meta.tokens AS tokens
CALL () { MATCH (n:Paper) RETURN count(n) AS papers }
CALL () { MATCH (n:Stub) RETURN count(n) AS stubs }
CALL () { UNWIND $given.tokens AS token
%sCALL (token) { CALL db.index.fulltext.queryNodes('` + textIndex + `', token.query) YIELD node AS n WITH n WHERE n:Paper AND NOT n:Stub RETURN collect(n) AS papers }
RETURN collect([token.word, size(papers), token.place, CASE WHEN size(papers) > $given.limit THEN [] ELSE papers END]) AS held }
%sRETURN [papers - stubs, tokens, [h IN held%s | [h[0], h[1], [n IN h[3] | [n.id, size([w IN split(n.nameStems + n.textStems, ' ') WHERE w = h[0]]), n.length]]]]] AS rows`

	// A look at so many hits as enough says tells most of the tokens that too many papers hold; only others are looked up whole.
	postingsFew = `CALL (token) { CALL db.index.fulltext.queryNodes('` + textIndex + `', token.query, {limit: $given.enough}) YIELD node AS n
WITH count(n) AS hits, count(CASE WHEN n:Paper AND NOT n:Stub THEN 1 END) AS papers WHERE hits < $given.enough OR papers <= $given.limit RETURN true AS few }
`
	// The order is that of store.RankedToken; what is as much worth as the last, to within what two computers may differ in a logarithm, is left for that to judge.
	postingsRarest = `CALL (held, papers, stubs) { UNWIND $given.lists AS list
CALL (held, papers, stubs, list) { UNWIND held AS h WITH h, list[h[0]] - 1 AS more, papers - stubs AS documents WHERE more >= 0 AND h[1] > 0 AND h[1] > more + $given.beyond AND h[1] <= $given.limit
WITH h, more * log(1 + (documents - h[1] + 0.5) / (h[1] + 0.5)) AS worth ORDER BY worth DESC, h[1], h[2] WITH collect([h[0], worth]) AS ranked
UNWIND [r IN ranked[..$given.rarest] | r[0]] + [r IN ranked[$given.rarest..] WHERE r[1] > 0 AND r[1] >= ranked[$given.rarest - 1][1] * (1 - 1e-9) | r[0]] AS word RETURN word }
RETURN collect(DISTINCT word) AS wanted }
`
)

// Postings implements store.Reader.
func (s *Store) Postings(ctx context.Context, q store.PostingQuery) (store.PostingAnswer, error) {
	if err := q.Check(); err != nil {
		return store.PostingAnswer{}, err
	}
	var words []string
	for _, list := range q.Tokens {
		words = slices.AppendSeq(words, maps.Keys(list))
	}
	slices.Sort(words)
	var tokens []any
	for _, word := range slices.Compact(words) {
		if word != analysis.Separator && word != "" {
			tokens = append(tokens, map[string]any{"word": word, "place": int64(len(tokens)), "query": `nameStems:` + quote(word) + ` textStems:` + quote(word)})
		}
	}
	st := newStatement()
	st.body = fmt.Sprintf(postingsBody, "", "", "")
	st.params = map[string]any{"tokens": tokens, "limit": int64(q.Limit)}
	if q.Rarest > 0 {
		st.body = fmt.Sprintf(postingsBody, postingsFew, postingsRarest, " WHERE h[0] IN wanted")
		lists := make([]any, len(q.Tokens))
		for i, list := range q.Tokens {
			texts := make(map[string]any, len(list))
			for word, n := range list {
				texts[word] = int64(n)
			}
			lists[i] = texts
		}
		st.params["lists"], st.params["rarest"], st.params["beyond"] = lists, int64(q.Rarest), int64(q.Beyond)
		st.params["enough"] = 2*int64(q.Limit) + 1
	}
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
	answer.Tokens = q.Choose(answer)
	return answer, nil
}
