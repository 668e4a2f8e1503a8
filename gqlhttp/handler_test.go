package gqlhttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"go.uber.org/goleak"

	"github.com/papergraph/papergraph/gqlhttp"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	plain  = "application/json; charset=utf-8"
	modern = "application/graphql-response+json; charset=utf-8"
)

var quiet = slog.New(slog.DiscardHandler)

// request is a POST of JSON unless told otherwise.
type request struct {
	method, url, contentType, accept, body string
}

func (q request) send(t *testing.T, h http.Handler) *httptest.ResponseRecorder {
	t.Helper()
	method, target := q.method, q.url
	if method == "" {
		method = http.MethodPost
	}
	if target == "" {
		target = "/graphql"
	}
	r := httptest.NewRequestWithContext(t.Context(), method, target, strings.NewReader(q.body))
	contentType := q.contentType
	if contentType == "" {
		contentType = "application/json"
	}
	if contentType != "none" {
		r.Header.Set("Content-Type", contentType)
	}
	if q.accept != "" {
		r.Header.Set("Accept", q.accept)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func post(query string, variables ...string) request {
	body, _ := json.Marshal(query)
	if len(variables) > 0 {
		return request{body: fmt.Sprintf(`{"query":%s,"variables":%s}`, body, variables[0])}
	}
	return request{body: fmt.Sprintf(`{"query":%s}`, body)}
}

func get(query string) request {
	return request{method: http.MethodGet, url: "/graphql?query=" + url.QueryEscape(query), contentType: "none"}
}

func (q request) accepting(mediaType string) request {
	q.accept = mediaType
	return q
}

type answer struct {
	Errors []struct {
		Message    string
		Path       []any
		Locations  []struct{ Line, Column int }
		Extensions map[string]any
	}
	Data *json.RawMessage
}

func read(t *testing.T, w *httptest.ResponseRecorder) (a answer) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("body %q: %v", w.Body, err)
	}
	return a
}

