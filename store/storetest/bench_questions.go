package storetest

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// question is one benchmark: something asked of a store, the i-th time of other entities where that matters, and the answer to the first time.
type question struct {
	name string
	ask  func(ctx context.Context, s store.Store, i int) (any, error)
	want any
}

// check asks for the first time and compares the answer.
func (q question) check(ctx context.Context, s store.Store) error {
	got, err := q.ask(ctx, s, 0)
	if err != nil {
		return fmt.Errorf("%s: %w", q.name, err)
	}
	if diff := cmp.Diff(q.want, got, sameAnswer...); diff != "" {
		return fmt.Errorf("%s: wrong answer (-want +got):\n%s", q.name, diff)
	}
	return nil
}

// ranked is how the answers of lists are compared: what comes first, and how many there are in all.
type ranked struct {
	IDs   []literature.ID
	Total int
}

const pageSize = 20

var benchPage = store.Page{Limit: pageSize}

func questions(f *facts) []question {
	c := f.corpus
	// spread gives the papers of the i-th time: far apart, other ones each time.
	spread := func(i, n int) []literature.ID {
		ids := make([]literature.ID, n)
		for k := range ids {
			ids[k] = c.Paper((7919*(i*n+k) + 17) % c.Papers)
		}
		return ids
	}
	var list []question
	for _, n := range []int{1, 20, 100} {
		titles := make(map[literature.ID]string)
		for _, id := range spread(0, n) {
			titles[id] = f.titles[ordinal(id)]
		}
		list = append(list, question{fmt.Sprintf("entities/%d", n), func(ctx context.Context, s store.Store, i int) (any, error) {
			records, err := s.Records(ctx, spread(i, n))
			got := make(map[literature.ID]string, len(records))
			for id, record := range records {
				got[id] = record.(*literature.Paper).Labels[0].Value
			}
			return got, err
		}, titles})
	}
	return append(append(list, relationQuestions(f, spread)...), append(listQuestions(f), graphQuestions(f)...)...)
}

func relationQuestions(f *facts, spread func(i, n int) []literature.ID) []question {
	mostCited := f.where(true, func(int) bool { return true })
	hubs := f.ids(mostCited, 100)
	citing := f.where(true, func(i int) bool { return containsNumber(f.cites[i], mostCited[0]) })
	relations := func(q store.RelationQuery, sources func(i int) []literature.ID) func(context.Context, store.Store, int) (any, error) {
		return func(ctx context.Context, s store.Store, i int) (any, error) {
			q.Sources, q.Page = sources(i), benchPage
			answer, err := s.Relations(ctx, q)
			got := ranked{Total: answer[q.Sources[0]].Total}
			for _, item := range answer[q.Sources[0]].Items {
				got.IDs = append(got.IDs, item.Other.RecordID())
			}
			return got, err
		}
	}
	cited := store.RelationQuery{Direction: store.Incoming, Kinds: []literature.RelationKind{literature.Cites}, WithTotal: true}
	first := ordinal(spread(0, 100)[0])
	cites := f.where(true, func(i int) bool { return containsNumber(f.cites[first], i) })
	outgoing := cited
	outgoing.Direction = store.Outgoing

	degrees := make(map[literature.ID][]int)
	for _, id := range spread(0, 100) {
		degrees[id] = []int{len(f.cites[ordinal(id)]), int(f.cited[ordinal(id)]), len(f.topics[ordinal(id)])}
	}
	of := []store.KindDirection{{Kind: literature.Cites, Direction: store.Outgoing}, {Kind: literature.Cites, Direction: store.Incoming}, {Kind: literature.About, Direction: store.Outgoing}}
	return []question{
		{"relations/cited-by-of-a-hub", relations(cited, func(i int) []literature.ID { return hubs[i%len(hubs):][:1] }), ranked{f.ids(citing, pageSize), len(citing)}},
		{"relations/cites-of-1", relations(outgoing, func(i int) []literature.ID { return spread(i, 1) }), ranked{f.ids(cites, pageSize), len(cites)}},
		{"relations/cites-of-100", relations(outgoing, func(i int) []literature.ID { return spread(i, 100) }), ranked{f.ids(cites, pageSize), len(cites)}},
		{"degrees/100", func(ctx context.Context, s store.Store, i int) (any, error) {
			return s.Degrees(ctx, spread(i, 100), of)
		}, degrees},
	}
}

