package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	driver "modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// code is SQLite's primary result code, or 0 where the error is none of SQLite's.
func code(err error) int {
	var of *driver.Error
	if errors.As(err, &of) {
		return of.Code() & 0xff
	}
	return 0
}

// translate says what an error of the database means in the words of the contract; what names the attempt.
func translate(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil && (code(err) == lib.SQLITE_INTERRUPT || errors.Is(err, ctx.Err())) {
		return fmt.Errorf("sqlite: %s: %w", what, ctx.Err())
	}
	for _, sentinel := range []error{
		store.ErrNotFound, store.ErrConflict, store.ErrInvalid, store.ErrUnavailable, store.ErrCorrupt,
		context.Canceled, context.DeadlineExceeded,
	} {
		if errors.Is(err, sentinel) {
			return fmt.Errorf("sqlite: %s: %w", what, err)
		}
	}
	if isDamage(err) {
		return fmt.Errorf("sqlite: %s: %w: %w", what, store.ErrCorrupt, err)
	}
	return fmt.Errorf("sqlite: %s: %w: %w", what, store.ErrUnavailable, err)
}

// isDamage tells that SQLite itself, or a conversion of what it read, found bytes that cannot be right.
func isDamage(err error) bool {
	switch code(err) {
	case lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB, lib.SQLITE_MISMATCH:
		return true
	}
	return errors.Is(err, errChecksum) || errors.Is(err, sql.ErrNoRows)
}

func corrupt(id literature.ID) error {
	return fmt.Errorf("%w: %s: the stored bytes do not match their checksum", store.ErrCorrupt, id)
}

var errClosed = fmt.Errorf("%w: the store is closed", store.ErrUnavailable)
