package storetest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"testing"

	"github.com/papergraph/papergraph/literature"
	"github.com/papergraph/papergraph/store"
)

func TestKill(t *testing.T) {
	t.Setenv("PAPERGRAPH_LONG", "") // the reference is too slow for the long form
	Kill(t, openJournal)
}

// journal is the reference made durable in the simplest way: it writes each batch as a line to a file, and reads the file when it is opened. A
// line without an end was not acknowledged.
type journal struct {
	store.Store
	file *os.File
}

func openJournal(path string) (store.Store, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	j := journal{NewReference(), file}
	lines, size := bufio.NewReader(file), int64(0)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		b, err := decodeBatch(line)
		if err != nil {
			return nil, err
		}
		if _, err := j.Store.Apply(context.Background(), b); err != nil {
			return nil, err
		}
		size += int64(len(line))
	}
	if err := file.Truncate(size); err != nil {
		return nil, err
	}
	_, err = file.Seek(size, io.SeekStart)
	return j, err
}

func (j journal) Apply(ctx context.Context, b store.Batch) (store.Version, error) {
	line, err := json.Marshal(b)
	if err != nil {
		return 0, err
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return 0, err
	}
	if err := j.file.Sync(); err != nil {
		return 0, err
	}
	return j.Store.Apply(ctx, b)
}

func (j journal) Close() error { return errors.Join(j.Store.Close(), j.file.Close()) }

func decodeBatch(line []byte) (b store.Batch, err error) {
	var lines struct {
		Upsert   []json.RawMessage
		Remove   []literature.ID
		Redirect map[literature.ID]literature.ID
	}
	if err := json.Unmarshal(line, &lines); err != nil {
		return b, err
	}
	b = store.Batch{Author: "journal", Remove: lines.Remove, Redirect: lines.Redirect}
	for _, raw := range lines.Upsert {
		var named struct{ ID literature.ID }
		if err := json.Unmarshal(raw, &named); err != nil {
			return b, err
		}
		record := literature.Blank(named.ID)
		if err := json.NewDecoder(bytes.NewReader(raw)).Decode(record); err != nil {
			return b, err
		}
		b.Upsert = append(b.Upsert, record)
	}
	return b, nil
}
