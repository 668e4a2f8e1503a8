// Package web is the pages that papergraph serves to people: bytes built from the sources beside it, and the headers they go out with.
package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed all:dist
var dist embed.FS

//go:embed queries/*.graphql
var queries embed.FS

// Config says what the pages are told about their server.
type Config struct {
	Introspection bool // the playground may ask for the schema
}

// policy lets a page load from its own server only, and nobody frame it. Styles alone may be inline: the editor writes its own while it runs.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; " +
	"connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".md":   "text/markdown; charset=utf-8",
	".svg":  "image/svg+xml",
	".ttf":  "font/ttf",
}

// pages are files by their address.
type pages map[string]*file

// New returns the handler of "/", which leads to the playground, of "/playground", and of the files that the playground loads from below it.
func New(config Config) http.Handler {
	p := pages{}
	for _, pattern := range []string{"dist/*.gz", "dist/*/*.gz"} {
		for _, name := range must(fs.Glob(dist, pattern)) {
			address := strings.TrimSuffix(strings.TrimPrefix(name, "dist"), ".gz")
			p[strings.TrimSuffix(address, ".html")] = newFile(path.Ext(address), must(dist.ReadFile(name)))
		}
	}
	// What the playground asks its server first.
	page := must(json.Marshal(map[string]any{"introspection": config.Introspection, "queries": Queries()}))
	p["/playground/page.json"] = newFile(".json", pack(page))
	return p
}

// Queries are the worked queries of the playground, in the order of its tabs.
func Queries() []string {
	var all []string
	for _, name := range must(fs.Glob(queries, "queries/*.graphql")) {
		all = append(all, string(must(queries.ReadFile(name))))
	}
	return all
}

// must is for what fails for no input, only for a program built wrong: embedded files can be read, and they unpack.
func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// The redirect is relative, so that it holds behind any prefix.
func (p pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/":
		w.Header().Set("Location", "playground")
		w.WriteHeader(http.StatusFound)
		return
	case "/playground/":
		w.Header().Set("Location", "../playground")
		w.WriteHeader(http.StatusFound)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	f := p[r.URL.Path]
	if f == nil {
		http.NotFound(w, r)
		return
	}
	f.serve(w, r)
}

// file is what one address answers, packed by gzip, and unpacked once the first client wants it so.
type file struct {
	contentType, cache, hash string
	packed                   []byte
	plain                    func() []byte
}

func newFile(ext string, packed []byte) *file {
	hash := sha256.Sum256(packed)
	f := &file{contentType: contentTypes[ext], cache: "public, max-age=31536000, immutable", hash: hex.EncodeToString(hash[:8]), packed: packed}
	if ext == ".html" || ext == ".json" || ext == ".md" { // all others bear a hash of their content in their name
		f.cache = "no-cache"
	}
	f.plain = sync.OnceValue(func() []byte { return unpack(packed) })
	return f
}

func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("Cache-Control", f.cache)
	h.Add("Vary", "Accept-Encoding")
	content, tag := f.packed, f.hash+"-gzip"
	if acceptsGzip(r.Header.Get("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
		h.Set("Content-Length", strconv.Itoa(len(content))) // net/http leaves it out of encoded content
	} else {
		content, tag = f.plain(), f.hash
	}
	h.Set("ETag", `"`+tag+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// acceptsGzip reads Accept-Encoding: gzip, or anything at all, with a weight that is not zero.
func acceptsGzip(header string) bool {
	others := false
	for part := range strings.SplitSeq(header, ",") {
		coding, weight, _ := strings.Cut(part, ";")
		_, value, weighted := strings.Cut(weight, "=")
		q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
		accepted := !weighted || err == nil && q > 0
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip", "x-gzip":
			return accepted
		case "*":
			others = accepted
		}
	}
	return others
}

func pack(content []byte) []byte {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	must(w.Write(content))
	must(0, w.Close())
	return packed.Bytes()
}

func unpack(packed []byte) []byte {
	return must(io.ReadAll(must(gzip.NewReader(bytes.NewReader(packed)))))
}
