package store

import "github.com/papergraph/papergraph/literature"

// ScanBatches cuts the records of a scan of the whole graph into batches for Fn, full ones but for the last, each with the redirects to what is in it.
type ScanBatches struct {
	Fn         func(Change, []literature.Record) error
	pending    []literature.Record
	redirected map[literature.ID]literature.ID
}

// Put takes the next record, with the ids that were redirected to it. An error is that of Fn.
func (b *ScanBatches) Put(record literature.Record, redirected ...literature.ID) error {
	if b.pending == nil {
		b.pending = make([]literature.Record, 0, MaxScanBatch)
	}
	b.pending = append(b.pending, record)
	for _, old := range redirected {
		if b.redirected == nil {
			b.redirected = make(map[literature.ID]literature.ID)
		}
		b.redirected[old] = record.RecordID()
	}
	if len(b.pending) < MaxScanBatch {
		return nil
	}
	return b.Flush()
}

// Flush hands over what is left.
func (b *ScanBatches) Flush() error {
	if len(b.pending) == 0 {
		return nil
	}
	records, redirected := b.pending, b.redirected
	b.pending, b.redirected = nil, nil
	return b.Fn(Change{Redirected: redirected}, records)
}
