package loaders

import (
	"context"
	"errors"
	"fmt"

	"github.com/vikstrous/dataloadgen"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Records loads records by id. Every record that another answer carried is known to it already.
type Records struct {
	reader store.Reader
	loader *dataloadgen.Loader[literature.ID, literature.Record]
}

func newRecords(reader store.Reader) *Records {
	r := &Records{reader: reader}
	r.loader = dataloadgen.NewMappedLoader(r.fetch, dataloadgen.WithWait(window))
	return r
}

func (r *Records) fetch(ctx context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	return chunks(ids, func(ids []literature.ID) (map[literature.ID]literature.Record, error) {
		return r.reader.Records(ctx, ids)
	})
}

// Load fetches one record; store.ErrNotFound where the id names nothing.
func (r *Records) Load(ctx context.Context, id literature.ID) (literature.Record, error) {
	record, err := r.loader.Load(ctx, id)
	if errors.Is(err, dataloadgen.ErrNotFound) {
		return nil, fmt.Errorf("%s: %w", id, store.ErrNotFound)
	}
	return record, err
}

// Prime fetches many records, in one call for those not known yet, and returns those there are in the order of ids.
func (r *Records) Prime(ctx context.Context, ids []literature.ID) ([]literature.Record, error) {
	loaded, err := r.loader.LoadAll(ctx, ids)
	var failures dataloadgen.ErrorSlice
	if err != nil && !errors.As(err, &failures) {
		return nil, err
	}
	for _, err := range failures {
		if err != nil && !errors.Is(err, dataloadgen.ErrNotFound) {
			return nil, err
		}
	}
	records := loaded[:0:0]
	for _, record := range loaded {
		if record != nil {
			records = append(records, record)
		}
	}
	return records, nil
}

// know keeps a record that came with another answer.
func (r *Records) know(record literature.Record) { r.loader.Prime(record.RecordID(), record) }
