package web_test

import (
	"compress/gzip"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/papergraph/papergraph/web"
)

// answer is what a client gets, as it came.
type answer struct {
	status int
	header http.Header
	body   string
}

func get(t *testing.T, handler http.Handler, address string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

func unpacked(t *testing.T, packed string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// linked are the addresses that a text names below /playground.
func linked(content string) []string {
	var found []string
	for _, m := range regexp.MustCompile(`[/"'(](?:playground/)?([\w.-]+-[\w-]{8}\.(?:js|css|ttf|svg))`).FindAllStringSubmatch(content, -1) {
		found = append(found, path.Join("/playground", m[1]))
	}
	return found
}

// TestPages follows every link from the page on, packed and plain: all is there, is the same both ways, and has a type and a rule for caches.
func TestPages(t *testing.T) {
	handler := web.New(web.Config{})
	seen := map[string]bool{}
	for queue := []string{"/playground", "/playground/page.json", "/playground/licenses.md"}; len(queue) > 0; queue = queue[1:] {
		address := queue[0]
		if seen[address] {
			continue
		}
		seen[address] = true
		packed, plain := get(t, handler, address, "Accept-Encoding", "gzip, br"), get(t, handler, address)
		if packed.status != http.StatusOK || plain.status != http.StatusOK {
			t.Errorf("%s: %d packed, %d plain", address, packed.status, plain.status)
			continue
		}
		if packed.header.Get("Content-Encoding") != "gzip" || plain.header.Get("Content-Encoding") != "" {
			t.Errorf("%s: encoding %q where gzip is accepted, else %q", address, packed.header.Get("Content-Encoding"), plain.header.Get("Content-Encoding"))
			continue
		}
		if got := packed.header.Get("Content-Length"); got == "" || got == plain.header.Get("Content-Length") {
			t.Errorf("%s: length %q packed, %q plain", address, got, plain.header.Get("Content-Length"))
		}
		if unpacked(t, packed.body) != plain.body || strconv.Itoa(len(plain.body)) != plain.header.Get("Content-Length") {
			t.Errorf("%s: packed and plain differ", address)
		}
		if packed.header.Get("Content-Type") == "" {
			t.Errorf("%s has no type", address)
		}
		hashed := regexp.MustCompile(`-[\w-]{8}\.\w+$`).MatchString(address)
		if immutable := strings.Contains(packed.header.Get("Cache-Control"), "immutable"); immutable != hashed {
			t.Errorf("%s: kept for ever: %t; named by its content: %t", address, immutable, hashed)
		}
		queue = append(queue, linked(plain.body)...)
	}
	if len(seen) < 20 {
		t.Errorf("only %d files are linked: %v", len(seen), seen)
	}
}

func TestHeaders(t *testing.T) {
	handler := web.New(web.Config{})
	for _, address := range []string{"/playground", "/playground/page.json", "/playground/nothing.js"} {
		h := get(t, handler, address).header
		policy := h.Get("Content-Security-Policy")
		for _, says := range []string{"default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "connect-src 'self'", "base-uri 'none'"} {
			if !strings.Contains(policy, says) {
				t.Errorf("%s: the policy %q does not say %s", address, policy, says)
			}
		}
		for _, never := range []string{"unsafe-eval", "http:", "https:", "*"} {
			if strings.Contains(policy, never) {
				t.Errorf("%s: the policy %q says %s", address, policy, never)
			}
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: headers %v", address, h)
		}
	}
}

func TestRedirects(t *testing.T) {
	handler := web.New(web.Config{})
	for _, address := range []string{"/", "/playground/"} {
		response := get(t, handler, address)
		to, err := url.Parse(response.header.Get("Location"))
		if err != nil || response.status != http.StatusFound {
			t.Fatalf("%s: %d, %v", address, response.status, err)
		}
		base := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://host/prefix"+address, nil).URL
		if got, want := base.ResolveReference(to).Path, "/prefix/playground"; got != want {
			t.Errorf("%s behind a prefix leads to %s, want %s", address, got, want)
		}
	}
}

func TestRevalidation(t *testing.T) {
	handler := web.New(web.Config{})
	packed, plain := get(t, handler, "/playground", "Accept-Encoding", "gzip").header.Get("ETag"), get(t, handler, "/playground").header.Get("ETag")
	if packed == plain || packed == "" {
		t.Errorf("one tag for two contents: %s and %s", packed, plain)
	}
	for _, test := range []struct {
		tag    string
		status int
	}{{packed, http.StatusNotModified}, {plain, http.StatusOK}, {`"other"`, http.StatusOK}} {
		response := get(t, handler, "/playground", "Accept-Encoding", "gzip", "If-None-Match", test.tag)
		if response.status != test.status {
			t.Errorf("%s: %d, want %d", test.tag, response.status, test.status)
		}
	}
}

func TestAcceptsGzip(t *testing.T) {
	handler := web.New(web.Config{})
	for header, want := range map[string]string{
		"":                             "",
		"gzip":                         "gzip",
		"br, GZIP;q=0.5":               "gzip",
		"deflate, *":                   "gzip",
		"x-gzip":                       "gzip",
		"gzip;q=0":                     "",
		"gzip; q=0.000, *":             "",
		"*;q=0":                        "",
		"identity":                     "",
		"gzip;q=nonsense":              "",
		"br;q=1.0, gzip ; q=1 , *;q=0": "gzip",
	} {
		if got := get(t, handler, "/playground", "Accept-Encoding", header).header.Get("Content-Encoding"); got != want {
			t.Errorf("%q: encoding %q, want %q", header, got, want)
		}
	}
}

func TestPlaygroundPage(t *testing.T) {
	for _, introspection := range []bool{true, false} {
		var page struct {
			Introspection bool
			Queries       []string
		}
		if err := json.Unmarshal([]byte(get(t, web.New(web.Config{Introspection: introspection}), "/playground/page.json").body), &page); err != nil {
			t.Fatal(err)
		}
		if page.Introspection != introspection {
			t.Errorf("told %t, want %t", page.Introspection, introspection)
		}
		if diff := cmp.Diff(web.Queries(), page.Queries); diff != "" {
			t.Error(diff)
		}
	}
}

var (
	update = flag.Bool("update", false, "write the queries into ../docs/graphql.md")
	quoted = regexp.MustCompile("(?s)<!-- web/(queries/[\\w-]+\\.graphql) -->\n```graphql\n.*?```\n")
)

// TestQueriesAreDocumented holds docs/graphql.md to quote every query as it is, below a comment that names its file.
func TestQueriesAreDocumented(t *testing.T) {
	const document = "../docs/graphql.md"
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	missing, err := filepath.Glob("queries/*")
	if err != nil {
		t.Fatal(err)
	}
	want := quoted.ReplaceAllFunc(text, func(block []byte) []byte {
		name := string(quoted.FindSubmatch(block)[1])
		query, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		missing = slices.DeleteFunc(missing, func(m string) bool { return filepath.ToSlash(m) == name })
		return fmt.Appendf(nil, "<!-- web/%s -->\n```graphql\n%s```\n", name, query)
	})
	if len(missing) > 0 {
		t.Errorf("%s does not quote %v", document, missing)
	}
	if *update {
		if err := os.WriteFile(document, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(want), string(text)); diff != "" {
		t.Errorf("%s quotes other queries; run go test ./web -update (-want +got):\n%s", document, diff)
	}
}

// TestQueries holds the queries to the form of tabs: a question as a comment, and a name that no other tab has.
func TestQueries(t *testing.T) {
	form := regexp.MustCompile(`^# .+\nquery (\w+) \{\n`)
	var names []string
	for _, query := range web.Queries() {
		m := form.FindStringSubmatch(query)
		if m == nil {
			t.Errorf("wants a comment and a name first:\n%s", query)
			continue
		}
		if slices.Contains(names, m[1]) {
			t.Errorf("two tabs are called %s", m[1])
		}
		names = append(names, m[1])
	}
	if len(names) < 10 || names[0] != "SharedTopics" {
		t.Errorf("tabs: %v", names)
	}
}
