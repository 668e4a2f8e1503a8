package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	lib "modernc.org/sqlite/lib"

	"github.com/papergraph/papergraph/store"
)

// inspect looks at what lies at path before anything is created or changed there: it tells the format of the store, 0 for none, and refuses what is none,
// is written in a format that we do not know, or cannot be used as asked. It reads through SQLite, because closing a descriptor of our own would drop the locks that this process
// may hold on the same file.
func inspect(ctx context.Context, path string, readOnly bool) (format int, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, unreadable(path, err)
	case info.IsDir():
		return 0, fmt.Errorf("%w: %s is a directory: name a file in it", store.ErrInvalid, path)
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("%w: %s is not a regular file: name another", store.ErrInvalid, path)
	case links(info) > 1: // whoever opened another name would hold another lock and write another log
		return 0, fmt.Errorf("%w: %s has %d names (hard links): keep one of them, or copy the file", store.ErrInvalid, path, links(info))
	case !readOnly && (info.Mode().Perm()&0o222 == 0 || !mayWrite(path)):
		return 0, writeProtected(path)
	case info.Size() == 0:
		return 0, nil
	}
	// immutable: no lock is taken, no journal looked at, nothing created.
	db, err := sql.Open("sqlite", dsn(path, "mode=ro", "immutable=1"))
	if err != nil {
		return 0, unreadable(path, err)
	}
	defer func() { _ = db.Close() }()
	var application int
	err = db.QueryRowContext(ctx, "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version").Scan(&application, &format)
	switch {
	case code(err) == lib.SQLITE_NOTADB, err == nil && application != applicationID:
		return 0, fmt.Errorf("%w: %s is not a papergraph store: name another file", store.ErrInvalid, path)
	case err != nil:
		return 0, unreadable(path, err)
	case format > len(steps):
		return 0, newer(path, format, len(steps))
	}
	return format, nil
}

func unreadable(path string, err error) error {
	return fmt.Errorf("%w: %s cannot be read: %w: make it readable, or name another file", store.ErrUnavailable, path, err)
}

func writeProtected(path string) error {
	return fmt.Errorf("%w: %s may only be read: make it writable, or name another file", store.ErrUnavailable, path)
}

func newer(file string, format, known int) error {
	return fmt.Errorf("%w: %s has format %d, and this papergraph knows formats up to %d: use a newer papergraph", store.ErrInvalid, file, format, known)
}
