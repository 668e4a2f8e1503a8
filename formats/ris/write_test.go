package ris_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/formats/ris"
	"github.com/papergraph/papergraph/literature"
)

func english(text string) []literature.LocalizedText {
	return []literature.LocalizedText{{Value: text, Locale: literature.English}}
}

func paper(slug, title string) *literature.Paper {
	return &literature.Paper{Base: literature.Base{ID: literature.NewID(literature.KindPaper, slug), Labels: english(title)}, Type: literature.OtherPaper}
}

func author(name string) *literature.Author {
	return &literature.Author{Base: literature.Base{ID: "author/a", Labels: english(name)}}
}

func write(t interface{ Fatal(...any) }, entries ...literature.Entry) string {
	var b bytes.Buffer
	if err := ris.Write(&b, entries); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEverything(t *testing.T) {
	p := paper("everything", "A title")
	p.Type, p.PublishedOn, p.Volume, p.Issue, p.Pages, p.Publisher, p.IsRetracted = literature.ConferencePaper, "2022-07-11", "1", "2", "3-4", "P", true
	p.Abstracts = english("All\n\nof it.\nER  - ")
	p.Identifiers = []literature.Identifier{{Scheme: literature.DOI, Value: "10.1000/1"}, {Scheme: literature.URL, Value: "https://a.example/"}}
	e := literature.Entry{
		Paper: p, MoreAuthors: true, Authors: []*literature.Author{author("Ludwig van Beethoven"), author("Guy L. Steele Jr."), author("王伟")},
		Venue: &literature.Venue{Base: literature.Base{Labels: english("E '22"), Aliases: []string{"1st Symposium on Everything"}}, Type: literature.Edition, Location: "Oslo, Norway"},
	}
	want := strings.Fields(`TY ID AU AU AU AU TI T2 C3 T3 PY DA VL IS SP EP PB CY DO UR N1 AB`)
	references, err := read(write(t, e))
	if err != nil || len(references) != 1 {
		t.Fatalf("%v %v", references, err)
	}
	var tags, values []string
	for _, line := range references[0] {
		tags, values = append(tags, line[0]), append(values, line[1])
	}
	if diff := cmp.Diff(want, tags); diff != "" {
		t.Errorf("tags (-want +got):\n%s", diff)
	}
	wanted := []string{
		"CONF", "everything", "van Beethoven, Ludwig", "Steele, Guy L., Jr.", "王伟", "others", "A title", "1st Symposium on Everything", "1st Symposium on Everything",
		"E '22", "2022", "2022/07/11/", "1", "2", "3", "4", "P", "Oslo, Norway", "10.1000/1", "https://a.example/", "Retracted", "All of it. ER -",
	}
	if diff := cmp.Diff(wanted, values); diff != "" {
		t.Errorf("values (-want +got):\n%s", diff)
	}
}

func TestDates(t *testing.T) {
	for published, want := range map[string]string{"2022": "2022///", "2022-07": "2022/07//", "2022-07-11": "2022/07/11/", "": ""} {
		p := paper("p", "x")
		p.PublishedOn = published
		_, line, _ := strings.Cut(write(t, literature.Entry{Paper: p}), "DA  - ")
		got, _, _ := strings.Cut(line, "\r\n")
		if got != want {
			t.Errorf("%q: %q, want %q", published, got, want)
		}
	}
}

// TestRoundTrip: any titles and names are read back as they are, apart from white space.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []literature.Entry
		var want [][]string
		for i := range rapid.IntRange(1, 3).Draw(t, "entries") {
			title := strings.Join(strings.Fields("x"+rapid.String().Draw(t, "title")), " ")
			name := rapid.StringMatching(`[\pL'-]{1,9}( [\pL'-]{1,9}){0,3}`).Draw(t, "name")
			entries = append(entries, literature.Entry{Paper: paper(fmt.Sprint("p", i), title), Authors: []*literature.Author{author(name)}})
			want = append(want, []string{title, literature.SplitName(name).String()})
		}
		references, err := read(write(t, entries...))
		if err != nil {
			t.Fatal(err)
		}
		var got [][]string
		for _, lines := range references {
			values := make(map[string]string)
			for _, line := range lines {
				values[line[0]] = line[1]
			}
			name := values["AU"]
			if parts := strings.Split(name, ", "); len(parts) > 1 {
				name = strings.Join(append([]string{parts[1], parts[0]}, parts[2:]...), " ")
			}
			got = append(got, []string{values["TI"], name})
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// read reads references as the RIS specification has it: lines of two characters, two spaces, a hyphen and a space, from TY to ER.
func read(text string) ([][][2]string, error) {
	line := regexp.MustCompile(`^([A-Z][A-Z0-9])  - (.*)$`)
	var references [][][2]string
	var open [][2]string
	for _, l := range strings.Split(text, "\r\n") {
		m := line.FindStringSubmatch(l)
		switch {
		case l == "":
		case m == nil:
			return nil, fmt.Errorf("malformed line %q", l)
		case m[1] == "TY" && open != nil || m[1] != "TY" && open == nil:
			return nil, fmt.Errorf("line %q at the wrong place", l)
		case m[1] == "ER":
			references, open = append(references, open), nil
		default:
			open = append(open, [2]string{m[1], m[2]})
		}
	}
	if open != nil {
		return nil, fmt.Errorf("the last reference has no end")
	}
	return references, nil
}
