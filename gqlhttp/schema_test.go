package gqlhttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

const sdl = `
scalar URI
interface Node { id: ID! }
type PageInfo { hasNextPage: Boolean! }
type Tag { name: String! }
type Paper implements Node {
  id: ID! title: String! tags: [Tag!]! venue: Venue
  authors(first: Int! = 20): AuthorConnection!
  citedBy(first: Int! = 20): PaperConnection!
}
type Author implements Node { id: ID! name: String! papers(first: Int! = 20): PaperConnection! }
type Venue implements Node { id: ID! name: String! }
type PaperEdge { cursor: String! node: Paper! shared: [Tag!]! }
type PaperConnection { edges: [PaperEdge!]! nodes: [Paper!]! pageInfo: PageInfo! totalCount: Int! }
type AuthorEdge { cursor: String! node: Author! }
type AuthorConnection { edges: [AuthorEdge!]! nodes: [Author!]! pageInfo: PageInfo! totalCount: Int! }
type Graph { nodes: [Paper!]! }
enum Order { YEAR TITLE }
input IdentifierInput { scheme: String! value: String! }
input PaperRef @oneOf { id: ID slug: String identifier: IdentifierInput }
input PaperFilter { and: [PaperFilter!] not: PaperFilter text: String like: PaperRef }
type Query {
  hello: String
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  resource(url: URI!): Node
  paper(by: PaperRef!): Paper
  papers(filter: PaperFilter, order: Order, first: Int, last: Int): PaperConnection!
  related(to: [PaperRef!], weight: Float): [Paper!]!
  suggest(limit: Int! = 10): [Paper!]!
  graph(seeds: [ID!]!): Graph!
  matrix: [[Tag!]!]!
  fails(times: Int! = 1): [String]!
  panics: String
  waits: String
  coerces(text: String!): String
}
type Mutation { touch: Boolean }
type Subscription { ticks: Int! }
`

func loadSchema() *ast.Schema {
	return gqlparser.MustLoadSchema(&ast.Source{Name: "test.graphqls", Input: sdl})
}

// errDomain is what the resolvers' domain calls a missing thing.
var errDomain = errors.New("no such paper")

// service is an executable schema written by hand with what gqlgen generates
// code from. It counts: the executor asks for the schema once to validate a
// document and once to coerce variables.
type service struct {
	schema     *ast.Schema
	asked, ran atomic.Int32
}

var _ graphql.ExecutableSchema = (*service)(nil)

func newService() *service { return &service{schema: loadSchema()} }

func (s *service) Schema() *ast.Schema {
	s.asked.Add(1)
	return s.schema
}

func (*service) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}

func (s *service) Exec(ctx context.Context) graphql.ResponseHandler {
	s.ran.Add(1)
	return func(ctx context.Context) *graphql.Response {
		op := graphql.GetOperationContext(ctx).Operation
		root := s.schema.Query
		if op.Operation == ast.Mutation {
			root = s.schema.Mutation
		}
		ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{Object: root.Name})
		var buf bytes.Buffer
		s.object(ctx, root, op.SelectionSet).MarshalGQL(&buf)
		return &graphql.Response{Data: buf.Bytes()}
	}
}

func (s *service) object(ctx context.Context, def *ast.Definition, set ast.SelectionSet) graphql.Marshaler {
	op := graphql.GetOperationContext(ctx)
	fields := graphql.CollectFields(op, set, append([]string{def.Name}, def.Interfaces...))
	out := graphql.NewFieldSet(fields)
	for i, field := range fields {
		switch field.Name {
		case "__typename":
			out.Values[i] = graphql.MarshalString(def.Name)
		case "__type", "__schema":
			out.Values[i] = graphql.Null
		default:
			out.Values[i] = graphql.ResolveField(ctx, op, field, s.fieldContext,
				func(ctx context.Context) (any, error) { return resolve(ctx, field.Name) }, nil,
				func(_ context.Context, _ ast.SelectionSet, v any) graphql.Marshaler { return marshal(v) },
				true, field.Definition.Type.NonNull)
		}
	}
	out.Dispatch(ctx)
	return out
}

// fieldContext does what generated code does: an argument that does not become
// a Go value is an error before the resolver is called.
func (s *service) fieldContext(ctx context.Context, field graphql.CollectedField) (*graphql.FieldContext, error) {
	fc := &graphql.FieldContext{Object: field.ObjectDefinition.Name, Field: field, IsResolver: true}
	if len(field.Definition.Arguments) == 0 {
		return fc, nil
	}
	ctx = graphql.WithFieldContext(ctx, fc)
	args := field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	if field.Name == "coerces" {
		err := graphql.ErrorOnPath(ctx, errors.New("not a locale"))
		graphql.AddError(ctx, err)
		return fc, err
	}
	fc.Args = args
	return fc, nil
}

func resolve(ctx context.Context, field string) (any, error) {
	args := graphql.GetFieldContext(ctx).Args
	switch field {
	case "hello":
		return "world", nil
	case "touch":
		return true, nil
	case "paper":
		return nil, errDomain
	case "panics":
		panic("secret in a panic")
	case "waits":
		<-ctx.Done()
		return nil, errors.New("interrupted (9)") // as SQLite says it
	case "fails":
		n := args["times"].(int64)
		for range n - 1 {
			graphql.AddError(ctx, errors.New("secret in an error"))
		}
		return nil, errors.New("secret in an error")
	}
	return nil, nil
}

func marshal(v any) graphql.Marshaler {
	if m, ok := v.(graphql.Marshaler); ok { // made by field middleware
		return m
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return graphql.WriterFunc(func(w io.Writer) { _, _ = w.Write(text) })
}
