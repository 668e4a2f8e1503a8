package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// open opens the store at path, creating it where there is none, and closes it after the test.
func open(t testing.TB, path string, options sqlite.Options) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// fresh opens an empty store.
func fresh(t *testing.T) store.Store {
	return open(t, filepath.Join(t.TempDir(), "papergraph.db"), sqlite.Options{})
}

func TestConformance(t *testing.T) { storetest.Run(t, fresh) }

func TestRandomGraphs(t *testing.T) { storetest.Compare(t, fresh, 20) }

func TestKill(t *testing.T) { storetest.Kill(t, at) }

func BenchmarkStore(b *testing.B) { storetest.Bench(b, at) }

// at opens the store at path for the test's own closing.
func at(path string) (store.Store, error) {
	return sqlite.Open(context.Background(), path, sqlite.Options{})
}
