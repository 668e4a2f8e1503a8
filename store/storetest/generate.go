package storetest

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Corpus is a made-up literature of any size. The same corpus is the same graph, record by record, on every machine.
//
// Of 200,000 papers it has 2 million CITES, drawn so that the much cited are cited more (preferential attachment) and the share of papers with k citations falls as k⁻³, as it does in
// real literatures (Redner, How popular is your paper?, 1998; exponent 3.15 in Golosovsky and Solomon, Runaway events dominate the heavy tail of citation distributions,
// 2012); the most cited has 2,500. It has 600,000 ABOUT over 500 topics, of which HubTopic holds a fifth of the papers, LargeTopic a tenth and SmallTopic one in 200; 100,000 authors with three authorships a paper, working for 200
// organizations; 20 series with 35 yearly editions. One paper in ten has a Chinese title. Abstracts are 60 words, of a vocabulary in which
// few words are frequent and most are rare (Zipf). CommonWord stands in a fifth of the titles, RareWord in one of 100, and nowhere else.
type Corpus struct {
	Seed   uint64
	Papers int
}

// What is known of every corpus.
const (
	HubTopic   literature.ID = "topic/t-0"
	LargeTopic literature.ID = "topic/t-1"
	SmallTopic literature.ID = "topic/t-2"
	CommonWord               = "storage"
	RareWord                 = "lattice"
)

const (
	corpusTopics        = 500
	corpusSeries        = 20
	corpusOrganizations = 200
	firstYear, years    = 1990, 35
	references          = 10 // of a paper in the middle
	abstractWords       = 60
	vocabularySize      = 20_000
)

// Paper is the id of the i-th paper, counted from 0; older papers come first.
func (c Corpus) Paper(i int) literature.ID { return literature.ID(fmt.Sprintf("paper/p-%06d", i)) }

// Year is the year of the i-th paper.
func (c Corpus) Year(i int) int { return firstYear + i*years/c.Papers }

func (c Corpus) authors() int            { return max(1, c.Papers/2) }
func inHub(i int) bool                   { return i%5 == 0 }
func inLarge(i int) bool                 { return i%10 == 3 }
func inSmall(i int) bool                 { return i%200 == 11 }
func hasCommon(i int) bool               { return i%5 == 1 }
func hasRare(i int) bool                 { return i%100 == 2 }
func isChinese(i int) bool               { return i%10 == 9 }
func topicID(i int) literature.ID        { return literature.ID(fmt.Sprintf("topic/t-%d", i)) }
func authorID(i int) literature.ID       { return literature.ID(fmt.Sprintf("author/a-%d", i)) }
func organizationOf(a int) int           { return a % corpusOrganizations }
func editionSlug(series, y int) string   { return fmt.Sprintf("s-%d-%d", series, y) }
func organizationID(i int) literature.ID { return literature.ID(fmt.Sprintf("organization/o-%d", i)) }

// Batches yields the corpus in batches of about so many records, each of which names only what it or an earlier batch holds. It keeps a few
// megabytes per million citations, whatever was yielded.
func (c Corpus) Batches(records int) iter.Seq[store.Batch] {
	return func(yield func(store.Batch) bool) {
		g := generator{Corpus: c, random: rand.New(rand.NewPCG(c.Seed, 0)), words: words(), said: assertions()}
		g.frequent = rand.NewZipf(g.random, 1.1, 4, vocabularySize-1)
		var pending []literature.Record
		for record := range g.records() {
			if pending = append(pending, record...); len(pending) >= records {
				if !yield(g.batch(pending)) {
					return
				}
				pending = nil
			}
		}
		if len(pending) > 0 {
			yield(g.batch(pending))
		}
	}
}

type generator struct {
	Corpus
	random   *rand.Rand
	frequent *rand.Zipf
	words    []string
	said     []literature.Assertion
	cited    []int32 // every citation's target, so that one drawn from it is drawn by how often it is cited
}

func (g *generator) batch(records []literature.Record) store.Batch {
	return store.Batch{Author: "corpus", At: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC), Upsert: records}
}

// records yields groups of records that belong together, what is named before what names it.
func (g *generator) records() iter.Seq[[]literature.Record] {
	return func(yield func([]literature.Record) bool) {
		for i := range corpusTopics {
			group := []literature.Record{topic(topicID(i).Slug(), "Topic "+g.words[len(g.words)-1-i])}
			if i > 25 { // those before are the widest
				group = append(group, g.relation(literature.Broader, topicID(i), topicID(3+i%22)))
			}
			if !yield(group) {
				return
			}
		}
		for series := range corpusSeries {
			slug := fmt.Sprintf("s-%d", series)
			group := []literature.Record{venue(slug, fmt.Sprintf("Conference %d", series), 0)}
			for y := firstYear; y < firstYear+years; y++ {
				edition := venue(editionSlug(series, y), fmt.Sprintf("Conference %d of %d", series, y), y)
				group = append(group, edition, g.relation(literature.Broader, edition.ID, literature.NewID(literature.KindVenue, slug)))
			}
			if !yield(group) {
				return
			}
		}
		for i := range corpusOrganizations {
			if !yield([]literature.Record{named(literature.KindOrganization, organizationID(i).Slug(), fmt.Sprintf("University %d", i))}) {
				return
			}
		}
		for i := range g.authors() {
			name := g.words[i%1000] + " " + g.words[i/1000%len(g.words)]
			group := []literature.Record{
				named(literature.KindAuthor, authorID(i).Slug(), name),
				g.relation(literature.AffiliatedTo, authorID(i), organizationID(organizationOf(i))),
			}
			if !yield(group) {
				return
			}
		}
		for i := range g.Papers {
			if !yield(g.paper(i)) {
				return
			}
		}
	}
}

