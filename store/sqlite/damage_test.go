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

// What is lost, or says something else than the rest of the file, is found by opening or by Check.
func TestInconsistent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	create(t, path)
	s := open(t, path, sqlite.Options{})
	topic := func(slug, label string) literature.Record {
		return &literature.Topic{Base: literature.Base{ID: literature.NewID(literature.KindTopic, slug), Labels: []literature.LocalizedText{{Value: label, Locale: "en"}}}}
	}
	apply(t, s, store.Batch{Upsert: []literature.Record{topic("a", "A"), topic("b", "B"), topic("c", "C")}})
	apply(t, s, store.Batch{Upsert: []literature.Record{topic("c", "C, revised")}, Redirect: map[literature.ID]literature.ID{"topic/a": "topic/b"}})
	apply(t, s, store.Batch{Redirect: map[literature.ID]literature.ID{"topic/b": "topic/c"}})
	apply(t, s, store.Batch{Upsert: []literature.Record{topic("b", "B again")}, Remove: []literature.ID{"topic/c"}})
	if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ damage, says string }{
		{"UPDATE head SET version = 3", "has version 3, and its change log ends with 5"},
		{"UPDATE head SET version = 900", "has version 900, and its change log ends with 5"},
		{"DELETE FROM change WHERE version = 5", "has version 5, and its change log ends with 4"},
		{"DELETE FROM change WHERE version = 3", "change 3 is missing"},
		{"DELETE FROM before WHERE version = 3", "change 3: 2 records as they were before it are missing"},
		{"DELETE FROM result WHERE id = (SELECT max(id) FROM result)", "1 results are in the graph"},
		{"UPDATE redirect SET target = 'topic/b' WHERE id = 'topic/a'", "topic/a answers for \"topic/b\", and the change log says topic/c"},
		{"INSERT INTO redirect VALUES ('topic/d', 'topic/b')", "topic/d answers for topic/b, and the change log says nothing of that"},
		{"DELETE FROM entity WHERE number = 1; DELETE FROM packed", "which are not both there"},
	} {
		t.Run(test.damage, func(t *testing.T) {
			write(t, path, sound)
			run(t, path, test.damage)
			var reported []string
			s, err := sqlite.Open(t.Context(), path, sqlite.Options{Log: slog.New(slog.DiscardHandler)})
			if err == nil {
				err = s.Check(t.Context(), func(err error) { reported = append(reported, err.Error()) })
				if closeErr := s.Close(); err != nil || closeErr != nil {
					t.Errorf("Check: %v, Close: %v", err, closeErr)
				}
			} else if reported = append(reported, err.Error()); !errors.Is(err, store.ErrCorrupt) {
				t.Errorf("error %v, want %v", err, store.ErrCorrupt)
			}
			if len(reported) != 1 || !strings.Contains(reported[0], test.says) {
				t.Errorf("reported %q, want %q", reported, test.says)
			}
		})
	}
}

// A scan never passes over in silence what the log or the graph has.
func TestScanFindsWhatIsMissing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	for damage, since := range map[string]store.Version{
		"DELETE FROM change WHERE version = 2":                       1,
		"DELETE FROM result WHERE id = (SELECT max(id) FROM result)": 0,
	} {
		t.Run(damage, func(t *testing.T) {
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			create(t, path)
			s := open(t, path, sqlite.Options{})
			for _, label := range []string{"one", "two"} {
				apply(t, s, store.Batch{Upsert: []literature.Record{
					&literature.Topic{Base: literature.Base{ID: "topic/late", Labels: []literature.LocalizedText{{Value: label, Locale: "en"}}}},
				}})
			}
			run(t, path, damage)
			if _, err := s.Scan(t.Context(), store.ScanQuery{Since: since}, func(store.Change, []literature.Record) error { return nil }); !errors.Is(err, store.ErrCorrupt) {
				t.Errorf("error %v, want %v", err, store.ErrCorrupt)
			}
		})
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
		"of frequencies":   "UPDATE packed SET row = CAST(substr(row, 1, 8) || x'ff' || substr(row, 10) AS BLOB) WHERE part = 'frequencies'",
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
	directory := t.TempDir()
	copied := filepath.Join(directory, "copy.db")
	write(t, copied+".part", []byte("somebody else's"))
	if err := s.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), copied); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("a backup over a file: %v", err)
	}
	if diff := cmp.Diff(scanned(t, s), records(t, copied)); diff != "" {
		t.Errorf("the backup (-want +got):\n%s", diff)
	}
	if err := os.Remove(copied + ".part"); err != nil {
		t.Errorf("what lay beside the backup: %v", err)
	}
	if left := strings.Split(fingerprint(t, directory), "\n"); len(left) != 1 {
		t.Errorf("left beside the backup: %q", left)
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
	_, err := s.Scan(t.Context(), store.ScanQuery{}, func(_ store.Change, records []literature.Record) error {
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
