package explore_test

import (
	order "cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/storetest"
)

// literatureOf is a small made-up literature as plain maps, for loops that say what each signal is.
type literatureOf struct {
	papers   []literature.ID
	byID     map[literature.ID]*literature.Paper
	relation map[[2]literature.ID]bool // of CITES
	cites    map[literature.ID][]literature.ID
	citedBy  map[literature.ID][]literature.ID
	topics   map[literature.ID][]literature.ID
	authors  map[literature.ID][]literature.ID
	uses     map[literature.ID]int // papers of a topic or an author
	tagged   int
	words    map[literature.ID][]string
	// counts are those of words, frequency counts papers by word.
	counts    map[literature.ID]map[string]float64
	frequency map[string]int
	length    int // words of all papers
}

func readCorpus(t testing.TB, corpus storetest.Corpus, stores ...store.Store) *literatureOf {
	l := &literatureOf{
		byID: map[literature.ID]*literature.Paper{}, relation: map[[2]literature.ID]bool{},
		cites: map[literature.ID][]literature.ID{}, citedBy: map[literature.ID][]literature.ID{}, topics: map[literature.ID][]literature.ID{},
		counts: map[literature.ID]map[string]float64{}, frequency: map[string]int{},
		authors: map[literature.ID][]literature.ID{}, uses: map[literature.ID]int{}, words: map[literature.ID][]string{},
	}
	names := map[literature.ID]string{}
	for batch := range corpus.Batches(5000) {
		for _, s := range stores {
			if _, err := s.Apply(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
		}
		for _, record := range batch.Upsert {
			switch r := record.(type) {
			case *literature.Paper:
				l.papers = append(l.papers, r.ID)
				l.byID[r.ID] = r
			case *literature.Relation:
				switch r.Kind {
				case literature.Cites:
					l.relation[[2]literature.ID{r.Source, r.Target}] = true
					l.cites[r.Source] = append(l.cites[r.Source], r.Target)
					l.citedBy[r.Target] = append(l.citedBy[r.Target], r.Source)
				case literature.About:
					l.topics[r.Source] = append(l.topics[r.Source], r.Target)
					l.uses[r.Target]++
				case literature.AuthoredBy:
					l.authors[r.Source] = append(l.authors[r.Source], r.Target)
					l.uses[r.Target]++
				}
				if slices.Contains(store.Searched(), r.Kind) {
					l.words[r.Source] = append(l.words[r.Source], "\x00"+string(r.Target))
				}
			}
			if e, ok := record.(literature.Entity); ok {
				names[e.RecordID()] = e.Label(nil)
			}
		}
	}
	for _, id := range l.papers {
		if len(l.topics[id]) > 0 {
			l.tagged++
		}
		texts := append(store.NameTexts(l.byID[id]), store.SearchText(l.byID[id], nil)...)
		for _, other := range l.words[id] {
			texts = append(texts, names[literature.ID(other[1:])])
		}
		l.words[id] = nil
		for _, text := range texts {
			for _, token := range analysis.Tokens(text) {
				l.words[id] = append(l.words[id], token.Stem)
			}
		}
		l.length += len(l.words[id])
		l.counts[id] = map[string]float64{}
		for _, word := range l.words[id] {
			if l.counts[id][word]++; l.counts[id][word] == 1 {
				l.frequency[word]++
			}
		}
	}
	return l
}

func shared(a, b []literature.ID) (both []literature.ID) {
	for _, id := range a {
		if slices.Contains(b, id) {
			both = append(both, id)
		}
	}
	return both
}

func (l *literatureOf) idf(n int, of []literature.ID) (sum float64) {
	for _, id := range of {
		sum += float64(store.IDF(n, l.uses[id]))
	}
	return sum
}

func salton(a, b []literature.ID) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	return float64(len(shared(a, b))) / math.Sqrt(float64(len(a)*len(b)))
}

// raw is the measure of a signal between two papers, straight from its definition.
func (l *literatureOf) raw(signal explore.Signal, seed, other literature.ID) float64 {
	switch signal {
	case explore.SharedTopic:
		both := l.idf(l.tagged, shared(l.topics[seed], l.topics[other]))
		if both == 0 {
			return 0
		}
		return both / (l.idf(l.tagged, l.topics[seed]) + l.idf(l.tagged, l.topics[other]) - both)
	case explore.BibliographicCoupling:
		return salton(l.cites[seed], l.cites[other])
	case explore.CoCitation:
		return salton(l.citedBy[seed], l.citedBy[other])
	case explore.DirectCitation:
		n := 0.0
		for _, pair := range [][2]literature.ID{{seed, other}, {other, seed}} {
			if l.relation[pair] {
				n++
			}
		}
		return n
	case explore.SharedAuthor:
		return l.idf(len(l.papers), shared(l.authors[seed], l.authors[other])) / 1000
	case explore.Reach:
		sum := 0.0
		for _, p := range l.citedBy[other] {
			if p == seed {
				continue
			}
			sum += salton(l.cites[seed], l.cites[p]) / math.Sqrt(float64(len(l.citedBy[other])))
		}
		return sum
	}
	return 0
}

