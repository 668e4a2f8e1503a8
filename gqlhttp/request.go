package gqlhttp

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
)

const (
	typeJSON    = "application/json"
	typeGraphQL = "application/graphql-response+json"
)

// wireParams are the parameters of a GraphQL request as they arrive.
type wireParams struct {
	Query         *string        `json:"query"`
	OperationName *string        `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
}

// decode reads one request. The media type is the one to answer in, a refusal
// included. Nothing of the request is quoted in a refusal.
func decode(w http.ResponseWriter, r *http.Request, limit int64) (string, *graphql.RawParams, *refusal) {
	mediaType, ok := negotiate(r.Header.Values("Accept"))
	if r.Method != http.MethodPost && r.Method != http.MethodGet {
		return mediaType, nil, refuse(http.StatusMethodNotAllowed, CodeMethodNotAllowed,
			"this method is not supported; send the operation by POST, or a query by GET")
	}
	if !ok {
		return mediaType, nil, refuse(http.StatusNotAcceptable, CodeNotAcceptable,
			"no acceptable media type; accept %s or %s", typeGraphQL, typeJSON)
	}
	params := &graphql.RawParams{Headers: r.Header}
	params.ReadTime.Start = graphql.Now()
	var wire wireParams
	var refused *refusal
	if r.Method == http.MethodGet {
		wire, refused = decodeURL(r.URL.RawQuery, limit)
	} else {
		wire, refused = decodeBody(w, r, limit)
	}
	if refused != nil {
		return mediaType, nil, refused
	}
	// A query may be named in the extensions instead, for an extension to fill in.
	if (wire.Query == nil || *wire.Query == "") && len(wire.Extensions) == 0 {
		return mediaType, nil, refuse(http.StatusBadRequest, CodeBadRequest,
			`the parameter "query" is missing; send the GraphQL document in it`)
	}
	params.Query, params.OperationName = deref(wire.Query), deref(wire.OperationName)
	params.Variables, params.Extensions = wire.Variables, wire.Extensions
	params.ReadTime.End = graphql.Now()
	return mediaType, params, nil
}

func decodeBody(w http.ResponseWriter, r *http.Request, limit int64) (wire wireParams, _ *refusal) {
	mediaType, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := params["charset"]
	encoding := r.Header.Get("Content-Encoding")
	if err != nil || mediaType != typeJSON || (charset != "" && !strings.EqualFold(charset, "utf-8")) ||
		(encoding != "" && !strings.EqualFold(encoding, "identity")) {
		return wire, refuse(http.StatusUnsupportedMediaType, CodeUnsupportedMediaType,
			"the body must be %s in UTF-8, not compressed; set Content-Type", typeJSON)
	}
	tooLarge := refuse(http.StatusRequestEntityTooLarge, CodePayloadTooLarge,
		"the body is larger than %d bytes; send less in one request", limit)
	if r.ContentLength > limit {
		return wire, tooLarge
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if err != nil {
		if tooBig := (*http.MaxBytesError)(nil); errors.As(err, &tooBig) {
			return wire, tooLarge
		}
		return wire, refuse(http.StatusBadRequest, CodeBadRequest,
			"the body ended early; send all of it")
	}
	return wire, decodeJSON(body, &wire)
}

func decodeURL(rawQuery string, limit int64) (wire wireParams, _ *refusal) {
	if int64(len(rawQuery)) > limit {
		return wire, refuse(http.StatusRequestURITooLong, CodePayloadTooLarge,
			"the query string is longer than %d bytes; send the query by POST", limit)
	}
	values, err := url.ParseQuery(rawQuery)
	if err != nil {
		return wire, refuse(http.StatusBadRequest, CodeBadRequest,
			"the query string is malformed; encode each parameter for URLs")
	}
	// The same object as a body would hold, so that one decoder judges both.
	var object bytes.Buffer
	object.WriteByte('{')
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		value := values.Get(name)
		if value == "" {
			continue
		}
		if object.Len() > 1 {
			object.WriteByte(',')
		}
		if name == "query" || name == "operationName" {
			quoted, err := json.Marshal(value)
			if err != nil {
				continue // strings always encode
			}
			value = string(quoted)
		} else if !json.Valid([]byte(value)) {
			return wire, refuse(http.StatusBadRequest, CodeBadRequest,
				"the parameter %q is not valid JSON; send an object", name)
		}
		fmt.Fprintf(&object, "%q:%s", name, value)
	}
	object.WriteByte('}')
	return wire, decodeJSON(object.Bytes(), &wire)
}

// whole writes numbers such as 5.0 and 1e2 as whole ones: they are Ints too, by the specification, but not to gqlparser.
func whole(value any) any {
	switch value := value.(type) {
	case json.Number:
		f, err := value.Float64()
		if strings.ContainsAny(value.String(), ".eE") && err == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return json.Number(strconv.FormatFloat(f, 'f', 0, 64))
		}
	case []any:
		for i := range value {
			value[i] = whole(value[i])
		}
	case map[string]any:
		for key := range value {
			value[key] = whole(value[key])
		}
	}
	return value
}

// decodeJSON fills wire from exactly one JSON object. Numbers stay text, so
// that large ones keep their digits.
func decodeJSON(text []byte, wire *wireParams) *refusal {
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	err := dec.Decode(wire)
	if mistyped := (*json.UnmarshalTypeError)(nil); errors.As(err, &mistyped) {
		want := "an object"
		switch mistyped.Field {
		case "query", "operationName":
			want = "a string"
		case "variables", "extensions":
		default:
			return refuse(http.StatusBadRequest, CodeBadRequest,
				"the body must be one JSON object; send one operation per request")
		}
		return refuse(http.StatusBadRequest, CodeBadRequest,
			"the parameter %q must be %s; correct its type", mistyped.Field, want)
	}
	if err == nil {
		if _, end := dec.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("more than one value")
		}
	}
	if err != nil {
		return refuse(http.StatusBadRequest, CodeBadRequest,
			"the body is not valid JSON; send one object with the parameter \"query\"")
	}
	for name := range wire.Variables {
		wire.Variables[name] = whole(wire.Variables[name])
	}
	return nil
}

// negotiate picks the media type to answer in: of the two that GraphQL over
// HTTP knows, the one of highest quality, then the one named first. Wildcards
// and a missing header mean application/json. The second result is false where
// the caller accepts neither.
func negotiate(accept []string) (string, bool) {
	best, bestQuality, named := typeJSON, 0.0, false
	for _, header := range accept {
		for entry := range strings.SplitSeq(header, ",") {
			mediaType, params, err := mime.ParseMediaType(entry)
			if err != nil {
				named = named || strings.TrimSpace(entry) != ""
				continue
			}
			named = true
			switch mediaType {
			case "*/*", "application/*":
				mediaType = typeJSON
			case typeJSON, typeGraphQL:
			default:
				continue
			}
			quality := 1.0
			if q, ok := params["q"]; ok {
				if quality, err = strconv.ParseFloat(q, 64); err != nil {
					continue
				}
			}
			if quality > bestQuality {
				best, bestQuality = mediaType, quality
			}
		}
	}
	return best, !named || bestQuality > 0
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
