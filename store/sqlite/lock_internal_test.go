package sqlite

import (
	"errors"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"github.com/papergraph/papergraph/store"
)

// The administrator, as whom tests may run, is refused nothing: what the system answers others is made up here.
func TestUnlockable(t *testing.T) {
	for _, test := range []struct {
		err  error
		says string
	}{
		{&fs.PathError{Op: "open", Path: "a.db.lock", Err: syscall.EACCES}, "make its directory writable, or name another file"},
		{&fs.PathError{Op: "open", Path: "a.db.lock", Err: syscall.EROFS}, "make its directory writable, or name another file"},
		{syscall.ENOLCK, "cannot be locked"},
	} {
		if err := unlockable("a.db", test.err); !errors.Is(err, store.ErrUnavailable) || !errors.Is(err, test.err) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%v, want one that says %q", err, test.says)
		}
	}
}
