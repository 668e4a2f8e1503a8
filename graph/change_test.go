package graph_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// TestChanges asks for the log of a graph of six commits, on every store.
func TestChanges(t *testing.T) {
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			handler := newHandler(sixCommits(t, open))
			tests := []struct{ name, query, want string }{
				{"all, oldest first", `changes(since: "0") { totalCount nodes { version } }`, `{"changes":{"totalCount":6,"nodes":[{"version":"1"},{"version":"2"},{"version":"3"},{"version":"4"},{"version":"5"},{"version":"6"}]}}`},
				{"since", `changes(since: "4") { totalCount nodes { version } }`, `{"changes":{"totalCount":2,"nodes":[{"version":"5"},{"version":"6"}]}}`},
				{"nothing yet", `changes(since: "6") { totalCount nodes { version } pageInfo { hasNextPage endCursor } }`, `{"changes":{"totalCount":0,"nodes":[],"pageInfo":{"hasNextPage":false,"endCursor":null}}}`},
				{
					"who, why and when", `changes(since: "1", first: 1) { nodes { at by reason job upserted removed truncated } }`,
					`{"changes":{"nodes":[{"at":"2026-01-02T03:04:05Z","by":"ann","reason":"a better title","job":"paper/job","upserted":["paper/a","paper/c"],"removed":[],"truncated":false}]}}`,
				},
				// Of the second commit, a was changed and c created; the third is about a topic, the fourth a relation, the fifth removes b with its relation, the sixth merges.
				{
					"of papers", `changes(since: "0", kinds: [PAPER]) { totalCount nodes { version upserted removed } }`,
					`{"changes":{"totalCount":4,"nodes":[{"version":"1","upserted":["paper/a","paper/b"],"removed":[]},{"version":"2","upserted":["paper/a","paper/c"],"removed":[]},{"version":"5","upserted":[],"removed":["paper/b"]},{"version":"6","upserted":[],"removed":["paper/c"]}]}}`,
				},
				{
					"of papers and topics since the second", `changes(since: "2", kinds: [TOPIC, PAPER, TOPIC], first: 2) { totalCount nodes { version } pageInfo { hasNextPage hasPreviousPage } }`,
					`{"changes":{"totalCount":3,"nodes":[{"version":"3"},{"version":"5"}],"pageInfo":{"hasNextPage":true,"hasPreviousPage":false}}}`,
				},
				{
					"histories", `a: paper(by: {id: "paper/a"}) { history { totalCount nodes { version } } } papers { nodes { id history(first: 2) { nodes { version } pageInfo { hasNextPage } } } }`,
					`{"a":{"history":{"totalCount":3,"nodes":[{"version":"4"},{"version":"2"},{"version":"1"}]}},"papers":{"nodes":[{"id":"paper/a","history":{"nodes":[{"version":"4"},{"version":"2"}],"pageInfo":{"hasNextPage":true}}}]}}`,
				},
				{"the redirected id leads to what answers for it", `paper(by: {id: "paper/c"}) { id history { totalCount } }`, `{"paper":{"id":"paper/a","history":{"totalCount":3}}}`},
				{"the present version", `meta { dataVersion }`, `{"meta":{"dataVersion":"6"}}`},
			}
			for _, test := range tests {
				t.Run(test.name, func(t *testing.T) {
					if diff := cmp.Diff(`{"data":`+test.want+`}`, compact(t, ask(t, handler, "{"+test.query+"}", nil))); diff != "" {
						t.Errorf("(-want +got):\n%s", diff)
					}
				})
			}
			t.Run("page by page", func(t *testing.T) {
				for _, list := range []struct{ before, field, after, want string }{
					{"", `changes(since: "1", `, "", "2 3 4 5 6"},
					{"", `changes(since: "0", kinds: [PAPER, TOPIC], `, "", "1 2 3 5 6"},
					{`paper(by: {id: "paper/a"}) { `, "history(", " }", "4 2 1"},
				} {
					for size := 1; size <= 3; size++ {
						if got := walkChanges(t, handler, list.before, list.field, list.after, size); got != list.want {
							t.Errorf("%s by %d: %s, want %s", list.field, size, got, list.want)
						}
					}
				}
			})
		})
	}
}

