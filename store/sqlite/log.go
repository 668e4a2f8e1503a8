package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/goccy/go-json"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// The payload of a change's row is its head as JSON, with its length before it, then the records that it created, updated and removed: three
// lists in id order, each with its length before it. A record is told by a tag and what finds it in the file:
//
//	0  entity    uvarint number, id with its length before it
//	1  relation  8 bytes hash, 8 bytes edge, little endian
//	2  result    id with its length before it

const (
	tagEntity byte = iota
	tagRelation
	tagResult
)

// touched is a record in the log: number of an entity, edge of a relation.
type touched struct {
	id     literature.ID
	number uint32
	edge   edge
}

// entry is a change as the log has it.
type entry struct {
	version                   store.Version
	head                      head
	created, updated, removed []touched
}

type head struct {
	At         time.Time                       `json:"at"`
	Author     string                          `json:"author"`
	Job        literature.ID                   `json:"job,omitempty"`
	Reason     string                          `json:"reason,omitempty"`
	Redirected map[literature.ID]literature.ID `json:"redirected,omitempty"`
}

// change is the entry as the contract has it.
func (e *entry) change() store.Change {
	return store.Change{
		Version: e.version, At: e.head.At, Author: e.head.Author, Job: e.head.Job, Reason: e.head.Reason,
		Created: idsOf(e.created), Updated: idsOf(e.updated), Removed: idsOf(e.removed), Redirected: e.head.Redirected,
	}
}

func idsOf(records []touched) []literature.ID {
	if len(records) == 0 {
		return nil
	}
	ids := make([]literature.ID, len(records))
	for i, t := range records {
		ids[i] = t.id
	}
	return ids
}

// row encodes the entry.
func (e *entry) row() ([]byte, error) {
	text, err := json.Marshal(&e.head)
	if err != nil {
		return nil, err
	}
	row := appendText8(seal(e.version), string(text))
	for _, list := range [][]touched{e.created, e.updated, e.removed} {
		row = binary.AppendUvarint(row, uint64(len(list)))
		for _, t := range list {
			switch {
			case t.id.IsRelation():
				hash, _ := hashOf(t.id)
				row = append(row, tagRelation)
				row = binary.LittleEndian.AppendUint64(row, hash)
				row = binary.LittleEndian.AppendUint64(row, uint64(t.edge))
			case t.id.IsResult():
				row = appendText8(append(row, tagResult), string(t.id))
			default:
				row = binary.AppendUvarint(append(row, tagEntity), uint64(t.number))
				row = appendText8(row, string(t.id))
			}
		}
	}
	return sealed(numberKey(int(e.version)), row), nil
}

func appendText8(dst []byte, text string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

// openEntry decodes the row of a change.
func openEntry(version store.Version, row []byte) (*entry, error) {
	named, payload, err := unseal(numberKey(int(version)), row)
	if err != nil || named != version {
		return nil, damagedChange(version)
	}
	e := &entry{version: version}
	r := &reader{rest: payload}
	if err := json.Unmarshal([]byte(r.text()), &e.head); err != nil || r.failed {
		return nil, damagedChange(version)
	}
	for _, list := range []*[]touched{&e.created, &e.updated, &e.removed} {
		n := r.uvarint()
		if n > uint64(len(r.rest)) {
			r.failed = true
		}
		for range n {
			if r.failed {
				break
			}
			var t touched
			switch r.byte() {
			case tagEntity:
				t.number = uint32(r.uvarint())
				t.id = literature.ID(r.text())
			case tagRelation:
				t.id = relationID(r.uint64())
				t.edge = edge(r.uint64())
			case tagResult:
				t.id = literature.ID(r.text())
			default:
				r.failed = true
			}
			*list = append(*list, t)
		}
	}
	if r.failed {
		return nil, damagedChange(version)
	}
	return e, nil
}

func damagedChange(version store.Version) error {
	return fmt.Errorf("%w: change %d: the stored bytes do not match their checksum", store.ErrCorrupt, version)
}

// reader takes a payload apart. After the first lack of bytes it gives zeros.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) take(n uint64) []byte {
	if n > uint64(len(r.rest)) {
		r.failed, r.rest = true, nil
		return nil
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

func (r *reader) byte() byte {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0xff
}

func (r *reader) uint64() uint64 {
	if b := r.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *reader) uvarint() uint64 {
	value, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.failed, r.rest = true, nil
		return 0
	}
	r.rest = r.rest[n:]
	return value
}

func (r *reader) text() string { return string(r.take(r.uvarint())) }

// entriesAfter reads the log behind a version, oldest first, without keeping what it has handed over.
func entriesAfter(ctx context.Context, conn *session, since store.Version, each func(*entry) error) error {
	return conn.each(ctx, func(rows *sql.Rows) error {
		var version store.Version
		var row sql.RawBytes
		if err := rows.Scan(&version, &row); err != nil {
			return err
		}
		e, err := openEntry(version, row)
		if err != nil {
			return err
		}
		return each(e)
	}, "SELECT version, row FROM change WHERE version > ? ORDER BY version", int64(since))
}

// entryAt reads one entry of the log.
func entryAt(ctx context.Context, conn *session, version store.Version) (*entry, error) {
	var row []byte
	if err := conn.one(ctx, &row, "SELECT row FROM change WHERE version = ?", int64(version)); err != nil {
		if isDamage(err) {
			return nil, damagedChange(version)
		}
		return nil, err
	}
	return openEntry(version, row)
}

// before reads a record as it was before a change, or the zero stored where the change created it.
func before(ctx context.Context, conn *session, version store.Version, id literature.ID) (stored, error) {
	var found stored
	scan := func(rows *sql.Rows) error {
		var row sql.RawBytes
		if err := rows.Scan(&row); err != nil {
			return err
		}
		s, err := openRow(beforeKey(version, id), row, func(payload []byte) (literature.Record, error) { return decodeRecord(id, payload) })
		found = s
		return err
	}
	err := conn.each(ctx, scan, "SELECT row FROM before WHERE version = ? AND id = ?", int64(version), string(id))
	if isDamage(err) {
		return found, fmt.Errorf("%w: %s before change %d: the stored bytes do not match their checksum", store.ErrCorrupt, id, version)
	}
	return found, err
}

// beforeKey is the key of a record before a change as it enters the checksum.
func beforeKey(version store.Version, id literature.ID) []byte {
	return append(numberKey(int(version)), id...)
}
