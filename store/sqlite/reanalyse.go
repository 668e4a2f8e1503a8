package sqlite

import (
	"context"
	"database/sql"

	"github.com/papergraph/papergraph/analysis"
	"github.com/papergraph/papergraph/store"
)

// What analysis makes of texts is in the file: the full-text index, the stems, the names, and, packed, the title keys and extents. The head tells which analysis.Version made
// it; with another one, words would be looked for in vain, and a write would take out what was never put in.

// reanalyse makes anew, in one transaction, what another version of the analysis has left in the file. The packed projection goes: it is made from the records again.
func (s *Store) reanalyse(ctx context.Context) error {
	var written int
	if err := s.writer.one(ctx, &written, "SELECT analysis FROM head"); err != nil || written == analysis.Version {
		return err
	}
	s.log.Info("the texts of the store are analysed anew", "path", s.path, "analysis", analysis.Version, "before", written)
	if err := s.writer.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	err := s.rederive(ctx)
	if err == nil {
		err = s.writer.exec(ctx, "COMMIT")
	}
	if err != nil {
		_ = s.writer.exec(context.WithoutCancel(ctx), "ROLLBACK")
		s.indexer.reset()
	}
	return err
}

func (s *Store) rederive(ctx context.Context) error {
	for _, table := range textTables {
		if err := s.writer.exec(ctx, "INSERT INTO "+table+" ("+table+") VALUES ('delete-all')"); err != nil {
			return err
		}
	}
	for _, table := range []string{"stem", "name", "packed"} {
		if err := s.writer.exec(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	for last := int64(-1); ; {
		entities, err := s.entitiesAfter(ctx, last)
		if err != nil {
			return err
		}
		if len(entities) == 0 {
			break
		}
		_ = parallel(entities, func(e *entityWrite) error {
			e.analyse()
			return nil
		})
		if err := runTexts(ctx, s.writer, &s.indexer, entities); err != nil {
			return err
		}
		last = int64(entities[len(entities)-1].number)
	}
	return s.writer.exec(ctx, "UPDATE head SET analysis = ?", analysis.Version)
}

// entitiesAfter reads the next entities by number, as though each were new.
func (s *Store) entitiesAfter(ctx context.Context, number int64) ([]entityWrite, error) {
	var entities []entityWrite
	err := s.writer.each(ctx, func(rows *sql.Rows) error {
		var n uint32
		var row sql.RawBytes
		if err := rows.Scan(&n, &row); err != nil {
			return err
		}
		found, err := openEntity(n, row)
		entities = append(entities, entityWrite{number: n, new: found})
		return err
	}, "SELECT number, row FROM entity WHERE number > ? ORDER BY number LIMIT ?", number, store.MaxScanBatch)
	return entities, err
}