func TestRefusals(t *testing.T) {
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet})
	const canary = "xyzzy" // must not come back from a request that is no operation
	tests := map[string]struct {
		request     request
		status      int
		contentType string
		code        string
	}{
		"method":             {request{method: "PUT"}, 405, plain, gqlhttp.CodeMethodNotAllowed},
		"head":               {request{method: "HEAD"}, 405, plain, gqlhttp.CodeMethodNotAllowed},
		"mutation by GET":    {get("mutation { touch }"), 405, plain, gqlhttp.CodeMethodNotAllowed},
		"subscription, GET":  {get("subscription { ticks }"), 405, plain, gqlhttp.CodeMethodNotAllowed},
		"accept":             {post("{hello}").accepting("text/html"), 406, plain, gqlhttp.CodeNotAcceptable},
		"accept q=0":         {post("{hello}").accepting("application/json;q=0"), 406, plain, gqlhttp.CodeNotAcceptable},
		"no content type":    {request{contentType: "none", body: canary}, 415, plain, gqlhttp.CodeUnsupportedMediaType},
		"form":               {request{contentType: "application/x-www-form-urlencoded", body: canary}, 415, plain, gqlhttp.CodeUnsupportedMediaType},
		"charset":            {request{contentType: "application/json; charset=latin1", body: canary}, 415, plain, gqlhttp.CodeUnsupportedMediaType},
		"too large":          {post(strings.Repeat("#", 65<<10)), 413, plain, gqlhttp.CodePayloadTooLarge},
		"too long":           {get(strings.Repeat("#", 65<<10)), 414, plain, gqlhttp.CodePayloadTooLarge},
		"empty body":         {request{}, 400, plain, gqlhttp.CodeBadRequest},
		"not JSON":           {request{body: `{"` + canary}, 400, plain, gqlhttp.CodeBadRequest},
		"not JSON, modern":   {request{body: canary, accept: "application/graphql-response+json"}, 400, modern, gqlhttp.CodeBadRequest},
		"two values":         {request{body: `{"query":"{hello}"} ` + canary}, 400, plain, gqlhttp.CodeBadRequest},
		"batch":              {request{body: `[{"query":"{xyzzy}"}]`}, 400, plain, gqlhttp.CodeBadRequest},
		"null":               {request{body: `null`}, 400, plain, gqlhttp.CodeBadRequest},
		"no query":           {request{body: `{"xyzzy":1}`}, 400, plain, gqlhttp.CodeBadRequest},
		"null query":         {request{body: `{"query":null}`}, 400, plain, gqlhttp.CodeBadRequest},
		"query mistyped":     {request{body: `{"query":{"xyzzy":1}}`}, 400, plain, gqlhttp.CodeBadRequest},
		"name mistyped":      {request{body: `{"query":"{hello}","operationName":1}`}, 400, plain, gqlhttp.CodeBadRequest},
		"variables mistyped": {request{body: `{"query":"{hello}","variables":["xyzzy"]}`}, 400, plain, gqlhttp.CodeBadRequest},
		"extensions":         {request{body: `{"query":"{hello}","extensions":"xyzzy"}`}, 400, plain, gqlhttp.CodeBadRequest},
		"GET without query":  {request{method: "GET"}, 400, plain, gqlhttp.CodeBadRequest},
		"GET malformed":      {request{method: "GET", url: "/graphql?query=%zz"}, 400, plain, gqlhttp.CodeBadRequest},
		"GET variables":      {request{method: "GET", url: "/graphql?query=x&variables=}xyzzy"}, 400, plain, gqlhttp.CodeBadRequest},
		"GET injection":      {request{method: "GET", url: `/graphql?query=x&variables={},"a":{}`}, 400, plain, gqlhttp.CodeBadRequest},

		"parse":                 {post("{"), 200, plain, gqlhttp.CodeParseFailed},
		"parse, modern":         {post("{").accepting("application/graphql-response+json"), 400, modern, gqlhttp.CodeParseFailed},
		"parse, GET":            {get("{"), 200, plain, gqlhttp.CodeParseFailed},
		"validation":            {post("{nope}"), 200, plain, gqlhttp.CodeValidationFailed},
		"validation, modern":    {post("{nope}").accepting("application/graphql-response+json"), 400, modern, gqlhttp.CodeValidationFailed},
		"variable missing":      {post("query($n: Int!) {suggest(limit: $n) {id}}"), 200, plain, gqlhttp.CodeBadUserInput},
		"variable null, modern": {post("query($n: Int!) {suggest(limit: $n) {id}}", `{"n":null}`).accepting("application/graphql-response+json"), 400, modern, gqlhttp.CodeBadUserInput},
		"variable type":         {post("query($n: Int!) {suggest(limit: $n) {id}}", `{"n":"xyzzy"}`), 200, plain, gqlhttp.CodeBadUserInput},
		"number out of range":   {post("{suggest(limit: 99999999999999999999) {id}}"), 200, plain, gqlhttp.CodeValidationFailed},
		"enum in another case":  {post("query($o: Order) {papers(order: $o) {totalCount}}", `{"o":"year"}`), 200, plain, gqlhttp.CodeBadUserInput},
		"URI out of range":      {post("{resource(url: 99999999999999999999) {id}}"), 200, plain, gqlhttp.CodeBadUserInput},
		"URI beyond floats":     {post("{resource(url: 1e999) {id}}"), 200, plain, gqlhttp.CodeBadUserInput},
		"subscription":          {post("subscription {ticks}"), 200, plain, gqlhttp.CodeBadRequest},
		"which operation":       {post("query A {hello} query B {hello}"), 200, plain, gqlhttp.CodeBadRequest},
		"no operation":          {post("#"), 200, plain, gqlhttp.CodeBadRequest},
		"only a fragment":       {post("fragment F on Query {hello}"), 200, plain, gqlhttp.CodeBadRequest},
		"introspection":         {post("{__schema {types {name}}}"), 200, plain, gqlhttp.CodeValidationFailed},
		"defer":                 {post("{... @defer {hello}}"), 200, plain, gqlhttp.CodeValidationFailed},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := test.request.send(t, h)
			got := read(t, w)
			if w.Code != test.status || w.Header().Get("Content-Type") != test.contentType {
				t.Errorf("status %d %s, want %d %s", w.Code, w.Header().Get("Content-Type"), test.status, test.contentType)
			}
			if len(got.Errors) != 1 || got.Errors[0].Extensions["code"] != test.code {
				t.Fatalf("errors %v, want one of code %s", got.Errors, test.code)
			}
			if !strings.Contains(got.Errors[0].Message, ";") {
				t.Errorf("message %q names no remedy", got.Errors[0].Message)
			}
			if strings.Contains(w.Body.String(), canary) {
				t.Errorf("body %s quotes the request", w.Body)
			}
			if strings.Contains(w.Body.String(), `"data"`) {
				t.Errorf("body %s has a data entry, nothing was executed", w.Body)
			}
			if allow := w.Header().Get("Allow"); (w.Code == 405) != (allow == "GET, POST") {
				t.Errorf("status %d with Allow %q", w.Code, allow)
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet, Introspection: true})
	tests := map[string]struct {
		request     request
		contentType string
		body        string
	}{
		"post":        {post("{hello}"), plain, `{"data":{"hello":"world"}}`},
		"get":         {get("{hello}"), plain, `{"data":{"hello":"world"}}`},
		"modern":      {post("{hello}").accepting("application/graphql-response+json, application/json;q=0.9"), modern, `{"data":{"hello":"world"}}`},
		"mutation":    {post("mutation {touch}"), plain, `{"data":{"touch":true}}`},
		"named":       {request{body: `{"query":"query A {hello} query B {__typename}","operationName":"B"}`}, plain, `{"data":{"__typename":"Query"}}`},
		"nulls":       {request{body: `{"query":"{hello}","operationName":null,"variables":null,"extensions":null}`}, plain, `{"data":{"hello":"world"}}`},
		"charset":     {request{body: `{"query":"{hello}"}`, contentType: "application/json; charset=UTF-8"}, plain, `{"data":{"hello":"world"}}`},
		"skip":        {post("query($no: Boolean!) {hello @include(if: $no) __typename}", `{"no":false}`), plain, `{"data":{"__typename":"Query"}}`},
		"variables":   {request{method: "GET", url: "/graphql?query=query($n:Int!){suggest(limit:$n)@skip(if:true){id}}&variables=" + url.QueryEscape(`{"n":1}`)}, plain, `{"data":{}}`},
		"schema":      {post("{__type(name: \"Run🏃\") {name}}"), plain, `{"data":{"__type":null}}`},
		"null answer": {post("{node(id: 1) {id}}"), plain, `{"data":{"node":null}}`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			// Twice: parsed, and from the cache.
			for range 2 {
				w := test.request.send(t, h)
				if w.Code != 200 || w.Header().Get("Content-Type") != test.contentType || w.Body.String() != test.body {
					t.Errorf("%d %s %s, want 200 %s %s", w.Code, w.Header().Get("Content-Type"), w.Body, test.contentType, test.body)
				}
				if got := w.Header().Get("Content-Length"); got != fmt.Sprint(len(test.body)) {
					t.Errorf("Content-Length %s, want %d", got, len(test.body))
				}
			}
		})
	}
}

