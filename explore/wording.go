package explore

import (
	"context"
	"maps"
	"math"
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	// wordsCompared is how many of the seeds' words are looked for: of one seed the rarest, of several those that most join them, as store.RankedToken says. A word that no more papers
	// hold than seeds in their own texts says nothing, and one that more than maxFrequency hold says little and costs much.
	wordsCompared = 12
	maxFrequency  = 5000
	// The constants of BM25 in Robertson and Zaragoza, The probabilistic relevance framework: BM25 and beyond, 2009.
	k1, b = 1.2, 0.75
)

// textScale makes whole numbers of what bm25 measures.
const textScale = 1e9

// textsOf measures, for each query with a weight for it, how much the words of papers are those of the seeds. None of the papers is a seed; they are in no order.
func textsOf(ctx context.Context, reader store.Reader, queries []RelatedQuery) ([][]store.Start, error) {
	words := make([]store.Tokens, len(queries))
	for i, q := range queries {
		if q.Weights[Text] > 0 {
			words[i] = wordsOf(q.Seeds)
		}
	}
	asked := store.PostingQuery{Tokens: words, Limit: maxFrequency, Rarest: wordsCompared, Beyond: 1}
	found, err := postingsOf(ctx, reader, asked)
	if err != nil {
		return nil, err
	}
	texts := make([][]store.Start, len(queries))
	for i, q := range queries {
		scores := bm25(asked.RarestOf(words[i], found), words[i], found)
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
		scores = store.Loudest(scores, MaxCandidates, func(s store.Start) int64 { return s.Weight }, func(s store.Start) literature.ID { return s.ID })
		scores = slices.Clone(scores) // the others may be many, and are of no more use
	}
	return scores
}

// wordsOf are the stems of titles, aliases, abstracts and summaries, with how many seeds hold each, of which stubs, in which no word is counted, add up to no more than one.
func wordsOf(seeds []*literature.Paper) store.Tokens {
	words, ofStubs := make(store.Tokens), make(store.Tokens)
	for _, seed := range Distinct(seeds) {
		held := make(map[string]bool)
		for _, text := range append(store.NameTexts(seed), store.SearchText(seed, nil)...) {
			for _, token := range analysis.Tokens(text) {
				held[token.Stem] = true
			}
		}
		for word := range held {
			if store.IsCounted(seed) {
				words[word]++
			} else {
				ofStubs[word] = 1
			}
		}
	}
	for word := range ofStubs {
		words[word] = max(words[word], 1)
	}
	return words
}

// postingsOf asks for any number of words, in one call up to store.MaxKeys, and in none for none.
func postingsOf(ctx context.Context, reader store.Reader, q store.PostingQuery) (store.PostingAnswer, error) {
	all := store.PostingAnswer{Tokens: make(map[string]store.TokenPostings)}
	some, room := q, store.MaxKeys
	some.Tokens = nil
	ask := func() error {
		if len(some.Tokens) == 0 {
			return nil
		}
		found, err := reader.Postings(ctx, some)
		all.Documents, all.MeanLength = found.Documents, found.MeanLength
		maps.Copy(all.Tokens, found.Tokens)
		some.Tokens, room = nil, store.MaxKeys
		return err
	}
	for _, list := range q.Tokens {
		words := slices.Sorted(maps.Keys(list))
		for len(words) > 0 {
			part := make(store.Tokens)
			for _, word := range words[:min(len(words), room)] {
				part[word] = list[word]
			}
			words, room = words[len(part):], room-len(part)
			some.Tokens = append(some.Tokens, part)
			if room > 0 {
				continue
			}
			if err := ask(); err != nil {
				return all, err
			}
		}
	}
	return all, ask()
}

// bm25 adds up, over the words, seeds that hold the word · idf · count · (k1 + 1) ÷ (count + k1 · (1 - b + b · length ÷ mean length)).
func bm25(words []string, held store.Tokens, in store.PostingAnswer) map[literature.ID]float64 {
	longest := 0
	for _, word := range words {
		longest = max(longest, len(in.Tokens[word].Postings))
	}
	scores := make(map[literature.ID]float64, 2*longest)
	for _, word := range words {
		of := in.Tokens[word]
		weight := float64(held[word]) * store.WordIDF(in.Documents, of.DocumentFrequency)
		for _, p := range of.Postings {
			count := float64(p.Count)
			scores[p.ID] += weight * count * (k1 + 1) / (count + k1*(1-b+b*float64(p.Length)/in.MeanLength))
		}
	}
	return scores
}
