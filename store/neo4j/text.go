package neo4j

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// textsAtOnce bounds how many papers are read and written at once when their texts change: a topic with a new name may stand in those of many thousands.
const textsAtOnce = 2000

// searchedTypes are the relationships whose ends lend their labels to the search text of a paper.
var searchedTypes = types(store.Searched())

const (
	quotingPapers = `UNWIND $given.list AS id MATCH (e:Entity {id: id})<-[:%s]-(p:Paper) RETURN collect(DISTINCT p.id) AS rows`
	readTexts     = `UNWIND $given.list AS id MATCH (p:Entity {id: id})
RETURN collect([id, p.record, p.length, COLLECT { MATCH (p)-[r:%s]->(e) RETURN [type(r), e.id, e.labels] }]) AS rows`
	writeTexts = `UNWIND $given.list AS row MATCH (p:Entity {id: row[0]}) SET p.textStems = row[1], p.textSurfaces = row[2], p.length = row[3]`
)

// quotedByNew gives, for every paper that the batch creates, rows of kind of relation, id and labels of what it quotes. All of it stands in the batch.
func (w *writer) quotedByNew() map[literature.ID][]any {
	rows := make(map[literature.ID][]any)
	for _, record := range w.after {
		if r, ok := record.(*literature.Relation); ok && slices.Contains(store.Searched(), r.Kind) && w.creates(r.Source) {
			rows[r.Source] = append(rows[r.Source], []any{string(r.Kind), string(r.Target), w.labels(r.Target)})
		}
	}
	return rows
}

// labels are those of an entity that the batch writes or names, as they will be.
func (w *writer) labels(id literature.ID) []any {
	if e, ok := w.after[id].(literature.Entity); ok {
		return values(e.Common().Labels)
	}
	if e, ok := w.before[id].record.(literature.Entity); ok {
		return values(e.Common().Labels)
	}
	return w.ends[id]
}

// writeTexts makes the search texts of papers anew where they or what they quote changed, and keeps the sum of their lengths. Papers that the batch creates have theirs.
func (w *writer) writeTexts() error {
	papers, err := w.papersWithNewTexts()
	if err != nil {
		return err
	}
	for _, id := range w.change.Removed {
		if store.IsCounted(w.before[id].record) {
			w.tokens -= w.before[id].length
		}
	}
	for chunk := range slices.Chunk(papers, textsAtOnce) {
		rows, err := w.ask(fmt.Sprintf(readTexts, searchedTypes), map[string]any{"list": idsOf(chunk)})
		if err != nil {
			return err
		}
		var list []any
		for _, row := range rows {
			written, err := w.newText(asList(row))
			if err != nil {
				return err
			}
			list = append(list, written)
		}
		if err := w.each(writeTexts, list); err != nil {
			return err
		}
	}
	return nil
}

// papersWithNewTexts lists, in id order, the papers of the graph that are written, that get or lose a relation whose end they quote, or that quote what has new labels.
func (w *writer) papersWithNewTexts() ([]literature.ID, error) {
	papers := make(map[literature.ID]bool)
	var relabelled []any
	for _, id := range sortedKeys(w.after) {
		old, now := w.before[id].record, w.after[id]
		for _, r := range []*literature.Relation{comes(old, now), comes(now, old)} {
			if r != nil && slices.Contains(store.Searched(), r.Kind) && r.Source.EntityKind() == literature.KindPaper {
				papers[r.Source] = true
			}
		}
		e, ok := now.(literature.Entity)
		if !ok {
			continue
		}
		if e.Kind() == literature.KindPaper {
			papers[id] = true
		}
		if before, existed := old.(literature.Entity); existed && !slices.Equal(before.Common().Labels, e.Common().Labels) {
			relabelled = append(relabelled, string(id))
		}
	}
	if len(relabelled) > 0 {
		rows, err := w.ask(fmt.Sprintf(quotingPapers, searchedTypes), map[string]any{"list": relabelled})
		if err != nil {
			return nil, err
		}
		for _, id := range rows {
			papers[asID(id)] = true
		}
	}
	return slices.DeleteFunc(sortedKeys(papers), func(id literature.ID) bool {
		record, touched := w.after[id]
		return touched && record == nil || w.creates(id)
	}), nil
}

// newText makes the row to write of one that was read.
func (w *writer) newText(row []any) ([]any, error) {
	id := asID(row[0])
	paper, ok := w.after[id].(*literature.Paper)
	if !ok {
		var err error
		if paper, err = decodeAs[*literature.Paper](row[1]); err != nil {
			return nil, err
		}
	}
	stems, surfaces, length := paperText(paper, asList(row[3]))
	// The length that was there is that of the paper as it was, which may have been a stub.
	if old, existed := w.before[id]; existed && store.IsCounted(old.record) || !existed && !ok && !paper.IsStub {
		w.tokens -= asInt(row[2])
	}
	if !paper.IsStub {
		w.tokens += length
	}
	return []any{string(id), stems, surfaces, length}, nil
}

// paperText is the search text of a paper, with the labels in rows of what it quotes, and the number of its tokens, those of its names included.
func paperText(paper *literature.Paper, rows []any) (stems, surfaces string, length int64) {
	text := analysis.NewField(store.SearchText(paper, quoted(rows))...)
	return joined(text.Stems), joined(text.Surfaces), int64(analysis.NewField(store.NameTexts(paper)...).Len() + text.Len())
}

// quoted makes entities, of which only the labels are known, of rows of kind of relation, id, labels, and puts them in the order of a search text.
func quoted(rows []any) []literature.Entity {
	type end struct {
		kind   int
		entity literature.Entity
	}
	var ends []end
	for _, row := range rows {
		r := asList(row)
		e, ok := literature.Blank(asID(r[1])).(literature.Entity)
		if !ok {
			continue
		}
		e.Common().ID = asID(r[1])
		for _, label := range asList(r[2]) {
			e.Common().Labels = append(e.Common().Labels, literature.LocalizedText{Value: asText(label)})
		}
		ends = append(ends, end{slices.Index(store.Searched(), literature.RelationKind(asText(r[0]))), e})
	}
	slices.SortFunc(ends, func(a, b end) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), strings.Compare(string(a.entity.RecordID()), string(b.entity.RecordID())))
	})
	entities := make([]literature.Entity, len(ends))
	for i, e := range ends {
		entities[i] = e.entity
	}
	return entities
}
