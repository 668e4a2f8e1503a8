package neo4j_test

import (
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
)

// refused opens what cannot be opened, and wants one clear line that keeps the password.
func refused(t *testing.T, o neo4j.Options, want error, says string) {
	t.Helper()
	s, err := neo4j.Open(t.Context(), o)
	if err == nil {
		_ = s.Close()
		t.Fatal("it opens")
	}
	if text := err.Error(); !errors.Is(err, want) || !strings.Contains(text, says) || strings.Contains(text, "\n") || strings.Contains(text, "secret") {
		t.Errorf("%q, want one line with %q that wraps %q", err, says, want)
	}
}

func TestUnreachable(t *testing.T) {
	for _, scheme := range []string{"bolt", "neo4j"} {
		t.Run(scheme, func(t *testing.T) {
			o := neo4j.Options{URI: scheme + "://127.0.0.1:1", Username: "neo4j", Password: "secret"}
			refused(t, o, store.ErrUnavailable, "cannot be reached, or broke off: start it, or correct the address")
		})
	}
}

// TestSilent: a server that accepts connections and says nothing is given up.
func TestSilent(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	o := neo4j.Options{URI: "bolt://" + listener.Addr().String(), Username: "neo4j", Password: "secret", Patience: 50 * time.Millisecond}
	refused(t, o, store.ErrUnavailable, "did not answer within 50ms")
}

func TestRefused(t *testing.T) {
	neo4jtest.Empty(t)
	t.Run("wrong password", func(t *testing.T) {
		o := neo4jtest.Options(t)
		o.Password = "not the secret"
		refused(t, o, store.ErrUnavailable, "does not accept the user name and password")
	})
	t.Run("no such database", func(t *testing.T) {
		o := neo4jtest.Options(t)
		o.Database = "nosuchdatabase"
		refused(t, o, store.ErrUnavailable, "no such database")
	})
	t.Run("somebody else's graph", func(t *testing.T) {
		if _, _, err := neo4jtest.Run(t, "CREATE (:Stranger {name: 'somebody'})-[:KNOWS]->(:Stranger)", nil); err != nil {
			t.Fatal(err)
		}
		defer neo4jtest.Empty(t)
		refused(t, neo4jtest.Options(t), store.ErrInvalid, "holds nodes that are not papergraph's")
		records, _, err := neo4jtest.Run(t, "MATCH (n) RETURN count(n), count(n.id)", nil)
		if err != nil || records[0].Values[0] != int64(2) || records[0].Values[1] != int64(0) {
			t.Errorf("their graph was changed: %v %v", records, err)
		}
	})
	t.Run("a graph of another layout", func(t *testing.T) {
		if err := neo4jtest.Open(t).Close(); err != nil {
			t.Fatal(err)
		}
		defer neo4jtest.Empty(t)
		if _, _, err := neo4jtest.Run(t, "MATCH (meta:Papergraph {id: 'meta'}) SET meta.schema = 99", nil); err != nil {
			t.Fatal(err)
		}
		refused(t, neo4jtest.Options(t), store.ErrUnavailable, "layout 99")
	})
}
