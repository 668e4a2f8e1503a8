package native

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// parseJSON reads the one JSON object of a line. Columns count bytes from 1.
func parseJSON(source []byte, line int) (*node, *mishap) {
	if i := invalidUTF8(source); i >= 0 {
		return nil, &mishap{line, i + 1, "this is no UTF-8 text: convert the file"}
	}
	d := json.NewDecoder(bytes.NewReader(source))
	d.UseNumber()
	p := jsonParser{d, source, line}
	n, m := p.value(0)
	if m != nil {
		return nil, m
	}
	if n.kind != mapping {
		return nil, &mishap{line, n.column, "a line holds " + n.kind.String() + ": write one record in braces on each line"}
	}
	at := p.next()
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, &mishap{line, at, "something follows the record: write one record on each line"}
	}
	return n, nil
}

// jsonParser builds nodes from the tokens of one line.
type jsonParser struct {
	*json.Decoder
	source []byte
	line   int
}

// next is the column where the next token begins.
func (p jsonParser) next() int {
	at := int(p.InputOffset())
	return len(p.source) - len(bytes.TrimLeft(p.source[at:], " \t\r\n,:")) + 1
}

func (p jsonParser) value(depth int) (*node, *mishap) {
	if depth > maxDepth {
		return nil, p.mishap(fmt.Sprintf("values nest deeper than %d levels", maxDepth))
	}
	n := &node{line: p.line, column: p.next()}
	t, err := p.Token()
	if err != nil {
		return nil, p.broken(err)
	}
	switch v := t.(type) {
	case nil:
		n.kind = null
	case bool:
		n.kind, n.text = boolean, fmt.Sprint(v)
	case json.Number:
		n.kind, n.text = number, v.String()
	case string:
		n.kind, n.text = text, v
	case json.Delim:
		if v == '[' {
			n.kind = list
			return n, p.items(n, depth)
		}
		n.kind = mapping
		return n, p.fields(n, depth)
	}
	return n, nil
}

func (p jsonParser) items(n *node, depth int) *mishap {
	for p.More() {
		child, m := p.value(depth + 1)
		if m != nil {
			return m
		}
		n.push(child)
	}
	return p.end()
}

func (p jsonParser) fields(n *node, depth int) *mishap {
	for p.More() {
		column := p.next()
		t, err := p.Token()
		if err != nil {
			return p.broken(err)
		}
		name, ok := t.(string)
		if !ok {
			return p.mishap("malformed JSON: a field has no name")
		}
		child, m := p.value(depth + 1)
		if m != nil {
			return m
		}
		child.keyLine, child.keyColumn = p.line, column
		n.add(name, child)
	}
	return p.end()
}

func (p jsonParser) end() *mishap {
	if _, err := p.Token(); err != nil {
		return p.broken(err)
	}
	return nil
}

func (p jsonParser) mishap(message string) *mishap {
	return &mishap{p.line, p.next(), message}
}

func (p jsonParser) broken(err error) *mishap {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return p.mishap("malformed JSON: the line ends inside the record")
	}
	return p.mishap("malformed JSON: " + err.Error())
}

// invalidUTF8 is the place of the first byte that is no UTF-8, or -1.
func invalidUTF8(source []byte) int {
	if utf8.Valid(source) {
		return -1
	}
	for i := 0; i < len(source); {
		r, size := utf8.DecodeRune(source[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}
