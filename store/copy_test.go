package store_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

func TestCopy(t *testing.T) {
	from, to := storetest.NewReference(), storetest.NewReference()
	if _, err := from.Apply(t.Context(), storetest.Fixture()); err != nil {
		t.Fatal(err)
	}
	var done, all int
	digests, err := store.Copy(t.Context(), from, to, "test", func(d, a int) { done, all = d, a })
	if err != nil {
		t.Fatal(err)
	}
	if papers := digests["PAPER"]; papers.Records != 7 || len(papers.SHA256) != 64 {
		t.Errorf("papers: %+v, want 7, one of them a stub", papers)
	}
	if done != all || done != len(storetest.Fixture().Upsert) {
		t.Errorf("told of %d of %d records, want %d", done, all, len(storetest.Fixture().Upsert))
	}
	// The redirect came along.
	records, err := to.Records(t.Context(), []literature.ID{"paper/ancient"})
	if err != nil || records["paper/ancient"] == nil || records["paper/ancient"].RecordID() != "paper/alpha" {
		t.Errorf("the old id answers %v, %v", records, err)
	}
	again, err := store.Copy(t.Context(), to, storetest.NewReference(), "test", nil)
	if diff := cmp.Diff(digests, again); err != nil || diff != "" {
		t.Errorf("a copy of the copy: %v %s", err, diff)
	}
	if _, err := store.Copy(t.Context(), from, to, "test", nil); !errors.Is(err, store.ErrConflict) {
		t.Errorf("into a store that is not empty: %v", err)
	}
}

// lossy forgets the aliases of what it is given.
type lossy struct{ store.Store }

func (l lossy) Apply(ctx context.Context, b store.Batch) (store.Version, error) {
	for i, record := range b.Upsert {
		if paper, ok := record.(*literature.Paper); ok {
			changed := *paper
			changed.Aliases = nil
			b.Upsert[i] = &changed
		}
	}
	return l.Store.Apply(ctx, b)
}

func TestCopyFindsWhatDiffers(t *testing.T) {
	from := storetest.NewReference()
	if _, err := from.Apply(t.Context(), storetest.Fixture()); err != nil {
		t.Fatal(err)
	}
	_, err := store.Copy(t.Context(), from, lossy{storetest.NewReference()}, "test", nil)
	if !errors.Is(err, store.ErrCorrupt) || !strings.Contains(err.Error(), "PAPER (7 and 7 records)") {
		t.Errorf("a lossy copy: %v", err)
	}
}
