package gqlhttp

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// messageLimit is the longest message shown, in bytes: parse and validation
// errors quote the query, which may be 64 kB of one string.
const messageLimit = 400

// presenter decides what the caller sees of an error.
type presenter struct{ config Config }

// errPanicked stands for a panic that recovered has logged already.
var errPanicked = errors.New("panic")

func (p presenter) recovered(ctx context.Context, value any) error {
	if firstReport(ctx) {
		p.config.Logger.ErrorContext(ctx, "resolver panicked",
			slog.Any("panic", value), slog.String("request_id", RequestIDFrom(ctx)),
			slog.String("path", graphql.GetPath(ctx).String()), slog.String("stack", string(debug.Stack())))
	}
	return errPanicked
}

// present gives every error a code and keeps the place gqlgen found for it.
func (p presenter) present(ctx context.Context, err error) *gqlerror.Error {
	var placed *gqlerror.Error
	if !errors.As(err, &placed) {
		placed = gqlerror.WrapPath(graphql.GetPath(ctx), err)
	}
	shown := *p.translate(ctx, placed) // a copy: the hook may share its errors
	if shown.Path == nil {
		shown.Path = placed.Path
	}
	if shown.Locations == nil {
		shown.Locations = placed.Locations
	}
	if fc := graphql.GetFieldContext(ctx); shown.Locations == nil && fc != nil && fc.Field.Field != nil {
		_ = at(fc.Field.Position, &shown) // gqlgen gives none for arguments and panics
	}
	shown.Message = shorten(shown.Message)
	return &shown
}

func (p presenter) translate(ctx context.Context, err *gqlerror.Error) *gqlerror.Error {
	if code := codeOf(err); code != "" {
		return withRemedy(err, code)
	}
	if errors.Is(err, errPanicked) {
		return internal(ctx)
	}
	if ctx.Err() != nil || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return timeout(p.config.Deadline)
	}
	if shown := p.config.Present(ctx, err); shown != nil {
		if codeOf(shown) == CodeUnavailable && firstReport(ctx) { // the caller learns that it is so, the operator why
			p.config.Logger.WarnContext(ctx, "the store is unavailable",
				slog.String("error", err.Error()), slog.String("request_id", RequestIDFrom(ctx)))
		}
		return shown
	}
	if inArguments(ctx) {
		return Errorf(CodeBadUserInput, "%s; give a value of the type the schema names here", err.Message)
	}
	if firstReport(ctx) {
		p.config.Logger.ErrorContext(ctx, "resolver failed",
			slog.String("error", err.Error()), slog.String("request_id", RequestIDFrom(ctx)))
	}
	return internal(ctx)
}

func internal(ctx context.Context) *gqlerror.Error {
	if id := RequestIDFrom(ctx); id != "" {
		return Errorf(CodeInternal, "internal error; report it with request id %s", id)
	}
	return Errorf(CodeInternal, "internal error; the server's log says more")
}

// withRemedy completes the errors of gqlparser, which say what is wrong and
// seldom what to do.
func withRemedy(err *gqlerror.Error, code string) *gqlerror.Error {
	shown := *err
	switch {
	case code == CodeParseFailed:
		// gqlparser's name for what begins nothing, such as the quote of 'xrp' or the slash of an id without quotes.
		const invalid = "<Invalid>"
		quotes := strings.Contains(shown.Message, invalid)
		shown.Message = strings.ReplaceAll(shown.Message, invalid, "sign without meaning") + "; correct the query text at this place"
		if quotes {
			shown.Message += ": texts stand in double quotes"
		}
	case code != CodeValidationFailed:
	case err.Rule != "":
		if !strings.HasSuffix(shown.Message, "?") { // else it ends in a suggestion
			shown.Message = strings.TrimSuffix(shown.Message, ".") + "; compare the query with the schema"
		}
	case len(err.Path) > 1 && err.Path[0] == ast.PathName("variable"):
		shown.Message = fmt.Sprintf("variable %s: %s; send a value of its declared type", err.Path[1:], err.Message)
		shown.Extensions = map[string]any{"code": CodeBadUserInput}
	}
	return &shown
}

// inArguments reports whether ctx is that of a field whose arguments gqlgen
// could not turn into Go values: it sets them, even to none, before it resolves.
func inArguments(ctx context.Context) bool {
	fc := graphql.GetFieldContext(ctx)
	return fc != nil && fc.Args == nil && fc.Field.Field != nil &&
		fc.Field.Definition != nil && len(fc.Field.Definition.Arguments) > 0
}

// shorten cuts a long message in its middle: the end is the remedy.
func shorten(message string) string {
	const tail = 120
	if len(message) <= messageLimit {
		return message
	}
	head, rest := messageLimit-tail, len(message)-tail
	for !utf8.RuneStart(message[head]) {
		head--
	}
	for !utf8.RuneStart(message[rest]) {
		rest++
	}
	return message[:head] + " … " + message[rest:]
}
