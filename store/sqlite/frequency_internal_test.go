package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// The frequencies of stems are those of the papers there are, however the store came by them: by writing, by following another's writing, packed, or from the records.
func TestFrequencies(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	begin := func(o Options) *Store {
		t.Helper()
		s, err := Open(t.Context(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	check := func(what string, s *Store) {
		t.Helper()
		want, got := make(map[string]int), make(map[string]int)
		_, err := s.Scan(t.Context(), store.ScanQuery{}, func(_ store.Change, records []literature.Record) error {
			for _, record := range records {
				if e, ok := record.(literature.Entity); ok {
					for _, stem := range textOf(e).counted {
						want[stem]++
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		f := s.current.Load().frequencies
		for stem := range f.words.numbers {
			if n := f.of(stem); n > 0 {
				got[stem] = n
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(want) == 0 {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	apply := func(s *Store, b store.Batch) {
		t.Helper()
		if _, err := s.Apply(t.Context(), b); err != nil {
			t.Fatal(err)
		}
	}
	writer := begin(Options{})
	for batch := range (storetest.Corpus{Seed: 1, Papers: 40}).Batches(3000) {
		apply(writer, batch)
	}
	follower := begin(Options{ReadOnly: true})
	check("written", writer)
	check("read at first", follower)

	records, err := writer.Records(t.Context(), []literature.ID{"paper/p-000001", "paper/p-000002"})
	if err != nil {
		t.Fatal(err)
	}
	stub := *records["paper/p-000001"].(*literature.Paper)
	stub.IsStub = true
	renamed := *records["paper/p-000002"].(*literature.Paper)
	renamed.Labels = []literature.LocalizedText{{Value: "Another storage of storages", Locale: literature.English}}
	apply(writer, store.Batch{Author: "test", Upsert: []literature.Record{&stub, &renamed}})
	check("changed", writer)
	check("followed", follower)
	stub.IsStub = false
	apply(writer, store.Batch{Author: "test", Upsert: []literature.Record{&stub}, Remove: []literature.ID{"paper/p-000000"}})
	apply(writer, store.Batch{Author: "test", Remove: []literature.ID{"paper/p-000002"}})
	check("removed", writer)
	check("followed further", follower)

	for _, s := range []*Store{follower, writer} {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	writer = begin(Options{})
	check("packed", writer)
	if err := writer.writer.exec(t.Context(), "DELETE FROM packed"); err != nil {
		t.Fatal(err)
	}
	if err := writer.fill(t.Context()); err != nil {
		t.Fatal(err)
	}
	check("made anew", writer)
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
}
