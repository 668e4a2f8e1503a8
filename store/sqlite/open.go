package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	lib "modernc.org/sqlite/lib"

	"github.com/papergraph/papergraph/store"
)

// InMemory is the path of a store in a private temporary directory that Close removes.
const InMemory = ":memory:"

// Options say how a store is opened.
type Options struct {
	// ReadOnly opens beside a process that writes, and sees what that commits; Apply fails.
	ReadOnly bool
	// MustExist refuses to create a store.
	MustExist bool
	// Log takes what an operator should know, such as a rebuild; nil: slog's default.
	Log *slog.Logger
}

// Store is an open embedded store.
type Store struct {
	path string
	temp string // removed on close, if any
	log  *slog.Logger
	lock *fileLock
	read *sessions

	current atomic.Pointer[snapshot]
	edges   *edges
	cache   *cache
	tallies sync.Pool // of *tally

	// turn is held by whoever changes what follows, or the snapshot: one writer at a time.
	turn     chan struct{}
	counting chan struct{} // an entry for each call of Facets under way
	writeDB  *sql.DB
	writer   *session // nil: read-only
	indexer  indexer
	failed   error         // what made a commit's outcome unknown
	broken   chan struct{} // closed when failed is set, for those who wait without the turn
	unpacked int           // records changed since the projection was packed
	packing  bool

	mu         sync.Mutex
	closed     bool
	calls      sync.WaitGroup
	background sync.WaitGroup
}

var _ store.Store = (*Store)(nil)

// Open opens the store at path, or creates one there. What is no store of ours, is in a newer format or is held by another process is refused before anything is created or changed:
// ErrInvalid or ErrUnavailable in one line; ErrNotFound where nothing is there and MustExist or ReadOnly ask for it. Damage that makes opening impossible is ErrCorrupt.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	s, err := open(ctx, path, o)
	if err != nil {
		return nil, translate(ctx, "open", err)
	}
	return s, nil
}

func open(ctx context.Context, path string, o Options) (_ *Store, err error) {
	s := &Store{path: path, log: o.Log, cache: newCache(), edges: newEdges(), turn: make(chan struct{}, 1), counting: make(chan struct{}, runtime.GOMAXPROCS(0)), broken: make(chan struct{})}
	s.tallies.New = func() any { return new(tally) }
	if s.log == nil {
		s.log = slog.Default()
	}
	defer func() {
		if err != nil {
			_ = s.release()
		}
	}()
	if path == InMemory {
		if s.temp, err = os.MkdirTemp("", "papergraph-"); err != nil {
			return nil, err
		}
		s.path = filepath.Join(s.temp, "papergraph.db")
	} else if s.path, err = realPath(path); err != nil {
		return nil, err
	}
	format, err := inspect(ctx, s.path, o.ReadOnly)
	if err != nil {
		return nil, err
	}
	switch {
	case format == 0 && (o.MustExist || o.ReadOnly):
		return nil, fmt.Errorf("%w: there is no store at %s", store.ErrNotFound, path)
	case format < len(steps) && o.ReadOnly:
		return nil, fmt.Errorf("%w: %s has the older format %d: open it for writing once to bring it to format %d",
			store.ErrUnavailable, path, format, len(steps))
	case !o.ReadOnly:
		if s.lock, err = acquire(s.path); err != nil {
			return nil, err
		}
		if err = s.openWriter(ctx); err != nil {
			return nil, err
		}
	}
	if err = s.openReaders(o.ReadOnly); err != nil {
		return nil, err
	}
	if err := s.fill(ctx); err != nil {
		if o.ReadOnly && code(err) == lib.SQLITE_READONLY { // the index of a write-ahead log has to be made, even for reading
			return nil, fmt.Errorf("%w: nothing can be written beside %s, which reading needs too: make its directory writable, or copy the file elsewhere",
				store.ErrUnavailable, s.path)
		}
		return nil, err
	}
	s.background.Go(func() { s.current.Load().graph.Prepare() })
	return s, nil
}