// text is BM25 over the twelve words that most join the seeds, each counted as often as seeds hold it.
func (l *literatureOf) text(seeds []*literature.Paper, other literature.ID) float64 {
	held := map[string]float64{}
	for _, seed := range seeds {
		var stems []string
		for _, text := range append(store.NameTexts(seed), store.SearchText(seed, nil)...) {
			for _, token := range analysis.Tokens(text) {
				if l.frequency[token.Stem] <= 5000 && !slices.Contains(stems, token.Stem) {
					stems = append(stems, token.Stem)
					held[token.Stem]++
				}
			}
		}
	}
	n := float64(len(l.papers))
	idf := func(word string) float64 {
		return math.Log(1 + (n-float64(l.frequency[word])+0.5)/(float64(l.frequency[word])+0.5))
	}
	maps.DeleteFunc(held, func(word string, seeds float64) bool { return float64(l.frequency[word]) == seeds }) // only seeds hold it
	words := slices.SortedFunc(maps.Keys(held), func(a, b string) int {
		return order.Or(order.Compare((held[b]-1)*idf(b), (held[a]-1)*idf(a)), l.frequency[a]-l.frequency[b], strings.Compare(a, b))
	})
	sum := 0.0
	for _, word := range words[:min(12, len(words))] {
		count, mean := l.counts[other][word], float64(l.length)/n
		sum += held[word] * idf(word) * count * 2.2 / (count + 1.2*(0.25+0.75*float64(len(l.words[other]))/mean))
	}
	return sum
}

// near compares what went through millionths and thousandths.
var near = cmpopts.EquateApprox(1e-9, 2e-6)

func TestRelatedPapers(t *testing.T) {
	corpus := storetest.Corpus{Seed: 3, Papers: 100}
	embedded, reference := embedded(t), storetest.NewReference()
	l := readCorpus(t, corpus, embedded, reference)
	storetest.Checks(t, 20)
	rapid.Check(t, func(t *rapid.T) {
		q := explore.RelatedQuery{Page: store.Page{Limit: 1000}}
		var seeds []literature.ID
		for range rapid.IntRange(1, 3).Draw(t, "seeds") {
			id := rapid.SampledFrom(l.papers).Draw(t, "seed")
			if !slices.Contains(seeds, id) {
				seeds = append(seeds, id)
				q.Seeds = append(q.Seeds, l.byID[id])
			}
		}
		q.Exclude = rapid.SliceOfN(rapid.SampledFrom(l.papers), 0, 3).Draw(t, "exclude")
		q.Weights = rapid.SampledFrom([]explore.Profile{explore.Discover, explore.Screen}).Draw(t, "profile").Weights()
		if rapid.Bool().Draw(t, "fewer signals") {
			delete(q.Weights, rapid.SampledFrom(explore.Signals()).Draw(t, "without"))
		}
		q.OnlyCitations = rapid.IntRange(0, 3).Draw(t, "only citations") == 0
		q.ExcludeCited = rapid.Bool().Draw(t, "exclude cited")
		q.NotLaterThanSeed = rapid.Bool().Draw(t, "not later")
		if rapid.Bool().Draw(t, "filter") {
			from := rapid.IntRange(1990, 2020).Draw(t, "from")
			q.Filter = &store.Filter{Years: store.Range{From: &from}}
		}
		pages, err := explore.RelatedPapers(t.Context(), embedded, []explore.RelatedQuery{q, {Seeds: q.Seeds[:1], Weights: explore.Discover.Weights(), Page: store.Page{Limit: 5}}})
		if err != nil {
			t.Fatal(err)
		}
		same, err := explore.RelatedPapers(t.Context(), reference, []explore.RelatedQuery{q})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(same[0], pages[0]); diff != "" {
			t.Fatalf("the stores differ (-reference +sqlite):\n%s", diff)
		}
		l.check(t, q, seeds, pages[0])
		checkPages(t, embedded, q, pages[0])
	})
}

