package literature_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
)

// ordered lists assertions best first; each differs from the next by one step of the order.
func ordered() []literature.Assertion {
	at := func(year int) time.Time { return time.Date(year, 7, 11, 0, 0, 0, 0, time.UTC) }
	return []literature.Assertion{
		{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "z"},
		{Origin: literature.Curated, Certainty: literature.CertaintyModerate, Source: "y"},
		{Origin: literature.Curated, Certainty: literature.CertaintyLow, Source: "x"},
		{Origin: literature.Imported, Certainty: literature.CertaintyHigh, Source: "a"},
		{Origin: literature.Imported, Certainty: literature.CertaintyHigh, Source: "a", AssertedAt: at(2022)},
		{Origin: literature.Imported, Certainty: literature.CertaintyHigh, Source: "a", AssertedAt: at(2023)},
		{Origin: literature.Imported, Certainty: literature.CertaintyHigh, Source: "b", AssertedAt: at(2021)},
		{Origin: literature.Inferred, Certainty: literature.CertaintyHigh, Source: "a"},
		{Origin: literature.Suggested, Certainty: literature.CertaintyHigh, Source: "a"},
		{Origin: literature.Suggested, Certainty: literature.CertaintyLow, Source: "a"},
	}
}

func TestCompareAssertions(t *testing.T) {
	want := ordered()
	for i, a := range want {
		for j, b := range want {
			got := a.Compare(b)
			if got < 0 != (i < j) || got > 0 != (i > j) {
				t.Errorf("comparing %v with %v gives %d", a, b, got)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		got := slices.Clone(want)
		random.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
		slices.SortFunc(got, literature.Assertion.Compare)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("sorted otherwise (-want +got):\n%s", diff)
		}
	}
}

func TestBestAssertion(t *testing.T) {
	all := ordered()
	if got := (&literature.Relation{Assertions: all}).Assertion(); got == nil || !cmp.Equal(*got, all[0]) {
		t.Errorf("the best assertion of a relation is %v", got)
	}
	if got := (&literature.Result{Assertions: all}).Assertion(); got == nil || !cmp.Equal(*got, all[0]) {
		t.Errorf("the best assertion of a result is %v", got)
	}
	if got := new(literature.Relation).Assertion(); got != nil {
		t.Errorf("a relation without assertions has %v", got)
	}
	if got := new(literature.Result).Assertion(); got != nil {
		t.Errorf("a result without assertions has %v", got)
	}
}
