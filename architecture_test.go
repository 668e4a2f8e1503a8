package main

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/papergraph/papergraph"

// layer is one row of the import table: what the non-test files of a folder may import besides the standard library.
type layer struct {
	folder string   // one folder; "formats/*" is each folder directly below formats; "." is package main
	module []string // folders of this module, written the same way; "*" is all of them
	third  []string // third-party modules, by path prefix; "*" is all of them
	why    string   // the reason, as the failing test gives it
}

const (
	gqlgen    = "github.com/99designs/gqlgen"
	gqlparser = "github.com/vektah/gqlparser/v2"
)

// layers is the table. Imports point downward only; the first row that fits a folder counts.
var layers = []layer{
	{
		folder: "literature",
		why:    "the nouns and their rules stand on the standard library alone, so that every layer can share them",
	},
	{
		folder: "access",
		why:    "caller and role travel in a context and concern no other layer",
	},
	{
		folder: "web",
		why:    "the embedded pages are bytes to serve",
	},
	{
		folder: "corpus",
		why:    "the reading list is bytes to embed; formats/native gives them a meaning",
	},
	{
		folder: "analysis",
		third:  []string{"golang.org/x/text", "github.com/blevesearch/segment", "github.com/blevesearch/snowballstem"},
		why:    "text becomes tokens the same way for every store and every query, so analysis knows text libraries and nothing of ours",
	},
	{
		folder: "store",
		module: []string{"literature", "analysis"},
		why:    "store knows neither GraphQL nor a database: it is the contract that both sides obey, and a type of either would tie them together",
	},
	{
		folder: "projection",
		module: []string{"store", "literature"},
		third:  []string{"github.com/tidwall/btree"},
		why:    "the graph in memory knows no disk, so that it can stand over any store",
	},
	{
		folder: "store/sqlite",
		module: []string{"store", "literature", "analysis", "projection"},
		third:  []string{"modernc.org/sqlite", "github.com/goccy/go-json"},
		why:    "a backend knows its own driver and what lies below the contract, never another backend and nothing above",
	},
	{
		folder: "store/neo4j",
		module: []string{"store", "literature", "analysis", "projection"},
		third:  []string{"github.com/neo4j/neo4j-go-driver/v5"},
		why:    "a backend knows its own driver and what lies below the contract, never another backend and nothing above",
	},
	{
		folder: "store/neo4j/neo4jtest",
		module: []string{"store/neo4j"},
		third:  []string{"github.com/neo4j/neo4j-go-driver/v5"},
		why:    "tests of any package may open an emptied Neo4j, and need nothing else of it",
	},
	{
		folder: "store/storetest",
		module: []string{"store", "literature", "analysis"},
		third:  []string{"github.com/google/go-cmp", "pgregory.net/rapid"},
		why:    "the conformance suite judges any store by its contract, so it can favour none",
	},
	{
		folder: "explore",
		module: []string{"store", "literature", "analysis"},
		third:  []string{"gonum.org/v1/gonum"},
		why:    "questions of several steps are asked of store.Reader, whichever store answers and whoever asks",
	},
	{
		folder: "formats/*",
		module: []string{"literature"},
		third:  []string{"github.com/goccy/go-yaml", "golang.org/x/text"},
		why:    "a format turns bytes into nouns; where they are stored is not its concern, and formats do not know each other",
	},
	{
		folder: "formats",
		module: []string{"formats/*", "literature"},
		why:    "the registry knows the formats and the nouns they give",
	},
	{
		folder: "importer",
		module: []string{"store", "literature", "analysis", "formats"},
		why:    "an import runs against the contract, with or without a GraphQL server around it",
	},
	{
		folder: "curate",
		module: []string{"store", "literature"},
		why:    "a change by hand is a batch for the contract, whoever asks for it",
	},
	{
		folder: "loaders",
		module: []string{"store", "explore", "literature"},
		third:  []string{"github.com/vikstrous/dataloadgen"},
		why:    "loaders gather the reads of one request into calls of store.Reader, and do nothing else",
	},
	{
		folder: "graph/scalar",
		module: []string{"literature", "store", "explore", "importer", "curate"},
		third:  []string{gqlgen, gqlparser},
		why:    "scalars translate single values, so they need the types and never the resolvers",
	},
	{
		folder: "graph/api",
		module: []string{"literature", "store", "explore", "formats/graphfile"},
		why:    "pages and cursors look alike for every field, so the types of the schema need the pages of the store and no resolver",
	},
	{
		folder: "graph/generated",
		module: []string{"graph/scalar", "graph/api", "literature", "store", "explore", "importer", "curate", "formats", "formats/citation", "formats/graphfile"},
		third:  []string{gqlgen, gqlparser},
		why:    "generated code needs the types that the schema is bound to; another import here means that gqlgen.yml binds something it should not",
	},
	{
		folder: "gqlhttp",
		module: []string{"access"},
		third:  []string{gqlgen, gqlparser},
		why:    "GraphQL over HTTP works for any schema, so it knows nothing of papers",
	},
	{
		folder: "graph",
		module: []string{"graph/*", "gqlhttp", "loaders", "store", "explore", "importer", "curate", "formats", "formats/citation", "formats/graphfile", "access", "literature"},
		third:  []string{gqlgen, gqlparser, "github.com/go-viper/mapstructure"},
		why:    "a resolver takes its arguments, makes one call and returns; a backend, a driver or a parser in it would be a second place for the same work",
	},
	{
		folder: ".",
		module: []string{"*"},
		third:  []string{"*"},
		why:    "main puts the parts together",
	},
}

