package explore_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"text/tabwriter"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// The protocol of the evaluation, which docs/relatedness.md describes.
const (
	hidings = 5   // random hidings, by the seeds 1 to 5
	hide    = 0.3 // part of the references that is hidden
	depth   = 20  // answers that count
	twoHop  = "two-hop count"
)

var everySignal = flag.Bool("signals", false, "evaluate each signal by itself, too, and not only what must hold")

// task is one question of the evaluation: what should be found again from the seeds.
type task struct {
	seeds    []literature.ID
	relevant map[literature.ID]bool
}

// TestEvaluation measures how well signals and profiles find hidden references again, and fails where a profile falls behind a plain count of two-hop ways. `make eval` prints the tables. The sample
// is small: no weight is tuned to it.
func TestEvaluation(t *testing.T) {
	s := readSample(t, "../../shared/corpora/synergy-openalex/Nelson_2002")
	reader := embedded(t)
	change(t, reader, store.Batch{Upsert: slices.Concat(s.entities, s.joins, s.citations)})
	for _, part := range []struct {
		name string
		hide func(random *rand.Rand) (hidden []literature.Record, tasks []task)
	}{
		{"references of single papers", s.references},
		{"papers that the review included", s.inclusions},
	} {
		t.Run(part.name, func(t *testing.T) {
			measured := newScores()
			for hiding := range hidings {
				hidden, tasks := part.hide(rand.New(rand.NewPCG(uint64(hiding+1), 0)))
				var ids []literature.ID
				for _, citation := range hidden {
					ids = append(ids, citation.RecordID())
				}
				change(t, reader, store.Batch{Remove: ids})
				measured.count(tasks)
				for _, m := range methods() {
					measured.add(m.name, m.rank(t, reader, tasks), tasks)
				}
				change(t, reader, store.Batch{Upsert: hidden})
			}
			fmt.Fprintf(t.Output(), "\n%s: %s\n", part.name, measured)
			for _, metric := range []map[string][]float64{measured.recall, measured.gain} {
				plain, spread := mean(metric[twoHop]), deviation(metric[twoHop])
				for _, profile := range []explore.Profile{explore.Discover, explore.Screen} {
					if reached := mean(metric[string(profile)]); reached < plain-spread {
						t.Errorf("%s reaches %.3f, the %s %.3f: more than the spread of %.3f below", profile, reached, twoHop, plain, spread)
					}
				}
			}
		})
	}
}

// references hides some of all references; each paper that misses some of the pool is a task.
func (s *sample) references(random *rand.Rand) (hidden []literature.Record, tasks []task) {
	missing := make(map[literature.ID]map[literature.ID]bool)
	for _, i := range random.Perm(len(s.citations))[:part(len(s.citations))] {
		hidden = append(hidden, s.citations[i])
		citation := s.citations[i].(*literature.Relation)
		if s.pool[citation.Target] {
			if missing[citation.Source] == nil {
				missing[citation.Source] = make(map[literature.ID]bool)
			}
			missing[citation.Source][citation.Target] = true
		}
	}
	for _, seed := range slices.Sorted(maps.Keys(missing)) {
		tasks = append(tasks, task{[]literature.ID{seed}, missing[seed]})
	}
	return hidden, tasks
}

// inclusions hides some of the papers that the review included, to be found from all others of them; the graph stays whole.
func (s *sample) inclusions(random *rand.Rand) (hidden []literature.Record, tasks []task) {
	one := task{relevant: make(map[literature.ID]bool)}
	for i, at := range random.Perm(len(s.included)) {
		if i < part(len(s.included)) {
			one.relevant[s.included[at]] = true
		} else {
			one.seeds = append(one.seeds, s.included[at])
		}
	}
	return nil, []task{one}
}

// part is how many of n are hidden.
func part(n int) int { return int(math.Round(hide * float64(n))) }

