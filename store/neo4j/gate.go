package neo4j

import (
	"context"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// One call of the contract sees one state of the graph, but a statement of Neo4j does not: while a transaction commits, others may see a part of it.
// The gate lets readers notice. Right before a batch commits, a transaction of its own counts gate.begun up, and one after it brings gate.done
// to the same number. A reading statement gives an answer only where both were equal when it began and begun was the same when it ended;
// otherwise it is run again. All three transactions reach each member of a cluster in this order.
//
// A writer that dies in between leaves the gate open. Whoever holds the write lock of "meta", which a batch keeps until it is wholly there, may shut it.
const (
	gateBegin = `MATCH (gate:Papergraph {id: 'gate'}) SET gate.begun = gate.begun + 1 RETURN gate.begun AS rows`
	gateEnd   = `MATCH (gate:Papergraph {id: 'gate'}) WHERE gate.done < $given.begun SET gate.done = $given.begun RETURN gate.done AS rows`
	gateShut  = `MATCH (meta:Papergraph {id: 'meta'}) SET meta.lock = true REMOVE meta.lock
WITH meta MATCH (gate:Papergraph {id: 'gate'}) SET gate.done = gate.begun RETURN gate.done AS rows`

	// gated is a reading statement: a prelude and a body, which answers one value, rows. It gives no row where the gate was open.
	gated = `MATCH (gate:Papergraph {id: 'gate'}) WHERE gate.begun = gate.done WITH gate.begun AS begun
%sCALL (*) {
%s
}
MATCH (gate:Papergraph {id: 'gate'}) WHERE gate.begun = begun RETURN rows`
)

// patience is how long a reader waits before each new try; after that it asks for the writers' lock, so that no stream of writers can keep it out.
var patience = []time.Duration{
	0, time.Millisecond, 2 * time.Millisecond, 4 * time.Millisecond, 8 * time.Millisecond, 16 * time.Millisecond, 32 * time.Millisecond,
}

// read runs a reading statement until it saw one state of the graph.
func (s *Store) read(ctx context.Context, doing string, st *statement) ([]any, error) {
	if err := s.ready(ctx); err != nil {
		return nil, err
	}
	text := st.text()
	for _, wait := range patience {
		if err := sleep(ctx, wait); err != nil {
			return nil, translate(ctx, doing, err)
		}
		rows, ok, err := s.once(ctx, neo4j.AccessModeRead, func(tx neo4j.ManagedTransaction) (any, bool, error) {
			return s.run(ctx, tx, text, st.params)
		})
		if err != nil {
			return nil, translate(ctx, doing, err)
		}
		if ok {
			return asList(rows), nil
		}
	}
	rows, _, err := s.once(ctx, neo4j.AccessModeWrite, func(tx neo4j.ManagedTransaction) (any, bool, error) {
		if _, _, err := s.run(ctx, tx, gateShut, nil); err != nil {
			return nil, false, err
		}
		return s.run(ctx, tx, text, st.params)
	})
	if err != nil {
		return nil, translate(ctx, doing, err)
	}
	return asList(rows), nil
}

// openGate and shutGate stand around a commit.
func (s *Store) openGate(ctx context.Context) (int64, error) {
	begun, _, err := s.once(ctx, neo4j.AccessModeWrite, func(tx neo4j.ManagedTransaction) (any, bool, error) {
		return s.run(ctx, tx, gateBegin, nil)
	})
	return asInt(begun), err
}

// shutGate does its best: should it fail, the next writer or a reader without patience makes up for it.
func (s *Store) shutGate(ctx context.Context, begun int64) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), retryTime)
	defer cancel()
	_, _, err := s.once(ctx, neo4j.AccessModeWrite, func(tx neo4j.ManagedTransaction) (any, bool, error) {
		return s.run(ctx, tx, gateEnd, map[string]any{"begun": begun})
	})
	if err != nil {
		s.log.WarnContext(ctx, "neo4j: a commit could not be marked as done; readers will do it", "error", translate(ctx, "commit", err))
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	if d == 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
