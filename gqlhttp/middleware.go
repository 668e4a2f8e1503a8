package gqlhttp

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"sync/atomic"
	"time"
)

type contextKey int

const (
	requestIDKey contextKey = iota
	exchangeKey
)

// goodRequestID is what a proxy may send: nothing that could forge a log line.
var goodRequestID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// RequestID names each request: by its X-Request-Id header if that is short and
// plain, else at random. The name goes into the context and the response header.
func RequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if !goodRequestID.MatchString(id) {
			id = rand.Text()
		}
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), requestIDKey, id)))
	})
}

// RequestIDFrom returns the name RequestID has given, or "".
func RequestIDFrom(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}

// Log writes one line per request when it is answered: at error level if the
// server failed, else at info.
func Log(logger *slog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start := time.Now()
			ctx := withExchange(r.Context())
			rec := record(w)
			next.ServeHTTP(rec, r.WithContext(ctx))

			ex := exchangeFrom(ctx)
			level := slog.LevelInfo
			if rec.status >= http.StatusInternalServerError || ex.code == CodeInternal {
				level = slog.LevelError
			}
			attrs := []slog.Attr{
				slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", rec.status), slog.Int64("bytes", rec.bytes),
				slog.Duration("took", time.Since(start)), slog.String("request_id", RequestIDFrom(ctx)),
			}
			if ex.operation != "" {
				attrs = append(attrs, slog.String("operation", ex.operation))
			}
			if ex.code != "" {
				attrs = append(attrs, slog.String("code", ex.code))
			}
			logger.LogAttrs(ctx, level, "request", attrs...)
		})
	}
}

// Recover answers a panic with status 500 and CodeInternal, if nothing has been
// sent yet, and logs it with its stack. http.ErrAbortHandler passes through.
func Recover(logger *slog.Logger) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := record(w)
			defer func() {
				value := recover()
				if value == nil {
					return
				}
				//nolint:errorlint // the sentinel is a bare panic value, never wrapped
				if value == http.ErrAbortHandler {
					panic(value)
				}
				ctx := r.Context()
				logger.ErrorContext(ctx, "handler panicked", slog.String("panic", fmt.Sprint(value)),
					slog.String("request_id", RequestIDFrom(ctx)), slog.String("stack", string(debug.Stack())))
				if !rec.sent {
					(&refusal{http.StatusInternalServerError, internal(ctx)}).write(ctx, rec, typeJSON)
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}

// exchange collects, for the log line and for reporting only once, what is
// learnt while one request is answered.
type exchange struct {
	operation, code string
	reported        atomic.Bool
}

func withExchange(ctx context.Context) context.Context {
	if exchangeFrom(ctx) != nil {
		return ctx
	}
	return context.WithValue(ctx, exchangeKey, new(exchange))
}

func exchangeFrom(ctx context.Context) *exchange {
	ex, _ := ctx.Value(exchangeKey).(*exchange)
	return ex
}

func noteOperation(ctx context.Context, name string) {
	if ex := exchangeFrom(ctx); ex != nil {
		ex.operation = name
	}
}

func noteCode(ctx context.Context, code string) {
	if ex := exchangeFrom(ctx); ex != nil {
		ex.code = code
	}
}

// firstReport reports whether this is the first failure of the request: a
// resolver that fails for each of 1,000 parents is one trouble, not 1,000.
func firstReport(ctx context.Context) bool {
	ex := exchangeFrom(ctx)
	return ex == nil || !ex.reported.Swap(true)
}

// recorder notes what is sent through it.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
	sent   bool
}

// record wraps w once, however many middlewares ask for it.
func record(w http.ResponseWriter) *recorder {
	if rec, ok := w.(*recorder); ok {
		return rec
	}
	return &recorder{ResponseWriter: w, status: http.StatusOK}
}

func (r *recorder) WriteHeader(status int) {
	if !r.sent {
		r.status, r.sent = status, true
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	r.sent = true
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController flush and hijack.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
