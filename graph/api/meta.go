package api

import "github.com/papergraph/papergraph/literature"

// Meta says what answers, and what it holds.
type Meta struct {
	Service, Version, Store, DataVersion string
	Counts                               []*Bucket
	Methods                              []*Method
	Locales                              []literature.Locale
}

// Bucket is a value and how often it occurs.
type Bucket struct {
	Key string
	// Entity is what the key names, or nil; then Labels say what the key means, where it does not speak for itself.
	Entity literature.Entity
	Labels []literature.LocalizedText
	Count  int
}

// Label is the value for people, in the asked locale; nil asks for English.
func (b *Bucket) Label(locale *literature.Locale) string {
	if b.Entity != nil {
		return b.Entity.Label(locale)
	}
	asked := literature.English
	if locale != nil {
		asked = *locale
	}
	if label := literature.Localize(b.Labels, asked); label != "" {
		return label
	}
	return b.Key
}
