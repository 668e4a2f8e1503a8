package gqlhttp_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/gqlhttp"
)

// counter counts what is read through it.
type counter struct {
	io.Reader
	read int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += n
	return n, err
}

// nested spreads each of n fragments twice in the one before.
func nested(n int, open, end string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{suggest {...F0}}")
	for i := range n {
		fmt.Fprintf(&b, " fragment F%d on Paper {%[3]s...F%[2]d%[4]s b: %[3]s...F%[2]d%[4]s}", i, i+1, open, end)
	}
	fmt.Fprintf(&b, " fragment F%d on Paper {tags {name}}", n)
	return strings.ReplaceAll(b.String(), "b: ...", "...")
}

// TestHostileQueries counts the work each one causes: the bytes read, and how
// often the executor asked for the schema, which it does once to validate a
// document and once to coerce its variables.
func TestHostileQueries(t *testing.T) {
	const validated = 2
	tests := map[string]struct {
		request request
		code    string
		asked   int
	}{
		"5,000 levels":                {post(strings.Repeat("{a", 5000) + strings.Repeat("}", 5000)), gqlhttp.CodeTooComplex, 0},
		"16 levels":                   {post("{suggest" + strings.Repeat("{citedBy{nodes", 7) + "{id}" + strings.Repeat("}}", 7) + "}"), gqlhttp.CodeTooComplex, 0},
		"16 levels through fragments": {post(nested(7, "citedBy{nodes{", "}}")), gqlhttp.CodeTooComplex, 0},
		"1,000 fields":                {post("{" + strings.Repeat("hello ", 1000) + "}"), gqlhttp.CodeTooComplex, 0},
		"10,000 fields":               {post("{" + strings.Repeat("hello ", 10_000) + "}"), gqlhttp.CodeTooComplex, 0},
		"10,000 aliases":              {post("{" + strings.Repeat("a:hello ", 8000) + "}"), gqlhttp.CodeTooComplex, 0},
		"101 aliases":                 {post("{" + strings.Repeat("a:hello ", 101) + "}"), gqlhttp.CodeTooComplex, 0},
		"51 directives":               {post("{hello" + strings.Repeat(" @skip(if:false)", 51) + "}"), gqlhttp.CodeTooComplex, 0},
		"5,000 brackets":              {post("{related(to:" + strings.Repeat("[", 5000)), gqlhttp.CodeTooComplex, 0},
		"a name of 60 kB":             {post("{" + strings.Repeat("x", 60_000) + "}"), gqlhttp.CodeTooComplex, 0},
		"a body of 10 MB":             {request{body: strings.Repeat(" ", 10<<20)}, gqlhttp.CodePayloadTooLarge, 0},
		"5,000 lists of JSON":         {request{body: `{"query":` + strings.Repeat("[", 20_000)}, gqlhttp.CodeBadRequest, 0},

		"2^40 paths":            {post(nested(40, "", "")), gqlhttp.CodeTooComplex, validated},
		"2^6 connections":       {post(nested(6, "citedBy{nodes{", "}}")), gqlhttp.CodeTooComplex, validated},
		"three pages of 100":    {post("{papers(first:100){nodes{citedBy(first:100){nodes{citedBy(first:100){nodes{id}}}}}}}"), gqlhttp.CodeTooComplex, validated},
		"a page of 2^31-1":      {post("query($n: Int) {papers(first: $n) {nodes {id}}}", `{"n":2147483647}`), gqlhttp.CodeTooComplex, validated},
		"20,000 ids, all asked": {post("query($i: [ID!]!) {nodes(ids: $i) {... on Paper {citedBy {nodes {id}}}}}", `{"i":[1`+strings.Repeat(",1", 20_000)+`]}`), gqlhttp.CodeTooComplex, validated},
		"filters 5,000 deep":    {post("query($f: PaperFilter) {papers(filter: $f) {totalCount}}", `{"f":`+strings.Repeat(`{"not":`, 5000)+`{}`+strings.Repeat("}", 5000)+"}"), gqlhttp.CodeTooComplex, validated},
		"literals 20 deep":      {post("{papers(filter: " + strings.Repeat("{not: ", 20) + "{}" + strings.Repeat("}", 20) + ") {totalCount}}"), gqlhttp.CodeTooComplex, validated},
		"a cycle of fragments":  {post("{...A} fragment A on Query {...B} fragment B on Query {...A}"), gqlhttp.CodeValidationFailed, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newService()
			h := gqlhttp.New(s, gqlhttp.Config{Logger: quiet})
			before := int(s.asked.Load())
			body := &counter{Reader: strings.NewReader(test.request.body)}
			// No length is announced, as by a caller that lies.
			r := httptest.NewRequest(http.MethodPost, "/graphql", body)
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)

			got := read(t, w)
			if len(got.Errors) == 0 || got.Errors[0].Extensions["code"] != test.code {
				t.Fatalf("%d %.300s, want %s", w.Code, w.Body, test.code)
			}
			if asked := int(s.asked.Load()) - before; asked > test.asked {
				t.Errorf("asked for the schema %d times, want %d", asked, test.asked)
			}
			if s.ran.Load() != 0 {
				t.Error("the operation was executed")
			}
			if body.read > 64<<10+1 {
				t.Errorf("%d bytes of the body were read", body.read)
			}
			if w.Body.Len() > 10_000 {
				t.Errorf("the answer has %d bytes", w.Body.Len())
			}
		})
	}
}

