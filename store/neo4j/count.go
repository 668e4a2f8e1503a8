package neo4j

import (
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

const (
	topicsOfPapers = `UNWIND $given.list AS id MATCH (p:Entity {id: id}) RETURN collect([id, p:Stub, COLLECT { MATCH (p)-[:ABOUT]->(t) RETURN t.id }]) AS rows`
	countTopics    = `UNWIND $given.list AS row MATCH (t:Entity {id: row[0]}) SET t.papers = t.papers + row[1]`
	countCitations = `UNWIND $given.list AS id MATCH (p:Entity {id: id}) SET p.citedBy = COUNT { (p)<-[:CITES]-() }`
)

// tagging is a paper as far as the counters of topics are concerned.
type tagging struct {
	counted bool // it is there and no stub
	topics  []literature.ID
}

// countTopics keeps the number of papers (no stubs) of every topic and the number of those that have a topic. Counting a topic's papers anew would
// cost as much as it has papers; what a batch adds and takes away is known exactly, because nobody else writes meanwhile. It looks at the graph as it
// was, before anything is written.
func (w *writer) countTopics() error {
	changes := w.topicChanges()
	before, err := w.taggings(sortedKeys(changes))
	if err != nil {
		return err
	}
	grown := make(map[literature.ID]int64)
	count := func(t tagging, by int64) {
		if !t.counted {
			return
		}
		for _, topic := range t.topics {
			grown[topic] += by
		}
		if len(t.topics) > 0 {
			w.tagged += by
		}
	}
	for paper, change := range changes {
		count(before[paper], -1)
		count(w.taggingAfter(paper, before[paper], change), 1)
	}
	for _, topic := range sortedKeys(grown) {
		if grown[topic] != 0 {
			w.topics = append(w.topics, []any{string(topic), grown[topic]})
		}
	}
	return nil
}

// topicChanges lists the papers whose part in the counters may change, and for each the topics that it gets (true) and loses (false).
func (w *writer) topicChanges() map[literature.ID]map[literature.ID]bool {
	changes := make(map[literature.ID]map[literature.ID]bool)
	touch := func(paper literature.ID) map[literature.ID]bool {
		if changes[paper] == nil {
			changes[paper] = make(map[literature.ID]bool)
		}
		return changes[paper]
	}
	for id, record := range w.after {
		old, now := w.before[id].record, record
		if store.IsCounted(old) != store.IsCounted(now) {
			touch(id)
		}
		if r := comes(old, now); r != nil && r.Kind == literature.About && r.Source.EntityKind() == literature.KindPaper {
			touch(r.Source)[r.Target] = true
		}
		if r := comes(now, old); r != nil && r.Kind == literature.About && r.Source.EntityKind() == literature.KindPaper {
			touch(r.Source)[r.Target] = false
		}
	}
	return changes
}

// taggings reads the papers as they were. Those that the batch creates were not there.
func (w *writer) taggings(papers []literature.ID) (map[literature.ID]tagging, error) {
	var list []any
	for _, id := range papers {
		_, touched := w.after[id]
		if _, existed := w.before[id]; existed || !touched {
			list = append(list, string(id))
		}
	}
	found := make(map[literature.ID]tagging)
	if len(list) == 0 {
		return found, nil
	}
	rows, err := w.ask(topicsOfPapers, map[string]any{"list": list})
	for _, row := range rows {
		r := asList(row)
		found[asID(r[0])] = tagging{counted: !asBool(r[1]), topics: asIDs(r[2])}
	}
	return found, err
}

func (w *writer) taggingAfter(paper literature.ID, before tagging, change map[literature.ID]bool) tagging {
	after := tagging{counted: before.counted}
	if record, touched := w.after[paper]; touched {
		after.counted = store.IsCounted(record)
	}
	for _, topic := range before.topics {
		if _, changes := change[topic]; !changes {
			after.topics = append(after.topics, topic)
		}
	}
	for topic, gets := range change {
		if gets {
			after.topics = append(after.topics, topic)
		}
	}
	return after
}

// comes is the relation that is there now and was not before, or nil.
func comes(before, now literature.Record) *literature.Relation {
	if before != nil {
		return nil
	}
	r, _ := now.(*literature.Relation)
	return r
}

// writeCounts writes the counters of topics, and counts who cites the papers whose citations changed: the server keeps these degrees, so that a hub
// costs no more than others.
func (w *writer) writeCounts() error {
	targets := make(map[literature.ID]bool)
	for id, now := range w.after {
		old := w.before[id].record
		for _, r := range []*literature.Relation{comes(old, now), comes(now, old)} {
			if r != nil && r.Kind == literature.Cites {
				targets[r.Target] = true
			}
		}
	}
	var list []any
	for _, id := range sortedKeys(targets) {
		list = append(list, string(id))
	}
	if err := w.each(countCitations, list); err != nil {
		return err
	}
	return w.each(countTopics, w.topics)
}
