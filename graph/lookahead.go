package graph

import (
	"context"
	"encoding/json"
	"reflect"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
)

// LookAhead is field middleware: when a field of Query has its answer, it reads what is selected below and asks the store for each
// level at once: one call for each field and set of arguments, however many parents there are. The resolvers below then find their answers in the loaders. What fails here
// fails again, and is reported, where it belongs.
func LookAhead(ctx context.Context, next graphql.Resolver) (any, error) {
	answer, err := next(ctx)
	if fc := graphql.GetFieldContext(ctx); err == nil && fc.Object == "Query" {
		f := fieldOf(ctx)
		a := ahead{ctx, f.operation, loaders.From(ctx)}
		switch answer := answer.(type) {
		case interface{ Records() []literature.Record }:
			a.connection(f, plainItems(answer.Records()))
		case []literature.Record:
			a.records(answer, f.Selections)
		case literature.Record:
			a.records([]literature.Record{answer}, f.Selections)
		}
	}
	return answer, err
}

type ahead struct {
	ctx       context.Context
	operation *graphql.OperationContext
	loaders   *loaders.Loaders
}

// item is one item of a connection: its node, the relation behind it, and what else the edge names.
type item struct {
	node, relation literature.Record
	shared         []literature.Record
}

func plainItems(records []literature.Record) []item {
	items := make([]item, len(records))
	for i, record := range records {
		items[i].node = record
	}
	return items
}

func pick(items []item, of func(item) literature.Record) []literature.Record {
	records := make([]literature.Record, len(items))
	for i := range items {
		records[i] = of(items[i])
	}
	return records
}

func nodeOf(i item) literature.Record     { return i.node }
func relationOf(i item) literature.Record { return i.relation }

// connection looks below a connection with these items, from all parents.
func (a ahead) connection(f field, items []item) {
	for _, c := range f.below() {
		switch c.Name {
		case "nodes":
			a.records(pick(items, nodeOf), c.Selections)
		case "edges":
			for _, e := range graphql.CollectFields(a.operation, c.Selections, nil) {
				switch e.Name {
				case "node":
					a.records(pick(items, nodeOf), e.Selections)
				case "relation":
					a.records(pick(items, relationOf), e.Selections)
				case "sharedTopics":
					var shared []literature.Record
					for _, i := range items {
						shared = append(shared, i.shared...)
					}
					a.records(shared, e.Selections)
				case "affiliations":
					var ids []literature.ID
					for _, i := range items {
						ids = append(ids, i.relation.(*literature.Relation).Organizations...)
					}
					a.named(ids, e.Selections)
				}
			}
		}
	}
}

// named looks below records that are known by id.
func (a ahead) named(ids []literature.ID, selections ast.SelectionSet) {
	if len(ids) == 0 {
		return
	}
	if records, err := a.loaders.Records.Prime(a.ctx, ids); err == nil {
		a.records(records, selections)
	}
}

// level is one field with its arguments, and every record it is selected on.
type level struct {
	field
	arguments arguments
	records   []literature.Record
	ids       []literature.ID
}

// records looks below records of any types.
func (a ahead) records(records []literature.Record, selections ast.SelectionSet) {
	byType := make(map[string][]literature.Record)
	var types []string
	for _, record := range records {
		if record == nil || reflect.ValueOf(record).IsNil() {
			continue
		}
		name := reflect.TypeOf(record).Elem().Name()
		if byType[name] == nil {
			types = append(types, name)
		}
		byType[name] = append(byType[name], record)
	}
	// What all entities have is asked once for all their types; hence levels are told apart by coordinate, arguments and place in the query.
	var levels []*level
	seen := make(map[string]*level)
	for _, name := range types {
		satisfies := []string{name, "Node"}
		if _, ok := byType[name][0].(literature.Entity); ok {
			satisfies = append(satisfies, "Entity")
		}
		for _, c := range graphql.CollectFields(a.operation, selections, satisfies) {
			if len(c.Selections) == 0 && c.Name != "degree" {
				continue
			}
			f := field{name, a.operation, c}
			args, err := json.Marshal(c.ArgumentMap(a.operation.Variables))
			if err != nil {
				continue
			}
			key := f.coordinate() + string(args) + c.Alias
			l := seen[key]
			if l == nil {
				l = &level{field: f}
				if json.Unmarshal(args, &l.arguments) != nil {
					continue
				}
				seen[key] = l
				levels = append(levels, l)
			}
			for _, record := range byType[name] {
				l.records = append(l.records, record)
				l.ids = append(l.ids, record.RecordID())
			}
		}
	}
	for _, l := range levels {
		a.level(l)
	}
}

