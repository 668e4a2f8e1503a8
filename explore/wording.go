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

// addText measures, for each query with a weight for it, how much the words of papers are those of the seeds. Equal filters are one; every candidate passes that of all papers.
func addText(ctx context.Context, reader store.Reader, queries []RelatedQuery, raws []map[Signal]measures, allPapers *store.Filter) error {
	words := make([][]string, len(queries))
	for i, q := range queries {
		if q.Weights[Text] > 0 {
			words[i] = wordsOf(q.Seeds)
		}
	}
	asked := store.PostingQuery{Tokens: words, Limit: maxFrequency, Rarest: wordsCompared, Least: 2}
	found, err := postingsOf(ctx, reader, asked)
	if err != nil {
		return err
	}
	for i := range words {
		words[i] = asked.RarestOf(words[i], found.Tokens)
	}
	sharing := make(map[*store.Filter][]int) // queries by their filter
	for i, q := range queries {
		if len(words[i]) == 0 {
			continue
		}
		scores := bm25(words[i], found)
		for _, seed := range q.Seeds {
			delete(scores, seed.ID)
		}
		for _, id := range q.Exclude {
			delete(scores, id)
		}
		raws[i][Text] = scores
		sharing[q.Filter] = append(sharing[q.Filter], i)
	}
	delete(sharing, allPapers)
	for filter, of := range sharing {
		if err := keepEligible(ctx, reader, Text, filter, raws, of); err != nil {
			return err
		}
	}
	return nil
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
func bm25(words []string, in store.PostingAnswer) measures {
	scores := make(measures)
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

// keepEligible drops from a signal's values of some queries with one filter the papers that do not pass it. What other signals found passes; of what this one alone found, at most store.MaxPage papers
// are looked at for all these queries, the best of each.
func keepEligible(ctx context.Context, reader store.Reader, signal Signal, filter *store.Filter, raws []map[Signal]measures, of []int) error {
	unknown := make([][]literature.ID, len(of))
	asked := make(map[literature.ID]bool)
	for j, i := range of {
		for id := range raws[i][signal] {
			if !found(raws[i], signal, id) {
				unknown[j] = append(unknown[j], id)
			}
		}
		scores := raws[i][signal]
		slices.SortFunc(unknown[j], func(a, b literature.ID) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
		for _, id := range unknown[j][:min(len(unknown[j]), store.MaxPage/len(of))] {
			asked[id] = true
		}
	}
	passing, err := papersAmong(ctx, reader, slices.Sorted(maps.Keys(asked)), filter, true)
	if err != nil {
		return err
	}
	for j, i := range of {
		for _, id := range unknown[j] {
			if passing[id] == nil {
				delete(raws[i][signal], id)
			}
		}
	}
	return nil
}

// found tells whether a signal other than one found a paper.
func found(raw map[Signal]measures, one Signal, id literature.ID) bool {
	for signal, of := range raw {
		if _, ok := of[id]; ok && signal != one {
			return true
		}
	}
	return false
}
