package literature

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// ID names one record for ever: `kind/slug`, for example `paper/xrp`, `topic/storage`, `relation/9f2c…`, `result/bmc-nontarget`.
// It is ASCII; ids are compared and ordered byte by byte.
type ID string

// MaxSlug is the greatest length of a slug in bytes.
const MaxSlug = 100

// Id kinds of records that are not entities.
const (
	kindRelation = "relation"
	kindResult   = "result"
)

// NewID joins the kind of an entity and its slug. It does not check the slug: ParseID does.
func NewID(kind EntityKind, slug string) ID {
	return ID(kind.Prefix() + "/" + slug)
}

// NewResultID makes the id of a reported result from its slug.
func NewResultID(slug string) ID {
	return ID(kindResult + "/" + slug)
}

// NewRelationID derives the id of a relation from what it joins: `relation/` and the first 16 hex digits of the SHA-256 of kind,
// source and target, joined by line feeds. Two relations with the same ends and kind are therefore one.
func NewRelationID(kind RelationKind, source, target ID) ID {
	sum := sha256.Sum256([]byte(string(kind) + "\n" + string(source) + "\n" + string(target)))
	return ID(kindRelation + "/" + hex.EncodeToString(sum[:8]))
}

// ParseID checks the form of an id: a known kind, a slash and a slug of lower-case ASCII letters, digits, dots and hyphens, at most
// MaxSlug long, beginning and ending with a letter or digit.
func ParseID(s string) (ID, error) {
	kind, slug, ok := strings.Cut(s, "/")
	if !ok {
		return "", fmt.Errorf("id %q has no kind: write kind/slug, for example paper/xrp", s)
	}
	if kind != kindRelation && kind != kindResult {
		if _, ok := entityKindOfPrefix[kind]; !ok {
			return "", fmt.Errorf("id %q begins with the unknown kind %q: known are %s, %s, %s", s, kind,
				strings.Join(entityPrefixes(), ", "), kindRelation, kindResult)
		}
	}
	if err := CheckSlug(slug); err != nil {
		return "", fmt.Errorf("id %q: %w", s, err)
	}
	return ID(s), nil
}

// CheckSlug tells what is wrong with a slug, or nil.
func CheckSlug(slug string) error {
	switch {
	case slug == "":
		return fmt.Errorf("the slug is empty")
	case len(slug) > MaxSlug:
		return fmt.Errorf("the slug is %d bytes long: at most %d are allowed", len(slug), MaxSlug)
	}
	for i, c := range []byte(slug) {
		alnum := c >= 'a' && c <= 'z' || c >= '0' && c <= '9'
		inner := (c == '-' || c == '.') && i > 0 && i < len(slug)-1
		if !alnum && !inner {
			return fmt.Errorf("slug %q may hold lower-case letters, digits, and inside it hyphens and dots: not %q at byte %d", slug, c, i+1)
		}
	}
	return nil
}

// Slug is the part after the slash.
func (id ID) Slug() string {
	_, slug, _ := strings.Cut(string(id), "/")
	return slug
}

// EntityKind is the kind of entity the id names, or "" for relations, results and ids without a known kind or a slug.
func (id ID) EntityKind() EntityKind {
	prefix, slug, _ := strings.Cut(string(id), "/")
	if slug == "" {
		return ""
	}
	return entityKindOfPrefix[prefix]
}

// IsRelation tells whether the id has the form of a relation's id.
func (id ID) IsRelation() bool { return strings.HasPrefix(string(id), kindRelation+"/") }

// IsResult tells whether the id has the form of a result's id.
func (id ID) IsResult() bool { return strings.HasPrefix(string(id), kindResult+"/") }
