package native

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxDepth bounds how deep values may nest, of which the format itself needs seven levels, and maxFields how many fields stand side by
// side, of which it needs some thirty.
const (
	maxDepth  = 32
	maxFields = 1000
)

// mishap is a mistake of the file's syntax.
type mishap struct {
	line, column int
	message      string
}

// parseYAML reads one YAML document. Where only the beginning of a second one is wrong, it returns the first beside that mistake. It never recurses deeper than the limit, and since anchors and aliases are refused, the tree is never larger than the text.
func parseYAML(source string) (*node, *mishap) {
	tokens := lexer.Tokenize(source)
	if m := inspect(tokens); m != nil {
		return nil, m
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, yamlMishap(err, source)
	}
	var root *node
	for _, document := range file.Docs {
		if document.Body == nil {
			continue
		}
		n, m := fromAST(document.Body, 0)
		if m != nil {
			return nil, m
		}
		if root != nil {
			return root, &mishap{n.line, n.column, "a second document begins here: put all records under one `records:` list"}
		}
		root = n
	}
	return root, nil
}

// inspect refuses, before the recursive parser sees them, what the format has no use for and what would take the parser long: anchors,
// nesting without end, and mappings of very many fields, for which it takes the square of their number.
func inspect(tokens token.Tokens) *mishap {
	var blocks []block // the block collections around the token
	var flows []int    // the fields so far of the flow collections around it
	for _, t := range tokens {
		at, fields := t.Position, 0
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			return &mishap{at.Line, at.Column, "anchors, aliases and merge keys are not allowed: write the value out, or put it in quotes where it is a text"}
		case token.TagType, token.DirectiveType:
			return &mishap{at.Line, at.Column, "tags and directives are not allowed: leave it out, or put the value in quotes where it is a text"}
		case token.CommentType:
			continue
		case token.SequenceStartType, token.MappingStartType:
			flows = append(flows, 0)
		case token.SequenceEndType, token.MappingEndType:
			flows = flows[:max(0, len(flows)-1)]
		case token.MappingValueType:
			if last := len(flows) - 1; last >= 0 {
				flows[last]++
				fields = flows[last]
			}
		}
		if len(flows) == 0 {
			blocks = enter(blocks, t)
			fields = blocks[len(blocks)-1].fields
		}
		// A block level takes at most three columns: those of dash, key and colon.
		if len(flows)+len(blocks)/3 > maxDepth {
			return &mishap{at.Line, at.Column, fmt.Sprintf("values nest deeper than %d levels", maxDepth)}
		}
		if fields > maxFields {
			return &mishap{at.Line, at.Column, fmt.Sprintf("more than %d fields in one place", maxFields)}
		}
	}
	return nil
}

// block is a column in which values begin, with the number of those that did, dashes apart.
type block struct{ column, fields int }

func enter(blocks []block, t *token.Token) []block {
	column := t.Position.Column
	for len(blocks) > 0 && blocks[len(blocks)-1].column > column {
		blocks = blocks[:len(blocks)-1]
	}
	if len(blocks) == 0 || blocks[len(blocks)-1].column < column {
		blocks = append(blocks, block{column: column})
	}
	if t.Type != token.SequenceEntryType {
		blocks[len(blocks)-1].fields++
	}
	return blocks
}

func fromAST(tree ast.Node, depth int) (*node, *mishap) {
	n := &node{line: 1, column: 1}
	if t := tree.GetToken(); t != nil && t.Position != nil {
		n.line, n.column = t.Position.Line, t.Position.Column
	}
	if depth > maxDepth {
		return nil, &mishap{n.line, n.column, fmt.Sprintf("values nest deeper than %d levels", maxDepth)}
	}
	switch v := tree.(type) {
	case *ast.MappingNode:
		n.kind = mapping
		return n, n.addEntries(v.Values, depth)
	case *ast.MappingValueNode:
		n.kind = mapping
		return n, n.addEntries([]*ast.MappingValueNode{v}, depth)
	case *ast.SequenceNode:
		n.kind = list
		for _, item := range v.Values {
			child, m := fromAST(item, depth+1)
			if m != nil {
				return nil, m
			}
			n.push(child)
		}
	case *ast.NullNode:
		n.kind = null
	case *ast.BoolNode:
		n.kind, n.text = boolean, v.Token.Value
	case *ast.IntegerNode:
		n.kind, n.text = number, v.Token.Value
	case *ast.FloatNode:
		n.kind, n.text = number, v.Token.Value
	case *ast.StringNode:
		n.kind, n.text = text, v.Value
		// The library takes 1e+12 for a text.
		if v.Token.Type == token.StringType && strings.ContainsAny(v.Value, "eE") && strings.IndexByte("-0123456789", v.Value[0]) >= 0 && json.Valid([]byte(v.Value)) {
			n.kind = number
		}
	case *ast.LiteralNode:
		n.kind, n.text = text, v.Value.Value
	case *ast.InfinityNode, *ast.NanNode:
		n.kind, n.text = text, tree.GetToken().Value
	default:
		return nil, &mishap{n.line, n.column, "this is neither a text, a number, a list nor fields: put it in quotes where it is a text"}
	}
	return n, nil
}

func (n *node) addEntries(entries []*ast.MappingValueNode, depth int) *mishap {
	for i, entry := range entries {
		key := entry.Key.GetToken()
		if key.Position == nil {
			return &mishap{n.line, n.column, "a field has no name"}
		}
		if i == 0 {
			n.line, n.column = key.Position.Line, key.Position.Column
		}
		if _, ok := entry.Key.(ast.ScalarNode); !ok {
			return &mishap{key.Position.Line, key.Position.Column, "the name of a field must be one word"}
		}
		child, m := fromAST(entry.Value, depth+1)
		if m != nil {
			return m
		}
		child.keyLine, child.keyColumn = key.Position.Line, key.Position.Column
		n.add(key.Value, child)
	}
	return nil
}
