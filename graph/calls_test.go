package graph_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// TestStoreCalls asks every query for 1 and for 100 papers: the number of calls to the store must be that of the table both times, since it may depend on the
// query alone: one for `nodes`, and one for each connection field and set of arguments at each depth.
func TestStoreCalls(t *testing.T) {
	tests := []callCase{
		{"fields of the paper", `... on Paper { title(locale: "zh-Hant") year labels { value } }`, 1},
		{"authors", `... on Paper { authors { nodes { name } } }`, 2},
		{"authors by edges and nodes", `... on Paper { authors { nodes { name } edges { position node { name } } } }`, 2},
		{"authors, total and page info", `... on Paper { authors { totalCount pageInfo { hasNextPage endCursor } } }`, 2},
		{"the same field under two aliases", `... on Paper { a: authors { nodes { name } } b: authors { nodes { id } } }`, 2},
		{"one field with two sets of arguments", `... on Paper { a: authors(first: 1) { nodes { name } } b: authors(first: 2) { nodes { id } } }`, 3},
		{"affiliations", `... on Paper { authors { edges { affiliations { name } } } }`, 3},
		{"topics and their broader ones", `... on Paper { topics { edges { weight node { name broader { name } } } } }`, 3},
		{"papers of the topics", `... on Paper { topics { nodes { papers(first: 3) { totalCount nodes { title } } } } }`, 3},
		{"systems", `... on Paper { systems { edges { role node { name } } } }`, 2},
		{"venue", `... on Paper { venue { name type } }`, 2},
		{"venue and series", `... on Paper { venue { name series { name } } }`, 3},
		{"references", `... on Paper { references { nodes { title } } }`, 2},
		{"references with coverage", `... on Paper { references { coverage { state known } nodes { title } } }`, 3},
		{"two hops", `... on Paper { citedBy { nodes { references { nodes { title } } } } }`, 3},
		{"two hops and their authors", `... on Paper { citedBy(first: 5) { nodes { references(first: 5) { nodes { authors(first: 5) { nodes { name } } } } } } }`, 4},
		{"shared topics", `... on Paper { sharingTopics(first: 5) { edges { score sharedTopics { name } node { title } } } }`, 2},
		{"shared topics and their narrower ones", `... on Paper { sharingTopics(first: 5) { edges { sharedTopics { narrower { nodes { name } } } } } }`, 3},
		{"degrees", `... on Entity { degree(kinds: [CITES], direction: INCOMING) }`, 2},
		{"two degrees", `... on Entity { a: degree(kinds: [CITES]) b: degree }`, 3},
		{"relations and both ends", `... on Entity { relations(first: 5) { nodes { kind source { label } target { label } } } }`, 2},
		{"relations of the ends", `... on Entity { relations(kinds: [ABOUT], direction: OUTGOING) { nodes { target { relations(first: 2) { nodes { kind } } } } } }`, 3},
		{"evidence", `... on Paper { references { edges { relation { assertion { source evidence { locator } } } } } }`, 2},
		{"results", `... on Paper { results { nodes { metric system { name } paper { title } } } }`, 2},
		{"versions", `... on Paper { versions { title } }`, 2},
		{"artifacts", `... on Paper { artifacts { nodes { repository } } }`, 2},
		{"authors' papers' topics", `... on Paper { authors(first: 5) { nodes { papers(first: 5) { nodes { topics(first: 5) { nodes { name } } } } } } }`, 4},
		{"through a fragment", `...F`, 3},
		{"two types that select a field differently", `... on Paper { relations(first: 30) { nodes { target { ... on Author { relations(first: 3) { nodes { id } } } ... on Topic { relations(first: 3) { totalCount nodes { source { ... on Paper { venue { name } } } } } } } } } }`, 5},
		{"two types that select a field alike", `... on Paper { relations(first: 30) { nodes { target { ...E } } } }`, 3},
		{"one value for a list", `... on Paper { relations(kinds: USES, first: 30) { nodes { target { ... on System { papers(roles: USES, first: 3) { nodes { venue { series { name } } } } } } } } }`, 5},
		{"papers of venues", `... on Paper { venue { papers(first: 3, includeNarrower: false) { nodes { title } } series { papers(first: 3) { nodes { title } } } } }`, 5},
		{"workloads of results", `... on Paper { results { nodes { workload { name } } } }`, 2},
	}
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			s := holding(t, open, manyPapers())
			for _, test := range tests {
				countCalls(t, s, test)
			}
		})
	}
}

// callCase is a selection on the nodes of a query, and the number of calls it must take.
type callCase struct {
	name, selection string
	calls           int
}

