package gqlhttp

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNegotiate(t *testing.T) {
	tests := map[string]struct {
		accept []string
		want   string
		ok     bool
	}{
		"nothing":          {nil, typeJSON, true},
		"empty":            {[]string{""}, typeJSON, true},
		"anything":         {[]string{"*/*"}, typeJSON, true},
		"any application":  {[]string{"application/*"}, typeJSON, true},
		"json":             {[]string{"application/json"}, typeJSON, true},
		"with charset":     {[]string{"application/json; charset=utf-8"}, typeJSON, true},
		"modern":           {[]string{typeGraphQL}, typeGraphQL, true},
		"named first":      {[]string{typeGraphQL + ", application/json"}, typeGraphQL, true},
		"named second":     {[]string{"application/json, " + typeGraphQL}, typeJSON, true},
		"two headers":      {[]string{"text/html", typeGraphQL}, typeGraphQL, true},
		"quality":          {[]string{"application/json;q=0.5, " + typeGraphQL + ";q=0.6"}, typeGraphQL, true},
		"a browser":        {[]string{"text/html,application/xml;q=0.9,*/*;q=0.8"}, typeJSON, true},
		"html":             {[]string{"text/html"}, typeJSON, false},
		"nonsense":         {[]string{";;"}, typeJSON, false},
		"quality zero":     {[]string{"application/json;q=0"}, typeJSON, false},
		"quality nonsense": {[]string{"application/json;q=high"}, typeJSON, false},
		"quality NaN":      {[]string{"application/json;q=NaN"}, typeJSON, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, ok := negotiate(test.accept)
			if got != test.want || ok != test.ok {
				t.Errorf("%s %t, want %s %t", got, ok, test.want, test.ok)
			}
		})
	}
}

func TestGetAndPostDecodeAlike(t *testing.T) {
	const query, variables = "{\n\"é\u2028\" }", `{"n":12345678901234567890,"s":"\u00e9"}`
	values := url.Values{
		"query": {query}, "operationName": {"A\x00"}, "variables": {variables}, "extensions": {`{"e":[1]}`},
	}
	get := httptest.NewRequest(http.MethodGet, "/graphql?"+values.Encode(), nil)
	body := `{"query":"{\n\"é\u2028\" }","operationName":"A\u0000","variables":` + variables + `,"extensions":{"e":[1]}}`
	post := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
	post.Header.Set("Content-Type", "application/json")

	_, got, refused := decode(httptest.NewRecorder(), get, 1000)
	if refused != nil {
		t.Fatal(refused.err)
	}
	_, want, refused := decode(httptest.NewRecorder(), post, 1000)
	if refused != nil {
		t.Fatal(refused.err)
	}
	got.ReadTime, got.Headers, want.Headers = want.ReadTime, nil, nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("GET differs from POST (-post +get):\n%s", diff)
	}
	if got.Query != query {
		t.Errorf("query %q, want %q", got.Query, query)
	}
}

// FuzzDecode: any request is decoded or refused with a code, never a panic.
func FuzzDecode(f *testing.F) {
	f.Add("POST", "", "application/json", `{"query":"{hello}","variables":{"a":[1,null]}}`)
	f.Add("POST", "", "application/json; charset=utf-8", `{"QUERY":1}`)
	f.Add("GET", "query=%7Bhello%7D&variables=%7B%7D&extensions=1", "", "")
	f.Add("GET", `query=x&operationName=%00&variables={},"a":{}`, "*/*;q=1", "")
	f.Add("PUT", "", ";", "[]")
	f.Fuzz(func(t *testing.T, method, rawQuery, mediaType, body string) {
		r := &http.Request{
			Method: method, URL: &url.URL{RawQuery: rawQuery}, Body: http.NoBody, ContentLength: -1,
			Header: http.Header{"Content-Type": {mediaType}, "Accept": {mediaType, "*/*"}},
		}
		if body != "" {
			r.Body = http.MaxBytesReader(nil, readCloser{strings.NewReader(body)}, 1<<20)
		}
		answer, params, refused := decode(httptest.NewRecorder(), r, 1<<10)
		if answer != typeJSON && answer != typeGraphQL {
			t.Errorf("answers in %q", answer)
		}
		switch {
		case (params == nil) == (refused == nil):
			t.Error("neither or both of parameters and refusal")
		case refused != nil && (refused.status < 400 || refused.status > 499 || codeOf(refused.err) == ""):
			t.Errorf("refusal %+v", refused)
		case params != nil && params.Query == "" && len(params.Extensions) == 0:
			t.Error("no query was let through")
		}
	})
}

type readCloser struct{ *strings.Reader }

func (readCloser) Close() error { return nil }
