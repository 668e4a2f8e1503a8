package gqlhttp

import (
	"fmt"
	"time"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// What errors[].extensions.code may say. The first group is the caller's
// mistake in the HTTP request, the second in the query, the third is the
// server's trouble.
const (
	CodeBadRequest           = "BAD_REQUEST"
	CodeNotAcceptable        = "NOT_ACCEPTABLE"
	CodePayloadTooLarge      = "PAYLOAD_TOO_LARGE"
	CodeUnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
	CodeMethodNotAllowed     = "METHOD_NOT_ALLOWED"

	CodeParseFailed      = errcode.ParseFailed
	CodeValidationFailed = errcode.ValidationFailed
	CodeTooComplex       = "TOO_COMPLEX"
	CodeBadUserInput     = "BAD_USER_INPUT"

	CodeTimeout  = "TIMEOUT"
	CodeInternal = "INTERNAL"
)

// Codes this package never gives by itself: the meanings a domain error can
// have in Config.Present.
const (
	CodeNotFound    = "NOT_FOUND"
	CodeConflict    = "CONFLICT"
	CodeUnavailable = "UNAVAILABLE"
)

// Errorf returns an error with a code. The message is shown to the caller and
// should end in what to do about it.
func Errorf(code, format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{
		Message:    fmt.Sprintf(format, args...),
		Extensions: map[string]any{"code": code},
	}
}

func timeout(deadline time.Duration) *gqlerror.Error {
	return Errorf(CodeTimeout,
		"the operation ran longer than %s; ask for smaller pages or fewer nested lists, or split it", deadline)
}

func codeOf(err *gqlerror.Error) string {
	code, _ := err.Extensions["code"].(string)
	return code
}
