package sqlite_test

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// otherAnalysis is a file whose texts something else has analysed: nothing in it can be found by its words, and what is found is not there.
const otherAnalysis = `UPDATE head SET analysis = 0;
	INSERT INTO labels (labels) VALUES ('delete-all');
	INSERT INTO aliases (aliases) VALUES ('delete-all');
	INSERT INTO texts (texts) VALUES ('delete-all');
	INSERT INTO labels (rowid, tokens) VALUES (1, 'storage'), (1000, 'storage');
	UPDATE stem SET stem = surface || 'x';
	UPDATE name SET hash = hash + 1;
	ATTACH $1 AS other;
	DELETE FROM packed;
	INSERT INTO packed SELECT * FROM other.packed;
	DETACH other`

// What another version of the analysis left in a file is made anew when it is opened for writing.
func TestOtherAnalysis(t *testing.T) {
	path, other := filepath.Join(t.TempDir(), "papergraph.db"), filepath.Join(t.TempDir(), "other.db")
	create(t, path)
	renamed := storetest.Fixture()
	for i, record := range renamed.Upsert {
		if e, ok := record.(literature.Entity); ok {
			e.Common().Labels = []literature.LocalizedText{{Value: fmt.Sprintf("%d words other than before", 1000-i), Locale: "en"}}
		}
	}
	s := open(t, other, sqlite.Options{})
	apply(t, s, renamed)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	run(t, path, otherAnalysis, other)
	if s, err := sqlite.Open(t.Context(), path, sqlite.Options{ReadOnly: true}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("opened for reading: %v, error %v", s, err)
	}
	reference := storetest.NewReference()
	apply(t, reference, storetest.Fixture())
	for _, when := range []string{"opened", "opened again"} {
		t.Run(when, func(t *testing.T) {
			storetest.CompareWords(t, reference, open(t, path, sqlite.Options{Log: slog.New(slog.DiscardHandler)}))
		})
	}
	s = open(t, path, sqlite.Options{})
	late := store.Batch{Author: "test", Remove: []literature.ID{"topic/lsm"}, Upsert: []literature.Record{
		&literature.Topic{Base: literature.Base{ID: "topic/storage", Labels: []literature.LocalizedText{{Value: "Persistence", Locale: "en"}}}},
	}}
	apply(t, reference, late)
	apply(t, s, late)
	storetest.CompareWords(t, reference, s)
}

// A store open for reading does not go on beside a writer of another version of the analysis.
func TestOtherAnalysisBeside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	create(t, path)
	s := open(t, path, sqlite.Options{ReadOnly: true})
	run(t, path, "UPDATE head SET analysis = 0")
	if stats, err := s.Stats(t.Context()); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("%+v, error %v", stats, err)
	}
}
