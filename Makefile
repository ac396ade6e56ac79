# `make run` and `make test` set everything up themselves.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# Compiled modules are kept, whatever the shell says: the tests start Python by the hundred.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := test
.PHONY: run test check bench eval crash fuzz clean

run: .venv/ready
	@$(BIN)/python -m ingest ingest/samples --if-empty
	@$(BIN)/python -m bot start

# A file's tests stay together, for what they publish once; each process holds the model's weights.
# They wait more than they compute, so that two cores have work for three. The longest files begin
# first (tests/conftest.py), not those with the most tests.
test: check
	$(BIN)/pytest --numprocesses 3 --dist loadfile --no-loadscope-reorder

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python -m benchmarks.bench

# Or only what editors made cases of: python -m bot cases > cases.jsonl && make eval CASES=cases.jsonl
eval: .venv/ready
	$(BIN)/python -m benchmarks.evaluate $(if $(CASES),--cases $(CASES))

crash: .venv/ready
	$(BIN)/python -m benchmarks.crash
	KILLS=200 $(BIN)/pytest tests/bot/test_mail.py -k "killed and sqlite"
	KILLS=50 $(BIN)/pytest tests/bot/test_mail.py -k "killed and postgresql"
	SEQUENCES=10000 $(BIN)/pytest --numprocesses 2 tests/bot/test_tiers.py -k sqlite
	SEQUENCES=500 $(BIN)/pytest tests/bot/test_tiers.py -k postgresql

# Every parser of what strangers write, and the bot itself, with thousands of broken inputs;
# EXAMPLES=100000 for a night.
fuzz: .venv/ready
	$(BIN)/python -m tests.fuzzing $(EXAMPLES)
	UPDATES=$(or $(EXAMPLES),5000) $(BIN)/pytest tests/bot/test_strangers.py

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

.venv/ready: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
		|| { echo "Python 3.11 is needed; name it: make PYTHON=/path/to/python3.11"; exit 2; }
	@echo "1/2 Making the virtual environment .venv"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "2/2 Installing $$(grep -c == requirements.lock) locked packages (a few minutes, once)"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --requirement requirements.lock
	@touch $@
