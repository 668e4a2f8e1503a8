package graph_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write the answers into testdata instead of comparing them; check them by hand")

// TestCases asks every query of testdata/*.txtar over the bundled reading list, on every store. A file holds query.graphql, want.json and, where needed,
// variables.json; its comment says how the answer was worked out.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for name, open := range stores {
		t.Run(name, func(t *testing.T) {
			handler := newHandler(holding(t, open, readingList(t)))
			for _, file := range files {
				t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
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
				})
			}
		})
	}
}
