# Two commands matter: "make demo" and "make test". Both set up everything they need.
# Long steps say what they do.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# where it is set, each of the many programs that the tests start would compile every module anew
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --disable-pip-version-check install --no-input

.PHONY: help setup demo test check model clean

help:
	@echo "make demo    a pretend council on this machine: opens nothing, prints one address"
	@echo "make test    every test, on real servers (Dovecot, PostgreSQL, Chromium, ClamAV)"
	@echo "make check   style, types, import arrows"
	@echo "make setup   only the set-up: virtual environment, packages, trained model"

setup: $(VENV)/.runtime model

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Tocsin needs Python 3.11 or newer; this is $$($(PYTHON) --version). Hint: make PYTHON=python3.12 …"; exit 1; }
	@echo "== Making the virtual environment"
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); sh tools/install-debian python3-venv && $(PYTHON) -m venv $(VENV); }

$(VENV)/.runtime: requirements/runtime.lock pyproject.toml | $(VENV)/bin/python
	@echo "== Installing the packages Tocsin runs on (a minute or two the first time)"
	@sh tools/with-dots $(PIP) --require-hashes --no-deps --only-binary :all: -r requirements/runtime.lock
	@$(PIP) --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.runtime
	@echo "== Installing the packages the tests need"
	@sh tools/with-dots $(PIP) --require-hashes --no-deps --only-binary :all: -r requirements/dev.lock
	@touch $@

# trained anew only when the corpus or the model's format changed
model: $(VENV)/.runtime
	@$(BIN)/tocsin train --if-stale

demo: setup
	@$(BIN)/tocsin demo

test: setup $(VENV)/.dev
	@sh tools/install-debian dovecot-imapd postgresql chromium clamav-daemon
	@echo "== Testing"
	@$(BIN)/python -m pytest -n 2 --dist loadgroup -q

check: setup $(VENV)/.dev
	@echo "== Style"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== Types"
	@$(BIN)/mypy
	@echo "== Import arrows"
	@$(BIN)/python -m pytest -q tests/house/test_imports.py

clean:
	rm -rf $(VENV) var
