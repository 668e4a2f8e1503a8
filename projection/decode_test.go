package projection

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
)

// FuzzDecode gives sections with right checksums and any content, which must be refused or make a graph that can be used. The input is
// the payloads, each after its length.
func FuzzDecode(f *testing.F) {
	author := &literature.Author{Base: literature.Base{ID: "author/a"}}
	organization := &literature.Organization{Base: literature.Base{ID: "organization/o"}}
	paper := &literature.Paper{Base: literature.Base{ID: "paper/p"}}
	g, err := New(strings.ToLower).Apply(Change{
		Upserted: []literature.Record{
			author, organization, paper,
			&literature.Relation{Kind: literature.AuthoredBy, Source: paper.ID, Target: author.ID, Position: 1, Organizations: []literature.ID{organization.ID}},
			&literature.Relation{Kind: literature.Cites, Source: paper.ID, Target: paper.ID},
			&literature.Result{ID: "result/r", Paper: paper.ID},
		},
		Redirected: map[literature.ID]literature.ID{"paper/old": paper.ID},
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(payloads(g))
	f.Add(payloads(New(strings.ToLower)))
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := Decode(bytes.NewReader(framed(data)), strings.ToLower)
		if err != nil {
			return
		}
		if again, err := Decode(bytes.NewReader(framed(payloads(g))), strings.ToLower); err != nil || again.Stats().Results != g.Stats().Results {
			t.Fatalf("packed again, it is refused: %v", err)
		}
		g.Prepare()
		for n := range g.size {
			if e, ok := g.Numbered(n); ok {
				g.Naming([]literature.ID{e.ID})
				_, _ = g.Apply(Change{Upserted: []literature.Record{&literature.Relation{Kind: literature.AuthoredBy, Source: e.ID, Target: "author/a"}}})
			}
		}
	})
}

// payloads takes the checksums off a packed graph.
func payloads(g *Graph) []byte {
	var packed bytes.Buffer
	_ = g.Encode(&packed)
	var bare []byte
	for rest := packed.Bytes()[len(magic):]; len(rest) > 0; {
		length := binary.LittleEndian.Uint64(rest)
		bare = binary.AppendUvarint(bare, length)
		bare = append(bare, rest[16:16+length]...)
		rest = rest[16+length:]
	}
	return bare
}

// framed puts checksums on payloads.
func framed(bare []byte) []byte {
	packed := []byte(magic)
	for len(bare) > 0 {
		length, n := binary.Uvarint(bare)
		if n <= 0 {
			break
		}
		bare = bare[n:]
		payload := bare[:min(length, uint64(len(bare)))]
		bare = bare[len(payload):]
		head := binary.LittleEndian.AppendUint64(nil, uint64(len(payload)))
		head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(payload, castagnoli))
		head = binary.LittleEndian.AppendUint32(head, crc32.Checksum(head, castagnoli))
		packed = append(append(packed, head...), payload...)
	}
	return packed
}
