package store_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

func english(value string) []literature.LocalizedText {
	return []literature.LocalizedText{{Value: value, Locale: literature.English}}
}

func TestParseQuery(t *testing.T) {
	query, err := store.ParseQuery(`Storage "in the kernel" -xdp`)
	if err != nil || query.Text != `Storage "in the kernel" -xdp` || len(query.Terms) != 3 || !query.HasPositive() {
		t.Errorf("%+v, %v", query, err)
	}
	if _, err := store.ParseQuery(strings.Repeat("a ", 1000)); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a query too long: %v", err)
	}
	if (store.Query{}).HasPositive() {
		t.Error("the zero query has a positive term")
	}
}

func TestTexts(t *testing.T) {
	p := paper("a")
	p.Aliases, p.Summaries, p.Abstracts, p.Notes = []string{"A1"}, english("summary"), english("abstract"), english("note")
	topic := &literature.Topic{Base: literature.Base{ID: "topic/t", Labels: english("label"), Aliases: []string{"T"}, Summaries: english("about the topic")}}
	if diff := cmp.Diff([]string{"a", "A1"}, store.NameTexts(p)); diff != "" {
		t.Errorf("NameTexts (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"summary", "abstract", "label"}, store.SearchText(p, []literature.Entity{topic})); diff != "" {
		t.Errorf("SearchText (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"about the topic"}, store.SearchText(topic, []literature.Entity{p})); diff != "" {
		t.Errorf("SearchText of what is no paper (-want +got):\n%s", diff)
	}
}

func TestRelationKey(t *testing.T) {
	for _, test := range []struct {
		relation   literature.Relation
		outgoing   bool
		key        int64
		descending bool
	}{
		{literature.Relation{Kind: literature.AuthoredBy, Position: 3}, true, 3, false},
		{literature.Relation{Kind: literature.AuthoredBy, Position: 3}, false, 7, true},
		{literature.Relation{Kind: literature.About, Weight: 500}, true, 500, true},
		{literature.Relation{Kind: literature.About, Weight: 500}, false, 7, true},
		{literature.Relation{Kind: literature.Cites}, true, 7, true},
		{literature.Relation{Kind: literature.Extends}, true, 7, true},
		{literature.Relation{Kind: literature.VersionOf}, false, 7, true},
		{literature.Relation{Kind: literature.Uses}, true, 0, false},
		{literature.Relation{Kind: literature.Broader}, false, 0, false},
		{literature.Relation{Kind: literature.AffiliatedTo}, false, 0, false},
	} {
		key, descending := store.RelationKey(&test.relation, test.outgoing, 7)
		if key != test.key || descending != test.descending {
			t.Errorf("%s, outgoing %v: %d, descending %v", test.relation.Kind, test.outgoing, key, descending)
		}
	}
}

func TestWeights(t *testing.T) {
	for _, test := range []struct{ got, want int64 }{
		{store.IDF(6, 3), 1099},
		{store.IDF(6, 2), 1386},
		{store.IDF(6, 6), 693},
		{store.IDF(6, 0), 0},
		{store.IDF(0, 0), 0},
		{store.Jaccard(2, 2, 2), 1_000_000},
		{store.Jaccard(1, 2, 3), 250_000},
		{store.Jaccard(1, 2, 2), 333_333},
		{store.Jaccard(0, 0, 0), 0},
		{store.Jaccard(math.MaxInt64, math.MaxInt64, math.MaxInt64), 1_000_000},
		{store.PerRootCitedBy(10, 4), 5},
		{store.PerRootCitedBy(1, 4), 1},
		{store.PerRootCitedBy(7, 0), 0},
		{store.Salton(2, 2, 2), 1_000_000},
		{store.Salton(1, 1, 2), 707_107},
		{store.Salton(1, 0, 2), 0},
		{store.Salton(0, 3, 2), 0},
		{store.Salton(math.MaxInt64, 1, 1), math.MaxInt64},
		{store.PathLoss(0), 0},
		{store.PathLoss(1), 0},
		{store.PathLoss(10), 301_029_996},
		{store.PathLoss(40_000), 748_347_755},
		{store.AddCounts(math.MaxInt64-1, 1), math.MaxInt64},
		{store.AddCounts(math.MaxInt64, math.MaxInt64), math.MaxInt64},
		{store.MultiplyCount(math.MaxInt64/2, 3), math.MaxInt64},
		{store.MultiplyCount(math.MaxInt64, 1), math.MaxInt64},
		{store.MultiplyCount(math.MaxInt64, 0), 0},
	} {
		if test.got != test.want {
			t.Errorf("%d, want %d", test.got, test.want)
		}
	}
}

func TestReferences(t *testing.T) {
	relation := &literature.Relation{Source: "paper/a", Target: "author/b", Organizations: []literature.ID{"organization/c"}}
	for _, test := range []struct {
		record literature.Record
		want   []literature.ID
	}{
		{relation, []literature.ID{"paper/a", "author/b", "organization/c"}},
		{&literature.Result{Paper: "paper/a"}, []literature.ID{"paper/a"}},
		{&literature.Result{Paper: "paper/a", System: "system/b", Workload: "workload/c"}, []literature.ID{"paper/a", "system/b", "workload/c"}},
		{paper("a"), nil},
	} {
		if diff := cmp.Diff(test.want, store.References(test.record)); diff != "" {
			t.Errorf("%T (-want +got):\n%s", test.record, diff)
		}
	}
}

func TestNormalize(t *testing.T) {
	at := time.Date(2024, 1, 2, 3, 4, 5, 6, time.FixedZone("", 3600))
	utc := time.Date(2024, 1, 2, 2, 4, 5, 0, time.UTC)
	wild := paper("a")
	wild.Labels = english(" Ｗｉｄｅ\u0000 ")
	wild.Aliases = []string{}
	got := store.Normalize(wild, nil, at).(*literature.Paper)
	if got.Label(nil) != "Wide" || got.Aliases != nil || got.AddedAt != utc {
		t.Errorf("%+v", got)
	}
	if wild.Labels[0].Value != " Ｗｉｄｅ\u0000 " || !wild.AddedAt.IsZero() {
		t.Error("Normalize changed what it was given")
	}
	if again := store.Normalize(got, nil, at.AddDate(1, 0, 0)); !cmp.Equal(again, literature.Record(got)) {
		t.Errorf("normalising twice: %s", cmp.Diff(got, again))
	}
	if kept := store.Normalize(wild, got, at.AddDate(1, 0, 0)).(*literature.Paper); kept.AddedAt != utc {
		t.Errorf("AddedAt %v is not that of the stored record", kept.AddedAt)
	}
	result := &literature.Result{
		Statements: english("①"), Metric: "ﬁle", Unit: "µs", Conditions: []string{"ﬀ"},
		Assertions: []literature.Assertion{{Source: "Ａ", AssertedAt: at, Evidence: []literature.Evidence{{Note: "Ｂ", URL: "https://example.org/Ｃ"}}}},
	}
	want := &literature.Result{
		Statements: english("1"), Metric: "file", Unit: "μs", Conditions: []string{"ff"},
		Assertions: []literature.Assertion{{Source: "A", AssertedAt: utc, Evidence: []literature.Evidence{{Note: "B", URL: "https://example.org/Ｃ"}}}},
	}
	if diff := cmp.Diff(literature.Record(want), store.Normalize(result, nil, at)); diff != "" {
		t.Errorf("a result (-want +got):\n%s", diff)
	}
	for _, kind := range literature.EntityKinds() {
		e := literature.Blank(literature.NewID(kind, "a")).(literature.Entity)
		e.Common().ID, e.Common().Labels = literature.NewID(kind, "a"), english("ﬁ")
		if got := store.Normalize(e, nil, at).(literature.Entity); got.Label(nil) != "fi" || e.Label(nil) != "ﬁ" {
			t.Errorf("%s: %q", kind, got.Label(nil))
		}
	}
}

// What is well formed stays so when it is written, so that a copy of a store can be made.
func TestNormalizedIsWellFormed(t *testing.T) {
	stated := func(source string) literature.Assertion {
		return literature.Assertion{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: source}
	}
	lines, awarded := paper("a"), paper("a")
	lines.Summaries, lines.Notes = english("one\u2028two"), english("one\u2029two")
	awarded.Awards, awarded.Aliases = []string{"Best Paper №1", "Best Paper No1"}, []string{"ＸＲＰ", "XRP"}
	cites := &literature.Relation{
		ID: literature.NewRelationID(literature.Cites, "paper/a", "paper/b"), Kind: literature.Cites, Source: "paper/a", Target: "paper/b",
		Assertions: []literature.Assertion{stated("B"), stated("Ａ")},
	}
	result := &literature.Result{
		ID: "result/r", Paper: "paper/a", Kind: literature.Measurement, Metric: "latency", Direction: literature.Decrease, Statements: english("Faster."),
		Value: ptr(1.0), Unit: "µs", Qualifier: literature.Exactly, Conditions: []string{"ﬁle", "file"}, Order: 1, Assertions: []literature.Assertion{stated("B"), stated("Ａ")},
	}
	for name, record := range map[string]literature.Record{"lines": lines, "awards": awarded, "assertions": cites, "a result": result} {
		if problems := literature.Check(record); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		if problems := literature.Check(store.Normalize(record, nil, time.Time{})); len(problems) > 0 {
			t.Errorf("%s, normalised: %v", name, problems)
		}
	}
}
