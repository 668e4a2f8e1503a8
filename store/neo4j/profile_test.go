package neo4j_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
	"github.com/papergraph/papergraph/store/storetest"
)

// question is one call that reads. grows says why its statement may read more in a larger graph, where it may.
type question struct {
	name  string
	ask   func(ctx context.Context, s store.Store) error
	grows string
}

func listed(name, grows string, q store.ListQuery) question {
	q.Page.Limit = 3
	return question{name, func(ctx context.Context, s store.Store) error { _, err := s.List(ctx, q); return err }, grows}
}

func related(name string, q store.RelationQuery) question {
	q.Page.Limit, q.WithTotal = 3, true
	return question{name, func(ctx context.Context, s store.Store) error { _, err := s.Relations(ctx, q); return err }, ""}
}

func walked(name string, w store.Walk) question {
	w.Key, w.Starts, w.Page.Limit, w.WithTotal = "paper/alpha", []store.Start{{ID: "paper/alpha", Weight: 1}}, 3, true
	return question{name, func(ctx context.Context, s store.Store) error {
		_, err := s.Walk(ctx, store.WalkQuery{Walks: []store.Walk{w}})
		return err
	}, ""}
}

func searched(name, text string, namesOnly bool) question {
	return question{name, func(ctx context.Context, s store.Store) error {
		query, err := store.ParseQuery(text)
		if err == nil {
			_, err = s.Search(ctx, store.TextQuery{Query: query, NamesOnly: namesOnly, Page: store.Page{Limit: 3}, WithTotal: true})
		}
		return err
	}, ""}
}

