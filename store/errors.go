package store

import "errors"

// Sentinels. Every error of a store wraps one of them or a context's error; nothing else of an engine crosses this border.
var (
	// ErrNotFound: what was named does not exist, where that is an error.
	ErrNotFound = errors.New("not found")
	// ErrConflict: the state of the graph forbids it; the caller may read again and retry.
	ErrConflict = errors.New("conflict")
	// ErrInvalid: the request itself is wrong and would be wrong again.
	ErrInvalid = errors.New("invalid")
	// ErrUnavailable: the store cannot be reached, is closed, or is held by another process.
	ErrUnavailable = errors.New("unavailable")
	// ErrCorrupt: stored bytes do not match their checksum; the error names the record. Such a record is never served.
	ErrCorrupt = errors.New("corrupt")
)
