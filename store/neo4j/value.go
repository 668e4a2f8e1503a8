package neo4j

import (
	"encoding/json"
	"fmt"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// What the driver gives is any; these read it, a missing value as zero.

func asList(v any) []any       { list, _ := v.([]any); return list }
func asInt(v any) int64        { n, _ := v.(int64); return n }
func asText(v any) string      { text, _ := v.(string); return text }
func asBool(v any) bool        { yes, _ := v.(bool); return yes }
func asID(v any) literature.ID { return literature.ID(asText(v)) }

func asIDs(v any) []literature.ID {
	var ids []literature.ID
	for _, id := range asList(v) {
		ids = append(ids, asID(id))
	}
	return ids
}

// decode makes a record of its JSON.
func decode(text any) (literature.Record, error) {
	data := []byte(asText(text))
	var head struct{ ID literature.ID }
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, fmt.Errorf("%w: neo4j: a record that is no JSON: %w", store.ErrCorrupt, err)
	}
	record := literature.Blank(head.ID)
	if record == nil {
		return nil, fmt.Errorf("%w: neo4j: a record under the id %q", store.ErrCorrupt, head.ID)
	}
	if err := json.Unmarshal(data, record); err != nil {
		return nil, fmt.Errorf("%w: neo4j: %s: %w", store.ErrCorrupt, head.ID, err)
	}
	return record, nil
}

// decodeIf is decodeAs, with the zero value for null.
func decodeIf[T literature.Record](text any) (T, error) {
	if text == nil {
		var none T
		return none, nil
	}
	return decodeAs[T](text)
}

// decodeAs makes a record of its JSON, which must be of one type. A node without it is none of ours.
func decodeAs[T literature.Record](text any) (T, error) {
	var none T
	if text == nil {
		return none, fmt.Errorf("%w: neo4j: something without a record stands where a %T is wanted: it was made by hand", store.ErrCorrupt, none)
	}
	record, err := decode(text)
	if err != nil {
		return none, err
	}
	typed, ok := record.(T)
	if !ok {
		return none, fmt.Errorf("%w: neo4j: %s is a %T, where %T is wanted", store.ErrCorrupt, record.RecordID(), record, none)
	}
	return typed, nil
}

// encode makes the JSON of a record.
func encode(record literature.Record) (string, error) {
	data, err := json.Marshal(record)
	if err != nil {
		return "", fmt.Errorf("%w: neo4j: %s cannot be written as JSON: %w", store.ErrInvalid, record.RecordID(), err)
	}
	return string(data), nil
}
