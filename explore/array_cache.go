package explore

import (
	"context"
	"fmt"
	"sync"

	"github.com/papergraph/papergraph/store"
)

// ArrayCache keeps the arrays of a store's present version. Who asks first after a change has them catch up, and whoever asks meanwhile waits for the same. Reading goes on when nobody waits any more, so that a graph
// that takes longer than one request has is there for the next.
type ArrayCache struct {
	reader store.Reader
	// ending ends the reading at Close.
	ending  context.Context
	end     context.CancelFunc
	mu      sync.Mutex
	arrays  *Arrays
	reading *reading
	wait    sync.WaitGroup
}

// reading is arrays on their way: done is closed when arrays or err are there.
type reading struct {
	done   chan struct{}
	arrays *Arrays
	err    error
}

// NewArrayCache makes an empty cache; Close ends it.
func NewArrayCache(reader store.Reader) *ArrayCache {
	c := &ArrayCache{reader: reader}
	c.ending, c.end = context.WithCancel(context.Background())
	return c
}

// Close stops reading and waits until it has stopped. It does not close the store.
func (c *ArrayCache) Close() {
	c.end()
	c.wait.Wait()
}

// Arrays are those of the store's version now, or of a later one.
func (c *ArrayCache) Arrays(ctx context.Context) (*Arrays, error) {
	stats, err := c.reader.Stats(ctx)
	if err != nil {
		return nil, err
	}
	for {
		arrays, reading := c.current(stats.Version)
		if arrays != nil {
			return arrays, nil
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("waiting for the graph as arrays: %w", ctx.Err())
		case <-reading.done: // what was begun before the version asked for is not enough
			if reading.err != nil {
				return nil, reading.err
			}
		}
	}
}

// current are the arrays, or else how they are on their way.
func (c *ArrayCache) current(version store.Version) (*Arrays, *reading) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.arrays != nil && c.arrays.Version >= version {
		return c.arrays, nil
	}
	if c.reading == nil {
		c.reading = &reading{done: make(chan struct{})}
		c.wait.Add(1)
		go c.read(c.reading)
	}
	return nil, c.reading
}

func (c *ArrayCache) read(r *reading) {
	defer c.wait.Done()
	if before := c.arrays; before != nil { // nobody else writes it while this reads
		r.arrays, r.err = before.CatchUp(c.ending, c.reader)
	} else {
		r.arrays, r.err = ReadArrays(c.ending, c.reader)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.err == nil {
		c.arrays = r.arrays
	}
	c.reading = nil
	close(r.done)
}
