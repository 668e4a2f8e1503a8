package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/papergraph/papergraph/explore"
	"github.com/papergraph/papergraph/graph/api"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/loaders"
	"github.com/papergraph/papergraph/store"
)

// LookAhead is field middleware: when a field of Query has its answer, it reads what is selected below and asks the store for each
// level at once: one call for each field and set of arguments, however many parents there are. The resolvers below then find their answers in the loaders. What fails here
// fails again, and is reported, where it belongs. Lists of scalars of a subgraph it writes in one go.
func LookAhead(ctx context.Context, next graphql.Resolver) (any, error) {
	answer, err := next(ctx)
	fc := graphql.GetFieldContext(ctx)
	if err == nil && fc.Object == "SubgraphColumns" {
		return column(answer), nil
	}
	if err == nil && fc.Object == "Query" {
		f := fieldOf(ctx)
		a := ahead{ctx, f.operation, loaders.From(ctx)}
		switch answer := answer.(type) {
		case *api.PaperConnection:
			a.connection(f, nodeItems(answer.Records()))
			a.counts(f, []literature.ID{answer.Parent}, answer.Query)
			a.graphs(f, []literature.ID{answer.Parent}, answer.Query)
		case *api.ChangeConnection: // changes name nothing but ids
		case *api.Explanation:
			a.explanation(f, answer)
		case *api.Subgraph:
			a.subgraphs(f, []*explore.Subgraph{answer.Subgraph})
		case *api.PathResult:
			for _, p := range f.below() {
				a.paths(p.Selections, answer.Paths)
			}
		case *explore.Comparison:
			a.comparison(f, answer.Rows)
		case *api.GapResult:
			a.gaps(f, answer.Gaps)
		case *api.Lineage:
			a.lineage(f, answer)
		case *api.RelatedPaperConnection:
			a.connection(f, relatedItems(answer.Edges))
		case []literature.Entity:
			a.records(recordsOf(answer), f.Selections)
		case interface{ Records() []literature.Record }:
			a.connection(f, nodeItems(answer.Records()))
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
	shared         []literature.Entity
	grounds        map[explore.Signal]explore.Ground
}

func nodeItems(records []literature.Record) []item {
	items := make([]item, len(records))
	for i, record := range records {
		items[i].node = record
	}
	return items
}

func nodesOf(items []item) []literature.Record {
	records := make([]literature.Record, len(items))
	for i := range items {
		records[i] = items[i].node
	}
	return records
}

// connection looks below a connection with these items, from all parents.
func (a ahead) connection(f field, items []item) {
	for _, c := range f.below() {
		switch c.Name {
		case "nodes":
			a.records(nodesOf(items), c.Selections)
		case "export":
			_, _ = a.loaders.Entries.Prime(a.ctx, idsOf(nodesOf(items)), loaders.Entry{}) // the resolver asks again and reports it
		case "edges":
			for _, e := range graphql.CollectFields(a.operation, c.Selections, nil) {
				a.edges(e, items)
			}
		}
	}
}

func recordsOf[R literature.Record](typed []R) []literature.Record {
	records := make([]literature.Record, len(typed))
	for i, record := range typed {
		records[i] = record
	}
	return records
}

// edges looks below one field of the edges.
func (a ahead) edges(f graphql.CollectedField, items []item) {
	var records []literature.Record
	switch f.Name {
	case "node":
		records = nodesOf(items)
	case "relation":
		for _, i := range items {
			records = append(records, i.relation)
		}
	case "sharedTopics":
		for _, i := range items {
			for _, topic := range i.shared {
				records = append(records, topic)
			}
		}
	case "signals":
		a.signals(f, items)
		return
	case "affiliations":
		var ids []literature.ID
		for _, i := range items {
			ids = append(ids, i.relation.(*literature.Relation).Organizations...)
		}
		records = a.named(ids)
	}
	a.records(records, f.Selections)
}

// fields looks below fields that hold records of the answer, by their names.
func (a ahead) fields(selections ast.SelectionSet, records map[string][]literature.Record) {
	for _, c := range graphql.CollectFields(a.operation, selections, nil) {
		a.records(records[c.Name], c.Selections)
	}
}

// named fetches records that are known by id.
func (a ahead) named(ids []literature.ID) []literature.Record {
	if len(ids) == 0 {
		return nil
	}
	records, _ := a.loaders.Records.Prime(a.ctx, ids)
	return records
}

// level is one field with its arguments as some types select it, and every record it is selected on.
type level struct {
	field
	arguments arguments
	records   []literature.Record
	ids       []literature.ID
}

// records looks below records of any types: it gathers the fields selected on them, asks each distinct question once for all records, and then goes on below each field.
func (a ahead) records(records []literature.Record, selections ast.SelectionSet) {
	levels := a.levels(records, selections)
	type asking struct {
		ids   []literature.ID
		prime func([]literature.ID) error
	}
	var order []string
	asked := make(map[string]*asking)
	for _, l := range levels {
		for _, q := range a.questions(l) {
			if asked[q.key] == nil {
				asked[q.key] = &asking{prime: q.prime}
				order = append(order, q.key)
			}
			asked[q.key].ids = append(asked[q.key].ids, l.ids...)
		}
	}
	for _, key := range order {
		_ = asked[key].prime(asked[key].ids) // the resolver asks again and reports it
	}
	for _, l := range levels {
		a.below(l)
	}
}

// levels gathers the fields with something to look ahead for. Types that select a field alike (through a fragment on Entity, say) share a level.
func (a ahead) levels(records []literature.Record, selections ast.SelectionSet) []*level {
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
	var levels []*level
	seen := make(map[string]*level)
	for _, name := range types {
		satisfies := []string{name, "Node"}
		if _, ok := byType[name][0].(literature.Entity); ok {
			satisfies = append(satisfies, "Entity")
		}
		for _, c := range graphql.CollectFields(a.operation, selections, satisfies) {
			f := field{name, a.operation, c}
			if len(c.Selections) == 0 && !leafFields[f.coordinate()] {
				continue
			}
			arguments, ok := argumentsOf(f)
			if !ok {
				continue
			}
			key := f.key()
			l := seen[key]
			if l == nil {
				l = &level{field: f, arguments: arguments}
				seen[key] = l
				levels = append(levels, l)
			}
			for _, record := range byType[name] {
				l.records = append(l.records, record)
				l.ids = append(l.ids, record.RecordID())
			}
		}
	}
	return levels
}

// key tells fields apart by coordinate, arguments and what is selected below.
func (f field) key() string {
	var b strings.Builder
	b.WriteString(f.coordinate())
	for _, argument := range f.Arguments {
		fmt.Fprintf(&b, " %s:%s", argument.Name, argument.Value)
	}
	for _, selection := range f.Selections {
		fmt.Fprintf(&b, " %p", selection)
	}
	return b.String()
}

// asked is one question to the store: fields with the same key ask the same.
type asked struct {
	key   string
	prime func(ids []literature.ID) error
}

func ask[Q, A any](ctx context.Context, name string, group *loaders.Group[Q, A], q Q, err error) []asked {
	key, _ := json.Marshal(q)
	if err != nil {
		return nil
	}
	return []asked{{name + string(key), func(ids []literature.ID) error {
		_, err := group.Prime(ctx, ids, q)
		return err
	}}}
}

// questions are what the resolvers of a level will ask.
func (a ahead) questions(l *level) []asked {
	coordinate := l.coordinate()
	switch {
	case relationFields[coordinate] != nil:
		q, _, err := l.relationQuestion(l.arguments)
		questions := ask(a.ctx, "relations", a.loaders.Relations, q, err)
		if l.selects("coverage") {
			questions = append(questions, ask(a.ctx, "degree", a.loaders.Degrees, coverageQuestion(l.Name), nil)...)
		}
		return questions
	case listFields[coordinate] != nil:
		q, _, err := l.listQuestion(l.arguments)
		return ask(a.ctx, "list", a.loaders.Lists, q, err)
	case walkFields[coordinate] != nil:
		q, _, err := l.walkQuestion(l.arguments)
		return ask(a.ctx, "walk", a.loaders.Walks, q, err)
	case relatedFields[coordinate].loader != nil:
		q, _, err := l.relatedQuestion(l.arguments)
		return ask(a.ctx, coordinate, relatedFields[coordinate].loader(a.loaders), q, err)
	case resultFields[coordinate]:
		q, _, err := l.resultQuestion(l.arguments)
		return ask(a.ctx, "results", a.loaders.Results, q, err)
	case coordinate == "Paper.history":
		q, _, err := l.historyQuestion(store.HistoryQuery{}, l.arguments)
		return ask(a.ctx, "history", a.loaders.Changes, q, err)
	case coordinate == "Entity.degree":
		q, err := degreeQuestion(l.arguments)
		return ask(a.ctx, "degree", a.loaders.Degrees, q, err)
	case coordinate == "Paper.citation", coordinate == "Paper.export":
		return ask(a.ctx, "entry", a.loaders.Entries, loaders.Entry{}, nil)
	}
	return nil
}

// below goes on with the answers to a level's question, which are primed.
func (a ahead) below(l *level) {
	coordinate := l.coordinate()
	var items []item
	switch {
	case relationFields[coordinate] != nil:
		if q, _, err := l.relationQuestion(l.arguments); err == nil {
			pages, _ := a.loaders.Relations.Prime(a.ctx, l.ids, q)
			items = relationItems(pages, l.Name == "relations")
		}
		if isPlain(l.field) {
			a.records(nodesOf(items), l.Selections)
			return
		}
	case listFields[coordinate] != nil:
		if q, _, err := l.listQuestion(l.arguments); err == nil {
			pages, _ := a.loaders.Lists.Prime(a.ctx, l.ids, q)
			for _, page := range pages {
				for _, i := range page.Items {
					items = append(items, item{node: i.Entity})
				}
			}
			a.counts(l.field, l.ids, q)
			a.graphs(l.field, l.ids, q)
		}
	case walkFields[coordinate] != nil:
		if q, _, err := l.walkQuestion(l.arguments); err == nil {
			pages, _ := a.loaders.Walks.Prime(a.ctx, l.ids, q)
			for _, page := range pages {
				for _, i := range page.Items {
					items = append(items, item{node: i.Entity, shared: i.Via})
				}
			}
		}
	case relatedFields[coordinate].loader != nil:
		if q, _, err := l.relatedQuestion(l.arguments); err == nil {
			answers, _ := relatedFields[coordinate].loader(a.loaders).Prime(a.ctx, l.ids, q)
			for _, answer := range answers {
				for _, g := range answer.Grounds {
					if g.Paper != nil {
						items = append(items, item{node: g.Paper, grounds: g.Grounds})
					}
				}
			}
		}
	case resultFields[coordinate]:
		if q, _, err := l.resultQuestion(l.arguments); err == nil {
			pages, _ := a.loaders.Results.Prime(a.ctx, l.ids, q)
			for _, page := range pages {
				for _, i := range page.Items {
					items = append(items, item{node: i.Result})
				}
			}
		}
	case !leafFields[coordinate]:
		a.records(a.named(ends(l)), l.Selections)
		return
	}
	a.connection(l.field, items)
}

// relationItems are the relations themselves, or what they lead to.
func relationItems(pages []store.RelationPage, themselves bool) []item {
	var items []item
	for _, page := range pages {
		for _, i := range page.Items {
			if themselves {
				items = append(items, item{node: i.Relation})
			} else {
				items = append(items, item{node: i.Other, relation: i.Relation})
			}
		}
	}
	return items
}

// isPlain tells that a field of relations answers entities without edges.
func isPlain(f field) bool {
	return relationFields[f.coordinate()](arguments{}).Page.Limit > 0
}

// ends lists the ids that relations and results name in the field of the level.
func ends(l *level) []literature.ID {
	var ids []literature.ID
	for _, record := range l.records {
		if id := end(record, l.Name); id != "" {
			ids = append(ids, id)
		}
	}
	return ids
}

func end(record literature.Record, name string) literature.ID {
	switch r := record.(type) {
	case *literature.Relation:
		switch name {
		case "source":
			return r.Source
		case "target":
			return r.Target
		}
	case *literature.Result:
		switch name {
		case "paper":
			return r.Paper
		case "system":
			return r.System
		case "workload":
			return r.Workload
		}
	}
	return ""
}
