package explore

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	// wordsCompared is how many of the seeds' words are looked for: those that fewest papers hold. A word that more than maxFrequency papers hold says little and costs much.
	wordsCompared = 12
	maxFrequency  = 5000
	// The constants of BM25 in Robertson and Zaragoza, The probabilistic relevance framework: BM25 and beyond, 2009.
	k1, b = 1.2, 0.75
)

// textScale makes whole numbers of what bm25 measures.
const textScale = 1e9

// textsOf measures, for each query with a weight for it, how much the words of papers are those of the seeds. None of the papers is a seed; they are in no order.
func textsOf(ctx context.Context, reader store.Reader, queries []RelatedQuery) ([][]store.Start, error) {
	words := make([][]string, len(queries))
	for i, q := range queries {
		if q.Weights[Text] > 0 {
			words[i] = wordsOf(q.Seeds)
		}
	}
	asked := store.PostingQuery{Tokens: words, Limit: maxFrequency, Rarest: wordsCompared, Least: 2}
	found, err := postingsOf(ctx, reader, asked)
	if err != nil {
		return nil, err
	}
	texts := make([][]store.Start, len(queries))
	for i, q := range queries {
		scores := bm25(asked.RarestOf(words[i], found.Tokens), found)
		for _, seed := range q.Seeds {
			delete(scores, seed.ID)
		}
		for id, score := range scores {
			if weight := int64(math.Round(score * textScale)); weight > 0 {
				texts[i] = append(texts[i], store.Start{ID: id, Weight: weight})
			}
		}
	}
	return texts, nil
}

// loudest are the MaxCandidates papers with the greatest scores, of equal ones the smaller ids.
func loudest(scores []store.Start) []store.Start {
	if len(scores) > MaxCandidates {
		slices.SortFunc(scores, func(a, b store.Start) int { return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.ID, b.ID)) })
		scores = slices.Clone(scores[:MaxCandidates]) // the others may be many, and are of no more use
	}
	return scores
}

// wordsOf are the stems of titles, aliases, abstracts and summaries, each once and sorted.
func wordsOf(seeds []*literature.Paper) []string {
	var stems []string
	for _, seed := range seeds {
		for _, text := range append(store.NameTexts(seed), store.SearchText(seed, nil)...) {
			for _, token := range analysis.Tokens(text) {
				stems = append(stems, token.Stem)
			}
		}
	}
	slices.Sort(stems)
	return slices.Compact(stems)
}

// postingsOf asks for any number of words, in one call up to store.MaxKeys, and in none for none.
func postingsOf(ctx context.Context, reader store.Reader, q store.PostingQuery) (store.PostingAnswer, error) {
	all := store.PostingAnswer{Tokens: make(map[string]store.TokenPostings)}
	some, held := q, 0
	some.Tokens = nil
	ask := func() error {
		if held == 0 {
			return nil
		}
		found, err := reader.Postings(ctx, some)
		all.Documents, all.MeanLength = found.Documents, found.MeanLength
		maps.Copy(all.Tokens, found.Tokens)
		some.Tokens, held = nil, 0
		return err
	}
	for _, list := range q.Tokens {
		for len(list) > 0 {
			n := min(len(list), store.MaxKeys-held)
			some.Tokens, held = append(some.Tokens, list[:n]), held+n
			if list = list[n:]; held < store.MaxKeys {
				continue
			}
			if err := ask(); err != nil {
				return all, err
			}
		}
	}
	return all, ask()
}

// bm25 adds up, over the words, idf · count · (k1 + 1) ÷ (count + k1 · (1 - b + b · length ÷ mean length)), with idf = ln(1 + (N - df + 0.5) ÷ (df + 0.5)).
func bm25(words []string, in store.PostingAnswer) map[literature.ID]float64 {
	scores := make(map[literature.ID]float64)
	for _, word := range words {
		of := in.Tokens[word]
		df := float64(of.DocumentFrequency)
		idf := math.Log(1 + (float64(in.Documents)-df+0.5)/(df+0.5))
		for _, p := range of.Postings {
			count := float64(p.Count)
			scores[p.ID] += idf * count * (k1 + 1) / (count + k1*(1-b+b*float64(p.Length)/in.MeanLength))
		}
	}
	return scores
}
