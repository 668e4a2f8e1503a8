package neo4j_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"testing"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
	"github.com/papergraph/papergraph/store/storetest"
)

// open opens the store under test on an emptied database, for the length of the test.
func open(t *testing.T) store.Store { return opened(t) }

func opened(t *testing.T) *neo4j.Store {
	t.Helper()
	s := neo4jtest.Open(t)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestContract(t *testing.T) { storetest.Run(t, open) }

// TestRandomGraphs also compares the counters after each batch, of which many remove and merge. The server compiles nearly every random question anew, so that
// there are few graphs.
func TestRandomGraphs(t *testing.T) {
	storetest.Compare(t, func(t *testing.T) store.Store { return counting{opened(t), t} }, 2)
}

// The database is where everything is written; the path only tells whether it was emptied already.
func TestKill(t *testing.T) {
	options := neo4jtest.Options(t)
	storetest.Kill(t, func(path string) (store.Store, error) {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			neo4jtest.Empty(t)
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				return nil, err
			}
		}
		return neo4j.Open(context.Background(), options)
	})
}
