package graph_test

import (
	"encoding/json"
	"fmt"
	"maps"
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
		{"related papers", `... on Paper { related { totalCount nodes { title } } }`, 3},
		{"related papers without words", `... on Paper { related(signals: [{kind: TEXT, weight: 0}]) { nodes { title } } }`, 2},
		{"related papers and why", `... on Paper { related(first: 3) { edges { score reason signals { kind known via { id } relations { kind } } node { title } } } }`, 6},
		{"related papers, why, and what lies between", `... on Paper { related(first: 2) { edges { reason signals { via { label degree } relations { source { label } } } node { venue { name } } } } }`, 8},
		{"related papers in the whole graph", `... on Paper { related(signals: [{kind: PERSONALIZED_PAGERANK, weight: 1}]) { nodes { title } } }`, 5},
		{"related papers in the whole graph, filtered", `... on Paper { related(signals: [{kind: PERSONALIZED_PAGERANK, weight: 1}, {kind: TEXT, weight: 0}], filter: {hasArtifact: true}) { edges { reason node { title } } } }`, 7},
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
		{"papers of authors in two orders", `... on Paper { authors(first: 2) { nodes { a: papers(orderBy: {field: YEAR}) { nodes { id } } b: papers(orderBy: [{field: YEAR}]) { nodes { title } } } } }`, 3},
		{"backward paging", `... on Paper { topics { nodes { papers(last: 3) { totalCount pageInfo { hasPreviousPage } nodes { venue { name } } } } } }`, 4},
		{"facets", `... on Paper { topics(first: 1) { nodes { papers(first: 1) { facets(by: [YEAR, VENUE]) { buckets { key count label } } } } } }`, 4},
		{"facets under two aliases", `... on Paper { topics(first: 1) { nodes { papers(first: 1) { a: facets(by: YEAR) { missingCount } b: facets(by: [YEAR]) { buckets { key } } } } } }`, 4},
		{"facets of two connections that count the same", `... on Paper { topics(first: 1) { nodes { a: papers(first: 1) { facets(by: YEAR) { missingCount } } b: papers(first: 2) { facets(by: YEAR) { missingCount } } } } }`, 5},
		{"entities of buckets and below", `... on Paper { topics(first: 1) { nodes { papers(first: 1) { facets(by: [VENUE, TOPIC], limit: 1) { buckets { entity { label ... on Venue { series { name } } ... on Topic { broader { name } } } } } } } } }`, 6},
		{"groups", `... on Paper { topics(first: 1) { nodes { papers(first: 1) { groupBy(dimensions: [YEAR, VENUE], limit: 2) { count keys { key label entity { label } } papers { title } } } } } }`, 4},
		{"groups and below", `... on Paper { topics(first: 1) { nodes { papers(first: 1) { groupBy(dimensions: [YEAR, SYSTEM], limit: 2) { keys { entity { ... on System { introducedBy { id } } } } papers(first: 2) { authors(first: 1) { nodes { name } } } } } } } }`, 6},
		{"papers of groups under two aliases", `... on Paper { topics(first: 1) { nodes { papers(first: 1) { groupBy(dimensions: VENUE, limit: 1) { a: papers(first: 1) { venue { id } } b: papers(first: 4) { topics(first: 2) { nodes { id } } } } } } } }`, 6},
		{"facets and groups under filter and order", `... on Paper { venue { papers(filter: {year: {gte: 2000}, hasArtifact: true}, orderBy: {field: TITLE, direction: ASC}) { facets(by: [YEAR, HAS_ARTIFACT]) { buckets { count } } groupBy(dimensions: TOPIC, limit: 3) { count } } } }`, 5},
		{"coauthors", `... on Paper { authors(first: 2) { nodes { coauthors(first: 3) { totalCount edges { sharedPapers node { papers(first: 2) { nodes { id } } } } } } } }`, 4},
		{"shared topics with a filter", `... on Paper { sharingTopics(first: 3, filter: {not: {text: "p1"}, citedByCount: {lte: 9}}) { nodes { venue { name } } } }`, 3},
		{"citations with filter and order", `... on Paper { references(filter: {isStub: false}, orderBy: {field: YEAR}) { nodes { id } } citedBy(filter: {text: "-p2", isStub: false}, orderBy: [{field: TITLE}, {field: YEAR}]) { nodes { venue { id } } } }`, 4},
		{"results with a filter", `... on Paper { results(filter: {systems: {noneOf: "system/none"}, kinds: MEASUREMENT, metrics: "throughput", minImprovement: 2}) { nodes { system { papers(first: 1) { nodes { id } } } } } systems { nodes { results(filter: {topics: {noneOf: "topic/none"}}, first: 3) { nodes { id workload { name } } } } } }`, 5},
		{"deep filter in single values", `... on Paper { topics { nodes { papers(filter: {and: {or: {not: {topics: {allOf: "topic/t1", includeNarrower: false}}}}}, first: 2) { nodes { venue { name } } } } } }`, 4},
		{"empty filters in single values", `... on Paper { topics { nodes { papers(filter: {and: {}, or: {}, not: {not: {}}}, first: 2) { nodes { venue { name } } } } } }`, 4},
		{"nulls where nothing is meant", `... on Paper { topics(first: 1) { nodes { papers(filter: null, orderBy: null, first: null, after: null, last: null, before: null) { nodes { venue { name } } } a: papers(filter: {and: null, or: null, not: null, text: null, year: null, topics: null, hasResult: null, isStub: null}, first: 2) { nodes { id } } b: papers(filter: {topics: {anyOf: ["topic/t1"], allOf: null}, year: {gte: 1, lte: null}}) { nodes { id } } } } }`, 6},
		{"graphs of pages", `... on Paper { topics(first: 1) { nodes { papers(first: 3) { nodes { title } graph(nodeBudget: 20) { nodes { entity { label } distance x community } relations { kind source { label } } communities { size namedAfter { label } } coverage { note } } } } } }`, 4},
		{"graphs of pages with degrees, as columns", `... on Paper { topics(first: 1) { nodes { papers(first: 3) { graph(nodeBudget: 20, kinds: [ABOUT, CITES]) { columns { ids labels years degrees ranks xs sources weights } export(format: GEXF) } } } } }`, 5},
		{"below graphs of pages", `... on Paper { topics(first: 1) { nodes { papers(first: 2) { graph(nodeBudget: 5) { nodes { entity { ... on Paper { venue { name } } ... on Topic { broader { name } } } } } } } } }`, 6},
		{"workloads of results", `... on Paper { results { nodes { workload { name } } } }`, 2},
		{"histories", `... on Paper { history(first: 2) { totalCount nodes { version at by reason job upserted removed truncated } } }`, 2},
		{"histories under two aliases", `... on Paper { history { nodes { version } } b: history { edges { cursor } } c: history(first: 1) { nodes { by } } }`, 3},
		// One call each for authorships, venues, series and affiliations, however they are written.
		{"a reference", `... on Paper { citation }`, 5},
		{"references and bibliographies", `... on Paper { a: citation(style: APA, locale: "zh-Hant") citation export(format: BIBTEX) b: export(format: NATIVE) }`, 5},
		{"a bibliography beside the venue", `... on Paper { export(format: RIS) venue { name series { name } } }`, 5},
		{"bibliographies of lists", `... on Paper { topics { nodes { papers(first: 3) { export(format: CSL_JSON) nodes { citation } } } } }`, 7},
		{"references of related papers", `... on Paper { related(signals: [{kind: TEXT, weight: 0}]) { nodes { citation } } }`, 6},
	}
	withVariables := []struct {
		callCase
		declared string
		values   map[string]any
	}{
		{
			callCase{"a filter as literal and as variable", `... on Paper { topics { nodes { a: papers(first: 2, filter: {topics: {anyOf: "topic/t3", noneOf: ["topic/t9"], includeNarrower: true}, year: {gte: 1999}, text: "-p7"}) { nodes { id } } b: papers(first: 2, filter: $f) { nodes { id venue { id } } } } } }`, 4},
			"$f: PaperFilter",
			map[string]any{"f": map[string]any{"topics": map[string]any{"anyOf": []string{"topic/t3"}, "noneOf": "topic/t9"}, "year": map[string]any{"gte": 1999, "lte": nil}, "text": "-p7"}},
		},
		{
			callCase{"an order as literal and as variables", `... on Paper { a: citedBy(orderBy: [{field: YEAR, direction: ASC}]) { nodes { id } } b: citedBy(orderBy: $o) { nodes { id } } c: citedBy(orderBy: {field: YEAR, direction: $d}) { nodes { venue { id } } } }`, 3},
			"$o: [PaperOrder!], $d: OrderDirection!",
			map[string]any{"o": map[string]any{"field": "YEAR", "direction": "ASC"}, "d": "ASC"},
		},
		{
			callCase{"variables inside a filter", `... on Paper { topics { nodes { a: papers(first: 2, filter: {and: $and, or: [$or, {}], topics: {anyOf: $of, includeNarrower: $deep}}) { nodes { venue { id } } } } } }`, 4},
			"$and: [PaperFilter!], $or: PaperFilter!, $of: [ID!], $deep: Boolean",
			map[string]any{"and": map[string]any{}, "or": map[string]any{"hasArtifact": false}, "of": "topic/t3"},
		},
		{
			callCase{"variables that are null or not given", `... on Paper { topics { nodes { papers(filter: $f, orderBy: $o, first: $n, after: $c, last: $n) { nodes { venue { id } } } } } results(filter: $r) { nodes { id workload { name } } } }`, 5},
			"$f: PaperFilter, $o: [PaperOrder!], $n: Int, $c: String, $r: ResultFilter",
			map[string]any{"f": nil, "n": nil},
		},
		{
			callCase{"results by variables", `... on Paper { a: results(filter: $r) { nodes { id } } b: results(filter: {metrics: "throughput", minImprovement: $m, kinds: $k}) { nodes { id } } }`, 2},
			"$r: ResultFilter, $m: Float, $k: [ResultKind!]",
			map[string]any{"r": map[string]any{"metrics": []string{"throughput"}, "kinds": "MEASUREMENT", "minImprovement": 2}, "m": 2.0, "k": []string{"MEASUREMENT"}},
		},
		{
			callCase{"counts by variables", `... on Paper { topics(first: 1) { nodes { papers(first: 1) { facets(by: $by, limit: $n) { buckets { entity { label ... on Venue { series { id } } } } } groupBy(dimensions: $by, limit: $n) { count papers(first: $n) { id } } } } } }`, 6},
			"$by: [PaperDimension!]!, $n: Int!",
			map[string]any{"by": "VENUE", "n": 1},
		},
		{
			callCase{"a page from the end by variables", `... on Paper { topics(first: 1) { nodes { a: papers(last: $n, before: $none) { nodes { venue { id } } } b: papers(last: 3) { pageInfo { startCursor } } } } }`, 4},
			"$n: Int, $none: String",
			map[string]any{"n": 3},
		},
	}
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			s := holding(t, open, manyPapers())
			for _, test := range tests {
				countCalls(t, s, test, "", nil)
			}
			for _, test := range withVariables {
				countCalls(t, s, test.callCase, test.declared, test.values)
			}
		})
	}
}

