package projection

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"unique"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

var errDamaged = errors.New("the packed graph is damaged")

// Decode reads what Encode wrote. Anything else, a damaged or a newer encoding is an error: the owner then feeds a new graph from its records, with
// the numbers it keeps (see Change.Numbers).
func Decode(r io.Reader, titleKey func(string) string) (*Graph, error) {
	g, err := decode(r, titleKey)
	if err != nil {
		return nil, fmt.Errorf("projection: decode: %w", err)
	}
	return g, nil
}

func decode(r io.Reader, titleKey func(string) string) (*Graph, error) {
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(r, head); err != nil {
		return nil, err
	}
	if string(head) != magic {
		return nil, fmt.Errorf("it begins with %q and not with %q", head, magic)
	}
	u := &unpacker{r: r}
	g := New(titleKey)

	u.section()
	g.version = store.Version(u.u64())
	g.size, g.results.size = u.u32(), u.u32()
	u.end()

	u.section()
	if u.err == nil && (g.size < 1 || uint64(g.size) > uint64(len(u.data))) {
		u.fail()
	}
	if u.err != nil {
		return nil, u.err
	}
	g.grow(g.size)
	for n := range g.size {
		s := shape(u.u8())
		if s.kind() >= entityKinds || s&^(kindMask|stubFlag) != 0 || s.stub() && s.kind() != paper || n == 0 && s != noEntity {
			u.fail()
			break
		}
		g.shapes.set(n, s)
		g.counts.entity(s, 1)
	}
	for n := range g.size {
		if year := int32(u.u32()); year == noYear || year >= 0 && year <= maxYear {
			g.years.set(n, year)
		}
	}
	for n := range g.size {
		g.added.set(n, int64(u.u64()))
	}
	u.texts(g.size, func(n uint32, s string) { g.ids.set(n, literature.ID(s)) })
	u.texts(g.size, g.titles.set)
	u.end()
	g.numbers = newIndex(int(g.size))
	for n := uint32(1); n < g.size && u.err == nil; n++ {
		if id := g.ids.at(n); id != "" {
			g.numbers.add(n, &g.ids, g.size)
		} else if g.shapes.at(n) != noEntity {
			u.fail()
		}
	}

	for kind := range relationKinds + 1 {
		u.section()
		*g.relationRows(kind) = u.relation(g, kind == named)
		u.end()
	}
	u.section()
	u.results(g)
	u.end()
	u.section()
	u.redirects(g)
	u.end()
	if u.err != nil {
		return nil, u.err
	}
	g.recount()
	g.freeze()
	return g, nil
}

// recount derives all that is counted from relations.
func (g *Graph) recount() {
	for n := range g.size {
		if degree := g.relations[cites].in.degree(n); degree > 0 {
			g.citedBy.set(n, uint32(degree))
		}
		tags := g.tags(n)
		for _, t := range tags {
			g.tagged.set(t, g.tagged.at(t)+1)
		}
		g.counts.tagged += min(len(tags), 1)
	}
}

// unpacker reads one section after the other. After the first error everything it gives is zero.
type unpacker struct {
	r    io.Reader
	data []byte
	err  error
}

func (u *unpacker) fail() {
	if u.err == nil {
		u.err = errDamaged
	}
	u.data = nil
}

// section reads a section and checks it.
func (u *unpacker) section() {
	if u.err != nil {
		return
	}
	var head [16]byte
	if _, u.err = io.ReadFull(u.r, head[:]); u.err != nil {
		u.fail()
		return
	}
	length := binary.LittleEndian.Uint64(head[:])
	if crc32.Checksum(head[:12], castagnoli) != binary.LittleEndian.Uint32(head[12:]) || length > math.MaxInt32 {
		u.fail()
		return
	}
	u.data = make([]byte, length)
	if _, u.err = io.ReadFull(u.r, u.data); u.err != nil || crc32.Checksum(u.data, castagnoli) != binary.LittleEndian.Uint32(head[8:]) {
		u.fail()
	}
}

// end tells that the section must have been read to its end.
func (u *unpacker) end() {
	if len(u.data) > 0 {
		u.fail()
	}
}

// take cuts off bytes.
func (u *unpacker) take(n uint64) []byte {
	if n > uint64(len(u.data)) {
		u.fail()
		return nil
	}
	taken := u.data[:n]
	u.data = u.data[n:]
	return taken
}

func (u *unpacker) u8() (v byte) {
	if b := u.take(1); b != nil {
		v = b[0]
	}
	return v
}

func (u *unpacker) u32() (v uint32) {
	if b := u.take(4); b != nil {
		v = binary.LittleEndian.Uint32(b)
	}
	return v
}

func (u *unpacker) u64() (v uint64) {
	if b := u.take(8); b != nil {
		v = binary.LittleEndian.Uint64(b)
	}
	return v
}

func (u *unpacker) uvarint() uint64 {
	v, n := binary.Uvarint(u.data)
	if n <= 0 {
		u.fail()
		return 0
	}
	u.data = u.data[n:]
	return v
}

