package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/papergraph/papergraph/store/neo4j/neo4jtest"
	"github.com/papergraph/papergraph/store/sqlite"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// process is one run of the program inside the test.
type process struct {
	stdout, stderr lockedBuffer
	stop           context.CancelFunc
	exit           chan int
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func start(t *testing.T, args ...string) *process {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	p := &process{stop: stop, exit: make(chan int, 1)}
	go func() { p.exit <- run(ctx, args, &p.stdout, &p.stderr) }()
	return p
}

// serving starts a server on a free port and waits until it says where it answers.
func serving(t *testing.T, args ...string) (p *process, url string) {
	t.Helper()
	p = start(t, append(args, "--listen", "127.0.0.1:0")...)
	t.Cleanup(func() { p.end(t) })
	deadline := time.After(time.Minute)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		for line := range strings.Lines(p.stdout.String()) {
			if _, address, ok := strings.Cut(strings.TrimSpace(line), "answers at "); ok {
				return p, strings.TrimSuffix(address, "/graphql")
			}
		}
		select {
		case code := <-p.exit:
			p.exit <- code
			t.Fatalf("ended with %d: %s", code, p.stderr.String())
		case <-deadline:
			t.Fatal("the server does not come up")
		case <-tick.C:
		}
	}
}

// end stops the process as a signal does and returns its exit code.
func (p *process) end(t *testing.T) int {
	t.Helper()
	p.stop()
	code := <-p.exit
	p.exit <- code
	http.DefaultClient.CloseIdleConnections()
	return code
}

