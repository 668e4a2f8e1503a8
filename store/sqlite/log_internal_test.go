package sqlite

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

func someEntry() *entry {
	relation := literature.NewRelationID(literature.Cites, "paper/a", "paper/b")
	return &entry{
		version: 9,
		head: head{
			At: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Author: "ann", Job: "job/1", Reason: "“why” & <how>",
			Redirected: map[literature.ID]literature.ID{"paper/old": "paper/a"},
		},
		created: []touched{{id: "paper/a", number: 1}, {id: relation, edge: newEdge(literature.Cites, 1, 2)}, {id: "result/r"}},
		removed: []touched{{id: "paper/old", number: maxNumber}},
	}
}

func TestEntryRow(t *testing.T) {
	want := someEntry()
	row, err := want.row()
	if err != nil {
		t.Fatal(err)
	}
	got, err := openEntry(9, row)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(entry{}, touched{})); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if _, err := openEntry(8, row); !errors.Is(err, store.ErrCorrupt) {
		t.Errorf("under another version: %v", err)
	}
}

// However an entry is damaged behind its checksum, opening it neither panics nor takes more than it has.
func FuzzOpenEntry(f *testing.F) {
	row, err := someEntry().row()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(row)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, row []byte) {
		if len(row) >= 4 {
			sealed(numberKey(9), row)
		}
		e, err := openEntry(9, row)
		if err != nil {
			if !errors.Is(err, store.ErrCorrupt) {
				t.Errorf("error %v", err)
			}
			return
		}
		again, err := e.row()
		if err != nil {
			t.Fatal(err)
		}
		twice, err := openEntry(9, again)
		if diff := cmp.Diff(e, twice, cmp.AllowUnexported(entry{}, touched{})); diff != "" || err != nil {
			t.Errorf("written and read again: %v (-want +got):\n%s", err, diff)
		}
	})
}
