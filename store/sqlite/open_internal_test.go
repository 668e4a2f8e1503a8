package sqlite

import (
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"github.com/papergraph/papergraph/store"
)

// A database that cannot have a write-ahead log, as one in memory cannot, is refused.
func TestWithoutWAL(t *testing.T) {
	for name, test := range map[string]struct {
		dsn  string
		want error
	}{
		"a file":    {dsn(filepath.Join(t.TempDir(), "papergraph.db"), "mode=rwc"), nil},
		"in memory": {":memory:", store.ErrUnavailable},
	} {
		db, err := sql.Open("sqlite", test.dsn)
		if err != nil {
			t.Fatal(err)
		}
		if err := useWAL(t.Context(), db); !errors.Is(err, test.want) {
			t.Errorf("%s: error %v, want %v", name, err, test.want)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}
