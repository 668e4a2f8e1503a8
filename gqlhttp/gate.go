package gqlhttp

import (
	"context"
	"errors"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/lexer"
	"github.com/vektah/gqlparser/v2/parser"
)

// nameLimit is the longest name in a query, in bytes. Suggestions compare an
// unknown name with every known one, at a cost of the product of the lengths.
const nameLimit = 256

// gate refuses queries by their text alone, before validation: that is
// quadratic in the query and no deadline stops it. A query in the executor's
// cache has passed; another one is parsed once more by the executor, which is
// cheap within the token limit.
type gate struct {
	config Config
	cache  graphql.Cache[*ast.QueryDocument]
}

var _ graphql.OperationParameterMutator = gate{}

func (gate) ExtensionName() string                   { return "Gate" }
func (gate) Validate(graphql.ExecutableSchema) error { return nil }

func (g gate) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	doc, known := g.cache.Get(ctx, params.Query)
	if !known {
		var err *gqlerror.Error
		if doc, err = g.examine(params.Query); err != nil {
			return err
		}
	}
	if doc.Operations.ForName(params.OperationName) == nil {
		return Errorf(CodeBadRequest,
			"which operation to run is not clear; name one of the document's in operationName")
	}
	return nil
}

// examine checks a query from the cheapest test to the dearest.
func (g gate) examine(query string) (*ast.QueryDocument, *gqlerror.Error) {
	if err := scan(query, g.config.TokenLimit); err != nil {
		return nil, err
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: query})
	if err != nil {
		var placed *gqlerror.Error
		if !errors.As(err, &placed) {
			placed = gqlerror.Wrap(err)
		}
		placed.Extensions = map[string]any{"code": CodeParseFailed}
		return nil, placed
	}
	shape := measure(doc)
	switch {
	case shape.depth > g.config.Depth:
		return nil, tooComplex(shape.depth, g.config.Depth,
			"fields nest %d deep, the limit is %d; ask in several queries", shape.depth, g.config.Depth)
	case shape.aliases > g.config.Aliases:
		return nil, tooComplex(shape.aliases, g.config.Aliases,
			"the document has %d aliases, the limit is %d; ask for lists, or in several queries",
			shape.aliases, g.config.Aliases)
	case shape.directives > g.config.Directives:
		return nil, tooComplex(shape.directives, g.config.Directives,
			"the document has %d directives, the limit is %d; leave out what you do not need",
			shape.directives, g.config.Directives)
	case shape.deferred != nil:
		// gqlparser knows @defer by itself, but an answer here is one piece.
		return nil, at(shape.deferred, Errorf(CodeValidationFailed,
			"@defer is not supported; leave it out, or ask in two queries"))
	case shape.introspection != nil && !g.config.Introspection:
		return nil, at(shape.introspection, Errorf(CodeValidationFailed,
			"introspection is switched off here; read the published schema instead"))
	}
	return doc, nil
}

// scan counts tokens without building anything from them.
func scan(query string, limit int) *gqlerror.Error {
	lex := lexer.New(&ast.Source{Input: query})
	for count := 0; ; count++ {
		token, err := lex.ReadToken()
		if err != nil || token.Kind == lexer.EOF {
			return nil // the parser tells what is wrong, and where
		}
		if count == limit {
			return at(&token.Pos, tooComplex(count+1, limit,
				"the query has more than %d tokens; shorten it, or move values into variables", limit))
		}
		if token.Kind == lexer.Name && len(token.Value) > nameLimit {
			return at(&token.Pos, tooComplex(len(token.Value), nameLimit,
				"a name is longer than %d bytes; no name of the schema is, shorten it", nameLimit))
		}
	}
}

func tooComplex(value, limit int, format string, args ...any) *gqlerror.Error {
	err := Errorf(CodeTooComplex, format, args...)
	err.Extensions["value"], err.Extensions["limit"] = value, limit
	return err
}

func at(pos *ast.Position, err *gqlerror.Error) *gqlerror.Error {
	if pos != nil {
		err.Locations = []gqlerror.Location{{Line: pos.Line, Column: pos.Column}}
	}
	return err
}
