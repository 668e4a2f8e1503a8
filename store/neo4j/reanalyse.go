package neo4j

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

// What analysis makes of texts is on the nodes of entities: tokens, the hashes of names, sort keys, and the lengths of papers. "meta" tells which analysis.Version made it; with
// another one, words would be looked for in vain.
//
// It is made anew in one transaction for each batch of entities. Meanwhile "meta" has the version with a minus before it, so that no process writes what another version makes, and
// whoever opens the graph makes it anew if this process ends before it is done. Those who read meanwhile may miss what they look for.
const (
	claimAnalysis = `MATCH (meta:Papergraph {id: 'meta'}) SET meta.analysis = -$given.analysis RETURN meta.analysis AS rows`
	readAnalysed  = `MATCH (n:Entity) WHERE n.id > $given.after WITH n ORDER BY n.id LIMIT $given.limit
RETURN collect([n.id, n.record, n.changed, COLLECT { MATCH (n:Paper)-[r:%s]->(e) RETURN [type(r), e.id, e.labels] }]) AS rows`
	endAnalysis = `CALL () { MATCH (p:Paper) WHERE NOT p:Stub RETURN sum(p.length) AS tokens }
MATCH (meta:Papergraph {id: 'meta'}) SET meta.tokens = tokens, meta.analysis = $given.analysis RETURN meta.analysis AS rows`
)

// reanalyse makes anew what another version of the analysis, before, has left in the graph.
func (s *Store) reanalyse(ctx context.Context, before int64) error {
	if before == analysis.Version {
		return nil
	}
	s.log.InfoContext(ctx, "the texts of the store are analysed anew", "database", s.database, "analysis", analysis.Version, "before", before)
	for after, more := "", true; more; {
		last, goesOn, err := s.once(ctx, neo4j.AccessModeWrite, func(tx neo4j.ManagedTransaction) (any, bool, error) {
			return s.reanalyseAfter(ctx, tx, after)
		})
		if err != nil {
			return translate(ctx, "open: analyse the texts anew", err)
		}
		after, more = asText(last), goesOn
	}
	return nil
}

// reanalyseAfter analyses the next entities by id and gives the last of them; more is false where nothing is left to do.
func (s *Store) reanalyseAfter(ctx context.Context, tx neo4j.ManagedTransaction, after string) (last any, more bool, err error) {
	w := &writer{s: s, ctx: ctx, tx: tx}
	meta, err := w.ask(lockMeta, nil)
	if err != nil {
		return nil, false, err
	}
	version := map[string]any{"analysis": int64(analysis.Version)}
	switch present := asInt(meta[3]); {
	case present == analysis.Version: // another process has done it
		return nil, false, nil
	case after == "":
		_, err = w.ask(claimAnalysis, version)
	case present != -analysis.Version:
		err = otherAnalysis(present)
	}
	if err != nil {
		return nil, false, err
	}
	rows, err := w.ask(fmt.Sprintf(readAnalysed, searchedTypes), map[string]any{"after": after, "limit": int64(textsAtOnce)})
	if err != nil {
		return nil, false, err
	}
	if len(rows) == 0 {
		_, err = w.ask(endAnalysis, version)
		return nil, false, err
	}
	var entities []any
	for _, row := range rows {
		properties, err := reanalysed(asList(row))
		if err != nil {
			return nil, false, err
		}
		entities = append(entities, properties)
	}
	return asList(rows[len(rows)-1])[0], true, w.each(updateEntities, entities)
}

// reanalysed is an entity as Apply would write it, of a row of id, record, changed, and of a paper what it quotes.
func reanalysed(row []any) (map[string]any, error) {
	e, err := decodeAs[literature.Entity](row[1])
	if err != nil {
		return nil, err
	}
	properties := entityProperties(e, asText(row[1]), store.Version(asInt(row[2])))
	if paper, ok := e.(*literature.Paper); ok {
		properties["textStems"], properties["textSurfaces"], properties["length"] = paperText(paper, asList(row[3]))
	}
	return properties, nil
}

// otherAnalysis is why nothing is written into a graph whose texts another version has analysed since it was opened.
func otherAnalysis(present int64) error {
	return fmt.Errorf("%w: neo4j: the texts of the graph were analysed anew by another papergraph (%d, here %d): open it again, with the same papergraph everywhere",
		store.ErrUnavailable, present, analysis.Version)
}
