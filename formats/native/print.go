package native

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

func (n *node) appendJSON(b []byte) []byte {
	switch n.kind {
	case null:
		return append(b, "null"...)
	case text:
		return appendQuoted(b, n.text)
	case list:
		b = append(b, '[')
		for i, item := range n.items {
			if i > 0 {
				b = append(b, ',')
			}
			b = item.appendJSON(b)
		}
		return append(b, ']')
	case mapping:
		b = append(b, '{')
		for i, f := range n.fields {
			if i > 0 {
				b = append(b, ',')
			}
			b = f.appendJSON(append(appendQuoted(b, f.name), ':'))
		}
		return append(b, '}')
	}
	return append(b, n.text...)
}

// appendYAML writes a value that begins where the line stands and ends it; further lines are indented by the level, two spaces each.
func (n *node) appendYAML(b []byte, level int) []byte {
	switch {
	case n.kind == mapping && len(n.fields) > 0:
		for i, f := range n.fields {
			if i > 0 {
				b = indent(b, level)
			}
			b = f.appendBelow(append(appendPlain(b, f.name), ':'), level+1)
		}
		return b
	case n.kind == list && len(n.items) > 0:
		for i, item := range n.items {
			if i > 0 {
				b = indent(b, level)
			}
			b = item.appendYAML(append(b, "- "...), level+1)
		}
		return b
	case n.kind == text:
		b = appendPlain(b, n.text)
	default:
		b = n.appendJSON(b)
	}
	return append(b, '\n')
}

// appendBelow writes the value of a field: a scalar behind the colon, anything larger in the lines below.
func (n *node) appendBelow(b []byte, level int) []byte {
	if len(n.items) > 0 || len(n.fields) > 0 {
		return n.appendYAML(indent(append(b, '\n'), level), level)
	}
	return n.appendYAML(append(b, ' '), level)
}

func indent(b []byte, level int) []byte {
	return append(b, strings.Repeat("  ", level)...)
}

// appendPlain writes a YAML text without quotes where nothing in it could be taken for anything else.
func appendPlain(b []byte, s string) []byte {
	for i, c := range s {
		if !unicode.IsLetter(c) && (i == 0 || !unicode.IsDigit(c) && !strings.ContainsRune(" ./,()'+-_", c)) {
			return appendQuoted(b, s)
		}
	}
	if s == "" || strings.HasSuffix(s, " ") || slices.Contains(reserved, strings.ToLower(s)) {
		return appendQuoted(b, s)
	}
	return append(b, s...)
}

// reserved are words that some version of YAML takes for no text.
var reserved = []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n", "inf", "nan"}

// appendQuoted writes a text as JSON has it, which YAML reads too.
func appendQuoted(b []byte, s string) []byte {
	special := func(c rune) bool {
		return c < ' ' || c == '"' || c == '\\' || c == utf8.RuneError || unicode.Is(unicode.C, c) || unicode.Is(unicode.Z, c) && c != ' '
	}
	if strings.IndexFunc(s, special) < 0 {
		return append(append(append(b, '"'), s...), '"')
	}
	var quoted bytes.Buffer
	e := json.NewEncoder(&quoted)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can always be encoded
	return append(b, bytes.TrimSuffix(quoted.Bytes(), []byte("\n"))...)
}
