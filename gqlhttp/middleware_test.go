package gqlhttp_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/gqlhttp"
)

func TestRequestID(t *testing.T) {
	var seen string
	h := gqlhttp.RequestID(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		seen = gqlhttp.RequestIDFrom(r.Context())
	}))
	for given, kept := range map[string]bool{
		"": false, "abc-1.2_3": true, "two words": false, "line\nbreak": false, strings.Repeat("x", 65): false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header["X-Request-Id"] = []string{given}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if seen == "" || seen != w.Header().Get("X-Request-Id") || (seen == given) != kept {
			t.Errorf("given %q: id %q, header %q", given, seen, w.Header().Get("X-Request-Id"))
		}
	}
	if id := gqlhttp.RequestIDFrom(t.Context()); id != "" {
		t.Errorf("id %q without the middleware", id)
	}
}

// chain is how a server composes them.
func chain(log *slog.Logger, h http.Handler) http.Handler {
	return gqlhttp.RequestID(gqlhttp.Log(log)(gqlhttp.Recover(log)(h)))
}

func logged(t *testing.T, log *bytes.Buffer) map[string]any {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	var last map[string]any
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil {
		t.Fatal(err)
	}
	return last
}

func TestLog(t *testing.T) {
	tests := map[string]struct {
		request         request
		level           string
		status          float64
		operation, code any
		lines           int
	}{
		"operation": {post("query Greet {hello}"), "INFO", 200, "Greet", nil, 1},
		"refused":   {post("{nope}"), "INFO", 200, nil, gqlhttp.CodeValidationFailed, 1},
		"bad":       {request{body: "{"}, "INFO", 400, nil, gqlhttp.CodeBadRequest, 1},
		"failed":    {post("query Fail {panics}"), "ERROR", 200, "Fail", gqlhttp.CodeInternal, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var buf bytes.Buffer
			log := slog.New(slog.NewJSONHandler(&buf, nil))
			w := test.request.send(t, chain(log, gqlhttp.New(newService(), gqlhttp.Config{Logger: log})))
			got := logged(t, &buf)
			if got["level"] != test.level || got["status"] != test.status || got["operation"] != test.operation || got["code"] != test.code {
				t.Errorf("line %v", got)
			}
			if got["bytes"] != float64(w.Body.Len()) || got["request_id"] != w.Header().Get("X-Request-Id") || got["path"] != "/graphql" {
				t.Errorf("line %v for %d bytes", got, w.Body.Len())
			}
			if lines := strings.Count(buf.String(), "\n"); lines != test.lines {
				t.Errorf("%d lines, want %d", lines, test.lines)
			}
		})
	}
}

func TestRecover(t *testing.T) {
	var buf bytes.Buffer
	log := slog.New(slog.NewJSONHandler(&buf, nil))
	w := post("").send(t, chain(log, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("secret") })))
	got := read(t, w)
	if w.Code != 500 || w.Header().Get("Content-Type") != plain || got.Errors[0].Extensions["code"] != gqlhttp.CodeInternal {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if strings.Contains(w.Body.String(), "secret") || !strings.Contains(buf.String(), "secret") {
		t.Errorf("answer %s, log %s", w.Body, &buf)
	}
	if line := logged(t, &buf); line["status"] != 500.0 || line["code"] != gqlhttp.CodeInternal {
		t.Errorf("line %v", line)
	}

	// What has been begun is not written over.
	w = post("").send(t, chain(log, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTeapot)
		panic("late")
	})))
	if w.Code != http.StatusTeapot || w.Body.Len() != 0 {
		t.Errorf("%d %s", w.Code, w.Body)
	}

	defer func() {
		if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
			t.Error("http.ErrAbortHandler was swallowed")
		}
	}()
	post("").send(t, gqlhttp.Recover(log)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })))
}

// TestMiddlewareKeepsTheWriter: flushing works through the wrappers.
func TestMiddlewareKeepsTheWriter(t *testing.T) {
	w := post("").send(t, chain(quiet, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
	})))
	if !w.Flushed {
		t.Error("not flushed")
	}
}
