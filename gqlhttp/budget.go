package gqlhttp

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

const statsKey = "gqlhttp.objects"

// budget judges an operation whose variables are known: its input values and
// its cost.
type budget struct {
	config Config
	schema *ast.Schema
	types  *connections
}

var _ graphql.OperationContextMutator = budget{}

func newBudget(schema *ast.Schema, config Config) budget {
	return budget{config: config, schema: schema, types: newConnections(schema)}
}

func (budget) ExtensionName() string                   { return "Budget" }
func (budget) Validate(graphql.ExecutableSchema) error { return nil }

func (b budget) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	// Off by default in gqlgen; the gate refuses introspection by itself.
	op.DisableIntrospection = !b.config.Introspection
	if err := checkInputs(b.schema, op.Operation, op.Variables, b.config.Depth); err != nil {
		return err
	}
	e := estimator{schema: b.schema, vars: op.Variables, bound: b.config.ListBound, types: b.types}
	objects := e.estimate(op.Operation)
	op.Stats.SetExtension(statsKey, objects)
	if objects > b.config.Objects {
		return tooComplex(objects, b.config.Objects,
			"the query may return about %d objects, the limit is %d; "+
				"ask for smaller pages (first), fewer nested lists, or in several queries", objects, b.config.Objects)
	}
	return nil
}

// EstimatedObjects returns how many objects the operation of ctx may return at
// most, by the rule that Config.Objects limits: every object counts 1, a list
// its bound, a connection 1 and its page size, each times what lies below; an
// edge and its node are one object, and edges and nodes of one connection the
// same ones. It returns 0 outside an operation.
func EstimatedObjects(ctx context.Context) int {
	if !graphql.HasOperationContext(ctx) {
		return 0
	}
	objects, _ := graphql.GetOperationContext(ctx).Stats.GetExtension(statsKey).(int)
	return objects
}