// TestRootCalls counts the calls of whole queries, each asked for pages of 1 and of 100.
func TestRootCalls(t *testing.T) {
	tests := []callCase{
		{"papers", `papers(first: $n) { totalCount nodes { title } }`, 1},
		{"changes", `changes(since: "0", first: $n) { totalCount pageInfo { endCursor } nodes { version upserted } }`, 1},
		{"changes of kinds", `changes(since: "0", kinds: [PAPER], first: $n) { nodes { version by } } papers(first: 1) { nodes { history(first: $n) { nodes { version } } } }`, 3},
		{"a page as a bibliography", `papers(first: $n) { export(format: BIBLATEX) b: export(format: NATIVE) }`, 5},
		{"a page with references", `papers(first: $n) { nodes { citation export(format: BIBTEX) } export(format: MARKDOWN) }`, 5},
		{"papers from the end", `papers(last: $n) { nodes { venue { name } } }`, 2},
		{"papers with facets and groups", `papers(first: $n, filter: {hasArtifact: true}) { facets(by: [YEAR, TOPIC, VENUE, HAS_RESULT]) { buckets { entity { label } } } groupBy(dimensions: [YEAR, TOPIC, SYSTEM]) { count papers { title } } }`, 3},
		{"below facets and groups", `papers(first: $n) { facets(by: [TOPIC, AUTHOR], limit: 3) { buckets { entity { ... on Topic { broader { id } } ... on Author { coauthors(first: 2) { nodes { id } } } } } } groupBy(dimensions: TOPIC, limit: 2) { papers { venue { id } } } }`, 6},
		{"all facets at their limit", `papers(first: $n) { facets(by: [YEAR, VENUE, SERIES, TOPIC, AUTHOR, SYSTEM, ORGANIZATION, WORKLOAD, COLLECTION, HAS_ARTIFACT, HAS_RESULT], limit: 100) { buckets { label entity { label } } } }`, 2},
		{"two lists of papers with the same facets", `a: papers(first: $n) { facets(by: YEAR) { missingCount } } b: papers(last: $n) { facets(by: YEAR) { missingCount } }`, 3},
		{"ranked papers", `rankedPapers(by: PAGERANK, first: $n) { dataVersion edges { value node { title } } }`, 3},
		{"ranked papers, counted, filtered, and below", `rankedPapers(by: IN_DEGREE, filter: {year: {gte: 1999}}, first: $n) { totalCount nodes { venue { name } } }`, 5},
		{"two rankings", `a: rankedPapers(by: PAGERANK, first: $n) { nodes { id } } papers(first: 1) { totalCount }`, 4},
		{"what collections lack", `collections(first: $n) { nodes { missing(first: 3) { totalCount coverage { known truncated } nodes { title } } } }`, 4},
		{"what collections lack, and why", `collections(first: $n) { nodes { missing(first: 3) { edges { reason signals { via { id } relations { kind } } node { venue { name } } } } } }`, 8},
		{"what collections lack by two sets of weights", `collections(first: $n) { nodes { a: missing { nodes { id } } b: missing(signals: {kind: SHARED_TOPIC, weight: 2}) { nodes { id } } } }`, 6},
		{"paths", `papers(first: $n) { totalCount } paths(from: "paper/p1", to: "paper/p9", first: 3) { exhausted paths { length score sentence entities { label } } }`, 2},
		{"paths and below", `papers(first: $n) { totalCount } paths(from: "paper/p1", to: "paper/p9", first: 20) { paths { entities { degree } relations { source { label degree } } } }`, 3},
		{"explain two papers", `suggest(prefix: "t", limit: $n) { id } explain(from: "paper/p1", to: "paper/p9") { score summary signals { kind value } paths { length } }`, 7},
		{"explain by signals alone", `suggest(prefix: "t", limit: $n) { id } explain(from: "paper/p1", to: "paper/p9") { score }`, 6},
		{"explain by paths alone", `suggest(prefix: "t", limit: $n) { id } explain(from: "paper/p1", to: "paper/p9") { paths { sentence } }`, 3},
		{"explain a paper and a topic", `suggest(prefix: "t", limit: $n) { id } explain(from: "paper/p1", to: "topic/t1") { score summary from { id } to { label } }`, 3},
		{"explain and below", `suggest(prefix: "t", limit: $n) { id } explain(from: "paper/p1", to: "paper/p9") { from { degree } signals { via { degree } relations { source { label } } } paths { entities { degree } } }`, 10},
		{"subgraph as columns", `papers(first: $n) { totalCount } subgraph(seeds: ["paper/p1", "topic/t3"], nodeBudget: 50) { columns { ids kinds degrees distances ranks communities xs ys sources targets relationIds relationKinds weights } coverage { note } }`, 4},
		{"subgraph as objects", `papers(first: $n) { totalCount } subgraph(seeds: "paper/p1", hops: 2) { nodes { entity { label } rank } relations { kind assertion { source } source { label } target { label } } communities { namedAfter { label } } }`, 7},
		{"subgraph and below", `papers(first: $n) { totalCount } subgraph(seeds: "paper/p1", nodeBudget: 30) { nodes { entity { ... on Paper { authors(first: 2) { nodes { name } } } ... on Topic { broader { name } } } } relations { target { degree } } }`, 8},
		{"page as a graph", `papers(first: $n) { graph { nodes { entity { label } } export(format: DOT) } }`, 3},
		{"search", `search(query: "p1*", first: $n) { totalCount didYouMean edges { match highlights node { label } } }`, 1},
		{"search and below", `search(query: "p* -s1", first: $n) { nodes { degree ... on Paper { authors(first: 2) { nodes { name } } } ... on Topic { papers(first: 1) { nodes { id } } } } }`, 3},
		{"search that finds nothing", `search(query: "serais topp", first: $n) { didYouMean }`, 6},
		{"suggest", `suggest(prefix: "p", limit: $n) { label ... on Paper { venue { name } } }`, 2},
		{"resource", `resource(url: "https://papergraph.example/topic/t1") { label ... on Topic { papers(first: $n) { nodes { id } } } }`, 2},
		{"resource in a register", `resource(url: "https://doi.org/10.1000/none") { ... on Paper { references(first: $n) { nodes { id } } } }`, 1},
		{"results", `results(first: $n, filter: {kinds: MEASUREMENT}) { totalCount nodes { paper { title authors(first: 1) { nodes { name } } } system { label } } }`, 2},
		{"compared results", `papers(first: $n) { totalCount } compareResults(filter: {}, unit: "times") { comparable csv rows { value { value } result { statement system { label } workload { label } paper { title } } } }`, 2},
		{"compared results and below", `papers(first: $n) { totalCount } compareResults(filter: {}) { rows { result { paper { venue { name } } system { papers(first: 1) { nodes { id } } } workload { degree } } } }`, 5},
		{"lineage", `topics(first: $n) { totalCount } lineage(of: "paper/p1") { coverage { truncated } layers { year entities { label } } relations { kind source { label } target { label } } }`, 8},
		{"lineage of one hop", `topics(first: $n) { totalCount } lineage(of: "system/s1", hops: 1) { layers { entities { id } } }`, 5},
		{"lineage and below", `topics(first: $n) { totalCount } lineage(of: "paper/p1", hops: 2) { layers { entities { degree } } relations { source { degree ... on Paper { venue { name } } } } }`, 8},
		{"gaps", `papers(first: $n) { totalCount } gaps(first: $n) { papers coverage { known expected } gaps { a { label } b { label } expected observed shortfall } }`, 5},
		{"gaps and below", `papers(first: $n) { totalCount } gaps(first: 100) { gaps { a { degree } b { degree ... on System { papers(first: 1) { nodes { id } } } } } }`, 7},
		{"lookup by name", `paper(by: {title: "p1"}) { citedBy(first: $n) { totalCount nodes { id } } }`, 3},
		{"lookup by id", `topic(by: {id: "topic/t1"}) { papers(first: $n) { nodes { id } } }`, 2},
	}
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			s := holding(t, open, manyPapers())
			for _, test := range tests {
				t.Run(test.name, func(t *testing.T) {
					for _, size := range []string{`{"n": 1}`, `{"n": 100}`} {
						counted := storetest.Count(s)
						answer := ask(t, newHandler(counted), `query($n: Int!) { `+test.selection+` }`, json.RawMessage(size))
						if strings.Contains(answer, `"errors"`) {
							t.Fatalf("with %s: %.1000s", size, answer)
						}
						if got := counted.Total(); got != test.calls {
							t.Errorf("with %s: %d calls of the store, want %d: %v", size, got, test.calls, counted.Calls())
						}
					}
				})
			}
		})
	}
}

