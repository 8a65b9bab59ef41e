# Two commands matter: `make lab` opens DDD Lab, `make test` checks everything.
# Needed beforehand: Python 3.11 or newer with venv and pip. Everything else is installed here.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
NOTEBOOK ?= notebooks/01-first-steps.ipynb
ARGS ?=
PYTEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
# The environment's own programs come first: no system Node.js is ever used.
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
NPM := $(NODE) npm --prefix labextension

INSTALLED := $(VENV)/.installed
MODULES := labextension/node_modules/.installed
BUNDLE := ddd_lab/canvas/static/canvas.js
PAGE := ddd_lab/maps/html/static/page.js
PAGE_SOURCES := $(shell find labextension/html -type f -not -path '*/node_modules/*' 2>/dev/null)
# The map of all flows in a cell is built from the sources of its tab.
BUNDLE_SOURCES := $(shell find labextension/canvas labextension/lab/src/flowMap labextension/lab/style -type f -not -path '*/node_modules/*' 2>/dev/null)
PLUGINS := ddd_lab/lab/labextension/package.json
PLUGIN_SOURCES := $(shell find labextension/lab -type f -not -path '*/node_modules/*' -not -path '*/lib/*' 2>/dev/null)
# Where JupyterLab looks for what is installed; the link makes each new build the one it loads.
PLUGINS_LINK := $(VENV)/share/jupyter/labextensions/ddd-lab
TYPED := ddd_lab tests $(wildcard benchmarks scripts lite/*.py) docs/conf.py hatch_build.py
# JupyterLab asks for this in containers, where root is the only user.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)
SANITIZE := $(if $(wildcard notebooks/nbval-sanitize.cfg),--nbval-sanitize-with notebooks/nbval-sanitize.cfg)
CHECKED_NOTEBOOKS := $(wildcard notebooks/*.ipynb)

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

# --- setting up -------------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("DDD Lab needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which one to use: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv $(VENV)

# Exactly the versions that were tested, then the package itself, built with what is there by then.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
$(INSTALLED): requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes --requirement $<
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(MODULES): labextension/package-lock.json | $(INSTALLED)
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUNDLE): $(MODULES) $(BUNDLE_SOURCES)
	$(NPM) run --silent build --workspace canvas
	@touch $@

$(PAGE): $(MODULES) $(PAGE_SOURCES)
	$(NPM) run --silent build --workspace html
	@touch $@

$(PLUGINS): $(MODULES) $(PLUGIN_SOURCES)
	$(NPM) run --silent build --workspace lab
	@touch $@

$(PLUGINS_LINK): $(PLUGINS)
	@mkdir -p $(@D)
	@ln -sfn $(CURDIR)/$(<D) $@

.PHONY: setup
setup: $(INSTALLED) $(MODULES) $(BUNDLE) $(PAGE) $(PLUGINS) $(PLUGINS_LINK) ## install and build what the other targets need

# --- the two commands -------------------------------------------------------------------------

.PHONY: lab
lab: setup ## open DDD Lab; ARGS="--no-browser --port 9999" goes to JupyterLab
	$(NODE) jupyter lab $(AS_ROOT) $(if $(wildcard $(NOTEBOOK)),$(NOTEBOOK)) $(ARGS)

# pytest shows what it does as it comes, and takes longest: its summary is what the reader sees at
# the end. The others show theirs in one piece each.
.PHONY: test
test: setup ## check everything, as CI does
	@$(MAKE) --no-print-directory --jobs=4 test-others test-python

# --- their parts --------------------------------------------------------------------------------

.PHONY: lint
lint: setup ## style, types, order of the rooms, documentation
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	$(BIN)/mypy $(TYPED)
	$(BIN)/lint-imports --no-logo
	$(NPM) run --silent typecheck
	$(NPM) run --silent lint
	@$(MAKE) --no-print-directory docs

.PHONY: docs
docs: setup ## build the documentation into build/docs; a link that leads nowhere is an error
	$(BIN)/sphinx-build --quiet --fail-on-warning --fresh-env docs build/docs

# What the tests drive and pip does not bring: installed once, before several look for it.
.PHONY: programs
programs: setup
	@$(BIN)/python -m tests.browser.chromium --install >/dev/null
	@$(NODE) python -m notebooks.scripted_claude.program --install >/dev/null

# Browser tests wait about as much as they compute: two cores have work enough for three workers.
WORKERS ?= 3
PYTEST := -m pytest -p no:nbval -n $(WORKERS) --dist loadfile --no-loadscope-reorder

# Some two hundred kernels, servers and commands import the package: it is compiled once.
.PHONY: test-python
test-python: programs
	@$(BIN)/python -m compileall -q ddd_lab
	$(BIN)/python $(PYTEST) $(PYTEST_ARGS)

.PHONY: test-others
test-others: programs
	@$(MAKE) --no-print-directory --output-sync=target lint test-notebooks

.PHONY: test-notebooks
test-notebooks: programs ## run the walkthroughs and compare their output
ifneq ($(CHECKED_NOTEBOOKS),)
	JUPYTER_DATA_DIR="$$(mktemp -d)" $(BIN)/python -m pytest --nbval $(SANITIZE) $(CHECKED_NOTEBOOKS)
endif

# The versions at both ends of what pyproject.toml allows, each in an environment of its own.
.PHONY: test-oldest test-newest
test-oldest: RESOLUTION := lowest-direct
test-newest: RESOLUTION := highest
test-oldest: ## run the tests with the lowest versions that pyproject.toml allows
test-newest: ## run the tests with the newest ones; PYTHON=python3.13 chooses the Python
test-oldest test-newest: test-%: setup
	$(BIN)/uv venv --quiet --allow-existing --python $(PYTHON) $(VENV)/$*
	$(BIN)/uv pip compile --quiet --upgrade --resolution $(RESOLUTION) --python $(VENV)/$*/bin/python --extra test --output-file $(VENV)/$*/versions.txt pyproject.toml
	$(BIN)/uv pip sync --quiet --python $(VENV)/$*/bin/python $(VENV)/$*/versions.txt
	$(BIN)/uv pip install --quiet --python $(VENV)/$*/bin/python --no-deps --no-build-isolation --editable .
	@mkdir -p $(VENV)/$*/share/jupyter/labextensions
	@ln -sfn $(CURDIR)/$(dir $(PLUGINS)) $(VENV)/$*/share/jupyter/labextensions/ddd-lab
	$(VENV)/$*/bin/python $(PYTEST) $(PYTEST_ARGS)

.PHONY: test-matrix
test-matrix: programs ## try the wheel in several JupyterLabs, beside other extensions, and in Notebook 7
	$(BIN)/python -m scripts.test_matrix $(ARGS)

.PHONY: schema
schema: $(INSTALLED) ## write the TypeScript types of what travels, and docs/schema
	$(BIN)/python -m scripts.generate_protocol
	$(BIN)/python -m scripts.generate_rules
	$(BIN)/python -m scripts.generate_schemas

.PHONY: format
format: setup ## apply the formatters
	$(BIN)/ruff check --quiet --fix . || true
	$(BIN)/ruff format --quiet .
	$(NPM) run --silent format

LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header $(UPGRADE) pyproject.toml
LITE_LOCK = $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header $(UPGRADE)
.PHONY: lock update
lock: setup ## write into the lock files what pyproject.toml asks for; keep the other versions
	$(LOCK) --extra dev --output-file requirements/dev.txt
	$(LOCK) --extra build --extra all --output-file requirements/binder.txt
	$(LITE_LOCK) --universal --python-version 3.11 lite/build.in --output-file requirements/lite.txt
	$(LITE_LOCK) --python-version 3.14 --python-platform wasm32-pyodide2025 lite/browser.in --output-file requirements/lite-browser.txt
update: UPGRADE := --upgrade
update: lock ## renew the lock files: the newest versions that pyproject.toml and package.json allow
	$(NPM) update --no-audit --no-fund
	$(MAKE) setup

# A site of its own versions: what builds it, and what goes into it.
LITE := $(VENV)/lite/.installed
$(LITE): requirements/lite.txt lite/package-lock.json | setup
	$(PYTHON) -m venv $(VENV)/lite
	$(VENV)/lite/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --requirement $<
	$(NODE) npm --prefix lite ci --no-audit --no-fund --loglevel=error --ignore-scripts
	@touch $@
.PHONY: lite
lite: setup $(LITE) ## build a JupyterLite site with DDD Lab into build/lite/site
	$(BIN)/python -m scripts.build_lite

.PHONY: lite-test
lite-test: lite ## edit a flow in the site, in Chromium, without a network
	$(BIN)/python -m pytest -p no:nbval lite

.PHONY: covered
covered: setup ## list which checklist items have a test
	$(BIN)/python -m scripts.covered

.PHONY: pictures
pictures: setup ## take the pictures of the documentation
	$(BIN)/python -m scripts.take_pictures $(ARGS)

.PHONY: bench
bench: setup ## measure, and write benchmarks/RESULTS.md
	$(BIN)/python -m benchmarks

.PHONY: answers
answers: setup ## what recorded answers of models come to; ARGS="--live" asks a real one (needs a key)
	$(BIN)/python -m scripts.replay_answers $(ARGS)

.PHONY: legibility
legibility: setup ## measure how readable boards are when they open; writes its section there
	$(BIN)/python -m benchmarks.legibility

.PHONY: fire
fire: setup ## three programs, Git and kills against one design, the full count
	DDD_LAB_FIRE=5 HYPOTHESIS_PROFILE=thorough $(BIN)/python -m pytest --quiet tests/files/test_schedules.py
	$(BIN)/python -m tests.fire | tee benchmarks/FIRE.md

.PHONY: build
build: setup ## build the sdist and the wheel into dist/
	$(BIN)/python -m build

.PHONY: clean
clean: ## remove what was built; the environment stays
	rm -rf build dist ddd_lab/canvas/static ddd_lab/maps/html/static ddd_lab/lab/labextension labextension/lab/lib .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .reports tests/browser/.screenshots

.PHONY: distclean
distclean: clean ## remove the environment and the node modules too
	rm -rf $(VENV) labextension/node_modules labextension/*/node_modules
