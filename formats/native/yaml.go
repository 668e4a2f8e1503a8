package native

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxDepth bounds how deep values may nest. The format itself needs seven levels.
const maxDepth = 32

// mishap is a mistake of the file's syntax.
type mishap struct {
	line, column int
	message      string
}

// parseYAML reads one YAML document. It never recurses deeper than the limit, and since anchors and aliases are refused, the tree is never larger than the text.
func parseYAML(source string) (*node, *mishap) {
	tokens := lexer.Tokenize(source)
	if m := inspect(tokens); m != nil {
		return nil, m
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, yamlMishap(err)
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
			return nil, &mishap{n.line, n.column, "a second document begins here: put all records under one `records:` list"}
		}
		root = n
	}
	return root, nil
}

// inspect refuses, before the recursive parser sees them, the tokens that the format has no use for and nesting without end.
func inspect(tokens token.Tokens) *mishap {
	var columns []int // of the block collections around the token
	flow := 0         // flow collections around the token
	for _, t := range tokens {
		at := t.Position
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			return &mishap{at.Line, at.Column, "anchors, aliases and merge keys are not allowed: write the value out, or put it in quotes where it is a text"}
		case token.TagType, token.DirectiveType:
			return &mishap{at.Line, at.Column, "tags and directives are not allowed: leave it out, or put the value in quotes where it is a text"}
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow--
		case token.CommentType:
			continue
		}
		if flow == 0 {
			for len(columns) > 0 && columns[len(columns)-1] >= at.Column {
				columns = columns[:len(columns)-1]
			}
			columns = append(columns, at.Column)
		}
		// A block level takes at most three tokens: key, colon, dash.
		if flow+len(columns)/3 > maxDepth {
			return &mishap{at.Line, at.Column, fmt.Sprintf("values nest deeper than %d levels", maxDepth)}
		}
	}
	return nil
}

func yamlMishap(err error) *mishap {
	var syntax *yaml.SyntaxError
	if errors.As(err, &syntax) && syntax.Token != nil && syntax.Token.Position != nil {
		return &mishap{syntax.Token.Position.Line, syntax.Token.Position.Column, "malformed YAML: " + syntax.Message}
	}
	return &mishap{1, 1, "malformed YAML: " + err.Error()}
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
