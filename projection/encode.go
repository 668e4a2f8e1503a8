package projection

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"

	"github.com/papergraph/papergraph/literature"
)

// The packed form is a magic, then sections in a fixed order. A section is its length (8 bytes), the CRC-32C of its payload (4 bytes), that of these
// two (4 bytes), and the payload. All numbers are little-endian. What can be counted or turned round is left out: incoming rows, citedBy, frequencies, counts.
//
//	state      version, sizes of both numberings
//	entities   shapes, years, times, ids, title keys
//	relations  a section for each kind and one for affiliations: degrees, targets, labels if any
//	results    ids, facts
//	redirects  pairs of ids
//
// A change of the form is a new magic: the owner then builds from its records, so that there is nothing to migrate.
const magic = "papergraph projection 2\n"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Encode writes the graph in a packed form that Decode reads: columns and outgoing rows, each section with a checksum.
func (g *Graph) Encode(w io.Writer) error {
	if _, err := io.WriteString(w, magic); err != nil {
		return fmt.Errorf("projection: encode: %w", err)
	}
	p := &packer{w: w}
	p.u64(uint64(g.version))
	p.u32(g.size)
	p.u32(g.results.size)
	p.section()

	for n := range g.size {
		p.WriteByte(byte(g.shapes.at(n)))
	}
	for n := range g.size {
		p.u32(uint32(g.years.at(n)))
	}
	for n := range g.size {
		p.u64(uint64(g.added.at(n)))
	}
	texts(p, g.size, func(n uint32) string { return string(g.ids.at(n)) })
	texts(p, g.size, g.titles.at)
	p.section()

	for kind := range relationKinds + 1 {
		p.rows(&g.relationRows(kind).out, g.size)
		p.section()
	}
	p.results(&g.results)
	p.section()
	p.redirects(g.redirects)
	p.section()
	if p.err != nil {
		return fmt.Errorf("projection: encode: %w", p.err)
	}
	return nil
}

// packer gathers one section after the other. It keeps the first error.
type packer struct {
	bytes.Buffer
	w   io.Writer
	err error
}

func (p *packer) u32(v uint32) { p.Write(binary.LittleEndian.AppendUint32(p.AvailableBuffer(), v)) }

func (p *packer) u64(v uint64)     { p.Write(binary.LittleEndian.AppendUint64(p.AvailableBuffer(), v)) }
func (p *packer) uvarint(v uint64) { p.Write(binary.AppendUvarint(p.AvailableBuffer(), v)) }
func (p *packer) text(s string)    { p.uvarint(uint64(len(s))); p.WriteString(s) }

func (p *packer) u32s(values []uint32) {
	for _, v := range values {
		p.u32(v)
	}
}

// section writes what was gathered.
func (p *packer) section() {
	if p.err == nil {
		head := binary.LittleEndian.AppendUint64(nil, uint64(p.Len()))
		head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(p.Bytes(), castagnoli))
		head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(head, castagnoli))
		if _, p.err = p.w.Write(head); p.err == nil {
			_, p.err = p.w.Write(p.Bytes())
		}
	}
	p.Reset()
}

// texts writes a column of strings: all lengths, then all bytes.
func texts(p *packer, size uint32, at func(n uint32) string) {
	total := 0
	for n := range size {
		p.uvarint(uint64(len(at(n))))
		total += len(at(n))
	}
	p.Grow(total)
	for n := range size {
		p.WriteString(at(n))
	}
}

func (p *packer) rows(r *rows, size uint32) {
	labelled := false
	for n := range size {
		p.uvarint(uint64(r.degree(n)))
		_, labels := r.labelled(n)
		labelled = labelled || labels != nil
	}
	p.Grow(4 * r.count)
	for n := range size {
		p.u32s(r.of(n))
	}
	if !labelled {
		return
	}
	p.Grow(4 * r.count)
	for n := range size {
		to, labels := r.labelled(n)
		if labels == nil {
			labels = make([]uint32, len(to))
		}
		p.u32s(labels)
	}
}

func (p *packer) results(r *results) {
	texts(p, r.size, func(n uint32) string { return string(r.ids.at(n)) })
	for n := range r.size {
		f := r.facts.at(n)
		p.u32s(f.ends[:])
		if f.ends[resultPaper] == 0 {
			continue
		}
		p.u64(uint64(f.order))
		p.u64(math.Float64bits(f.improvement))
		p.text(f.kind.Value())
		p.text(f.metric.Value())
	}
}

func (p *packer) redirects(redirects map[literature.ID]literature.ID) {
	ids := make([]literature.ID, 0, len(redirects))
	for id := range redirects {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	p.uvarint(uint64(len(ids)))
	for _, id := range ids {
		p.text(string(id))
		p.text(string(redirects[id]))
	}
}
