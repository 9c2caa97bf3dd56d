# Every command a person types. `make` alone prints them.

PY := .venv/bin/python
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -gt 8 ] && echo 8 || echo $$n)
TOWN := niangjia/worklog/tests/town

# Empty means: as the program has it. Quoted where they are used, for folders with spaces.
export PORT DATA DATABASE_URL SCALE
unexport $(foreach name,PORT DATA DATABASE_URL SCALE,$(if $($(name)),,$(name)))

# Every process of a demo or a test run would read 3,000 modules from their source again: ten seconds each.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test check fix docs bench proof lock setup setup-dev setup-browser

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo: setup  ## the whole platform with a synthetic city; PORT= DATA= DATABASE_URL= SCALE=small
	@.venv/bin/niangjia demo

test: setup-dev setup-browser  ## everything that is tested, browser journeys included; a=niangjia/rights for a part
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup --no-loadscope-reorder $(a)
	$(if $(a),,$(PY) -m pytest -c $(TOWN)/pytest.ini $(TOWN))

check: setup-dev  ## locks, format, lint, types, floors, templates, migrations, catalogues, generated docs; changes nothing
	@$(MAKE) --keep-going --no-print-directory $(CHECKS)

CHECKS := check-locks check-format check-lint check-types check-floors check-templates check-migrations check-catalogues check-docs
.PHONY: $(CHECKS)

check-locks:
	tools/lock.sh --check
check-format:
	$(PY) -m ruff format --check --output-format concise .
check-lint:
	$(PY) -m ruff check --output-format concise .
check-types:
	$(PY) -m mypy
check-floors:
	$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"
check-templates:
	$(PY) -m djlint niangjia --lint --quiet
check-migrations:
	$(PY) -m tools.manage makemigrations --check --dry-run
check-catalogues:
	$(PY) -m tools.languages check
check-docs:
	$(PY) -m tools.docs check

fix: setup-dev  ## format, order imports, mend what can be mended, write the generated docs
	$(PY) -m ruff check --fix --quiet . || true
	$(PY) -m ruff format .
	$(PY) -m tools.docs write

docs: setup-dev  ## write docs/generated from the declarations
	$(PY) -m tools.docs write

bench: setup-dev  ## measure against the budgets; writes docs/generated/benchmarks.md and var/bench.json
	$(PY) -m bench

proof: setup-dev setup-browser  ## the long runs at full size, with seeds; writes docs/generated/proof.md
	$(PY) -m bench.proof

lock: setup-dev  ## take newer packages, a week old at least, and write their hashes
	tools/lock.sh

setup:
	@tools/setup.sh run

setup-dev:
	@tools/setup.sh dev

setup-browser:
	@tools/setup.sh browser
