package explore_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// TestPaths: paths join, are no longer than asked, and come by length, then by score; every sentence names both ends.
func TestPaths(t *testing.T) {
	s := storetest.NewReference()
	l := readCorpus(t, storetest.Corpus{Seed: 7, Papers: 40}, s)
	rapid.Check(t, func(t *rapid.T) {
		q := store.PathQuery{
			From: rapid.SampledFrom(l.papers).Draw(t, "from"), To: rapid.SampledFrom(l.papers).Draw(t, "to"),
			Kinds:   rapid.SampledFrom([][]literature.RelationKind{{literature.Cites}, {literature.About}, {literature.Cites, literature.AuthoredBy}}).Draw(t, "kinds"),
			MaxHops: rapid.IntRange(1, 3).Draw(t, "hops"), Limit: rapid.IntRange(1, 8).Draw(t, "limit"),
		}
		paths, answer, err := explore.Paths(t.Context(), s, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(paths) > q.Limit || len(paths) < q.Limit && !answer.Exhausted {
			t.Fatalf("%d paths of at most %d, exhausted %v", len(paths), q.Limit, answer.Exhausted)
		}
		for i, p := range paths {
			if len(p.Relations) > q.MaxHops || len(p.Entities) != len(p.Relations)+1 || p.Entities[0].RecordID() != q.From || p.Entities[len(p.Relations)].RecordID() != q.To {
				t.Fatalf("no path from %s to %s: %s", q.From, q.To, p.Sentence(nil))
			}
			for j, r := range p.Relations {
				from, to := p.Entities[j].RecordID(), p.Entities[j+1].RecordID()
				if r.Source != from && r.Target != from || r.Source != to && r.Target != to {
					t.Fatalf("%s does not join %s and %s", r.ID, from, to)
				}
			}
			if score := p.Score(); score <= 0 || score > 1 {
				t.Fatalf("score %g", score)
			}
			if i > 0 {
				if before := paths[i-1]; len(before.Relations) > len(p.Relations) || len(before.Relations) == len(p.Relations) && before.Score() < p.Score() {
					t.Fatalf("%s stands before %s", before.Sentence(nil), p.Sentence(nil))
				}
			}
		}
	})
}

// TestVerbs: a sentence can tell every kind of relation in both directions and languages.
func TestVerbs(t *testing.T) {
	hant := literature.TraditionalChinese
	a := &literature.Paper{Base: literature.Base{ID: "paper/a", Labels: []literature.LocalizedText{{Value: "A", Locale: literature.English}}}}
	b := &literature.Paper{Base: literature.Base{ID: "paper/b", Labels: []literature.LocalizedText{{Value: "B", Locale: literature.English}}}}
	for _, kind := range literature.RelationKinds() {
		r := &literature.Relation{Kind: kind, Source: "paper/a", Target: "paper/b"}
		seen := map[string]bool{}
		for _, entities := range [][]literature.Entity{{a, b}, {b, a}} {
			p := explore.Path{Path: store.Path{Entities: entities, Relations: []*literature.Relation{r}}}
			for _, locale := range []*literature.Locale{nil, &hant} {
				text := p.Sentence(locale)
				if seen[text] || len(text) < 6 {
					t.Errorf("%s: %q", kind, text)
				}
				seen[text] = true
			}
		}
	}
}
