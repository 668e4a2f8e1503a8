package graph

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/papergraph/papergraph/gqlhttp"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/store"
)

// inputError is a mistake in an argument that the schema could not catch.
type inputError struct{ message string }

func (e inputError) Error() string { return e.message }

func badInput(format string, args ...any) error { return inputError{fmt.Sprintf(format, args...)} }

// Present translates the errors of resolvers and stores to what callers see; nil for an error it does not know, which callers must not see.
func Present(_ context.Context, err error) *gqlerror.Error {
	var input inputError
	switch {
	case errors.As(err, &input):
		return gqlhttp.Errorf(gqlhttp.CodeBadUserInput, "%s", input.message)
	case errors.Is(err, store.ErrInvalid):
		return gqlhttp.Errorf(gqlhttp.CodeBadUserInput, "An argument cannot be used like this: %s.", strings.TrimSuffix(api.Said(err).Error(), "."))
	case errors.Is(err, store.ErrNotFound):
		return gqlhttp.Errorf(gqlhttp.CodeNotFound, "What was asked for is not, or no longer, there: ask again.")
	case errors.Is(err, store.ErrConflict):
		return gqlhttp.Errorf(gqlhttp.CodeConflict, "The graph has changed meanwhile: read it again and repeat the change.")
	case errors.Is(err, store.ErrUnavailable):
		return gqlhttp.Errorf(gqlhttp.CodeUnavailable, "The store cannot be reached at the moment: try again later.")
	}
	return nil
}
