package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/papergraph/papergraph/store"
)

// permanent hides an error of the server from the driver, which would try again otherwise.
type permanent struct{ cause error }

func (p *permanent) Error() string { return p.cause.Error() }

// worthRetrying tells whether what failed inside a transaction may be tried again in a new one: where the driver says so, but never where the server
// ran out of memory, which it calls transient: the same statement would do it again, and again to everybody else's cost.
func worthRetrying(err error) bool {
	var failure *neo4j.Neo4jError
	if errors.As(err, &failure) && isOutOfMemory(failure.Code) {
		return false
	}
	return neo4j.IsRetryable(err)
}

func isOutOfMemory(code string) bool {
	return strings.Contains(code, "OutOfMemory") || strings.Contains(code, "MemoryPoolOutOfMemory")
}

// final makes an error one that the driver passes on at once, unless it is worth retrying.
func final(err error) error {
	if err == nil || worthRetrying(err) {
		return err
	}
	return &permanent{err}
}

// translate turns an error of the driver or the server into one of the contract's, in one line and without anything that a person typed in secret.
func translate(ctx context.Context, doing string, err error) error {
	if err == nil {
		return nil
	}
	if ended := ctx.Err(); ended != nil {
		return fmt.Errorf("neo4j: %s: %w", doing, ended)
	}
	var passed *permanent
	if errors.As(err, &passed) {
		err = passed.cause
	}
	if isOurs(err) {
		return err
	}
	var limit *neo4j.TransactionExecutionLimit
	if errors.As(err, &limit) && len(limit.Errors) > 0 {
		return translate(ctx, doing, limit.Errors[len(limit.Errors)-1])
	}
	var failure *neo4j.Neo4jError
	if errors.As(err, &failure) {
		return translateCode(doing, failure)
	}
	return fmt.Errorf("%w: neo4j: %s: the server cannot be reached, or broke off: start it, or correct the address (%s)", store.ErrUnavailable, doing, oneLine(err.Error()))
}

// isOurs tells whether an error was made by this package or by whoever called it.
func isOurs(err error) bool {
	for _, sentinel := range []error{
		store.ErrNotFound, store.ErrConflict, store.ErrInvalid, store.ErrUnavailable, store.ErrCorrupt,
		context.Canceled, context.DeadlineExceeded,
	} {
		if errors.Is(err, sentinel) {
			return true
		}
	}
	return false
}

func translateCode(doing string, failure *neo4j.Neo4jError) error {
	code := failure.Code
	because := func(cause error, text string) error {
		return fmt.Errorf("%w: neo4j: %s: %s (%s)", cause, doing, text, code)
	}
	switch {
	case strings.HasPrefix(code, "Neo.ClientError.Transaction.TransactionTimedOut"):
		return because(context.DeadlineExceeded, "the server stopped the transaction at its deadline")
	case code == "Neo.ClientError.Security.AuthenticationRateLimit":
		return because(store.ErrUnavailable, "too many attempts with a wrong password: wait a few seconds")
	case strings.HasPrefix(code, "Neo.ClientError.Security."):
		return because(store.ErrUnavailable, "the server does not accept the user name and password")
	case code == "Neo.ClientError.Cluster.NotALeader" || code == "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase":
		return because(store.ErrUnavailable, "this member takes no writes: use a neo4j:// address, which finds the one that does")
	case code == "Neo.ClientError.Database.DatabaseNotFound":
		return because(store.ErrUnavailable, "there is no such database on the server")
	case code == arithmeticError && strings.Contains(failure.Msg, "overflow"):
		return because(store.ErrInvalid, "the counts grow too large for this store: begin with smaller weights")
	case isOutOfMemory(code):
		return because(store.ErrUnavailable, "the server has not enough memory for this")
	case strings.HasPrefix(code, "Neo.TransientError."):
		return because(store.ErrUnavailable, "the server could not do it now")
	default:
		return fmt.Errorf("%w: neo4j: %s: the server failed: %s: %s", store.ErrUnavailable, doing, code, oneLine(failure.Msg))
	}
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

const arithmeticError = "Neo.ClientError.Statement.ArithmeticError"

// isDivisionByZero tells whether a statement divided by zero, as one that weighs by idf may; see walk.go. Any other error of arithmetic, an overflow above all, is none.
func isDivisionByZero(err error) bool {
	return err != nil && strings.Contains(err.Error(), arithmeticError) && strings.Contains(err.Error(), "/ by zero")
}
