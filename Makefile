# The commands of the project: `make run` serves the made-up city, `make test` passes the tests.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := consent graph directory tests bench
# What `make test` leaves out of its coverage bars is said in pyproject.toml.
PYTEST := $(BIN)/python -m pytest
# Two processes: one has the embedded engine, one Neo4j, and both take files of tests without an engine.
SIDE_BY_SIDE := --numprocesses=2 --dist=loadgroup

.DEFAULT_GOAL := help
.PHONY: help run setup test quick nightly check format bench lock clean

help: ## List these commands.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-8s %s\n", $$1, $$2 }'

run: $(VENV)/ready ## Serve the whole synthetic city on the embedded engine (PORT, DATA choose otherwise).
	@exec $(BIN)/civic serve --synthetic

setup: $(VENV)/ready-dev ## Set up the virtual environment with everything for development.

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'This needs Python 3.11 or later: name one, as in PYTHON=python3.11 make run.' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo 'Python has no venv here: install it, as in apt-get install python3-venv.' >&2; exit 1; }
	@ln -sf bin/python $@

# The locks are whole, so nothing is resolved anew (--no-deps): pip would look past a pin for `coverage[toml]`
# as soon as a newer coverage is published, and then refuse it for want of a hash.
$(VENV)/ready: $(VENV)/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

test: check ## Pass the checks and all tests, on each engine that is here.
	$(PYTEST) $(SIDE_BY_SIDE) --durations=15 --cov --cov-report=term --cov-report=json:build/coverage.json
	$(BIN)/python -m tests.coverage_bars build/coverage.json

quick: $(VENV)/ready-dev ## Pass the part of the tests that takes less than a minute.
	$(PYTEST) -m 'not slow and not browser' -k 'not neo4j'

NIGHTLY ?= 200
nightly: $(VENV)/ready-dev ## Draw NIGHTLY times as many queries that try to tell withheld values apart, for hours.
	NIGHTLY=$(NIGHTLY) $(PYTEST) $(SIDE_BY_SIDE) --timeout=0 tests/directory/contacts/test_withheld_values_tell_nothing.py

check: $(VENV)/ready-dev ## Check format, lint, types, contracts and file lengths.
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m tests.house_rules

format: $(VENV)/ready-dev ## Format the code and mend what can be mended.
	$(BIN)/ruff check --fix-only $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

bench: $(VENV)/ready-dev ## Measure, as ratios in one run, and write docs/benchmarks.md.
	$(BIN)/python -m bench

lock: $(VENV)/ready-dev ## Lock the dependencies anew, with hashes.
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --generate-hashes --output-file requirements.lock --extra build pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --generate-hashes --output-file requirements-dev.lock --extra build --extra dev pyproject.toml

clean: ## Remove the virtual environment and what was built; the data folder stays.
	rm -rf $(VENV) build *.egg-info
