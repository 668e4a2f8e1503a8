package explore_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// told is what a result of a comparison is made of; the zero value measures latency of a level.
type told struct {
	metric, workload, baseline, unit string
	value                            float64 // 0: none
	direction                        literature.ResultDirection
	better                           *bool
	text                             string
}

func (r told) result(i int) *literature.Result {
	result := &literature.Result{
		ID: literature.NewResultID(fmt.Sprintf("r%03d", i)), Paper: "paper/p", Kind: literature.Measurement, Metric: r.metric, Baseline: r.baseline, Unit: r.unit, Direction: r.direction,
		HigherIsBetter: r.better, Qualifier: literature.Exactly, ValueText: r.text, Order: i + 1,
		Statements: []literature.LocalizedText{{Value: "A result.", Locale: literature.English}},
		Assertions: []literature.Assertion{{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test", Evidence: []literature.Evidence{{Source: "test", Locator: "page 1"}}}},
	}
	if r.workload != "" {
		result.Workload = literature.NewID(literature.KindWorkload, r.workload)
	}
	if r.value != 0 {
		result.Value = &r.value
	} else if r.text == "" {
		result.Qualifier, result.Unit = literature.Qualitative, ""
	}
	return result
}

func base(kind literature.EntityKind, slug, label string) literature.Base {
	return literature.Base{ID: literature.NewID(kind, slug), Labels: []literature.LocalizedText{{Value: label, Locale: literature.English}}}
}

// tester is what *testing.T and *rapid.T have in common.
type tester interface {
	Fatal(...any)
	Context() context.Context
}

// holding is a reference store with the records.
func holding(t tester, records ...literature.Record) store.Store {
	s := storetest.NewReference()
	if _, err := s.Apply(t.Context(), store.Batch{Author: "test", Upsert: records}); err != nil {
		t.Fatal(err)
	}
	return s
}

// reporting is a store with one paper that reports the results.
func reporting(t tester, results ...told) store.Store {
	records := []literature.Record{
		&literature.Paper{Base: base(literature.KindPaper, "p", "P"), Type: literature.Article},
		&literature.Workload{Base: base(literature.KindWorkload, "ycsb", "YCSB")}, &literature.Workload{Base: base(literature.KindWorkload, "tpcc", "TPC-C")},
	}
	for i, r := range results {
		records = append(records, r.result(i))
	}
	return holding(t, records...)
}

func TestCompareResults(t *testing.T) {
	down := new(false)
	latency := func(value float64, unit string) told {
		return told{metric: "latency", workload: "ycsb", unit: unit, value: value, better: down, direction: literature.NoDirection}
	}
	faster := func(value float64, unit, baseline string) told {
		return told{metric: "throughput", workload: "ycsb", baseline: baseline, unit: unit, value: value, better: new(true), direction: literature.Increase}
	}
	tests := []struct {
		name    string
		results []told
		unit    *string
		want    string // values in order, the best first
		caveats []string
	}{
		{"levels in units of one dimension", []told{latency(2, "ms"), latency(1500, "us"), latency(0.003, "s")}, nil, "1.5 ms, 2 ms, 3 ms", nil},
		{"levels in a unit asked for", []told{latency(2, "ms"), latency(1500, "us")}, new("us"), "1500 us, 2000 us", nil},
		{"nothing", nil, nil, "", []string{"No result passes the filter."}},
		{"changes of one baseline", []told{faster(2, "x", "ext4"), faster(3, "times", "ext4")}, nil, "3 x, 2 x", nil},
		{"changes of two baselines", []told{faster(2, "x", "ext4"), faster(3, "x", "xfs")}, nil, "2 x, 3 x", []string{"The baselines differ: ext4; xfs."}},
		{"changes of unnamed baselines", []told{faster(2, "x", ""), faster(3, "x", "")}, nil, "2 x, 3 x", []string{"Without a named baseline: 2 of 2 results."}},
		{"a factor and a share", []told{faster(2, "x", "ext4"), faster(300, "%", "ext4")}, nil, "2 x, 300 %", []string{"The units differ: x (ratio); % (share)."}},
		{"a factor and a share as factors", []told{faster(2, "x", "ext4"), faster(300, "%", "ext4")}, new("times"), "2 times, 300 %", []string{"The units differ: times (ratio); % (share)."}},
		{"counts of different things", []told{{metric: "found", workload: "ycsb", value: 2, unit: "bugs", better: down}, {metric: "found", workload: "ycsb", value: 3, unit: "races", better: down}}, nil, "2 bugs, 3 races", []string{"The units differ: bugs (count); races (count)."}},
		{"a level and a change", []told{{metric: "cost", workload: "ycsb", baseline: "ext4", unit: "%", value: 5, better: down}, {metric: "cost", workload: "ycsb", baseline: "ext4", unit: "%", value: 7, better: down, direction: literature.Decrease}}, nil, "5 %, 7 %", []string{"Without a word on how many times better they are: 1 of 2 results."}},
		{"nobody says what is better", []told{{metric: "size", workload: "ycsb", unit: "MB", value: 5}, {metric: "size", workload: "ycsb", unit: "KB", value: 7}}, nil, "5 MB, 0.007 MB", []string{"Without a word on which way is better: 2 of 2 results."}},
		{"two metrics, no workload, no number", []told{latency(2, "ms"), {metric: "cost", text: "negligible", better: down}}, nil, "2 ms, -", []string{
			"The metrics differ: latency; cost.", "Without a named workload: 1 of 2 results.", "Without a number: 1 of 2 results.",
		}},
		{"two workloads", []told{latency(2, "ms"), {metric: "latency", workload: "tpcc", unit: "ms", value: 1, better: down}}, nil, "2 ms, 1 ms", []string{"The workloads differ: YCSB; TPC-C."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for i := range test.results {
				if test.results[i].direction == "" {
					test.results[i].direction = literature.NoDirection
				}
			}
			c, err := explore.CompareResults(t.Context(), reporting(t, test.results...), store.ResultFilter{}, test.unit)
			if err != nil {
				t.Fatal(err)
			}
			var values []string
			for _, row := range c.Rows {
				if row.Value == nil {
					values = append(values, "-")
				} else {
					values = append(values, fmt.Sprint(row.Value.Value, " ", row.Value.Unit))
				}
			}
			if got := strings.Join(values, ", "); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if diff := cmp.Diff(test.caveats, c.Caveats); diff != "" || c.Comparable != (test.caveats == nil || test.results == nil) {
				t.Errorf("comparable: %v, caveats (-want +got):\n%s", c.Comparable, diff)
			}
		})
	}
}

func TestCompareResultsCut(t *testing.T) {
	many := make([]told, explore.MaxCompared+1)
	for i := range many {
		many[i] = told{metric: "latency", workload: "ycsb", unit: "ms", value: float64(1 + i), better: new(false), direction: literature.NoDirection}
	}
	c, err := explore.CompareResults(t.Context(), reporting(t, many...), store.ResultFilter{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"Told are 200 of 201 results: narrow the filter."}, c.Caveats); diff != "" || !c.Comparable || len(c.Rows) != 200 || c.Total != 201 {
		t.Errorf("%d of %d rows, comparable: %v, caveats (-want +got):\n%s", len(c.Rows), c.Total, c.Comparable, diff)
	}
}

func TestCompareResultsRefusesUnits(t *testing.T) {
	s := reporting(t, told{metric: "latency", unit: "ms", value: 2, direction: literature.NoDirection})
	for unit, says := range map[string]string{"MB": "known here are ns; us; ms; s; min; h", "furlongs": "known here are ns;", "": "known here are ns;"} {
		if _, err := explore.CompareResults(t.Context(), s, store.ResultFilter{}, &unit); !errors.Is(err, literature.ErrUnits) || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want ErrUnits that says %q", unit, err, says)
		}
	}
	none := store.ResultFilter{Metrics: []string{"none"}}
	if _, err := explore.CompareResults(t.Context(), s, none, new("MB")); err != nil {
		t.Errorf("nothing in MB: %v", err)
	}
	if _, err := explore.CompareResults(t.Context(), s, none, new("furlongs")); !errors.Is(err, literature.ErrUnits) {
		t.Errorf("nothing in furlongs: %v, want ErrUnits", err)
	}
}

// What begins like a formula is disarmed, and everything else comes back as it was.
func TestComparisonCSV(t *testing.T) {
	s := reporting(t,
		told{metric: `=HYPERLINK("http://x")`, baseline: "+1", unit: "@x", value: -5, direction: literature.NoDirection},
		told{metric: "-1", baseline: "a, \"b\"", workload: "tpcc", text: "two times", direction: literature.NoDirection},
	)
	c, err := explore.CompareResults(t.Context(), s, store.ResultFilter{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := c.CSV(nil)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"system", "workload", "metric", "baseline", "value", "max", "unit", "in words", "qualifier", "direction", "improvement", "conditions", "paper", "source", "result"},
		{"", "", `'=HYPERLINK("http://x")`, "'+1", "-5", "", "'@x", "", "EXACTLY", "NONE", "", "", "P", "test, page 1", "result/r000"},
		{"", "TPC-C", "'-1", `a, "b"`, "", "", "", "two times", "EXACTLY", "NONE", "", "", "P", "test, page 1", "result/r001"},
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Results are comparable where each pair is, and then no result stands before a better one.
func TestCompareResultsByPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		results := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) told {
			// Mostly the same, so that some draws are comparable.
			or := func(usual string, others ...string) string {
				return rapid.SampledFrom(append([]string{usual, usual, usual, usual}, others...)).Draw(t, usual)
			}
			r := told{metric: or("latency", "cost"), workload: or("ycsb", "tpcc", ""), baseline: or("ext4", ""), unit: or("ms", "us", "x", "%"), value: float64(rapid.IntRange(1, 9).Draw(t, "value")), better: new(false)}
			r.direction = literature.ResultDirection(or("NONE", "DECREASE"))
			if rapid.IntRange(0, 9).Draw(t, "oddity") == 0 {
				r.better = nil
			}
			return r
		}), 0, 4).Draw(t, "results")
		c, err := explore.CompareResults(t.Context(), reporting(t, results...), store.ResultFilter{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := true
		for i, a := range results {
			for _, b := range results[:i] {
				_, err := literature.ConvertUnit(1, a.unit, b.unit)
				x, y := a.result(0).TimesBetter(), b.result(0).TimesBetter()
				want = want && a.metric == b.metric && a.workload == b.workload && a.workload != "" && a.baseline == b.baseline && err == nil &&
					(x == nil) == (y == nil) && (x == nil || a.baseline != "") && (x != nil || a.better != nil && b.better != nil)
			}
		}
		if c.Comparable != want {
			t.Errorf("comparable: %v, want %v: %q", c.Comparable, want, c.Caveats)
		}
		for i := 1; i < len(c.Rows) && want; i++ {
			a, b := c.Rows[i-1], c.Rows[i]
			if x, y := a.Result.TimesBetter(), b.Result.TimesBetter(); x != nil && *x < *y || x == nil && a.Value.Value > b.Value.Value {
				t.Errorf("%v %s stands before %v %s", a.Value.Value, a.Value.Unit, b.Value.Value, b.Value.Unit)
			}
		}
	})
}
