package corpus_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/papergraph/papergraph/literature"
)

// facts is the part of the fact sheet that this test compares: what was found out about the papers before the list was written.
type facts struct {
	FineTopics []struct{ Slug, Parent string } `json:"fine_topics"`
	Papers     []factsOfPaper
	Relations  []struct{ Source, Target, Type, Evidence string }
	External   []struct {
		Key, Title string
		CitedBy    []string `json:"cited_by"`
	} `json:"external_works"`
}

type factsOfPaper struct {
	Key, Title  string
	DOI         string
	Aliases     []string
	ArXiv       *struct{ ID string }
	Award       *struct{ Name string }
	HeadingLine int `json:"heading_line"`
	Authors     []struct{ Name string }
	Venue       struct {
		Year          int
		Pages, ISBN   string
		Publisher     string
		Volume, Issue string
	}
	TopicsCoarse []struct{ Slug, Confidence string } `json:"topics_coarse"`
	TopicsFine   []string                            `json:"topics_fine"`
	Artifacts    []struct{ URL string }
	Systems      map[string]any // role → names, and a note
	Results      []factsOfResult
	Chinese      struct {
		Title   string `json:"translated_title_text"`
		Section [2]int `json:"section_lines"`
	} `json:"zh"`
}

type factsOfResult struct {
	ID, Metric string
	Kind       string
	Line       int
	Value      *float64
	Unit       string
	Qualifier  string
	Direction  string
	System     string
	Workload   string
	Baseline   string
}

func readFacts(t *testing.T) facts {
	t.Helper()
	const sheet = "../../shared/corpus/ebpf-papers.facts.json"
	content, err := os.ReadFile(sheet)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the fact sheet is not here (%s): the other tests hold the list to answers worked out by hand", sheet)
	}
	if err != nil {
		t.Fatal(err)
	}
	var f facts
	if err := json.Unmarshal(content, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestPapersAgreeWithTheFacts(t *testing.T) {
	f, g := readFacts(t), load(t)
	for _, want := range f.Papers {
		t.Run(want.Key, func(t *testing.T) {
			p := g.paper(t, want.Key)
			same(t, "title", want.Title, p.Title(nil))
			chinese, _ := literature.LocalizeWithLocale(p.Labels, literature.TraditionalChinese)
			if want.Chinese.Title != "" {
				same(t, "Chinese title", want.Chinese.Title, chinese.Value)
			}
			for _, alias := range want.Aliases {
				if !slices.ContainsFunc(p.Aliases, func(a string) bool { return strings.EqualFold(a, alias) }) {
					t.Errorf("alias %q is missing", alias)
				}
			}
			var awards []string
			if want.Award != nil {
				awards = []string{want.Award.Name}
			}
			same(t, "awards", awards, p.Awards)
			compareIdentifiers(t, want, p)
			comparePlace(t, g, want, p)
			compareAuthors(t, g, want, p)
			compareTopics(t, g, want, p)
			compareArtifacts(t, g, want, p)
			same(t, "lines of the list", want.Chinese.Section, sections[want.Key])
			same(t, "line of the heading", fmt.Sprintf("line %d", want.HeadingLine), g.relation(t, p, literature.InCollection).Assertion().Evidence[0].Locator)
		})
	}
}

func same[V any](t *testing.T, what string, want, got V) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: %s", what, diff)
	}
}

// relation is the one relation of a kind that leaves a paper.
func (g graph) relation(t *testing.T, p *literature.Paper, kind literature.RelationKind) *literature.Relation {
	t.Helper()
	i := slices.IndexFunc(g.outgoing[p.ID], func(r *literature.Relation) bool { return r.Kind == kind })
	if i < 0 {
		t.Fatalf("%s has no %s", p.ID, kind)
	}
	return g.outgoing[p.ID][i]
}

func compareIdentifiers(t *testing.T, want factsOfPaper, p *literature.Paper) {
	t.Helper()
	if arXiv := p.Identifier(literature.ArXiv); want.ArXiv != nil {
		same(t, "arXiv", want.ArXiv.ID, arXiv)
	} else {
		same(t, "arXiv", "", arXiv)
	}
	if strings.HasPrefix(want.DOI, "10.48550/") { // the one that arXiv gives out is the arXiv identifier
		want.DOI = ""
	}
	same(t, "DOI", strings.ToLower(want.DOI), p.Identifier(literature.DOI))
}

