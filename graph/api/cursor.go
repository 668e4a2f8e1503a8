package api

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/fnv"
	"io"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Scope binds cursors to the list they were made for: a hash of the field, its order and its filter. It leaves out the parent and the size
// of the page, so that one cursor serves many parents.
type Scope uint32

// NewScope hashes the field's coordinate (such as Paper.references) and everything that selects or orders its items.
func NewScope(coordinate string, query any) Scope {
	text, err := json.Marshal(query)
	if err != nil {
		panic("api: a query that JSON cannot hold: " + err.Error())
	}
	hash := fnv.New32a()
	_, _ = io.WriteString(hash, coordinate)
	_, _ = hash.Write(text)
	return Scope(hash.Sum32())
}

// At is a place in a list.
type At struct {
	scope    Scope
	position store.Position
}

// Errors of ParseCursor.
var (
	ErrMalformedCursor = errors.New("this is no cursor: pass one that an edge or pageInfo gave")
	ErrForeignCursor   = errors.New("this cursor belongs to another field or to other arguments: pass one that this list gave")
)

// wire is a position in few bytes: sort keys as numbers, texts or null, then the id.
type wire struct {
	Keys []any         `json:"k,omitempty"`
	ID   literature.ID `json:"i"`
}

// Cursor is the place as an opaque text of URL-safe characters.
func (a At) Cursor() string {
	w := wire{ID: a.position.ID}
	for _, key := range a.position.Keys {
		switch {
		case key.Missing:
			w.Keys = append(w.Keys, nil)
		case key.Text != "":
			w.Keys = append(w.Keys, key.Text)
		default:
			w.Keys = append(w.Keys, key.Int)
		}
	}
	text, err := json.Marshal(w)
	if err != nil {
		panic("api: a position that JSON cannot hold: " + err.Error())
	}
	return base64.RawURLEncoding.EncodeToString(append(binary.BigEndian.AppendUint32(nil, uint32(a.scope)), text...))
}

// ParseCursor reads a cursor of the scope. Only texts that Cursor itself writes are accepted.
func ParseCursor(scope Scope, cursor string) (*store.Position, error) {
	if len(cursor) > 2000 {
		return nil, ErrMalformedCursor
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil || len(raw) < 4 {
		return nil, ErrMalformedCursor
	}
	var w wire
	decoder := json.NewDecoder(bytes.NewReader(raw[4:]))
	decoder.UseNumber()
	if err := decoder.Decode(&w); err != nil {
		return nil, ErrMalformedCursor
	}
	position := store.Position{ID: w.ID}
	for _, key := range w.Keys {
		var value store.SortValue
		switch key := key.(type) {
		case nil:
			value.Missing = true
		case string:
			value.Text = key
		case json.Number:
			if value.Int, err = key.Int64(); err != nil {
				return nil, ErrMalformedCursor
			}
		default:
			return nil, ErrMalformedCursor
		}
		position.Keys = append(position.Keys, value)
	}
	made := Scope(binary.BigEndian.Uint32(raw))
	if (At{made, position}).Cursor() != cursor {
		return nil, ErrMalformedCursor
	}
	if made != scope {
		return nil, ErrForeignCursor
	}
	return &position, nil
}
