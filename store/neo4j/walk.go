package neo4j

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// shapesAtOnce is how many shapes one statement holds at most. Together they take less time to compile than each for itself, but two calls share a text only if they share all of its shapes.
const shapesAtOnce = 20

// Walk implements store.Reader. Walks of one shape share one text, and up to shapesAtOnce shapes one statement; only walks of more shapes may see two states.
func (s *Store) Walk(ctx context.Context, q store.WalkQuery) (map[literature.ID]store.ReachedPage, error) {
	if err := q.Check(); err != nil {
		return nil, err
	}
	answer := make(map[literature.ID]store.ReachedPage, len(q.Walks))
	if len(q.Walks) == 0 {
		return answer, s.ready(ctx)
	}
	for _, some := range portions(q) {
		pages, err := s.walks(ctx, some)
		if err != nil {
			return nil, err
		}
		maps.Copy(answer, pages)
	}
	return answer, nil
}

// walks answers one portion.
func (s *Store) walks(ctx context.Context, q store.WalkQuery) (map[literature.ID]store.ReachedPage, error) {
	answer := make(map[literature.ID]store.ReachedPage, len(q.Walks))
	var rows []any
	for _, shapes := range together(shapesOf(q.Walks)) {
		some, err := s.walk(ctx, shapes, nil)
		if isDivisionByZero(err) {
			var exact *exactWeights
			if exact, err = s.exactWeights(ctx); err == nil {
				some, err = s.walk(ctx, shapes, exact)
			}
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, some...)
	}
	pages := make(map[literature.ID][]any, len(rows))
	for _, row := range rows {
		pages[asID(asList(row)[0])] = asList(asList(row)[1])
	}
	for _, w := range q.Walks {
		found, read := pages[w.Key], reachedItem
		if w.Bare {
			found[0], read = rowsOf(asList(found[0])), bareItem
		}
		items, info := pageOf(found, w.Page, w.WithTotal)
		page := store.ReachedPage{PageInfo: info}
		for _, item := range items {
			reached, err := read(asList(item))
			if err != nil {
				return nil, err
			}
			page.Items = append(page.Items, reached)
		}
		answer[w.Key] = page
	}
	return answer, s.blend(ctx, q, answer)
}

// walk asks walks of some shapes. The server follows one walk after the other and keeps nothing of it but its page. Each walk goes through the texts of all shapes, and all but its own end at once.
func (s *Store) walk(ctx context.Context, shapes [][]store.Walk, exact *exactWeights) ([]any, error) {
	st := newStatement()
	rules := weights{idfRule, rarityRule}
	if exact != nil {
		rules = weights{fmt.Sprintf(exactIDFRule, "%[1]s", st.bind(exact.idf)), fmt.Sprintf(exactRarityRule, "%[1]s", st.bind(exact.rarity))}
	}
	anyWeighs := func(rule store.HopRule) bool {
		return slices.ContainsFunc(shapes, func(walks []store.Walk) bool { return weighs(walks[0].Hops, rule) })
	}
	if anyWeighs(store.WeighIDF) {
		st.prelude.WriteString("CALL () { MATCH (meta:Papergraph {id: 'meta'}) RETURN meta.tagged AS tagged }\n")
	}
	if anyWeighs(store.WeighRarity) {
		st.prelude.WriteString(countPapers + "\n")
	}
	var parameters []any
	texts := make([]string, len(shapes))
	targeting := ""
	filters := make(map[filtering]string)
	for i, walks := range shapes {
		for _, w := range walks {
			parameters = append(parameters, walkParameters(i, w))
		}
		if walks[0].Targets != nil {
			targeting = fmt.Sprintf(namedIn, "targets")
		}
		texts[i] = st.shape(i, walks[0], rules, filters)
	}
	st.params["walks"] = parameters
	st.body = fmt.Sprintf(walkBody, fmt.Sprintf(namedIn, "barred")+targeting, strings.Join(texts, "\nUNION ALL\n"))
	return s.read(ctx, "walk", st)
}

// reachedItem reads [entity, score, id, how many came before it, the first of those].
func reachedItem(row []any) (store.Reached, error) {
	reached := store.Reached{Score: asInt(row[1]), ViaCount: int(asInt(row[3]))}
	reached.Position = store.Position{Keys: []store.SortValue{{Int: reached.Score}}, ID: asID(row[2])}
	var err error
	if reached.Entity, err = decodeAs[literature.Entity](row[0]); err != nil {
		return reached, err
	}
	for _, text := range asList(row[4]) {
		via, err := decodeAs[literature.Entity](text)
		if err != nil {
			return store.Reached{}, err
		}
		reached.Via = append(reached.Via, via)
	}
	return reached, nil
}

// bareItem reads [id, score].
func bareItem(row []any) (store.Reached, error) {
	score := asInt(row[1])
	return store.Reached{Score: score, Position: store.Position{Keys: []store.SortValue{{Int: score}}, ID: asID(row[0])}}, nil
}

// shapesOf puts walks together that differ in starts and positions only.
func shapesOf(walks []store.Walk) [][]store.Walk {
	var groups [][]store.Walk
	for _, w := range walks {
		i := slices.IndexFunc(groups, func(g []store.Walk) bool { return sameShape(g[0], w) })
		if i < 0 {
			groups, i = append(groups, nil), len(groups)
		}
		groups[i] = append(groups[i], w)
	}
	return groups
}

