package sqlite

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/papergraph/papergraph/store"
)

// fileLock is the right of one process to write a store: an exclusive lock of the operating system on the file PATH.lock, which holds the
// pid. The system releases it however the process ends. SQLite's own locks do not serve: they are held for the length of a transaction only.
type fileLock struct {
	path string
	file *os.File
}

// errHeld is what claim answers when another process holds the lock.
var errHeld = errors.New("held")

// acquire takes the lock of the store at path, or names the process that holds it.
func acquire(path string) (*fileLock, error) {
	name := path + ".lock"
	for {
		file, err := claim(name)
		if errors.Is(err, errHeld) {
			return nil, fmt.Errorf("%w: %s is held by %s: stop that one first, or name another file", store.ErrUnavailable, path, holder(name))
		}
		if err != nil {
			return nil, unlockable(path, err)
		}
		// The holder before may have removed the name between our opening and locking it; then the lock is on a file nobody else can find.
		ours, err := file.Stat()
		named, nameErr := os.Stat(name)
		if err == nil && nameErr == nil && os.SameFile(ours, named) {
			l := &fileLock{path: name, file: file}
			if err := l.sign(); err != nil {
				l.release()
				return nil, unlockable(path, err)
			}
			return l, nil
		}
		_ = file.Close()
	}
}

// unlockable says why there can be no lock beside the file.
func unlockable(path string, err error) error {
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) {
		return fmt.Errorf("%w: nothing can be written beside %s: %w: make its directory writable, or name another file", store.ErrUnavailable, path, err)
	}
	return fmt.Errorf("%w: %s cannot be locked: %w: name another file", store.ErrUnavailable, path, err)
}

func (l *fileLock) sign() error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	return err
}

// release removes the file and gives the lock back. What cannot be removed is taken over by the next writer.
func (l *fileLock) release() {
	discard(l.path, l.file)
}

// holder describes the process that signed the lock.
func holder(name string) string {
	file, err := os.Open(name)
	if err != nil {
		return "another process"
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, 32))
	pid, numErr := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || numErr != nil {
		return "another process"
	}
	return fmt.Sprintf("process %d", pid)
}
