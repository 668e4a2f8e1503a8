package storetest

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// facts is what a corpus is known to hold, gathered from its batches on their way to the store and from nothing else: the answers of the
// benchmarks are worked out from it by plain loops.
type facts struct {
	corpus Corpus
	cites  [][]int32 // by paper, what it cites
	topics [][]int32 // by paper
	cited  []int32   // by paper, how often
	titles []string
	venues []literature.ID // by paper
}

func newFacts(c Corpus) *facts {
	return &facts{
		corpus: c, cites: make([][]int32, c.Papers), topics: make([][]int32, c.Papers), cited: make([]int32, c.Papers), titles: make([]string, c.Papers),
		venues: make([]literature.ID, c.Papers),
	}
}

func (f *facts) note(b store.Batch) {
	for _, record := range b.Upsert {
		switch record := record.(type) {
		case *literature.Paper:
			f.titles[ordinal(record.ID)] = record.Label(nil)
		case *literature.Relation:
			if record.Source.EntityKind() != literature.KindPaper {
				continue
			}
			source, target := ordinal(record.Source), ordinal(record.Target)
			switch record.Kind {
			case literature.Cites:
				f.cites[source] = append(f.cites[source], int32(target))
				f.cited[target]++
			case literature.About:
				f.topics[source] = append(f.topics[source], int32(target))
			case literature.PublishedIn:
				f.venues[source] = record.Target
			}
		}
	}
}

// ordinal is the number in an id of the corpus.
func ordinal(id literature.ID) int {
	_, digits, _ := strings.Cut(string(id), "-")
	n := 0
	for _, digit := range strings.Split(digits, "-")[0] {
		n = 10*n + int(digit-'0')
	}
	return n
}

// where lists the papers of which something holds, most cited first, then by id in either direction, as the contract orders them.
func (f *facts) where(idDescending bool, holds func(i int) bool) []int {
	var papers []int
	for i := range f.corpus.Papers {
		if holds(i) {
			papers = append(papers, i)
		}
	}
	slices.SortFunc(papers, func(a, b int) int {
		return cmp.Or(-cmp.Compare(f.cited[a], f.cited[b]), directed(cmp.Compare(a, b), idDescending))
	})
	return papers
}

// ids are the ids of the first n papers of a list.
func (f *facts) ids(papers []int, n int) []literature.ID {
	var ids []literature.ID
	for _, i := range papers[:min(n, len(papers))] {
		ids = append(ids, f.corpus.Paper(i))
	}
	return ids
}

func (f *facts) about(i int, topic literature.ID) bool {
	return slices.Contains(f.topics[i], int32(ordinal(topic)))
}

func (f *facts) inTitle(i int, word string) bool {
	return slices.Contains(strings.Fields(f.titles[i]), word)
}

// topicsOf are the topics of a paper, venueOf the edition that it appeared in.
func (f *facts) topicsOf(i int) (topics []literature.ID) {
	for _, t := range f.topics[i] {
		topics = append(topics, topicID(int(t)))
	}
	return topics
}

func (f *facts) venueOf(i int) []literature.ID { return f.venues[i : i+1] }

// buckets counts what papers have, and writes the largest counts with their keys; the most frequent come first, then in id order.
func buckets(papers []int, limit int, has func(i int) []literature.ID) (buckets []string) {
	counts := make(map[literature.ID]int)
	for _, i := range papers {
		for _, id := range has(i) {
			counts[id]++
		}
	}
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b literature.ID) int {
		return cmp.Or(-cmp.Compare(counts[a], counts[b]), cmp.Compare(a, b))
	})
	for _, key := range keys[:min(limit, len(keys))] {
		buckets = append(buckets, fmt.Sprint(key, " ", counts[key]))
	}
	return buckets
}

// sharing scores the papers that share topics with the i-th by the idf of what they share, best first, then in id order.
func (f *facts) sharing(i int) (papers []int, scores map[int]int64) {
	frequency := make(map[int32]int)
	for _, topics := range f.topics {
		for _, t := range topics {
			frequency[t]++
		}
	}
	scores = make(map[int]int64)
	for other, topics := range f.topics {
		for _, t := range topics {
			if other != i && slices.Contains(f.topics[i], t) {
				scores[other] += store.IDF(f.corpus.Papers, frequency[t])
			}
		}
	}
	papers = slices.SortedFunc(maps.Keys(scores), func(a, b int) int {
		return cmp.Or(-cmp.Compare(scores[a], scores[b]), cmp.Compare(a, b))
	})
	return papers, scores
}

// distance is the number of citations, followed either way, between two papers, or -1.
func (f *facts) distance(from, to int) int {
	citing := make([][]int32, f.corpus.Papers)
	for i, targets := range f.cites {
		for _, target := range targets {
			citing[target] = append(citing[target], int32(i))
		}
	}
	steps := map[int]int{from: 0}
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == to {
			return steps[to]
		}
		for _, next := range slices.Concat(f.cites[queue[0]], citing[queue[0]]) {
			if _, seen := steps[int(next)]; !seen {
				steps[int(next)] = steps[queue[0]] + 1
				queue = append(queue, int(next))
			}
		}
	}
	return -1
}

// typical is a paper of few topics, none of them held by many papers, that cites about as much as most.
func (f *facts) typical() int {
	i := slices.IndexFunc(f.topics[f.corpus.Papers/2:], func(topics []int32) bool {
		return len(topics) == 3 && !slices.ContainsFunc(topics, func(t int32) bool { return t < 3 })
	})
	return f.corpus.Papers/2 + i
}
