package native_test

import (
	"bytes"
	"io"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/papergraph/papergraph/formats/native"
	"github.com/papergraph/papergraph/literature"
	"pgregory.net/rapid"
)

// TestRoundTrip writes whatever a record can hold and reads it back, in both kinds of file.
func TestRoundTrip(t *testing.T) {
	for _, format := range []struct {
		name  string
		write func(io.Writer, iter.Seq[literature.Record]) error
	}{{"dump.jsonl", native.Write}, {"dump.yaml", native.WriteYAML}} {
		t.Run(format.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				want := records(t)
				var file bytes.Buffer
				if err := format.write(&file, slices.Values(want)); err != nil {
					t.Fatal(err)
				}
				text := file.String()
				got, problems, err := native.ReadPart(format.name, &file)
				if err != nil || len(problems) > 0 {
					t.Fatalf("%v %v\n%s", err, problems, text)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("%s\n%s", diff, text)
				}
			})
		})
	}
}

// TestFormIsFoundByContent reads both kinds of file without an extension to go by.
func TestFormIsFoundByContent(t *testing.T) {
	want := []literature.Record{&literature.Topic{Base: literature.Base{ID: "topic/storage", Labels: []literature.LocalizedText{{Value: "storage", Locale: "en"}}}}}
	var jsonl, yaml bytes.Buffer
	if err := native.Write(&jsonl, slices.Values(want)); err != nil {
		t.Fatal(err)
	}
	if err := native.WriteYAML(&yaml, slices.Values(want)); err != nil {
		t.Fatal(err)
	}
	for name, file := range map[string]string{
		"dump": jsonl.String(), "list": yaml.String(), "marked": "\ufeff" + yaml.String(),
		"windows": strings.ReplaceAll(yaml.String(), "\n", "\r\n"), "windows.jsonl": strings.ReplaceAll(jsonl.String(), "\n", "\r\n"),
	} {
		got, problems, err := native.Read(name, strings.NewReader(file))
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", name, err, problems)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

type stranger struct{}

func (stranger) RecordID() literature.ID { return "stranger/one" }

func TestWriteRefusesOtherRecords(t *testing.T) {
	for _, write := range []func(io.Writer, iter.Seq[literature.Record]) error{native.Write, native.WriteYAML} {
		err := write(io.Discard, slices.Values([]literature.Record{stranger{}}))
		if err == nil || !strings.Contains(err.Error(), "stranger") {
			t.Errorf("got %v, want an error that names the type", err)
		}
	}
}

func TestCompare(t *testing.T) {
	relation := func(kind literature.RelationKind, source, target literature.ID, position int) *literature.Relation {
		return &literature.Relation{ID: literature.NewRelationID(kind, source, target), Kind: kind, Source: source, Target: target, Position: position}
	}
	want := []literature.Record{
		&literature.Paper{Base: literature.Base{ID: "paper/bmc"}},
		&literature.Paper{Base: literature.Base{ID: "paper/xrp"}},
		&literature.Author{Base: literature.Base{ID: "author/a"}},
		&literature.Topic{Base: literature.Base{ID: "topic/storage"}},
		relation(literature.AuthoredBy, "paper/bmc", "author/z", 1),
		relation(literature.AuthoredBy, "paper/bmc", "author/a", 2),
		relation(literature.About, "paper/bmc", "topic/storage", 0),
		relation(literature.Cites, "paper/xrp", "paper/bmc", 0),
		&literature.Result{ID: "result/b", Paper: "paper/bmc", Order: 1},
		&literature.Result{ID: "result/a", Paper: "paper/bmc", Order: 2},
		&literature.Result{ID: "result/c", Paper: "paper/xrp", Order: 1},
	}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, native.Compare)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