func comparePlace(t *testing.T, g graph, want factsOfPaper, p *literature.Paper) {
	t.Helper()
	same(t, "year", want.Venue.Year, *p.Year())
	same(t, "pages", want.Venue.Pages, p.Pages)
	same(t, "volume and issue", [2]string{want.Venue.Volume, want.Venue.Issue}, [2]string{p.Volume, p.Issue})
	same(t, "publisher", want.Venue.Publisher, p.Publisher)
	venue := g.entity(t, g.relation(t, p, literature.PublishedIn).Target).(*literature.Venue)
	if venue.Type == literature.Edition {
		same(t, "year of the edition", want.Venue.Year, *venue.Year)
	}
	same(t, "ISBN", strings.ReplaceAll(want.Venue.ISBN, "-", ""), venue.Identifier(literature.ISBN))
}

func compareAuthors(t *testing.T, g graph, want factsOfPaper, p *literature.Paper) {
	t.Helper()
	var names, got []string
	for _, author := range want.Authors {
		names = append(names, author.Name)
	}
	for _, r := range g.outgoing[p.ID] {
		if r.Kind == literature.AuthoredBy {
			if r.Position != len(got)+1 {
				t.Errorf("%s stands at position %d", r.Target, r.Position)
			}
			got = append(got, g.entity(t, r.Target).Label(nil))
		}
	}
	same(t, "authors", names, got)
}

func compareTopics(t *testing.T, g graph, want factsOfPaper, p *literature.Paper) {
	t.Helper()
	certainty := map[string]literature.Certainty{"high": literature.CertaintyHigh, "medium": literature.CertaintyModerate, "low": literature.CertaintyLow}
	var topics []string
	for _, topic := range want.TopicsCoarse {
		topics = append(topics, topic.Slug)
		for _, r := range g.outgoing[p.ID] {
			if r.Kind == literature.About && r.Target.Slug() == topic.Slug {
				same(t, "certainty of "+topic.Slug, certainty[topic.Confidence], r.Assertion().Certainty)
			}
		}
	}
	same(t, "topics", append(topics, want.TopicsFine...), g.targets(p.ID, literature.About))
}

func compareArtifacts(t *testing.T, g graph, want factsOfPaper, p *literature.Paper) {
	t.Helper()
	var addresses, got []string
	for _, artifact := range want.Artifacts {
		addresses = append(addresses, artifact.URL)
	}
	for _, slug := range g.targets(p.ID, literature.HasArtifact) {
		got = append(got, g.entity(t, literature.NewID(literature.KindArtifact, slug)).(*literature.Artifact).Repository)
	}
	same(t, "artifacts", addresses, got)
}

func TestFinerTopicsAgreeWithTheFacts(t *testing.T) {
	f, g := readFacts(t), load(t)
	for _, topic := range f.FineTopics {
		same(t, topic.Slug, []string{topic.Parent}, g.targets(literature.NewID(literature.KindTopic, topic.Slug), literature.Broader))
	}
}

func TestReferencesAgreeWithTheFacts(t *testing.T) {
	f, g := readFacts(t), load(t)
	want := make(map[string]string) // "xrp cites bmc" → where
	for _, r := range f.Relations {
		if r.Type == "CITES" {
			want[r.Source+" cites "+r.Target] = strings.NewReplacer("[", "", "]", "").Replace(r.Evidence)
		}
	}
	for _, work := range f.External {
		if work.Key == "katran" { // a system, which nobody cites
			continue
		}
		if !strings.HasPrefix(work.Title, g.paper(t, work.Key).Title(nil)) {
			t.Errorf("%s is titled %q, want %q", work.Key, g.paper(t, work.Key).Title(nil), work.Title)
		}
		for _, by := range work.CitedBy {
			source, rest, _ := strings.Cut(by, " ")
			where := ""
			if number := strings.FieldsFunc(rest, func(c rune) bool { return c < '0' || c > '9' }); len(number) > 0 {
				where = "reference " + number[0]
			}
			want[source+" cites "+work.Key] = where
		}
	}
	got := make(map[string]string)
	for _, record := range g.records {
		if r, ok := record.(*literature.Relation); ok && r.Kind == literature.Cites {
			got[r.Source.Slug()+" cites "+r.Target.Slug()] = r.Assertion().Evidence[0].Locator
		}
	}
	same(t, "references", want, got)
}
