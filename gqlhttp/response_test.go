package gqlhttp

import (
	"bytes"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestEncode(t *testing.T) {
	broken := Errorf(CodeNotFound, "a; b")
	broken.Extensions["broken"] = make(chan int)
	tests := map[string]struct {
		resp     graphql.Response
		withData bool
		want     string
	}{
		"data":       {graphql.Response{Data: []byte(`{"a":"<é>"}`)}, true, `{"data":{"a":"<é>"}}`},
		"no data":    {graphql.Response{}, true, `{"data":null}`},
		"extensions": {graphql.Response{Data: []byte(`1`), Extensions: map[string]any{"a": "<"}}, true, `{"data":1,"extensions":{"a":"<"}}`},
		"both": {
			graphql.Response{Errors: gqlerror.List{Errorf(CodeNotFound, "a <b>")}, Data: []byte(`{}`)},
			true,
			`{"errors":[{"message":"a <b>","extensions":{"code":"NOT_FOUND"}}],"data":{}}`,
		},
		"request error": {
			graphql.Response{Errors: gqlerror.List{Errorf(CodeNotFound, "a")}, Extensions: map[string]any{"a": 1}},
			false,
			`{"errors":[{"message":"a","extensions":{"code":"NOT_FOUND"}}],"extensions":{"a":1}}`,
		},
		"broken error": {
			graphql.Response{Errors: gqlerror.List{broken}},
			false,
			`{"errors":[{"message":"internal error; an error could not be written","extensions":{"code":"INTERNAL"}}]}`,
		},
		"broken extension": {
			graphql.Response{Data: []byte(`1`), Extensions: map[string]any{"a": make(chan int)}},
			true,
			`{"data":1,"extensions":{}}`,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var buf bytes.Buffer
			encode(&buf, &test.resp, 20, test.withData)
			if buf.String() != test.want {
				t.Errorf("got  %s\nwant %s", &buf, test.want)
			}
		})
	}
}

// BenchmarkWrite is what an answer costs beside the encoding of its data.
func BenchmarkWrite(b *testing.B) {
	resp := &graphql.Response{Data: []byte(`{"a":"` + strings.Repeat("x", 100_000) + `"}`)}
	wr := writer{errorLimit: 20}
	w := httptest.NewRecorder()
	b.SetBytes(int64(len(resp.Data)))
	b.ReportAllocs()
	for b.Loop() {
		w.Body.Reset()
		wr.response(b.Context(), w, typeJSON, resp)
	}
}

// BenchmarkEstimate is what a cached query pays for the cost rule.
func BenchmarkEstimate(b *testing.B) {
	doc := mustParse(b, introspectionQuery)
	e := newEstimator(b, nil, doc)
	b.ReportAllocs()
	for b.Loop() {
		e.estimate(doc.Operations[0])
	}
}

func TestRefuse(t *testing.T) {
	w := httptest.NewRecorder()
	Refuse(w, httptest.NewRequest("GET", "/x", nil), 404, CodeNotFound, "nothing here: 100 % sure")
	want := `{"errors":[{"message":"nothing here: 100 % sure","extensions":{"code":"NOT_FOUND"}}]}`
	if w.Code != 404 || w.Body.String() != want || w.Header().Get("Content-Length") != strconv.Itoa(len(want)) {
		t.Errorf("%d %s %v", w.Code, w.Body, w.Header())
	}
}
