package storetest

import (
	"context"
	"maps"
	"slices"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Resolve implements store.Reader.
func (r *reference) Resolve(ctx context.Context, keys []store.Key) (map[store.Key]literature.ID, error) {
	if err := store.CheckKeys(len(keys)); err != nil {
		return nil, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return nil, err
	}
	answer := make(map[store.Key]literature.ID)
	for _, key := range keys {
		var best literature.Entity
		for _, e := range s.entities {
			if s.answers(e, key) && (best == nil || s.before(e, best)) {
				best = e
			}
		}
		if best != nil {
			answer[key] = best.RecordID()
		}
	}
	return answer, nil
}

func (s *state) answers(e literature.Entity, key store.Key) bool {
	if key.Value == "" || key.Kind != "" && key.Kind != e.Kind() {
		return false
	}
	switch key.Scheme {
	case store.BySlug:
		return key.Kind != "" && s.resolve(literature.NewID(key.Kind, key.Value)) == e.RecordID()
	case store.ByName:
		wanted := analysis.NameKey(key.Value)
		return slices.ContainsFunc(store.NameTexts(e), func(name string) bool { return wanted != "" && analysis.NameKey(name) == wanted })
	}
	identifier := literature.Identifier{Scheme: literature.IdentifierScheme(key.Scheme), Value: key.Value}
	return slices.Contains(e.Common().Identifiers, identifier)
}

// before is the order among several holders of a key.
func (s *state) before(a, b literature.Entity) bool {
	if isStub(a) != isStub(b) {
		return isStub(b)
	}
	if ca, cb := s.citedBy[a.RecordID()], s.citedBy[b.RecordID()]; ca != cb {
		return ca > cb
	}
	return a.RecordID() < b.RecordID()
}

// Search implements store.Reader.
func (r *reference) Search(ctx context.Context, q store.TextQuery) (store.HitPage, error) {
	if err := q.Check(); err != nil {
		return store.HitPage{}, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return store.HitPage{}, err
	}
	var list []placed[store.Hit]
	for _, e := range s.entities {
		if len(q.Kinds) > 0 && !slices.Contains(q.Kinds, e.Kind()) || !s.passes(q.Filter, e, false) {
			continue
		}
		fields := []analysis.Field{s.names(e)}
		if !q.NamesOnly {
			fields = append(fields, s.text(e))
		}
		if q.Query.Matches(fields...) {
			hit := store.Hit{Entity: e, Tier: s.tier(q.Query, e)}
			hit.Position = position(e.RecordID(), number(int64(hit.Tier)), number(int64(s.citedBy[e.RecordID()])))
			list = append(list, placed[store.Hit]{hit, hit.Position})
		}
	}
	items, info := page(list, byKeys([]bool{false, true}, false), q.Page, q.WithTotal)
	answer := store.HitPage{PageInfo: info}
	for _, p := range items {
		answer.Items = append(answer.Items, p.item)
	}
	return answer, nil
}

// Postings implements store.Reader.
func (r *reference) Postings(ctx context.Context, q store.PostingQuery) (store.PostingAnswer, error) {
	if err := q.Check(); err != nil {
		return store.PostingAnswer{}, err
	}
	s, err := r.state(ctx)
	if err != nil {
		return store.PostingAnswer{}, err
	}
	answer := store.PostingAnswer{Tokens: make(map[string]store.TokenPostings)}
	total := 0
	for _, e := range s.ofKind(literature.KindPaper, nil) {
		if isStub(e) {
			continue
		}
		names, text := s.names(e), s.text(e)
		length := names.Len() + text.Len()
		answer.Documents++
		total += length
		tokens := make(store.Tokens)
		for _, list := range q.Tokens {
			maps.Copy(tokens, list)
		}
		for token := range tokens {
			count := 0
			for _, stem := range slices.Concat(names.Stems, text.Stems) {
				if stem == token && stem != analysis.Separator {
					count++
				}
			}
			if count > 0 {
				found := answer.Tokens[token]
				found.DocumentFrequency++
				found.Postings = append(found.Postings, store.Posting{ID: e.RecordID(), Count: count, Length: length})
				answer.Tokens[token] = found
			}
		}
	}
	if answer.Documents > 0 {
		answer.MeanLength = float64(total) / float64(answer.Documents)
	}
	answer.Tokens = q.Choose(answer)
	for token, found := range answer.Tokens {
		if found.DocumentFrequency > q.Limit {
			found.Postings = nil
			answer.Tokens[token] = found
		}
	}
	return answer, nil
}