// writes counts the calls of Write.
type writes struct {
	*httptest.ResponseRecorder
	count int
}

func (w *writes) Write(p []byte) (int, error) {
	w.count++
	return w.ResponseRecorder.Write(p)
}

func TestOneWrite(t *testing.T) {
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet})
	for _, body := range []string{`{"query":"{hello}"}`, `{"query":"{nope}"}`, `{`} {
		w := &writes{ResponseRecorder: httptest.NewRecorder()}
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		h.ServeHTTP(w, r)
		if w.count != 1 {
			t.Errorf("%s: answered in %d writes, want 1", body, w.count)
		}
	}
}

// TestBusy: where every place is taken, an operation waits, and is refused when its deadline passes; what only needs the text of a query is answered still.
func TestBusy(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	hold := func(ctx context.Context, next graphql.Resolver) (any, error) {
		entered <- struct{}{}
		<-leave
		return next(ctx)
	}
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet, Operations: 1, Deadline: 50 * time.Millisecond, AroundFields: hold})
	first := make(chan *httptest.ResponseRecorder)
	go func() { first <- post("{hello}").send(t, h) }()
	<-entered
	w := post("{hello}").accepting("application/graphql-response+json").send(t, h)
	if got := read(t, w); w.Code != http.StatusServiceUnavailable || len(got.Errors) != 1 || got.Errors[0].Extensions["code"] != gqlhttp.CodeUnavailable || w.Header().Get("Retry-After") == "" {
		t.Errorf("beside one that runs: %d %s", w.Code, w.Body)
	}
	if w := post("{nope}").send(t, h); !strings.Contains(w.Body.String(), gqlhttp.CodeValidationFailed) {
		t.Errorf("a query that is none: %s", w.Body)
	}
	leave <- struct{}{}
	<-first
	go func() { first <- post("{hello}").send(t, h) }()
	<-entered
	leave <- struct{}{}
	if w := <-first; !strings.Contains(w.Body.String(), `"data":{"hello"`) {
		t.Errorf("behind it: %s", w.Body)
	}
}

