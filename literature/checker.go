package literature

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// checker gathers the problems of one record. Paths are put together only once something is wrong, since nearly all records are
// well formed and an import checks millions.
type checker struct{ problems []Problem }

func (c *checker) add(field, format string, args ...any) {
	c.problems = append(c.problems, Problem{Field: field, Message: fmt.Sprintf(format, args...)})
}

// path writes names and positions as a path: path("labels", 1, "locale") is labels[1].locale.
func path(parts ...any) string {
	var b strings.Builder
	for i, part := range parts {
		switch part := part.(type) {
		case int:
			b.WriteString("[" + strconv.Itoa(part) + "]")
		case string:
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(part)
		}
	}
	return b.String()
}

// id checks the id of an entity; kind "" allows all kinds.
func (c *checker) id(field string, id ID, kind EntityKind) {
	_, err := ParseID(string(id))
	if err != nil || id.EntityKind() == "" || kind != "" && id.EntityKind() != kind {
		c.add(field, "%s", wrongID(id, err, kind.Prefix()))
	}
}

// wrongID says why an id is not one of the wanted kind, "" for any entity.
func wrongID(id ID, err error, wanted string) string {
	if wanted == "" {
		wanted = "entity"
	}
	switch {
	case id == "":
		return "it is missing: give the id of the " + wanted
	case err != nil:
		return err.Error()
	}
	return fmt.Sprintf("%s names no %s: give the id of one", id, wanted)
}

// known checks that a value is one of an enumeration.
func known[E ~string](c *checker, field string, value E, values []E) {
	switch {
	case oneOf(value, values):
	case value == "":
		c.add(field, "it is missing: known are %s", list(values))
	default:
		c.add(field, "%q is unknown: known are %s", value, list(values))
	}
}

func oneOf[E comparable](value E, values []E) bool { return slices.Contains(values, value) }

func index[E comparable](values []E, value E) int { return slices.Index(values, value) }

func list[E ~string](values []E) string {
	var b strings.Builder
	for i, value := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(value))
	}
	return b.String()
}

func (c *checker) items(field string, count, most int) {
	if count > most {
		c.add(field, "there are %d: at most %d are allowed", count, most)
	}
}

// name checks a text of one line that may be missing.
func (c *checker) name(field, text string) {
	if text == "" {
		return
	}
	if err := checkText(text, false); err != nil {
		c.add(field, "%v", err)
	}
}

// text checks a text that may have several lines and may be missing.
func (c *checker) text(field, text string) {
	if text == "" {
		return
	}
	if err := checkText(text, true); err != nil {
		c.add(field, "%v", err)
	}
}

// names checks a list of texts of one line, each there once.
func (c *checker) names(field string, names []string, most int) {
	c.items(field, len(names), most)
	for i, name := range names {
		if err := checkText(name, false); err != nil {
			c.add(path(field, i), "%v", err)
		} else if before := index(names[:i], name); before >= 0 {
			c.add(path(field, i), "%q stands at %s already: remove one", name, path(field, before))
		}
	}
}

// texts checks localized texts, at most one for each locale.
func (c *checker) texts(field string, texts []LocalizedText, lines bool) {
	c.items(field, len(texts), MaxItems)
	for i, text := range texts {
		if err := checkText(text.Value, lines); err != nil {
			c.add(path(field, i, "value"), "%v", err)
		}
		if err := text.Locale.check(); err != nil {
			c.add(path(field, i, "locale"), "%v", err)
			continue
		}
		same := func(other LocalizedText) bool { return strings.EqualFold(string(other.Locale), string(text.Locale)) }
		if before := slices.IndexFunc(texts[:i], same); before >= 0 {
			c.add(path(field, i, "locale"), "%s stands at %s already: keep one text for each locale", text.Locale, path(field, before))
		}
	}
}

