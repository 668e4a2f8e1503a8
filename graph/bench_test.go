//go:build unix

package graph_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// benchQueries are what people ask, over the corpus of storetest. P stands for a paper in the middle.
var benchQueries = []struct{ name, query string }{
	{"one paper with its authors, venue and topics", `{ paper(by: {id: "P"}) { title year venue { name } authors { edges { position node { name } } } topics { nodes { name } } } }`},
	{"papers sharing topics", `{ paper(by: {id: "P"}) { sharingTopics { totalCount edges { score sharedTopics { name } node { title year } } } } }`},
	{"100 papers with their authors", `{ papers(first: 100) { nodes { title year citedBy: degree(kinds: [CITES], direction: INCOMING) authors(first: 3) { nodes { name } } } } }`},
	{"newest papers of a topic", `{ papers(filter: {topics: {anyOf: ["topic/t-1"]}, year: {gte: 2010}}, orderBy: [{field: YEAR}, {field: CITED_BY_COUNT}]) { totalCount nodes { title year } } }`},
	{"a topic of a fifth of all papers", `{ topic(by: {id: "topic/t-0"}) { papers(first: 20) { totalCount nodes { title authors { nodes { name } } } } } }`},
	{"facets over a tenth of all papers", `{ papers(filter: {topics: {anyOf: ["topic/t-1"]}}, first: 1) { totalCount facets(by: [YEAR, TOPIC, VENUE]) { buckets { key count } otherCount } } }`},
	{"facets over all papers", `{ papers(first: 1) { totalCount facets(by: [YEAR, TOPIC]) { buckets { key count } otherCount } } }`},
	{"groups by year and venue", `{ papers(filter: {topics: {anyOf: ["topic/t-2"]}}, first: 1) { groupBy(dimensions: [YEAR, VENUE]) { count keys { key } papers(first: 2) { title } } } }`},
	{"two hops of citations", `{ paper(by: {id: "P"}) { citedBy { nodes { title references { nodes { title } } } } } }`},
	{"everything around a paper", `{ node(id: "P") { ... on Entity { label relations(first: 100) { nodes { id kind source { id label } target { id label degree } } } } } }`},
	{"200 nodes around a paper", `{ subgraph(seeds: "P", hops: 2) { nodes { degree entity { id label } } relations { kind source { id } target { id } } } }`},
	{"10,000 nodes as columns", `{ subgraph(seeds: "P", hops: 3, nodeBudget: 10000, relationBudget: 30000) { columns { ids kinds degrees sources targets relationKinds weights } } }`},
	{"10,000 nodes as columns with labels", `{ subgraph(seeds: "P", hops: 3, nodeBudget: 10000, relationBudget: 30000) { columns { ids kinds labels years degrees sources targets relationKinds weights } } }`},
	{"search for a word of a fifth of all titles", `{ search(query: "storage") { totalCount edges { match highlights node { label } } } }`},
	{"search for a rare word", `{ search(query: "lattice", kinds: [PAPER]) { totalCount nodes { label } } }`},
	{"suggestions", `{ suggest(prefix: "sto") { label kind } }`},
	{"a misspelt search", `{ search(query: "latice") { totalCount didYouMean } }`},
}

// BenchmarkQueries asks whole queries of each store with PAPERGRAPH_BENCH_PAPERS papers (200,000 where that is not set), the way over HTTP's handler included. Before, each
// store answers all of them over 1,000 papers, byte for byte as the reference does. It reports the median, and the processor time of this process for each query.
func BenchmarkQueries(b *testing.B) {
	corpus := storetest.BenchCorpus(b)
	b.Run("sqlite", func(b *testing.B) {
		benchStore(b, corpus, func(b *testing.B) store.Store {
			s, err := sqlite.Open(b.Context(), ":memory:", sqlite.Options{})
			if err != nil {
				b.Fatal(err)
			}
			return s
		})
	})
	b.Run("neo4j", func(b *testing.B) {
		benchStore(b, corpus, func(b *testing.B) store.Store { return neo4jtest.Open(b) })
	})
}

func benchStore(b *testing.B, corpus storetest.Corpus, open func(*testing.B) store.Store) {
	few := storetest.Corpus{Seed: 1, Papers: 1000}
	want := answers(b, storetest.NewReference(), few)
	if diff := cmp.Diff(want, answers(b, open(b), few)); diff != "" {
		b.Fatalf("over %d papers, other answers than the reference's (-want +got):\n%s", few.Papers, diff)
	}
	s := open(b)
	defer closed(b, s)
	storetest.Fill(b, corpus, s)
	handler := newHandler(s)
	for _, q := range benchQueries {
		b.Run(strings.ReplaceAll(q.name, " ", "-"), func(b *testing.B) {
			body := queryBody(b, q.query, corpus)
			calls, before := 0, processorTime(b)
			storetest.Measure(b, func(int) error {
				calls++
				post(b, handler, body)
				return nil
			})
			b.ReportMetric((processorTime(b)-before).Seconds()*1e3/float64(calls), "ms-cpu")
		})
	}
}

// answers asks all queries of a store that holds a small corpus, and closes it.
func answers(b *testing.B, s store.Store, corpus storetest.Corpus) []string {
	defer closed(b, s)
	storetest.Fill(b, corpus, s)
	handler := newHandler(s)
	var all []string
	for _, q := range benchQueries {
		all = append(all, post(b, handler, queryBody(b, q.query, corpus)))
	}
	return all
}

func closed(b *testing.B, s store.Store) {
	if err := s.Close(); err != nil {
		b.Error(err)
	}
}

func queryBody(b *testing.B, query string, corpus storetest.Corpus) []byte {
	id := corpus.Paper(corpus.Papers / 2)
	body, err := json.Marshal(map[string]string{"query": strings.ReplaceAll(query, `"P"`, strconv.Quote(string(id)))})
	if err != nil {
		b.Fatal(err)
	}
	return body
}

// post returns the answer, which must have data and no error.
func post(b *testing.B, handler http.Handler, body []byte) string {
	request := httptest.NewRequest(http.MethodPost, "/graphql", bytes.NewReader(body))
	request.Header.Set("Content-Type", "application/json")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	answer := recorder.Body.String()
	if !strings.HasPrefix(answer, `{"data":{`) {
		b.Fatalf("%s\n%.1000s", body, answer)
	}
	return answer
}

func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
