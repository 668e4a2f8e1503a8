package explore_test

import (
	order "cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// gap is a gap in a form to compare.
type gap struct {
	a, b                           literature.ID
	expected, shortfall            float64
	observed, papersOfA, papersOfB int
}

func gapsOf(t tester, s store.Reader, limit int) (explore.Gaps, []gap) {
	found, err := explore.FindGaps(t.Context(), s, limit)
	if err != nil {
		t.Fatal(err)
	}
	var gaps []gap
	for _, g := range found.Gaps {
		gaps = append(gaps, gap{g.A.RecordID(), g.B.RecordID(), g.Expected, g.Shortfall, g.Observed, g.PapersOfA, g.PapersOfB})
	}
	return found, gaps
}

// TestGaps compares the gaps of small random graphs with what sets and loops find.
func TestGaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var terms []literature.ID
		var records []literature.Record
		for i := range rapid.IntRange(0, 5).Draw(t, "topics") {
			topic := &literature.Topic{Base: base(literature.KindTopic, fmt.Sprint("t", i), "T")}
			terms, records = append(terms, topic.ID), append(records, topic)
		}
		topics := len(terms)
		for i := range rapid.IntRange(0, 3).Draw(t, "systems") {
			system := &literature.System{Base: base(literature.KindSystem, fmt.Sprint("s", i), "S")}
			terms, records = append(terms, system.ID), append(records, system)
		}
		above := make(map[literature.ID][]literature.ID)
		for i := 1; i < topics; i++ {
			if at := rapid.IntRange(0, 3*i).Draw(t, "broader"); at < i {
				above[terms[i]] = append([]literature.ID{terms[at]}, above[terms[at]]...)
				records = append(records, relation(literature.Broader, terms[i], terms[at]))
			}
		}
		papersOf := make(map[literature.ID][]literature.ID)
		all := 0
		for i := range rapid.IntRange(0, 25).Draw(t, "papers") {
			p := &literature.Paper{Base: base(literature.KindPaper, fmt.Sprint("p", i), "P"), Type: literature.Article, IsStub: rapid.IntRange(0, 9).Draw(t, "stub") == 0}
			records = append(records, p)
			tagged := false
			var has []literature.ID
			for at, id := range terms {
				if rapid.IntRange(0, 2).Draw(t, "has") > 0 {
					continue
				}
				has = append(has, id)
				if tagged = tagged || at < topics; at < topics {
					records = append(records, relation(literature.About, p.ID, id))
					continue
				}
				records = append(records, relation(literature.Uses, p.ID, id))
				if rapid.Bool().Draw(t, "extends") {
					records = append(records, relation(literature.Extends, p.ID, id))
				}
			}
			if tagged && !p.IsStub {
				all++
				for _, id := range has {
					papersOf[id] = append(papersOf[id], p.ID)
				}
			}
		}
		var want []gap
		slices.SortStableFunc(terms[:topics], func(a, b literature.ID) int { return order.Compare(len(papersOf[b]), len(papersOf[a])) })
		for i, a := range terms[:topics] {
			for _, b := range terms[i+1:] {
				n, m, both := len(papersOf[a]), len(papersOf[b]), len(shared(papersOf[a], papersOf[b]))
				expected := float64(n*m) / float64(all)
				if n < 3 || m < 3 || expected < 1 || 2*float64(both) > expected || slices.Contains(above[a], b) || slices.Contains(above[b], a) {
					continue
				}
				want = append(want, gap{a, b, expected, math.Round(1e6*explore.LogLikelihoodRatio(both, n, m, all)) / 1e6, both, n, m})
			}
		}
		slices.SortFunc(want, func(x, y gap) int {
			return order.Or(order.Compare(y.shortfall, x.shortfall), order.Compare(x.a, y.a), order.Compare(x.b, y.b))
		})
		limit := rapid.IntRange(1, 10).Draw(t, "limit")
		counted := storetest.Count(holding(t, records...))
		found, got := gapsOf(t, counted, limit)
		if diff := cmp.Diff(want[:min(len(want), limit)], got, cmp.AllowUnexported(gap{})); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if found.Papers != all || found.Unknown > 0 || counted.Total() > 4 {
			t.Errorf("%d of %d papers, %d unknown, %d calls", found.Papers, all, found.Unknown, counted.Total())
		}
	})
}

