package gqlhttp

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// bufferLimit is the largest buffer kept for the next answer; one rare huge
// answer must not hold its memory for ever.
const bufferLimit = 1 << 20

// writer writes answers, each with one Write and a Content-Length.
type writer struct {
	errorLimit int
	buffers    sync.Pool
}

// requestErrors answers for an operation that was not begun: there is no data
// entry, and the newer media type turns the status into 400.
func (wr *writer) requestErrors(ctx context.Context, w http.ResponseWriter, mediaType string, resp *graphql.Response) {
	status := http.StatusOK
	if mediaType == typeGraphQL {
		status = http.StatusBadRequest
	}
	wr.write(ctx, w, status, mediaType, resp, false)
}

// response answers for an operation that ran, with errors or without.
func (wr *writer) response(ctx context.Context, w http.ResponseWriter, mediaType string, resp *graphql.Response) {
	wr.write(ctx, w, http.StatusOK, mediaType, resp, true)
}

func (wr *writer) write(
	ctx context.Context, w http.ResponseWriter, status int, mediaType string, resp *graphql.Response, withData bool,
) {
	buf, _ := wr.buffers.Get().(*bytes.Buffer)
	if buf == nil {
		buf = new(bytes.Buffer)
	}
	buf.Reset()
	defer func() {
		if buf.Cap() <= bufferLimit {
			wr.buffers.Put(buf)
		}
	}()
	encode(buf, resp, wr.errorLimit, withData)
	if len(resp.Errors) > 0 {
		noteCode(ctx, codeOf(resp.Errors[0]))
	}
	send(w, status, mediaType, buf.Bytes())
}

// encode writes the entries in the order the specification advises: errors
// first. Data is copied as it is; encoding/json would parse it again.
func encode(buf *bytes.Buffer, resp *graphql.Response, errorLimit int, withData bool) {
	buf.WriteByte('{')
	if len(resp.Errors) > 0 {
		buf.WriteString(`"errors":`)
		encodeJSON(buf, limitErrors(resp.Errors, errorLimit),
			`[{"message":"internal error; an error could not be written","extensions":{"code":"`+CodeInternal+`"}}]`)
	}
	if withData {
		if buf.Len() > 1 {
			buf.WriteByte(',')
		}
		buf.WriteString(`"data":`)
		if len(resp.Data) == 0 {
			buf.WriteString("null")
		} else {
			buf.Write(resp.Data)
		}
	}
	if len(resp.Extensions) > 0 {
		buf.WriteString(`,"extensions":`)
		encodeJSON(buf, resp.Extensions, "{}")
	}
	buf.WriteByte('}')
}

// encodeJSON writes instead where an extension, of an error or of the answer,
// holds a channel or the like.
func encodeJSON(buf *bytes.Buffer, value any, instead string) {
	start := buf.Len()
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		buf.Truncate(start)
		buf.WriteString(instead)
		return
	}
	buf.Truncate(buf.Len() - 1) // the newline of Encode
}

// limitErrors keeps the first errors and says in the last of them how many
// there were besides.
func limitErrors(errs gqlerror.List, limit int) gqlerror.List {
	if len(errs) <= limit {
		return errs
	}
	omitted := len(errs) - limit
	kept := append(gqlerror.List(nil), errs[:limit]...)
	last := *kept[limit-1]
	last.Message = fmt.Sprintf("%s (%d more errors left out)", last.Message, omitted)
	last.Extensions = maps.Clone(last.Extensions)
	if last.Extensions == nil {
		last.Extensions = map[string]any{}
	}
	last.Extensions["omittedErrors"] = omitted
	kept[limit-1] = &last
	return kept
}

// refusal is an answer to a request that is no GraphQL operation at all.
type refusal struct {
	status int
	err    *gqlerror.Error
}

func refuse(status int, code, format string, args ...any) *refusal {
	return &refusal{status: status, err: Errorf(code, format, args...)}
}

func (f *refusal) write(ctx context.Context, w http.ResponseWriter, mediaType string) {
	if f.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, POST")
	}
	noteCode(ctx, codeOf(f.err))
	var buf bytes.Buffer
	encode(&buf, &graphql.Response{Errors: gqlerror.List{f.err}}, 1, false)
	send(w, f.status, mediaType, buf.Bytes())
}

func send(w http.ResponseWriter, status int, mediaType string, body []byte) {
	header := w.Header()
	header.Set("Content-Type", mediaType+"; charset=utf-8")
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Add("Vary", "Accept")
	w.WriteHeader(status)
	// A failed write means the caller has gone; nobody is left to be told.
	_, _ = w.Write(body)
}
