package sqlite_test

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// A flipped byte in the row of any record is named and never served.
func TestFlippedRecords(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	create(t, path)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := records(t, path)
	for _, test := range []struct {
		id     literature.ID
		inside string // of the row, on disk
	}{
		{marked(t, want, "paper/"), ""},
		{marked(t, want, "author/"), ""},
		{marked(t, want, "result/"), ""},
	} {
		t.Run(string(test.id), func(t *testing.T) {
			// The records are small, so that their JSON lies on the page in one piece; the id stands in it.
			place := bytes.Index(sound, []byte(`{"id":"`+string(test.id)+`"`))
			if place < 0 {
				t.Fatalf("the row of %s was not found", test.id)
			}
			for _, offset := range []int{-5, -4, -2, 2, 10, 20} {
				damaged := bytes.Clone(sound)
				damaged[place+offset] ^= 0x04
				write(t, path, damaged)
				s, err := sqlite.Open(t.Context(), path, sqlite.Options{Log: slog.New(slog.DiscardHandler)})
				if err != nil {
					t.Fatal(err)
				}
				found, err := s.Records(t.Context(), []literature.ID{test.id})
				if !errors.Is(err, store.ErrCorrupt) || !strings.Contains(err.Error(), string(test.id)) {
					t.Errorf("byte %d: %v, error %v: want one that names %s", offset, found[test.id], err, test.id)
				}
				var reported []string
				if err := s.Check(t.Context(), func(err error) { reported = append(reported, err.Error()) }); err != nil {
					t.Error(err)
				}
				if len(reported) == 0 || !strings.Contains(strings.Join(reported, "\n"), string(test.id)) {
					t.Errorf("byte %d: Check reports %q, not %s", offset, reported, test.id)
				}
				for id := range want {
					if id == test.id {
						continue
					}
					if _, err := s.Records(t.Context(), []literature.ID{id}); err != nil && !strings.Contains(err.Error(), "malformed") {
						t.Errorf("byte %d: %s beside it: %v", offset, id, err)
					}
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// marked is some record whose id has a prefix.
func marked(t *testing.T, records map[literature.ID]literature.Record, prefix string) literature.ID {
	t.Helper()
	for id := range records {
		if strings.HasPrefix(string(id), prefix) {
			return id
		}
	}
	t.Fatalf("no record %s…", prefix)
	return ""
}

// A damaged row of a relation is named, whichever of its bytes it is.
func TestFlippedRelation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	create(t, path)
	want := records(t, path)
	run(t, path, "UPDATE relation SET row = CAST(substr(row, 1, length(row) - 1) || 'x' AS BLOB)")
	s := open(t, path, sqlite.Options{})
	for id, record := range want {
		relation, ok := record.(*literature.Relation)
		if !ok {
			continue
		}
		_, err := s.Records(t.Context(), []literature.ID{id})
		if !errors.Is(err, store.ErrCorrupt) || !strings.Contains(err.Error(), string(id)) {
			t.Errorf("error %v: want one that names %s", err, id)
		}
		_, err = s.Relations(t.Context(), store.RelationQuery{Sources: []literature.ID{relation.Source}, Direction: store.Outgoing, Page: store.Page{Limit: 20}})
		if !errors.Is(err, store.ErrCorrupt) {
			t.Errorf("the page that holds %s: %v", id, err)
		}
	}
}

// A row that is gone though the graph has it is damage, not absence.
func TestLostRows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	create(t, path)
	want := records(t, path)
	run(t, path, "DELETE FROM entity")
	s := open(t, path, sqlite.Options{})
	id := marked(t, want, "paper/")
	if _, err := s.Records(t.Context(), []literature.ID{id}); !errors.Is(err, store.ErrCorrupt) || !strings.Contains(err.Error(), string(id)) {
		t.Errorf("error %v: want one that names %s", err, id)
	}
}

// Without its packed form, or with a damaged one, the projection is made from the records.
func TestDamagedPack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	create(t, path)
	want := records(t, path)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]string{
		"missing":          "DELETE FROM packed",
		"a part missing":   "DELETE FROM packed WHERE part = 'edges'",
		"a byte of graph":  "UPDATE packed SET row = CAST(substr(row, 1, 100) || x'00' || substr(row, 102) AS BLOB) WHERE part = 'graph'",
		"a byte of edges":  "UPDATE packed SET row = CAST(substr(row, 1, 20) || x'00' || substr(row, 22) AS BLOB) WHERE part = 'edges'",
		"of extents":       "UPDATE packed SET row = CAST(substr(row, 1, 8) || x'ff' || substr(row, 10) AS BLOB) WHERE part = 'extents'",
		"cut off":          "UPDATE packed SET row = substr(row, 1, 3)",
		"without contents": "UPDATE packed SET row = x''",
	} {
		t.Run(name, func(t *testing.T) {
			write(t, path, sound)
			run(t, path, damage)
			if diff := cmp.Diff(want, records(t, path)); diff != "" {
				t.Errorf("records (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckAndBackup(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	s := open(t, path, sqlite.Options{})
	apply(t, s, storetest.Fixture())
	if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
		t.Error(err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), copied); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a backup over a file: %v", err)
	}
	if diff := cmp.Diff(scanned(t, s), records(t, copied)); diff != "" {
		t.Errorf("the backup (-want +got):\n%s", diff)
	}
}

// records opens a store, reads everything and closes it.
func records(t *testing.T, path string) map[literature.ID]literature.Record {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	all := scanned(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return all
}

func scanned(t *testing.T, s store.Store) map[literature.ID]literature.Record {
	t.Helper()
	all := make(map[literature.ID]literature.Record)
	_, err := s.Scan(t.Context(), 0, func(_ store.Change, records []literature.Record) error {
		for _, record := range records {
			all[record.RecordID()] = record
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
