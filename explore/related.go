package explore

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Signal is one kind of evidence that two papers are related.
type Signal string

// The signals, in the order in which they are told.
const (
	SharedTopic           Signal = "SHARED_TOPIC"
	BibliographicCoupling Signal = "BIBLIOGRAPHIC_COUPLING"
	CoCitation            Signal = "CO_CITATION"
	DirectCitation        Signal = "DIRECT_CITATION"
	SharedAuthor          Signal = "SHARED_AUTHOR"
	SharedSystem          Signal = "SHARED_SYSTEM"
	SharedWorkload        Signal = "SHARED_WORKLOAD"
	Reach                 Signal = "REACH"
	Text                  Signal = "TEXT"
	PersonalizedPageRank  Signal = "PERSONALIZED_PAGERANK"
)

// Signals are all signals in the order in which they are told.
func Signals() []Signal {
	return []Signal{SharedTopic, BibliographicCoupling, CoCitation, DirectCitation, SharedAuthor, SharedSystem, SharedWorkload, Reach, Text, PersonalizedPageRank}
}

// Profile is a set of weights with a name.
type Profile string

// Profiles: Discover widens what one paper leads to; Screen narrows what several papers have in common; Lacking, which is no choice of callers, counts citations alone.
const (
	Discover Profile = "DISCOVER"
	Screen   Profile = "SCREEN"
	Lacking  Profile = "LACKING"
)

// Weights are those of a profile, by signal. PersonalizedPageRank is in none.
func (p Profile) Weights() map[Signal]float64 {
	if p == Lacking {
		return map[Signal]float64{DirectCitation: 1}
	}
	weights := make(map[Signal]float64)
	for _, signal := range Signals() {
		weights[signal] = 1
	}
	delete(weights, PersonalizedPageRank)
	if p == Screen {
		weights[Text], weights[BibliographicCoupling], weights[CoCitation], weights[Reach], weights[SharedAuthor] = 6, 3, 3, 2, 2
	} else {
		weights[Reach] = 3
	}
	return weights
}

// MaxCandidates is how many papers each signal brings in at most: those for which it speaks loudest.
const MaxCandidates = store.MaxKeys

// RelatedQuery asks what is related to some papers.
type RelatedQuery struct {
	// Seeds are the papers asked about; Exclude may be no answer, as no seed is.
	Seeds   []*literature.Paper
	Exclude []literature.ID
	// Weights by signal; a signal without one is not asked for.
	Weights map[Signal]float64
	Filter  *store.Filter
	// ExcludeCited leaves out what a seed cites, NotLaterThanSeed what appeared in a later year than every seed, or nobody knows when.
	ExcludeCited, NotLaterThanSeed bool
	// OnlyCitations leaves only what a seed cites or what cites a seed.
	OnlyCitations bool
	// WithStubs includes stubs where the filter does not decide.
	WithStubs bool
	// Arrays are the graph for PersonalizedPageRank, which has no data without them.
	Arrays *Arrays `json:"-"`
	Page   store.Page
}

// Related is one paper related to the seeds.
type Related struct {
	ID    literature.ID
	Paper *literature.Paper
	// Score is the sum of the contributions.
	Score float64
	// Signals are those with data in this query, in the order of Signals.
	Signals  []SignalValue
	Position store.Position
}

// SignalValue is what one signal says of one paper.
type SignalValue struct {
	Signal Signal
	// Raw is the measure itself: for SHARED_TOPIC, BIBLIOGRAPHIC_COUPLING, CO_CITATION and REACH the mean over the seeds, for the others a sum.
	Raw float64
	// Value is Raw ÷ its maximum over all candidates of the query, Weight that of the query, and Contribution Weight × Value ÷ the sum of the weights of all signals with data.
	Value, Weight, Contribution float64
}

// RelatedPage is one page of related papers, highest score first (to a billionth), then by id. Total counts the candidates; Truncated tells that some signal spoke for more than MaxCandidates.
type RelatedPage struct {
	Items     []Related
	Truncated bool
	store.PageInfo
}

func kinds(kinds ...literature.RelationKind) []literature.RelationKind { return kinds }

var roles = kinds(literature.Introduces, literature.Uses, literature.Extends, literature.ComparesWith)

