package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/store"
)

// TestEntityPage: the address of an entity leads to a query, behind any prefix that a proxy takes away; what is no id leads nowhere.
func TestEntityPage(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{kind}/{slug}", entityPage)
	for path, want := range map[string]string{
		"/paper/xrp":                          `node(id: "paper/xrp")`,
		"/relation/0a1b":                      `node(id: "relation/0a1b")`,
		"/paper/x%07":                         "",
		"/paper/%22%5C":                       "",
		"/paper/x%2Fy":                        "",
		"/graphql/nothing":                    "",
		"/paper/" + strings.Repeat("x", 5000): "",
	} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
		if want == "" {
			if w.Code != http.StatusNotFound || w.Body.Len() > 200 {
				t.Errorf("%.100s: %d with %d bytes, want a short 404", path, w.Code, w.Body.Len())
			}
			continue
		}
		base, err := url.Parse("https://example.org/prefix" + path)
		if err != nil {
			t.Fatal(err)
		}
		to, err := base.Parse(w.Header().Get("Location"))
		if err != nil || w.Code != http.StatusSeeOther || to.Path != "/prefix/graphql" || !strings.Contains(to.Query().Get("query"), want) {
			t.Errorf("%s: %d to %v, want /prefix/graphql with %s", path, w.Code, to, want)
		}
	}
}

type silentStore struct{ store.Reader }

func (silentStore) Stats(context.Context) (store.Stats, error) {
	return store.Stats{}, fmt.Errorf("%w: the disk is gone", store.ErrUnavailable)
}

// TestHealthOfSilentStore: whoever asks learns that the store is away, and the log alone why.
func TestHealthOfSilentStore(t *testing.T) {
	var log bytes.Buffer
	w := httptest.NewRecorder()
	health(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/healthz", nil), silentStore{}, slog.New(slog.NewTextHandler(&log, nil)))
	if w.Code != http.StatusServiceUnavailable || strings.Contains(w.Body.String(), "disk") || !strings.Contains(log.String(), "disk is gone") {
		t.Errorf("%d %s, logged %q", w.Code, w.Body, &log)
	}
	if got := w.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("may be kept by caches: %q", got)
	}
}

// TestOnlyLocal asks under names that pages elsewhere could make mean this machine.
func TestOnlyLocal(t *testing.T) {
	answers := http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	loopback, everywhere := &net.TCPAddr{IP: net.IPv6loopback}, &net.TCPAddr{IP: net.IPv4zero}
	for host, want := range map[string]int{
		"127.0.0.1:8080": http.StatusOK, "localhost:8080": http.StatusOK, "[::1]:8080": http.StatusOK, "graph.localhost": http.StatusOK, "Papers.example": http.StatusOK,
		"evil.example:8080": http.StatusMisdirectedRequest, "127.0.0.1.evil.example": http.StatusMisdirectedRequest, "10.0.0.1": http.StatusMisdirectedRequest,
		"papers.example.evil": http.StatusMisdirectedRequest, "": http.StatusMisdirectedRequest,
	} {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/graphql", nil)
		request.Host = host
		w := httptest.NewRecorder()
		onlyLocal(loopback, "https://papers.example/base", answers).ServeHTTP(w, request)
		if w.Code != want {
			t.Errorf("%s: %d, want %d", host, w.Code, want)
		}
		w = httptest.NewRecorder()
		onlyLocal(everywhere, "https://papers.example/base", answers).ServeHTTP(w, request)
		if w.Code != http.StatusOK {
			t.Errorf("%s, for all the world: %d", host, w.Code)
		}
	}
}
