package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"sort"

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
			_, total := m.textLengths()
			found.MeanLength = float64(total) / float64(found.Documents)
		}
		if !slices.ContainsFunc(q.Tokens, func(list store.Tokens) bool { return len(list) > 0 }) {
			return found, nil
		}
		conn, err := m.session(ctx)
		if err != nil {
			return found, err
		}
		t := s.tallies.Get().(*tally)
		defer s.tallies.Put(t)
		for _, list := range q.Tokens {
			if q.Rarest > 0 {
				err = m.rarest(ctx, conn, t, q, list, found)
			} else {
				err = m.all(ctx, conn, t, q, list, found)
			}
			if err != nil {
				return found, err
			}
		}
		found.Tokens = q.Choose(found)
		return found, nil
	})
}

// all finds the postings of every token of a list.
func (m *moment) all(ctx context.Context, conn *session, t *tally, q store.PostingQuery, list store.Tokens, found store.PostingAnswer) error {
	for token := range list {
		if _, done := found.Tokens[token]; done {
			continue
		}
		holders, many, err := m.listings(ctx, conn, t, token, maxNumber)
		if err != nil {
			return err
		}
		if many > 0 {
			found.Tokens[token] = m.postings(holders, many, q.Limit)
		}
	}
	return nil
}

// rarest finds the postings of the tokens of a list that Rarest asks for, and perhaps of some others. It looks at the tokens as they would stand if their frequency were what it is at
// least, and stops at the first that even then stands behind those it has.
func (m *moment) rarest(ctx context.Context, conn *session, t *tally, q store.PostingQuery, list store.Tokens, found store.PostingAnswer) error {
	candidates := make([]store.RankedToken, 0, len(list))
	for token, texts := range list {
		if least := m.frequencies.of(token); least <= q.Limit {
			candidates = append(candidates, store.RankedToken{Token: token, Texts: texts, DocumentFrequency: least})
		}
	}
	order := func(a, b store.RankedToken) int { return a.Compare(b, found.Documents) }
	slices.SortFunc(candidates, order)
	var chosen []store.RankedToken
	for _, c := range candidates {
		most := q.Limit
		if len(chosen) == q.Rarest {
			last := chosen[len(chosen)-1]
			most = c.DocumentFrequency - 1 + sort.Search(q.Limit-c.DocumentFrequency+1, func(more int) bool {
				return order(store.RankedToken{Token: c.Token, Texts: c.Texts, DocumentFrequency: c.DocumentFrequency + more}, last) > 0
			})
		}
		if c.DocumentFrequency > most {
			break
		}
		of, done := found.Tokens[c.Token]
		if !done {
			holders, many, err := m.listings(ctx, conn, t, c.Token, most)
			if err != nil {
				return err
			}
			if of = m.postings(holders, many, most); of.Postings == nil {
				continue
			}
			found.Tokens[c.Token] = of
		}
		if c.DocumentFrequency = of.DocumentFrequency; c.DocumentFrequency < c.Texts+q.Beyond || c.DocumentFrequency > most {
			continue
		}
		at, _ := slices.BinarySearchFunc(chosen, c, order)
		chosen = slices.Insert(chosen, at, c)
		chosen = chosen[:min(len(chosen), q.Rarest)]
	}
	return nil
}

// tally is how often a token occurs in papers.
type tally struct {
	counts []int // by number; 0 between two tokens
	papers []uint32
	list   sql.RawBytes
}

func (t *tally) clear() {
	for _, n := range t.papers {
		t.counts[n] = 0
	}
	t.papers = t.papers[:0]
}

// tally counts the occurrences of a token in the papers that are no stubs: in their own texts, and in the labels of what they are joined to. It may end early where there are
// more papers than the caller wants to know of.
func (m *moment) tally(ctx context.Context, conn *session, t *tally, token string, most int) error {
	t.clear()
	if bound := int(m.extents.bound()); len(t.counts) < bound {
		t.counts = make([]int, bound)
	}
	surfaces, err := surfacesOf(ctx, conn, token)
	if err != nil {
		return err
	}
	add := func(n uint32) {
		if t.counts[n] == 0 {
			if e, ok := m.graph.Numbered(n); !ok || e.Kind != literature.KindPaper || e.Stub {
				return
			}
			t.papers = append(t.papers, n)
		}
		t.counts[n]++
	}
	scan := func(rows *sql.Rows) error {
		var table int
		if err := rows.Scan(&table, &t.list); err != nil {
			return err
		}
		for rest := t.list; len(rest) > 0 && len(t.papers) <= most; {
			n := uint32(0)
			for len(rest) > 0 {
				digit := rest[0]
				if rest = rest[1:]; digit == ',' {
					break
				}
				n = 10*n + uint32(digit-'0')
			}
			if add(n); table == labelsTable {
				m.graph.EachQuoting(n, add)
			}
		}
		return nil
	}
	for _, surface := range surfaces {
		if err := conn.each(ctx, scan, occurrences, surface); err != nil || len(t.papers) > most {
			return err
		}
	}
	return nil
}

// occurrences lists for each table, by its place in textTables, the numbers of entities that hold a surface, as often as they do. One long text is read much faster than many rows.
const occurrences = `SELECT 0, group_concat(doc) FROM labels_at WHERE term = ?1 HAVING count(*)
UNION ALL SELECT 1, group_concat(doc) FROM aliases_at WHERE term = ?1 HAVING count(*)
UNION ALL SELECT 2, group_concat(doc) FROM texts_at WHERE term = ?1 HAVING count(*)`

// listings are the papers that hold a token, in id order, and how many they are; only a number above most where they are more.
func (m *moment) listings(ctx context.Context, conn *session, t *tally, token string, most int) (list []listing, all int, err error) {
	if list, ok := m.remembered.get(token); ok {
		return list, len(list), nil
	}
	if err := m.tally(ctx, conn, t, token, most); err != nil || len(t.papers) > most {
		return nil, len(t.papers), err
	}
	lengths, _ := m.textLengths()
	slices.Sort(t.papers) // ids mostly ascend with numbers, which are compared much faster
	list = make([]listing, len(t.papers))
	for i, n := range t.papers {
		list[i] = listing{n, uint32(t.counts[n]), lengths[n]}
	}
	slices.SortFunc(list, func(a, b listing) int { return cmp.Compare(m.graph.IDOf(a.paper), m.graph.IDOf(b.paper)) })
	m.remembered.put(token, list)
	return list, len(list), nil
}

// postings is what a list of so many papers tells, without the list where it is too long.
func (m *moment) postings(list []listing, all, limit int) store.TokenPostings {
	found := store.TokenPostings{DocumentFrequency: all}
	if all == 0 || all > limit {
		return found
	}
	found.Postings = make([]store.Posting, len(list))
	for i, l := range list {
		found.Postings[i] = store.Posting{ID: m.graph.IDOf(l.paper), Count: int(l.count), Length: int(l.length)}
	}
	return found
}
