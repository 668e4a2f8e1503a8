package native

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
)

// yamlMishap says what is wrong with the syntax of a YAML text, in which line, and how to mend it. The library names the place where it
// could not go on, which is often behind the mistake.
func yamlMishap(err error, source string) *mishap {
	var syntax *yaml.SyntaxError
	if !errors.As(err, &syntax) || syntax.Token == nil || syntax.Token.Position == nil {
		return &mishap{1, 1, fmt.Sprintf("malformed YAML: %q", err.Error())}
	}
	lines := strings.Split(source, "\n")
	p := place{lines, syntax.Token.Position.Line, syntax.Token.Position.Column}
	p.line = min(max(p.line, 1), len(lines))
	p, remedy := p.advice(syntax.Message)
	return &mishap{p.line, p.column, "malformed YAML: " + remedy}
}

// place is a line and a column, from 1, of a text.
type place struct {
	lines        []string
	line, column int
}

const (
	likeAbove     = "this line stands in no place that fits: indent it with spaces like the lines above"
	withoutColon  = "a colon is missing: write `name: value`, with a space behind the colon"
	colonInText   = "a text that holds a colon and a space goes in quotes"
	bracketIsOpen = "the bracket opened here is not closed"
)

// advice turns the library's message into a remedy, and the place into that of the mistake.
func (p place) advice(message string) (place, string) {
	text := p.lines[p.line-1]
	trimmed := strings.TrimSpace(text)
	indentation := len(text) - len(strings.TrimLeft(text, " \t"))
	atStart := p.column-1 <= indentation
	switch {
	case strings.Contains(text[:indentation], "\t"):
		p.column = 1 + strings.Index(text, "\t")
		return p, "a tab stands here: indent with spaces, not tabs"
	case strings.Contains(message, "mapping value is not allowed"):
		return p.secondColon(trimmed)
	case strings.Contains(message, "non-map value"), strings.Contains(message, "unexpected key name"):
		if strings.HasPrefix(trimmed, "- ") && atStart && strings.Contains(message, "non-map") {
			return p, likeAbove
		}
		return p, withoutColon
	case strings.Contains(message, "pre-defined"):
		if strings.ContainsAny(trimmed, `'"`) {
			return p, "something stands behind the end of a text in quotes: put all of it in one pair of quotes, and double a ' inside '…'"
		}
		return p, "a colon is missing in a line above, or this one is indented too deep"
	case strings.Contains(message, "could not find end character"):
		return p, "the quote that opens here is not closed"
	case strings.Contains(message, "end token"):
		return p, bracketIsOpen
	case strings.Contains(message, "must be specified"), strings.Contains(message, "could not find flow"):
		return p.openBracket()
	case strings.Contains(message, "reserved character"):
		return p, fmt.Sprintf("no text begins with %q: put it in quotes", strings.Trim(message[:min(3, len(message))], "'"))
	case strings.Contains(message, "value is not allowed in this context") && atStart:
		return p, likeAbove
	}
	return p, fmt.Sprintf("%s: compare this line with the lines above, or put the text in quotes", strings.ReplaceAll(message, "\t", "tab"))
}

// secondColon is the advice where a line holds a value and something makes fields of it: a colon in the text, or deeper lines below.
func (p place) secondColon(trimmed string) (place, string) {
	if strings.HasPrefix(trimmed, "-") && !strings.HasPrefix(trimmed, "- ") {
		p.column = 1 + strings.Index(p.lines[p.line-1], "-")
		return p, "a space is missing behind the dash"
	}
	if strings.Count(trimmed+" ", ": ") > 1 {
		return p, colonInText
	}
	for below := p.line; below < len(p.lines); below++ {
		if next := p.lines[below]; strings.TrimSpace(next) != "" {
			p.line, p.column = below+1, 1+len(next)-len(strings.TrimLeft(next, " "))
			return p, likeAbove
		}
	}
	return p, colonInText
}

// openBracket looks for the bracket that is still open where the library missed its end.
func (p place) openBracket() (place, string) {
	open := 0
	for line := p.line; line >= 1; line-- {
		text := p.lines[line-1]
		if line == p.line {
			text = text[:min(len(text), p.column-1)]
		}
		for column := len(text); column >= 1; column-- {
			switch text[column-1] {
			case ']', '}':
				open--
			case '[', '{':
				if open++; open > 0 {
					p.line, p.column = line, column
					return p, bracketIsOpen
				}
			}
		}
	}
	return p, "a bracket is not closed before this"
}