// realPath follows links, so that whoever opens the same file locks the same file.
func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	directory := filepath.Dir(path)
	switch info, err := os.Stat(directory); {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("%w: there is no directory %s: create it, or name another file", store.ErrUnavailable, directory)
	case err == nil && !info.IsDir():
		return "", fmt.Errorf("%w: %s is not a directory: name another file", store.ErrUnavailable, directory)
	case err != nil:
		return "", unreadable(directory, err)
	}
	real, err := filepath.EvalSymlinks(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return path, nil
	case err != nil:
		return "", unreadable(path, err)
	}
	return real, nil
}

func (s *Store) openWriter(ctx context.Context) (err error) {
	s.writeDB, err = sql.Open("sqlite", dsn(s.path, "mode=rwc", "_pragma=busy_timeout(5000)", "_pragma=synchronous(FULL)",
		"_pragma=cache_size(-65536)", "_pragma=temp_store(MEMORY)"))
	if err != nil {
		return err
	}
	s.writeDB.SetMaxOpenConns(1)
	// Migrations come before WAL, so that the main file alone tells from its first page on what it is.
	taken, err := migrate(ctx, s.writeDB, steps)
	if err != nil {
		return err
	}
	if err := useWAL(ctx, s.writeDB); err != nil {
		return err
	}
	for _, pragma := range []string{"wal_autocheckpoint = 8000", "journal_size_limit = 67108864"} {
		if _, err := s.writeDB.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return err
		}
	}
	if taken > 0 {
		if taken < len(steps) {
			s.log.Info("store brought to the present format", "path", s.path, "format", len(steps))
		}
		if _, err := s.writeDB.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
			return err
		}
	}
	if s.writer, err = connect(ctx, s.writeDB); err != nil {
		return err
	}
	return s.reanalyse(ctx)
}

// useWAL turns the write-ahead log on, without which readers would wait for writers and writers for readers. Where it cannot be, SQLite goes on as before and only says so.
func useWAL(ctx context.Context, db *sql.DB) error {
	var mode string
	if err := db.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode); err != nil || mode == "wal" {
		return err
	}
	return fmt.Errorf("%w: the journal of the file stays in mode %q, because its file system has no shared memory for a write-ahead log: keep the store on a local disk",
		store.ErrUnavailable, mode)
}

func (s *Store) openReaders(readOnly bool) error {
	mode := "mode=rw"
	if readOnly {
		mode = "mode=ro"
	}
	db, err := sql.Open("sqlite", dsn(s.path, mode, "_pragma=busy_timeout(5000)", "_pragma=query_only(1)", "_pragma=cache_size(-8192)"))
	if err != nil {
		return err
	}
	db.SetMaxIdleConns(0)
	s.read = &sessions{db: db, idle: 2 * runtime.GOMAXPROCS(0)}
	return nil
}

// enter begins a call, leave ends it: Close waits for calls under way.
func (s *Store) enter() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return errClosed
	}
	s.calls.Add(1)
	return nil
}

func (s *Store) leave() { s.calls.Done() }

// Close ends the store when the calls under way have ended. It keeps the projection in the file where that makes the next opening faster.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	s.calls.Wait()
	s.background.Wait()
	if s.writer != nil && s.failed == nil && s.temp == "" && s.worthPacking() {
		if err := s.pack(context.Background()); err != nil {
			s.log.Warn("the projection could not be kept: the next opening takes longer", "path", s.path, "error", err)
		}
	}
	return s.release()
}

// release gives back what is open. It is called once, also after half an opening.
func (s *Store) release() error {
	var errs []error
	if s.read != nil {
		errs = append(errs, s.read.close())
	}
	if s.writer != nil {
		errs = append(errs, s.writer.close())
	}
	if s.writeDB != nil {
		errs = append(errs, s.writeDB.Close())
	}
	if s.lock != nil {
		s.lock.release()
	}
	if s.temp != "" {
		errs = append(errs, os.RemoveAll(s.temp))
	}
	return errors.Join(errs...)
}
