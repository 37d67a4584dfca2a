# Tasks of the project; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run stop status verify clock replay republish demo test test-kafka check clauses bench fmt schemas environment
MAKEFLAGS += --no-print-directory

ENV := .venv/.ready-$(firstword $(shell sha256sum requirements.lock.txt))
PY := .venv/bin/python
TIMED := deploy/local/timed.sh

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(ENV):
	@deploy/local/environment.sh "$@"

environment: $(ENV)

run: $(ENV) ## the whole system on this machine, without Docker or root; CITY=none|small|large, Ctrl-C ends it
	@exec $(PY) -m deploy.local run

stop: $(ENV) ## stop a system that runs in the background or was left over
	@$(PY) -m deploy.local stop

status: $(ENV) ## what runs, where, and how it is
	@$(PY) -m deploy.local status

verify: $(ENV) ## walk the audit chains of all processes; what was changed, removed or put in is named
	@$(PY) -m deploy.local verify

clock: $(ENV) ## move the business date forward: make clock DAY=2016-09-11
	@$(PY) -m deploy.local clock $(DAY)

replay: $(ENV) ## send again what some process lacks of the events of the last 35 days
	@$(PY) -m deploy.local replay

republish: $(ENV) ## let every owner tell its state again, so that a dropped copy fills
	@$(PY) -m deploy.local republish

demo: $(ENV) ## September and October 2016 in about a minute, day by day, with totals that balance
	@$(PY) -m deploy.demo

test: $(ENV) ## all tests; what cannot run here is named in the last lines
	@deploy/local/packages.sh browser
	@$(TIMED) test $(PY) -m tests.together $(ARGS)

test-kafka: $(ENV) ## the flows on Apache Kafka; TEST_KAFKA=container|jvm chooses how it is started
	@export TEST_KAFKA=$${TEST_KAFKA:-container-or-jvm}; \
	$(TIMED) kafka $(PY) -m tests.servers.kafka "$$TEST_KAFKA" && \
	$(TIMED) test-kafka $(PY) -m pytest -m "kafka or apache" $(ARGS)

check: $(ENV) ## style, types, walls between the rooms, contract schemas
	@failed=0; \
	$(TIMED) ruff .venv/bin/ruff check . || failed=1; \
	$(TIMED) format .venv/bin/ruff format --check --quiet . || failed=1; \
	$(TIMED) mypy .venv/bin/mypy || failed=1; \
	$(TIMED) imports .venv/bin/lint-imports --no-logo || failed=1; \
	$(TIMED) schemas $(PY) -m deploy.schemas check || failed=1; \
	exit $$failed

clauses: $(ENV) ## every sentence of the measure: where it stands, and the tests that hold it
	@$(TIMED) clauses $(PY) -m tests.clauses

bench: $(ENV) ## the benches: a table, and JSON lines in .local/bench.jsonl
	@$(TIMED) bench $(PY) -m tests.bench

fmt: $(ENV) ## format, and repair what ruff can repair
	@.venv/bin/ruff format --quiet . && .venv/bin/ruff check --fix .

schemas: $(ENV) ## write the contracts' schema snapshots and AsyncAPI documents anew
	@$(PY) -m deploy.schemas write
