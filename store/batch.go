package store

import (
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/papergraph/papergraph/literature"
)

// Check tells whether the batch is well formed by itself: an author, no id twice, every record keeping its own rules (literature.Check) as it is and as it
// will be kept (Normalize): one character may become many. Whether what it names exists is for the store to say.
func (b Batch) Check() error {
	if b.Author == "" {
		return invalid("a batch without an author")
	}
	seen := make(map[literature.ID]string)
	claim := func(id literature.ID, how string) error {
		if before, ok := seen[id]; ok {
			return invalid("%s is both %s and %s in one batch", id, before, how)
		}
		seen[id] = how
		return nil
	}
	broken := checkRecords(b.Upsert)
	for i, record := range b.Upsert {
		if record == nil {
			return invalid("a nil record among the upserts")
		}
		if err := claim(record.RecordID(), "written"); err != nil {
			return err
		}
		if broken[i] != nil {
			return broken[i]
		}
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(b.Remove))) {
		if err := claim(id, "removed"); err != nil {
			return err
		}
	}
	for old, target := range b.Redirect {
		if err := claim(old, "redirected"); err != nil {
			return err
		}
		if old == target || old.EntityKind() == "" || old.EntityKind() != target.EntityKind() {
			return invalid("%s cannot be redirected to %s: two different entities of one kind are needed", old, target)
		}
	}
	return nil
}

// checkRecords tells what is wrong with each record by itself, on all processors: of a large import, this is a good part.
func checkRecords(records []literature.Record) []error {
	broken := make([]error, len(records))
	var group sync.WaitGroup
	part := max(256, (len(records)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	for start := 0; start < len(records); start += part {
		group.Go(func() {
			for i := start; i < min(start+part, len(records)); i++ {
				if records[i] != nil {
					broken[i] = checkRecord(records[i])
				}
			}
		})
	}
	group.Wait()
	return broken
}

func checkRecord(record literature.Record) error {
	if problems := literature.Check(record); len(problems) > 0 {
		return invalid("%s: %s: %s", record.RecordID(), problems[0].Field, problems[0].Message)
	}
	if problems := literature.Check(Normalize(record, nil, time.Time{})); len(problems) > 0 {
		return invalid("%s: %s: normalised to NFKC, %s", record.RecordID(), problems[0].Field, problems[0].Message)
	}
	return nil
}

// References lists the entities that a record names and that must exist beside it.
func References(record literature.Record) []literature.ID {
	switch r := record.(type) {
	case *literature.Relation:
		return append([]literature.ID{r.Source, r.Target}, r.Organizations...)
	case *literature.Result:
		ids := []literature.ID{r.Paper}
		for _, id := range []literature.ID{r.System, r.Workload} {
			if id != "" {
				ids = append(ids, id)
			}
		}
		return ids
	}
	return nil
}
