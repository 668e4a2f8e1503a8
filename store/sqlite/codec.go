package sqlite

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/goccy/go-json"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// A row is one BLOB, because every further column costs a read as much as decoding a small record:
//
//	4 bytes  CRC-32C of the rest and the key, little endian
//	uvarint  version of the last change
//	payload  JSON: an entity, a result or a record before a change as a whole, a relation without id, kind and ends, which its key gives
//
// The key of a row (number, edge, id …) is where it is found and not in it. JSON is goccy's: it decodes as fast as sonic, six times faster than
// encoding/json, in pure Go.

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// errChecksum is the finding that a row's bytes are not those that were written.
var errChecksum = errors.New("checksum mismatch")

// seal begins a row; the payload is appended to it, then sealed completes it.
func seal(version store.Version) []byte {
	return binary.AppendUvarint(make([]byte, 4, 256), uint64(version))
}

// sealed completes the checksum of a row that is kept under key.
func sealed(key []byte, row []byte) []byte {
	binary.LittleEndian.PutUint32(row, checksum(key, row))
	return row
}

func checksum(key, row []byte) uint32 {
	return crc32.Update(crc32.Checksum(row[4:], castagnoli), castagnoli, key)
}

// unseal checks a row that is kept under key and takes it apart.
func unseal(key, row []byte) (version store.Version, payload []byte, err error) {
	if len(row) < 5 || binary.LittleEndian.Uint32(row) != checksum(key, row) {
		return 0, nil, errChecksum
	}
	v, n := binary.Uvarint(row[4:])
	if n <= 0 {
		return 0, nil, errChecksum
	}
	return store.Version(v), row[4+n:], nil
}

// numberKey and textKey are keys as they enter the checksum.
func numberKey[N ~uint64 | ~uint32 | ~int](n N) []byte {
	return binary.LittleEndian.AppendUint64(nil, uint64(n))
}

func textKey[S ~string](s S) []byte { return []byte(s) }

func appendJSON(dst []byte, v any) ([]byte, error) {
	text, err := json.MarshalWithOption(v, json.DisableHTMLEscape())
	return append(dst, text...), err
}

// recordRow is the row of an entity, a result or a record before a change.
func recordRow(key []byte, version store.Version, record literature.Record) ([]byte, error) {
	row, err := appendJSON(seal(version), record)
	return sealed(key, row), err
}

// relationRest is what the key of a relation does not say.
type relationRest struct {
	Weight        int                        `json:"weight,omitempty"`
	Position      int                        `json:"position,omitempty"`
	Corresponding *bool                      `json:"corresponding,omitempty"`
	Organizations []literature.ID            `json:"organizations,omitempty"`
	Notes         []literature.LocalizedText `json:"notes,omitempty"`
	Intent        literature.CitationIntent  `json:"intent,omitempty"`
	Assertions    []literature.Assertion     `json:"assertions"`
}

// relationRow is the row of a relation that is kept under e.
func relationRow(e edge, version store.Version, r *literature.Relation) ([]byte, error) {
	row, err := appendJSON(seal(version), &relationRest{
		Weight: r.Weight, Position: r.Position, Corresponding: r.Corresponding, Organizations: r.Organizations,
		Notes: r.Notes, Intent: r.Intent, Assertions: r.Assertions,
	})
	return sealed(numberKey(e), row), err
}

// decodeRelation decodes the rest, given the id and ends of the relation.
func decodeRelation(payload []byte, id literature.ID, kind literature.RelationKind, source, target literature.ID) (*literature.Relation, error) {
	var rest relationRest
	if err := json.Unmarshal(payload, &rest); err != nil {
		return nil, err
	}
	return &literature.Relation{
		ID: id, Kind: kind, Source: source, Target: target,
		Weight: rest.Weight, Position: rest.Position, Corresponding: rest.Corresponding, Organizations: rest.Organizations,
		Notes: rest.Notes, Intent: rest.Intent, Assertions: rest.Assertions,
	}, nil
}

// decodeRecord decodes a whole record into the type that its id asks for; with id "" it looks for the id in the payload.
func decodeRecord(id literature.ID, payload []byte) (literature.Record, error) {
	if id == "" {
		var head struct {
			ID literature.ID `json:"id"`
		}
		if err := json.Unmarshal(payload, &head); err != nil {
			return nil, err
		}
		id = head.ID
	}
	record := literature.Blank(id)
	if record == nil {
		return nil, fmt.Errorf("%w: %q names no kind of record", errChecksum, id)
	}
	if err := json.Unmarshal(payload, record); err != nil {
		return nil, err
	}
	if record.RecordID() != id {
		return nil, fmt.Errorf("%w: %s stands where %s belongs", errChecksum, record.RecordID(), id)
	}
	return record, nil
}

// sameRecord compares two records as they would be stored.
func sameRecord(a, b literature.Record) bool {
	x, errX := appendJSON(nil, a)
	y, errY := appendJSON(nil, b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

var kinds = literature.RelationKinds()
