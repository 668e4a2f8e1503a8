package native

import (
	"strings"
)

// salvage reads what can be read of a YAML text whose syntax is broken: each record of the list `records:` on its own, so that one broken
// record does not hide the mistakes of the others. The broken ones are reported; where none is found to be the culprit, the mishap is.
// It returns nil where nothing can be told apart.
func (r *reader) salvage(source string, m *mishap) *node {
	around, entries := splitRecords(source)
	root, other := parseYAML(around)
	if root == nil {
		root = &node{kind: mapping, line: 1, column: 1} // nothing stands around the list
	}
	if len(entries) == 0 || other != nil || root.kind != mapping {
		r.misread(&mishap{m.line, m.column, m.message + "; other mistakes show once this is mended"})
		return nil
	}
	at := entries[0].line
	records := &node{kind: list, line: at, column: 1, keyLine: at, keyColumn: 1}
	before := len(r.problems)
	for _, e := range entries {
		// The name of the list stands above the entry, so that it is parsed as in the file.
		n, broken := parseYAML(recordsField + "\n" + e.text)
		if broken != nil {
			r.misread(&mishap{max(1, broken.line+e.line-2), broken.column, broken.message})
			r.loseNames(e.text)
			continue
		}
		n.shift(e.line - 2)
		for _, f := range n.fields {
			for _, item := range f.each() {
				records.push(item)
			}
		}
	}
	if len(r.problems) == before {
		r.misread(m)
	}
	root.add("records", records)
	return root
}

const recordsField = "records:"

// entry is one item of the list of records, with the line in which it begins.
type entry struct {
	line int
	text string
}

// splitRecords takes the entries of the list `records:` out of a YAML text, by their indentation alone. What is left keeps its lines.
func splitRecords(source string) (around string, entries []entry) {
	lines := strings.SplitAfter(source, "\n")
	const before, inside, behind = 0, 1, 2 // the list
	state, dash := before, -1              // dash is the column of the dashes, from 0
	for i, line := range lines {
		content := strings.TrimLeft(line, " ")
		column := len(line) - len(content)
		blank := strings.TrimSpace(content) == "" || content[0] == '#'
		switch {
		case state == before:
			if strings.TrimSpace(strings.Split(line, "#")[0]) == recordsField && column == 0 {
				state = inside
				lines[i] = "\n"
			}
			continue
		case state == behind || blank && dash < 0:
			continue
		case dash < 0 && content[0] == '-':
			dash = column
		case !blank && column == 0 && (content[0] != '-' && content[0] != '\t' || strings.HasPrefix(content, "---")):
			state = behind
			continue
		case dash < 0: // no list; the whole text tells what is wrong
			return source, nil
		}
		if column == dash && strings.HasPrefix(content, "-") {
			entries = append(entries, entry{line: i + 1})
		}
		entries[len(entries)-1].text += line
		lines[i] = "\n"
	}
	return strings.Join(lines, ""), entries
}

// shift moves a tree down by a number of lines.
func (n *node) shift(by int) {
	n.line += by
	if n.keyLine > 0 {
		n.keyLine += by
	}
	for _, child := range n.items {
		child.shift(by)
	}
	for _, child := range n.fields {
		child.shift(by)
	}
}