func post(t *testing.T, url, query string) string {
	t.Helper()
	body, err := json.Marshal(map[string]string{"query": query})
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.Post(url+"/graphql", "application/json", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return read(t, response)
}

func read(t *testing.T, response *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(response.Body)
	if err = errors.Join(err, response.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestServe(t *testing.T) {
	serves(t, "sqlite", "sqlite:"+filepath.Join(t.TempDir(), "papers.db"))
}

func TestServeNeo4j(t *testing.T) {
	serves(t, "neo4j", emptyNeo4j(t))
}

// emptyNeo4j empties the database under test and returns the address of its server. Account and password come from the environment.
func emptyNeo4j(t *testing.T) string {
	t.Helper()
	neo4jtest.Empty(t)
	return neo4jtest.Options(t).URI
}

// serves starts the program on a store that is empty or does not exist, and again on what it left.
func serves(t *testing.T, name, address string) {
	t.Helper()
	p, url := serving(t, "--store", address)
	const query = `{ paper(by: {id: "paper/xrp"}) { sharingTopics { nodes { slug } } } meta { store dataVersion } }`
	want := `{"data":{"paper":{"sharingTopics":{"nodes":[{"slug":"bmc"},{"slug":"extfuse"},{"slug":"lambda-io"}]}},"meta":{"store":"` + name + `","dataVersion":"1"}}}`
	if got := post(t, url, query); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for _, says := range []string{"curl " + url + "/graphql", url + "/playground"} {
		if !strings.Contains(p.stdout.String(), says) {
			t.Errorf("does not say %q: %s", says, p.stdout.String())
		}
	}
	if code := p.end(t); code != exitDone {
		t.Errorf("stopped with %d: %s", code, p.stderr.String())
	}
	_, url = serving(t, "serve", "--store", address)
	if got := post(t, url, query); got != want {
		t.Errorf("opened again: got %s\nwant %s", got, want)
	}
}

func TestServeEmpty(t *testing.T) {
	_, url := serving(t, "--store", "sqlite::memory:", "--empty")
	if got, want := post(t, url, `{ papers { totalCount } }`), `{"data":{"papers":{"totalCount":0}}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestHTTP(t *testing.T) {
	_, url := serving(t, "--store", "sqlite::memory:", "--origins", "https://friend.example")
	tests := []struct {
		name, method, path, origin string
		status                     int
		body, allowed              string
	}{
		{"health", "GET", "/healthz", "", 200, "ok", ""},
		{"nothing there", "GET", "/nothing", "", 404, `"code":"NOT_FOUND"`, ""},
		{"health by POST", "POST", "/healthz", "", 405, `"code":"METHOD_NOT_ALLOWED"`, ""},
		{"the address of an entity", "GET", "/paper/xrp", "", 200, `"label":"XRP: In-Kernel Storage Functions with eBPF"`, ""},
		{"from the root to the playground", "GET", "/", "", 200, "<title>papergraph playground</title>", ""},
		{"the playground's first query", "GET", "/playground/page.json", "", 200, `"queries":["# Which papers share topics with XRP`, ""},
		{"no file of the playground", "GET", "/playground/nothing.js", "", 404, "not found", ""},
		{"the address of nothing", "GET", "/paper/none", "", 200, `"node":null`, ""},
		{"query by GET", "GET", "/graphql?query=%7Bmeta%7Bservice%7D%7D", "", 200, "papergraph", ""},
		{"page of a friend", "GET", "/graphql?query=%7Bmeta%7Bservice%7D%7D", "https://friend.example", 200, "papergraph", "https://friend.example"},
		{"page of a stranger", "GET", "/graphql?query=%7Bmeta%7Bservice%7D%7D", "https://stranger.example", 200, "papergraph", ""},
		{"page of a friend in other letters", "GET", "/graphql?query=%7Bmeta%7Bservice%7D%7D", "https://friend.example.evil.example", 200, "papergraph", ""},
		{"not a method", "DELETE", "/graphql", "", 405, `"code":"METHOD_NOT_ALLOWED"`, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), test.method, url+test.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if test.origin != "" {
				request.Header.Set("Origin", test.origin)
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			body := read(t, response)
			if response.StatusCode != test.status || !strings.Contains(body, test.body) {
				t.Errorf("%d %s, want %d with %s", response.StatusCode, body, test.status, test.body)
			}
			if got := response.Header.Get("Access-Control-Allow-Origin"); got != test.allowed {
				t.Errorf("allows the origin %q, want %q", got, test.allowed)
			}
			if response.Header.Get("X-Request-Id") == "" {
				t.Error("the request has no name")
			}
		})
	}
}

// newerStore makes a store and marks it as one of a later format.
func newerStore(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "newer.db")
	s, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	const userVersion = 60 // its place in the header of every SQLite file
	if _, err := file.WriteAt([]byte{0, 0, 3, 232}, userVersion); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRefusesToStart: one clear line that says what to do, exit code 1, and nothing created or changed.
func TestRefusesToStart(t *testing.T) {
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	if err := os.WriteFile(foreign, []byte("not a database, but somebody's text"), 0o644); err != nil {
		t.Fatal(err)
	}
	protected := newerStore(t)
	if err := os.Chmod(protected, 0o444); err != nil {
		t.Fatal(err)
	}
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := busy.Close(); err != nil {
			t.Error(err)
		}
	}()
	fresh := filepath.Join(t.TempDir(), "fresh.db")
	tests := []struct {
		name, says string
		args       []string
	}{
		{"unknown scheme", `unknown scheme "postgres": write sqlite:FILE`, []string{"--store", "postgres://x/y"}},
		{"no scheme", "write sqlite:papergraph.db", []string{"--store", "papergraph.db", "--listen", "127.0.0.1:0"}},
		{"a host for a file", "without slashes", []string{"--store", "sqlite://papergraph.db", "--listen", "127.0.0.1:0"}},
		{"no file", "names no file", []string{"--store", "sqlite:"}},
		{"misspelt memory", "names no file", []string{"--store", "sqlite::memry:"}},
		{"no directory", "papergraph: there is no directory " + fresh + ": create it,", []string{"--store", "sqlite:" + filepath.Join(fresh, "a.db"), "--listen", "127.0.0.1:0"}},
		{"no address", "host and port", []string{"--listen", "8080", "--store", "sqlite:" + fresh}},
		{"no public address", "give an address", []string{"--public-url", "foo", "--store", "sqlite:" + fresh}},
		{"a password in the URL", "unknown scheme", []string{"--store", "nosuch://user:secret@host"}},
		{"no server", "start it, or correct the address", []string{"--store", "neo4j://127.0.0.1:1"}},
		{"a password in the address", "credentials", []string{"--store", "neo4j://user:secret@127.0.0.1:1"}},
		{"busy port", "address already in use; pick another address with --listen", []string{"--store", "sqlite:" + fresh, "--listen", busy.Addr().String()}},
		{"foreign file", "foreign.db is not a papergraph store: name another file", []string{"--store", "sqlite:" + foreign, "--listen", "127.0.0.1:0"}},
		{"file of a newer papergraph", "newer.db has format 1000", []string{"--store", "sqlite:" + newerStore(t), "--listen", "127.0.0.1:0"}},
		{"file that may only be read", "make it writable, or name another file", []string{"--store", "sqlite:" + protected, "--listen", "127.0.0.1:0"}},
		{"directory that is not there", "create it, or name another file", []string{"--store", "sqlite:" + filepath.Join(fresh, "a.db"), "--listen", "127.0.0.1:0"}},
		{"directory for a file", "name a file in it", []string{"--store", "sqlite:" + t.TempDir(), "--listen", "127.0.0.1:0"}},
		{"unknown flag", "unknown flag --nonsense: papergraph --help", []string{"--nonsense"}},
		{"unknown command", "unexpected argument sevre: papergraph --help", []string{"sevre"}},
		{"any origin", "exact origins", []string{"--origins", "*", "--store", "sqlite:" + fresh}},
		{"origin with a slash", "exact origins", []string{"--origins", "https://a.example/", "--store", "sqlite:" + fresh}},
		{"origin with a path", "exact origins", []string{"--origins", "https://a.example/app", "--store", "sqlite:" + fresh}},
		{"origin without a scheme", "exact origins", []string{"--origins", "a.example", "--store", "sqlite:" + fresh}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), test.args, &stdout, &stderr); code != exitNothing {
				t.Errorf("exit code %d, want %d", code, exitNothing)
			}
			said := strings.TrimSpace(stderr.String())
			if !strings.HasPrefix(said, "papergraph: ") || strings.Contains(said, "\n") || !strings.Contains(said, test.says) {
				t.Errorf("said %q: want one line with %q", said, test.says)
			}
			if strings.Contains(said, "secret") {
				t.Error("the password is shown")
			}
			if _, err := os.Stat(fresh); !errors.Is(err, os.ErrNotExist) {
				t.Errorf("a file was created: %v", err)
			}
		})
	}
	if text, err := os.ReadFile(foreign); err != nil || string(text) != "not a database, but somebody's text" {
		t.Errorf("the foreign file changed: %q %v", text, err)
	}
}

