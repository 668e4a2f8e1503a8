package sqlite_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/sqlite"
	"github.com/papergraph/papergraph/store/storetest"
)

// What cannot be opened is refused in one line, and nothing around it changes.
func TestRefused(t *testing.T) {
	for _, test := range []struct {
		name    string
		prepare func(t *testing.T, path string)
		options sqlite.Options
		want    error
		says    string
	}{
		{"a text file", func(t *testing.T, path string) { write(t, path, bytes.Repeat([]byte("hello papers\n"), 100)) }, sqlite.Options{}, store.ErrInvalid, "not a papergraph store: name another file"},
		{"a short file", func(t *testing.T, path string) { write(t, path, []byte("x")) }, sqlite.Options{}, store.ErrInvalid, "not a papergraph store: name another file"},
		{"another program's database", func(t *testing.T, path string) {
			run(t, path, "CREATE TABLE recipe (name TEXT)")
		}, sqlite.Options{}, store.ErrInvalid, "not a papergraph store: name another file"},
		{"another program's database in WAL mode", func(t *testing.T, path string) {
			run(t, path, "PRAGMA journal_mode = WAL; PRAGMA application_id = 7; CREATE TABLE recipe (name TEXT)")
		}, sqlite.Options{}, store.ErrInvalid, "not a papergraph store: name another file"},
		{"a newer format", func(t *testing.T, path string) {
			create(t, path)
			run(t, path, "PRAGMA user_version = 1000; PRAGMA wal_checkpoint(TRUNCATE)")
		}, sqlite.Options{}, store.ErrInvalid, "papergraph.db has format 1000, and this papergraph knows formats up to 2: use a newer papergraph"},
		{"a directory", func(t *testing.T, path string) {
			if err := os.Mkdir(path, 0o755); err != nil {
				t.Fatal(err)
			}
		}, sqlite.Options{}, store.ErrInvalid, "is a directory: name a file in it"},
		{"a file with two names", func(t *testing.T, path string) {
			create(t, path)
			if err := os.Link(path, path+".link"); err != nil {
				t.Fatal(err)
			}
		}, sqlite.Options{}, store.ErrInvalid, "has 2 names"},
		{"a lock that leads elsewhere", func(t *testing.T, path string) {
			write(t, path+".target", []byte("precious"))
			if err := os.Symlink(path+".target", path+".lock"); err != nil {
				t.Fatal(err)
			}
		}, sqlite.Options{}, store.ErrUnavailable, "cannot be locked"},
		{"a protected file", func(t *testing.T, path string) {
			create(t, path)
			if err := os.Chmod(path, 0o444); err != nil {
				t.Fatal(err)
			}
		}, sqlite.Options{}, store.ErrUnavailable, "may only be read: make it writable, or name another file"},
		{"nothing, read-only", func(*testing.T, string) {}, sqlite.Options{ReadOnly: true}, store.ErrNotFound, "no store at"},
		{"nothing, must exist", func(*testing.T, string) {}, sqlite.Options{MustExist: true}, store.ErrNotFound, "no store at"},
		{"an empty file, must exist", func(t *testing.T, path string) { write(t, path, nil) }, sqlite.Options{MustExist: true}, store.ErrNotFound, "no store at"},
		{
			"held by this process", func(t *testing.T, path string) { open(t, path, sqlite.Options{}) },
			sqlite.Options{},
			store.ErrUnavailable, fmt.Sprintf("held by process %d: stop that one first, or name another file", os.Getpid()),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			directory := t.TempDir()
			path := filepath.Join(directory, "papergraph.db")
			test.prepare(t, path)
			before := fingerprint(t, directory)
			s, err := sqlite.Open(t.Context(), path, test.options)
			if err == nil {
				_ = s.Close()
				t.Fatal("it was opened")
			}
			if !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "\n") {
				t.Errorf("error %q: want one line that wraps %v and says %q", err, test.want, test.says)
			}
			if after := fingerprint(t, directory); after != before {
				t.Errorf("the directory changed:\n%s\nto\n%s", before, after)
			}
		})
	}
}

func TestRefusedWithoutDirectory(t *testing.T) {
	directory := t.TempDir()
	write(t, filepath.Join(directory, "file"), nil)
	for name, says := range map[string]string{
		"nowhere": "there is no directory " + filepath.Join(directory, "nowhere") + ": create it, or name another file",
		"file":    filepath.Join(directory, "file") + " is not a directory: name another file",
	} {
		_, err := sqlite.Open(t.Context(), filepath.Join(directory, name, "papergraph.db"), sqlite.Options{})
		if !errors.Is(err, store.ErrUnavailable) || !strings.HasSuffix(err.Error(), says) {
			t.Errorf("error %v, want %v: %s", err, store.ErrUnavailable, says)
		}
	}
}

func TestProtectedFileIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	create(t, path)
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if len(scanned(t, open(t, path, sqlite.Options{ReadOnly: true}))) == 0 {
		t.Error("nothing was read")
	}
}

// A second process is told who holds the store, and gets it when the holder was killed.
func TestSecondProcess(t *testing.T) {
	if path := os.Getenv("PAPERGRAPH_TEST_HOLD"); path != "" {
		open(t, path, sqlite.Options{})
		fmt.Println("held")
		select {} // until killed
	}
	path := filepath.Join(t.TempDir(), "papergraph.db")
	holder := exec.Command(os.Args[0], "-test.run=^TestSecondProcess$")
	holder.Env = append(os.Environ(), "PAPERGRAPH_TEST_HOLD="+path)
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	if line := make([]byte, 5); true {
		if _, err := out.Read(line); err != nil || string(line) != "held\n" {
			t.Fatalf("the holder says %q, %v", line, err)
		}
	}
	_, err = sqlite.Open(t.Context(), path, sqlite.Options{})
	if want := fmt.Sprintf("held by process %d", holder.Process.Pid); !errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), want) {
		t.Errorf("error %v, want %q", err, want)
	}
	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait()
	open(t, path, sqlite.Options{})
}

func TestReadOnlyBesideWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "papergraph.db")
	writer := open(t, path, sqlite.Options{})
	apply(t, writer, storetest.Fixture())
	reader := open(t, path, sqlite.Options{ReadOnly: true})
	if _, err := reader.Apply(t.Context(), store.Batch{Author: "test"}); !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("Apply of a read-only store: %v", err)
	}
	late := &literature.Topic{Base: literature.Base{ID: "topic/late", Labels: []literature.LocalizedText{{Value: "Late", Locale: "en"}}}}
	version := apply(t, writer, store.Batch{Author: "test", Upsert: []literature.Record{late}})
	stats, err := reader.Stats(t.Context())
	if err != nil || stats.Version != version {
		t.Errorf("the reader is at version %d (%v), the writer at %d", stats.Version, err, version)
	}
	found, err := reader.Records(t.Context(), []literature.ID{"topic/late"})
	if err != nil || found["topic/late"] == nil {
		t.Errorf("the reader does not see what was written beside it: %v, %v", found, err)
	}
}

// Reading a store that nobody writes neither needs a lock nor changes the file.
func TestReadOnlyAlone(t *testing.T) {
	directory := t.TempDir()
	path := filepath.Join(directory, "papergraph.db")
	create(t, path)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s := open(t, path, sqlite.Options{ReadOnly: true})
		if len(scanned(t, s)) == 0 {
			t.Error("nothing was read")
		}
		if err := s.Check(t.Context(), func(err error) { t.Error(err) }); err != nil {
			t.Error(err)
		}
	}
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the file changed (%v)", err)
	}
	open(t, path, sqlite.Options{}) // beside the readers
}

func TestInMemoryLeavesNothing(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s, err := sqlite.Open(t.Context(), sqlite.InMemory, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, storetest.Fixture())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if left := fingerprint(t, os.TempDir()); left != "" {
		t.Errorf("left behind:\n%s", left)
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
}

// run executes SQL on a file behind the store's back.
func run(t *testing.T, path, script string, args ...any) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), script, args...); err != nil {
		t.Fatal(err)
	}
}

// create makes a store that holds the fixture.
func create(t *testing.T, path string) {
	t.Helper()
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	apply(t, s, storetest.Fixture())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func apply(t *testing.T, s store.Store, b store.Batch) store.Version {
	t.Helper()
	if b.Author == "" {
		b.Author = "test"
	}
	version, err := s.Apply(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return version
}

// fingerprint tells the files below a directory and what they hold.
func fingerprint(t *testing.T, directory string) string {
	t.Helper()
	var lines []string
	err := filepath.WalkDir(directory, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == directory {
			return err
		}
		if entry.IsDir() {
			lines = append(lines, path)
			return nil
		}
		content, err := os.ReadFile(path)
		lines = append(lines, fmt.Sprintf("%s %d %x", path, len(content), sha256.Sum256(content)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
