package native_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
)

// assertionsOf reads a file without mistakes and gives the assertion of each relation and result by its id.
func assertionsOf(t *testing.T, file string) map[literature.ID]literature.Assertion {
	t.Helper()
	records, problems, err := native.Read("defaults.yaml", strings.NewReader(file))
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	all := make(map[literature.ID]literature.Assertion)
	for _, record := range records {
		switch r := record.(type) {
		case *literature.Relation:
			all[r.Target] = *r.Assertion()
		case *literature.Result:
			all[r.ID] = *r.Assertion()
		}
	}
	return all
}

// TestDefaults checks what a relation takes from the file and what it changes.
func TestDefaults(t *testing.T) {
	got := assertionsOf(t, `
records:
  - {paper: a, title: a, type: BOOK, cites: [b, {paper: c, certainty: LOW, asserted_at: null, evidence: [page 3, {locator: page 4, source: x}]}]}
  - {paper: b, title: b, type: BOOK}
  - {paper: c, title: c, type: BOOK}
assertion: {source: s, origin: CURATED, certainty: HIGH, asserted_at: 2026-11-22}
`)
	want := map[literature.ID]literature.Assertion{
		"paper/b": {Source: "s", Origin: literature.Curated, Certainty: literature.CertaintyHigh, AssertedAt: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)},
		"paper/c": {Source: "s", Origin: literature.Curated, Certainty: literature.CertaintyLow, Evidence: []literature.Evidence{{Source: "s", Locator: "page 3"}, {Source: "x", Locator: "page 4"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDefaultEvidence checks where a relation without evidence of its own finds some: in its record before the file, and by its field
// before any.
func TestDefaultEvidence(t *testing.T) {
	got := assertionsOf(t, `
assertion: {source: list, origin: CURATED, certainty: HIGH, evidence: [{of: [topics, venue], note: judged}, line 1]}
sources: {list: "https://a.example/list#L{line}", page: "https://a.example/{page}", whole: "https://a.example/whole"}
records:
  - paper: a
    title: a
    type: BOOK
    assertion: {certainty: LOW, evidence: [{of: venue, source: whole, locator: page 1}, {of: venue, source: page, locator: page 2}]}
    venue: v
    topics: [t, {topic: u, source: other, evidence: [line 7, {source: page}, {source: list, url: "https://b.example"}]}, {topic: w, evidence: []}]
    uses: z
    cites: {paper: b, evidence: [lines 2-3, {source: list, locator: lines 4–5}, lines 6 and 7]}
  - {paper: b, title: b, type: BOOK, assertion: {evidence: {source: elsewhere}}, topics: x}
  - {venue: v, name: v, type: JOURNAL}
  - {topic: t, name: t}
  - {topic: u, name: u}
  - {topic: w, name: w}
  - {topic: x, name: x}
  - {topic: y, name: y}
  - {system: z, name: z}
  - {relation: ABOUT, from: paper/b, to: topic/y}
`)
	evidence := make(map[literature.ID][]literature.Evidence)
	certainty := make(map[literature.ID]literature.Certainty)
	for id, a := range got {
		evidence[id], certainty[id] = a.Evidence, a.Certainty
	}
	want := map[literature.ID][]literature.Evidence{
		"venue/v": {{Source: "whole", Locator: "page 1", URL: "https://a.example/whole"}, {Source: "page", Locator: "page 2", URL: "https://a.example/2"}},
		"topic/t": {{Source: "list", Note: "judged", URL: "https://a.example/list"}},
		"topic/u": {{Source: "other", Locator: "line 7"}, {Source: "page"}, {Source: "list", URL: "https://b.example"}},
		"topic/w": nil,
		"paper/b": {
			{Source: "list", Locator: "lines 2-3", URL: "https://a.example/list#L2"},
			{Source: "list", Locator: "lines 4–5", URL: "https://a.example/list#L4"},
			{Source: "list", Locator: "lines 6 and 7", URL: "https://a.example/list"},
		},
		"system/z": {{Source: "list", Locator: "line 1", URL: "https://a.example/list#L1"}},
		"topic/x":  {{Source: "elsewhere"}},
		"topic/y":  {{Source: "list", Note: "judged", URL: "https://a.example/list"}},
	}
	if diff := cmp.Diff(want, evidence); diff != "" {
		t.Error(diff)
	}
	if certainty["venue/v"] != literature.CertaintyLow || certainty["topic/x"] != literature.CertaintyHigh {
		t.Errorf("the certainty of a record counts beyond it, or not in it: %v", certainty)
	}
}
