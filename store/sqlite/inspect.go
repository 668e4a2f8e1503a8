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

// inspect looks at what lies at path before anything is created or changed there: it tells the format of the store, 0 for none, and refuses what is none or
// is written in a format that we do not know. It reads through SQLite, because closing a descriptor of our own would drop the locks that this process
// may hold on the same file.
func inspect(ctx context.Context, path string) (format int, err error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	case info.IsDir():
		return 0, fmt.Errorf("%w: %s is a directory, not a file", store.ErrInvalid, path)
	case !info.Mode().IsRegular():
		return 0, fmt.Errorf("%w: %s is not a regular file", store.ErrInvalid, path)
	case links(info) > 1: // whoever opened another name would hold another lock and write another log
		return 0, fmt.Errorf("%w: %s has %d names (hard links): keep one of them, or copy the file", store.ErrInvalid, path, links(info))
	case info.Size() == 0:
		return 0, nil
	}
	// immutable: no lock is taken, no journal looked at, nothing created.
	db, err := sql.Open("sqlite", dsn(path, "mode=ro", "immutable=1"))
	if err != nil {
		return 0, fmt.Errorf("%w: %s cannot be read: %w", store.ErrUnavailable, path, err)
	}
	defer func() { _ = db.Close() }()
	var application int
	err = db.QueryRowContext(ctx, "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version").Scan(&application, &format)
	switch {
	case code(err) == lib.SQLITE_NOTADB, err == nil && application != applicationID:
		return 0, fmt.Errorf("%w: %s is not a papergraph store", store.ErrInvalid, path)
	case err != nil:
		return 0, fmt.Errorf("%w: %s cannot be read: %w", store.ErrUnavailable, path, err)
	case format > len(steps):
		return 0, fmt.Errorf("%s: %w", path, newer(format, len(steps)))
	}
	return format, nil
}
