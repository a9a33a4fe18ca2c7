# ITPulse: `make demo` and `make test` are all that a newcomer needs. Works with GNU make 3.81.

PYTHON ?= python3
ARGS ?=
SEEDS ?= 1 2 3

BIN := .venv/bin
UV := .tools/bin/uv
SOURCES := $(wildcard bot adapters storage schedules tests benchmarks itpulse.py)

# uv trusts the machine's own certificates and never brings an interpreter of its own.
export UV_SYSTEM_CERTS := true
export UV_PYTHON_DOWNLOADS := never
# Where the home directory cannot be written (a container's), uv caches beside itself.
ifneq ($(shell test -w "$${XDG_CACHE_HOME:-$$HOME}" || echo no),)
export UV_CACHE_DIR := $(CURDIR)/.tools/cache
endif

PIP := PIP_USER=0 PIP_ROOT_USER_ACTION=ignore PIP_DISABLE_PIP_VERSION_CHECK=1 $(PYTHON) -m pip
INSTALL := $(UV) pip install --python $(BIN)/python
COMPILE := $(UV) pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock"

.PHONY: help install demo test lint attack chaos bench lock clean

help: ## what each word does (this list)
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1#\2/p' Makefile | awk -F'#' '{ printf "%-15s %s\n", $$1, $$2 }'

install: .venv/.dev ## the environment for developing, in .venv

demo: .venv/.run ## a made-up company at http://127.0.0.1:8080 (ARGS="--port 9000")
	@$(BIN)/itpulse demo $(ARGS)

test: .venv/.dev ## all tests (ARGS="tests/pure -k cadence")
	@$(BIN)/python -m pytest $(ARGS)

lint: .venv/.dev ## ruff, mypy --strict and the import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict $(SOURCES)
	@$(BIN)/lint-imports --no-logo

attack: .venv/.dev ## the attack on the reporting rules (SEEDS="1 2")
	@$(BIN)/python -m tests.attack $(SEEDS)

chaos: .venv/.dev ## what a crash at every step leaves behind
	@$(BIN)/python -m pytest -m fault $(ARGS)

bench: .venv/.dev ## presses, sends and closes per second on this machine
	@$(BIN)/python -m benchmarks $(ARGS)

# dev.txt decides the versions; the other locks are parts of it.
lock: $(UV) ## write requirements/*.txt anew (UPGRADE=--upgrade for newer versions)
	$(COMPILE) $(UPGRADE) requirements/uv.in -o requirements/uv.txt
	$(COMPILE) $(UPGRADE) pyproject.toml requirements/dev.in -o requirements/dev.txt
	$(COMPILE) -c requirements/dev.txt pyproject.toml requirements/build.in -o requirements/serve.txt
	$(COMPILE) -c requirements/dev.txt requirements/run.in -o requirements/run.txt

clean: ## take away .venv, .tools and caches (never var/)
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.tools/bin/uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v <= (3, 14) or sys.exit("ITPulse needs Python 3.11 to 3.14 and $(PYTHON) is %d.%d; name another one, as in: make PYTHON=python3.12 $(MAKECMDGOALS)" % v)'
	@echo "Fetching uv, the installer"
	@rm -rf .tools/bin .tools/uv .tools/uv-*
	@$(PIP) install -q --require-hashes --no-deps --target .tools --upgrade -r requirements/uv.txt
	@touch $@

.venv/bin/python: | $(UV)
	@$(UV) venv -q --allow-existing --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv

# Both add what is missing and take nothing away: a developer's demo keeps the tests' packages.
.venv/.run: requirements/run.txt pyproject.toml | .venv/bin/python
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(INSTALL) -q --no-build-isolation --no-deps -e .
	@touch $@

.venv/.dev: requirements/dev.txt requirements/run.txt pyproject.toml | .venv/bin/python
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@$(INSTALL) -q --no-build-isolation --no-deps -e .
	@touch .venv/.run $@