// questions asks about the fixture; latest is the version of its newest change.
func questions(latest store.Version) []question {
	const paper = literature.KindPaper
	about := []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}}
	hop := func(kind literature.RelationKind, direction store.Direction, weigh store.HopRule) store.Hop {
		return store.Hop{Kinds: []literature.RelationKind{kind}, Direction: direction, Weigh: weigh}
	}
	year := 2020
	position := &store.Position{Keys: []store.SortValue{{Int: 2}}, ID: "paper/beta"}
	of := func(terms store.TermMatch) *store.Filter { return &store.Filter{Terms: []store.TermMatch{terms}} }
	return []question{
		{"Records", func(ctx context.Context, s store.Store) error {
			cites := literature.NewRelationID(literature.Cites, "paper/beta", "paper/alpha")
			_, err := s.Records(ctx, []literature.ID{"paper/alpha", "paper/ancient", "result/a-1", cites})
			return err
		}, ""},
		{"Resolve", func(ctx context.Context, s store.Store) error {
			_, err := s.Resolve(ctx, []store.Key{
				{Kind: paper, Scheme: store.BySlug, Value: "ancient"}, {Scheme: store.ByName, Value: "Storage"}, {Scheme: store.KeyScheme(literature.DOI), Value: "10.1000/alpha"},
			})
			return err
		}, ""},
		{"Degrees", func(ctx context.Context, s store.Store) error {
			_, err := s.Degrees(ctx, []literature.ID{"paper/alpha"}, []store.KindDirection{{Kind: literature.Cites, Direction: store.Incoming}, {Direction: store.Both}})
			return err
		}, ""},
		listed("List/by citedBy", "", store.ListQuery{Kind: paper, WithTotal: true}),
		listed("List/by citedBy, behind a position", "", store.ListQuery{Kind: paper, Page: store.Page{From: position}}),
		listed("List/by title", "", store.ListQuery{Kind: paper, Order: []store.Order{{By: store.OrderByTitle}}}),
		listed("List/latest", "", store.ListQuery{Kind: paper, Order: []store.Order{{By: store.OrderByYear, Descending: true}}}),
		listed("List/by year", "papers without a year come last, which no index does", store.ListQuery{Kind: paper, Order: []store.Order{{By: store.OrderByYear}}}),
		listed("List/years, total", "the total of a filter on properties counts every paper that passes",
			store.ListQuery{Kind: paper, Filter: &store.Filter{Years: store.Range{To: &year}}, WithTotal: true}),
		listed("List/topics", "", store.ListQuery{Kind: literature.KindTopic, WithTotal: true}),
		listed("List/of a topic", "", store.ListQuery{Kind: paper, Parents: []literature.ID{"topic/storage"}, Via: about, Narrower: true, WithTotal: true}),
		listed("List/with a topic", "", store.ListQuery{Kind: paper, Filter: of(store.TermMatch{Dimension: store.ByTopic, AnyOf: []literature.ID{"topic/storage"}}), WithTotal: true}),
		listed("List/with ids", "", store.ListQuery{Kind: paper, Filter: &store.Filter{IDs: []literature.ID{"paper/alpha"}}, WithTotal: true}),
		{"Facets", func(ctx context.Context, s store.Store) error {
			_, err := s.Facets(ctx, store.FacetQuery{
				Parents: []literature.ID{"topic/storage"}, Via: about,
				Groupings: []store.Grouping{{Dimensions: []store.Dimension{store.ByVenue, store.ByYear}, Limit: 3, Samples: 2}},
			})
			return err
		}, ""},
		{"Facets/of all papers", func(ctx context.Context, s store.Store) error {
			_, err := s.Facets(ctx, store.FacetQuery{Groupings: []store.Grouping{{Dimensions: []store.Dimension{store.ByTopic}, Limit: 3}}})
			return err
		}, "it counts every paper"},
		related("Relations", store.RelationQuery{Sources: []literature.ID{"paper/alpha"}, Direction: store.Both}),
		related("Relations/to targets", store.RelationQuery{Sources: []literature.ID{"paper/alpha"}, Direction: store.Both, Targets: []literature.ID{"paper/beta"}}),
		related("Relations/by year", store.RelationQuery{
			Sources: []literature.ID{"paper/alpha"}, Direction: store.Incoming, Kinds: []literature.RelationKind{literature.Cites}, Order: []store.Order{{By: store.OrderByYear}},
		}),
		{"Results/of a paper", func(ctx context.Context, s store.Store) error {
			_, err := s.Results(ctx, store.ResultQuery{Parents: []literature.ID{"paper/alpha"}, Page: store.Page{Limit: 3}, WithTotal: true})
			return err
		}, ""},
		{"Results", func(ctx context.Context, s store.Store) error {
			_, err := s.Results(ctx, store.ResultQuery{Page: store.Page{Limit: 3}})
			return err
		}, ""},
		{"Results/behind a position", func(ctx context.Context, s store.Store) error {
			from := &store.Position{Keys: []store.SortValue{{Text: "paper/alpha"}, {Int: 1}}, ID: "result/a-1"}
			_, err := s.Results(ctx, store.ResultQuery{Page: store.Page{Limit: 3, From: from}})
			return err
		}, ""},
		{"Results/with a workload", func(ctx context.Context, s store.Store) error {
			_, err := s.Results(ctx, store.ResultQuery{Filter: store.ResultFilter{Terms: []store.TermMatch{{Dimension: store.ByWorkload, AnyOf: []literature.ID{"workload/ycsb"}}}}, Page: store.Page{Limit: 3}, WithTotal: true})
			return err
		}, ""},
		searched("Search", "storage", false),
		searched("Search/names", "key-value", true),
		searched("Search/prefix", "stor*", false),
		{"Postings", func(ctx context.Context, s store.Store) error {
			_, err := s.Postings(ctx, store.PostingQuery{Tokens: []store.Tokens{{"storag": 1}}, Limit: 10})
			return err
		}, ""},
		walked("Walk/shared topics", store.Walk{Hops: []store.Hop{hop(literature.About, store.Outgoing, store.WeighIDF), hop(literature.About, store.Incoming, store.WeighOne)}, Via: 3}),
		walked("Walk/coupling", store.Walk{Hops: []store.Hop{hop(literature.Cites, store.Outgoing, store.WeighOne), hop(literature.Cites, store.Incoming, store.WeighSalton)}}),
		{"Paths", func(ctx context.Context, s store.Store) error {
			_, err := s.Paths(ctx, store.PathQuery{From: "paper/alpha", To: "paper/gamma", Kinds: []literature.RelationKind{literature.Cites}, MaxHops: 3, Limit: 5})
			return err
		}, ""},
		{"History", func(ctx context.Context, s store.Store) error {
			_, err := s.History(ctx, store.HistoryQuery{IDs: []literature.ID{"paper/alpha"}, Page: store.Page{Limit: 3}})
			return err
		}, ""},
		{"History/of a relation", func(ctx context.Context, s store.Store) error {
			_, err := s.History(ctx, store.HistoryQuery{IDs: []literature.ID{literature.NewRelationID(literature.Cites, "paper/beta", "paper/alpha")}, Page: store.Page{Limit: 3}})
			return err
		}, ""},
		{"History/of everything", func(ctx context.Context, s store.Store) error {
			_, err := s.History(ctx, store.HistoryQuery{Since: latest - 1, Page: store.Page{Limit: 3}})
			return err
		}, ""},
		{"Scan/one change", func(ctx context.Context, s store.Store) error {
			_, err := s.Scan(ctx, store.ScanQuery{Since: latest - 1}, func(store.Change, []literature.Record) error { return nil })
			return err
		}, ""},
		{"Scan/one change, bare", func(ctx context.Context, s store.Store) error {
			_, err := s.Scan(ctx, store.ScanQuery{Since: latest - 1, Bare: true}, func(store.Change, []literature.Record) error { return nil })
			return err
		}, ""},
		{"Scan/bare", func(ctx context.Context, s store.Store) error {
			_, err := s.Scan(ctx, store.ScanQuery{Bare: true}, func(store.Change, []literature.Record) error { return nil })
			return err
		}, "it reads everything"},
		{"Scan", func(ctx context.Context, s store.Store) error {
			_, err := s.Scan(ctx, store.ScanQuery{}, func(store.Change, []literature.Record) error { return nil })
			return err
		}, "it reads everything"},
		{"Stats", func(ctx context.Context, s store.Store) error { _, err := s.Stats(ctx); return err }, ""},
	}
}

