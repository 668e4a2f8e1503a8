package neo4j

import (
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// relationProperties is the relationship of a relation.
func relationProperties(r *literature.Relation, record string, version store.Version) map[string]any {
	properties := map[string]any{"id": string(r.ID), "changed": int64(version), "record": record}
	if said := r.Assertion(); said != nil {
		properties["origin"], properties["certainty"] = string(said.Origin), string(said.Certainty)
	}
	switch r.Kind {
	case literature.About:
		properties["weight"] = int64(r.Weight)
	case literature.AuthoredBy:
		properties["position"] = int64(r.Position)
		if r.Corresponding != nil {
			properties["corresponding"] = *r.Corresponding
		}
		if len(r.Organizations) > 0 {
			properties["organizations"] = idsOf(r.Organizations)
		}
	case literature.Cites:
		if r.Intent != "" {
			properties["intent"] = string(r.Intent)
		}
	}
	return properties
}

// resultProperties is the node of a result.
func resultProperties(r *literature.Result, record string, version store.Version) map[string]any {
	properties := map[string]any{
		"id": string(r.ID), "changed": int64(version), "record": record,
		"paper": string(r.Paper), "order": int64(r.Order), "kind": string(r.Kind), "metric": r.Metric,
		"statement": r.Statement(nil), "baseline": optional(r.Baseline), "unit": optional(r.Unit),
	}
	if r.Value != nil {
		properties["value"] = *r.Value
	}
	if times := r.TimesBetter(); times != nil {
		properties["improvement"] = *times
	}
	return properties
}
