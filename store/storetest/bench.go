package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Bench loads a corpus of PAPERGRAPH_BENCH_PAPERS papers (200,000 where that is not set) into a store, closes it, opens it again, and measures the questions
// that must be fast. Each is answered rightly before it is timed: the answers are worked out from the corpus by plain loops. Beside the mean, each
// reports its median as ms-p50; loading and opening report seconds and the megabytes that the process holds afterwards.
//
// open opens the store at a path, the same one twice; a store that lives elsewhere must be empty the first time. The corpus is loaded once, for all
// questions and however often -count repeats them.
func Bench(b *testing.B, open func(path string) (store.Store, error)) {
	corpus := BenchCorpus(b)
	path := filepath.Join(b.TempDir(), "bench")
	s, err := open(path)
	if err != nil {
		b.Fatal(err)
	}
	asked := load(b, s, corpus)
	s = reopen(b, open, path, s)
	defer func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	}()
	for _, q := range asked {
		b.Run(q.name, func(b *testing.B) {
			if err := q.check(b.Context(), s); err != nil {
				b.Fatal(err)
			}
			Measure(b, func(i int) error {
				_, err := q.ask(b.Context(), s, i)
				return err
			})
		})
	}
	for _, n := range []int{1, 1000} {
		b.Run(fmt.Sprintf("apply/%d", n), func(b *testing.B) { benchApply(b, s, corpus, n) })
	}
}

// BenchCorpus is what benchmarks load: PAPERGRAPH_BENCH_PAPERS papers, 200,000 where that is not set.
func BenchCorpus(b *testing.B) Corpus {
	papers := 200_000
	if text := os.Getenv("PAPERGRAPH_BENCH_PAPERS"); text != "" {
		var err error
		if papers, err = strconv.Atoi(text); err != nil || papers < 1000 {
			b.Fatalf("PAPERGRAPH_BENCH_PAPERS is %q: give a number of 1000 or more", text)
		}
	}
	return Corpus{Seed: 1, Papers: papers}
}

// Fill loads a corpus into stores.
func Fill(b *testing.B, corpus Corpus, stores ...store.Store) {
	for batch := range corpus.Batches(loadBatch) {
		for _, s := range stores {
			if _, err := s.Apply(b.Context(), batch); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// loadBatch is how many records a batch of a load holds, about as many as an import writes at once.
const loadBatch = 10_000

// load fills the store and returns what to ask of it. What the answers were worked out from is garbage afterwards.
func load(b *testing.B, s store.Store, corpus Corpus) []question {
	known := newFacts(corpus)
	var applying time.Duration // without the making of the corpus
	records := 0
	for batch := range corpus.Batches(loadBatch) {
		known.note(batch)
		records += len(batch.Upsert)
		begin := time.Now()
		if _, err := s.Apply(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
		applying += time.Since(begin)
	}
	asked := questions(known)
	b.Run("load", func(b *testing.B) {
		for range b.N { // it was measured already
		}
		b.ReportMetric(applying.Seconds(), "s")
		b.ReportMetric(float64(records)/applying.Seconds(), "records/s")
		b.ReportMetric(resident(), "MB-resident")
		b.ReportMetric(0, "ns/op")
	})
	return asked
}

// reopen closes and opens the store, and asks one question, because a store may put off work until it is asked.
func reopen(b *testing.B, open func(path string) (store.Store, error), path string, s store.Store) store.Store {
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	s = nil
	before := resident()
	begin := time.Now()
	s, err := open(path)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := s.List(b.Context(), store.ListQuery{Kind: literature.KindPaper, Page: benchPage}); err != nil {
		b.Fatal(err)
	}
	took := time.Since(begin)
	b.Run("reopen", func(b *testing.B) {
		for range b.N { // it was measured already
		}
		b.ReportMetric(took.Seconds(), "s")
		b.ReportMetric(before, "MB-before")
		b.ReportMetric(resident(), "MB-resident")
		b.ReportMetric(0, "ns/op")
	})
	return s
}

func benchApply(b *testing.B, s store.Store, corpus Corpus, n int) {
	ctx := b.Context()
	stats, err := s.Stats(ctx)
	if err != nil {
		b.Fatal(err)
	}
	written := int(stats.Version) // so that no batch writes what an earlier run wrote
	batch := func() store.Batch {
		written++
		change := store.Batch{Author: "bench", Reason: fmt.Sprint(written)}
		for i := range n {
			id := corpus.Paper((7919*(written*n+i) + 5) % corpus.Papers)
			change.Upsert = append(change.Upsert, paper(id.Slug(), fmt.Sprintf("Rewritten %d of %d", written, n), "2020"))
		}
		return change
	}
	if err := checkApply(ctx, s, batch()); err != nil {
		b.Fatal(err)
	}
	Measure(b, func(int) error {
		_, err := s.Apply(ctx, batch())
		return err
	})
}

// checkApply checks that a change is there when it was acknowledged.
func checkApply(ctx context.Context, s store.Store, change store.Batch) error {
	before, err := s.Stats(ctx)
	if err != nil {
		return err
	}
	version, err := s.Apply(ctx, change)
	if err != nil {
		return err
	}
	id := change.Upsert[0].RecordID()
	records, err := s.Records(ctx, []literature.ID{id})
	if err != nil {
		return err
	}
	want := change.Upsert[0].(literature.Entity).Label(nil)
	if e, ok := records[id].(literature.Entity); !ok || e.Label(nil) != want || version != before.Version+1 {
		return fmt.Errorf("after version %d, version %d: %s is %v, want %q", before.Version, version, id, records[id], want)
	}
	return nil
}

// Measure times each call by itself and reports the median beside the mean; i counts the calls.
func Measure(b *testing.B, ask func(i int) error) {
	var took []time.Duration
	i := 0
	for b.Loop() {
		begin := time.Now()
		if err := ask(i); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(begin))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1e6, "ms-p50")
}

// resident is how many megabytes the process holds once garbage is given back, or 0 where the system does not tell.
func resident() float64 {
	debug.FreeOSMemory()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, text, _ := strings.Cut(string(status), "VmRSS:")
	kilobytes, err := strconv.ParseFloat(strings.Fields(text + " -")[0], 64)
	if err != nil {
		return 0
	}
	return kilobytes / 1024
}
