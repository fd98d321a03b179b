# Every target makes what it needs: a .venv from the newest Python found, filled from the
# hash-checked locks in requirements/. PYTHON=/path/to/python chooses another one.

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
# Processes of tests: one more than the two processors of the check, because a third of their time
# they wait, for a service that doesn't answer or a program that starts.
JOBS ?= 3
# Its cases are spread over the workers one by one; other files share what they build. In the order
# of their names: those that take longest come early, not those with most tests.
CORPUS_TESTS := tests/corpus
BY_FILE = -n $(JOBS) --dist loadfile --no-loadscope-reorder
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
# The clients of Azure ML and MLflow hold back other packages, so they live apart.
CLIENTS_VENV := .venv-clients
CLIENTS_PIP := $(CLIENTS_VENV)/bin/python -m pip -qq --disable-pip-version-check
# The oldest Python and libraries that an emitted folder may meet.
LOWEST_VENV := .venv-lowest
LOWEST_PYTHON := 3.10
# What importances are measured against, and the one that needs an old Python and old packages.
BENCH_VENV := .venv-bench
BENCH_PIP := $(BENCH_VENV)/bin/python -m pip -qq --disable-pip-version-check
MIMIC_VENV := .venv-mimic
MIMIC_PYTHON := 3.10
# These ask the tool itself, which needs Python 3.11. Old libraries use what their newer dependencies deprecate.
NEED_THE_TOOL := $(addprefix --ignore tests/runtime/,importance/test_official_models.py \
	models/test_transformers_official.py models/test_wrappers_official.py)
OLD_WARN := -W ignore::DeprecationWarning -W ignore::PendingDeprecationWarning

# The official packages take five seconds more to start where nothing compiled is kept.
unexport PYTHONDONTWRITEBYTECODE

MADE := $(VENV)/.made
CORE := $(VENV)/.core
DEV := $(VENV)/.dev
CLIENTS := $(CLIENTS_VENV)/.made
LOWEST := $(LOWEST_VENV)/.made
BENCH := $(BENCH_VENV)/.made
MIMIC := $(MIMIC_VENV)/.made

.DEFAULT_GOAL := help
.PHONY: help demo test lowest check corpus oracle bench lock clean

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(CORE) ## The whole way on a bundled example; leaves codegen-fi-demo/.
	$(BIN)/codegen-fi demo --out codegen-fi-demo --force
	@if $(BIN)/python -c 'import mlflow' 2>/dev/null; \
	then $(BIN)/codegen-fi demo --mlflow codegen-fi-demo-mlflow --force; \
	else echo 'With MLflow ($(BIN)/pip install mlflow-skinny) this also fetches from one of its runs.'; fi

test: $(DEV) $(CLIENTS) ## Every test; of real scripts where Python 3.8 and 3.10 are found.
	@$(BIN)/python tests/corpus/build.py || test $$? -eq 3
	$(BIN)/python -m pytest $(BY_FILE) --ignore $(CORPUS_TESTS)
	@if sh scripts/find_python.sh $(LOWEST_PYTHON) >/dev/null 2>&1; then $(MAKE) lowest; else \
	echo 'NOT TESTED on the oldest libraries: no Python $(LOWEST_PYTHON) on PATH or under pyenv.'; fi
	$(BIN)/python -m pytest -n $(JOBS) $(CORPUS_TESTS)

lowest: $(LOWEST) ## The runtime on the oldest Python and libraries that a folder may meet.
	PYTHONPATH=src $(LOWEST_VENV)/bin/python -m pytest $(BY_FILE) $(OLD_WARN) $(NEED_THE_TOOL) tests/runtime

check: $(DEV) ## Lint, format, types, and which package may import which.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/pyright --pythonpath $(BIN)/python & beside=$$!; \
	$(BIN)/mypy && $(BIN)/lint-imports; code=$$?; wait $$beside && exit $$code

corpus: $(DEV) ## The official environments and the scripts they generate, in a cache outside the tree.
	$(BIN)/python tests/corpus/build.py

