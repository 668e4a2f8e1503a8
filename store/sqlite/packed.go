package sqlite

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/projection"
	"github.com/papergraph/papergraph/store"
)

// Table packed holds, in chunks, the projection's own encoding (part graph), the slots of edges that are taken (part edges: uvarint gap to the
// slot before, 8 bytes), the extents (part extents: two uvarints each), and
// the frequencies of stems (part frequencies, see frequency.go). All parts have the same version; the log leads from there to the present.

const packedChunk = 1 << 20

// worthPacking tells whether reading the log would take longer than reading the projection. The turn is held, or nobody else is left.
func (s *Store) worthPacking() bool {
	return s.unpacked > 1000 || s.unpacked > 0 && s.records() < 100_000
}

// records is how many records there are, roughly.
func (s *Store) records() int {
	stats := s.current.Load().graph.Stats()
	total := stats.Stubs + stats.Results
	for _, n := range stats.Entities {
		total += n
	}
	for _, n := range stats.Relations {
		total += n
	}
	return total
}

// packLater counts changes and, once they are as many as half the records, keeps the projection in the file again, so that all packing together costs no more than
// a few times the last one. The turn is held.
func (s *Store) packLater(changes int) {
	s.unpacked += changes
	if s.packing || s.temp != "" || s.unpacked < 50_000+s.records()/2 {
		return
	}
	s.packing = true
	s.background.Go(func() {
		s.turn <- struct{}{}
		defer func() { <-s.turn }()
		s.packing = false
		if s.failed != nil {
			return
		}
		if err := s.pack(context.Background()); err != nil {
			s.log.Warn("the projection could not be kept", "path", s.path, "error", err)
		}
	})
}

// pack writes the newest snapshot, and then merges the segments of the full-text index, each of which every look at a word goes through. The turn is held.
func (s *Store) pack(ctx context.Context) error {
	now := s.current.Load()
	if err := s.writer.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := s.writer.exec(ctx, "DELETE FROM packed")
	for _, part := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"graph", now.graph.Encode},
		{"edges", s.edges.encode},
		{"extents", func(w io.Writer) error { return encodeExtents(w, now.extents) }},
		{"frequencies", now.frequencies.encode},
	} {
		if err == nil {
			w := &chunkWriter{ctx: ctx, conn: s.writer, part: part.name, version: now.graph.Version()}
			buffered := bufio.NewWriterSize(w, packedChunk)
			if err = part.write(buffered); err == nil {
				err = buffered.Flush()
			}
		}
	}
	if err == nil {
		err = s.writer.exec(ctx, "COMMIT")
	}
	if err != nil {
		_ = s.writer.exec(ctx, "ROLLBACK")
		return err
	}
	s.unpacked = 0
	for _, table := range textTables {
		if err := s.writer.exec(ctx, "INSERT INTO "+table+" ("+table+") VALUES ('optimize')"); err != nil {
			s.log.Warn("the full-text index could not be merged: searching stays slower", "path", s.path, "table", table, "error", err)
		}
	}
	return nil
}

// unpack reads what pack wrote, the edges into the store; nil where there is none.
func (s *Store) unpack(ctx context.Context, conn *session) (*snapshot, error) {
	open := func(part string) *chunkReader { return &chunkReader{ctx: ctx, conn: conn, part: part} }
	in := open("graph")
	if err := in.next(); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	graph, err := projection.Decode(in, analysis.SortKey)
	if err != nil {
		return nil, err
	}
	edgesIn, extentsIn, frequenciesIn := open("edges"), open("extents"), open("frequencies")
	if err := s.edges.decode(bufio.NewReaderSize(edgesIn, packedChunk)); err != nil {
		return nil, err
	}
	x, err := decodeExtents(bufio.NewReaderSize(extentsIn, packedChunk))
	if err != nil {
		return nil, err
	}
	f, err := decodeFrequencies(bufio.NewReaderSize(frequenciesIn, packedChunk))
	if err != nil {
		return nil, err
	}
	if v := graph.Version(); v != in.version || v != edgesIn.version || v != extentsIn.version || v != frequenciesIn.version {
		return nil, fmt.Errorf("%w: the parts are of different versions", store.ErrCorrupt)
	}
	return newSnapshot(graph, x, f), nil
}

// chunkWriter writes a part; every Write is a chunk.
type chunkWriter struct {
	ctx     context.Context
	conn    *session
	part    string
	version store.Version
	chunk   int
}

