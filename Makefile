# The verbs of this project. `make` alone lists them. Everything is installed into .venv here; nothing else is touched.

# Any Python from 3.11 on; `make PYTHON=/path/to/python demo` chooses one.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN := .venv/bin
# Corpora for `make eval`, `make bench` and `make train`; see docs/accuracy.md.
DATA ?= $(or $(ONRECORD_DATA),../shared/data)

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint docs eval bench train places screenshots clean

help: ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 13

# Stamps inside .venv: what is installed is not installed again until pyproject.toml changes.
.venv/.program: pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; name one with make PYTHON=/path/to/python" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/.tools: .venv/.program
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

.venv/.training: .venv/.tools
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[training]'
	@touch $@

setup: .venv/.tools ## install the program and the tools to work on it

demo: .venv/.program ## install the program and read an example article to the screen
	@$(BIN)/onrecord read examples/convoy.txt --published 2024-03-14

test: .venv/.tools ## run every test; says what was skipped and why
	$(BIN)/python -m pytest -ra

lint: .venv/.tools ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src
	$(BIN)/mypy --ignore-missing-imports --allow-subclassing-any evals training
	$(BIN)/lint-imports

docs: .venv/.tools ## build the documentation as a site in build/docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build
	@echo "build/docs/index.html; with search: $(BIN)/python -m http.server --directory build/docs"

eval: .venv/.tools ## measure accuracy and hold it to the floors: one table (DATA=folder of corpora)
	$(BIN)/python -m evals --data $(DATA)

bench: .venv/.tools ## measure speed, memory and size: one table
	$(BIN)/python -m evals.bench --data $(DATA)

train: .venv/.training ## train the weights anew from public corpora (DATA=folder of corpora)
	$(BIN)/python -m training --data $(DATA)

places: .venv/.training ## rebuild the gazetteer from its public source
	$(BIN)/onrecord places build

screenshots: .venv/.tools ## picture every page in Chromium, light and dark, desktop and phone, to build/screenshots
	$(BIN)/python -m tests.browser.screenshots

clean: ## remove what was built and cached; .venv stays
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -path ./.venv -prune -o -name __pycache__ -type d -print | xargs rm -rf
