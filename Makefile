# Everything a developer or CI runs. `make` alone lists it.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c

MODULE     := github.com/papergraph/papergraph
TOOL       := go tool -modfile=tools/go.mod
FUZZTIME   ?= 10s
SOAKHOURS  ?= 8
BENCH      ?= .
BENCHCOUNT ?= 6
REF        ?= main
CHROMIUM   ?= /usr/bin/chromium

.DEFAULT_GOAL := help
.PHONY: help run generate generated fmt lint test test-short check neo4j neo4j-env neo4j-shell neo4j-stop neo4j-clean deployment web web-check browser schema-lint bibliography-check graph-readers fuzz nightly soak bench bench-compare cover vulncheck eval lines clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## serve the bundled reading list at http://127.0.0.1:8080 (ARGS='--help' for more)
	go run . $(ARGS)

generate: ## write graph/generated and the resolver stubs from schema/
	go tool gqlgen generate

# Compared with the files as they were, so that uncommitted work does not count as a difference.
generated: ## generate, and fail if that changes anything
	@before=$$(mktemp -d); trap 'rm -rf "$$before"' EXIT; \
	cp -R graph "$$before"; \
	$(MAKE) --no-print-directory generate; \
	diff -r "$$before/graph" graph || { echo 'graph/ was not up to date with schema/: commit what `make generate` wrote'; exit 1; }; \
	test ! -e graph/generated/models_gen.go || { echo 'graph/generated/models_gen.go: a type of the schema has no Go type of ours'; exit 1; }

fmt: ## format the Go files
	$(TOOL) gofumpt -w .

lint: ## run the linters of .golangci.yml, formatting included
	$(TOOL) golangci-lint run

# $(call gotest,FLAGS) tests every package. Neo4j Community has one database: packages whose tests can reach store/neo4j go one after the
# other when there is one, after all others. A failure of the first run does not keep the second from taking place.
define gotest
@neo4j=$$(go list -test -f '{{.ImportPath}} {{join .Deps " "}}' ./... | sed -n 's|^\([^ ]*\)\.test .* $(MODULE)/store/neo4j .*|\1|p'); \
	others=$$(go list ./... | grep -vxF "$$neo4j"); status=0; \
	go test $(1) $$others || status=$$?; \
	if [ -n "$$neo4j" ]; then go test $(if $(NEO4J_URI),-p=1) $(1) $$neo4j || status=$$?; fi; \
	exit $$status
endef

test: ## THE test command, the same for you and CI: vet, build, all tests under the race detector
	go vet ./...
	go build ./...
	$(call gotest,-race -timeout=10m $(TESTFLAGS))

test-short: ## the quick tests, without the race detector
	$(call gotest,-short)

check: generated lint deployment web-check schema-lint bibliography-check graph-readers browser test ## all that CI checks before a change goes in

neo4j: ## start a real Neo4j in .neo4j/ for the tests; needs Java 17 and Maven
	@scripts/neo4j start

neo4j-env: ## print what makes tests and papergraph use it: eval "$(make -s neo4j-env)"
	@scripts/neo4j env

neo4j-shell: ## ask it in Cypher (ARGS="'MATCH (n) RETURN count(n)'" for one statement)
	@scripts/neo4j shell $(ARGS)

neo4j-stop: ## stop it; its data stay
	@scripts/neo4j stop

neo4j-clean: ## stop it and remove its data
	@scripts/neo4j clean

# Uncached: for the cache, Go looks at no files outside of the module.
deployment: ## check Dockerfile and docker-compose.yml by the parsers of BuildKit and Compose
	cd tools/deployment && go vet . && go test -count=1 .

%/node_modules: %/package-lock.json
	cd $(@D) && npm ci --loglevel=error
	touch $@

web: web/playground/node_modules ## build the embedded pages, web/dist; this and the next three need Node 20.19 or newer
	cd web/playground && npm run build

# Unpacked, since other versions of zlib may pack the same bytes in another way.
web-check: web/playground/node_modules ## build them again, and fail if web/dist holds anything else
	@there=$$(mktemp -d); trap 'rm -rf "$$there"' EXIT; \
	cp -R web/dist "$$there/committed"; \
	(cd web/playground && npm run --silent build -- --logLevel warn --outDir "$$there/built"); \
	gunzip -r "$$there"; \
	diff -rq "$$there/committed" "$$there/built" || { echo 'web/dist is not what web/playground makes: commit what `make web` wrote'; exit 1; }; \
	echo "web/dist is what web/playground makes: $$(find "$$there/built" -type f | wc -l) files, byte for byte"

