package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Postings implements store.Reader.
func (s *Store) Postings(ctx context.Context, q store.PostingQuery) (store.PostingAnswer, error) {
	if err := q.Check(); err != nil {
		return store.PostingAnswer{}, err
	}
	return answer(ctx, s, "postings", func(ctx context.Context, m *moment) (store.PostingAnswer, error) {
		found := store.PostingAnswer{Tokens: make(map[string]store.TokenPostings)}
		found.Documents = m.graph.Stats().Entities[literature.KindPaper]
		if found.Documents > 0 {
			found.MeanLength = float64(m.totalLength()) / float64(found.Documents)
		}
		if len(q.Tokens) == 0 {
			return found, nil
		}
		conn, err := m.session(ctx)
		if err != nil {
			return found, err
		}
		for _, token := range q.Tokens {
			if _, done := found.Tokens[token]; done {
				continue
			}
			postings, err := m.postingsOf(ctx, conn, token, q.Limit)
			if err != nil {
				return found, err
			}
			if postings.DocumentFrequency > 0 {
				found.Tokens[token] = postings
			}
		}
		return found, nil
	})
}

func (m *moment) postingsOf(ctx context.Context, conn *session, token string, limit int) (store.TokenPostings, error) {
	var postings store.TokenPostings
	_, anywhere, err := m.termSets(ctx, conn, analysis.Term{Kind: analysis.Word, Tokens: []string{token}}, false)
	if err != nil {
		return postings, err
	}
	var papers []literature.ID
	anywhere.each(func(n uint32) {
		if e, ok := m.graph.Numbered(n); ok && e.Kind == literature.KindPaper && !e.Stub {
			postings.DocumentFrequency++
			papers = append(papers, e.ID)
		}
	})
	if postings.DocumentFrequency == 0 || postings.DocumentFrequency > limit {
		return postings, nil
	}
	surfaces, err := surfacesOf(ctx, conn, token)
	if err != nil {
		return postings, err
	}
	var counts [len(textTables)]map[uint32]int // occurrences by table and number
	for i, table := range textTables {
		counts[i] = make(map[uint32]int)
		for _, surface := range surfaces {
			scan := func(rows *sql.Rows) error {
				var number uint32
				var count int
				err := rows.Scan(&number, &count)
				counts[i][number] += count
				return err
			}
			if err := conn.each(ctx, scan, "SELECT doc, count(*) FROM "+table+"_at WHERE term = ? GROUP BY doc", surface); err != nil {
				return postings, err
			}
		}
	}
	for _, id := range papers {
		n := m.graph.Number(id)
		posting := store.Posting{ID: id, Length: int(m.extents.at(n).all)}
		for i := range counts {
			posting.Count += counts[i][n]
		}
		for _, joined := range m.graph.Joined(id) {
			other := m.graph.Number(joined)
			posting.Count += counts[labelsTable][other]
			posting.Length += int(m.extents.at(other).labels)
		}
		postings.Postings = append(postings.Postings, posting)
	}
	slices.SortFunc(postings.Postings, func(a, b store.Posting) int { return cmp.Compare(a.ID, b.ID) })
	return postings, nil
}
