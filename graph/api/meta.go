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
	// Entity is what the key names, or nil.
	Entity literature.Entity
	Count  int
}

// Label is the entity's name in the asked locale, or else the key.
func (b *Bucket) Label(locale *literature.Locale) string {
	if b.Entity == nil {
		return b.Key
	}
	return b.Entity.Label(locale)
}

// Method is the formula behind an answer.
type Method struct{ Name, Version, Formula string }
