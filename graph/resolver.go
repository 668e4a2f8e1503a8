// Package graph resolves the schema: a resolver translates its arguments and makes one call. What a field asks of the store stands in
// ask.go, and lookahead.go asks it for whole levels of a query at once.
package graph

import (
	"maps"

	"github.com/99designs/gqlgen/graphql"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/generated"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// Resolver is the root of all resolvers.
type Resolver struct {
	Store store.Reader
	// Arrays are the graph for what is computed over all of it.
	Arrays *explore.ArrayCache
	// StoreKind is the name of the kind of store, as meta tells it.
	StoreKind string
	// Version is the version of the program.
	Version string
	// PublicURL is where this server is reached, without a trailing slash.
	PublicURL string
}

// NewSchema makes the executable schema of the resolver. It does not offer @defer, which gqlgen adds to every schema and gqlhttp refuses.
func NewSchema(r *Resolver) graphql.ExecutableSchema {
	schema := *generated.NewExecutableSchema(generated.Config{}).Schema()
	schema.Directives = maps.Clone(schema.Directives)
	delete(schema.Directives, "defer")
	return generated.NewExecutableSchema(generated.Config{Schema: &schema, Resolvers: r})
}

func (r *Resolver) page(id literature.ID) string { return r.PublicURL + "/" + string(id) }