// Of the terms with enough papers those with most are considered, and it is told how many there are.
func TestGapsConsidered(t *testing.T) {
	var records []literature.Record
	for i := range 3 {
		records = append(records, &literature.Paper{Base: base(literature.KindPaper, fmt.Sprint("p", i), "P"), Type: literature.Article})
	}
	for i := range explore.MaxGapTerms + 2 {
		topic := &literature.Topic{Base: base(literature.KindTopic, fmt.Sprint("t", i), "T")}
		records = append(records, topic)
		for j := range 2 + min(i, 1) { // the first has two papers only
			records = append(records, relation(literature.About, literature.ID(fmt.Sprint("paper/p", j)), topic.ID))
		}
	}
	found, _ := gapsOf(t, holding(t, records...), 1)
	if found.Topics != explore.MaxGapTerms || *found.OfTopics != explore.MaxGapTerms+1 || found.Systems != 0 || *found.OfSystems != 0 || found.Papers != 3 {
		t.Errorf("%d of %d topics, %d of %d systems, %d papers", found.Topics, *found.OfTopics, found.Systems, *found.OfSystems, found.Papers)
	}
}

func TestLogLikelihoodRatio(t *testing.T) {
	tests := []struct {
		both, first, second, all int
		want                     float64
	}{
		{0, 0, 0, 0, 0},
		{3, 6, 8, 16, 0},                    // 6 × 8 ÷ 16
		{0, 4, 5, 16, 3.574126},             // 2 (4 ln(4 ÷ 2.75) + 5 ln(5 ÷ 3.75) + 7 ln(7 ÷ 8.25))
		{1, 3, 14, 16, 8.237560},            // 2 (ln(1 ÷ 2.625) + 2 ln(2 ÷ 0.375) + 13 ln(13 ÷ 11.375))
		{110, 2552, 221, 31777, 270.721876}, // Dunning's own table: “the swiss”, 110, 2442, 111, 29114
		{10, 10, 10, 20, 2 * 20 * math.Ln2},
		{0, 10, 10, 20, 2 * 20 * math.Ln2}, // all or nothing
	}
	for _, test := range tests {
		if got := explore.LogLikelihoodRatio(test.both, test.first, test.second, test.all); math.Abs(got-test.want) > 1e-6 {
			t.Errorf("%d of %d and %d in %d: %f, want %f", test.both, test.first, test.second, test.all, got, test.want)
		}
	}
}

// The ratio does not care which term comes first, nor whether terms are told by the papers that have or that lack them, and a greater shortfall scores higher.
func TestLogLikelihoodRatioProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.IntRange(1, 1000).Draw(t, "all")
		first, second := rapid.IntRange(0, all).Draw(t, "first"), rapid.IntRange(0, all).Draw(t, "second")
		both := rapid.IntRange(max(0, first+second-all), min(first, second)).Draw(t, "both")
		got := explore.LogLikelihoodRatio(both, first, second, all)
		if other := explore.LogLikelihoodRatio(both, second, first, all); math.Abs(other-got) > 1e-9 {
			t.Errorf("%g, and %g the other way round", got, other)
		}
		if other := explore.LogLikelihoodRatio(first-both, first, all-second, all); math.Abs(other-got) > 1e-6 {
			t.Errorf("%g, and %g by what lacks the second", got, other)
		}
		if both > 0 && both*all <= first*second && both > first+second-all {
			if less := explore.LogLikelihoodRatio(both-1, first, second, all); less <= got {
				t.Errorf("%g, and %g with one paper fewer", got, less)
			}
		}
	})
}

// shrinking is a store that loses papers after the first counting.
type shrinking struct {
	store.Store
	loss store.Batch
}

func (s *shrinking) Facets(ctx context.Context, q store.FacetQuery) (map[literature.ID][]store.FacetCounts, error) {
	counts, err := s.Store.Facets(ctx, q)
	if err != nil || len(s.loss.Remove) == 0 {
		return counts, err
	}
	_, err = s.Apply(ctx, s.loss)
	s.loss.Remove = nil
	return counts, err
}

// TestGapsWhilePapersGo: where papers go between two countings, the numbers of a gap stay numbers.
func TestGapsWhilePapersGo(t *testing.T) {
	var pairs [][2]literature.ID
	var gone []literature.ID
	for i := range 12 {
		paper := literature.ID(fmt.Sprint("paper/p", i))
		pairs = append(pairs, [2]literature.ID{paper, literature.ID(fmt.Sprint("topic/t", i%2))})
		if i > 4 {
			gone = append(gone, paper)
		}
	}
	s := madeOf(t, map[literature.RelationKind][][2]literature.ID{literature.About: pairs})
	g, err := explore.FindGaps(t.Context(), &shrinking{s, store.Batch{Author: "test", Remove: gone}}, 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Gaps) != 1 || g.Gaps[0].Expected != 3 || !(g.Gaps[0].Shortfall > 0) {
		t.Errorf("%+v", g.Gaps)
	}
}
