package projection_test

import (
	"context"
	"errors"
	"testing"
)

// ending is a context that ends after it was looked at some times.
type ending struct {
	context.Context
	looks int
}

func (c *ending) Err() error {
	if c.looks--; c.looks < 0 {
		return context.Canceled
	}
	return nil
}

// stops checks that a long question looks at its context more than some times, and ends with it.
func stops(t *testing.T, looks int, ask func(context.Context) error) {
	t.Helper()
	if err := ask(&ending{t.Context(), looks}); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that ends at look %d: error %v", looks+1, err)
	}
}
