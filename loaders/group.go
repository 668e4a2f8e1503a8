package loaders

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/vikstrous/dataloadgen"

	"github.com/papergraph/papergraph/literature"
)

// window is how long a question that nobody primed waits for company.
const window = 500 * time.Microsecond

type fetch[Q, A any] func(ctx context.Context, ids []literature.ID, q Q) (map[literature.ID]A, error)

// Group loads the answers A to questions Q about ids: one loader for each distinct question.
type Group[Q, A any] struct {
	fetch fetch[Q, A]
	mu    sync.Mutex
	// shapes holds the questions asked so far by their JSON form.
	shapes map[string]*shape[A]
}

// shape is one question: its loader, and the answers primed.
type shape[A any] struct {
	loader *dataloadgen.Loader[literature.ID, A]
	mu     sync.Mutex
	primed map[literature.ID]A
}

func newGroup[Q, A any](f fetch[Q, A]) *Group[Q, A] {
	return &Group[Q, A]{fetch: f, shapes: make(map[string]*shape[A])}
}

func (g *Group[Q, A]) shape(q Q) (*shape[A], error) {
	key, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	s, ok := g.shapes[string(key)]
	if !ok {
		s = &shape[A]{primed: make(map[literature.ID]A)}
		s.loader = dataloadgen.NewMappedLoader(func(ctx context.Context, ids []literature.ID) (map[literature.ID]A, error) {
			return chunks(ids, func(ids []literature.ID) (map[literature.ID]A, error) { return g.fetch(ctx, ids, q) })
		}, dataloadgen.WithWait(window))
		g.shapes[string(key)] = s
	}
	return s, nil
}

// Load answers the question about one id. An id that names nothing (any more) gives the zero answer.
func (g *Group[Q, A]) Load(ctx context.Context, id literature.ID, q Q) (A, error) {
	var none A
	s, err := g.shape(q)
	if err != nil {
		return none, err
	}
	s.mu.Lock()
	answer, ok := s.primed[id]
	s.mu.Unlock()
	if ok {
		return answer, nil
	}
	answer, err = s.loader.Load(ctx, id)
	if errors.Is(err, dataloadgen.ErrNotFound) {
		return none, nil
	}
	return answer, err
}

// Prime answers the question about many ids, in one call for those not primed before, so that each Load finds its answer there. It returns the answers in
// the order of ids; an id that names nothing has the zero answer.
func (g *Group[Q, A]) Prime(ctx context.Context, ids []literature.ID, q Q) ([]A, error) {
	s, err := g.shape(q)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var missing []literature.ID
	for _, id := range ids {
		if _, ok := s.primed[id]; !ok {
			var none A
			s.primed[id] = none
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		answers, err := chunks(missing, func(ids []literature.ID) (map[literature.ID]A, error) { return g.fetch(ctx, ids, q) })
		for _, id := range missing {
			if answer, ok := answers[id]; ok {
				s.primed[id] = answer
			} else if err != nil {
				delete(s.primed, id)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	all := make([]A, len(ids))
	for i, id := range ids {
		all[i] = s.primed[id]
	}
	return all, nil
}
