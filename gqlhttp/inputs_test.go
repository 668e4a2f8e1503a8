package gqlhttp_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/gqlhttp"
)

func TestOneOf(t *testing.T) {
	const byVariable = "query($by: PaperRef!) {paper(by: $by) {id}}"
	const toVariable = "query($to: [PaperRef!]) {related(to: $to) {id}}"
	const filter = "query($f: PaperFilter) {papers(filter: $f) {totalCount}}"
	tests := map[string]struct {
		query, variables string
		path             []any // nil: accepted
	}{
		"variable, one":            {byVariable, `{"by":{"id":"1"}}`, nil},
		"variable, object":         {byVariable, `{"by":{"identifier":{"scheme":"doi","value":"10.1/1"}}}`, nil},
		"variable, none":           {byVariable, `{"by":{}}`, []any{"variable", "by"}},
		"variable, two":            {byVariable, `{"by":{"id":"1","slug":"x"}}`, []any{"variable", "by"}},
		"variable, one and null":   {byVariable, `{"by":{"id":"1","slug":null}}`, []any{"variable", "by"}},
		"variable, null":           {byVariable, `{"by":{"id":null}}`, []any{"variable", "by"}},
		"list, second of two":      {toVariable, `{"to":[{"id":"1"},{"id":"1","slug":"x"}]}`, []any{"variable", "to", 1.0}},
		"list, one for a list":     {toVariable, `{"to":{"id":"1","slug":"x"}}`, []any{"variable", "to", 0.0}},
		"deep":                     {filter, `{"f":{"and":[{"text":"a"},{"not":{"like":{}}}]}}`, []any{"variable", "f", "and", 1.0, "not", "like"}},
		"deep, one":                {filter, `{"f":{"and":[{"not":{"like":{"slug":"x"}}}]}}`, nil},
		"literal with a variable":  {"query($id: ID!) {paper(by: {id: $id}) {id}}", `{"id":"1"}`, nil},
		"list of variables":        {"query($a: PaperRef!, $b: PaperRef!) {related(to: [$a, $b]) {id}}", `{"a":{"id":"1"},"b":{}}`, []any{"variable", "b"}},
		"variable in a filter":     {"query($r: PaperRef) {papers(filter: {like: $r}) {totalCount}}", `{"r":{"id":"1","slug":"x"}}`, []any{"variable", "r"}},
		"variable left out":        {"query($r: PaperRef) {papers(filter: {like: $r}) {totalCount}}", `{}`, nil},
		"variable, unused part":    {"query($f: PaperFilter) {papers(filter: $f) @skip(if: true) {totalCount}}", `{"f":{"like":{}}}`, []any{"variable", "f", "like"}},
		"variable beside a filter": {filter, `{"f":null}`, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newService()
			got := read(t, post(test.query, test.variables).send(t, gqlhttp.New(s, gqlhttp.Config{Logger: quiet})))
			if test.path == nil {
				if s.ran.Load() != 1 {
					t.Errorf("refused: %v", got.Errors)
				}
				return
			}
			if s.ran.Load() != 0 || len(got.Errors) != 1 {
				t.Fatalf("executed, or not one error: %v", got.Errors)
			}
			err := got.Errors[0]
			if err.Extensions["code"] != gqlhttp.CodeBadUserInput || !strings.Contains(err.Message, "give one of id, slug, identifier") {
				t.Errorf("error %v", err)
			}
			if diff := cmp.Diff(test.path, err.Path); diff != "" {
				t.Errorf("path (-want +got):\n%s", diff)
			}
			if len(err.Locations) != 1 {
				t.Errorf("locations %v, want the variable's", err.Locations)
			}
		})
	}
}

// TestOneOfLiterals are refused too, by validation or by the check after it.
func TestOneOfLiterals(t *testing.T) {
	for _, query := range []string{
		"{paper(by: {}) {id}}",
		`{paper(by: {id: 1, slug: "x"}) {id}}`,
		"{paper(by: {id: null}) {id}}",
		"query($id: ID) {paper(by: {id: $id}) {id}}",
		"query($id: ID!, $s: String) {paper(by: {id: $id, slug: $s}) {id}}",
		"{related(to: [{id: 1}, {}]) {id}}",
		"{...F} fragment F on Query {related(to: [{id: 1}, {}]) {id}}",
		`query($by: PaperRef! = {id: 1, slug: "x"}) {paper(by: $by) {id}}`,
	} {
		s := newService()
		w := post(query, `{"id":"1"}`).send(t, gqlhttp.New(s, gqlhttp.Config{Logger: quiet}))
		if s.ran.Load() != 0 || len(read(t, w).Errors) == 0 {
			t.Errorf("%s: executed: %s", query, w.Body)
		}
	}
}
