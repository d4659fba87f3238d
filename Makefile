# Everything here needs only python3 (3.11 or newer, with venv) and make.
# Another Python: make PYTHON=/path/to/python3 run

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo run test browser check pictures bench messages voices lock clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

demo: .venv/run.stamp ## try everything in a browser: simulated phones, no Telegram, no settings
	@$(BIN)/lotse demo $(DEMO)

run: .venv/run.stamp ## run the bot with the settings in .env
	$(BIN)/lotse run

test: .venv/dev.stamp ## run the tests
	$(BIN)/python -m pytest -n 3 --dist worksteal --ignore=tests/browser

browser: .venv/dev.stamp ## run the tests in a real browser (needs Chromium)
	$(BIN)/python -m pytest tests/browser

check: .venv/dev.stamp ## everything CI checks: format, lint, types, import rules, catalogues, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m bot.i18n.catalogue check
	$(BIN)/lotse docs --check
	$(MAKE) --no-print-directory test
	$(MAKE) --no-print-directory browser

pictures: .venv/dev.stamp ## draw docs/pictures anew (needs Chromium)
	$(BIN)/python -m tests.browser.pictures

bench: .venv/dev.stamp ## measure
	$(BIN)/python -m benchmarks

messages: .venv/dev.stamp ## bring the catalogues up to date with the texts in the code
	$(BIN)/python -m bot.i18n.catalogue update

voices: .venv/dev.stamp ## read the notice aloud anew (needs espeak-ng and ffmpeg)
	$(BIN)/python -m bot.cli_voices

clean: ## remove the environment and the tools' caches; data and settings stay
	rm -rf .venv .hypothesis .import_linter_cache .pytest_cache .ruff_cache dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the environment -------------------------------------------------------------------------
# A stamp is younger than what it was made from, so nothing is installed twice. Every file that pip
# fetches must have the hash in the lock; the project itself is built without fetching anything.

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/pip
	@echo "Installing into .venv; the first time this takes about a minute."
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.stamp: requirements/dev.txt pyproject.toml | .venv/bin/pip
	@echo "Installing into .venv; the first time this takes about a minute."
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ .venv/run.stamp # the development set contains the other one

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "Lotse needs Python 3.11 or newer as '$(PYTHON)'. Name another one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	    echo "'$(PYTHON)' cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear .venv

# --- the lock files --------------------------------------------------------------------------
# uv resolves once for every Python from 3.11 and every platform; itself it comes by hash, into a
# folder that is thrown away. Existing pins stay unless asked: make lock UPGRADE=--upgrade
# (or UPGRADE="--upgrade-package aiohttp"). No address of a package index is written.

UV_COMPILE = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links $(UPGRADE)

lock: ## write requirements/*.txt anew from pyproject.toml
	@set -e; uv_home=$$(mktemp -d); trap 'rm -rf "$$uv_home"' EXIT; \
	$(PYTHON) -m venv "$$uv_home"; \
	"$$uv_home/bin/pip" --disable-pip-version-check --quiet install --require-hashes -r requirements/lock.txt; \
	PATH="$$uv_home/bin:$$PATH"; set -x; \
	$(UV_COMPILE) --extra postgres --extra report --group build --group dev pyproject.toml -o requirements/dev.txt; \
	$(UV_COMPILE) --extra postgres --extra report --group build -c requirements/dev.txt pyproject.toml -o requirements/run.txt; \
	echo 'uv==0.13.9' | $(UV_COMPILE) - -o requirements/lock.txt
