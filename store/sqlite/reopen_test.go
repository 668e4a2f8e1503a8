package sqlite_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// However a store comes to its projection, it gives the same answers.
func TestReopened(t *testing.T) {
	for name, again := range map[string]func(t *testing.T, path string){
		"from the pack": func(*testing.T, string) {},
		// A process that ends without closing leaves the log behind an old pack. The file is copied as such an end would leave it, between two commits.
		"from the log":     nil,
		"from the records": func(t *testing.T, path string) { run(t, path, "DELETE FROM packed") },
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Compare(t, func(t *testing.T) store.Store {
				path := filepath.Join(t.TempDir(), "papergraph.db")
				return &reopening{t: t, Store: open(t, path, sqlite.Options{}), path: path, again: again}
			}, 8)
		})
	}
}

// Packing leaves the full-text index in one piece, however many batches wrote it.
func TestPackedIndex(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	s := open(t, path, sqlite.Options{})
	for batch := range (storetest.Corpus{Seed: 1, Papers: 300}).Batches(200) {
		apply(t, s, batch)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	for _, table := range []string{"labels", "texts"} {
		var segments int
		if err := db.QueryRowContext(t.Context(), "SELECT count(DISTINCT segid) FROM "+table+"_idx").Scan(&segments); err != nil || segments != 1 {
			t.Errorf("%s: %d segments, %v; want 1", table, segments, err)
		}
	}
}

// A store open for reading beside the writer gives the same answers, following the log.
func TestBeside(t *testing.T) {
	storetest.Compare(t, func(t *testing.T) store.Store {
		path := filepath.Join(t.TempDir(), "papergraph.db")
		writer := open(t, path, sqlite.Options{})
		return &beside{Store: open(t, path, sqlite.Options{ReadOnly: true}), writer: writer}
	}, 8)
}

type beside struct {
	store.Store
	writer *sqlite.Store
}

func (b *beside) Apply(ctx context.Context, batch store.Batch) (store.Version, error) {
	return b.writer.Apply(ctx, batch)
}

// reopening opens its store anew after every change.
type reopening struct {
	store.Store
	t     *testing.T
	mu    sync.Mutex
	path  string
	again func(t *testing.T, path string) // nil: as after a crash

	changes int
}

func (r *reopening) Apply(ctx context.Context, b store.Batch) (store.Version, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	version, err := r.Store.Apply(ctx, b)
	if err != nil {
		return version, err
	}
	left := r.path
	r.changes++
	crash := r.again == nil && r.changes > 1 // the first time it is packed
	if crash {
		left = filepath.Join(r.t.TempDir(), "papergraph.db")
		for _, suffix := range []string{"", "-wal"} {
			content, err := os.ReadFile(r.path + suffix)
			if err != nil {
				r.t.Fatal(err)
			}
			write(r.t, left+suffix, content)
		}
	}
	if err := r.Store.Close(); err != nil {
		r.t.Error(err)
	}
	if r.path = left; r.again != nil {
		r.again(r.t, r.path)
	}
	r.Store = open(r.t, r.path, sqlite.Options{})
	return version, nil
}
