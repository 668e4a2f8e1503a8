package loaders

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/vikstrous/dataloadgen"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// window is how long a question that nobody primed waits for company.
const window = 500 * time.Microsecond

type fetch[Q, A any] func(ctx context.Context, ids []literature.ID, q Q) (map[literature.ID]A, error)

// Group loads the answers A to questions Q about ids.
type Group[Q, A any] struct {
	fetch fetch[Q, A]
	mu    sync.Mutex
	// asked holds the questions asked so far by their JSON form.
	asked map[string]*question[A]
}

func newGroup[Q, A any](f fetch[Q, A]) *Group[Q, A] {
	return &Group[Q, A]{fetch: f, asked: make(map[string]*question[A])}
}

// Load answers the question about one id. An id that names nothing (any more) gives the zero answer.
func (g *Group[Q, A]) Load(ctx context.Context, id literature.ID, q Q) (A, error) {
	s, err := g.question(q)
	if err != nil {
		var none A
		return none, err
	}
	return s.load(ctx, id)
}

// Prime answers the question about many ids, in one call for those not primed before, so that each Load finds its answer there. It returns the answers in
// the order of ids; an id that names nothing has the zero answer.
func (g *Group[Q, A]) Prime(ctx context.Context, ids []literature.ID, q Q) ([]A, error) {
	s, err := g.question(q)
	if err != nil {
		return nil, err
	}
	return s.prime(ctx, ids)
}

func (g *Group[Q, A]) question(q Q) (*question[A], error) {
	key, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	s, ok := g.asked[string(key)]
	if !ok {
		s = newQuestion(func(ctx context.Context, ids []literature.ID) (map[literature.ID]A, error) {
			return g.fetch(ctx, ids, q)
		})
		g.asked[string(key)] = s
	}
	return s, nil
}

// question is one question about any ids: what was answered so far, and a loader for ids that nobody primed.
type question[A any] struct {
	fetch  func(ctx context.Context, ids []literature.ID) (map[literature.ID]A, error)
	loader *dataloadgen.Loader[literature.ID, A]
	// priming is held while a call primes, so that the next one knows what it found; mu guards the answers.
	priming, mu sync.Mutex
	answers     map[literature.ID]A
	// refused is why the question itself is wrong, which it would be again, whoever is asked about.
	refused error
}

func newQuestion[A any](f func(ctx context.Context, ids []literature.ID) (map[literature.ID]A, error)) *question[A] {
	s := &question[A]{answers: make(map[literature.ID]A)}
	s.fetch = func(ctx context.Context, ids []literature.ID) (map[literature.ID]A, error) {
		if err := s.refusal(); err != nil {
			return nil, err
		}
		answers, err := chunks(ids, func(ids []literature.ID) (map[literature.ID]A, error) { return f(ctx, ids) })
		if errors.Is(err, store.ErrInvalid) {
			s.refuse(err)
		}
		return answers, err
	}
	s.loader = dataloadgen.NewMappedLoader(s.fetch, dataloadgen.WithWait(window))
	return s
}

func (s *question[A]) load(ctx context.Context, id literature.ID) (A, error) {
	if answer, ok := s.known(id); ok {
		return answer, nil
	}
	if id == "" { // everything has no siblings to wait for
		answers, err := s.prime(ctx, []literature.ID{id})
		if err != nil {
			var none A
			return none, err
		}
		return answers[0], nil
	}
	answer, err := s.loader.Load(ctx, id)
	if errors.Is(err, dataloadgen.ErrNotFound) {
		err = nil
	}
	return answer, err
}

func (s *question[A]) prime(ctx context.Context, ids []literature.ID) ([]A, error) {
	s.priming.Lock()
	defer s.priming.Unlock()
	if missing := s.missing(ids); len(missing) > 0 {
		answers, err := s.fetch(ctx, missing)
		if err != nil {
			return nil, err
		}
		for _, id := range missing {
			s.know(id, answers[id])
		}
	}
	all := make([]A, len(ids))
	for i, id := range ids {
		all[i], _ = s.known(id)
	}
	return all, nil
}

// missing lists the ids without an answer, each once.
func (s *question[A]) missing(ids []literature.ID) []literature.ID {
	var missing []literature.ID
	listed := make(map[literature.ID]bool)
	for _, id := range ids {
		if _, ok := s.known(id); !ok && !listed[id] {
			listed[id] = true
			missing = append(missing, id)
		}
	}
	return missing
}

func (s *question[A]) known(id literature.ID) (A, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	answer, ok := s.answers[id]
	return answer, ok
}

func (s *question[A]) refusal() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refused
}

// refuse keeps an error for whoever asks again.
func (s *question[A]) refuse(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refused = err
}

// know keeps an answer.
func (s *question[A]) know(id literature.ID, answer A) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[id] = answer
}
