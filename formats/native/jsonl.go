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
		return nil, &mishap{line, i + 1, encodingAdvice(source)}
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

const (
	recordIsOpen = "malformed JSON: the line ends inside the record: write each record on one line"
	listBegins   = "malformed JSON: a list begins here: leave out its brackets and the commas behind the records; what follows was not read"
)

// jsonMishap says what is wrong with the syntax of a line, and how to mend it.
func jsonMishap(source []byte, line int) *mishap {
	var whole json.RawMessage
	var syntax *json.SyntaxError
	if err := json.Unmarshal(source, &whole); !errors.As(err, &syntax) {
		return &mishap{line, 1, fmt.Sprint("malformed JSON: ", err)}
	}
	at := max(1, int(syntax.Offset))
	message := syntax.Error()
	if strings.HasPrefix(message, "unexpected end") {
		if bytes.HasPrefix(bytes.TrimSpace(source), []byte("[")) {
			return &mishap{line, at, listBegins}
		}
		return &mishap{line, at, recordIsOpen}
	}
	return &mishap{line, at, "malformed JSON: " + jsonAdvice(message, bytes.TrimSpace(source[:at-1]), source[at-1])}
}

// jsonAdvice turns the library's message into a remedy; before is what stands before the byte at which it stopped.
func jsonAdvice(message string, before []byte, stop byte) string {
	closing := stop == '}' || stop == ']'
	switch {
	case len(before) == 0 || len(before) == 1 && strings.Contains(message, "in literal"):
		return `a record in braces is wanted here, for example {"paper": "xrp", …}`
	case closing && bytes.HasSuffix(before, []byte(",")):
		return "a comma stands before the closing bracket: take it away"
	case strings.Contains(message, "beginning of object key"):
		return "the name of a field goes in double quotes"
	case strings.Contains(message, "after object key:value pair"), strings.Contains(message, "after array element"):
		return "a comma is missing before this, or a closing bracket"
	case strings.Contains(message, "after object key"):
		return "a colon is missing behind the name of the field"
	case strings.Contains(message, "after top-level") && stop == ',':
		return "no comma stands between records: take it away"
	case strings.Contains(message, "after top-level"):
		return "something stands behind the record: give it a line of its own, or take it away"
	case strings.Contains(message, "escape"):
		return `a backslash in a text is written as \\`
	case strings.Contains(message, "string literal"):
		return `a text holds a control character: write it as \n, \t or \u0000`
	case strings.Contains(message, "numeric literal"):
		return "a number is not written as JSON has it: put it in double quotes where it is a text"
	case closing:
		return "a value is missing before this"
	}
	return "a text goes in double quotes; only numbers, true, false and null go without"
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

const (
	notUTF8 = "this is no UTF-8 text: save the file as UTF-8"
	isUTF16 = "this is UTF-16: save the file as UTF-8"
	notText = "this is no text: name a file in YAML or JSON Lines"
)

// encodingAdvice says what a text is that is no UTF-8.
func encodingAdvice(source []byte) string {
	switch {
	case bytes.HasPrefix(source, []byte("\xff\xfe")), bytes.HasPrefix(source, []byte("\xfe\xff")):
		return isUTF16
	case bytes.IndexByte(source, 0) >= 0:
		return notText
	}
	return notUTF8
}
