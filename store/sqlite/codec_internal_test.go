package sqlite

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store/storetest"
)

// Every record comes back from its row as it went in, and its JSON is JSON for everybody.
func TestRows(t *testing.T) {
	for i, record := range storetest.Fixture().Upsert {
		id := record.RecordID()
		key := textKey(id)
		row, err := recordRow(key, 7, record)
		if err != nil {
			t.Fatal(err)
		}
		s, err := openRow(key, row, func(payload []byte) (literature.Record, error) {
			plain := literature.Blank(id)
			if err := json.Unmarshal(payload, plain); err != nil {
				t.Errorf("%s: %v", id, err)
			}
			if diff := cmp.Diff(record, plain); diff != "" {
				t.Errorf("%s as encoding/json reads it (-want +got):\n%s", id, diff)
			}
			return decodeRecord("", payload)
		})
		if diff := cmp.Diff(record, s.record); diff != "" || err != nil || s.version != 7 {
			t.Errorf("%s: version %d, %v (-want +got):\n%s", id, s.version, err, diff)
		}
		if r, ok := record.(*literature.Relation); ok {
			row, err := relationRow(edge(i), 7, r)
			if err != nil {
				t.Fatal(err)
			}
			_, payload, err := unseal(numberKey(edge(i)), row)
			if err != nil {
				t.Fatal(err)
			}
			back, err := decodeRelation(payload, r.ID, r.Kind, r.Source, r.Target)
			if diff := cmp.Diff(r, back); diff != "" || err != nil {
				t.Errorf("%s: %v (-want +got):\n%s", id, err, diff)
			}
		}
	}
}

// Whichever bit of a row or of its key is flipped, the row is refused.
func TestUnsealRefuses(t *testing.T) {
	key := numberKey(5)
	row, err := recordRow(key, 300, storetest.Fixture().Upsert[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := unseal(key, row); err != nil {
		t.Fatal(err)
	}
	for _, bytes := range [][]byte{row, key} {
		for i := range bytes {
			for bit := range 8 {
				bytes[i] ^= 1 << bit
				if _, _, err := unseal(key, row); !errors.Is(err, errChecksum) {
					t.Fatalf("byte %d, bit %d: %v", i, bit, err)
				}
				bytes[i] ^= 1 << bit
			}
		}
	}
	for n := range row {
		if _, _, err := unseal(key, row[:n]); !errors.Is(err, errChecksum) {
			t.Fatalf("cut at %d: %v", n, err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	corpus := storetest.Corpus{Seed: 1, Papers: 1000}
	var payloads [][]byte
	var ids []literature.ID
	for batch := range corpus.Batches(1000) {
		for _, record := range batch.Upsert {
			if paper, ok := record.(*literature.Paper); ok && len(payloads) < 100 {
				payload, err := appendJSON(nil, paper)
				if err != nil {
					b.Fatal(err)
				}
				payloads, ids = append(payloads, payload), append(ids, paper.ID)
			}
		}
	}
	b.Run("100 papers", func(b *testing.B) {
		for b.Loop() {
			for i, payload := range payloads {
				if _, err := decodeRecord(ids[i], payload); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