oracle: $(DEV) ## Original scripts under the official runtime against rewritten ones under ours; CASES="1.62 cls_cv5".
	@$(BIN)/python tests/corpus/build.py >&2 || test $$? -eq 3
	@if $(MAKE) --no-print-directory $(LOWEST) >&2; then matching="--matching $(LOWEST_VENV)/bin/python"; fi; \
	PYTHONPATH=tests/oracle:tests/corpus $(BIN)/python -m fidelity $$matching $(CASES) || { code=$$?; test $$code -eq 3 || exit $$code; }

bench: $(BENCH) ## Importances on real tables against others'; CASES="adult khan". The figures go into docs/benchmarks.md.
	@if sh scripts/find_python.sh --with ensurepip $(MIMIC_PYTHON) >/dev/null 2>&1; then $(MAKE) --no-print-directory $(MIMIC) >&2; else \
	echo 'LEFT OUT: the mimic explainer. Its packages need Python $(MIMIC_PYTHON), which is neither on PATH nor under pyenv.' >&2; fi
	$(BENCH_VENV)/bin/python benchmarks/importances.py --write --mimic "$$(ls $(MIMIC_VENV)/bin/python 2>/dev/null)" $(CASES)

lock: $(DEV) ## Write requirements/*.lock anew; UPGRADE=1 takes the newest of everything.
	UV=$(BIN)/uv sh scripts/lock.sh $(if $(UPGRADE),--upgrade)

clean: ## Remove what these targets left in the tree; the corpus cache stays.
	rm -rf $(VENV) $(CLIENTS_VENV) $(LOWEST_VENV) $(BENCH_VENV) $(MIMIC_VENV) codegen-fi-demo codegen-fi-demo-mlflow .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf .import_linter_cache .grimp_cache dist build
	find src tests \( -name __pycache__ -o -name .ruff_cache \) -type d -prune -exec rm -rf {} +

$(MADE):
	@python="$(PYTHON)"; \
	test -n "$$python" || python=$$(sh scripts/find_python.sh --with ensurepip 3.13 3.12 3.11); \
	echo "Making $(VENV) with $$python"; \
	"$$python" -m venv --clear $(VENV)
	@touch $@

$(CORE): requirements/build.lock requirements/core.lock pyproject.toml | $(MADE)
	@echo "Installing the packages of requirements/core.lock"
	@$(PIP) install --require-hashes -r requirements/build.lock -r requirements/core.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/build.lock requirements/dev.lock pyproject.toml | $(MADE)
	@echo "Installing the packages of requirements/dev.lock"
	@$(PIP) install --require-hashes -r requirements/build.lock -r requirements/dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(CORE) $@

$(CLIENTS): requirements/clients.lock pyproject.toml | $(DEV)
	@echo "Installing the packages of requirements/clients.lock"
	@$(BIN)/python -m venv --clear $(CLIENTS_VENV)
	@$(BIN)/uv pip install --quiet --require-hashes --python $(CLIENTS_VENV) -r requirements/clients.lock
	@$(CLIENTS_PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(LOWEST): requirements/lowest.lock | $(DEV)
	@python=$$(sh scripts/find_python.sh $(LOWEST_PYTHON)) || exit 3; \
	echo "Making $(LOWEST_VENV) with $$python"; \
	$(BIN)/uv venv --quiet --clear --python "$$python" $(LOWEST_VENV)
	@echo "Installing the packages of requirements/lowest.lock"
	@$(BIN)/uv pip install --quiet --require-hashes --python $(LOWEST_VENV) -r requirements/lowest.lock
	@touch $@

$(BENCH): requirements/bench.lock requirements/build.lock pyproject.toml | $(MADE)
	@echo "Making $(BENCH_VENV) of requirements/bench.lock"
	@$(BIN)/python -m venv --clear $(BENCH_VENV)
	@$(BENCH_PIP) install --require-hashes -r requirements/build.lock -r requirements/bench.lock
	@$(BENCH_PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(MIMIC): requirements/mimic.lock
	@python=$$(sh scripts/find_python.sh --with ensurepip $(MIMIC_PYTHON)) || exit 3; \
	echo "Making $(MIMIC_VENV) with $$python of requirements/mimic.lock"; \
	"$$python" -m venv --clear $(MIMIC_VENV)
	@$(MIMIC_VENV)/bin/python -m pip -qq --disable-pip-version-check install --require-hashes -r requirements/mimic.lock
	@touch $@
