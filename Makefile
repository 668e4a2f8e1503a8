# Everything a developer or CI runs. `make` alone lists it.

SHELL       := /bin/bash
.SHELLFLAGS := -euo pipefail -c

TOOL       := go tool -modfile=tools/go.mod
FUZZTIME   ?= 10s
SOAKHOURS  ?= 8
BENCH      ?= .
BENCHCOUNT ?= 6
REF        ?= main

.DEFAULT_GOAL := help
.PHONY: help run generate generated fmt lint test test-short check fuzz nightly soak bench bench-compare cover vulncheck lines clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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

test: ## THE test command, the same for you and CI: vet, build, all tests under the race detector
	go vet ./...
	go build ./...
	go test -race -timeout=10m $(TESTFLAGS) ./...

test-short: ## the quick tests, without the race detector
	go test -short ./...

check: generated lint test ## all that CI checks before a change goes in

fuzz: ## fuzz every target for FUZZTIME, one after the other
	@grep -rEo --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' . | sort | while IFS=: read -r file target; do \
		go test -run='^$$' -fuzz="^$${target#func }\$$" -fuzztime=$(FUZZTIME) "$$(dirname "$$file")"; \
	done

nightly: ## the long forms: more kill rounds, more random graphs, longer fuzzing
	PAPERGRAPH_LONG=1 go test -race -count=1 -timeout=3h ./...
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
	go test -coverpkg=./... -coverprofile=cover.out ./...
	go tool cover -func=cover.out | tail -n 1

vulncheck: ## report known vulnerabilities that the code can reach
	$(TOOL) govulncheck ./...

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
