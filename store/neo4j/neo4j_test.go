package neo4j_test

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/papergraph/papergraph/store"
	"github.com/papergraph/papergraph/store/neo4j"
	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
	"github.com/papergraph/papergraph/store/storetest"
)

// open opens the store under test on an emptied database, for the length of the test.
func open(t *testing.T) store.Store { return opened(t) }

func opened(t *testing.T) *neo4j.Store {
	t.Helper()
	s := neo4jtest.Open(t)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestContract(t *testing.T) { storetest.Run(t, open) }

// TestRandomGraphs also compares the counters after each batch, of which many remove and merge. The server compiles nearly every random question anew, so that
// there are few graphs.
func TestRandomGraphs(t *testing.T) {
	storetest.Compare(t, func(t *testing.T) store.Store { return counting{opened(t), t} }, 2)
}

// The database is where everything is written; the path only tells whether it was emptied already.
func TestKill(t *testing.T) {
	storetest.Kill(t, killed(t, neo4jtest.Options(t)))
}

func killed(t *testing.T, options neo4j.Options) func(path string) (store.Store, error) {
	return func(path string) (store.Store, error) {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			neo4jtest.Empty(t)
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				return nil, err
			}
		}
		return neo4j.Open(context.Background(), options)
	}
}

// TestKillServer needs the server of scripts/neo4j, which it may end and start again; another one it leaves alone.
func TestKillServer(t *testing.T) {
	options := neo4jtest.Options(t)
	address, err := url.Parse(options.URI)
	if err != nil {
		t.Fatal(err)
	}
	const home = "../../.neo4j"
	if settings, err := os.ReadFile(home + "/env"); err != nil || !strings.Contains(string(settings), options.URI+"\n") {
		t.Skip("the server is not that of `make neo4j` in this folder, so it is not killed")
	}
	crash := func() {
		text, err := os.ReadFile(home + "/pid")
		if err != nil {
			t.Fatal(err)
		}
		pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		server, err := os.FindProcess(pid)
		if err != nil {
			t.Fatal(err)
		}
		if err := server.Kill(); err != nil {
			t.Fatal(err)
		}
		script := func(action string) (said string, err error) {
			command := exec.CommandContext(t.Context(), "../../scripts/neo4j", action)
			command.Env = append(os.Environ(), "NEO4J_PORT="+address.Port())
			output, err := command.CombinedOutput()
			return string(output), err
		}
		for err == nil { // as long as it still runs
			_, err = script("env")
		}
		said, err := script("start")
		for err != nil && strings.Contains(said, "in use") && t.Context().Err() == nil { // as long as the system has not taken its port back
			said, err = script("start")
		}
		if err != nil {
			t.Fatalf("%v: %s", err, said)
		}
	}
	storetest.KillServer(t, killed(t, options), crash)
}
