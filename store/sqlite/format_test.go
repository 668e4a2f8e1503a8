package sqlite_test

import (
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

var writeFormat = flag.Bool("write-format", false, "write testdata/format1.db.gz anew; only ever before the first release of that format")

// formatFile is a store with the fixture as the first format had it. A later format must open it.
const formatFile = "testdata/format1.db.gz"

func TestFirstFormat(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	if *writeFormat {
		create(t, path)
		pack(t, path)
	}
	unzip(t, path)
	s := open(t, path, sqlite.Options{MustExist: true})
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
	file, err := os.Create(formatFile)
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

func unzip(t *testing.T, path string) {
	t.Helper()
	file, err := os.Open(formatFile)
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
