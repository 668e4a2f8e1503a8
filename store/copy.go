package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
)

// Digest sums up the records of one kind: how many there are, and the SHA-256 of their JSON forms in the order of Scan, each followed by a line feed. Stores
// that hold the same records have the same digests.
type Digest struct {
	Records int
	SHA256  string
}

// Copy moves all records and redirects of one store into another that must be empty, in batches, and then reads the copy back and compares. It returns the digests of what was
// copied, by kind: the names of EntityKind and RelationKind, and RESULT. progress, if not nil, is told how many records of all were copied. The change log is not copied: the copy begins its own.
//
// ErrConflict: the target is not empty, or the source changed in the meantime. ErrCorrupt: the copy differs from the source.
func Copy(ctx context.Context, from Reader, to Store, author string, progress func(done, all int)) (map[string]Digest, error) {
	before, err := from.Stats(ctx)
	if err != nil {
		return nil, fmt.Errorf("copy: source: %w", err)
	}
	target, err := to.Stats(ctx)
	if err != nil {
		return nil, fmt.Errorf("copy: target: %w", err)
	}
	if target.Version != 0 {
		return nil, fmt.Errorf("copy: %w: the target is not empty: name one that is, or that does not exist", ErrConflict)
	}
	all, done := before.records(), 0
	source := newDigester()
	version, err := from.Scan(ctx, ScanQuery{}, func(change Change, records []literature.Record) error {
		source.add(records)
		_, err := to.Apply(ctx, Batch{Author: author, Reason: "copy", Upsert: records, Redirect: change.Redirected})
		done += len(records)
		if err == nil && progress != nil {
			progress(done, all)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("copy: %w", err)
	}
	after, err := from.Stats(ctx)
	if err != nil {
		return nil, fmt.Errorf("copy: source: %w", err)
	}
	if after.Version != before.Version || version != before.Version {
		return nil, fmt.Errorf("copy: %w: the source changed from version %d to %d meanwhile: copy again into an empty target", ErrConflict, before.Version, after.Version)
	}
	copied := newDigester()
	if _, err := to.Scan(ctx, ScanQuery{}, func(_ Change, records []literature.Record) error {
		copied.add(records)
		return nil
	}); err != nil {
		return nil, fmt.Errorf("copy: reading back: %w", err)
	}
	digests := source.digests()
	if differing := source.differing(copied); len(differing) > 0 {
		return digests, fmt.Errorf("copy: %w: the copy differs in %s", ErrCorrupt, strings.Join(differing, ", "))
	}
	return digests, nil
}

func (s Stats) records() int {
	n := s.Stubs + s.Results
	for _, count := range s.Entities {
		n += count
	}
	for _, count := range s.Relations {
		n += count
	}
	return n
}

// digester sums up records while they pass by.
type digester struct {
	kinds  map[string]*digesting
	buffer bytes.Buffer
}

type digesting struct {
	records int
	hash    hash.Hash
}

func newDigester() *digester { return &digester{kinds: make(map[string]*digesting)} }

func (d *digester) add(records []literature.Record) {
	for _, record := range records {
		kind := "RESULT"
		switch r := record.(type) {
		case literature.Entity:
			kind = string(r.Kind())
		case *literature.Relation:
			kind = string(r.Kind)
		}
		sum := d.kinds[kind]
		if sum == nil {
			sum = &digesting{hash: sha256.New()}
			d.kinds[kind] = sum
		}
		d.buffer.Reset()
		if err := json.NewEncoder(&d.buffer).Encode(record); err != nil {
			panic("store: a record that JSON cannot hold: " + err.Error())
		}
		sum.records++
		sum.hash.Write(d.buffer.Bytes())
	}
}

func (d *digester) digests() map[string]Digest {
	digests := make(map[string]Digest, len(d.kinds))
	for kind, sum := range d.kinds {
		digests[kind] = Digest{sum.records, hex.EncodeToString(sum.hash.Sum(nil))}
	}
	return digests
}

// differing names the kinds in which two differ.
func (d *digester) differing(other *digester) []string {
	a, b := d.digests(), other.digests()
	var kinds []string
	for kind, digest := range a {
		if b[kind] != digest {
			kinds = append(kinds, fmt.Sprintf("%s (%d and %d records)", kind, digest.Records, b[kind].Records))
		}
	}
	for kind, digest := range b {
		if _, ok := a[kind]; !ok {
			kinds = append(kinds, fmt.Sprintf("%s (none and %d records)", kind, digest.Records))
		}
	}
	slices.Sort(kinds)
	return kinds
}