// together cuts shapes into those of one statement each. Shapes of one filter stay together where they can, so that questions that differ in what their filters say make statements that do not differ.
func together(shapes [][]store.Walk) [][][]store.Walk {
	var statements [][][]store.Walk
	for len(shapes) > shapesAtOnce {
		end := shapesAtOnce
		for end > 1 && shapes[end][0].Filter == shapes[end-1][0].Filter {
			end--
		}
		if end == 1 {
			end = shapesAtOnce
		}
		statements, shapes = append(statements, shapes[:end]), shapes[end:]
	}
	if len(shapes) > 0 {
		statements = append(statements, shapes)
	}
	return statements
}

// sameShape leaves out what is a parameter of each walk. Filters are compared by address: callers that ask for many walks share one.
func sameShape(a, b store.Walk) bool {
	return slices.EqualFunc(a.Hops, b.Hops, func(a, b store.Hop) bool {
		return a.Direction == b.Direction && a.Weigh == b.Weigh && slices.Equal(a.Kinds, b.Kinds)
	}) && a.Filter == b.Filter && a.WithStubs == b.WithStubs && (a.Targets == nil) == (b.Targets == nil) &&
		a.Onward == b.Onward && a.Bare == b.Bare && a.MinVia == b.MinVia && a.WithTotal == b.WithTotal && a.Via == b.Via &&
		a.Page.Limit == b.Page.Limit && a.Page.Backward == b.Page.Backward && (a.Page.From == nil) == (b.Page.From == nil)
}

// walkParameters is the number of a walk's shape and what differs between the walks of that shape.
func walkParameters(shape int, w store.Walk) map[string]any {
	ids, weights := make([]any, len(w.Starts)), make([]any, len(w.Starts))
	for i, start := range w.Starts {
		ids[i], weights[i] = string(start.ID), start.Weight
	}
	barred := w.Exclude
	if len(w.Hops) > 0 {
		barred = slices.Clone(barred)
		for _, start := range w.Starts {
			barred = append(barred, start.ID)
		}
	}
	p := map[string]any{"shape": int64(shape), "key": string(w.Key), "starts": ids, "weights": weights, "targets": idsOf(w.Targets), "barred": idsOf(barred), "from": []any{}}
	if from := w.Page.From; from != nil {
		p["from"] = []any{from.Keys[0].Int, string(from.ID)}
	}
	return p
}

// The walk of a row is given.walks[k], never a variable: what sorts or groups counts the memory of all variables around it, for each row anew, and thousands of starts would be more than there is.
const (
	namedIn = "CALL (k) { UNWIND $given.walks[k].%[1]s AS asked OPTIONAL MATCH (old:Redirect {id: asked}) MATCH (e:Entity {id: coalesce(old.to, asked)}) RETURN collect(DISTINCT e) AS %[1]s }\n"

	walkBody = `UNWIND range(0, size($given.walks) - 1) AS k
%sCALL (*) {
%s
}
WITH k, page WHERE page[3] = $given.walks[k].shape RETURN collect([$given.walks[k].key, page]) AS rows`
	walkStart = `WITH * WHERE $given.walks[k].shape = %d
UNWIND range(0, size($given.walks[k].starts) - 1) AS i OPTIONAL MATCH (old:Redirect {id: $given.walks[k].starts[i]})
MATCH (n0:Entity {id: coalesce(old.to, $given.walks[k].starts[i])}) WITH n0, $given.walks[k].weights[i] AS c%s
`
	givers = "CALL (item) { UNWIND item[4] AS gave WITH gave[1] AS e, toInteger(sum(gave[0])) AS gift ORDER BY gift DESC, e.id LIMIT %s RETURN collect(e.record) AS givers }"
)

// filtering is what decides who may be an answer of a walk, besides the walk itself.
type filtering struct {
	filter    *store.Filter
	withStubs bool
}

// shape answers the page of a walk as cut does, and behind it the shape's number: the page of a walk of another shape is empty. An item is the entity, its score, its id, through how many
// entities it was reached, and what those gave. filters are the conditions that the statement has already, so that what a filter names is looked up once.
func (st *statement) shape(number int, w store.Walk, rules weights, filters map[filtering]string) string {
	conditions := []string{"NOT n IN barred"}
	if w.Targets != nil {
		conditions = append(conditions, "n IN targets")
	}
	if w.MinVia > 1 {
		conditions = append(conditions, fmt.Sprintf("via >= %s", st.bind(int64(w.MinVia))))
	}
	of := filtering{w.Filter, w.WithStubs}
	if filters[of] == "" {
		filters[of] = st.passes(w.Filter, "n", w.WithStubs)
	}
	conditions = append(conditions, filters[of])

	l := listing{
		rows:  rules.hops(w) + "WITH n, score, via, gifts WHERE " + all(conditions) + " WITH [n, score, n.id, via, gifts] AS item",
		order: []column{{"item[1]", true}, {"item[2]", false}}, from: "$given.walks[k].from", page: w.Page, withTotal: w.WithTotal,
	}
	switch {
	case w.Bare:
		l.columns = []string{"item[2]", "item[1]"}
	case w.Via > 0:
		l.lookup, l.answer = fmt.Sprintf(givers, st.bind(int64(w.Via))), "[item[0].record, item[1], item[2], item[3], givers]"
	default:
		l.answer = "[item[0].record, item[1], item[2], item[3], []]"
	}
	return fmt.Sprintf(walkStart, number, rules.ofStart(w)) + st.cut(l) + fmt.Sprintf(" + %d AS page", number)
}
