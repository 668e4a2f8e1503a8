// Package gqlhttp serves a GraphQL schema over HTTP: the wire format, the
// limits that keep one query from costing the server everything, and the form
// of every refusal. It knows no type of the schema it serves; what a domain
// error means is told to it by Config.Present.
package gqlhttp

import (
	"context"
	"log/slog"
	"runtime"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Config holds the limits and hooks of a handler. The zero value is ready to
// use: a limit of zero or less means the default named beside it.
type Config struct {
	// TokenLimit is the largest number of lexical tokens in a query; default
	// 1,000. Validation takes time quadratic in it and cannot be interrupted.
	TokenLimit int
	// BodyLimit is the largest request body, or query string of a GET, in
	// bytes; default 64 kB.
	BodyLimit int64
	// Depth is how deep fields may nest, and input objects within one value;
	// default 15. Introspection fields are not counted.
	Depth int
	// Aliases is the largest number of aliased fields in a document; default 100.
	Aliases int
	// Directives is the largest number of directives in a document; default 50.
	Directives int
	// Objects is the largest number of objects a query may be estimated to
	// return; default 100,000. See EstimatedObjects for the rule.
	Objects int
	// Deadline is how long one operation may run; default 10 s. Resolvers
	// must honour their context, they are not abandoned.
	Deadline time.Duration
	// Operations is how many operations may run at once; further ones wait, and are refused with CodeUnavailable when their Deadline passes before
	// their turn; default 8 for each processor.
	Operations int
	// ErrorLimit is the largest number of errors in one answer; default 20.
	// The last one says how many were left out.
	ErrorLimit int
	// QueryCache is the number of parsed and validated documents kept, the
	// least recently used going first; default 256. A document of 1,000
	// tokens takes about 250 kB.
	QueryCache int

	// Introspection answers __schema and __type. While it is off, which is the
	// default, messages suggest no names either.
	Introspection bool

	// ListBound says how many objects the estimate expects of a field, plain
	// list or connection, whose size no argument gives; nil means 20 for every
	// field. For a connection it is the page size where first is left out.
	ListBound func(parentType, field string) int
	// Present turns a resolver's error into what the caller may see: code,
	// message and remedy (Errorf helps). Path and locations are filled in
	// afterwards. It returns nil for errors it does not know; those are logged
	// and shown as CodeInternal. What it calls CodeUnavailable is logged too.
	// nil knows no error.
	Present func(ctx context.Context, err error) *gqlerror.Error
	// Logger gets panics and unknown errors; nil means slog.Default().
	Logger *slog.Logger

	// Extensions are gqlgen extensions in order, the first outermost. Those
	// that change the raw query run before it is parsed; those that change the
	// operation run after its cost is known.
	Extensions []graphql.HandlerExtension
	// AroundFields wraps every field, inside the extensions; nil wraps nothing.
	AroundFields graphql.FieldMiddleware
}

func (c Config) withDefaults() Config {
	fill(&c.TokenLimit, 1000)
	fill(&c.BodyLimit, 64<<10)
	fill(&c.Depth, 15)
	fill(&c.Aliases, 100)
	fill(&c.Directives, 50)
	fill(&c.Objects, 100_000)
	fill(&c.Deadline, 10*time.Second)
	fill(&c.Operations, 8*runtime.GOMAXPROCS(0))
	fill(&c.ErrorLimit, 20)
	fill(&c.QueryCache, 256)
	if c.ListBound == nil {
		c.ListBound = func(string, string) int { return 20 }
	}
	if c.Present == nil {
		c.Present = func(context.Context, error) *gqlerror.Error { return nil }
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	return c
}

func fill[T int | int64 | time.Duration](field *T, value T) {
	if *field <= 0 {
		*field = value
	}
}