func containsNumber(numbers []int32, n int) bool {
	for _, m := range numbers {
		if int(m) == n {
			return true
		}
	}
	return false
}

func listQuestions(f *facts) []question {
	papers := func(q store.ListQuery) func(context.Context, store.Store, int) (any, error) {
		return func(ctx context.Context, s store.Store, _ int) (any, error) {
			q.Kind, q.Page = literature.KindPaper, benchPage
			answer, err := s.List(ctx, q)
			page := answer[parentOf(q.Parents)]
			got := ranked{Total: page.Total}
			for _, item := range page.Items {
				got.IDs = append(got.IDs, item.Entity.RecordID())
			}
			return got, err
		}
	}
	recent := func(i int) bool { return f.corpus.Year(i) >= 2010 }
	filter := &store.Filter{Years: store.Range{From: ptr(2010)}}
	about := []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}}
	onTopic := &store.Filter{Terms: []store.TermMatch{{Dimension: store.ByTopic, AnyOf: []literature.ID{LargeTopic}}}, Years: filter.Years}
	top := f.where(true, recent)
	hub := f.where(true, func(i int) bool { return recent(i) && f.about(i, HubTopic) })
	large := f.where(true, func(i int) bool { return recent(i) && f.about(i, LargeTopic) })
	search := func(word string) question {
		query, err := store.ParseQuery(word)
		found := f.where(false, func(i int) bool { return f.inTitle(i, word) })
		return question{"search/" + word, func(ctx context.Context, s store.Store, _ int) (any, error) {
			if err != nil {
				return nil, err
			}
			page, err := s.Search(ctx, store.TextQuery{Query: query, Page: benchPage, WithTotal: true})
			got := ranked{Total: page.Total}
			for _, hit := range page.Items {
				got.IDs = append(got.IDs, hit.Entity.RecordID())
			}
			return got, err
		}, ranked{f.ids(found, pageSize), len(found)}}
	}
	return []question{
		{"list/by-cited-by", papers(store.ListQuery{Filter: filter}), ranked{f.ids(top, pageSize), -1}},
		{"list/filtered", papers(store.ListQuery{Filter: onTopic}), ranked{f.ids(large, pageSize), -1}},
		{"list/hub-topic", papers(store.ListQuery{Parents: []literature.ID{HubTopic}, Via: about, Filter: filter}), ranked{f.ids(hub, pageSize), -1}},
		{"list/hub-topic-with-total", papers(store.ListQuery{Parents: []literature.ID{HubTopic}, Via: about, Filter: filter, WithTotal: true}), ranked{f.ids(hub, pageSize), len(hub)}},
		facetQuestion(f, "facets/small-topic", SmallTopic),
		facetQuestion(f, "facets/large-topic", LargeTopic),
		search(RareWord), search(CommonWord),
		suggestion(f, RareWord[:3]), suggestion(f, CommonWord[:3]),
		postingQuestion(f),
	}
}

// suggestion asks for the papers whose titles hold a word that begins so.
func suggestion(f *facts, prefix string) question {
	query, err := store.ParseQuery(prefix + "*")
	found := f.where(false, func(i int) bool { return strings.Contains(" "+f.titles[i], " "+prefix) })
	return question{"suggest/" + prefix, func(ctx context.Context, s store.Store, _ int) (any, error) {
		if err != nil {
			return nil, err
		}
		page, err := s.Search(ctx, store.TextQuery{Query: query, Kinds: []literature.EntityKind{literature.KindPaper}, NamesOnly: true, Page: store.Page{Limit: 10}})
		var got []literature.ID
		for _, hit := range page.Items {
			got = append(got, hit.Entity.RecordID())
		}
		return got, err
	}, f.ids(found, 10)}
}

