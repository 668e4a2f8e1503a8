package graph_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
)

var update = flag.Bool("update", false, "write the answers into testdata instead of comparing them; check them by hand")

// TestCases asks every query of testdata/*.txtar over the bundled reading list, and those of testdata/oddities over the records.yaml there, which holds what the
// list has no example of; both on every store. A file holds query.graphql, want.json and, where needed, variables.json; its comment says how the answer was worked out.
func TestCases(t *testing.T) {
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			t.Run("list", func(t *testing.T) {
				answerCases(t, newHandler(holding(t, open, readingList(t))), "testdata")
			})
			t.Run("oddities", func(t *testing.T) {
				answerCases(t, newHandler(holding(t, open, oddities(t))), "testdata/oddities")
			})
		})
	}
}

func oddities(t *testing.T) []literature.Record {
	t.Helper()
	const name = "testdata/oddities/records.yaml"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	records, problems, err := native.Read(name, bytes.NewReader(text))
	if err != nil || len(problems) > 0 {
		t.Fatalf("reading %s: %v %v", name, err, problems)
	}
	return records
}

func answerCases(t *testing.T, handler http.Handler, folder string) {
	t.Helper()
	files, err := filepath.Glob(folder + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { answerCase(t, handler, file) })
	}
}

func answerCase(t *testing.T, handler http.Handler, file string) {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	parts := make(map[string]*txtar.File)
	for i := range archive.Files {
		parts[archive.Files[i].Name] = &archive.Files[i]
	}
	var variables json.RawMessage
	if parts["variables.json"] != nil {
		variables = parts["variables.json"].Data
	}
	got := ask(t, handler, string(parts["query.graphql"].Data), variables) + "\n"
	if *update {
		if parts["want.json"] == nil {
			archive.Files = append(archive.Files, txtar.File{Name: "want.json"})
			parts["want.json"] = &archive.Files[len(archive.Files)-1]
		}
		parts["want.json"].Data = []byte(got)
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(parts["want.json"].Data), got); diff != "" {
		t.Errorf("answer differs (-want +got):\n%s", diff)
	}
}
