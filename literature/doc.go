// Package literature holds the nouns of papergraph (papers, authors, venues, topics, systems, results and the relations
// between them) and the rules that are true of them wherever they are stored: ids, identifiers, localized text, assertions
// and units. It knows no store, no GraphQL and no file format, and imports the standard library only.
package literature
