package sqlite

import (
	"context"
	"database/sql"
	"fmt"
)

// migrate takes the steps that the file has not taken yet, each in a transaction of its own, and tells how many it took. The file is one that inspect let pass.
func migrate(ctx context.Context, db *sql.DB, steps []string) (int, error) {
	format, err := formatOf(ctx, db)
	if err != nil {
		return 0, err
	}
	if format > len(steps) {
		return 0, newer("the file", format, len(steps))
	}
	for i, step := range steps[format:] {
		// The number of a step is part of the statement: a pragma takes no parameters. It is undone with the transaction.
		script := fmt.Sprintf("BEGIN IMMEDIATE; PRAGMA application_id = %d; PRAGMA user_version = %d; %s; COMMIT", applicationID, format+i+1, step)
		if _, err := db.ExecContext(ctx, script); err != nil {
			_, _ = db.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
			return i, fmt.Errorf("format %d: %w", format+i+1, err)
		}
	}
	return len(steps) - format, nil
}

func formatOf(ctx context.Context, db *sql.DB) (format int, err error) {
	err = db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&format)
	return format, err
}