// walked are the signals that walks measure. The sum over the seeds is divided by scale, and by the number of seeds where mean is true.
//
// Sources: Salton and McGill, Introduction to Modern Information Retrieval, 1983 (the cosine of coupling and co-citation); Kessler, Bibliographic coupling between
// scientific papers, 1963; Small, Co-citation in the scientific literature, 1973. Reach adds up the coupling of those who cite a paper, damped by its fame.
var walked = map[Signal]struct {
	hops  []store.Hop
	scale float64
	mean  bool
	// onward keeps the seed from being one of those that the way goes through.
	onward bool
}{
	SharedTopic: {[]store.Hop{
		{Kinds: kinds(literature.About), Direction: store.Outgoing, Weigh: store.WeighIDF},
		{Kinds: kinds(literature.About), Direction: store.Incoming, Weigh: store.WeighJaccard},
	}, 1e6, true, false},
	BibliographicCoupling: {[]store.Hop{
		{Kinds: kinds(literature.Cites), Direction: store.Outgoing},
		{Kinds: kinds(literature.Cites), Direction: store.Incoming, Weigh: store.WeighSalton},
	}, 1e6, true, false},
	CoCitation: {[]store.Hop{
		{Kinds: kinds(literature.Cites), Direction: store.Incoming},
		{Kinds: kinds(literature.Cites), Direction: store.Outgoing, Weigh: store.WeighSalton},
	}, 1e6, true, false},
	DirectCitation: {[]store.Hop{{Kinds: kinds(literature.Cites), Direction: store.Both}}, 1, false, false},
	SharedAuthor:   {thereAndBack(kinds(literature.AuthoredBy)), 1e3, false, false},
	SharedSystem:   {thereAndBack(roles), 1e3, false, false},
	SharedWorkload: {thereAndBack(kinds(literature.EvaluatedOn)), 1e3, false, false},
	Reach: {[]store.Hop{
		{Kinds: kinds(literature.Cites), Direction: store.Outgoing},
		{Kinds: kinds(literature.Cites), Direction: store.Incoming, Weigh: store.WeighSalton},
		{Kinds: kinds(literature.Cites), Direction: store.Outgoing, Weigh: store.WeighRootCitedBy},
	}, 1e6, true, true},
}

func thereAndBack(kinds []literature.RelationKind) []store.Hop {
	return []store.Hop{
		{Kinds: kinds, Direction: store.Outgoing, Weigh: store.WeighRarity},
		{Kinds: kinds, Direction: store.Incoming},
	}
}

// walk is the way of a signal from the seeds of the i-th query; it has no hops where the signal is not measured by walking.
func (q *RelatedQuery) walk(i int, signal Signal) store.Walk {
	way := walked[signal]
	return store.Walk{Key: signal.key(i), Starts: q.starts(), Hops: way.hops, WithStubs: q.WithStubs, Onward: way.onward}
}

// key names the walk of a signal for the i-th query.
func (s Signal) key(i int) literature.ID { return literature.ID(fmt.Sprintf("%d/%s", i, s)) }

// queriesAtOnce is how many queries have no more walks than one call takes: one for each signal, and one each for what is left out and what is left.
const queriesAtOnce = store.MaxKeys / 12

// RelatedPapers ranks, for each query, the papers that some signal joins to its seeds. It takes two calls for up to 833 queries: a look at postings where TEXT has a weight,
// and a walk.
func RelatedPapers(ctx context.Context, reader store.Reader, queries []RelatedQuery) ([]RelatedPage, error) {
	pages := make([]RelatedPage, 0, len(queries))
	for some := range slices.Chunk(queries, queriesAtOnce) {
		found, err := relatedPapers(ctx, reader, some)
		if err != nil {
			return nil, err
		}
		pages = append(pages, found...)
	}
	return pages, nil
}

func relatedPapers(ctx context.Context, reader store.Reader, queries []RelatedQuery) ([]RelatedPage, error) {
	texts, err := textsOf(ctx, reader, queries)
	if err != nil {
		return nil, err
	}
	walks := store.WalkQuery{}
	shared := make(sharedFilters)
	cut := make([]bool, len(queries))
	for i, q := range queries {
		m, err := q.measure(ctx, i, shared.of(q.eligible()), texts[i])
		if err != nil {
			return nil, err
		}
		walks.Walks, walks.Blends, cut[i] = append(walks.Walks, m.walks...), append(walks.Blends, m.blend), m.cut
	}
	reached, err := reader.Walk(ctx, walks)
	if err != nil {
		return nil, err
	}
	pages := make([]RelatedPage, len(queries))
	for i, q := range queries {
		pages[i] = q.page(walks.Blends[i], reached[blendKey(i)])
		pages[i].Truncated = pages[i].Truncated || cut[i]
	}
	return pages, nil
}

// measurement is how a query is answered: a blend of walks. cut tells that one of them is to tell of more than MaxCandidates.
type measurement struct {
	blend store.Blend
	walks []store.Walk
	cut   bool
}