// TestLongChange: of more than 1,000 ids the first are told, and that there are more.
func TestLongChange(t *testing.T) {
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			var records []literature.Record
			for i := range 1001 {
				records = append(records, &literature.Author{Base: literature.Base{ID: literature.ID(fmt.Sprintf("author/a%04d", i)), Labels: []literature.LocalizedText{{Value: "A", Locale: literature.English}}}})
			}
			records = append(records, &literature.Topic{Base: literature.Base{ID: "topic/t", Labels: []literature.LocalizedText{{Value: "T", Locale: literature.English}}}})
			handler := newHandler(holding(t, open, records))
			var answer struct {
				Data map[string]struct {
					Nodes []struct {
						Upserted  []string
						Truncated bool
					}
				}
			}
			query := `{ all: changes(since: "0") { nodes { upserted truncated } } topics: changes(since: "0", kinds: [TOPIC]) { nodes { upserted truncated } } }`
			if err := json.Unmarshal([]byte(ask(t, handler, query, nil)), &answer); err != nil {
				t.Fatal(err)
			}
			all, topics := answer.Data["all"].Nodes[0], answer.Data["topics"].Nodes[0]
			if n := len(all.Upserted); n != 1000 || !all.Truncated || all.Upserted[n-1] != "author/a0999" {
				t.Errorf("%d ids to %s, truncated: %t", n, all.Upserted[n-1], all.Truncated)
			}
			if fmt.Sprint(topics) != "{[topic/t] false}" {
				t.Errorf("of topics: %v", topics)
			}
		})
	}
}

// sixCommits is a store with six entries in its log.
func sixCommits(t *testing.T, open func(t *testing.T) store.Store) store.Store {
	t.Helper()
	labels := func(text string) []literature.LocalizedText {
		return []literature.LocalizedText{{Value: text, Locale: literature.English}}
	}
	paper := func(slug, title string) *literature.Paper {
		return &literature.Paper{Base: literature.Base{ID: literature.NewID(literature.KindPaper, slug), Labels: labels(title)}, Type: literature.Article}
	}
	relate := func(kind literature.RelationKind, source, target literature.ID, weight int) *literature.Relation {
		return &literature.Relation{
			ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target, Weight: weight,
			Assertions: []literature.Assertion{{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test", Evidence: []literature.Evidence{{Source: "test"}}}},
		}
	}
	s := holding(t, open, []literature.Record{paper("a", "A"), paper("b", "B"), relate(literature.Cites, "paper/b", "paper/a", 0)})
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, b := range []store.Batch{
		{Author: "ann", Reason: "a better title", Job: "paper/job", Upsert: []literature.Record{paper("a", "A, revised"), paper("c", "C")}},
		{Author: "ann", Upsert: []literature.Record{&literature.Topic{Base: literature.Base{ID: "topic/t", Labels: labels("T")}}}},
		{Author: "bob", Upsert: []literature.Record{relate(literature.About, "paper/a", "topic/t", literature.FullWeight)}},
		{Author: "bob", Remove: []literature.ID{"paper/b"}},
		{Author: "bob", Redirect: map[literature.ID]literature.ID{"paper/c": "paper/a"}},
	} {
		b.At = at
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// walkChanges pages through a list and joins the versions it meets.
func walkChanges(t *testing.T, handler http.Handler, before, field, after string, size int) string {
	t.Helper()
	var versions []string
	cursor := json.RawMessage("null")
	for {
		query := fmt.Sprintf("query($n: Int!, $c: String) { %s%sfirst: $n, after: $c) { nodes { version } pageInfo { hasNextPage endCursor } }%s }", before, field, after)
		var answer struct{ Data map[string]json.RawMessage }
		text := ask(t, handler, query, json.RawMessage(fmt.Sprintf(`{"n":%d,"c":%s}`, size, cursor)))
		if err := json.Unmarshal([]byte(text), &answer); err != nil {
			t.Fatal(err)
		}
		raw := answer.Data["changes"]
		if raw == nil {
			var paper struct{ History json.RawMessage }
			if err := json.Unmarshal(answer.Data["paper"], &paper); err != nil {
				t.Fatal(err)
			}
			raw = paper.History
		}
		var list struct {
			Nodes    []struct{ Version string }
			PageInfo struct {
				HasNextPage bool
				EndCursor   json.RawMessage
			}
		}
		if err := json.Unmarshal(raw, &list); err != nil {
			t.Fatalf("%v: %s", err, text)
		}
		for _, node := range list.Nodes {
			versions = append(versions, node.Version)
		}
		if !list.PageInfo.HasNextPage || len(versions) > 100 {
			return strings.Join(versions, " ")
		}
		cursor = list.PageInfo.EndCursor
	}
}

// compact is a JSON text without white space.
func compact(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(text)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