func TestResolverErrors(t *testing.T) {
	var log bytes.Buffer
	config := gqlhttp.Config{
		Logger: slog.New(slog.NewTextHandler(&log, nil)),
		Present: func(_ context.Context, err error) *gqlerror.Error {
			if errors.Is(err, errDomain) {
				return gqlhttp.Errorf(gqlhttp.CodeNotFound, "no such paper; search for it")
			}
			return nil
		},
	}
	tests := map[string]struct {
		query string
		code  string
		path  []any
		logs  int
	}{
		"domain":          {"{p: paper(by: {id: 1}) {id}}", gqlhttp.CodeNotFound, []any{"p"}, 0},
		"panic":           {"{panics}", gqlhttp.CodeInternal, []any{"panics"}, 1},
		"two panics":      {"{panics a: panics}", gqlhttp.CodeInternal, []any{"panics"}, 1},
		"unknown error":   {"{fails}", gqlhttp.CodeInternal, []any{"fails"}, 1},
		"deadline":        {"{hello waits}", gqlhttp.CodeTimeout, nil, 0},
		"argument":        {`{coerces(text: "x")}`, gqlhttp.CodeBadUserInput, []any{"coerces"}, 0},
		"null for a list": {"{suggest {id}}", gqlhttp.CodeInternal, []any{"suggest"}, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			log.Reset()
			config := config
			if test.code == gqlhttp.CodeTimeout {
				config.Deadline = time.Millisecond
			}
			h := gqlhttp.RequestID(gqlhttp.New(newService(), config))
			w := post(test.query).accepting("application/graphql-response+json").send(t, h)
			got := read(t, w)
			if w.Code != 200 || !strings.Contains(w.Body.String(), `"data"`) {
				t.Errorf("%d %s, want 200 and a data entry", w.Code, w.Body)
			}
			if len(got.Errors) == 0 || got.Errors[0].Extensions["code"] != test.code {
				t.Fatalf("errors %v, want code %s", got.Errors, test.code)
			}
			if diff := cmp.Diff(test.path, got.Errors[0].Path); diff != "" {
				t.Errorf("path (-want +got):\n%s", diff)
			}
			if wanted := len(test.path); len(got.Errors[0].Locations) != wanted { // one, as the path has one element
				t.Errorf("locations %v, want %d", got.Errors[0].Locations, wanted)
			}
			if strings.Contains(w.Body.String(), "secret") || strings.Contains(w.Body.String(), "goroutine") {
				t.Errorf("body %s shows an inner error", w.Body)
			}
			id := w.Header().Get("X-Request-Id")
			if lines := strings.Count(log.String(), "level=ERROR"); lines != test.logs {
				t.Errorf("%d log lines, want %d:\n%s", lines, test.logs, &log)
			}
			if test.logs > 0 && (!strings.Contains(log.String(), id) || !strings.Contains(got.Errors[0].Message, id)) {
				t.Errorf("request id %s is not in the log %s and the message %s", id, &log, got.Errors[0].Message)
			}
		})
	}
}

// TestUnavailableIsLogged: why the store is out of reach is for the log alone, once for each request.
func TestUnavailableIsLogged(t *testing.T) {
	var log bytes.Buffer
	h := gqlhttp.RequestID(gqlhttp.New(newService(), gqlhttp.Config{
		Logger: slog.New(slog.NewTextHandler(&log, nil)),
		Present: func(context.Context, error) *gqlerror.Error {
			return gqlhttp.Errorf(gqlhttp.CodeUnavailable, "try again later")
		},
	}))
	w := post("{fails a: fails}").send(t, h)
	got := read(t, w)
	if len(got.Errors) != 2 || got.Errors[0].Message != "try again later" || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("body %s, want two errors without their cause", w.Body)
	}
	id := w.Header().Get("X-Request-Id")
	if strings.Count(log.String(), "level=WARN") != 1 || !strings.Contains(log.String(), "secret") || !strings.Contains(log.String(), id) {
		t.Errorf("log %q, want one line with the cause and the request id %s", &log, id)
	}
}

