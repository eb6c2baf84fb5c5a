# Two commands are enough: `make demo` and `make test`. Everything is put into .venv; nothing else is touched.
# Needs python3 (3.11 or newer, with its venv module) and make.

PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
PYTEST_ARGS ?= -n 2
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links

export UV_PYTHON_DOWNLOADS := never
export UV_LINK_MODE := copy
export UV_COMPILE_BYTECODE := 1
export VIRTUAL_ENV := $(CURDIR)/.venv
# An address of another package index set for uv or pip is used, but never written down.
unexport PYTHONPATH PYTHONHOME
# A thousand files of tests are compiled once, and not by every process of every run.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test quick mutants lint types journeys check install messages requirements release module clean
help:
	@echo "make demo          set up and start a demo centre; Ctrl-C stops it"
	@echo "make test          every check and test"
	@echo "make quick         tests of what changed since main, and of what holds for every module"
	@echo "make mutants       which small faults no test notices; ARGS=\"people --count 20\""
	@echo "make check         look over this installation and its database"
	@echo "make install       what a server needs, in .venv: packages, strings, bytecode"
	@echo "make messages      collect the interface's strings for translation"
	@echo "make requirements  pin the newest allowed versions"
	@echo "make release       write down the migrations of this version, which from then on stay as they are"
	@echo "make module NAME=courses begins a new module: docs/adding-a-module.md"
	@echo "make clean         remove .venv and caches, never a centre's data"

demo: install
	@$(BIN)/przystan demo $(ARGS)

test: .venv/dev install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy src
	$(BIN)/pytest $(PYTEST_ARGS) -m "not drill"
	$(BIN)/pytest -m drill

quick: .venv/dev install
	$(BIN)/python -m tests.harness.quick

mutants: .venv/mutants install
	nice $(BIN)/przystan bench mutants $(ARGS)

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: .venv/dev
	$(BIN)/mypy src

journeys: .venv/dev install
	$(BIN)/pytest -m journey

check: .venv/core
	$(BIN)/przystan check

messages: .venv/core
	$(BIN)/przystan messages extract

# Bytecode too: a service that may not write here would else compile all sources at each start, which takes seconds.
install: .venv/core
	@$(BIN)/python -m compileall -q src/przystan
	@$(BIN)/przystan messages compile

requirements: $(UV)
	$(COMPILE) requirements/build.in -o requirements/build.txt --upgrade
	$(COMPILE) pyproject.toml requirements/build.in -o requirements/core.txt --upgrade
	$(COMPILE) pyproject.toml requirements/build.in --extra dev -c requirements/core.txt -o requirements/dev.txt --upgrade
	$(COMPILE) pyproject.toml --extra mutants -c requirements/dev.txt -o requirements/mutants.txt --upgrade

release: .venv/dev
	$(BIN)/python -m tests.upgrades.released

module: .venv/dev
	@$(BIN)/python templates/begin.py $(NAME)
	@$(BIN)/ruff check -q --fix src/przystan/$(NAME) tests/$(NAME)
	@$(BIN)/ruff format -q src/przystan/$(NAME) tests/$(NAME)
	@$(BIN)/przystan messages extract >/dev/null
	@echo "src/przystan/$(NAME) and tests/$(NAME) are there. What comes next: docs/adding-a-module.md"

clean:
	rm -rf .venv .test-centre .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(UV): requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Przystań needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python's venv module is missing. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@echo "Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	@touch $(UV)

.venv/core: $(UV) requirements/core.txt pyproject.toml
	@echo "Installing what Przystań needs into .venv"
	@$(UV) pip install --quiet --require-hashes -r requirements/core.txt
	@$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: .venv/core requirements/dev.txt
	@$(UV) pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

.venv/mutants: .venv/dev requirements/mutants.txt
	@$(UV) pip install --quiet --require-hashes -r requirements/mutants.txt
	@touch $@