// check compares a whole ranking with what the definitions say of every paper.
func (l *literatureOf) check(t *rapid.T, q explore.RelatedQuery, seeds []literature.ID, page explore.RelatedPage) {
	latest := 0
	for _, seed := range q.Seeds {
		latest = max(latest, *seed.Year())
	}
	values := map[literature.ID]map[explore.Signal]float64{}
	highest := map[explore.Signal]float64{}
	for _, id := range l.papers {
		year := *l.byID[id].Year()
		cited := slices.ContainsFunc(seeds, func(seed literature.ID) bool { return l.relation[[2]literature.ID{seed, id}] })
		joined := cited || slices.ContainsFunc(seeds, func(seed literature.ID) bool { return l.relation[[2]literature.ID{id, seed}] })
		if q.OnlyCitations && !joined || slices.Contains(seeds, id) || slices.Contains(q.Exclude, id) || q.ExcludeCited && cited || q.NotLaterThanSeed && year > latest || q.Filter != nil && year < *q.Filter.Years.From {
			continue
		}
		values[id] = map[explore.Signal]float64{}
		for signal := range q.Weights {
			raw := 0.0
			for _, seed := range seeds {
				raw += l.raw(signal, seed, id)
			}
			switch signal {
			case explore.SharedTopic, explore.BibliographicCoupling, explore.CoCitation, explore.Reach:
				raw /= float64(len(seeds))
			case explore.Text:
				raw = l.text(q.Seeds, id)
			}
			values[id][signal] = raw
			highest[signal] = max(highest[signal], raw)
		}
	}
	total := 0.0
	for signal, weight := range q.Weights {
		if highest[signal] > 0 {
			total += weight
		}
	}
	expected := 0
	for _, of := range values {
		for _, raw := range of {
			if raw > 0 {
				expected++
				break
			}
		}
	}
	if len(page.Items) != expected || page.Total != expected {
		t.Fatalf("%d of %d candidates, want %d", len(page.Items), page.Total, expected)
	}
	for i, item := range page.Items {
		if i > 0 && (page.Items[i-1].Position.Keys[0].Int < item.Position.Keys[0].Int) {
			t.Fatalf("%s stands behind a lower score", item.ID)
		}
		sum := 0.0
		for _, s := range item.Signals {
			want := values[item.ID][s.Signal]
			if !cmp.Equal(want, s.Raw, near) {
				t.Fatalf("%s of %s: %g, want %g", s.Signal, item.ID, s.Raw, want)
			}
			if s.Value < 0 || s.Value > 1 || !cmp.Equal(want/highest[s.Signal], s.Value, cmpopts.EquateApprox(1e-9, 1e-4)) {
				t.Fatalf("%s of %s: value %g, want %g", s.Signal, item.ID, s.Value, want/highest[s.Signal])
			}
			if math.Abs(s.Contribution-s.Weight*s.Value/total) > 1e-9 {
				t.Fatalf("%s of %s contributes %g", s.Signal, item.ID, s.Contribution)
			}
			sum += s.Contribution
		}
		if math.Abs(sum-item.Score) > 1e-9 {
			t.Fatalf("%s: contributions add up to %g, the score is %g", item.ID, sum, item.Score)
		}
	}
}

// checkPages goes through the ranking in pages, either way: nothing is missing or doubled.
func checkPages(t *rapid.T, s store.Store, q explore.RelatedQuery, whole explore.RelatedPage) {
	q.Page = store.Page{Limit: rapid.IntRange(5, 60).Draw(t, "page"), Backward: rapid.Bool().Draw(t, "backward")}
	var got []explore.Related
	for {
		pages, err := explore.RelatedPapers(t.Context(), s, []explore.RelatedQuery{q})
		if err != nil {
			t.Fatal(err)
		}
		page := pages[0]
		more := page.HasNext
		if q.Page.Backward {
			got = append(slices.Clone(page.Items), got...)
			more = page.HasPrevious
		} else {
			got = append(got, page.Items...)
		}
		if len(page.Items) == 0 || !more {
			break
		}
		q.Page.From = &page.Items[len(page.Items)-1].Position
		if q.Page.Backward {
			q.Page.From = &page.Items[0].Position
		}
	}
	if diff := cmp.Diff(whole.Items, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("pages do not join:\n%s", diff)
	}
}

// TestRelatedPapersSymmetry: what couples two papers couples them both ways.
func TestRelatedPapersSymmetry(t *testing.T) {
	s := storetest.NewReference()
	l := readCorpus(t, storetest.Corpus{Seed: 5, Papers: 60}, s)
	for _, signal := range []explore.Signal{explore.BibliographicCoupling, explore.CoCitation} {
		raw := map[[2]literature.ID]float64{}
		for _, seed := range l.papers {
			pages, err := explore.RelatedPapers(t.Context(), s, []explore.RelatedQuery{{
				Seeds: []*literature.Paper{l.byID[seed]}, Weights: map[explore.Signal]float64{signal: 1}, Page: store.Page{Limit: 1000},
			}})
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range pages[0].Items {
				raw[[2]literature.ID{seed, item.ID}] = item.Signals[0].Raw
			}
		}
		if len(raw) == 0 {
			t.Errorf("%s joins nothing", signal)
		}
		for pair, value := range raw {
			if raw[[2]literature.ID{pair[1], pair[0]}] != value {
				t.Errorf("%s: %v has %g, the other way %g", signal, pair, value, raw[[2]literature.ID{pair[1], pair[0]}])
			}
		}
	}
}

