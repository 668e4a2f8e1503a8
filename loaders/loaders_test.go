package loaders_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// counting answers degrees and records from the ids alone and counts the calls; fail makes the next call fail.
type counting struct {
	store.Reader
	calls atomic.Int32
	fail  atomic.Bool
	seen  sync.Map
}

var errBroken = errors.New("broken")

func (c *counting) begin(ids []literature.ID) error {
	c.calls.Add(1)
	for _, id := range ids {
		n, _ := c.seen.LoadOrStore(id, new(atomic.Int32))
		n.(*atomic.Int32).Add(1)
	}
	if len(ids) > store.MaxKeys {
		return fmt.Errorf("%d keys", len(ids))
	}
	if c.fail.Swap(false) {
		return errBroken
	}
	return nil
}

func (c *counting) Degrees(_ context.Context, ids []literature.ID, of []store.KindDirection) (map[literature.ID][]int, error) {
	if err := c.begin(ids); err != nil {
		return nil, err
	}
	counts := make(map[literature.ID][]int)
	for _, id := range ids {
		if id.EntityKind() != "" {
			counts[id] = make([]int, len(of))
			for i := range of {
				counts[id][i] = len(id)
			}
		}
	}
	return counts, nil
}

func (c *counting) Records(_ context.Context, ids []literature.ID) (map[literature.ID]literature.Record, error) {
	if err := c.begin(ids); err != nil {
		return nil, err
	}
	records := make(map[literature.ID]literature.Record)
	for _, id := range ids {
		if id.EntityKind() == literature.KindPaper {
			records[id] = &literature.Paper{Base: literature.Base{ID: id}}
		}
	}
	return records, nil
}

func TestPrimedAnswersCostNoCall(t *testing.T) {
	reader := &counting{}
	l := loaders.New(reader, nil)
	question := loaders.Degree{Direction: store.Both}
	ids := []literature.ID{"paper/a", "paper/bb", "paper/a", "nothing"}
	answers, err := l.Degrees.Prime(t.Context(), ids, question)
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{7, 8, 7, 0}; fmt.Sprint(answers) != fmt.Sprint(want) {
		t.Errorf("primed %v, want %v", answers, want)
	}
	for _, id := range ids {
		if _, err := l.Degrees.Load(t.Context(), id, question); err != nil {
			t.Error(err)
		}
	}
	if _, err := l.Degrees.Prime(t.Context(), ids, question); err != nil {
		t.Error(err)
	}
	if n := reader.calls.Load(); n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
	if _, err := l.Degrees.Load(t.Context(), "paper/a", loaders.Degree{Direction: store.Incoming}); err != nil {
		t.Error(err)
	}
	if n := reader.calls.Load(); n != 2 {
		t.Errorf("another question: %d calls in all, want 2", n)
	}
}

func TestUnprimedQuestionsShareCalls(t *testing.T) {
	reader := &counting{}
	l := loaders.New(reader, nil)
	var wait sync.WaitGroup
	for i := range 100 {
		wait.Go(func() {
			id := literature.ID(fmt.Sprintf("paper/p%02d", i%10))
			if n, err := l.Degrees.Load(t.Context(), id, loaders.Degree{Kinds: []literature.RelationKind{literature.Cites, literature.About}, Direction: store.Both}); err != nil || n != 2*len(id) {
				t.Errorf("%d %v", n, err)
			}
		})
	}
	wait.Wait()
	reader.seen.Range(func(id, n any) bool {
		if asked := n.(*atomic.Int32).Load(); asked != 1 {
			t.Errorf("%s was asked %d times", id, asked)
		}
		return true
	})
}