// The only file that names a backend, so that the next backend is one more case there.
const backendFile = "server.go"

func TestImports(t *testing.T) {
	const remedy = "\n\tMove the code to a package that may import it, or take the value as a parameter or a small interface." +
		"\n\tIf the table itself is wrong, change it here and in ARCHITECTURE.md and say why in docs/decisions.md."
	for _, file := range goFiles(t) {
		row := slices.IndexFunc(layers, func(l layer) bool { return fits(l.folder, file.folder) })
		if row < 0 {
			t.Errorf("%s: folder %s has no row in the import table"+
				"\n\tA new package is a decision: give it a row in architecture_test.go and ARCHITECTURE.md.", file.path, file.folder)
			continue
		}
		for _, imported := range file.imports {
			if !layers[row].allows(imported) {
				t.Errorf("%s imports %s, which %s may not: %s.%s", file.path, imported, file.folder, layers[row].why, remedy)
			}
			backend := strings.TrimPrefix(imported, module+"/")
			if file.folder == "." && file.path != backendFile && (backend == "store/sqlite" || backend == "store/neo4j") {
				t.Errorf("%s imports %s: only %s names a backend, so that the next one is one more case there.%s",
					file.path, imported, backendFile, remedy)
			}
		}
	}
}

func TestNoCatchAllFolders(t *testing.T) {
	walk(t, func(name string, entry fs.DirEntry) {
		if entry.IsDir() && slices.Contains([]string{"internal", "pkg", "cmd", "utils"}, entry.Name()) {
			t.Errorf("folder %s: folders are named after what they hold, and the whole module is one program; name the noun", name)
		}
	})
}

func TestStoreContractIsSmall(t *testing.T) {
	const limit = 15
	if _, err := os.Stat("store"); os.IsNotExist(err) {
		t.Skip("folder store does not exist yet")
	}
	interfaces := map[string]*ast.InterfaceType{}
	for _, file := range goFiles(t) {
		if file.folder != "store" {
			continue
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), file.path, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(syntax, func(node ast.Node) bool {
			if spec, ok := node.(*ast.TypeSpec); ok {
				if declared, ok := spec.Type.(*ast.InterfaceType); ok {
					interfaces[spec.Name.Name] = declared
				}
			}
			return true
		})
	}
	var methods []string
	var collect func(name string)
	collect = func(name string) {
		declared, ok := interfaces[name]
		if !ok {
			t.Fatalf("store has no interface %s: the contract is Reader and Writer, spelled out in that package", name)
		}
		for _, field := range declared.Methods.List {
			for _, method := range field.Names {
				methods = append(methods, method.Name)
			}
			if len(field.Names) == 0 { // embedded
				collect(embeddedName(field.Type))
			}
		}
	}
	collect("Reader")
	collect("Writer")
	if len(methods) > limit {
		t.Errorf("store.Reader and store.Writer have %d methods, %d are the limit: %s"+
			"\n\tA new need becomes a field of a query struct, or a function in explore over the methods there are.",
			len(methods), limit, strings.Join(methods, ", "))
	}
}

func TestNoGeneratedModels(t *testing.T) {
	const models = "graph/generated/models_gen.go"
	if _, err := os.Stat(models); err == nil {
		t.Errorf("%s exists: a type of the schema has no Go type of ours."+
			"\n\tWrite the type in the package of its noun, or bind it in gqlgen.yml, and run `make generate`.", models)
	}
}

func TestPackageComments(t *testing.T) {
	commented := map[string]bool{}
	for _, file := range goFiles(t) {
		doc := file.syntax.Doc.Text()
		opening := "Package " + file.syntax.Name.Name + " "
		if file.syntax.Name.Name == "main" {
			opening = "" // a command says what it does
		}
		// A package that is generated as a whole is described by its generator.
		good := ast.IsGenerated(file.syntax) || doc != "" && strings.HasPrefix(doc, opening)
		commented[file.folder] = commented[file.folder] || good
	}
	for folder, ok := range commented {
		if !ok {
			t.Errorf("package in %s has no package comment: say in one to four lines what it is and what it is not, starting with “Package NAME”", folder)
		}
	}
}

