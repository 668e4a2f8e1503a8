package sqlite

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/papergraph/papergraph/analysis"
)

// frequencies tell in the own texts of how many papers, stubs left out, each stem stands. That is the least document frequency that it can have: papers that hold it by the
// labels of what they are joined to come on top. So a stem that is too frequent is known without looking at a single paper.
type frequencies struct {
	// words is shared by all states of the graph; counts belong to one.
	words  *words
	counts paged[uint32]
}

// words number stems, from 1 and for good.
type words struct {
	mu      sync.RWMutex
	numbers map[string]uint32
}

func newFrequencies() frequencies {
	return frequencies{words: &words{numbers: make(map[string]uint32)}}
}

func (f frequencies) of(stem string) int {
	f.words.mu.RLock()
	n := f.words.numbers[stem]
	f.words.mu.RUnlock()
	return int(f.counts.at(n))
}

// with is a copy with some papers more or less for some stems.
func (f frequencies) with(change growth) frequencies {
	counts := make(map[uint32]uint32, len(change))
	f.words.mu.Lock()
	defer f.words.mu.Unlock()
	for stem, by := range change {
		n, known := f.words.numbers[stem]
		if !known {
			n = uint32(len(f.words.numbers) + 1)
			f.words.numbers[strings.Clone(stem)] = n
		}
		counts[n] = uint32(int(f.counts.at(n)) + by)
	}
	return frequencies{f.words, f.counts.with(counts)}
}

// growth is how many papers come to hold each stem, or hold it no more.
type growth map[string]int

// add counts what an entity has as many times.
func (g growth) add(own ownText, times int) {
	for _, stem := range own.counted {
		if g[stem] += times; g[stem] == 0 {
			delete(g, stem)
		}
	}
}

// encode writes each stem, with its length before it, and its count.
func (f frequencies) encode(w io.Writer) error {
	f.words.mu.RLock()
	defer f.words.mu.RUnlock()
	line := binary.AppendUvarint(nil, uint64(len(f.words.numbers)))
	for stem, n := range f.words.numbers {
		line = binary.AppendUvarint(appendText8(line, stem), uint64(f.counts.at(n)))
	}
	_, err := w.Write(line)
	return err
}

func decodeFrequencies(r *bufio.Reader) (frequencies, error) {
	damaged := func(what uint64, err error) (frequencies, error) {
		return frequencies{}, fmt.Errorf("frequencies: %w: %d, %w", errChecksum, what, err)
	}
	f, counts := newFrequencies(), make(map[uint32]uint32)
	size, err := binary.ReadUvarint(r)
	if err != nil {
		return damaged(size, err)
	}
	for n := uint32(1); uint64(n) <= size; n++ {
		length, err := binary.ReadUvarint(r)
		if err != nil || length > analysis.MaxTokenBytes {
			return damaged(length, err)
		}
		stem := make([]byte, length)
		if _, err := io.ReadFull(r, stem); err != nil {
			return damaged(length, err)
		}
		count, err := binary.ReadUvarint(r)
		if err != nil || count > maxNumber {
			return damaged(count, err)
		}
		f.words.numbers[string(stem)], counts[n] = n, uint32(count)
	}
	f.counts = f.counts.with(counts)
	return f, nil
}
