package sqlite

import (
	"errors"
	"os"
	"syscall"
)

// errSharingViolation is ERROR_SHARING_VIOLATION.
const errSharingViolation = syscall.Errno(32)

// claim opens the file so that nobody else can open it for writing; reading the pid stays possible.
func claim(name string) (*os.File, error) {
	path, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	handle, err := syscall.CreateFile(path, syscall.GENERIC_READ|syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ,
		nil, syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, errSharingViolation) {
		return nil, errHeld
	}
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(handle), name), nil
}

// discard closes first: an open file cannot be removed.
func discard(name string, file *os.File) {
	_ = file.Close()
	_ = os.Remove(name)
}

// links is how many names the file has, which os.Stat does not tell here.
func links(os.FileInfo) uint64 { return 1 }

// mayWrite leaves it to the file's attribute, which is its mode.
func mayWrite(string) bool { return true }