func countCalls(t *testing.T, s store.Store, test callCase) {
	t.Run(test.name, func(t *testing.T) {
		for _, parents := range []int{1, 100} {
			ids := make([]string, parents)
			for i := range ids {
				ids[i] = fmt.Sprintf("paper/p%d", i)
			}
			variables, err := json.Marshal(map[string]any{"ids": ids})
			if err != nil {
				t.Fatal(err)
			}
			query := `query($ids: [ID!]!) { nodes(ids: $ids) { id ` + test.selection + ` } }`
			if strings.Contains(test.selection, "...E") {
				query += ` fragment E on Entity { relations(first: 2) { nodes { kind } } }`
			}
			if strings.Contains(test.selection, "...F") {
				query += ` fragment F on Paper { citedBy { nodes { ...G } } } fragment G on Paper { topics { nodes { name } } }`
			}
			counted := storetest.Count(s)
			answer := ask(t, newHandler(counted), query, variables)
			if strings.Contains(answer, `"errors"`) {
				t.Fatalf("with %d parents: %.1000s", parents, answer)
			}
			if got := counted.Total(); got != test.calls {
				t.Errorf("with %d parents: %d calls of the store, want %d: %v", parents, got, test.calls, counted.Calls())
			}
		}
	})
}

// manyPapers is a graph of 100 papers p0 to p99 that all have something of everything.
func manyPapers() []literature.Record {
	var records []literature.Record
	add := func(r literature.Record) { records = append(records, r) }
	assertions := []literature.Assertion{{
		Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test",
		Evidence: []literature.Evidence{{Source: "test", Locator: "line 1"}},
	}}
	relate := func(kind literature.RelationKind, source, target literature.ID, set func(*literature.Relation)) {
		r := &literature.Relation{ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target, Assertions: assertions}
		if set != nil {
			set(r)
		}
		add(r)
	}
	base := func(kind literature.EntityKind, slug string) literature.Base {
		return literature.Base{ID: literature.NewID(kind, slug), Labels: []literature.LocalizedText{{Value: slug, Locale: literature.English}}}
	}
	year := 2020
	add(&literature.Venue{Base: base(literature.KindVenue, "series"), Type: literature.Series})
	add(&literature.Venue{Base: base(literature.KindVenue, "edition"), Type: literature.Edition, Year: &year})
	relate(literature.Broader, "venue/edition", "venue/series", nil)
	add(&literature.Organization{Base: base(literature.KindOrganization, "org")})
	add(&literature.Topic{Base: base(literature.KindTopic, "top")})
	add(&literature.Workload{Base: base(literature.KindWorkload, "w")})
	for i := range 10 {
		topic := &literature.Topic{Base: base(literature.KindTopic, fmt.Sprintf("t%d", i))}
		add(topic)
		relate(literature.Broader, topic.ID, "topic/top", nil)
		add(&literature.Author{Base: base(literature.KindAuthor, fmt.Sprintf("a%d", i))})
		add(&literature.System{Base: base(literature.KindSystem, fmt.Sprintf("s%d", i))})
		add(&literature.Artifact{Base: base(literature.KindArtifact, fmt.Sprintf("c%d", i)), Repository: "https://code.example/c"})
	}
	paperID := func(i int) literature.ID { return literature.ID(fmt.Sprintf("paper/p%d", i%100)) }
	for i := range 100 {
		add(&literature.Paper{Base: base(literature.KindPaper, fmt.Sprintf("p%d", i)), Type: literature.Article, PublishedOn: "2020"})
	}
	for i := range 100 {
		p, of := paperID(i), func(kind literature.EntityKind, prefix string, n int) literature.ID {
			return literature.NewID(kind, fmt.Sprintf("%s%d", prefix, n%10))
		}
		for n := range 2 {
			relate(literature.AuthoredBy, p, of(literature.KindAuthor, "a", i+n), func(r *literature.Relation) {
				r.Position, r.Organizations = n+1, []literature.ID{"organization/org"}
			})
			relate(literature.About, p, of(literature.KindTopic, "t", i+3*n), func(r *literature.Relation) { r.Weight = literature.FullWeight })
			relate(literature.Cites, p, paperID(i+1+n), nil)
		}
		relate(literature.PublishedIn, p, "venue/edition", nil)
		relate(literature.Uses, p, of(literature.KindSystem, "s", i), nil)
		relate(literature.HasArtifact, p, of(literature.KindArtifact, "c", i), nil)
		relate(literature.VersionOf, p, paperID(i+50), nil)
		relate(literature.EvaluatedOn, p, "workload/w", nil)
		value := 2.0
		add(&literature.Result{
			ID: literature.NewResultID(fmt.Sprintf("r%d", i)), Paper: p, System: of(literature.KindSystem, "s", i), Workload: "workload/w", Kind: literature.Measurement, Metric: "throughput",
			Direction: literature.Increase, Statements: []literature.LocalizedText{{Value: "Twice as fast.", Locale: literature.English}},
			Value: &value, Unit: "x", Qualifier: literature.Exactly, Order: 1, Assertions: assertions,
		})
	}
	return records
}
