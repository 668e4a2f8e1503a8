package loaders

import (
	"context"
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Records loads records by id. Every record that another answer carried is known to it already.
type Records struct {
	question *question[literature.Record]
}

func newRecords(reader store.Reader) *Records {
	return &Records{newQuestion(reader.Records)}
}

// Load fetches one record; store.ErrNotFound where the id names nothing.
func (r *Records) Load(ctx context.Context, id literature.ID) (literature.Record, error) {
	record, err := r.question.load(ctx, id)
	if err == nil && record == nil {
		err = fmt.Errorf("%s: %w", id, store.ErrNotFound)
	}
	return record, err
}

// Prime fetches many records, in one call for those not known yet, in the order of ids; nil for an id that names nothing.
func (r *Records) Prime(ctx context.Context, ids []literature.ID) ([]literature.Record, error) {
	return r.question.prime(ctx, ids)
}

// Know keeps records that came with another answer.
func (r *Records) Know(records ...literature.Record) {
	for _, record := range records {
		r.know(record)
	}
}

func (r *Records) know(record literature.Record) { r.question.know(record.RecordID(), record) }