// callCase is a selection on the nodes of a query, and the number of calls it must take.
type callCase struct {
	name, selection string
	calls           int
}

// countCalls asks with variables of its own where some are declared.
func countCalls(t *testing.T, s store.Store, test callCase, declared string, values map[string]any) {
	t.Run(test.name, func(t *testing.T) {
		for _, parents := range []int{1, 100} {
			ids := make([]string, parents)
			for i := range ids {
				ids[i] = fmt.Sprintf("paper/p%d", i)
			}
			given := map[string]any{"ids": ids}
			maps.Copy(given, values)
			variables, err := json.Marshal(given)
			if err != nil {
				t.Fatal(err)
			}
			query := `query($ids: [ID!]!, ` + declared + `) { nodes(ids: $ids) { id ` + test.selection + ` } }`
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
		collection := &literature.Collection{Base: base(literature.KindCollection, fmt.Sprintf("l%d", i))}
		add(collection)
		relate(literature.InCollection, p, collection.ID, nil)
		relate(literature.InCollection, paperID(i+7), collection.ID, nil)
		value := 2.0
		add(&literature.Result{
			ID: literature.NewResultID(fmt.Sprintf("r%d", i)), Paper: p, System: of(literature.KindSystem, "s", i), Workload: "workload/w", Kind: literature.Measurement, Metric: "throughput",
			Direction: literature.Increase, Statements: []literature.LocalizedText{{Value: "Twice as fast.", Locale: literature.English}},
			Value: &value, Improvement: &value, Unit: "x", Qualifier: literature.Exactly, Order: 1, Assertions: assertions,
		})
	}
	return records
}