# $(call compiled,FOLDER) runs the tests of a folder against the compiled program.
define compiled
@there=$$(mktemp -d); trap 'rm -rf "$$there"' EXIT; \
	go build -o "$$there/papergraph" .; \
	export PAPERGRAPH="$$there/papergraph"; \
	cd $(1) && npm test --silent
endef

browser: export CHROMIUM := $(CHROMIUM)
browser: web/test/node_modules ## test the playground in Chromium; pictures go to web/test/screenshots
	$(call compiled,web/test)

schema-lint: tools/schema/node_modules ## judge the schema by graphql-js, graphql-eslint, relay-compiler and the last release
	$(call compiled,tools/schema)

bibliography-check: tools/bibliography/node_modules ## read the bibliographies we write with Citation.js
	@cd tools/bibliography && npm test --silent

tools/graph/.venv: tools/graph/requirements.txt
	python3 -m venv $@
	$@/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $<
	touch $@

graph-readers: tools/graph/node_modules tools/graph/.venv ## read the files that graphs are exported to by the programs they are for; needs Python 3.11 or newer
	cd tools/graph && PYTHON=.venv/bin/python npm test --silent

fuzz: ## fuzz every target for FUZZTIME, one after the other
	@grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' . | sort | while IFS=: read -r file target; do \
		go test -run='^$$' -fuzz="^$${target#func }\$$" -fuzztime=$(FUZZTIME) "$$(dirname "$$file")"; \
	done

nightly: export PAPERGRAPH_LONG := 1
nightly: ## the long forms: more kill rounds, more random graphs, longer fuzzing
	$(call gotest,-race -count=1 -timeout=3h)
	$(MAKE) --no-print-directory fuzz FUZZTIME=2m

soak: ## the long forms of the stores' tests, again and again for SOAKHOURS
	while [ $$SECONDS -lt $$(($(SOAKHOURS) * 3600)) ]; do \
		PAPERGRAPH_LONG=1 go test -race -count=1 -timeout=3h ./projection/... ./store/...; \
	done

bench: ## run the benchmarks that match BENCH; each checks its answer first
	go test -run='^$$' -bench='$(BENCH)' -benchmem -timeout=1h ./...

bench-compare: ## benchmark REF and the working tree BENCHCOUNT times each and compare them
	@there=$$(mktemp -d); trap 'git worktree remove --force "$$there/ref"; rm -rf "$$there"' EXIT; \
	git worktree add --quiet --detach "$$there/ref" $(REF); \
	(cd "$$there/ref" && go test -run='^$$' -bench='$(BENCH)' -benchmem -count=$(BENCHCOUNT) -timeout=3h ./...) > "$$there/ref.txt"; \
	go test -run='^$$' -bench='$(BENCH)' -benchmem -count=$(BENCHCOUNT) -timeout=3h ./... > "$$there/here.txt"; \
	$(TOOL) benchstat "$(REF)=$$there/ref.txt" "here=$$there/here.txt"

cover: ## run the tests with coverage; `go tool cover -html=cover.out` shows it
	go test -p=1 -coverpkg=./... -coverprofile=cover.out ./...
	go tool cover -func=cover.out | tail -n 1

vulncheck: ## report known vulnerabilities that the code can reach
	$(TOOL) govulncheck ./...

eval: ## measure how well related work finds hidden references; needs the samples beside the repository
	go test -count=1 -run='^TestEvaluation$$' -v ./explore -signals

lines: ## count the lines of Go by folder: code, tests and generated apart
	@printf '%-24s %8s %8s %10s\n' folder code tests generated
	@git ls-files '*.go' | xargs awk ' \
		function flush() { if (file != "") { count[folder, kind] += lines; total[kind] += lines; seen[folder] } } \
		FNR == 1 { flush(); file = folder = FILENAME; if (!sub(/\/[^\/]*$$/, "", folder)) folder = "."; \
			kind = file ~ /_test\.go$$/ ? "tests" : "code" } \
		/^\/\/ Code generated .* DO NOT EDIT\.$$/ { kind = "generated" } \
		{ lines = FNR } \
		END { flush(); \
			for (folder in seen) printf "%-24s %8d %8d %10d\n", folder, count[folder, "code"], count[folder, "tests"], count[folder, "generated"] | "sort"; \
			close("sort"); \
			printf "%-24s %8d %8d %10d\n", "all", total["code"], total["tests"], total["generated"] }'

clean: ## remove what was built and measured, never a store
	rm -f papergraph cover.out *.prof *.test
