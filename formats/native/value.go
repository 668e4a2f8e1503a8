package native

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/papergraph/papergraph/literature"
)

// Every method here turns one value of a file into a Go value, and reports what is wrong with it; then it returns the zero value.

func (r *reader) wrongType(v *node, want string) {
	hint := ""
	if want == "a text" && v.kind == boolean {
		hint = ": put it in quotes"
	}
	r.report(v, "%s is wanted here, not %s%s", want, describe(v), hint)
}

// text takes numbers as they are written, so that `arxiv: 2010.14145` and `volume: 53` need no quotes.
func (r *reader) text(v *node) string {
	switch {
	case v.kind == null:
		return ""
	case !v.isScalar():
		r.wrongType(v, "a text")
		return ""
	}
	return v.text
}

func (r *reader) textList(v *node) []string {
	var all []string
	for _, item := range v.each() {
		if s := r.text(item); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// localized reads a text in several languages: one plain text, which is English, or one text by locale.
func (r *reader) localized(v *node) []literature.LocalizedText {
	switch v.kind {
	case null:
		return nil
	case mapping:
		r.uniqueFields(v)
		var all []literature.LocalizedText
		for _, f := range v.fields {
			if f.kind == null {
				continue
			}
			all = append(all, literature.LocalizedText{Value: r.text(f), Locale: literature.Locale(f.name)})
		}
		return all
	}
	if !v.isScalar() {
		r.wrongType(v, "a text, or texts by locale such as {en: …, zh-Hant: …},")
		return nil
	}
	return []literature.LocalizedText{{Value: v.text, Locale: literature.English}}
}

func (r *reader) boolean(v *node) bool {
	if v.kind != boolean && v.kind != null {
		r.wrongType(v, "true or false")
	}
	return v.text == "true"
}

func (r *reader) booleanOrNil(v *node) *bool {
	if v.kind == null {
		return nil
	}
	b := r.boolean(v)
	return &b
}

func (r *reader) integer(v *node) int {
	if v.kind == null {
		return 0
	}
	i, err := strconv.Atoi(v.text)
	if v.kind != number || err != nil {
		r.report(v, "a whole number is wanted here, not %s", describe(v))
		return 0
	}
	return i
}

func (r *reader) integerOrNil(v *node) *int {
	if v.kind == null {
		return nil
	}
	i := r.integer(v)
	return &i
}

func (r *reader) float(v *node) *float64 {
	if v.kind == null {
		return nil
	}
	f, err := strconv.ParseFloat(v.text, 64)
	if v.kind != number || err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		r.report(v, "a number is wanted here, not %s: a value in words belongs in value_text", describe(v))
		return nil
	}
	return &f
}

// weight reads a strength in (0, 1] as thousandths.
func (r *reader) weight(v *node) int {
	f := r.float(v)
	if f == nil {
		return 0
	}
	thousandths := math.Round(*f * literature.FullWeight)
	if thousandths < 1 || thousandths > literature.FullWeight {
		r.report(v, "a weight lies between 0.001 and 1, not at %s", v.text)
		return literature.FullWeight
	}
	return int(thousandths)
}

// moment reads an RFC 3339 time or a plain date, which is its midnight in UTC.
func (r *reader) moment(v *node) time.Time {
	if v.kind == null {
		return time.Time{}
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, v.text); err == nil && v.kind == text {
			return t.UTC().Truncate(time.Second)
		}
	}
	r.report(v, "a date such as 2026-11-22 or a time such as 2026-11-22T10:00:00Z is wanted here, not %s", describe(v))
	return time.Time{}
}

// enum reads one of the words that the public API uses.
func enum[T ~string](r *reader, v *node, known []T) T {
	if v.kind == null {
		return ""
	}
	if v.kind == text && slices.Contains(known, T(v.text)) {
		return T(v.text)
	}
	words := make([]string, len(known))
	for i, k := range known {
		words[i] = string(k)
	}
	r.report(v, "%s is none of %s%s", describe(v), strings.Join(words, ", "), didYouMean(v.text, words))
	return ""
}

// uniqueFields reports the fields that a mapping states twice.
func (r *reader) uniqueFields(v *node) {
	const few = 32 // so many are compared faster than put into a map
	var seen map[string]*node
	if len(v.fields) > few {
		seen = make(map[string]*node, len(v.fields))
	}
	for i, f := range v.fields {
		first := seen[f.name]
		if seen == nil {
			first = v.fields[slices.IndexFunc(v.fields, func(g *node) bool { return g.name == f.name })]
		}
		switch {
		case first == nil:
			seen[f.name] = f
		case first != v.fields[i]:
			r.reportKey(f, "%q stands here twice, first in line %d: keep one", clip(f.name), first.keyLine)
		}
	}
}

func describe(v *node) string {
	if v.isScalar() || v.kind == boolean {
		return strconv.Quote(clip(v.text))
	}
	return v.kind.String()
}

// clip keeps a message to one line whatever the file holds.
func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	return fmt.Sprintf("%s…", strings.ToValidUTF8(s[:most], ""))
}
