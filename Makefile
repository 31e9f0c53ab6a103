# Sauga's commands. Each one prepares what it needs; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test quick prove durations check fix bench shots messages docs clean

PORT ?= 8000
DIR ?= .sauga
SAUGA := .venv/bin/sauga
PY := .venv/bin/python

help: ## show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv ## the whole product with synthetic data on http://localhost:8000 (PORT=8000 DIR=.sauga)
	@$(SAUGA) demo --port $(PORT) --data $(DIR)

test: .venv ## every test, on a fresh machine too (ARGS="-k word" narrows)
	@$(PY) tools/run_tests.py $(ARGS)

quick: .venv ## the first verdict: all tests without a database or browser, and those of the packages that have changed
	@$(PY) tools/run_tests.py --quick $(ARGS)

prove: .venv ## the promises by many repetitions, before a release; goes on where it was interrupted
	@$(PY) tools/run_tests.py --prove $(ARGS)

durations: .venv ## every test, and write down what each file takes (tests/durations.json)
	@$(PY) tools/run_tests.py --record-durations $(ARGS)

check: .venv ## what CI checks besides the tests: style, types, import contracts, templates, migrations, texts, docs
	@$(PY) tools/run_checks.py

fix: .venv ## put code and templates in order: formatting and what ruff can mend by itself
	@.venv/bin/ruff check --quiet --fix . ; .venv/bin/ruff format --quiet . ; $(PY) tools/format_templates.py

bench: .venv ## every benchmark: ours beside the limit of the same run (NAME=intake for one)
	@$(SAUGA) bench $(NAME)

shots: .venv ## pictures of the main pages in shots/, and those of the guides (NAME=guides for these only)
	@$(PY) tools/shots.py $(NAME)

messages: .venv ## compile the Lithuanian texts
	@$(PY) -m sauga.project.messages compile

docs: .venv ## write the generated pages of the documentation anew
	@$(SAUGA) settings --markdown > docs/operate/settings.md
	@$(PY) tools/service_pages.py
	@$(PY) tools/guide_pages.py

clean: ## remove what the commands made here, except the data folder
	rm -rf .venv .venv-tools tools/node/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache shots dist

.PHONY: .venv
.venv:
	@tools/bootstrap.sh
