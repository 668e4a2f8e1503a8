package citation_test

import (
	"fmt"
	"testing"

	"github.com/papergraph/papergraph/formats/citation"
	"github.com/papergraph/papergraph/literature"
)

// TestText holds what the bundled list, whose references stand in the registry's testdata, has no example of.
func TestText(t *testing.T) {
	english := func(text string) []literature.LocalizedText {
		return []literature.LocalizedText{{Value: text, Locale: literature.English}}
	}
	entry := func(kind literature.PaperType, title string, authors ...string) literature.Entry {
		e := literature.Entry{Paper: &literature.Paper{Base: literature.Base{ID: "paper/p", Labels: english(title)}, Type: kind, PublishedOn: "2022-05"}}
		for _, name := range authors {
			e.Authors = append(e.Authors, &literature.Author{Base: literature.Base{ID: "author/a", Labels: english(name)}})
		}
		return e
	}
	with := func(e literature.Entry, set func(*literature.Entry)) literature.Entry {
		set(&e)
		return e
	}
	var many []string
	for i := range 21 {
		many = append(many, fmt.Sprintf("A F%d", i+1))
	}
	hant := literature.TraditionalChinese
	tests := []struct {
		name   string
		entry  literature.Entry
		locale *literature.Locale
		want   map[citation.Style]string
	}{
		{"nothing but a title", with(entry(literature.OtherPaper, "Why?"), func(e *literature.Entry) { e.Paper.PublishedOn = "" }), nil, map[citation.Style]string{
			citation.ACM: "n.d. Why?", citation.APA: "Why? (n.d.).", citation.IEEE: "“Why?”.", citation.Plain: "Why?",
		}},
		{"names of all kinds", entry(literature.OtherPaper, "T", "Guy L. Steele Jr.", "Ludwig van Beethoven", "王伟"), nil, map[citation.Style]string{
			citation.ACM:   "Guy L. Steele Jr., Ludwig van Beethoven, and 王伟. 2022. T.",
			citation.APA:   "Steele, G. L., Jr., van Beethoven, L., & 王伟. (2022). T.",
			citation.IEEE:  "G. L. Steele Jr., L. van Beethoven, and 王伟, “T,” May 2022.",
			citation.Plain: "Guy L. Steele Jr., Ludwig van Beethoven, 王伟: T. 2022.",
		}},
		{"two authors", entry(literature.OtherPaper, "T", "A B", "C D"), nil, map[citation.Style]string{
			citation.ACM: "A B and C D. 2022. T.", citation.APA: "B, A., & D, C. (2022). T.", citation.IEEE: "A. B and C. D, “T,” May 2022.", citation.Plain: "A B, C D: T. 2022.",
		}},
		{"twenty-one authors", entry(literature.OtherPaper, "T", many...), nil, map[citation.Style]string{
			citation.APA: "F1, A., F2, A., F3, A., F4, A., F5, A., F6, A., F7, A., F8, A., F9, A., F10, A., F11, A., F12, A., F13, A., F14, A., F15, A., F16, A., " +
				"F17, A., F18, A., F19, A., . . . F21, A. (2022). T.",
			citation.IEEE: "A. F1 et al., “T,” May 2022.",
		}},
		{"more authors than known", with(entry(literature.OtherPaper, "T", "A B", "C D"), func(e *literature.Entry) { e.MoreAuthors = true }), nil, map[citation.Style]string{
			citation.ACM: "A B, C D, et al. 2022. T.", citation.APA: "B, A., D, C., et al. (2022). T.", citation.IEEE: "A. B, C. D, et al., “T,” May 2022.", citation.Plain: "A B, C D, et al.: T. 2022.",
		}},
		{"a thesis", with(entry(literature.Thesis, "T", "A B"), func(e *literature.Entry) {
			e.Organizations = []*literature.Organization{{Base: literature.Base{ID: "organization/u", Labels: english("U")}}}
			e.Relations = []*literature.Relation{{Organizations: []literature.ID{"organization/u"}}}
		}), nil, map[citation.Style]string{
			citation.ACM: "A B. 2022. T. U.", citation.APA: "B, A. (2022). T. U.", citation.IEEE: "A. B, “T,” U, May 2022.", citation.Plain: "A B: T. U, 2022.",
		}},
		{"a retracted article on one page", with(entry(literature.Article, "T", "A B"), func(e *literature.Entry) {
			e.Paper.IsRetracted, e.Paper.Volume, e.Paper.Pages = true, "7", "e12"
			e.Venue = &literature.Venue{Base: literature.Base{Labels: english("J")}, Type: literature.Journal}
			e.Paper.Identifiers = []literature.Identifier{{Scheme: literature.DOI, Value: "10.1000/1"}}
		}), nil, map[citation.Style]string{
			citation.ACM:   "A B. 2022. T. J 7 (May 2022), e12. [Retracted]. https://doi.org/10.1000/1",
			citation.APA:   "B, A. (2022). T. J, 7, e12. [Retracted]. https://doi.org/10.1000/1",
			citation.IEEE:  "A. B, “T,” J, vol. 7, p. e12, May 2022, doi: 10.1000/1. [Retracted].",
			citation.Plain: "A B: T. J 7, page e12, 2022. [Retracted]. https://doi.org/10.1000/1",
		}},
		{"an edition without a date of the paper", with(entry(literature.ConferencePaper, "T", "A B"), func(e *literature.Entry) {
			year := 1999
			e.Paper.PublishedOn = ""
			e.Venue = &literature.Venue{Base: literature.Base{Labels: english("C '99")}, Type: literature.Edition, Year: &year}
		}), nil, map[citation.Style]string{
			citation.ACM: "A B. 1999. T. In C '99.", citation.APA: "B, A. (1999). T. In C '99.", citation.IEEE: "A. B, “T,” in C '99, 1999.", citation.Plain: "A B: T. C '99, 1999.",
		}},
		{"in the asked language", with(entry(literature.OtherPaper, "T", "Wei Wang"), func(e *literature.Entry) {
			e.Paper.Labels = append(e.Paper.Labels, literature.LocalizedText{Value: "題", Locale: hant})
			e.Authors[0].Labels = append(e.Authors[0].Labels, literature.LocalizedText{Value: "王偉", Locale: hant})
		}), &hant, map[citation.Style]string{citation.ACM: "王偉. 2022. 題.", citation.Plain: "王偉: 題. 2022."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for style, want := range test.want {
				if got := citation.Text(style, test.entry, test.locale); got != want {
					t.Errorf("%s:\ngot  %s\nwant %s", style, got, want)
				}
			}
		})
	}
}