func TestMoreParentsThanOneCallTakes(t *testing.T) {
	reader := &counting{}
	l := loaders.New(reader, nil)
	ids := make([]literature.ID, store.MaxKeys+1)
	for i := range ids {
		ids[i] = literature.ID(fmt.Sprintf("paper/p%d", i))
	}
	answers, err := l.Degrees.Prime(t.Context(), ids, loaders.Degree{Direction: store.Both})
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range answers {
		if n != len(ids[i]) {
			t.Fatalf("%s: %d", ids[i], n)
		}
	}
	if n := reader.calls.Load(); n != 2 {
		t.Errorf("%d calls, want 2", n)
	}
}

func TestFailures(t *testing.T) {
	reader := &counting{}
	l := loaders.New(reader, nil)
	reader.fail.Store(true)
	if _, err := l.Degrees.Prime(t.Context(), []literature.ID{"paper/a"}, loaders.Degree{Direction: store.Both}); !errors.Is(err, errBroken) {
		t.Errorf("priming: %v", err)
	}
	if n, err := l.Degrees.Load(t.Context(), "paper/a", loaders.Degree{Direction: store.Both}); err != nil || n != 7 {
		t.Errorf("a failed priming is asked again: %d %v", n, err)
	}
	reader.fail.Store(true)
	if _, err := l.Records.Prime(t.Context(), []literature.ID{"paper/a", "topic/b"}); !errors.Is(err, errBroken) {
		t.Errorf("records: %v", err)
	}
}

// refusing refuses every question, as a store does where one of the parents has too much to count.
type refusing struct{ counting }

func (r *refusing) Degrees(_ context.Context, ids []literature.ID, _ []store.KindDirection) (map[literature.ID][]int, error) {
	_ = r.begin(ids)
	return nil, fmt.Errorf("%w: too much", store.ErrInvalid)
}

// TestWrongQuestionsAreAskedOnce: what the store refused for all parents together must not be answered for those that happen to ask in other company.
func TestWrongQuestionsAreAskedOnce(t *testing.T) {
	reader := &refusing{}
	l := loaders.New(reader, nil)
	ids := []literature.ID{"paper/a", "paper/b", "paper/c"}
	if _, err := l.Degrees.Prime(t.Context(), ids, loaders.Degree{Direction: store.Both}); !errors.Is(err, store.ErrInvalid) {
		t.Errorf("priming: %v", err)
	}
	for _, id := range ids {
		if _, err := l.Degrees.Load(t.Context(), id, loaders.Degree{Direction: store.Both}); !errors.Is(err, store.ErrInvalid) {
			t.Errorf("%s: %v", id, err)
		}
	}
	if n := reader.calls.Load(); n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
}

// TestPanicLeavesNoAnswer: what a call did not live to answer is asked again.
func TestPanicLeavesNoAnswer(t *testing.T) {
	l := loaders.New(&panicking{}, nil)
	for range 2 {
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			_, err := l.Degrees.Prime(t.Context(), []literature.ID{"paper/a"}, loaders.Degree{Direction: store.Both})
			t.Errorf("answered with %v", err)
		}()
	}
}

type panicking struct{ store.Reader }

func (panicking) Degrees(context.Context, []literature.ID, []store.KindDirection) (map[literature.ID][]int, error) {
	panic("broken")
}

func TestRecords(t *testing.T) {
	reader := &counting{}
	l := loaders.New(reader, nil)
	records, err := l.Records.Prime(t.Context(), []literature.ID{"paper/a", "topic/none", "paper/b", "paper/a"})
	if err != nil || len(records) != 4 || records[0] == nil || records[1] != nil || records[0] != records[3] {
		t.Fatalf("%v %v", records, err)
	}
	if _, err := l.Records.Load(t.Context(), "topic/none"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a record that is not there: %v", err)
	}
	if record, err := l.Records.Load(t.Context(), "paper/b"); err != nil || record.RecordID() != "paper/b" {
		t.Errorf("%v %v", record, err)
	}
	if n := reader.calls.Load(); n != 1 {
		t.Errorf("%d calls, want 1", n)
	}
}

func TestFromWithoutLoaders(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	loaders.From(t.Context())
}
