# What a machine with Python 3.11 or newer, git and make needs: `make run`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test fuzz bench bench-retrieval bench-dedupe lint types layers check clean
.DEFAULT_GOAL := run

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(READY)

run: $(READY)  ## the job of integrator.toml, into out/
	$(BIN)/integrator run --force

test: $(READY)
	$(BIN)/python -m pytest -n 2

fuzz: $(READY)  ## 50,000 made-up files, cells and sheets: nothing but a refusal may escape
	INTEGRATOR_FUZZ=50000 $(BIN)/python -m pytest -n 2 tests/workbooks/test_any_bytes.py

bench: $(READY)  ## reading 100,000 rows x 20 columns, beside other readers, into benchmarks/results/
	$(BIN)/python benchmarks/reading.py

# DATA: folder of the made-up tables; PEERS: an interpreter with benchmarks/peers-retrieval.txt; GENERATOR: the script
# that made the tables. Without the last two there are no peers and no upper bound.
bench-retrieval: $(READY)  ## searching 100,000 suppliers for 10,000 needs, beside other engines, into benchmarks/results/
	$(BIN)/python benchmarks/retrieval.py $(DATA) $(if $(PEERS),--peers $(PEERS)) $(if $(GENERATOR),--generator $(GENERATOR))

# DATA: folder of names_SIZE.parquet; PEERS: an interpreter with benchmarks/peers-dedupe.txt, without it no peers.
bench-dedupe: $(READY)  ## supplier rows that are one company, beside other programs, into benchmarks/results/
	$(BIN)/python benchmarks/dedupe.py $(DATA) $(if $(PEERS),--peers $(PEERS))

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

layers: $(READY)
	$(BIN)/lint-imports

check: lint types layers test  ## everything short of .ci/run

clean:
	rm -rf $(VENV) out