// measure weighs the signals of the i-th query against each other. texts are what is known of TEXT, of which it changes the order.
func (q *RelatedQuery) measure(ctx context.Context, i int, filter *store.Filter, texts []store.Start) (m measurement, err error) {
	add := func(walk store.Walk) literature.ID {
		walk.Filter, walk.WithStubs, walk.Bare, walk.Page.Limit = filter, q.WithStubs, true, MaxCandidates
		m.walks = append(m.walks, walk)
		return walk.Key
	}
	m.blend = store.Blend{Key: blendKey(i), Page: q.Page}
	for _, signal := range q.signals() {
		walk := q.walk(i, signal)
		walk.Exclude = q.Exclude
		if len(walk.Hops) == 0 {
			known := texts
			if signal == PersonalizedPageRank {
				if known, err = q.near(ctx); err != nil {
					return m, err
				}
			}
			walk.Starts = loudest(known)
			m.cut = m.cut || len(walk.Starts) < len(known)
		}
		m.blend.Parts = append(m.blend.Parts, store.Part{Walk: add(walk), Weight: q.Weights[signal]})
	}
	if q.ExcludeCited {
		cited := Signal("cited").key(i)
		m.blend.Without = []literature.ID{add(store.Walk{Key: cited, Starts: q.starts(), Hops: []store.Hop{{Kinds: kinds(literature.Cites), Direction: store.Outgoing}}})}
	}
	if q.OnlyCitations {
		m.blend.Within = DirectCitation.key(i)
		if !slices.Contains(q.signals(), DirectCitation) { // else its walk is there
			add(q.walk(i, DirectCitation))
		}
	}
	return m, nil
}

func blendKey(i int) literature.ID { return Signal("related").key(i) }

// signals are those with a weight, in the order in which they are told.
func (q *RelatedQuery) signals() []Signal {
	return slices.DeleteFunc(Signals(), func(s Signal) bool { return q.Weights[s] <= 0 })
}

// page reads the blend of a query's signals.
func (q *RelatedQuery) page(blend store.Blend, reached store.ReachedPage) RelatedPage {
	page := RelatedPage{PageInfo: reached.PageInfo, Truncated: reached.Cut}
	total := blend.Total(reached.Highest)
	for _, item := range reached.Items {
		paper, _ := item.Entity.(*literature.Paper)
		related := Related{ID: item.Position.ID, Paper: paper, Position: item.Position}
		for p, signal := range q.signals() {
			score, highest := item.Scores[p], reached.Highest[p]
			if highest == 0 {
				continue
			}
			v := SignalValue{
				Signal: signal, Raw: float64(score) / q.divisor(signal), Value: float64(score) / float64(highest),
				Weight: q.Weights[signal], Contribution: blend.Parts[p].Share(score, highest, total),
			}
			related.Score += v.Contribution
			related.Signals = append(related.Signals, v)
		}
		page.Items = append(page.Items, related)
	}
	return page
}

// divisor makes the measure of a signal of a score of its walk.
func (q *RelatedQuery) divisor(signal Signal) float64 {
	way := walked[signal]
	switch {
	case signal == Text:
		return textScale
	case signal == PersonalizedPageRank:
		return RankScale
	case way.mean:
		return way.scale * float64(len(q.starts()))
	default:
		return way.scale
	}
}

// starts are the seeds, each once.
func (q *RelatedQuery) starts() []store.Start {
	var starts []store.Start
	for _, seed := range Distinct(q.Seeds) {
		starts = append(starts, store.Start{ID: seed.ID, Weight: 1})
	}
	return starts
}

// Distinct are papers, each where it stands first.
func Distinct(papers []*literature.Paper) []*literature.Paper {
	seen := make(map[literature.ID]bool, len(papers))
	var distinct []*literature.Paper
	for _, paper := range papers {
		if !seen[paper.ID] {
			seen[paper.ID] = true
			distinct = append(distinct, paper)
		}
	}
	return distinct
}

// sharedFilters keeps one filter of each kind, by which stores recognise walks of one shape.
type sharedFilters map[string]*store.Filter

func (s sharedFilters) of(f *store.Filter) *store.Filter {
	text, err := json.Marshal(f)
	if err != nil {
		return f
	}
	if s[string(text)] == nil {
		s[string(text)] = f
	}
	return s[string(text)]
}

// eligible is the filter of all candidates.
func (q *RelatedQuery) eligible() *store.Filter {
	var filter store.Filter
	if q.Filter != nil {
		filter = *q.Filter
	}
	filter.Kinds = []literature.EntityKind{literature.KindPaper}
	if q.NotLaterThanSeed {
		latest := 0
		for _, seed := range q.Seeds {
			if year := seed.Year(); year != nil {
				latest = max(latest, *year)
			}
		}
		if filter.Years.To == nil || latest < *filter.Years.To {
			filter.Years.To = &latest
		}
	}
	return &filter
}