func change(t *testing.T, s store.Writer, batch store.Batch) {
	t.Helper()
	batch.Author = "evaluation"
	if _, err := s.Apply(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
}

// method is one way to rank, for all tasks at once.
type method struct {
	name string
	rank func(t *testing.T, reader store.Reader, tasks []task) [][]literature.ID
}

// methods are both profiles and what they must not fall behind, and where that is asked for each signal alone.
func methods() []method {
	var all []method
	for _, signal := range explore.Signals() {
		if *everySignal {
			all = append(all, method{string(signal), weighing(map[explore.Signal]float64{signal: 1})})
		}
	}
	for _, profile := range []explore.Profile{explore.Discover, explore.Screen} {
		all = append(all, method{string(profile), weighing(profile.Weights())})
	}
	return append(all, method{twoHop, countWays})
}

// weighing ranks related work by weights, away from what the seeds are known to cite.
func weighing(weights map[explore.Signal]float64) func(*testing.T, store.Reader, []task) [][]literature.ID {
	return func(t *testing.T, reader store.Reader, tasks []task) [][]literature.ID {
		queries := make([]explore.RelatedQuery, len(tasks))
		var arrays *explore.Arrays
		if weights[explore.PersonalizedPageRank] > 0 {
			var err error
			if arrays, err = explore.ReadArrays(t.Context(), reader); err != nil {
				t.Fatal(err)
			}
		}
		for i, task := range tasks {
			records, err := reader.Records(t.Context(), task.seeds)
			if err != nil {
				t.Fatal(err)
			}
			queries[i] = explore.RelatedQuery{Weights: weights, Arrays: arrays, ExcludeCited: len(task.seeds) == 1, Page: store.Page{Limit: depth}}
			for _, seed := range task.seeds {
				queries[i].Seeds = append(queries[i].Seeds, records[seed].(*literature.Paper))
			}
		}
		pages, err := explore.RelatedPapers(t.Context(), reader, queries)
		if err != nil {
			t.Fatal(err)
		}
		ranked := make([][]literature.ID, len(tasks))
		for i, page := range pages {
			for _, item := range page.Items {
				ranked[i] = append(ranked[i], item.ID)
			}
		}
		return ranked
	}
}

// countWays ranks by the number of ways of two citations in any direction, away from what a single seed is known to cite.
func countWays(t *testing.T, reader store.Reader, tasks []task) [][]literature.ID {
	hop := store.Hop{Kinds: []literature.RelationKind{literature.Cites}, Direction: store.Both}
	var q store.WalkQuery
	for i, task := range tasks {
		walk := store.Walk{
			Key: literature.ID(fmt.Sprint(i)), Hops: []store.Hop{hop, hop}, Bare: true, Page: store.Page{Limit: depth},
			Filter: &store.Filter{Kinds: []literature.EntityKind{literature.KindPaper}},
		}
		for _, seed := range task.seeds {
			walk.Starts = append(walk.Starts, store.Start{ID: seed, Weight: 1})
		}
		if len(task.seeds) == 1 {
			cited, err := reader.Relations(t.Context(), store.RelationQuery{
				Sources: task.seeds, Direction: store.Outgoing, Kinds: hop.Kinds, Page: store.Page{Limit: store.MaxPage},
			})
			if err != nil {
				t.Fatal(err)
			}
			for _, item := range cited[task.seeds[0]].Items {
				walk.Exclude = append(walk.Exclude, item.Position.ID)
			}
		}
		q.Walks = append(q.Walks, walk)
	}
	reached, err := reader.Walk(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	ranked := make([][]literature.ID, len(tasks))
	for i := range tasks {
		for _, item := range reached[literature.ID(fmt.Sprint(i))].Items {
			ranked[i] = append(ranked[i], item.Position.ID)
		}
	}
	return ranked
}

// scores are means over the tasks, one for each hiding, by method.
type scores struct {
	names        []string
	recall, gain map[string][]float64
	seeds, found []float64
}

func newScores() *scores {
	return &scores{recall: make(map[string][]float64), gain: make(map[string][]float64)}
}

// add scores one method on one hiding: the part of what is relevant among the first answers, and the normalised discounted cumulative gain (Järvelin and Kekäläinen, Cumulated
// gain-based evaluation of IR techniques, 2002) with the gain 1 for what is relevant.
func (s *scores) add(name string, ranked [][]literature.ID, tasks []task) {
	recall, gain := 0.0, 0.0
	for i, task := range tasks {
		found, dcg, ideal := 0.0, 0.0, 0.0
		for at, id := range ranked[i] {
			if task.relevant[id] {
				found++
				dcg += 1 / math.Log2(float64(at+2))
			}
		}
		for at := range min(depth, len(task.relevant)) {
			ideal += 1 / math.Log2(float64(at+2))
		}
		recall += found / float64(len(task.relevant)) / float64(len(tasks))
		gain += dcg / ideal / float64(len(tasks))
	}
	if s.recall[name] == nil {
		s.names = append(s.names, name)
	}
	s.recall[name], s.gain[name] = append(s.recall[name], recall), append(s.gain[name], gain)
}

// count takes down how much one hiding asks for.
func (s *scores) count(tasks []task) {
	seeds, relevant := 0, 0
	for _, task := range tasks {
		seeds += len(task.seeds)
		relevant += len(task.relevant)
	}
	s.seeds, s.found = append(s.seeds, float64(seeds)), append(s.found, float64(relevant))
}

// String is a table.
func (s *scores) String() string {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d hidings; seeds %.1f ± %.1f, hidden references found in the pool %.1f ± %.1f\n\n", hidings, mean(s.seeds), deviation(s.seeds), mean(s.found), deviation(s.found))
	w := tabwriter.NewWriter(&b, 0, 0, 1, ' ', tabwriter.Debug)
	fmt.Fprintf(w, "| \t recall@%d\t nDCG@%d\t\n", depth, depth)
	for _, name := range s.names {
		fmt.Fprintf(w, "| %s\t %.3f ± %.3f\t %.3f ± %.3f\t\n", name, mean(s.recall[name]), deviation(s.recall[name]), mean(s.gain[name]), deviation(s.gain[name]))
	}
	if err := w.Flush(); err != nil {
		return err.Error()
	}
	return b.String()
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += value / float64(len(values))
	}
	return sum
}

// deviation is the sample standard deviation.
func deviation(values []float64) float64 {
	sum := 0.0
	for _, value := range values {
		sum += (value - mean(values)) * (value - mean(values)) / float64(len(values)-1)
	}
	return math.Sqrt(sum)
}