func (w *chunkWriter) Write(p []byte) (int, error) {
	for rest := p; len(rest) > 0; w.chunk++ {
		n := min(len(rest), packedChunk)
		row := sealed(packedKey(w.part, w.chunk), append(seal(w.version), rest[:n]...))
		if err := w.conn.exec(w.ctx, "INSERT INTO packed (part, chunk, row) VALUES (?, ?, ?)", w.part, w.chunk, row); err != nil {
			return len(p) - len(rest), err
		}
		rest = rest[n:]
	}
	return len(p), nil
}

// chunkReader reads a part.
type chunkReader struct {
	ctx     context.Context
	conn    *session
	part    string
	version store.Version
	chunk   int
	rest    []byte
}

func (r *chunkReader) Read(p []byte) (int, error) {
	if len(r.rest) == 0 {
		if err := r.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func (r *chunkReader) next() error {
	var row []byte
	err := r.conn.one(r.ctx, &row, "SELECT row FROM packed WHERE part = ? AND chunk = ?", r.part, r.chunk)
	if errors.Is(err, sql.ErrNoRows) {
		return io.EOF
	}
	if err != nil {
		return err
	}
	r.version, r.rest, err = unseal(packedKey(r.part, r.chunk), row)
	r.chunk++
	return err
}

func packedKey(part string, chunk int) []byte { return append(numberKey(chunk), part...) }

func (x *edges) encode(w io.Writer) error {
	table := *x.table.Load()
	line := binary.AppendUvarint(nil, uint64(len(table)))
	line = binary.AppendUvarint(line, uint64(x.used))
	gap := uint64(0)
	for i := range table {
		value := table[i].Load()
		if value == 0 {
			gap++
			continue
		}
		line = binary.LittleEndian.AppendUint64(binary.AppendUvarint(line, gap), value)
		gap = 0
		if len(line) > 1<<15 {
			if _, err := w.Write(line); err != nil {
				return err
			}
			line = line[:0]
		}
	}
	_, err := w.Write(line)
	return err
}

func (x *edges) decode(r *bufio.Reader) error {
	slots, err := binary.ReadUvarint(r)
	if err != nil {
		return fmt.Errorf("edges: %w", err)
	}
	used, err := binary.ReadUvarint(r)
	if err != nil {
		return fmt.Errorf("edges: %w", err)
	}
	if slots == 0 || slots&(slots-1) != 0 || slots > math.MaxInt32 || used >= slots {
		return fmt.Errorf("edges: %w: %d slots, %d of them taken", errChecksum, slots, used)
	}
	x.resize(int(slots))
	table := *x.table.Load()
	for slot := uint64(0); used > 0; used-- {
		next, err := r.Peek(binary.MaxVarintLen64 + 8)
		gap, n := binary.Uvarint(next)
		if n <= 0 || len(next) < n+8 {
			return fmt.Errorf("edges: %w: %d are missing: %w", errChecksum, used, err)
		}
		if slot += gap; slot >= slots {
			return fmt.Errorf("edges: %w: slot %d of %d", errChecksum, slot, slots)
		}
		table[slot].Store(binary.LittleEndian.Uint64(next[n:]))
		x.used++
		slot++
		_, _ = r.Discard(n + 8) // what was peeked
	}
	return nil
}

func encodeExtents(w io.Writer, x extents) error {
	line := binary.AppendUvarint(nil, uint64(x.bound()))
	for n := range x.bound() {
		e := x.at(n)
		line = binary.AppendUvarint(binary.AppendUvarint(line, uint64(e.all)), uint64(e.labels))
	}
	_, err := w.Write(line)
	return err
}

func decodeExtents(r *bufio.Reader) (extents, error) {
	bound, err := binary.ReadUvarint(r)
	if err != nil || bound > maxNumber+pageSize {
		return extents{}, fmt.Errorf("extents: %w: bound %d, %w", errChecksum, bound, err)
	}
	changes := make(map[uint32]extent, bound)
	for n := range uint32(bound) {
		all, err := binary.ReadUvarint(r)
		if err != nil {
			return extents{}, fmt.Errorf("extents: %w", err)
		}
		labels, err := binary.ReadUvarint(r)
		if err != nil {
			return extents{}, fmt.Errorf("extents: %w", err)
		}
		changes[n] = extent{uint32(all), uint32(labels)}
	}
	return extents{}.with(changes), nil
}
