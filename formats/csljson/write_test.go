package csljson_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/formats/csljson"
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
	if err := csljson.Write(&b, entries); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestEverything(t *testing.T) {
	year := 2022
	p := paper("everything", `A <b> & "quoted" title`)
	p.Type, p.PublishedOn, p.Volume, p.Issue, p.Pages, p.Publisher, p.IsRetracted = literature.ConferencePaper, "2022-07-11", "1", "2", "3-4", "P", true
	p.Abstracts = english("All\nof it.")
	p.Identifiers = []literature.Identifier{{Scheme: literature.DOI, Value: "10.1000/1"}, {Scheme: literature.BibKey, Value: "Everything:2022"}}
	e := literature.Entry{
		Paper: p, MoreAuthors: true,
		Authors: []*literature.Author{author("Ludwig van Beethoven"), author("Guy L. Steele Jr."), author("王伟")},
		Venue: &literature.Venue{
			Base: literature.Base{Labels: english("E '22"), Aliases: []string{"1st Symposium on Everything"}, Identifiers: []literature.Identifier{{Scheme: literature.ISBN, Value: "9781939133281"}}},
			Type: literature.Edition, Year: &year, Location: "Oslo, Norway",
		},
	}
	want := `[
  {
    "id": "Everything:2022",
    "type": "paper-conference",
    "title": "A <b> & \"quoted\" title",
    "author": [
      {
        "family": "Beethoven",
        "given": "Ludwig",
        "non-dropping-particle": "van"
      },
      {
        "family": "Steele",
        "given": "Guy L.",
        "suffix": "Jr."
      },
      {
        "literal": "王伟"
      },
      {
        "literal": "others"
      }
    ],
    "container-title": "1st Symposium on Everything",
    "collection-title": "E '22",
    "event-place": "Oslo, Norway",
    "issued": {
      "date-parts": [
        [
          2022,
          7,
          11
        ]
      ]
    },
    "volume": "1",
    "issue": "2",
    "page": "3-4",
    "publisher": "P",
    "status": "retracted",
    "DOI": "10.1000/1",
    "ISBN": "9781939133281",
    "language": "en",
    "abstract": "All\nof it."
  }
]
`
	if diff := cmp.Diff(want, write(t, e)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTypes(t *testing.T) {
	// Those of csl-data.json that we use.
	allowed := strings.Fields("article article-journal book chapter dataset document paper-conference report thesis")
	for _, kind := range literature.PaperTypes() {
		p := paper("p", "x")
		p.Type = kind
		var items []struct{ Type string }
		if err := json.Unmarshal([]byte(write(t, literature.Entry{Paper: p})), &items); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(allowed, items[0].Type) {
			t.Errorf("%s is written as type %q", kind, items[0].Type)
		}
	}
}

// TestRoundTrip: any title and name is read back by another program's JSON as it is.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title, name := rapid.String().Draw(t, "title"), strings.Join(strings.Fields(rapid.StringMatching(`[\pL&"\\<>']{1,9}( [\pL'-]{1,9}){0,3}`).Draw(t, "name")), " ")
		var items []struct {
			Title  string
			Author []struct {
				Family, Given, Suffix, Literal string
				Particle                       string `json:"non-dropping-particle"`
			}
		}
		e := literature.Entry{Paper: paper("p", title), Authors: []*literature.Author{author(name)}}
		if err := json.Unmarshal([]byte(write(t, e)), &items); err != nil {
			t.Fatal(err)
		}
		a := items[0].Author[0]
		got := literature.PersonName{Given: a.Given, Particle: a.Particle, Family: a.Family + a.Literal, Suffix: a.Suffix}
		if items[0].Title != title || got.String() != name {
			t.Errorf("%q by %q came back as %q by %q", title, name, items[0].Title, got)
		}
	})
}
