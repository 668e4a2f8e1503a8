// Package scalar translates GraphQL's scalars to the domain's types and back.
//
// One rule holds for every text: an empty one is null. The API never answers "".
package scalar

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/papergraph/papergraph/literature"
)

// MarshalString writes a text, or null for the empty one.
func MarshalString(s string) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.MarshalString(s)
}

// UnmarshalString reads a text.
func UnmarshalString(v any) (string, error) { return graphql.UnmarshalString(v) }

// MarshalID writes an id, or null for the empty one.
func MarshalID(id literature.ID) graphql.Marshaler { return MarshalString(string(id)) }

// UnmarshalID reads an id as it stands; whether it is one, and names something, is for the resolver to say.
func UnmarshalID(v any) (literature.ID, error) {
	switch v := v.(type) {
	case string:
		return literature.ID(v), nil
	case json.Number:
		return literature.ID(v.String()), nil
	case int64:
		return literature.ID(strconv.FormatInt(v, 10)), nil
	}
	return "", fmt.Errorf("an id is a string such as \"paper/xrp\"")
}

// MarshalInt writes a whole number.
func MarshalInt(i int) graphql.Marshaler { return graphql.MarshalInt(i) }

// UnmarshalInt reads a whole number of 32 bits, as GraphQL wants it.
func UnmarshalInt(v any) (int, error) {
	i, err := graphql.UnmarshalInt64(v)
	if err != nil || i < math.MinInt32 || i > math.MaxInt32 {
		return 0, fmt.Errorf("an Int is a whole number between %d and %d", math.MinInt32, math.MaxInt32)
	}
	return int(i), nil
}

var locale = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// MarshalLocale writes a language tag.
func MarshalLocale(l literature.Locale) graphql.Marshaler { return MarshalString(string(l)) }

// UnmarshalLocale reads a language tag of the right form.
func UnmarshalLocale(v any) (literature.Locale, error) {
	s, ok := v.(string)
	s = strings.ReplaceAll(s, "_", "-") // zh_TW, as operating systems write it
	if !ok || len(s) > 35 || !locale.MatchString(s) {
		return "", fmt.Errorf("a Locale is a BCP-47 language tag such as en or zh-Hant")
	}
	return literature.Locale(s), nil
}

// MarshalDateTime writes a point in time in UTC, or null for the zero time.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	if t.IsZero() {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) {
		_, _ = io.WriteString(w, strconv.Quote(t.UTC().Format(time.RFC3339)))
	})
}

// UnmarshalDateTime reads a point in time.
func UnmarshalDateTime(v any) (time.Time, error) {
	if s, ok := v.(string); ok {
		if t, err := time.Parse(time.RFC3339, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("a DateTime is written as in RFC 3339, for example 2026-01-31T12:00:00Z")
}
