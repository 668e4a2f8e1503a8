package neo4j

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// entityProperties is the node of an entity, but for the search text of a paper and what is counted, which Apply sets itself. Every property is named, so that setting them
// over older ones removes what the entity has no more.
func entityProperties(e literature.Entity, record string, version store.Version) map[string]any {
	base := e.Common()
	names := analysis.NewField(store.NameTexts(e)...)
	properties := map[string]any{
		"id":           string(base.ID),
		"labels":       values(base.Labels),
		"aliases":      list(base.Aliases),
		"identifiers":  identifiers(base.Identifiers),
		"sortKey":      analysis.SortKey(e.Label(nil)),
		"keys":         joined(keys(e)),
		"nameStems":    joined(names.Stems),
		"nameSurfaces": joined(names.Surfaces),
		"changed":      int64(version),
		"record":       record,
	}
	switch e := e.(type) {
	case *literature.Paper:
		properties["title"] = e.Label(nil)
		properties["type"] = string(e.Type)
		properties["publishedOn"] = optional(e.PublishedOn)
		properties["year"], properties["yearOrZero"] = nil, int64(0)
		if year := e.Year(); year != nil {
			properties["year"], properties["yearOrZero"] = int64(*year), int64(*year)
		}
		properties["addedAt"] = e.AddedAt.Unix()
		return properties
	case *literature.Venue:
		properties["type"] = string(e.Type)
		properties["edition"] = nil
		if e.Year != nil {
			properties["edition"] = int64(*e.Year)
		}
		properties["location"] = optional(e.Location)
	case *literature.Artifact:
		properties["repository"] = optional(e.Repository)
		properties["license"] = optional(e.License)
	}
	properties["name"] = e.Label(nil)
	text := analysis.NewField(store.SearchText(e, nil)...)
	properties["textStems"], properties["textSurfaces"] = joined(text.Stems), joined(text.Surfaces)
	return properties
}

// joined writes tokens so that a token, or several side by side, can be looked for as a part of the text that begins and ends with a space.
func joined(tokens []string) string {
	if len(tokens) == 0 {
		return ""
	}
	return " " + strings.Join(tokens, " ") + " "
}

// keys are the hashes of what an entity can be found by beside its id: its identifiers and names.
func keys(e literature.Entity) []string {
	var hashes []string
	for _, identifier := range e.Common().Identifiers {
		hashes = append(hashes, keyHash(string(identifier.Scheme), identifier.Value))
	}
	for _, name := range store.NameTexts(e) {
		if key := analysis.NameKey(name); key != "" {
			hashes = append(hashes, keyHash(string(store.ByName), key))
		}
	}
	slices.Sort(hashes)
	return slices.Compact(hashes)
}

// keyHash is one word for a key, whatever is in it: half of a SHA-256, so that no two keys share one.
func keyHash(scheme, value string) string {
	sum := sha256.Sum256([]byte(scheme + "\n" + value))
	return hex.EncodeToString(sum[:16])
}

func values(texts []literature.LocalizedText) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text.Value
	}
	return list
}

func list(texts []string) any {
	if len(texts) == 0 {
		return nil
	}
	return texts
}

func identifiers(of []literature.Identifier) any {
	var texts []string
	for _, i := range of {
		texts = append(texts, string(i.Scheme)+":"+i.Value)
	}
	return list(texts)
}

// optional leaves an empty text out of the graph.
func optional(text string) any {
	if text == "" {
		return nil
	}
	return text
}
