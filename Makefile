# Oasis-Scheduler. `make` alone prints the targets.
.DEFAULT_GOAL := help
SHELL := /bin/sh

version := $(shell sed -n '/<artifactId>oasis-parent</,/<version>/s/.*<version>\(.*\)<\/version>.*/\1/p' pom.xml)

# Everything that the packages are made of. Folders are listed too: deleting a file changes its folder.
sources := pom.xml $(wildcard .mvn/*) $(shell find oasis-* src-ui-qute -name pom.xml -not -path '*/target/*' -o -path '*/src/main*' -not -path '*/target/*')
built := target/built.stamp

# Extra arguments for Maven, for example: make test MVN_ARGS="-o -Dtest=FooTest -Dsurefire.failIfNoSpecifiedTests=false"
MVN_ARGS ?=
# Sets JAVA_HOME to a JDK that fits, and makes sure that there is a Maven; or says in one line what is missing.
tools = JAVA_HOME=$$(deploy/bin/find-jdk) || exit 1; export JAVA_HOME; \
	command -v mvn >/dev/null || { echo "oasis: Maven is missing; install Maven 3.8 or newer (package \"maven\")" >&2; exit 1; }
mvn = mvn -B $(MVN_ARGS)

.PHONY: help run dev build cache test it chaos bench bench-soak bench-smoke seed check check-code check-format check-scripts fmt dist native clean

help:
	@echo "Targets:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F'|' '{ printf "  make %-14s %s\n", $$1, $$2 }'

run: ## build what is missing, then run server, worker and the examples until Ctrl-C
	@exec deploy/bin/run-local

dev: ## run the server alone with live reload, on its own database
	@$(tools); OASIS_DATA_DIR=$${OASIS_DATA_DIR:-$(CURDIR)/data}; export OASIS_DATA_DIR; \
	$(mvn) -q -pl oasis-server -am -Dquarkus.analytics.disabled=true compile quarkus:dev

build: $(built) ## build server, CLI, worker and SDK, without tests
	@:

$(built): $(sources)
	@$(tools); echo "Building Oasis $(version) (the first time, Maven downloads what it needs)"; \
	$(mvn) -q -pl '!oasis-it' -Dmaven.test.skip=true package
	@mkdir -p $(@D) && touch $@

cache: $(built) ## what makes the server start faster on this machine's Java (25 and newer)
	@deploy/bin/make-cache

test: ## unit tests and in-process tests of all modules
	@$(tools); $(mvn) -pl '!oasis-it' test

it: $(built) ## end-to-end tests: server, CLI, worker and browser as real processes
	@$(tools); $(mvn) -pl oasis-it verify

# What the chaos run is drawn from, for example: make chaos SEED=42 MINUTES=10. The same seed and minutes are the same
# jobs and the same plan.
SEED ?= $(shell od -An -N3 -tu4 /dev/urandom | tr -d ' ')
MINUTES ?= 4
chaos: $(built) ## breaks a cluster at random for MINUTES=4 by a plan of SEED=…, then counts gaps and doubles
	@echo "SEED=$(SEED) MINUTES=$(MINUTES)   (to replay: make chaos SEED=$(SEED) MINUTES=$(MINUTES))"
	@$(tools); $(mvn) -q -pl oasis-it test-compile failsafe:integration-test failsafe:verify -Dit.test=ChaosIT -Dchaos.seed=$(SEED) -Dchaos.minutes=$(MINUTES)

# Flags of the benchmark, for example: make bench BENCH_ARGS="--measure=throughput --contenders=oasis,db-scheduler"
BENCH_ARGS ?=
bench = exec "$$JAVA_HOME/bin/java" -jar oasis-bench/target/oasis-bench-$(version).jar
bench: cache ## Oasis and its peers on one PostgreSQL: throughput, CPU, lateness, scale (20 to 25 minutes)
	@$(tools); $(bench) $(BENCH_ARGS)

bench-soak: $(built) ## ten minutes at 1,000 jobs a second with a million jobs
	@$(tools); $(bench) --mode=soak $(BENCH_ARGS)

bench-smoke: $(built) ## a small round of the benchmark that proves and does not measure
	@$(tools); $(bench) --mode=smoke

# What make seed writes, and where: about RUNS runs over DAYS days, into the folder DATA (a PostgreSQL of its own), or into the
# database of OASIS_DB_URL. The same SEED is the same history. docs/performance.md says more.
RUNS ?= 10000000
DAYS ?= 30
JOBS ?= 0
IDLE_JOBS ?= 0
SWITCH_ON ?= yes
FORCE ?= no
DATA ?= $(CURDIR)/target/seed/data
seed: $(built) ## fills a database with a history: RUNS=10000000 over DAYS=30, drawn from SEED=1
	@$(tools); exec "$$JAVA_HOME/bin/java" -cp oasis-bench/target/oasis-bench-$(version).jar io.oasis.bench.seed.Seed \
	  --runs=$(RUNS) --days=$(DAYS) --jobs=$(JOBS) --idle-jobs=$(IDLE_JOBS) --seed=$(if $(filter file,$(origin SEED)),1,$(SEED)) \
	  --data="$(DATA)" --switch-on=$(SWITCH_ON) --force=$(FORCE)

check: check-format check-scripts ## what CI runs: format, scripts, error-prone, all tests, a small benchmark and the end-to-end tests
	@$(tools); $(mvn) -Pcheck -pl '!oasis-it' verify
	@mkdir -p $(dir $(built)) && touch $(built)
	@$(tools); $(bench) --mode=smoke
	@$(tools); $(mvn) -pl oasis-it verify

check-code: ## what does error-prone find in the main sources?
	@$(tools); $(mvn) -q -Pcheck -pl '!oasis-it' compile

check-format: ## is every Java file formatted?
	@$(tools); $(mvn) -q spotless:check

scripts := $(wildcard bin/* deploy/bin/* .ci/run docs/examples/scripts/*.sh)
check-scripts: ## are the shell scripts sound?
	@for script in $(scripts); do case $$(head -1 $$script) in *bash*) bash -n $$script ;; *) sh -n $$script ;; esac || exit 1; done
	@if command -v shellcheck >/dev/null; then shellcheck -x $(scripts); else echo "shellcheck is not installed: syntax checked only"; fi

fmt: ## format every Java file
	@$(tools); $(mvn) -q spotless:apply

dist: $(built) ## dist/oasis-VERSION and its tar.gz, with native binaries where 'make native' made them
	@deploy/bin/make-dist $(version)

# The jars first: a binary older than its jar is taken for a stale one. The locale, because the image keeps the builder's
# encoding of file names for good.
native: $(built) ## native binaries of server, CLI and worker (needs GraalVM's native-image)
	@JAVA_HOME=$$(deploy/bin/find-native-image) || exit 1; export JAVA_HOME; LC_ALL=C.UTF-8; export LC_ALL; \
	$(mvn) -q -pl '!oasis-it' -Pnative -Dmaven.test.skip=true package

clean: ## remove what was built (never ./data)
	@rm -rf dist target oasis-*/target oasis-*/*/target oasis-*/*/*/target src-ui-qute/target
