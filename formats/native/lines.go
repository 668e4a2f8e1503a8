package native

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
)

// lineReader reads JSON Lines.
type lineReader struct {
	*reader
	number int
	// open is true behind a line that ends inside its record.
	open bool
	// foreign is true once a line was reported that is no UTF-8: the encoding of the whole file is one mistake.
	foreign bool
}

func (r *reader) readLines(from *bufio.Reader) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, MaxLine)
	l := lineReader{reader: r}
	empty := true
	for !r.cut && lines.Scan() {
		l.number++
		if len(bytes.TrimSpace(lines.Bytes())) > 0 {
			empty = false
			l.line(lines.Bytes())
		}
	}
	err := lines.Err()
	switch {
	case errors.Is(err, bufio.ErrTooLong):
		r.misread(&mishap{l.number + 1, 1, fmt.Sprintf("the line is longer than %d bytes; what follows was not read", MaxLine)})
		r.cut = true
		return nil
	case err == nil && empty:
		r.misread(&mishap{1, 1, `the file is empty: write one record in braces on each line, for example {"paper": "xrp", …}`})
	}
	return err
}

func (l *lineReader) line(text []byte) {
	if l.open && text[0] != '{' {
		return // the record goes on that a line before left open
	}
	n, m := parseJSON(text, l.number)
	l.open = m != nil && m.message == recordIsOpen
	switch {
	case m != nil:
		l.broken(text, m)
	case isHeader(n):
		l.header(n, l.number == 1)
	default:
		l.record(n)
	}
}

func (l *lineReader) broken(text []byte, m *mishap) {
	if m.message != notUTF8 || !l.foreign {
		l.misread(m)
	}
	l.foreign = l.foreign || m.message == notUTF8
	l.cut = m.message == notText || m.message == isUTF16 || m.message == listBegins
	l.loseNames(string(text))
}