func TestSecondWriterIsRefused(t *testing.T) {
	file := "sqlite:" + filepath.Join(t.TempDir(), "papers.db")
	serving(t, "--store", file)
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"--store", file, "--listen", "127.0.0.1:0"}, &stdout, &stderr); code != exitNothing || !strings.Contains(stderr.String(), "stop that one first, or name another file") {
		t.Errorf("exit code %d, said %q", code, stderr.String())
	}
}

func TestCopy(t *testing.T) {
	dir := t.TempDir()
	from, to := "sqlite:"+filepath.Join(dir, "from.db"), "sqlite:"+filepath.Join(dir, "to.db")
	serving(t, "--store", from) // and goes on serving while it is copied
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"copy", "--from", from, "--to", to}, &stdout, &stderr); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	if !strings.Contains(stdout.String(), "PAPER                    30  ") {
		t.Errorf("16 papers and 14 stubs are not told: %s", stdout.String())
	}
	_, url := serving(t, "--store", to)
	if got := post(t, url, `{ paper(by: {id: "paper/xrp"}) { sharingTopics { totalCount } } }`); !strings.Contains(got, `"totalCount":3`) {
		t.Errorf("the copy answers %s", got)
	}
	for says, args := range map[string][]string{
		"papergraph: the target is not empty": {"--from", from, "--to", from + "2"},
		"are the same":                        {"--from", from, "--to", from},
		"no-such-store":                       {"--from", "sqlite:" + filepath.Join(dir, "no-such-store.db"), "--to", "sqlite:" + filepath.Join(dir, "new.db")},
	} {
		if strings.HasSuffix(says, "not empty") {
			run(t.Context(), append([]string{"copy"}, args...), io.Discard, io.Discard)
		}
		var stderr bytes.Buffer
		if code := run(t.Context(), append([]string{"copy"}, args...), io.Discard, &stderr); code != exitNothing || !strings.Contains(stderr.String(), says) {
			t.Errorf("%v: exit code %d, said %q", args, code, stderr.String())
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "new.db")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a target was created for a source that does not exist")
	}
}

