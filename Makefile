# The commands of the README. Each installs what it needs first.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check train eval bench packages

.venv/.installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Talk to the assistant: demo city, real bot, chat page.
demo: .venv/.installed
	$(BIN)/zhaoshang demo

# All tests, on SQLite and PostgreSQL, with a real browser where there is one.
test: packages .venv/.installed
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered --durations=15

# Format, lint, types, architecture.
check: .venv/.installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# How well the corpus is read; with ARGS="--misread dev" what is misread.
eval: .venv/.installed
	$(BIN)/python -m tests.corpus.eval $(ARGS)

# Learn from locale/examples and the train split which intent words lean to; commit locale/learnt with them.
train: .venv/.installed
	$(BIN)/python -m tests.corpus.training

# Speed and memory, each as a ratio against a reference in the same run.
bench: .venv/.installed
	$(BIN)/python -m tests.benchmarks

# A PostgreSQL server, Chromium and a Chinese font, by apt where that may be used.
packages:
	sh .ci/packages
