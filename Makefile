# What CI runs is "make test". It needs Go; .ci/tools brings the rest.

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:

GO       ?= go
DIST     ?= dist
FUZZTIME ?= 30s
TSC      := npm exec --yes --package=typescript@7.0.2 -- tsc

# Packages that drive a browser or a toolchain, and programs: native only, and
# without the race detector, which slows them and has little to find there.
HOST := /(wasm/(build|shell|internal/(browser|clients|pagecost|policy|screenshot|shelltest|slowphone))|examples)(/|$$)

# Packages in which nothing runs at the same time, nor in their tests: the race
# detector has nothing to find there, and makes them up to ten times as slow.
ALONE := (/pledge/(schema|view|webform)|/wasm/internal/engine)$$

# Hostile feeds are drawn once more without it, as it takes too long for many; more
# of them by "make hostile".
FEEDS   ?= 200000
DRAWING := ./pledge/tally ./pledge/feed

# Packages are tested in the order in which they are named. Those that take longest,
# the shell, the widget and the counting, are at the end of the alphabet, where one
# processor would wait for the other.
LONGEST := sort -r

# The others run as js/wasm too; those with tests are tested in Node. What an engine
# consists of is tested as it is shipped: the compiler makes the same of its packages
# there, and what is edited, trimmed and rewritten is under all of them. What no engine has in it is never shipped so, and is tested as it is built.
# So is, once more, what an engine does whole: one of a toolchain whose sources
# aren't known is neither edited nor trimmed nor rewritten.
# They are compiled without paths, as engines are, so that the build cache has once
# what both need.
JS       := GOOS=js GOARCH=wasm
JS_PKGS   = $(JS) $(GO) list ./... | grep -vE '$(HOST)'
JS_TESTS  = $(JS) $(GO) list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./... | grep -vE '$(HOST)' | $(LONGEST)
ENGINES   = $(JS) $(GO) list -deps ./wasm/widget ./wasm/rules
WHOLE    := /wasm/internal/(engine|form)$$

# Directories with a module of their own.
MODULES = $(patsubst %/go.mod,%,$(shell find . -mindepth 2 -name go.mod -not -path '*/testdata/*' -not -path '*/node_modules/*'))

.PHONY: test help tools format vet native host js types tidy modules lint mutants build fuzz hostile wild bench sizes speed screenshots slowphone pagecost

# The browsers run beside the rest, as each of the two leaves a processor idle at
# times, and from the beginning, as they take longest. Both go on to their end,
# whatever the other one says.
test: tools format ## everything that CI checks (the default)
	@$(MAKE) host & browsers=$$!; failed=; \
	$(MAKE) vet native js types tidy modules || failed=1; \
	wait $$browsers || failed=1; [ -z "$$failed" ]

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

tools: ## install or name what the tests need beside Go
	@.ci/tools

format: ## gofmt has nothing to say
	@files=$$(gofmt -l .); [ -z "$$files" ] || { echo "gofmt -w" $$files; exit 1; }

# All of vet: the tests of the packages leave out the part that go test repeats, as
# it would look at the packages around them once more for each way to build them.
vet: ## go vet, native and as js/wasm
	$(GO) vet -p 2 ./...
	pkgs=$$($(JS_PKGS)); $(JS) $(GO) vet -p 2 -trimpath $$pkgs

native: ## tests with the race detector, but where nothing runs at the same time
	pkgs=$$($(GO) list ./... | grep -vE '$(HOST)' | $(LONGEST)); alone=$$(grep -E '$(ALONE)' <<<"$$pkgs"); raced=$$(grep -vE '$(ALONE)' <<<"$$pkgs"); \
	$(GO) test -p 2 -vet=off $$alone; $(GO) test -p 2 -vet=off -run Hostile ./pledge/internal/hostile $(DRAWING); $(GO) test -p 2 -vet=off -race $$raced

host: ## tests in three browsers, of the build and of the examples
	pkgs=$$($(GO) list ./... | grep -E '$(HOST)' | $(LONGEST)); $(GO) test -p 2 -vet=off -timeout 20m $$pkgs

