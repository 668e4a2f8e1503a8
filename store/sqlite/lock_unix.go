//go:build unix && !solaris && !aix

package sqlite

import (
	"errors"
	"os"
	"syscall"
)

// claim opens the file and locks it without waiting. It follows no link: the pid shall overwrite nothing else.
func claim(name string) (*os.File, error) {
	file, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, errHeld
		}
		return nil, err
	}
	return file, nil
}

// discard removes the name first: while the lock is held nobody else can have opened a new file under it.
func discard(name string, file *os.File) {
	_ = os.Remove(name)
	_ = file.Close()
}

// links is how many names the file has.
func links(info os.FileInfo) uint64 {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(stat.Nlink)
	}
	return 1
}

// mayWrite asks the system without opening the file: closing it again would drop locks of this process.
func mayWrite(path string) bool {
	const forWriting = 2
	return syscall.Access(path, forWriting) == nil
}