func facetQuestion(f *facts, name string, parent literature.ID) question {
	const limit = 40
	q := store.FacetQuery{Parents: []literature.ID{parent}, Via: []store.KindDirection{{Kind: literature.About, Direction: store.Incoming}}}
	for _, dimension := range []store.Dimension{store.ByYear, store.ByTopic, store.ByVenue} {
		q.Groupings = append(q.Groupings, store.Grouping{Dimensions: []store.Dimension{dimension}, Limit: limit})
	}
	papers := f.where(true, func(i int) bool { return f.about(i, parent) })
	want := slices.Concat([]string{fmt.Sprint("papers ", len(papers))}, buckets(papers, limit, f.topicsOf), buckets(papers, limit, f.venueOf))
	return question{name, func(ctx context.Context, s store.Store, _ int) (any, error) {
		answer, err := s.Facets(ctx, q)
		if err != nil {
			return nil, err
		}
		dated := 0
		for _, bucket := range answer[parent][0].Buckets {
			dated += bucket.Count // every paper has one year, and there are 35
		}
		got := []string{fmt.Sprint("papers ", dated)}
		for _, counts := range answer[parent][1:] {
			for _, bucket := range counts.Buckets {
				got = append(got, fmt.Sprint(bucket.Keys[0].Key, " ", bucket.Count))
			}
		}
		return got, nil
	}, want}
}

func postingQuestion(f *facts) question {
	q := store.PostingQuery{Tokens: []store.Tokens{{}}, Limit: f.corpus.Papers / 50}
	want := make(map[string][]int)
	for _, word := range []string{RareWord, CommonWord} {
		stem := analysis.Tokens(word)[0].Stem
		q.Tokens[0][stem] = 1
		n := len(f.where(true, func(i int) bool { return f.inTitle(i, word) }))
		want[stem] = []int{n, n}
		if n > q.Limit {
			want[stem][1] = 0
		}
	}
	return question{"postings", func(ctx context.Context, s store.Store, _ int) (any, error) {
		answer, err := s.Postings(ctx, q)
		got := make(map[string][]int)
		for token, found := range answer.Tokens {
			got[token] = []int{found.DocumentFrequency, len(found.Postings)}
		}
		return got, err
	}, want}
}

func graphQuestions(f *facts) []question {
	c := f.corpus
	papers := &store.Filter{Kinds: []literature.EntityKind{literature.KindPaper}}
	walk := func(name string, i int) question {
		sharing, scores := f.sharing(i)
		want := make([]string, 0, pageSize)
		for _, other := range sharing[:min(pageSize, len(sharing))] {
			want = append(want, fmt.Sprint(c.Paper(other), " ", scores[other]))
		}
		return question{name, func(ctx context.Context, s store.Store, _ int) (any, error) {
			id := c.Paper(i)
			answer, err := s.Walk(ctx, store.WalkQuery{Walks: []store.Walk{{Key: id, Starts: from(id), Hops: sharedTopics, Filter: papers, Page: benchPage, Via: 5}}})
			var got []string
			for _, item := range answer[id].Items {
				got = append(got, fmt.Sprint(item.Entity.RecordID(), " ", item.Score))
			}
			return got, err
		}, want}
	}
	typical := f.typical()
	hub := (typical/5 + 1) * 5 // every fifth paper is in the hub
	end := typical + 1
	// Two papers that nothing joins within the bound are a question, too: no path is the answer.
	var lengths []int
	if distance := f.distance(typical, end); distance >= 0 && distance <= store.MaxHops {
		lengths = []int{distance}
	}
	path := func(ctx context.Context, s store.Store, i int) (any, error) {
		answer, err := s.Paths(ctx, store.PathQuery{
			From: c.Paper(typical), To: c.Paper((end + i) % c.Papers), Kinds: []literature.RelationKind{literature.Cites}, MaxHops: store.MaxHops, Limit: 1,
		})
		var got []int
		for _, path := range answer.Paths {
			got = append(got, len(path.Relations))
		}
		return got, err
	}
	return []question{walk("shared-topics/typical-paper", typical), walk("shared-topics/hub-topic-paper", hub), {"path", path, lengths}}
}