// crowd is papers beside the fixture, joined to each other and to a topic and an author of their own, and a result of each.
func crowd(n int) store.Batch {
	assertions := []literature.Assertion{{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test"}}
	named := func(id literature.ID, label string) literature.Entity {
		e := literature.Blank(id).(literature.Entity)
		e.Common().ID, e.Common().Labels = id, []literature.LocalizedText{{Value: label, Locale: literature.English}}
		return e
	}
	topic, author := named("topic/crowd", "Crowds"), named("author/crowd", "Many Hands")
	b := store.Batch{Author: "test", Upsert: []literature.Record{topic, author}}
	join := func(kind literature.RelationKind, source, target literature.ID) *literature.Relation {
		r := &literature.Relation{ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target, Assertions: assertions}
		b.Upsert = append(b.Upsert, r)
		return r
	}
	var before literature.ID
	for i := range n {
		paper := named(literature.ID(fmt.Sprintf("paper/crowd-%d", i)), fmt.Sprintf("One of a crowd, %d", i)).(*literature.Paper)
		paper.Type, paper.PublishedOn = literature.ConferencePaper, fmt.Sprint(1990+i%40)
		b.Upsert = append(b.Upsert, paper)
		join(literature.About, paper.ID, topic.RecordID()).Weight = literature.FullWeight
		join(literature.AuthoredBy, paper.ID, author.RecordID()).Position = 1
		if before != "" {
			join(literature.Cites, paper.ID, before)
		}
		before = paper.ID
		b.Upsert = append(b.Upsert, &literature.Result{
			ID: literature.NewResultID(fmt.Sprintf("crowd-%d", i)), Paper: paper.ID, Kind: literature.Motivation, Metric: "latency", Direction: literature.NoDirection,
			Statements: []literature.LocalizedText{{Value: "It matters.", Locale: literature.English}}, Qualifier: literature.Qualitative, Order: 1, Assertions: assertions,
		})
	}
	return b
}

// scans are the operators that read all of a kind. A plan may count by NodeCountFromCountStore and its like, and walk along an index.
var scans = []string{
	"AllNodesScan", "NodeByLabelScan", "UnionNodeByLabelsScan", "IntersectionNodeByLabelsScan", "SubtractionNodeByLabelsScan",
	"DirectedAllRelationshipsScan", "UndirectedAllRelationshipsScan", "DirectedRelationshipTypeScan", "UndirectedRelationshipTypeScan",
	"DirectedUnionRelationshipTypesScan", "UndirectedUnionRelationshipTypesScan",
}

// profiled is what statements took together.
type profiled struct {
	hits  int64
	scans []string
}

// profile asks one question, and its statements once more under PROFILE.
func profile(t *testing.T, s *neo4j.Store, q question) profiled {
	t.Helper()
	type statement struct {
		text   string
		params map[string]any
	}
	var statements []statement
	s.Observe(func(text string, params map[string]any) { statements = append(statements, statement{text, params}) })
	err := q.ask(t.Context(), s)
	s.Observe(nil)
	if err != nil {
		t.Fatal(err)
	}
	var sum profiled
	for _, st := range statements {
		_, result, err := neo4jtest.Run(t, "PROFILE "+st.text, st.params)
		if err != nil {
			t.Fatalf("%v in\n%s", err, st.text)
		}
		sum.add(result.Profile())
	}
	return sum
}

func (p *profiled) add(plan driver.ProfiledPlan) {
	p.hits += plan.DbHits()
	if operator, _, _ := strings.Cut(plan.Operator(), "@"); slices.Contains(scans, operator) {
		p.scans = append(p.scans, fmt.Sprint(operator, " ", plan.Arguments()["Details"]))
	}
	for _, child := range plan.Children() {
		p.add(child)
	}
}

// TestHits: what a question costs depends on what it is about, not on how much else there is.
func TestHits(t *testing.T) {
	s := opened(t)
	ctx := t.Context()
	apply := func(b store.Batch) store.Version {
		t.Helper()
		version, err := s.Apply(ctx, b)
		if err != nil {
			t.Fatal(err)
		}
		return version
	}
	// touch makes the newest change one of a single topic of the fixture.
	touch := func(label string) store.Version {
		t.Helper()
		topic := &literature.Topic{Base: literature.Base{ID: "topic/lsm", Labels: []literature.LocalizedText{{Value: label, Locale: literature.English}}}}
		return apply(store.Batch{Author: "test", Upsert: []literature.Record{topic}})
	}
	apply(storetest.Fixture())
	apply(crowd(100))
	alone := make(map[string]profiled)
	for _, q := range questions(touch("Merge trees")) {
		alone[q.name] = profile(t, s, q)
	}
	apply(crowd(2000))
	for _, q := range questions(touch("LSM trees")) {
		t.Run(q.name, func(t *testing.T) {
			before, after := alone[q.name], profile(t, s, q)
			t.Logf("%d hits, %d among 20 times as many papers", before.hits, after.hits)
			switch {
			case q.grows != "":
				if after.hits < 5*before.hits {
					t.Errorf("it need not be said that this grows because %s", q.grows)
				}
			case len(after.scans) > 0:
				t.Errorf("it reads all there is: %v", after.scans)
			case after.hits > before.hits+before.hits/10:
				t.Errorf("%d hits grow to %d with the graph", before.hits, after.hits)
			}
		})
	}
}
