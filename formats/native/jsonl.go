package native

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// parseJSON reads the one JSON object of a line. Columns count bytes from 1.
func parseJSON(source []byte, line int) (*node, *mishap) {
	if i := invalidUTF8(source); i >= 0 {
		return nil, &mishap{line, i + 1, "this is no UTF-8 text: convert the file"}
	}
	if !json.Valid(source) {
		return nil, jsonMishap(source, line)
	}
	w := jsonWalk{source: source, line: line}
	n, m := w.value(0)
	if m == nil && n.kind != mapping {
		return nil, &mishap{line, n.column, "a line holds " + n.kind.String() + ": write one record in braces on each line"}
	}
	return n, m
}

func jsonMishap(source []byte, line int) *mishap {
	var whole json.RawMessage
	var syntax *json.SyntaxError
	if err := json.Unmarshal(source, &whole); !errors.As(err, &syntax) {
		return &mishap{line, 1, fmt.Sprint("malformed JSON: ", err)}
	}
	message := syntax.Error()
	if strings.HasPrefix(message, "unexpected end") {
		message = "the line ends inside the record"
	}
	return &mishap{line, max(1, int(syntax.Offset)), "malformed JSON: " + message}
}

// jsonWalk builds nodes out of text that is known to be JSON, which the token reader of the library does at a third of the speed.
type jsonWalk struct {
	source []byte
	line   int
	at     int
}

// next skips what stands between tokens and tells the byte that follows.
func (w *jsonWalk) next() byte {
	for bytes.IndexByte([]byte(" \t\r\n,:"), w.source[w.at]) >= 0 {
		w.at++
	}
	return w.source[w.at]
}

func (w *jsonWalk) value(depth int) (*node, *mishap) {
	first := w.next()
	n := &node{line: w.line, column: w.at + 1}
	if depth > maxDepth {
		return nil, &mishap{n.line, n.column, fmt.Sprintf("values nest deeper than %d levels", maxDepth)}
	}
	switch first {
	case '"':
		n.kind, n.text = text, w.text()
	case '[':
		n.kind = list
		for w.at++; w.next() != ']'; {
			child, m := w.value(depth + 1)
			if m != nil {
				return nil, m
			}
			n.push(child)
		}
		w.at++
	case '{':
		n.kind = mapping
		for w.at++; w.next() != '}'; {
			column := w.at + 1
			name := w.text()
			child, m := w.value(depth + 1)
			if m != nil {
				return nil, m
			}
			child.keyLine, child.keyColumn = w.line, column
			n.add(name, child)
		}
		w.at++
	default:
		n.text = w.word()
		switch first {
		case 'n':
			n.kind = null
		case 't', 'f':
			n.kind = boolean
		default:
			n.kind = number
		}
	}
	return n, nil
}

// text reads a text in quotes.
func (w *jsonWalk) text() string {
	start, escaped := w.at, false
	for w.at++; w.source[w.at] != '"'; w.at++ {
		if w.source[w.at] == '\\' {
			escaped = true
			w.at++
		}
	}
	w.at++
	if !escaped {
		return string(w.source[start+1 : w.at-1])
	}
	var s string
	_ = json.Unmarshal(w.source[start:w.at], &s) // it is part of what was found to be JSON
	return s
}

// word reads a number, true, false or null.
func (w *jsonWalk) word() string {
	start := w.at
	for w.at < len(w.source) && bytes.IndexByte([]byte(" \t\r\n,]}"), w.source[w.at]) < 0 {
		w.at++
	}
	return string(w.source[start:w.at])
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