// TestLimitsAreInclusive: what is exactly at a limit passes.
func TestLimitsAreInclusive(t *testing.T) {
	padding := strings.Repeat(" ", 64<<10-len(`{"query":"{hello}"}`))
	for name, request := range map[string]request{
		"tokens":     post("{" + strings.Repeat("hello ", 998) + "}"),
		"body":       {body: `{"query":"{hello}"}` + padding},
		"aliases":    post("{" + strings.Repeat("a:hello ", 100) + "}"),
		"directives": post("{" + strings.Repeat(" hello @skip(if:false)", 50) + "}"),
		"depth":      post("{suggest(limit:1)" + strings.Repeat("{citedBy(first:1){nodes", 6) + "{venue{id}}" + strings.Repeat("}}", 6) + "}"),
		"objects":    post("{suggest(limit: 100000) {id}}"),
	} {
		t.Run(name, func(t *testing.T) {
			s := newService()
			w := request.send(t, gqlhttp.New(s, gqlhttp.Config{Logger: quiet}))
			if s.ran.Load() != 1 {
				t.Errorf("not executed: %s", w.Body)
			}
		})
	}
}

func TestTooComplexNamesItsNumbers(t *testing.T) {
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet, Objects: 50})
	got := read(t, post("{papers(first: 60) {nodes {id}}}").send(t, h)).Errors[0]
	if got.Extensions["value"] != 61.0 || got.Extensions["limit"] != 50.0 {
		t.Errorf("extensions %v, want value 61 and limit 50", got.Extensions)
	}
	for _, part := range []string{"61", "50", "first"} {
		if !strings.Contains(got.Message, part) {
			t.Errorf("message %q does not name %s", got.Message, part)
		}
	}
}

// TestBodyIsNotRead: an announced length over the limit is refused unread.
func TestBodyIsNotRead(t *testing.T) {
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet})
	body := &counter{Reader: strings.NewReader(strings.Repeat(" ", 1<<20))}
	r := httptest.NewRequest(http.MethodPost, "/graphql", body)
	r.Header.Set("Content-Type", "application/json")
	r.ContentLength = 1 << 20
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusRequestEntityTooLarge || body.read != 0 {
		t.Errorf("status %d after %d bytes, want 413 after none", w.Code, body.read)
	}
}
