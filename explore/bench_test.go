package explore_test

import (
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// BenchmarkRelatedPapers ranks what is related to one paper, to ten, and to one whose references are famous, of PAPERGRAPH_BENCH_PAPERS papers (200,000 where that is not set), on the embedded
// store; why adds what the signals went through, and coupling is, to compare with, a single walk from the same seeds: the 20 that share most references with them. The whole answer over
// 1,000 papers is compared with that of the reference before.
func BenchmarkRelatedPapers(b *testing.B) {
	few := storetest.Corpus{Seed: 1, Papers: 1000}
	reference, small := storetest.NewReference(), embedded(b)
	storetest.Fill(b, few, reference, small)
	for _, seeds := range []int{1, 10} {
		want, _ := relatedTo(b, reference, seedsOf(few, seeds, 0))
		got, _ := relatedTo(b, small, seedsOf(few, seeds, 0))
		if diff := cmp.Diff(want, got); diff != "" {
			b.Fatalf("other answers than the reference's (-want +got):\n%s", diff)
		}
	}
	corpus := storetest.BenchCorpus(b)
	s, famous := filled(b, corpus), famousOf(corpus)
	for _, from := range []struct {
		name string
		ids  func(i int) []literature.ID
	}{
		{"1", func(i int) []literature.ID { return seedsOf(corpus, 1, i) }},
		{"10", func(i int) []literature.ID { return seedsOf(corpus, 10, i) }},
		{"famous", func(i int) []literature.ID { return famous[i%len(famous):][:1] }},
	} {
		b.Run("coupling/"+from.name, func(b *testing.B) {
			storetest.Measure(b, func(i int) error {
				cites := []literature.RelationKind{literature.Cites}
				walk := store.Walk{Key: "coupling", Page: store.Page{Limit: 20}, Hops: []store.Hop{
					{Kinds: cites, Direction: store.Outgoing}, {Kinds: cites, Direction: store.Incoming, Weigh: store.WeighSalton},
				}}
				for _, id := range from.ids(i) {
					walk.Starts = append(walk.Starts, store.Start{ID: id, Weight: 1})
				}
				_, err := s.Walk(b.Context(), store.WalkQuery{Walks: []store.Walk{walk}})
				return err
			})
		})
		b.Run("related/"+from.name, func(b *testing.B) {
			storetest.Measure(b, func(i int) error {
				if page, _ := relatedTo(b, s, from.ids(i)); len(page.Items) != 20 {
					return fmt.Errorf("%d papers", len(page.Items))
				}
				return nil
			})
		})
		b.Run("why/"+from.name, func(b *testing.B) {
			storetest.Measure(b, func(i int) error {
				page, q := relatedTo(b, s, from.ids(i))
				_, err := explore.Grounds(b.Context(), s, []explore.RelatedQuery{q}, []explore.RelatedPage{page})
				return err
			})
		})
	}
}

// filled is an embedded store that holds a corpus, opened as a server opens it.
func filled(b *testing.B, corpus storetest.Corpus) store.Store {
	path := filepath.Join(b.TempDir(), "papergraph.db")
	for _, stage := range []string{"filling", "asking"} {
		s, err := sqlite.Open(b.Context(), path, sqlite.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if stage == "asking" {
			b.Cleanup(func() { _ = s.Close() })
			return s
		}
		storetest.Fill(b, corpus, s)
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	return nil
}

// seedsOf are the i-th seeds.
func seedsOf(corpus storetest.Corpus, seeds, i int) []literature.ID {
	ids := make([]literature.ID, seeds)
	for k := range ids {
		ids[k] = corpus.Paper((7919*(i*seeds+k) + 17) % corpus.Papers)
	}
	return ids
}

// famousOf are the hundred papers whose references are cited most, all together.
func famousOf(corpus storetest.Corpus) []literature.ID {
	references := make(map[literature.ID][]literature.ID)
	cited := make(map[literature.ID]int)
	for batch := range corpus.Batches(10_000) {
		for _, record := range batch.Upsert {
			if r, ok := record.(*literature.Relation); ok && r.Kind == literature.Cites {
				references[r.Source] = append(references[r.Source], r.Target)
				cited[r.Target]++
			}
		}
	}
	fame := make(map[literature.ID]int, len(references))
	for id, targets := range references {
		for _, target := range targets {
			fame[id] += cited[target]
		}
	}
	return slices.SortedFunc(maps.Keys(fame), func(a, b literature.ID) int {
		if fame[a] != fame[b] {
			return fame[b] - fame[a]
		}
		return strings.Compare(string(a), string(b))
	})[:100]
}

// relatedTo asks for what is related to some papers; the time to fetch them counts.
func relatedTo(b *testing.B, s store.Store, ids []literature.ID) (explore.RelatedPage, explore.RelatedQuery) {
	records, err := s.Records(b.Context(), ids)
	if err != nil {
		b.Fatal(err)
	}
	q := explore.RelatedQuery{Weights: explore.Discover.Weights(), Page: store.Page{Limit: 20}}
	if len(ids) > 1 {
		q.Weights = explore.Screen.Weights()
	}
	for _, id := range ids {
		q.Seeds = append(q.Seeds, records[id].(*literature.Paper))
	}
	pages, err := explore.RelatedPapers(b.Context(), s, []explore.RelatedQuery{q})
	if err != nil {
		b.Fatal(err)
	}
	return pages[0], q
}

// BenchmarkArrays reads a graph of PAPERGRAPH_BENCH_PAPERS papers (200,000 where that is not set) as arrays, catches up with a change, and cuts pages out of the ranking.
func BenchmarkArrays(b *testing.B) {
	corpus := storetest.BenchCorpus(b)
	s := filled(b, corpus)
	arrays, err := explore.ReadArrays(b.Context(), s)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := explore.ReadArrays(b.Context(), s); err != nil {
				b.Fatal(err)
			}
		}
	})
	from := 2000
	for name, filter := range map[string]*store.Filter{"all": nil, "filtered": {Years: store.Range{From: &from}}} {
		b.Run("page/"+name, func(b *testing.B) {
			for b.Loop() {
				page, err := explore.RankedPapers(b.Context(), s, arrays, explore.RankedQuery{By: explore.ByPageRank, Filter: filter, Page: store.Page{Limit: 20}, WithTotal: true})
				if err != nil || len(page.Items) != 20 {
					b.Fatal(len(page.Items), err)
				}
			}
		})
	}
	if _, err := s.Apply(b.Context(), store.Batch{Author: "benchmark", Upsert: []literature.Record{joined(literature.Cites, corpus.Paper(0), corpus.Paper(0))}}); err != nil {
		b.Fatal(err)
	}
	b.Run("catch up", func(b *testing.B) {
		for b.Loop() {
			if _, err := arrays.CatchUp(b.Context(), s); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// citing is a graph that can only be scanned: papers with 10 citations each, most of them of older and of much cited papers.
type citing struct {
	store.Reader
	papers int
}

func (c citing) Scan(_ context.Context, _ store.ScanQuery, fn func(store.Change, []literature.Record) error) (store.Version, error) {
	random := rand.New(rand.NewPCG(1, 0))
	id := func(n int) literature.ID { return literature.ID(fmt.Sprintf("paper/p%07d", n)) }
	for n := range c.papers {
		if err := fn(store.Change{}, []literature.Record{&literature.Paper{Base: literature.Base{ID: id(n)}}}); err != nil {
			return 0, err
		}
	}
	for n := range c.papers {
		var records []literature.Record
		for range 10 {
			to := int(float64(c.papers) * random.Float64() * random.Float64())
			records = append(records, &literature.Relation{ID: literature.NewRelationID(literature.Cites, id(n), id(to)), Kind: literature.Cites, Source: id(n), Target: id(to)})
		}
		if err := fn(store.Change{}, records); err != nil {
			return 0, err
		}
	}
	return 1, nil
}

// BenchmarkPageRank computes PageRank and the personalized walk on arrays of 200,000 papers with 2 million citations.
func BenchmarkPageRank(b *testing.B) {
	arrays, err := explore.ReadArrays(b.Context(), citing{papers: 200_000})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			ranks, err := arrays.PageRank(b.Context())
			if err != nil {
				b.Fatal(err)
			}
			sum := 0.0
			for _, rank := range ranks {
				sum += rank
			}
			if math.Abs(sum-1) > 1e-6 {
				b.Fatalf("all ranks are %g", sum)
			}
		}
	})
	b.Run("personalized", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if _, err := arrays.Personalized(b.Context(), []literature.ID{literature.ID(fmt.Sprintf("paper/p%07d", 7919*i%200_000))}, 4); err != nil {
				b.Fatal(err)
			}
		}
	})
}
