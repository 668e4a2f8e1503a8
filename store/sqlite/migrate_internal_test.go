package sqlite

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
)

// Steps are taken in order, each as a whole; a file stays at the last one that succeeded.
func TestMigrate(t *testing.T) {
	db, err := sql.Open("sqlite", dsn(filepath.Join(t.TempDir(), "papergraph.db"), "mode=rwc"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	second := "CREATE TABLE second (a); INSERT INTO second SELECT version FROM head"
	for _, test := range []struct {
		name   string
		steps  []string
		taken  int
		fails  bool
		format int
	}{
		{"a new file", steps[:1], 1, false, 1},
		{"nothing to do", steps[:1], 0, false, 1},
		{"a step that fails half way", slices.Concat(steps[:1], []string{"CREATE TABLE third (a); CREATE TABLE head (a)"}), 0, true, 1},
		{"one step", slices.Concat(steps[:1], []string{second}), 1, false, 2},
		{"an older program", steps[:1], 0, true, 2},
		{"two steps, the last of which fails", slices.Concat(steps[:1], []string{second, "CREATE TABLE third (a)", "nonsense"}), 1, true, 3},
		{"after a failure", slices.Concat(steps[:1], []string{second, "", "CREATE TABLE fourth (a)"}), 1, false, 4},
	} {
		t.Run(test.name, func(t *testing.T) {
			taken, err := migrate(t.Context(), db, test.steps)
			if taken != test.taken || err != nil != test.fails {
				t.Errorf("%d steps taken, error %v; want %d, an error: %t", taken, err, test.taken, test.fails)
			}
			if format, err := formatOf(t.Context(), db); err != nil || format != test.format {
				t.Errorf("format %d (%v), want %d", format, err, test.format)
			}
		})
	}
}
