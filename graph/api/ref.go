package api

import (
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// PaperRef names one paper in exactly one way.
type PaperRef struct {
	ID                              *literature.ID
	Slug, DOI, Arxiv, BibKey, Title *string
	Identifier                      *IdentifierInput
}

// EntityRef names one entity of a kind in exactly one way.
type EntityRef struct {
	ID         *literature.ID
	Slug, Name *string
	Identifier *IdentifierInput
}

// IdentifierInput is an identifier in any usual spelling.
type IdentifierInput struct {
	Scheme literature.IdentifierScheme
	Value  string
}

// Key is what to resolve, or the id where the reference gives one. Errors speak to the caller.
func (r PaperRef) Key() (literature.ID, store.Key, error) {
	ref := EntityRef{ID: r.ID, Slug: r.Slug, Name: r.Title, Identifier: r.Identifier}
	for scheme, value := range map[literature.IdentifierScheme]*string{literature.DOI: r.DOI, literature.ArXiv: r.Arxiv, literature.BibKey: r.BibKey} {
		if value != nil {
			ref.Identifier = &IdentifierInput{scheme, *value}
		}
	}
	return ref.Key(literature.KindPaper)
}

// Key is what to resolve among entities of the kind, or the id where the reference gives one. Errors speak to the caller.
func (r EntityRef) Key(kind literature.EntityKind) (literature.ID, store.Key, error) {
	switch {
	case r.ID != nil:
		id, err := literature.ParseID(string(*r.ID))
		if err == nil && id.EntityKind() != kind {
			err = fmt.Errorf("id %q is no %s: write %s/slug", id, kind.Prefix(), kind.Prefix())
		}
		return id, store.Key{}, err
	case r.Slug != nil:
		return "", store.Key{Kind: kind, Scheme: store.BySlug, Value: *r.Slug}, nil
	case r.Name != nil:
		return "", store.Key{Kind: kind, Scheme: store.ByName, Value: *r.Name}, nil
	case r.Identifier != nil:
		identifier, err := literature.NewIdentifier(r.Identifier.Scheme, r.Identifier.Value)
		return "", store.Key{Kind: kind, Scheme: store.KeyScheme(identifier.Scheme), Value: identifier.Value}, err
	}
	return "", store.Key{}, fmt.Errorf("name the %s by one of the fields", kind.Prefix())
}