func (u *unpacker) text() string { return string(u.take(u.uvarint())) }

func (u *unpacker) u32s(n uint64) []uint32 {
	b := u.take(4 * n)
	values := make([]uint32, len(b)/4)
	for i := range values {
		values[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return values
}

// texts reads a column of strings, which share one piece of memory.
func (u *unpacker) texts(size uint32, set func(n uint32, s string)) {
	if uint64(size) > uint64(len(u.data)) {
		u.fail()
		return
	}
	lengths := make([]uint64, size)
	total := uint64(0)
	for n := range lengths {
		lengths[n] = u.uvarint()
		if total += lengths[n]; lengths[n] > math.MaxInt32 {
			u.fail()
			return
		}
	}
	all := string(u.take(total))
	if u.err != nil {
		return
	}
	for n, length := range lengths {
		set(uint32(n), all[:length])
		all = all[length:]
	}
}

// relation reads the outgoing rows of a kind and turns them round.
func (u *unpacker) relation(g *Graph, multi bool) relation {
	if uint64(g.size) > uint64(len(u.data)) {
		u.fail()
		return relation{}
	}
	degrees := make([]uint32, g.size)
	total := uint64(0)
	for n := range degrees {
		degree := u.uvarint()
		if degree > math.MaxInt32 || degree > 0 && g.shapes.at(uint32(n)) == noEntity {
			u.fail()
		}
		degrees[n] = uint32(degree)
		total += degree
	}
	if total > uint64(len(u.data))/4 {
		u.fail()
	}
	if u.err != nil {
		return relation{}
	}
	to := u.u32s(total)
	var labels []uint32
	if len(u.data) > 0 || multi {
		labels = u.u32s(total)
	}
	if u.err != nil {
		return relation{}
	}
	at := 0
	for _, degree := range degrees {
		row := to[at : at+int(degree)]
		for i, n := range row {
			if n >= g.size || g.shapes.at(n) == noEntity || i > 0 && (n < row[i-1] || n == row[i-1] && !multi) {
				u.fail()
				return relation{}
			}
		}
		at += int(degree)
	}
	r := relation{out: newRows(degrees, to, labels)}
	if !multi {
		labels = nil // the incoming rows of relations have none
	}
	r.in = newRows(transposed(degrees, to, labels))
	return r
}

// transposed turns rows round; the new ones ascend because the old ones are gone through in order.
func transposed(degrees, to, labels []uint32) (inDegrees, from, inLabels []uint32) {
	inDegrees = make([]uint32, len(degrees))
	for _, n := range to {
		inDegrees[n]++
	}
	next := make([]uint32, len(degrees)) // where the next entry of a row goes
	for n := 1; n < len(next); n++ {
		next[n] = next[n-1] + inDegrees[n-1]
	}
	from = make([]uint32, len(to))
	if labels != nil {
		inLabels = make([]uint32, len(to))
	}
	i := 0
	for source, degree := range degrees {
		for range degree {
			place := &next[to[i]]
			from[*place] = uint32(source)
			if labels != nil {
				inLabels[*place] = labels[i]
			}
			*place++
			i++
		}
	}
	return inDegrees, from, inLabels
}

func (u *unpacker) results(g *Graph) {
	r := &g.results
	if r.size < 1 || uint64(r.size) > uint64(len(u.data)) {
		u.fail()
		return
	}
	r.grow(r.size)
	u.texts(r.size, func(n uint32, s string) { r.ids.set(n, literature.ID(s)) })
	var edits [resultEnds][]edit
	for n := range r.size {
		var f fact
		copy(f.ends[:], u.u32s(resultEnds))
		if f.ends[resultPaper] == 0 {
			continue
		}
		f.order = int(u.u64())
		f.improvement = math.Float64frombits(u.u64())
		f.kind, f.metric = unique.Make(u.text()), unique.Make(u.text())
		for end, e := range f.ends {
			if e >= g.size || end == resultPaper && g.shapes.at(e) == noEntity || n == 0 {
				u.fail()
				return
			}
			if e != 0 {
				edits[end] = append(edits[end], edit{row: e, to: n})
			}
		}
		r.facts.set(n, f)
		r.count++
	}
	if u.err != nil {
		return
	}
	for end := range r.of {
		r.of[end] = r.of[end].edited(edits[end], false)
	}
	r.numbers = newIndex(int(r.size))
	for n := uint32(1); n < r.size; n++ {
		if r.ids.at(n) != "" {
			r.numbers.add(n, &r.ids, r.size)
		}
	}
}

func (u *unpacker) redirects(g *Graph) {
	count := u.uvarint()
	if count == 0 || count > uint64(len(u.data)) {
		if count != 0 {
			u.fail()
		}
		return
	}
	g.redirects = make(map[literature.ID]literature.ID, count)
	for range count {
		from := u.text()
		g.redirects[literature.ID(from)] = literature.ID(u.text())
	}
}