// checkText tells what is wrong with a text, or nil. Line feeds and tabs may stand in a text of several lines only.
func checkText(text string, lines bool) error {
	limit := MaxName
	if lines {
		limit = MaxText
	}
	switch {
	case len(text) > limit:
		return fmt.Errorf("it is %d bytes long: at most %d are allowed", len(text), limit)
	case !utf8.ValidString(text):
		return errors.New("it is not UTF-8: convert it from its encoding")
	case strings.TrimSpace(text) == "":
		return errors.New("it is empty: fill it or leave it out")
	}
	for at, r := range text {
		switch {
		case unicode.IsControl(r) && !(lines && (r == '\n' || r == '\t')):
			return fmt.Errorf("it holds the control character %U at byte %d: remove it", r, at+1)
		case !lines && (r == '\u2028' || r == '\u2029'): // written, it would be a line feed
			return fmt.Errorf("it holds the line end %U at byte %d: write a space", r, at+1)
		}
	}
	return nil
}

// check tells what is wrong with the form of a language tag, or nil: letters first, then parts of one to eight letters and digits.
// Whether the parts are registered is not asked.
func (l Locale) check() error {
	good, first := len(l) <= 100, true
	for part := range strings.SplitSeq(string(l), "-") {
		good = good && len(part) >= 1 && len(part) <= 8 && !(first && len(part) < 2)
		for _, c := range []byte(part) {
			letter := c|0x20 >= 'a' && c|0x20 <= 'z'
			good = good && (letter || !first && c >= '0' && c <= '9')
		}
		first = false
	}
	if !good {
		return fmt.Errorf("locale %q is not a BCP 47 language tag: write one such as en or zh-Hant", l)
	}
	return nil
}

// address checks an address that may be missing.
func (c *checker) address(field, text string) {
	if text == "" {
		return
	}
	c.name(field, text)
	if _, err := normalURL(text); err != nil {
		c.add(field, "%q: %v", text, err)
	}
}

// time checks a moment that may be missing. The zone and parts of a second are no mistakes: stores bring them to UTC and to seconds.
func (c *checker) time(field string, t time.Time) {
	if year := t.UTC().Year(); year < 1 || year > 9999 {
		c.add(field, "the year %d cannot be written down: give one from 1 to 9999", year)
	}
}

// assertions checks who states a relation or a result: someone does, and the best-trusted statement comes first.
func (c *checker) assertions(assertions []Assertion) {
	switch {
	case len(assertions) == 0:
		c.add("assertions", "there is no assertion: say who states it")
	case len(assertions) > MaxAssertions:
		c.add("assertions", "there are %d assertions: keep the best %d", len(assertions), MaxAssertions)
	}
	for i, a := range assertions {
		before := len(c.problems)
		at := func(parts ...any) string { return path(append([]any{"assertions", i}, parts...)...) }
		if !oneOf(a.Origin, Origins()) {
			known(c, at("origin"), a.Origin, Origins())
		}
		if !oneOf(a.Certainty, Certainties()) {
			known(c, at("certainty"), a.Certainty, Certainties())
		}
		if err := checkText(a.Source, false); err != nil {
			c.add(at("source"), "%v", err)
		}
		if len(c.problems) == before && i > 0 && assertions[i-1].Compare(a) > 0 {
			c.add(at(), "it is better than the one before it: put the best first, by origin, certainty, source and time")
		}
		if !a.AssertedAt.IsZero() {
			c.time(at("assertedAt"), a.AssertedAt)
		}
		if len(a.Evidence) > MaxItems {
			c.items(at("evidence"), len(a.Evidence), MaxItems)
		}
		for j, evidence := range a.Evidence {
			c.evidence(evidence, func(field string) string { return at("evidence", j, field) })
		}
	}
}

func (c *checker) evidence(e Evidence, at func(field string) string) {
	if err := checkText(e.Source, false); err != nil {
		c.add(at("source"), "%v", err)
	}
	if e.Locator != "" {
		c.name(at("locator"), e.Locator)
	}
	if e.Note != "" {
		c.text(at("note"), e.Note)
	}
	if e.URL != "" {
		c.address(at("url"), e.URL)
	}
}

func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
