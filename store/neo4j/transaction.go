package neo4j

import (
	"context"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"
)

// once runs work in one managed transaction. ok is what work says of its value.
func (s *Store) once(ctx context.Context, mode neo4j.AccessMode, work func(neo4j.ManagedTransaction) (value any, ok bool, err error)) (value any, ok bool, err error) {
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{
		AccessMode:      mode,
		DatabaseName:    s.database,
		BookmarkManager: s.bookmarks,
		// One record with lists in it is an answer, so that nothing is gained by fetching in parts.
		FetchSize:                       neo4j.FetchAll,
		NotificationsMinSeverity:        notifications.WarningLevel,
		NotificationsDisabledCategories: notifications.DisableCategories(notifications.Unrecognized), // a new graph lacks most labels
	})
	defer func() { _ = session.Close(context.WithoutCancel(ctx)) }()
	execute := session.ExecuteRead
	if mode == neo4j.AccessModeWrite {
		execute = session.ExecuteWrite
	}
	value, err = execute(ctx, func(tx neo4j.ManagedTransaction) (any, error) {
		result, fine, err := work(tx)
		ok = fine
		return result, final(err)
	}, deadlines(ctx)...)
	return value, ok, err
}

// deadlines hands the deadline of the call to the server, which looks at it now and then.
func deadlines(ctx context.Context) []func(*neo4j.TransactionConfig) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return nil
	}
	return []func(*neo4j.TransactionConfig){neo4j.WithTxTimeout(max(time.Millisecond, time.Until(deadline).Round(time.Millisecond)))}
}

// run runs one statement and gives the value `rows` of its only record; ok is false where it has no record. All its parameters are in one map, given: the server
// compiles a text anew for every size of the lists and texts that are parameters by themselves.
func (s *Store) run(ctx context.Context, tx neo4j.ManagedTransaction, text string, params map[string]any) (rows any, ok bool, err error) {
	given := map[string]any{"given": params}
	if s.observe != nil {
		s.observe(text, given)
	}
	result, err := tx.Run(ctx, text, given)
	if err != nil {
		return nil, false, err
	}
	for result.Next(ctx) {
		rows, ok = result.Record().Get("rows")
	}
	summary, err := result.Consume(ctx)
	if err != nil {
		return nil, false, err
	}
	for _, n := range summary.Notifications() {
		s.log.WarnContext(ctx, "neo4j: the server remarks on a statement", "code", n.Code(), "remark", oneLine(n.Description()))
	}
	return rows, ok, nil
}
