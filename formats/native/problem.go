package native

import "fmt"

// Problem is one mistake in a file: where it is, what is wrong and how to mend it.
type Problem struct {
	File string
	// Line and Column count from 1; in JSON Lines the column counts bytes.
	Line, Column int
	// Field is the path inside the record, for example `authors[2]`; "" where the record or the file as a whole is meant.
	Field   string
	Message string
}

// String is the problem as one line, in the form that editors can jump to.
func (p Problem) String() string {
	where := fmt.Sprintf("%s:%d:%d: ", p.File, p.Line, p.Column)
	if p.Field == "" {
		return where + p.Message
	}
	return where + p.Field + ": " + p.Message
}

// spot is a place in the file, in the form that a problem needs.
type spot struct {
	line, column int
	field        string
}

func (r *reader) report(at *node, format string, args ...any) {
	r.reportAt(spot{at.line, at.column, at.path()}, format, args...)
}

// reportKey speaks of the field's name instead of its value.
func (r *reader) reportKey(at *node, format string, args ...any) {
	line, column := at.keyLine, at.keyColumn
	if line == 0 {
		line, column = at.line, at.column
	}
	r.reportAt(spot{line, column, at.path()}, format, args...)
}

func (r *reader) reportAt(at spot, format string, args ...any) {
	r.problems = append(r.problems, Problem{File: r.file, Line: at.line, Column: at.column, Field: at.field, Message: fmt.Sprintf(format, args...)})
}

func (r *reader) misread(m *mishap) {
	r.reportAt(spot{line: m.line, column: m.column}, "%s", m.message)
}
