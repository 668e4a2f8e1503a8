package sqlite_test

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
)

// A scan hands over one state as a whole, whatever goes and comes while it runs.
func TestScanBesideChanges(t *testing.T) {
	const papers, cited = store.MaxScanBatch + 1, 100
	id := func(i int) literature.ID { return literature.ID(fmt.Sprintf("paper/p%d", i)) }
	cites := func(i, j int) literature.Record {
		stated := literature.Assertion{Origin: literature.Curated, Certainty: literature.CertaintyHigh, Source: "test"}
		return &literature.Relation{
			ID: literature.NewRelationID(literature.Cites, id(i), id(j)), Kind: literature.Cites, Source: id(i), Target: id(j),
			Assertions: []literature.Assertion{stated},
		}
	}
	s := open(t, filepath.Join(t.TempDir(), "papergraph.db"), sqlite.Options{})
	var b store.Batch
	for i := range papers {
		label := []literature.LocalizedText{{Value: "Paper", Locale: literature.English}}
		b.Upsert = append(b.Upsert, &literature.Paper{Base: literature.Base{ID: id(i), Labels: label}, Type: literature.Article})
	}
	for i := range cited {
		b.Upsert = append(b.Upsert, cites(0, i+1))
	}
	apply(t, s, b)
	scanned, calls := 0, 0
	_, err := s.Scan(t.Context(), store.ScanQuery{}, func(_ store.Change, records []literature.Record) error {
		scanned += len(records)
		if calls++; calls > 1 {
			return nil
		}
		// The paper that all these relations leave goes, and more come than there was room for.
		change := store.Batch{Remove: []literature.ID{id(0)}}
		for i := 1; i <= 1000; i++ {
			change.Upsert = append(change.Upsert, cites(i, 2000))
		}
		apply(t, s, change)
		return nil
	})
	if err != nil || scanned != papers+cited {
		t.Errorf("%d records of %d: %v", scanned, papers+cited, err)
	}
}
