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
	forged := func(text string) string {
		var answer struct {
			Data struct {
				Papers struct{ PageInfo struct{ EndCursor string } }
			}
		}
		if err := json.Unmarshal([]byte(ask(t, handler, `{ papers(first: 1) { pageInfo { endCursor } } }`, nil)), &answer); err != nil {
			t.Fatal(err)
		}
		cursor, err := base64.RawURLEncoding.DecodeString(answer.Data.Papers.PageInfo.EndCursor)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(append(cursor[:4], text...))
	}
	tests := []struct{ name, query, variables, code, says string }{
		{"too many objects", `{ papers(first: 100) { nodes { authors(first: 100) { nodes { papers(first: 100) { nodes { id } } } } } } }`, "", "TOO_COMPLEX", "100000"},
		{"unknown field", `{ papers { nodes { titel } } }`, "", "GRAPHQL_VALIDATION_FAILED", "titel"},
		{"no query", `{ papers `, "", "GRAPHQL_PARSE_FAILED", "query text"},
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
		{"a forged cursor", `query($c: String) { papers(after: $c) { totalCount } }`, `{"c": "` + forged(`{"i":"paper/xrp"}`) + `"}`, "BAD_USER_INPUT", "no cursor"},
		{"a cursor in other words", `query($c: String) { papers(after: $c) { totalCount } }`, `{"c": "` + forged(`{"k":[3], "i":"paper/xrp"}`) + `"}`, "BAD_USER_INPUT", "no cursor"},
		{"one bad id among good ones", `{ nodes(ids: ["paper/xrp", "xrp"]) { id } }`, "", "BAD_USER_INPUT", "no kind"},
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
