package native_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
)

// checkReading holds whatever the bytes are: no panic, mistakes with a place, and records without a mistake survive a dump.
func checkReading(t *testing.T, name string, file []byte) {
	records, problems, err := native.ReadPart(name, bytes.NewReader(file))
	if err != nil {
		t.Fatal(err) // the bytes are in memory
	}
	for _, p := range problems {
		if p.Line < 1 || p.Column < 1 || p.Message == "" {
			t.Errorf("a problem without a place or a message: %+v", p)
		}
	}
	if len(problems) > 0 {
		return
	}
	for _, record := range records {
		if found := literature.Check(record); len(found) > 0 {
			t.Errorf("%s: %v was not reported", record.RecordID(), found)
		}
	}
	var dump bytes.Buffer
	if err := native.Write(&dump, slices.Values(records)); err != nil {
		t.Fatal(err)
	}
	text := dump.String()
	again, problems, err := native.ReadPart("dump.jsonl", &dump)
	if err != nil || len(problems) > 0 {
		t.Fatalf("%v %v\n%s", err, problems, text)
	}
	if diff := cmp.Diff(records, again); diff != "" {
		t.Fatalf("%s\n%s", diff, text)
	}
}

func seed(f *testing.F, pattern string) {
	files, err := filepath.Glob(filepath.Join("testdata", pattern))
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds: ", err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
	}
}

func FuzzYAML(f *testing.F) {
	seed(f, "*.yaml")
	f.Add([]byte("records:\n  - &a {topic: x, name: *a}\n"))
	f.Add([]byte("records:\n  {}\n"))
	f.Add([]byte("records:\n  -: 0: \n  "))
	f.Add([]byte("records:\n-: !0\nrecords:"))
	f.Add([]byte("records:\n  {author}\n"))
	f.Add([]byte("records: [{topic: a, name: {en: |2-\n  x\n"))
	f.Fuzz(func(t *testing.T, file []byte) { checkReading(t, "file.yaml", file) })
}

func FuzzJSONLines(f *testing.F) {
	seed(f, "*.jsonl")
	f.Add([]byte(`{"topic":"a","name":{"en":"\ud800"}}` + "\n[]\n{\"a\":[[[[[[1e999]]]]]]}"))
	f.Add([]byte("{}"))
	f.Add([]byte(`{"topic":[]}`))
	f.Fuzz(func(t *testing.T, file []byte) { checkReading(t, "file.jsonl", file) })
}