func TestErrorLimit(t *testing.T) {
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet})
	for _, request := range []request{
		post("{fails(times: 57)}"),
		post("{" + strings.Repeat("nope ", 57) + "}"),
	} {
		got := read(t, request.send(t, h))
		if len(got.Errors) != 20 {
			t.Fatalf("%d errors, want 20", len(got.Errors))
		}
		last := got.Errors[19]
		if !strings.HasSuffix(last.Message, "(37 more errors left out)") || last.Extensions["omittedErrors"] != 37.0 {
			t.Errorf("last error %+v does not say that 37 are left out", last)
		}
		if got.Errors[18].Extensions["omittedErrors"] != nil {
			t.Error("an error before the last was marked")
		}
	}
}

func TestSuggestions(t *testing.T) {
	queries := []string{
		"{helo}", "{paper(buy: {id: 1}) {id}}", "{node(id: 1) {... on Papr {id}}}",
		"{papers(order: YEARS) {totalCount}}", "{paper(by: {ids: 1}) {id}}", "{hello @skipp(if: true)}",
		"{paper(by: {id: 1})}", `{papers(filter: {txt: "a"}) {totalCount}}`,
	}
	for _, on := range []bool{false, true} {
		h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet, Introspection: on})
		suggested := false
		for _, query := range queries {
			body := post(query).send(t, h).Body.String()
			if !strings.Contains(body, gqlhttp.CodeValidationFailed) {
				t.Errorf("%s: %s", query, body)
			}
			suggested = suggested || strings.Contains(body, "Did you mean")
			if !on && suggested {
				t.Fatalf("%s: suggestion while introspection is off: %s", query, body)
			}
		}
		if on != suggested {
			t.Errorf("introspection %t, suggestions %t", on, suggested)
		}
	}
}

func TestLongMessagesAreCut(t *testing.T) {
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet})
	for _, query := range []string{
		`{hello(a: "` + strings.Repeat("é", 20_000) + `" "}`,
		`{suggest(limit: "` + strings.Repeat("é", 20_000) + `") {id}}`,
	} {
		got := read(t, post(query).send(t, h))
		message := got.Errors[0].Message
		if len(message) > 420 || !strings.Contains(message, "; ") || strings.ContainsRune(message, '\uFFFD') {
			t.Errorf("message of %d bytes: %s", len(message), message)
		}
	}
}

// extension records in which order the hooks of Config.Extensions run.
type extension struct{ cost int }

func (*extension) ExtensionName() string                   { return "Test" }
func (*extension) Validate(graphql.ExecutableSchema) error { return nil }

func (*extension) MutateOperationParameters(_ context.Context, p *graphql.RawParams) *gqlerror.Error {
	if hash, ok := p.Extensions["hash"]; ok && hash == "42" {
		p.Query = "{suggest(limit: 7) @skip(if: false) {id}}"
	}
	return nil
}

func (e *extension) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	e.cost = gqlhttp.EstimatedObjects(graphql.WithOperationContext(ctx, op))
	return gqlhttp.Errorf(gqlhttp.CodeUnavailable, "over the budget; wait")
}

func TestExtensions(t *testing.T) {
	ext := &extension{}
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet, Extensions: []graphql.HandlerExtension{ext}})
	got := read(t, request{body: `{"extensions":{"hash":"42"}}`}.send(t, h))
	if got.Errors[0].Extensions["code"] != gqlhttp.CodeUnavailable || ext.cost != 7 {
		t.Errorf("errors %v, cost %d, want the extension's error and 7", got.Errors, ext.cost)
	}
	got = read(t, request{body: `{"extensions":{"hash":"43"}}`}.send(t, h))
	if got.Errors[0].Extensions["code"] != gqlhttp.CodeBadRequest {
		t.Errorf("errors %v, want BAD_REQUEST for a query nobody filled in", got.Errors)
	}
	if gqlhttp.EstimatedObjects(t.Context()) != 0 {
		t.Error("estimate outside an operation")
	}
}

func TestAroundFields(t *testing.T) {
	h := gqlhttp.New(newService(), gqlhttp.Config{
		Logger: quiet,
		AroundFields: func(context.Context, graphql.Resolver) (any, error) {
			return graphql.WriterFunc(func(w io.Writer) { _, _ = io.WriteString(w, `"wrapped"`) }), nil
		},
	})
	if got := post("{hello}").send(t, h).Body.String(); got != `{"data":{"hello":"wrapped"}}` {
		t.Errorf("got %s", got)
	}
}

// BenchmarkHandler is the whole way of a small cached query.
func BenchmarkHandler(b *testing.B) {
	h := gqlhttp.New(newService(), gqlhttp.Config{Logger: quiet})
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(`{"query":"{hello}"}`))
		r.Header.Set("Content-Type", "application/json")
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
}
