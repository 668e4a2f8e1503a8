package graph_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"

	"github.com/papergraph/papergraph/graph"
)

// TestSchemaGolden compares the schema with the one committed: a difference is a change of the API and wants a reader's eye.
func TestSchemaGolden(t *testing.T) {
	const golden = "testdata/schema.golden"
	var printed bytes.Buffer
	formatter.NewFormatter(&printed).FormatSchema(graph.NewSchema(&graph.Resolver{}).Schema())
	if *update {
		if err := os.WriteFile(golden, printed.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), printed.String()); diff != "" {
		t.Errorf("the API changed (-committed +now); if it should, run go test ./graph -update:\n%s", diff)
	}
}

// TestDirectives asks which directives a query may use: what would be refused is not offered.
func TestDirectives(t *testing.T) {
	handler := newHandler(holding(t, stores["reference"], nil))
	var answer struct {
		Data struct {
			Schema struct{ Directives []struct{ Name string } } `json:"__schema"`
		}
	}
	if err := json.Unmarshal([]byte(ask(t, handler, `{ __schema { directives { name } } }`, nil)), &answer); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, directive := range answer.Data.Schema.Directives {
		names = append(names, directive.Name)
	}
	if diff := cmp.Diff([]string{"deprecated", "include", "oneOf", "skip", "specifiedBy"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestSchemaDescribed finds types, fields and enum values without a description. Arguments may be explained by their field.
func TestSchemaDescribed(t *testing.T) {
	for name, def := range graph.NewSchema(&graph.Resolver{}).Schema().Types {
		if def.BuiltIn || strings.HasPrefix(name, "__") {
			continue
		}
		if def.Description == "" {
			t.Errorf("type %s has no description", name)
		}
		for _, f := range def.Fields {
			if f.Description == "" && !strings.HasPrefix(f.Name, "__") {
				t.Errorf("field %s.%s has no description", name, f.Name)
			}
		}
		for _, v := range def.EnumValues {
			if v.Description == "" {
				t.Errorf("value %s.%s has no description", name, v.Name)
			}
		}
		if def.Kind == ast.Interface && len(def.Fields) == 0 {
			t.Errorf("interface %s has no fields", name)
		}
	}
}

// TestDocumentedQueries asks every query of the documents, which must answer with data and no error.
func TestDocumentedQueries(t *testing.T) {
	block := regexp.MustCompile("(?s)```graphql\n(.*?)```")
	handler := newHandler(holding(t, stores["reference"], readingList(t)))
	for _, file := range []string{"../docs/graphql.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		blocks := block.FindAllSubmatch(text, -1)
		if len(blocks) == 0 {
			t.Errorf("%s holds no query", file)
		}
		for i, query := range blocks {
			t.Run(fmt.Sprintf("%s/%d", file, i+1), func(t *testing.T) {
				var answer struct {
					Data   map[string]json.RawMessage
					Errors []json.RawMessage
				}
				if err := json.Unmarshal([]byte(ask(t, handler, string(query[1]), nil)), &answer); err != nil {
					t.Fatal(err)
				}
				if len(answer.Errors) > 0 || len(answer.Data) == 0 {
					t.Errorf("%s\nerrors: %s", query[1], answer.Errors)
				}
				for field, value := range answer.Data {
					if string(value) == "null" {
						t.Errorf("%s\n%s is null", query[1], field)
					}
				}
			})
		}
	}
}

// TestRefusals asks what must be refused by the real schema: the code and the remedy are told, and nothing else.
func TestRefusals(t *testing.T) {
	handler := newHandler(holding(t, stores["reference"], readingList(t)))
	// cursorOf is the only cursor in the answer to a query.
	cursorOf := func(query string) string {
		found := regexp.MustCompile(`"endCursor": "([^"]+)"`).FindStringSubmatch(ask(t, handler, query, nil))
		if found == nil {
			t.Fatalf("no cursor: %s", query)
		}
		return found[1]
	}
	forged := func(text string) string {
		cursor, err := base64.RawURLEncoding.DecodeString(cursorOf(`{ papers(first: 1) { pageInfo { endCursor } } }`))
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(append(cursor[:4], text...))
	}
	const after = `query($c: String) { papers(after: $c) { totalCount } }`
	of := func(query string) string { return `{"c": "` + cursorOf(query) + `"}` }
	tests := []struct{ name, query, variables, code, says string }{
		{"too many objects", `{ papers(first: 100) { nodes { authors(first: 100) { nodes { papers(first: 100) { nodes { id } } } } } } }`, "", "TOO_COMPLEX", "100000"},
		{"unknown field", `{ papers { nodes { titel } } }`, "", "GRAPHQL_VALIDATION_FAILED", "titel"},
		{"no query", `{ papers `, "", "GRAPHQL_PARSE_FAILED", "query text"},
		{"single quotes", `{ node(id: 'paper/xrp') { id } }`, "", "GRAPHQL_PARSE_FAILED", "in double quotes"},
		{"no quotes", `{ node(id: paper/xrp) { id } }`, "", "GRAPHQL_PARSE_FAILED", "in double quotes"},
		{"two names in one reference", `{ paper(by: {id: "paper/xrp", slug: "xrp"}) { id } }`, "", "GRAPHQL_VALIDATION_FAILED", "xactly one"},
		{"no name in a reference", `{ paper(by: {}) { id } }`, "", "GRAPHQL_VALIDATION_FAILED", "xactly one"},
		{"page too large", `{ papers(first: 1000) { nodes { id } } }`, "", "BAD_USER_INPUT", "1 to 100"},
		{"page beyond 32 bits", `{ papers(first: 5000000000) { nodes { id } } }`, "", "TOO_COMPLEX", "smaller pages"},
		{"bad locale", `{ paper(by: {slug: "xrp"}) { title(locale: "not a locale") } }`, "", "BAD_USER_INPUT", "BCP-47"},
		{"bad DOI", `{ paper(by: {doi: "nonsense"}) { title } }`, "", "BAD_USER_INPUT", "DOI"},
		{"too many ids", `{ nodes(ids: [` + strings.Repeat(`"paper/x",`, 101) + `]) { id } }`, "", "BAD_USER_INPUT", "at most 100"},
		{"mutation", `mutation { x }`, "", "GRAPHQL_VALIDATION_FAILED", ""},
		{"null where a default stands", `query($n: Boolean) { venue(by: {slug: "ebpf"}) { papers(includeNarrower: $n) { totalCount } } }`, `{"n": null}`, "BAD_USER_INPUT", "must not be null"},
		{"a text for a number", `query($n: Int!) { papers(first: $n) { totalCount } }`, `{"n": "5"}`, "BAD_USER_INPUT", "number"},
		{"two names through a variable", `query($r: PaperRef!) { paper(by: $r) { id } }`, `{"r": {"id": "paper/xrp", "slug": "xrp"}}`, "BAD_USER_INPUT", "xactly one"},
		{"no role of a system", `{ paper(by: {slug: "xrp"}) { systems(roles: [CITES]) { totalCount } } }`, "", "BAD_USER_INPUT", "no role"},
		{"no kind at all", `{ paper(by: {slug: "xrp"}) { degree(kinds: []) } }`, "", "BAD_USER_INPUT", "leave it out"},
		{"no shared topic", `{ paper(by: {slug: "xrp"}) { sharingTopics(minShared: 0) { totalCount } } }`, "", "BAD_USER_INPUT", "at least 1"},
		{"a forged cursor", after, `{"c": "` + forged(`{"i":"paper/xrp"}`) + `"}`, "BAD_USER_INPUT", "no cursor"},
		{"a cursor with a text for a number", after, `{"c": "` + forged(`{"k":["3"],"i":"paper/xrp"}`) + `"}`, "BAD_USER_INPUT", "no cursor"},
		{"a cursor in other words", after, `{"c": "` + forged(`{"k":[3], "i":"paper/xrp"}`) + `"}`, "BAD_USER_INPUT", "no cursor"},
		{"a cursor of another field", after, of(`{ topic(by: {slug: "storage"}) { papers(first: 1) { pageInfo { endCursor } } } }`), "BAD_USER_INPUT", "after: this cursor belongs to another"},
		{"a cursor of another order", after, of(`{ papers(first: 1, orderBy: {field: CITED_BY_COUNT, direction: ASC}) { pageInfo { endCursor } } }`), "BAD_USER_INPUT", "after: this cursor belongs to another"},
		{"a cursor of another filter", after, of(`{ papers(first: 1, filter: {year: {gte: 2000}}) { pageInfo { endCursor } } }`), "BAD_USER_INPUT", "after: this cursor belongs to another"},
		{"a cursor of another search", `query($c: String) { search(query: "ebpf", after: $c) { totalCount } }`, of(`{ search(query: "xrp", first: 1) { pageInfo { endCursor } } }`), "BAD_USER_INPUT", "after: this cursor belongs to another"},
		{"a cursor of other results", `query($c: String) { results(after: $c) { totalCount } }`, of(`{ results(first: 1, filter: {kinds: COUNT}) { pageInfo { endCursor } } }`), "BAD_USER_INPUT", "after: this cursor belongs to another"},
		{"no cursor from the end", `{ papers(last: 1, before: "paper/xrp") { totalCount } }`, "", "BAD_USER_INPUT", "before: this is no cursor"},
		{"one bad id among good ones", `{ nodes(ids: ["paper/xrp", "xrp"]) { id } }`, "", "BAD_USER_INPUT", "no kind"},
		{"no id in anyOf", `{ papers(filter: {topics: {anyOf: []}}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.topics.anyOf is empty"},
		{"no id in anyOf, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"topics": {"anyOf": []}}}`, "BAD_USER_INPUT", "filter.topics.anyOf is empty"},
		{"nothing to compare with", `{ papers(filter: {authors: {allOf: [], noneOf: []}}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.authors names nothing: give ids"},
		{"nothing to compare with, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"authors": {"anyOf": null}}}`, "BAD_USER_INPUT", "filter.authors names nothing: give ids"},
		{"no alternative", `{ papers(filter: {or: []}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.or is empty"},
		{"no alternative, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"or": []}}`, "BAD_USER_INPUT", "filter.or is empty"},
		{"an id of another kind", `{ papers(filter: {and: [{}, {venues: {noneOf: ["topic/xdp"]}}]}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.and[1].venues.noneOf[0]: "},
		{"an id of another kind, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"and": [{}, {"venues": {"noneOf": "topic/xdp"}}]}}`, "BAD_USER_INPUT", "filter.and[1].venues.noneOf[0]: "},
		{"no id at all", `{ papers(filter: {not: {workloads: {allOf: ["workload/x", "x"]}}}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.not.workloads.allOf[1]: "},
		{"no id at all, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"not": {"workloads": {"allOf": ["workload/x", "x"]}}}}`, "BAD_USER_INPUT", "filter.not.workloads.allOf[1]: "},
		{"a number for an id", `{ papers(filter: {systems: {anyOf: [5]}}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.systems.anyOf[0]: "},
		{"a number for an id, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"systems": {"anyOf": [5]}}}`, "BAD_USER_INPUT", "filter.systems.anyOf[0]: "},
		{"the first of two mistakes", `{ papers(filter: {topics: {anyOf: ["x"], allOf: ["y"], noneOf: ["z"]}}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.topics.anyOf[0]: "},
		{"the first of two mistakes, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"topics": {"noneOf": ["z"], "allOf": ["y"], "anyOf": ["x"]}}}`, "BAD_USER_INPUT", "filter.topics.anyOf[0]: "},
		{"four levels", `{ papers(filter: {or: [{and: [{not: {or: [{}]}}]}]}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.or[0].and[0].not.or[0] nests deeper than 3"},
		{"four levels, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"or": {"and": {"not": {"or": {}}}}}}`, "BAD_USER_INPUT", "filter.or[0].and[0].not.or[0] nests deeper than 3"},
		{"stubs below the top", `{ papers(filter: {and: [{isStub: true}]}) { totalCount } }`, "", "BAD_USER_INPUT", "isStub"},
		{"stubs below the top, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"not": {"isStub": false}}}`, "BAD_USER_INPUT", "isStub"},
		{"a range without a bound", `{ papers(filter: {year: {}}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.year has no bound"},
		{"a range without a bound, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"year": {"gte": null}}}`, "BAD_USER_INPUT", "filter.year has no bound"},
		{"a range from great to small", `{ papers(filter: {citedByCount: {gte: 5, lte: 4}}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.citedByCount goes from 5 to 4"},
		{"a range from great to small, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"citedByCount": {"gte": 5, "lte": 4}}}`, "BAD_USER_INPUT", "filter.citedByCount goes from 5 to 4"},
		{"no word in a text", `{ papers(filter: {or: [{text: "…"}]}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.or[0].text holds no word"},
		{"no word in a text, variable", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"or": [{"text": "\"\" *"}]}}`, "BAD_USER_INPUT", "filter.or[0].text holds no word"},
		{"too many ids in a filter", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"topics": {"noneOf": [` + strings.Repeat(`"topic/x",`, 100) + `"topic/x"]}}}`, "BAD_USER_INPUT", "filter.topics.noneOf has 101 ids: at most 100"},
		{"too long a text", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"text": "` + strings.Repeat("word ", 201) + `"}}`, "BAD_USER_INPUT", "filter.text: "},
		{"too many words", `{ search(query: "a b c d e f g h i j k l m n o p q r s t u v w x y z 1 2 3 4 5 6 7 8") { totalCount } }`, "", "BAD_USER_INPUT", "query: "},
		{"too many alternatives", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"or": [` + strings.Repeat(`{},`, 100) + `{}]}}`, "BAD_USER_INPUT", "filter has 101 parts in and, or and not"},
		{"too many parts in all", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"not": {"or": [` + strings.Repeat(`{},`, 60) + `{}]}, "and": [` + strings.Repeat(`{"not": {}},`, 19) + `{}]}}`, "BAD_USER_INPUT", "filter has 101 parts in and, or and not"},
		{"null for an id in a filter", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"topics": {"anyOf": [null]}}}`, "BAD_USER_INPUT", "f.topics.anyOf[0]: cannot be null"},
		{"null for a default in a filter", `query($f: PaperFilter) { papers(filter: $f) { totalCount } }`, `{"f": {"topics": {"anyOf": ["topic/xdp"], "includeNarrower": null}}}`, "BAD_USER_INPUT", "includeNarrower: cannot be null"},
		{"null for a default in a literal", `query($n: Boolean) { papers(filter: {topics: {anyOf: ["topic/xdp"], includeNarrower: $n}}) { totalCount } }`, `{"n": null}`, "BAD_USER_INPUT", "includeNarrower must not be null"},
		{"an order twice", `{ papers(orderBy: [{field: YEAR}, {field: TITLE}, {field: YEAR, direction: ASC}]) { totalCount } }`, "", "BAD_USER_INPUT", "orderBy: YEAR stands there twice"},
		{"an order twice, variable", `query($o: [PaperOrder!]) { papers(orderBy: $o, filter: {text: "-xrp"}) { totalCount } }`, `{"o": [{"field": "YEAR"}, {"field": "YEAR"}]}`, "BAD_USER_INPUT", "orderBy: YEAR stands there twice"},
		{"relevance to nothing", `{ papers(orderBy: {field: RELEVANCE}) { totalCount } }`, "", "BAD_USER_INPUT", "orderBy: RELEVANCE needs exactly one text"},
		{"relevance to nothing, variable", `query($o: [PaperOrder!]) { papers(orderBy: $o, filter: {text: "-xrp"}) { totalCount } }`, `{"o": {"field": "RELEVANCE"}}`, "BAD_USER_INPUT", "orderBy: RELEVANCE needs exactly one text"},
		{"an order in another case", `query($o: [PaperOrder!]) { papers(orderBy: $o, filter: {text: "-xrp"}) { totalCount } }`, `{"o": [{"field": "YEAR", "direction": "asc"}]}`, "BAD_USER_INPUT", "\"asc\" is no OrderDirection; write one of ASC, DESC"},
		{"a dimension in another case", `query($d: [PaperDimension!]!) { papers { facets(by: $d) { otherCount } } }`, `{"d": ["YEAR", "topic"]}`, "BAD_USER_INPUT", "\"topic\" is no PaperDimension"},
		{"a kind in another case", `query($k: [EntityKind!]) { search(query: "xrp", kinds: $k) { totalCount } }`, `{"k": "paper"}`, "BAD_USER_INPUT", "\"paper\" is no EntityKind"},
		{"both directions", `{ papers(first: 5, before: "x") { totalCount } }`, "", "BAD_USER_INPUT", "both directions at once"},
		{"both directions, variable", `query($n: Int) { papers(first: $n, last: $n) { totalCount } }`, `{"n": 5}`, "BAD_USER_INPUT", "both directions at once"},
		{"no items from the end", `query($n: Int) { papers(last: $n) { totalCount } }`, `{"n": 0}`, "BAD_USER_INPUT", "last is 0: ask for 1 to 100 items, and for more with before"},
		{"no dimension", `query($d: [PaperDimension!]!) { papers { facets(by: $d) { otherCount } } }`, `{"d": []}`, "BAD_USER_INPUT", "by is empty"},
		{"a dimension twice", `{ papers { facets(by: [YEAR, TOPIC, YEAR]) { otherCount } } }`, "", "BAD_USER_INPUT", "by names YEAR twice"},
		{"a dimension twice in groups", `query($d: [PaperDimension!]!) { papers { groupBy(dimensions: $d) { count } } }`, `{"d": ["YEAR", "YEAR"]}`, "BAD_USER_INPUT", "dimensions names YEAR twice"},
		{"four dimensions", `{ papers { groupBy(dimensions: [YEAR, TOPIC, VENUE, AUTHOR]) { count } } }`, "", "BAD_USER_INPUT", "dimensions names 4: name one to three"},
		{"too many buckets", `query($n: Int!) { papers { facets(by: YEAR, limit: $n) { otherCount } } }`, `{"n": 101}`, "BAD_USER_INPUT", "limit is 101: ask for 1 to 100 buckets"},
		{"no groups", `query($n: Int!) { papers { groupBy(dimensions: YEAR, limit: $n) { count } } }`, `{"n": 0}`, "BAD_USER_INPUT", "limit is 0: ask for 1 to 1000 groups"},
		{"too many papers of a group", `{ papers { groupBy(dimensions: YEAR, limit: 1) { papers(first: 11) { id } } } }`, "", "BAD_USER_INPUT", "first is 11: ask for 1 to 10 papers"},
		{"groups beyond the estimate", `{ papers { groupBy(dimensions: [YEAR, TOPIC], limit: 1000) { papers(first: 10) { authors { nodes { name } } } } } }`, "", "TOO_COMPLEX", "100000"},
		{"a search for nothing", `query($q: String!) { search(query: $q) { totalCount } }`, `{"q": " -xrp "}`, "BAD_USER_INPUT", "query names no word"},
		{"a search among no kinds", `{ search(query: "xrp", kinds: []) { totalCount } }`, "", "BAD_USER_INPUT", "kinds is empty"},
		{"suggestions of no kinds", `query($k: [EntityKind!]) { suggest(prefix: "x", kinds: $k) { id } }`, `{"k": []}`, "BAD_USER_INPUT", "kinds is empty"},
		{"too many suggestions", `{ suggest(prefix: "x", limit: 101) { id } }`, "", "BAD_USER_INPUT", "limit is 101: ask for 1 to 100 suggestions"},
		{"no address", `query($u: URI!) { resource(url: $u) { id } }`, `{"u": "xrp"}`, "BAD_USER_INPUT", "url: "},
		{"no metric", `{ results(filter: {metrics: []}) { totalCount } }`, "", "BAD_USER_INPUT", "filter.metrics is empty"},
		{"no kind of result", `query($f: ResultFilter) { results(filter: $f) { totalCount } }`, `{"f": {"kinds": []}}`, "BAD_USER_INPUT", "filter.kinds is empty"},
		{"too many gaps", `query($n: Int!) { gaps(first: $n) { papers } }`, `{"n": 101}`, "BAD_USER_INPUT", "first is 101: ask for 1 to 100 gaps"},
		{"no hop of a lineage", `{ lineage(of: "paper/xrp", hops: 0) { layers { year } } }`, "", "BAD_USER_INPUT", "hops is 0: ask for 1 to 6"},
		{"a lineage by other relations", `{ lineage(of: "paper/xrp", kinds: [CITES, ABOUT]) { layers { year } } }`, "", "BAD_USER_INPUT", "kinds: ABOUT leads to nothing"},
		{"a lineage by no relations", `query($k: [RelationKind!]) { lineage(of: "paper/xrp", kinds: $k) { layers { year } } }`, `{"k": []}`, "BAD_USER_INPUT", "kinds is empty"},
		{"the lineage of an author", `{ lineage(of: "author/x") { layers { year } } }`, "", "BAD_USER_INPUT", "of: \"author/x\" is no paper and no system: name one"},
		{"the lineage of nothing", `{ lineage(of: "paper/none") { layers { year } } }`, "", "BAD_USER_INPUT", "names nothing: look it up"},
		{"an unknown unit", `{ compareResults(filter: {metrics: ["latency"]}, unit: "furlongs") { unit } }`, "", "BAD_USER_INPUT", "unit: units do not convert: no result here can be told in \"furlongs\"; those known here are %"},
		{"a unit of another dimension", `query($u: String) { compareResults(filter: {metrics: ["clock frequency"]}, unit: $u) { unit } }`, `{"u": "ms"}`, "BAD_USER_INPUT", "those known here are Hz; KHz; kHz; MHz; GHz; THz"},
		{"no metric to compare", `{ compareResults(filter: {metrics: []}) { unit } }`, "", "BAD_USER_INPUT", "filter.metrics is empty"},
		{"a paper for a system", `query($f: ResultFilter) { results(filter: $f) { totalCount } }`, `{"f": {"systems": {"anyOf": "paper/xrp"}}}`, "BAD_USER_INPUT", "filter.systems.anyOf[0]: "},
		{"no seeds", `{ subgraph(seeds: []) { columns { ids } } }`, "", "BAD_USER_INPUT", "seeds has 0 ids: name 1 to 100"},
		{"too many seeds", `query($s: [ID!]!) { subgraph(seeds: $s, nodeBudget: 1000) { columns { ids } } }`, `{"s": [` + strings.Repeat(`"paper/x",`, 100) + `"paper/x"]}`, "BAD_USER_INPUT", "seeds has 101 ids: name 1 to 100"},
		{"a seed that is no id", `{ subgraph(seeds: ["paper/xrp", "xrp"]) { columns { ids } } }`, "", "BAD_USER_INPUT", "seeds[1]: "},
		{"a seed that is no entity", `{ subgraph(seeds: "relation/0123456789abcdef") { columns { ids } } }`, "", "BAD_USER_INPUT", "seeds[0]: "},
		{"a seed that names nothing", `{ subgraph(seeds: ["paper/xrp", "paper/none"]) { columns { ids } } }`, "", "BAD_USER_INPUT", "seeds: paper/none names nothing: look it up with search"},
		{"no hop", `{ subgraph(seeds: "paper/xrp", hops: 0) { columns { ids } } }`, "", "BAD_USER_INPUT", "hops is 0: ask for 1 to 6"},
		{"less budget than seeds", `{ subgraph(seeds: ["paper/xrp", "paper/bmc"], nodeBudget: 1) { columns { ids } } }`, "", "BAD_USER_INPUT", "nodeBudget is 1: ask for 2, the number of seeds, to 10000 nodes"},
		{"too many nodes", `{ subgraph(seeds: "paper/xrp", nodeBudget: 10001) { columns { ids } } }`, "", "BAD_USER_INPUT", "nodeBudget is 10001: ask for 1, the number of seeds, to 10000 nodes"},
		{"too many relations", `{ subgraph(seeds: "paper/xrp", relationBudget: 30001) { columns { ids } } }`, "", "BAD_USER_INPUT", "relationBudget is 30001: ask for 0 to 30000"},
		{"too many nodes as objects", `{ subgraph(seeds: "paper/xrp", nodeBudget: 1001) { nodes { degree } } }`, "", "BAD_USER_INPUT", "at most 1000 nodes as objects"},
		{"too many relations as objects", `{ subgraph(seeds: "paper/xrp", relationBudget: 3001) { relations { kind } } }`, "", "BAD_USER_INPUT", "at most 3000 relations as objects"},
		{"a subgraph along no kinds", `{ subgraph(seeds: "paper/xrp", kinds: []) { columns { ids } } }`, "", "BAD_USER_INPUT", "kinds is empty"},
		{"four great subgraphs at once", `{ a: subgraph(seeds: "paper/xrp", relationBudget: 30000) { columns { ids } } b: subgraph(seeds: "paper/bmc", relationBudget: 30000) { export(format: DOT) } c: subgraph(seeds: "paper/bmc", relationBudget: 30000) { coverage { note } } d: subgraph(seeds: "paper/xrp", relationBudget: 30000) { columns { xs } } }`, "", "TOO_COMPLEX", "100000"},
		{"a great subgraph written three times", `{ subgraph(seeds: "paper/xrp", relationBudget: 30000) { a: export(format: DOT) b: export(format: GEXF) c: export(format: GRAPHML) } }`, "", "TOO_COMPLEX", "100000"},
		{"too many ids of changes", `{ changes(since: "0", first: 100) { nodes { a: upserted b: upserted c: upserted d: upserted e: upserted f: upserted g: upserted h: upserted i: upserted j: upserted k: removed l: removed m: removed n: removed o: removed p: removed q: removed r: removed s: removed t: removed } } }`, "", "TOO_COMPLEX", "100000"},
		{"too many papers written out", `{ papers(first: 100) { nodes { citedBy(first: 100) { nodes { a: export(format: NATIVE) b: export(format: NATIVE) c: export(format: NATIVE) d: export(format: NATIVE) e: export(format: NATIVE) f: export(format: NATIVE) g: export(format: NATIVE) h: export(format: NATIVE) i: export(format: NATIVE) j: export(format: NATIVE) } } } } }`, "", "TOO_COMPLEX", "100000"},
		{"no node of a page", `{ papers(first: 1) { graph(nodeBudget: 0) { columns { ids } } } }`, "", "BAD_USER_INPUT", "nodeBudget is 0: ask for 1 to 1000"},
		{"the graph of a page along no kinds", `query($k: [RelationKind!]) { papers { graph(kinds: $k) { columns { ids } } } }`, `{"k": []}`, "BAD_USER_INPUT", "kinds is empty"},
		{"a filter below another field", `{ paper(by: {slug: "bmc"}) { citedBy(filter: {year: {}}) { totalCount } } }`, "", "BAD_USER_INPUT", "filter.year has no bound"},
		{"a filter of shared topics", `query($f: PaperFilter) { paper(by: {slug: "bmc"}) { sharingTopics(filter: $f) { totalCount } } }`, `{"f": {"or": []}}`, "BAD_USER_INPUT", "filter.or is empty"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var answer struct {
				Errors []struct {
					Message    string
					Extensions map[string]any
				}
			}
			text := ask(t, handler, test.query, json.RawMessage(test.variables))
			if err := json.Unmarshal([]byte(text), &answer); err != nil {
				t.Fatal(err)
			}
			if len(answer.Errors) == 0 {
				t.Fatalf("not refused: %s", text)
			}
			first := answer.Errors[0]
			code, _ := first.Extensions["code"].(string)
			if code != test.code {
				t.Errorf("code %q, want %q: %s", code, test.code, text)
			}
			if !strings.Contains(first.Message, test.says) {
				t.Errorf("message %q does not say %q", first.Message, test.says)
			}
			for _, inside := range []string{"goroutine", ".go:", "reference", "sqlite", "invalid:"} {
				if strings.Contains(text, inside) {
					t.Errorf("the answer shows the program (%q): %s", inside, text)
				}
			}
		})
	}
}
