package explore_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// TestExplain: of two papers an explanation says what related work says of the second, beside the first; paths are those that Paths finds, and their relations exist.
func TestExplain(t *testing.T) {
	s := storetest.NewReference()
	l := readCorpus(t, storetest.Corpus{Seed: 11, Papers: 60}, s)
	storetest.Checks(t, 20)
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom(l.papers).Draw(t, "from"), rapid.SampledFrom(l.papers).Draw(t, "to")
		if from == to {
			return
		}
		hops := rapid.IntRange(1, 2).Draw(t, "hops")
		ends, err := s.Records(t.Context(), []literature.ID{from, to})
		if err != nil {
			t.Fatal(err)
		}
		e, err := explore.Explain(t.Context(), s, explore.ExplainQuery{
			From: ends[from].(literature.Entity), To: ends[to].(literature.Entity), MaxHops: hops, WithSignals: true, WithPaths: true,
		})
		if err != nil {
			t.Fatal(err)
		}
		checkRelated(t, s, e, ends[from].(*literature.Paper))
		sum := 0.0
		for _, signal := range e.Related.Signals {
			sum += signal.Contribution
			if signal.Value < 0 || signal.Value > 1 {
				t.Errorf("%s has the value %g", signal.Signal, signal.Value)
			}
		}
		if math.Abs(sum-e.Related.Score) > 1e-9 {
			t.Errorf("contributions add up to %g, the score is %g", sum, e.Related.Score)
		}
		paths, answer, err := explore.Paths(t.Context(), s, store.PathQuery{From: from, To: to, MaxHops: hops, Limit: 5})
		if diff := cmp.Diff(paths, e.Paths); err != nil || diff != "" || answer.Exhausted != e.Exhausted {
			t.Errorf("error %v, exhausted %v; other paths (-want +got):\n%s", err, e.Exhausted, diff)
		}
		for _, path := range e.Paths {
			checkRelations(t, s, path)
		}
		if e.Summary(nil) == "" || e.Summary(nil) == e.Summary(ptr(literature.TraditionalChinese)) {
			t.Errorf("%s | %s", e.Summary(nil), e.Summary(ptr(literature.TraditionalChinese)))
		}
	})
}

func ptr[T any](v T) *T { return &v }

// checkRelated compares with the place of the second paper in the whole ranking of what is related to the first.
func checkRelated(t *rapid.T, s store.Store, e *explore.Explanation, from *literature.Paper) {
	queries := []explore.RelatedQuery{{Seeds: []*literature.Paper{from}, Weights: explore.Discover.Weights(), Page: store.Page{Limit: 1000}}}
	pages, err := explore.RelatedPapers(t.Context(), s, queries)
	if err != nil {
		t.Fatal(err)
	}
	grounds, err := explore.Grounds(t.Context(), s, queries, pages)
	if err != nil {
		t.Fatal(err)
	}
	for i, item := range pages[0].Items {
		if item.ID == e.To.RecordID() {
			if diff := cmp.Diff(item, *e.Related); diff != "" {
				t.Errorf("other signals than related work (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(grounds[0][i], e.Grounded, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("other grounds than related work (-want +got):\n%s", diff)
			}
			return
		}
	}
	if e.Related.Score != 0 {
		t.Errorf("%s is no candidate, and has the score %g", e.To.RecordID(), e.Related.Score)
	}
	if len(pages[0].Items) > 0 && len(e.Related.Signals) != len(pages[0].Items[0].Signals) {
		t.Errorf("%d signals of no candidate, %d of candidates", len(e.Related.Signals), len(pages[0].Items[0].Signals))
	}
}

// checkRelations checks that the relations of a path exist and join its entities.
func checkRelations(t *rapid.T, s store.Store, path explore.Path) {
	for i, r := range path.Relations {
		records, err := s.Records(t.Context(), []literature.ID{r.ID})
		if err != nil {
			t.Fatal(err)
		}
		a, b := path.Entities[i].RecordID(), path.Entities[i+1].RecordID()
		if records[r.ID] == nil || (r.Source != a || r.Target != b) && (r.Source != b || r.Target != a) {
			t.Errorf("%s does not join %s and %s", r.ID, a, b)
		}
	}
}

// TestExplainStub: a stub, which is no candidate of related work, is measured all the same, and bounds the values of others where it has the greatest.
func TestExplainStub(t *testing.T) {
	s := storetest.NewReference()
	if _, err := s.Apply(t.Context(), storetest.Fixture()); err != nil {
		t.Fatal(err)
	}
	records, err := s.Records(t.Context(), []literature.ID{"paper/alpha", "paper/lost", "system/kiwi", "author/ann"})
	if err != nil {
		t.Fatal(err)
	}
	// Alpha cites lost. Beta cites both; gamma cites alpha only, and alpha itself.
	e, err := explore.Explain(t.Context(), s, explore.ExplainQuery{
		From: records["paper/alpha"].(literature.Entity), To: records["paper/lost"].(literature.Entity), MaxHops: 1, WithSignals: true, WithPaths: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	raw := make(map[explore.Signal]float64)
	for _, signal := range e.Related.Signals {
		raw[signal.Signal] = signal.Raw
	}
	// Three papers cite alpha (beta, gamma, alpha), two lost (alpha, beta): 2 ÷ √6. Alpha is about storage and networking, lost about storage: 1.099 ÷ (1.099 + 1.386).
	want := map[explore.Signal]float64{explore.DirectCitation: 1, explore.CoCitation: 0.816497, explore.SharedTopic: 0.442254}
	for signal, value := range want {
		if math.Abs(raw[signal]-value) > 1e-6 {
			t.Errorf("%s is %g, want %g", signal, raw[signal], value)
		}
	}
	if len(e.Paths) != 1 || !e.Exhausted {
		t.Errorf("%d paths, exhausted %v", len(e.Paths), e.Exhausted)
	}
	apart, err := explore.Explain(t.Context(), s, explore.ExplainQuery{From: records["system/kiwi"].(literature.Entity), To: records["author/ann"].(literature.Entity), MaxHops: 1, WithSignals: true, WithPaths: true})
	if err != nil || apart.Related != nil || len(apart.Paths) > 0 || !apart.Exhausted {
		t.Errorf("error %v, %+v", err, apart)
	}
	if got := apart.Summary(nil); got != "Nothing joins Kiwi and Ann Able within 1 hop." {
		t.Error(got)
	}
}

// TestExplainVisited: where the store counts what it looks at, an explanation tells, and nothing looks at paths that nobody asked for.
func TestExplainVisited(t *testing.T) {
	s, err := sqlite.Open(t.Context(), ":memory:", sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := s.Apply(t.Context(), storetest.Fixture()); err != nil {
		t.Fatal(err)
	}
	records, err := s.Records(t.Context(), []literature.ID{"system/kiwi", "author/ann"})
	if err != nil {
		t.Fatal(err)
	}
	q := explore.ExplainQuery{From: records["system/kiwi"].(literature.Entity), To: records["author/ann"].(literature.Entity), MaxHops: 1, WithPaths: true}
	e, err := explore.Explain(t.Context(), s, q)
	if err != nil || e.Visited == nil || *e.Visited < 2 || !e.Exhausted {
		t.Errorf("error %v: looked at %v", err, e.Visited)
	}
	q.WithPaths = false
	if e, err = explore.Explain(t.Context(), s, q); err != nil || e.Visited != nil || e.Exhausted {
		t.Errorf("error %v: %+v", err, e)
	}
}
