package markdown_test

import (
	"bytes"
	"testing"

	"github.com/papergraph/papergraph/formats/markdown"
	"github.com/papergraph/papergraph/literature"
)

func english(text string) []literature.LocalizedText {
	return []literature.LocalizedText{{Value: text, Locale: literature.English}}
}

func TestItems(t *testing.T) {
	author := func(name string) *literature.Author {
		return &literature.Author{Base: literature.Base{ID: "author/a", Labels: english(name)}}
	}
	paper := func(title string, set func(*literature.Paper)) *literature.Paper {
		p := &literature.Paper{Base: literature.Base{ID: "paper/p", Labels: english(title)}, Type: literature.Article}
		if set != nil {
			set(p)
		}
		return p
	}
	tests := []struct {
		name  string
		entry literature.Entry
		want  string
	}{
		{"a title alone", literature.Entry{Paper: paper("Plain", nil)}, "- **Plain**.\n"},
		{"markup and line breaks", literature.Entry{Paper: paper("a*b_c [x](y)\n<i> & `code` \\ #1 | ~", nil)}, "- **a\\*b\\_c \\[x\\](y) \\<i\\> \\& \\`code\\` \\\\ \\#1 \\| \\~**.\n"},
		{"a DOI", literature.Entry{Paper: paper("D", func(p *literature.Paper) {
			p.Identifiers = []literature.Identifier{{Scheme: literature.DOI, Value: "10.1000/a_(b)"}}
		})}, "- **[D](https://doi.org/10.1000/a_%28b%29)**. [doi:10.1000/a\\_(b)](https://doi.org/10.1000/a_%28b%29)\n"},
		{"everything", literature.Entry{
			Paper: paper("E", func(p *literature.Paper) {
				p.PublishedOn, p.Volume, p.Issue, p.Pages, p.IsRetracted = "2022-07", "53", "1", "3-13", true
				p.Identifiers = []literature.Identifier{{Scheme: literature.URL, Value: "https://a.example/x(1)"}}
			}),
			Authors: []*literature.Author{author("A. B."), author("王伟")}, MoreAuthors: true,
			Venue: &literature.Venue{Base: literature.Base{Labels: english("J*")}, Type: literature.Journal},
		}, "- **[E](https://a.example/x%281%29)**. A. B., 王伟, et al. *J\\** 53(1), pages 3–13, 2022. **Retracted**.\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := markdown.Write(&b, []literature.Entry{test.entry}); err != nil {
				t.Fatal(err)
			}
			if b.String() != test.want {
				t.Errorf("got  %swant %s", b.String(), test.want)
			}
		})
	}
}
