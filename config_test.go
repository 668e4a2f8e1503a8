package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/store"
)

func TestPlain(t *testing.T) {
	for _, sentinel := range []error{store.ErrNotFound, store.ErrConflict, store.ErrInvalid, store.ErrUnavailable, store.ErrCorrupt} {
		if got, want := plain(fmt.Errorf("copy: %w: sqlite: open: a.db: it is so", sentinel)), "a.db: it is so"; got != want {
			t.Errorf("%v: says %q, want %q", sentinel, got, want)
		}
	}
}

// TestAddresses: an origin that no browser sends would never match, and a public address with more than a path would make addresses that lead nowhere.
func TestAddresses(t *testing.T) {
	for _, test := range []struct{ name, flag, address, says string }{
		{"origin with a path", "--origins", "https://a.example/path", "without a path"},
		{"origin with a query", "--origins", "https://a.example?x", "without a path"},
		{"origin with a user", "--origins", "https://user@a.example", "exact origins"},
		{"origin in capitals", "--origins", "https://A.example", "in lower case"},
		{"second origin", "--origins", "https://a.example,b.example", "exact origins"},
		{"public address with a query", "--public-url", "https://a.example/?x=y", "without a user, a query"},
		{"public address with a fragment", "--public-url", "https://a.example/#x", "a fragment"},
		{"public address with a password", "--public-url", "https://user:secret@a.example", "without a user"},
	} {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			code := run(t.Context(), []string{"--store", "nosuch:", test.flag, test.address}, &stdout, &stderr)
			if said := stderr.String(); code != exitNothing || !strings.Contains(said, test.says) || strings.Contains(said, "secret") {
				t.Errorf("%d %q, want %d and %q", code, said, exitNothing, test.says)
			}
		})
	}
}

func TestAddressesThatAreRight(t *testing.T) {
	var c serveCommand
	c.Listen = "127.0.0.1:0"
	c.Origins = []string{"https://a.example", "http://127.0.0.1:3000", "http://[::1]:3000"}
	for _, public := range []string{"", "https://a.example", "https://a.example/papergraph/", "http://127.0.0.1:8080"} {
		c.PublicURL = public
		if err := c.check(); err != nil {
			t.Errorf("%q: %v", public, err)
		}
	}
}
