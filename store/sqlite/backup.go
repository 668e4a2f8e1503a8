package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/papergraph/papergraph/store"
)

// Backup writes the store as it is now, without what was deleted, to a new file at path, beside readers and the writer. The file is there as a whole or not at all.
func (s *Store) Backup(ctx context.Context, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return translate(ctx, "backup", fmt.Errorf("%w: %s exists already", store.ErrInvalid, path))
	}
	_, err := answer(ctx, s, "backup", func(ctx context.Context, _ *moment) (struct{}, error) { return struct{}{}, s.backup(ctx, path) })
	return err
}

func (s *Store) backup(ctx context.Context, path string) error {
	// A directory of its own beside the target: nothing of anybody else is written over, a backup that runs at the same time included.
	directory, err := os.MkdirTemp(filepath.Dir(path), filepath.Base(path)+".*.part")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(directory) }()
	part := filepath.Join(directory, "backup")
	conn, err := s.read.take(ctx)
	if err != nil {
		return err
	}
	defer s.read.give(conn)
	// To SQLite this is a write, though not to the store.
	if err := conn.exec(ctx, "PRAGMA query_only = 0"); err != nil {
		return err
	}
	defer func() { _ = conn.exec(context.WithoutCancel(ctx), "PRAGMA query_only = 1") }()
	if err := conn.exec(ctx, "VACUUM INTO ?", part); err != nil {
		return err
	}
	file, err := os.OpenFile(part, os.O_RDWR, 0)
	if err == nil {
		err = file.Sync()
		if closeErr := file.Close(); err == nil {
			err = closeErr
		}
	}
	if err != nil {
		return err
	}
	return os.Rename(part, path)
}