js: ## tests as js/wasm in Node, as they are shipped (edited, trimmed, rewritten), and as they are built
	tests=$$($(JS_TESTS)); engines=$$($(ENGINES)); tmp=$$(mktemp -d); trap 'rm -r "$$tmp"' EXIT; \
	shipped=$$(grep -xF "$$engines" <<<"$$tests"); others=$$(grep -vxF "$$engines" <<<"$$tests"); whole=$$(grep -E '$(WHOLE)' <<<"$$shipped"); \
	$(JS) $(GO) test -p 2 -vet=off -trimpath -exec "'$(CURDIR)/.ci/go_js_wasm_exec'" $$others $$whole; \
	$(GO) build -o "$$tmp/trimexec" ./wasm/build/internal/trimexec; edits=$$("$$tmp/trimexec" -edits "$$tmp"); mapfile -t edits <<<"$$edits"; \
	env "$${edits[@]}" $(JS) $(GO) test -p 2 -vet=off -exec "$$tmp/trimexec" $$shipped

types: ## TypeScript's check of the shell
	[ ! -e wasm/shell/tsconfig.json ] || $(TSC) -p wasm/shell/tsconfig.json --noEmit </dev/null

tidy: ## go.mod and go.sum are what the imports need
	$(GO) mod tidy -diff

modules: ## vet, tests and go.mod of the modules below this one
	for m in $(MODULES); do (cd $$m && $(GO) test -p 2 -vet=all -race ./... && $(GO) mod tidy -diff); done

# Not a part of the tests: once the tools are built it takes about 35 seconds of a
# processor, and to build them takes three minutes.
lint: ## staticcheck, gosec and govulncheck; with STRICT=1 also where its database is missing
	pkgs=$$($(JS_PKGS) | tr '\n' ' '); $(GO) -C .ci run ./lint -js "$$pkgs" $(if $(STRICT),-strict)

# Where tests bite: so many changes of each package, drawn by a seed, and what no
# test notices. MUTANTS holds other flags and packages.
MUTANTS ?= -n 40 ./pledge/tally ./pledge ./pledge/feed ./pledge/webform ./wasm ./wasm/internal/engine

mutants: ## changes of the code that no test notices; MUTANTS="-changed main ./pledge"
	$(GO) -C .ci run ./mutants -skip '$(HOST)' $(MUTANTS)

build: ## everything a site needs, into dist/
	$(GO) run ./wasm/build -o $(DIST)

fuzz: ## every fuzz target for FUZZTIME (30s)
	.ci/fuzz $(FUZZTIME)

hostile: ## FEEDS (200,000) hostile feeds beside a plain recount
	for p in $(DRAWING); do $(GO) test -vet=off -timeout 0 -run Hostile -v $$p -feeds $(FEEDS); done

wild: ## DAYS (1000) days in the wild in BROWSER (chromium); SEED is that of the first
	$(GO) test -vet=off -timeout 0 -run 'TestBrowsers/$(or $(BROWSER),chromium)/others/days' ./wasm/internal/shelltest -wild $(or $(DAYS),1000) -wildseed $(or $(SEED),1)

bench: ## ours and its peers side by side, into examples/bench: results and README.md
	$(GO) -C examples/bench run . -readme README.md
	$(GO) -C examples/bench run . -load -sizes 200k,1M -readme README.md

sizes: ## what the engines consist of, and what an import costs on a page
	$(GO) run ./wasm/build/internal/sizes

speed: ## counting in Node, as the toolchain makes it and as it is shipped
	$(GO) run ./wasm/build/internal/sizes -speed

screenshots: ## pictures of the example page and of every view, into shots/
	$(GO) run ./wasm/internal/screenshot -o shots

slowphone: ## when the number is there on a slow phone, and how long the page is blocked
	$(GO) run ./wasm/internal/slowphone

pagecost: ## bytes, times, processor and memory of a page, in Chromium and Firefox
	$(GO) run ./wasm/internal/pagecost