func TestFileLength(t *testing.T) {
	const limit = 600
	for _, file := range goFiles(t) {
		if file.lines > limit && !ast.IsGenerated(file.syntax) {
			t.Errorf("%s has %d lines, %d are the limit: look for the second concept in it and give that its own file", file.path, file.lines, limit)
		}
	}
}

// A machine's own folders, as they slip into a document with a pasted command.
var machinePath = regexp.MustCompile("(?m)(?:^|[\\s\"'`(=])(/(?:home|root|work|tmp|Users)/\\S*|[A-Z]:\\\\\\S*)")

func TestDocsNameNoMachine(t *testing.T) {
	for name, text := range documents(t) {
		for _, match := range machinePath.FindAllStringSubmatch(text, -1) {
			t.Errorf("%s names %s, a path of one machine: write it relative to the repository", name, match[1])
		}
	}
}

var (
	fencedBlock  = regexp.MustCompile("(?ms)^[ \t]*```.*?^[ \t]*```[ \t]*$")
	markdownLink = regexp.MustCompile(`\]\(<?([^)\s>]+)>?[^)]*\)|(?m:^\[[^\]]+\]:\s+(\S+))`)
	absoluteURL  = regexp.MustCompile(`^[a-z][a-z0-9+.-]*:`)
)

func TestDocLinks(t *testing.T) {
	for name, text := range documents(t) {
		for _, match := range markdownLink.FindAllStringSubmatch(fencedBlock.ReplaceAllString(text, ""), -1) {
			target, _, _ := strings.Cut(match[1]+match[2], "#")
			if target == "" || absoluteURL.MatchString(target) {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), filepath.FromSlash(target))); err != nil || path.IsAbs(target) {
				t.Errorf("%s links to %s, which does not exist: correct the link or remove it", name, target)
			}
		}
	}
}

// allows tells whether the row covers an import path.
func (l layer) allows(imported string) bool {
	if imported == module {
		return false // main is not a library
	}
	if folder, ours := strings.CutPrefix(imported, module+"/"); ours {
		return slices.ContainsFunc(l.module, func(pattern string) bool { return fits(pattern, folder) })
	}
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") {
		return true // standard library
	}
	return slices.ContainsFunc(l.third, func(prefix string) bool {
		return prefix == "*" || imported == prefix || strings.HasPrefix(imported, prefix+"/")
	})
}

// fits matches a folder against a pattern of the table.
func fits(pattern, folder string) bool {
	if pattern == "*" {
		return true
	}
	matched, err := path.Match(pattern, folder)
	return matched && err == nil
}

// embeddedName is the name of an interface embedded in another, as written.
func embeddedName(expr ast.Expr) string {
	switch expr := expr.(type) {
	case *ast.Ident:
		return expr.Name
	case *ast.SelectorExpr:
		return embeddedName(expr.X) + "." + expr.Sel.Name
	default:
		return "(unnamed)"
	}
}

// goFile is one non-test Go file of the module.
type goFile struct {
	path    string // with slashes, relative to the module
	folder  string
	imports []string
	lines   int
	syntax  *ast.File // down to the imports
}

// goFiles reads every non-test Go file of the module, whatever its build tags, except generators (`//go:build ignore`): no package holds them.
func goFiles(t *testing.T) []goFile {
	t.Helper()
	var files []goFile
	walk(t, func(name string, entry fs.DirEntry) {
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		syntax, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if isGenerator(syntax) {
			return
		}
		file := goFile{path: name, folder: path.Dir(name), lines: bytes.Count(text, []byte("\n")), syntax: syntax}
		for _, spec := range syntax.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			file.imports = append(file.imports, imported)
		}
		files = append(files, file)
	})
	return files
}

// isGenerator tells whether a file is a program of its own, run by `go run FILE`.
func isGenerator(syntax *ast.File) bool {
	return slices.ContainsFunc(syntax.Comments, func(group *ast.CommentGroup) bool {
		return group.Pos() < syntax.Package && group.List[0].Text == "//go:build ignore"
	})
}

// documents returns the text of every Markdown file of the project by its path.
func documents(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	walk(t, func(name string, entry fs.DirEntry) {
		if entry.IsDir() || !strings.HasSuffix(name, ".md") {
			return
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		texts[name] = string(text)
	})
	return texts
}

// walk visits the project's own files and folders: no hidden ones, no test data, nothing that was installed.
func walk(t *testing.T, visit func(name string, entry fs.DirEntry)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := entry.Name()
		skipped := base == "testdata" || base == "node_modules" || name != "." && base[0] == '.'
		if skipped && entry.IsDir() {
			return fs.SkipDir
		}
		if !skipped {
			visit(name, entry)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