// TestCopyNeo4j: there and back again, nothing changes.
func TestCopyNeo4j(t *testing.T) {
	address := emptyNeo4j(t)
	dir := t.TempDir()
	from, back := "sqlite:"+filepath.Join(dir, "from.db"), "sqlite:"+filepath.Join(dir, "back.db")
	p, _ := serving(t, "--store", from)
	p.end(t)
	var said [2]bytes.Buffer
	for i, way := range [][]string{{"--from", from, "--to", address}, {"--from", address, "--to", back}} {
		var stderr bytes.Buffer
		if code := run(t.Context(), append([]string{"copy"}, way...), &said[i], &stderr); code != exitDone {
			t.Fatalf("%v: exit code %d: %s", way, code, stderr.String())
		}
	}
	if there, back := said[0].String(), said[1].String(); there != back || !strings.Contains(there, "PAPER                    30  ") {
		t.Errorf("there:\n%s\nand back:\n%s", there, back)
	}
	_, url := serving(t, "--store", address)
	if got := post(t, url, `{ paper(by: {id: "paper/xrp"}) { sharingTopics { totalCount } } }`); !strings.Contains(got, `"totalCount":3`) {
		t.Errorf("the copy answers %s", got)
	}
	var stderr bytes.Buffer
	if code := run(t.Context(), []string{"copy", "--from", from, "--to", address}, io.Discard, &stderr); code != exitNothing || !strings.Contains(stderr.String(), "not empty") {
		t.Errorf("copied onto the copy: exit code %d, said %q", code, stderr.String())
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stderr bytes.Buffer
	args := []string{"--store", "sqlite:" + filepath.Join(t.TempDir(), "papers.db"), "--listen", "127.0.0.1:0"}
	if code := run(ctx, args, io.Discard, &stderr); code != exitNothing || stderr.String() != "papergraph: interrupted\n" {
		t.Errorf("exit code %d, said %q", code, stderr.String())
	}
}

// TestEntityAddress: it leads on relative to itself, so that a prefix in front of this server stays.
func TestEntityAddress(t *testing.T) {
	_, address := serving(t, "--store", "sqlite::memory:")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address+"/paper/xrp", nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultTransport.RoundTrip(request) // follows nothing
	if err != nil {
		t.Fatal(err)
	}
	read(t, response)
	to := response.Header.Get("Location")
	if response.StatusCode != http.StatusSeeOther || !strings.HasPrefix(to, "../graphql?query=") {
		t.Errorf("status %d, leads to %q", response.StatusCode, to)
	}
}

func TestHelpAndVersion(t *testing.T) {
	for _, flag := range []string{"--help", "--version"} {
		var stdout, stderr bytes.Buffer
		if code := run(t.Context(), []string{flag}, &stdout, &stderr); code != exitDone || stdout.Len() == 0 {
			t.Errorf("%s: exit code %d, said %q %q", flag, code, stdout.String(), stderr.String())
		}
	}
}

func TestValidate(t *testing.T) {
	t.Setenv("PAPERGRAPH_LISTEN", "what only serve takes amiss")
	write := func(name, text string) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const head = "papergraph: 1\nassertion: {source: test, origin: CURATED, certainty: HIGH}\nrecords:\n"
	tests := []struct {
		name, file string
		code       int
		says       string
	}{
		{"the bundled list", "corpus/ebpf.yaml", exitDone, "no mistakes"},
		{"a dangling topic", write("a.yaml", head+"  - paper: a\n    title: A\n    type: ARTICLE\n    topics: [nowhere]\n"), exitSome, "a.yaml:7:"},
		{"no YAML", write("b.yaml", "{"), exitNothing, "b.yaml:"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			if code := run(t.Context(), []string{"validate", test.file}, &stdout, &stderr); code != test.code || !strings.Contains(stdout.String(), test.says) {
				t.Errorf("exit code %d, said %q %q: want %d, %q", code, stdout.String(), stderr.String(), test.code, test.says)
			}
		})
	}
	var stdout, stderr bytes.Buffer
	if code := run(t.Context(), []string{"validate", "no-such-file.yaml"}, &stdout, &stderr); code != exitNothing || !strings.Contains(stderr.String(), "no-such-file.yaml") {
		t.Errorf("a missing file: exit code %d, said %q", code, stderr.String())
	}
}
