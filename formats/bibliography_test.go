package formats_test

import (
	"bytes"
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/corpus"
	"github.com/papergraph/papergraph/formats"
	"github.com/papergraph/papergraph/formats/citation"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
)

var update = flag.Bool("update", false, "write the bibliographies into testdata instead of comparing them; check them by hand")

var files = map[formats.Bibliography]string{
	formats.BibTeX: "list.bib", formats.BibLaTeX: "list.biblatex.bib", formats.CSLJSON: "list.csl.json", formats.RIS: "list.ris", formats.Markdown: "list.md", formats.Native: "list.yaml",
}

// TestBundledList writes the sixteen papers of the reading list in every format. `make bibliography-check` has another program read the files.
func TestBundledList(t *testing.T) {
	entries := bundledEntries(t)
	if len(entries) != 16 {
		t.Fatalf("%d papers, want 16", len(entries))
	}
	for format, name := range files {
		t.Run(name, func(t *testing.T) {
			compare(t, name, written(t, format, entries))
		})
	}
}

// compare compares a text with the one committed.
func compare(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile("testdata/"+name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := gocmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-committed +now):\n%s", diff)
	}
}

// TestNativeIsRead: what is written in papergraph's own format is a whole file of that format, and holds the same records.
func TestNativeIsRead(t *testing.T) {
	entries := bundledEntries(t)
	records, problems, err := native.Read("list.yaml", strings.NewReader(written(t, formats.Native, entries)))
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %v", err, problems)
	}
	want := make(map[literature.ID]literature.Record)
	for _, e := range entries {
		for _, r := range e.Records() {
			want[r.RecordID()] = r
		}
	}
	got := make(map[literature.ID]literature.Record)
	for _, r := range records {
		got[r.RecordID()] = r
	}
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-written +read):\n%s", diff)
	}
}

// TestNothing: no papers are an empty file, or what the format has for one.
func TestNothing(t *testing.T) {
	want := map[formats.Bibliography]string{formats.CSLJSON: "[]\n", formats.Native: "papergraph: 1\nrecords:\n"}
	if _, problems, err := native.Read("nothing.yaml", strings.NewReader(want[formats.Native])); err != nil || len(problems) > 0 {
		t.Errorf("%v %v", err, problems)
	}
	for format := range files {
		if got := written(t, format, nil); got != want[format] {
			t.Errorf("%s: %q, want %q", format, got, want[format])
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	if err := formats.WriteBibliography(new(bytes.Buffer), "ENDNOTE", nil); err == nil {
		t.Error("no error")
	}
}

func written(t *testing.T, format formats.Bibliography, entries []literature.Entry) string {
	t.Helper()
	var b bytes.Buffer
	if err := formats.WriteBibliography(&b, format, entries); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// bundledEntries are the papers of the reading list that are no stubs, by slug.
func bundledEntries(t *testing.T) []literature.Entry {
	t.Helper()
	records, problems, err := native.Read(corpus.Name, bytes.NewReader(corpus.YAML))
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %v", err, problems)
	}
	byID := make(map[literature.ID]literature.Record)
	leaving := make(map[literature.ID][]*literature.Relation)
	var entries []literature.Entry
	for _, record := range records {
		byID[record.RecordID()] = record
		switch r := record.(type) {
		case *literature.Relation:
			leaving[r.Source] = append(leaving[r.Source], r)
		case *literature.Paper:
			if !r.IsStub {
				entries = append(entries, literature.Entry{Paper: r})
			}
		}
	}
	for i := range entries {
		e := &entries[i]
		for _, r := range leaving[e.Paper.ID] {
			switch r.Kind {
			case literature.AuthoredBy:
				e.Relations = append(e.Relations, r)
			case literature.PublishedIn:
				e.Venue = byID[r.Target].(*literature.Venue)
			}
		}
		slices.SortFunc(e.Relations, func(a, b *literature.Relation) int { return cmp.Compare(a.Position, b.Position) })
		for _, r := range e.Relations {
			e.Authors = append(e.Authors, byID[r.Target].(*literature.Author))
			for _, id := range r.Organizations {
				if o := byID[id].(*literature.Organization); !slices.Contains(e.Organizations, o) {
					e.Organizations = append(e.Organizations, o)
				}
			}
		}
		for _, r := range slices.Concat(leaving[e.Paper.ID], leaving[e.Venue.ID]) {
			switch {
			case r.Kind == literature.PublishedIn:
				e.Relations = append(e.Relations, r)
			case r.Kind == literature.Broader && r.Source == e.Venue.ID:
				e.Series = byID[r.Target].(*literature.Venue)
				e.Relations = append(e.Relations, r)
			}
		}
	}
	slices.SortFunc(entries, func(a, b literature.Entry) int { return cmp.Compare(a.Paper.ID, b.Paper.ID) })
	return entries
}

// TestCitations writes the sixteen papers of the reading list in every style.
func TestCitations(t *testing.T) {
	var got strings.Builder
	for _, style := range []citation.Style{citation.ACM, citation.APA, citation.IEEE, citation.Plain} {
		fmt.Fprintf(&got, "# %s\n\n", style)
		for _, e := range bundledEntries(t) {
			got.WriteString(citation.Text(style, e, nil) + "\n\n")
		}
	}
	compare(t, "citations.txt", got.String())
}
