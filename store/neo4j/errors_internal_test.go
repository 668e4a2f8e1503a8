package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

func failure(code string) error {
	return &neo4j.Neo4jError{Code: code, Msg: "what the server\n  says about it"}
}

func TestWorthRetrying(t *testing.T) {
	tests := []struct {
		name string
		err  error
		want bool
	}{
		{"a deadlock", failure("Neo.TransientError.Transaction.DeadlockDetected"), true},
		{"a new leader", failure("Neo.ClientError.Cluster.NotALeader"), true},
		{"a lost connection", &neo4j.ConnectivityError{}, true},
		{"a transaction out of memory", failure("Neo.TransientError.General.MemoryPoolOutOfMemoryError"), false},
		{"a server out of memory", failure("Neo.TransientError.General.OutOfMemoryError"), false},
		{"a wrong statement", failure("Neo.ClientError.Statement.SyntaxError"), false},
		{"a broken constraint", failure("Neo.ClientError.Schema.ConstraintValidationFailed"), false},
		{"a wrong password", failure("Neo.ClientError.Security.Unauthorized"), false},
		{"a refused batch", fmt.Errorf("%w: paper/a exists", store.ErrConflict), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := worthRetrying(test.err); got != test.want {
				t.Errorf("worth retrying: %v, want %v", got, test.want)
			}
			// The driver itself decides on what final lets through.
			if got := neo4j.IsRetryable(final(test.err)); got != test.want {
				t.Errorf("the driver tries again: %v, want %v", got, test.want)
			}
		})
	}
}

func TestTranslate(t *testing.T) {
	ours := fmt.Errorf("%w: paper/a exists", store.ErrConflict)
	tests := []struct {
		name string
		err  error
		want error
		says string
	}{
		{"ours", ours, store.ErrConflict, "paper/a exists"},
		{"ours, passed through the driver", final(ours), store.ErrConflict, "paper/a exists"},
		{"a wrong password", failure("Neo.ClientError.Security.Unauthorized"), store.ErrUnavailable, "does not accept the user name and password"},
		{"a wrong password too often", failure("Neo.ClientError.Security.AuthenticationRateLimit"), store.ErrUnavailable, "wait a few seconds"},
		{"no such database", failure("Neo.ClientError.Database.DatabaseNotFound"), store.ErrUnavailable, "no such database"},
		{"a member that takes no writes", failure("Neo.ClientError.Cluster.NotALeader"), store.ErrUnavailable, "neo4j:// address"},
		{"past the deadline", failure("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"), context.DeadlineExceeded, "deadline"},
		{"out of memory", final(failure("Neo.TransientError.General.MemoryPoolOutOfMemoryError")), store.ErrUnavailable, "not enough memory"},
		{"a deadlock", failure("Neo.TransientError.Transaction.DeadlockDetected"), store.ErrUnavailable, "could not do it now"},
		{
			"tried too often", &neo4j.TransactionExecutionLimit{Cause: "timeout", Errors: []error{errors.New("first"), failure("Neo.TransientError.Transaction.DeadlockDetected")}},
			store.ErrUnavailable, "DeadlockDetected",
		},
		{"a server that died", &neo4j.TransactionExecutionLimit{Errors: []error{&neo4j.ConnectivityError{Inner: errors.New("connection refused")}}}, store.ErrUnavailable, "connection refused"},
		{"a fault of a statement", failure("Neo.ClientError.Statement.SyntaxError"), store.ErrUnavailable, "what the server says about it"},
		{"an overflow", &neo4j.Neo4jError{Code: arithmeticError, Msg: "long overflow"}, store.ErrInvalid, "begin with smaller weights"},
		{"a broken line", errors.New("broken\npipe"), store.ErrUnavailable, "correct the address (broken pipe)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := translate(context.Background(), "list", test.err)
			if !errors.Is(got, test.want) || !strings.Contains(got.Error(), test.says) || strings.Contains(got.Error(), "\n") {
				t.Errorf("%q, want one line with %q that wraps %q", got, test.says, test.want)
			}
		})
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if err := translate(cancelled, "list", failure("Neo.ClientError.Transaction.Terminated")); !errors.Is(err, context.Canceled) {
		t.Errorf("after the caller gave up: %v", err)
	}
	if err := translate(context.Background(), "list", nil); err != nil {
		t.Errorf("no error became %v", err)
	}
}

func TestIsDivisionByZero(t *testing.T) {
	for _, test := range []struct {
		err  error
		want bool
	}{
		{&neo4j.Neo4jError{Code: arithmeticError, Msg: "/ by zero"}, true},
		{&neo4j.Neo4jError{Code: arithmeticError, Msg: "long overflow"}, false},
		{failure("Neo.ClientError.Statement.SyntaxError"), false},
		{nil, false},
	} {
		if got := isDivisionByZero(translate(context.Background(), "walk", test.err)); got != test.want {
			t.Errorf("%v: %v, want %v", test.err, got, test.want)
		}
	}
}

func TestOptions(t *testing.T) {
	for uri, says := range map[string]string{
		"":                              "neo4j://localhost:7687",
		"neo4j:":                        "neo4j://localhost:7687",
		"http://localhost:7474":         `"http" is no scheme`,
		"neo4j://ann:secret@localhost":  "give them apart",
		"bolt://localhost:7687?x=y":     "",
		"neo4j+s://papers.example:7687": "",
	} {
		err := Options{URI: uri}.check()
		switch {
		case says == "" && err != nil:
			t.Errorf("%q is refused: %v", uri, err)
		case says != "" && (!errors.Is(err, store.ErrInvalid) || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "secret")):
			t.Errorf("%q: %v, want %q", uri, err, says)
		}
	}
}

// TestDecode: what somebody made by hand is told, and no nil that the next line would stumble over.
func TestDecode(t *testing.T) {
	if e, err := decodeAs[literature.Entity](nil); !errors.Is(err, store.ErrCorrupt) || e != nil {
		t.Errorf("an entity of nothing: %v, %v", e, err)
	}
	if s, err := decodeIf[*literature.System](nil); err != nil || s != nil {
		t.Errorf("perhaps a system: %v, %v", s, err)
	}
	if _, err := decodeIf[*literature.System](`{"kind":"TOPIC"}`); err == nil {
		t.Error("a topic is no system")
	}
}