func ExampleProfile_Weights() {
	fmt.Println(explore.Discover.Weights()[explore.Reach], explore.Screen.Weights()[explore.Text])
	// Output: 3 6
}

// TestRelatedPapersDeepFilter: a filter as deep as the store allows is no deeper where what only words found is looked up.
func TestRelatedPapersDeepFilter(t *testing.T) {
	s := storetest.NewReference()
	l := readCorpus(t, storetest.Corpus{Seed: 9, Papers: 60}, s)
	from := 2000
	deep := store.Filter{Years: store.Range{From: &from}}
	for range store.MaxFilterDepth {
		deep = store.Filter{And: []store.Filter{deep}}
	}
	pages, err := explore.RelatedPapers(t.Context(), s, []explore.RelatedQuery{{
		Seeds: []*literature.Paper{l.byID[l.papers[40]]}, Weights: map[explore.Signal]float64{explore.Text: 1}, Filter: &deep, Page: store.Page{Limit: 1000},
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(pages[0].Items) == 0 {
		t.Error("nothing is found")
	}
	for _, item := range pages[0].Items {
		if year := *l.byID[item.ID].Year(); year < from {
			t.Errorf("%s is of %d", item.ID, year)
		}
	}
}

// TestRelatedPapersManyWords: all seeds together may have more words than one question to a store may name; here 4 × 3,000, and one in common.
func TestRelatedPapersManyWords(t *testing.T) {
	s := storetest.NewReference()
	var papers []*literature.Paper
	var batch store.Batch
	for i := range 4 {
		var words []string
		for w := range 3000 {
			words = append(words, fmt.Sprintf("w%dx%d", i, w))
		}
		paper := &literature.Paper{Type: literature.Article, Base: literature.Base{
			ID: literature.NewID(literature.KindPaper, fmt.Sprint("paper-", i)), Labels: []literature.LocalizedText{{Value: "common", Locale: literature.English}},
			Summaries: []literature.LocalizedText{{Value: strings.Join(words[:1500], " "), Locale: literature.English}},
		}}
		paper.Abstracts = []literature.LocalizedText{{Value: strings.Join(words[1500:], " "), Locale: literature.English}}
		papers, batch.Upsert = append(papers, paper), append(batch.Upsert, paper)
	}
	batch.Author = "test"
	if _, err := s.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	q := explore.RelatedQuery{Weights: map[explore.Signal]float64{explore.Text: 1}, Page: store.Page{Limit: 10}}
	var queries []explore.RelatedQuery
	for _, paper := range papers {
		q.Seeds = []*literature.Paper{paper}
		queries = append(queries, q)
	}
	pages, err := explore.RelatedPapers(t.Context(), s, queries)
	if err != nil {
		t.Fatal(err)
	}
	for i, page := range pages {
		if len(page.Items) != 3 {
			t.Errorf("%s shares a word with %d papers, want 3", papers[i].ID, len(page.Items))
		}
	}
}

// TestRelatedPapersOfStubs: no word is counted in stubs, so that several of them join no more than one does, and what two papers hold is found from them.
func TestRelatedPapersOfStubs(t *testing.T) {
	s := storetest.NewReference()
	named := func(slug string, stub bool) *literature.Paper {
		base := literature.Base{ID: literature.NewID(literature.KindPaper, slug), Labels: []literature.LocalizedText{{Value: "zebrafish", Locale: literature.English}}}
		return &literature.Paper{Type: literature.Article, Base: base, IsStub: stub}
	}
	a, b := named("a", true), named("b", true)
	batch := store.Batch{Author: "test", Upsert: []literature.Record{a, b, named("c", false), named("d", false)}}
	if _, err := s.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	for _, seeds := range [][]*literature.Paper{{a}, {a, b}} {
		q := explore.RelatedQuery{Seeds: seeds, Weights: map[explore.Signal]float64{explore.Text: 1}, Page: store.Page{Limit: 10}}
		pages, err := explore.RelatedPapers(t.Context(), s, []explore.RelatedQuery{q})
		if err != nil {
			t.Fatal(err)
		}
		if len(pages[0].Items) != 2 {
			t.Errorf("%d stubs lead to %d papers, want 2", len(seeds), len(pages[0].Items))
		}
	}
}
