package native

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
)

func formatPage(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../docs/format.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var fence = regexp.MustCompile("(?ms)^```(\\w+)( mistakes)?\n(.*?)^```$")

// TestExamplesOfPage reads every example of docs/format.md, and compares what is said of the wrong one.
func TestExamplesOfPage(t *testing.T) {
	blocks := fence.FindAllStringSubmatch(formatPage(t), -1)
	if len(blocks) < 7 {
		t.Fatalf("only %d examples were found", len(blocks))
	}
	said := ""
	for _, block := range blocks {
		language, mistakes, text := block[1], block[2] != "", block[3]
		if language == "text" {
			if diff := cmp.Diff(text, said); diff != "" {
				t.Error(diff)
			}
			continue
		}
		records, problems, err := Read("list."+language, strings.NewReader(text))
		if err != nil || len(records) == 0 {
			t.Fatalf("%v, %d records of\n%s", err, len(records), text)
		}
		said = ""
		for _, p := range problems {
			said += p.String() + "\n"
		}
		if !mistakes && said != "" {
			t.Errorf("an example is wrong:\n%s%s", said, text)
		}
	}
}

// TestFieldsOfPage compares the tables of docs/format.md with the fields that the reader knows.
func TestFieldsOfPage(t *testing.T) {
	want := map[string][]string{
		"The file":       slices.Clone(headerFields),
		"Every entity":   baseFields.names(),
		"Reference list": coverageFields.names(),
		"Relations":      slices.Concat(relationFields.names(), ownRelationFields),
		"Results":        append(resultFields.names(), headResult, headPaper),
		"Assertions":     assertionFieldNames(),
		"Evidence":       groundFields.names(),
	}
	for _, kind := range literature.EntityKinds() {
		own := []string{kind.Prefix()}
		id := literature.NewID(kind, "a")
		e := literature.Blank(id).(literature.Entity)
		e.Common().ID = id
		for _, name := range entityFieldNames(e) {
			if _, ok := baseFields[name]; !ok {
				own = append(own, name)
			}
		}
		want[kind.Prefix()] = own
	}
	got := make(map[string][]string)
	section := ""
	for _, line := range strings.Split(formatPage(t), "\n") {
		if heading, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			section = heading
		}
		if row, ok := strings.CutPrefix(line, "| `"); ok {
			name, _, _ := strings.Cut(row, "`")
			got[section] = append(got[section], name)
		}
	}
	for _, tables := range []map[string][]string{want, got} {
		for _, names := range tables {
			slices.Sort(names)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestWordsOfPage checks that docs/format.md lists, in the row of its field, every word that the field takes.
func TestWordsOfPage(t *testing.T) {
	text := formatPage(t)
	row := func(section, field string) string {
		_, text, _ := strings.Cut(text, "# "+section+"\n")
		_, text, _ = strings.Cut(text, "\n| `"+field+"`")
		text, _, _ = strings.Cut(text, "\n")
		return text
	}
	for _, test := range []struct {
		section, field string
		words          []string
	}{
		{"paper", "type", words(literature.PaperTypes())},
		{"Reference list", "state", words(literature.CoverageStates())},
		{"venue", "type", words(literature.VenueTypes())},
		{"Relations", "relation", words(literature.RelationKinds())},
		{"Relations", "intent", words(literature.CitationIntents())},
		{"Results", "kind", words(literature.ResultKinds())},
		{"Results", "qualifier", words(literature.Qualifiers())},
		{"Results", "direction", words(literature.ResultDirections())},
		{"Assertions", "origin", words(literature.Origins())},
		{"Assertions", "certainty", words(literature.Certainties())},
	} {
		var got []string
		for _, found := range regexp.MustCompile("`([A-Z_]+)`").FindAllStringSubmatch(row(test.section, test.field), -1) {
			got = append(got, found[1])
		}
		if diff := cmp.Diff(test.words, got); diff != "" {
			t.Errorf("%s, %s: %s", test.section, test.field, diff)
		}
	}
}

func words[T ~string](all []T) []string {
	var texts []string
	for _, word := range all {
		texts = append(texts, string(word))
	}
	return texts
}