func (a ahead) level(l *level) {
	coordinate := l.coordinate()
	switch {
	case relationFields[coordinate] != nil:
		a.relations(l)
	case listFields[coordinate] != nil:
		if q, _, err := l.listQuestion(l.arguments); err == nil {
			pages, _ := a.loaders.Lists.Prime(a.ctx, l.ids, q)
			var items []item
			for _, page := range pages {
				for _, i := range page.Items {
					items = append(items, item{node: i.Entity})
				}
			}
			a.connection(l.field, items)
		}
	case walkFields[coordinate] != nil:
		if q, _, err := l.walkQuestion(l.arguments); err == nil {
			pages, _ := a.loaders.Walks.Prime(a.ctx, l.ids, q)
			var items []item
			for _, page := range pages {
				for _, i := range page.Items {
					shared := make([]literature.Record, len(i.Via))
					for n, via := range i.Via {
						shared[n] = via
					}
					items = append(items, item{node: i.Entity, shared: shared})
				}
			}
			a.connection(l.field, items)
		}
	case resultFields[coordinate]:
		if q, _, err := l.resultQuestion(l.arguments); err == nil {
			pages, _ := a.loaders.Results.Prime(a.ctx, l.ids, q)
			var items []item
			for _, page := range pages {
				for _, i := range page.Items {
					items = append(items, item{node: i.Result})
				}
			}
			a.connection(l.field, items)
		}
	case coordinate == "Entity.degree":
		_, _ = a.loaders.Degrees.Prime(a.ctx, l.ids, degreeQuestion(l.arguments))
	default:
		a.ends(l)
	}
}

func (a ahead) relations(l *level) {
	q, _, err := l.relationQuestion(l.arguments)
	if err != nil {
		return
	}
	pages, err := a.loaders.Relations.Prime(a.ctx, l.ids, q)
	if err != nil {
		return
	}
	var items []item
	for _, page := range pages {
		for _, i := range page.Items {
			if l.Name == "relations" {
				items = append(items, item{node: i.Relation})
			} else {
				items = append(items, item{node: i.Other, relation: i.Relation})
			}
		}
	}
	if isPlain(l.field) {
		a.records(pick(items, nodeOf), l.Selections)
		return
	}
	if l.selects("coverage") {
		_, _ = a.loaders.Degrees.Prime(a.ctx, l.ids, coverageQuestion(l.Name))
	}
	a.connection(l.field, items)
}

// isPlain tells that the field of relations answers entities without edges.
func isPlain(f field) bool {
	return relationFields[f.coordinate()](arguments{}).Page.Limit > 0
}

// ends looks below the records that relations and results name.
func (a ahead) ends(l *level) {
	var ids []literature.ID
	for _, record := range l.records {
		var id literature.ID
		switch r := record.(type) {
		case *literature.Relation:
			id = map[string]literature.ID{"source": r.Source, "target": r.Target}[l.Name]
		case *literature.Result:
			id = map[string]literature.ID{"paper": r.Paper, "system": r.System, "workload": r.Workload}[l.Name]
		}
		if id != "" {
			ids = append(ids, id)
		}
	}
	a.named(ids, l.Selections)
}
