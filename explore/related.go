package explore

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math"
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

// scale turns scores into whole numbers, for ranking and for positions.
const scale = 1e9

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
	ID literature.ID
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

// walk is the way of a signal from the seeds of the i-th query; ok is false where no walk measures it.
func (q *RelatedQuery) walk(i int, signal Signal) (walk store.Walk, ok bool) {
	way, ok := walked[signal]
	return store.Walk{Key: signal.key(i), Starts: q.starts(), Hops: way.hops, WithStubs: q.WithStubs, Onward: way.onward}, ok
}

// key names the walk of a signal for the i-th query.
func (s Signal) key(i int) literature.ID { return literature.ID(fmt.Sprintf("%d/%s", i, s)) }

// RelatedPapers ranks, for each query, the papers that some signal joins to its seeds. It takes the same number of calls for any number of queries: one walk, and where TEXT
// has a weight a look at postings, and a list for each distinct filter.
func RelatedPapers(ctx context.Context, reader store.Reader, queries []RelatedQuery) ([]RelatedPage, error) {
	walks := store.WalkQuery{}
	shared := make(sharedFilters)
	asked := make([]RelatedQuery, len(queries))
	for i, q := range queries {
		q.Filter = shared.of(q.eligible())
		asked[i] = q
		for _, signal := range Signals() {
			if walk, ok := q.walk(i, signal); ok && (q.Weights[signal] > 0 || q.OnlyCitations && signal == DirectCitation) {
				walk.Filter, walk.Exclude, walk.Bare, walk.Page.Limit = q.Filter, q.Exclude, true, MaxCandidates
				walks.Walks = append(walks.Walks, walk)
			}
		}
		if q.ExcludeCited {
			walks.Walks = append(walks.Walks, store.Walk{
				Key: citedKey(i), Starts: q.starts(), Hops: []store.Hop{{Kinds: kinds(literature.Cites), Direction: store.Outgoing}}, WithStubs: true, Bare: true, Page: store.Page{Limit: MaxCandidates},
			})
		}
	}
	reached, err := reader.Walk(ctx, walks)
	if err != nil {
		return nil, err
	}
	raws := make([]map[Signal]measures, len(queries))
	for i, q := range asked {
		raws[i] = make(map[Signal]measures)
		for signal, way := range walked {
			divisor := way.scale
			if way.mean {
				divisor *= float64(len(q.starts()))
			}
			of := make(measures)
			for _, item := range reached[signal.key(i)].Items {
				of[item.Position.ID] = float64(item.Score) / divisor
			}
			raws[i][signal] = of
		}
	}
	allPapers := shared.of((&RelatedQuery{}).eligible())
	if err := addText(ctx, reader, asked, raws, allPapers); err != nil {
		return nil, err
	}
	if err := addPageRank(ctx, reader, asked, raws, allPapers); err != nil {
		return nil, err
	}
	pages := make([]RelatedPage, len(queries))
	for i, q := range asked {
		for signal, of := range raws[i] {
			for _, item := range reached[citedKey(i)].Items {
				delete(of, item.Position.ID)
			}
			if q.OnlyCitations && signal != DirectCitation {
				maps.DeleteFunc(of, func(id literature.ID, _ float64) bool { return raws[i][DirectCitation][id] == 0 })
			}
		}
		pages[i] = q.rank(raws[i])
		for _, signal := range Signals() {
			pages[i].Truncated = pages[i].Truncated || reached[signal.key(i)].HasNext
		}
	}
	return pages, nil
}

// measures are raw values of a signal by candidate.
type measures map[literature.ID]float64

func citedKey(i int) literature.ID { return Signal("cited").key(i) }

// starts are the seeds, each once.
func (q *RelatedQuery) starts() []store.Start {
	seen := make(map[literature.ID]bool)
	var starts []store.Start
	for _, seed := range q.Seeds {
		if !seen[seed.ID] {
			seen[seed.ID] = true
			starts = append(starts, store.Start{ID: seed.ID, Weight: 1})
		}
	}
	return starts
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

// rank adds up the signals and cuts out the page.
func (q *RelatedQuery) rank(raw map[Signal]measures) RelatedPage {
	var signals []Signal
	highest := make(map[Signal]float64)
	total := 0.0
	candidates := make(map[literature.ID]bool)
	for _, signal := range Signals() {
		if q.Weights[signal] <= 0 {
			continue
		}
		for id, value := range raw[signal] {
			candidates[id] = candidates[id] || value > 0
			highest[signal] = max(highest[signal], value)
		}
		if highest[signal] > 0 {
			signals = append(signals, signal)
			total += q.Weights[signal]
		}
	}
	all := make([]ranked, 0, len(candidates))
	for id, speaks := range candidates {
		if !speaks {
			continue
		}
		score := 0.0
		for _, signal := range signals {
			score += q.Weights[signal] * (raw[signal][id] / highest[signal]) / total
		}
		all = append(all, ranked{id, int64(math.Round(score * scale))})
	}
	slices.SortFunc(all, ranked.compare)
	page := RelatedPage{PageInfo: store.PageInfo{Total: len(all)}}
	start, end := cut(all, q.Page)
	page.HasPrevious, page.HasNext = start > 0, end < len(all)
	for _, r := range all[start:end] {
		item := Related{ID: r.id, Position: store.Position{Keys: []store.SortValue{{Int: r.score}}, ID: r.id}}
		for _, signal := range signals {
			v := SignalValue{Signal: signal, Raw: raw[signal][r.id], Weight: q.Weights[signal]}
			v.Value = v.Raw / highest[signal]
			v.Contribution = v.Weight * v.Value / total
			item.Score += v.Contribution
			item.Signals = append(item.Signals, v)
		}
		page.Items = append(page.Items, item)
	}
	return page
}

// ranked is a candidate with its score in billionths.
type ranked struct {
	id    literature.ID
	score int64
}

func (r ranked) compare(other ranked) int {
	return cmp.Or(cmp.Compare(other.score, r.score), cmp.Compare(r.id, other.id))
}

// cut finds the page in a whole list.
func cut(all []ranked, page store.Page) (start, end int) {
	start, end = 0, len(all)
	if page.From != nil {
		from := ranked{page.From.ID, page.From.Keys[0].Int}
		at, found := slices.BinarySearchFunc(all, from, ranked.compare)
		if page.Backward {
			end = at
		} else if start = at; found {
			start++
		}
	}
	if page.Backward {
		return max(start, end-page.Limit), end
	}
	return start, min(end, start+page.Limit)
}
