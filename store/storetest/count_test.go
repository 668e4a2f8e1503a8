package storetest

import (
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCount(t *testing.T) {
	counter := Count(NewReference())
	want := make(map[string]int)
	var asking sync.WaitGroup
	for method, ask := range ask {
		want[method] = 3
		for range 3 {
			asking.Go(func() {
				if err := ask(t.Context(), counter); err != nil {
					t.Errorf("%s: %v", method, err)
				}
			})
		}
	}
	asking.Wait()
	if diff := cmp.Diff(want, counter.Calls()); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if got := counter.Total(); got != 45 {
		t.Errorf("%d calls in all, want 45", got)
	}
	counter.Reset()
	if got := counter.Total(); got != 0 {
		t.Errorf("%d calls after Reset", got)
	}
}