// paper makes the i-th paper with all that leaves it.
func (g *generator) paper(i int) []literature.Record {
	p := paper(g.Paper(i).Slug(), g.title(i), fmt.Sprint(g.Year(i)))
	if isChinese(i) {
		p.Labels[0].Locale = literature.SimplifiedChinese
	}
	p.Abstracts = english(g.sentence(abstractWords))
	group := []literature.Record{p}
	for _, t := range g.topics(i) {
		r := g.relation(literature.About, p.ID, topicID(t))
		r.Weight = 1 + g.random.IntN(literature.FullWeight)
		group = append(group, r)
	}
	for position, a := range g.distinct(1+g.random.IntN(5), func() int { return g.skewed(g.authors()) }) {
		r := g.relation(literature.AuthoredBy, p.ID, authorID(a))
		r.Position, r.Organizations = position+1, []literature.ID{organizationID(organizationOf(a))}
		group = append(group, r)
	}
	edition := literature.NewID(literature.KindVenue, editionSlug(g.random.IntN(corpusSeries), g.Year(i)))
	group = append(group, g.relation(literature.PublishedIn, p.ID, edition))
	for _, target := range g.citations(i) {
		group = append(group, g.relation(literature.Cites, p.ID, g.Paper(target)))
		g.cited = append(g.cited, int32(target))
	}
	return group
}

func (g *generator) relation(kind literature.RelationKind, source, target literature.ID) *literature.Relation {
	r := relation(kind, source, target)
	r.Assertions = g.said
	return r
}

func (g *generator) topics(i int) []int {
	var fixed []int
	for t, in := range []bool{inHub(i), inLarge(i), inSmall(i)} {
		if in {
			fixed = append(fixed, t)
		}
	}
	others := g.distinct(1+g.random.IntN(4)+i%5/4, func() int { return 3 + g.skewed(corpusTopics-3) })
	return append(fixed, others...)
}

// citations draws what the i-th paper cites: earlier papers, half of them by how often they are cited already, which makes the exponent 3 (1 + 1 ÷ that half: Simon, On a class of skew
// distribution functions, 1955); one paper in 1,000 also itself.
func (g *generator) citations(i int) []int {
	n := min(i, g.random.IntN(2*references+1))
	targets := g.distinct(n, func() int {
		if len(g.cited) == 0 || g.random.IntN(2) == 0 {
			return g.random.IntN(i)
		}
		return int(g.cited[g.random.IntN(len(g.cited))])
	})
	if i%1000 == 500 && !slices.Contains(targets, i) {
		targets = append(targets, i)
	}
	return targets
}

// distinct draws n different numbers, or fewer where it meets too many twice.
func (g *generator) distinct(n int, draw func() int) []int {
	var drawn []int
	for range 4 * n {
		if len(drawn) == n {
			break
		}
		if v := draw(); !slices.Contains(drawn, v) {
			drawn = append(drawn, v)
		}
	}
	return drawn
}

// skewed draws a number below n, small ones more often.
func (g *generator) skewed(n int) int {
	return int(float64(n) * math.Pow(g.random.Float64(), 1.5))
}

func (g *generator) title(i int) string {
	if isChinese(i) {
		var title []rune
		for range 8 {
			title = append(title, rune(0x4e00+g.random.IntN(2000)))
		}
		return string(title)
	}
	title := strings.Fields(g.sentence(7))
	if hasCommon(i) {
		title[2] = CommonWord
	}
	if hasRare(i) {
		title[4] = RareWord
	}
	return strings.Join(title, " ")
}

func (g *generator) sentence(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(g.words[g.frequent.Uint64()])
	}
	return b.String()
}

// words makes the vocabulary from syllables, so that no word is CommonWord or RareWord, whose letters they cannot form.
func words() []string {
	const consonants, vowels = "bdfghjklmnprstvz", "aeiou"
	var syllables []string
	for _, c := range consonants {
		for _, v := range vowels {
			syllables = append(syllables, string(c)+string(v))
		}
	}
	list := make([]string, vocabularySize)
	for i := range list {
		n := len(syllables)
		list[i] = syllables[i%n] + syllables[i/n%n] + syllables[(i/n/n+7*i)%n] + "k"
	}
	return list
}
