package sqlite

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/papergraph/papergraph/store"
)

// After a commit whose outcome is unknown, a reader that finds the file ahead does not wait for a snapshot that never comes.
func TestReadsAfterFailure(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "papergraph.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.writer.exec(t.Context(), "UPDATE head SET version = 1"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second) // if it waited, it would wait for ever
	defer cancel()
	read := make(chan error)
	resolve := func() {
		_, err := s.Resolve(ctx, []store.Key{{Scheme: store.ByName, Value: "a"}})
		read <- err
	}
	go resolve()
	s.turn <- struct{}{}
	failure := s.fail(errors.New("the disk is gone"))
	<-s.turn
	go resolve()
	for range 2 {
		if err := <-read; !errors.Is(err, failure) {
			t.Errorf("error %v, want %v", err, failure)
		}
	}
}
