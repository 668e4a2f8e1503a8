package sqlite_test

import (
	"compress/gzip"
	"database/sql"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

var writeFormat = flag.Bool("write-format", false, "write the file of the present format in testdata anew; only ever before its first release")

// formatFiles are stores with the fixture as each format had it. Every later format must open them.
const formatFiles = "testdata/format%d.db.gz"

func TestFormats(t *testing.T) {
	if *writeFormat {
		path := filepath.Join(t.TempDir(), "papergraph.db")
		create(t, path)
		pack(t, path)
	}
	files, err := filepath.Glob(strings.ReplaceAll(formatFiles, "%d", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("files %q, error %v", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "papergraph.db")
			unzip(t, file, path)
			compareFormat(t, path)
		})
	}
}

func compareFormat(t *testing.T, path string) {
	t.Helper()
	s := open(t, path, sqlite.Options{MustExist: true, Log: slog.New(slog.DiscardHandler)})
	if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
		t.Error(err)
	}
	reference := storetest.NewReference()
	apply(t, reference, storetest.Fixture())
	if diff := cmp.Diff(scanned(t, reference), scanned(t, s)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	query, err := store.ParseQuery("storage")
	if err != nil {
		t.Fatal(err)
	}
	search := store.TextQuery{Query: query, Page: store.Page{Limit: 10}}
	want, err := reference.Search(t.Context(), search)
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Search(t.Context(), search)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("search: %v (-want +got):\n%s", err, diff)
	}
}

func pack(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var format int
	if err := db.QueryRowContext(t.Context(), "PRAGMA user_version").Scan(&format); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(fmt.Sprintf(formatFiles, format))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	zip, err := gzip.NewWriterLevel(file, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := zip.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
}

func unzip(t *testing.T, from, path string) {
	t.Helper()
	file, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	zip, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(zip)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, content)
}
