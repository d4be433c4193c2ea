# What a machine with Python 3.11 or newer, git and make needs: `make run`, `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: run test notebooks nightly smoke-newest smoke-oldest audit coverage mutation fuzz bench bench-retrieval bench-shards bench-dedupe bench-job bench-curves bench-memory bench-sheets bench-value performance figures docs reference picture lint types layers check clean
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
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not nightly"

notebooks: $(READY)  ## runs the four of notebooks/ from top to bottom; nothing is kept
	$(BIN)/python -m pytest tests/notebooks

# What runs where, and how long: docs/testing.md.
nightly: $(READY)  ## every test, with what is long, then branches and mutants
	INTEGRATOR_FUZZ=50000 INTEGRATOR_BROWSER_TESTS=required INTEGRATOR_SPARK_TESTS=required \
	  $(BIN)/python -m pytest -n 2 --dist worksteal
	$(MAKE) smoke-newest smoke-oldest
	$(MAKE) coverage mutation

# WITH: an interpreter that makes the new environment, as WITH=python3.13; docs/packaging.md.
smoke-newest: $(READY)  ## wheel and sdist, and the jobs with the newest versions that pyproject.toml allows
	$(BIN)/python packaging/smoke.py newest $(if $(WITH),--python $(WITH)) $(if $(QUICK),--quick)

smoke-oldest: $(READY)  ## the same with the oldest, and the tests of the sdist
	$(BIN)/python packaging/smoke.py oldest --tests $(if $(WITH),--python $(WITH))

audit: $(READY)  ## licences of what users install; known vulnerabilities, where their source answers
	$(BIN)/python .ci/audit.py

coverage: $(READY)  ## branches of five rooms that their tests take; fails under 90 %
	$(BIN)/python benchmarks/branch_coverage.py

MUTANTS := .venv-mutation
$(MUTANTS)/.ready: requirements.lock benchmarks/mutation.txt
	$(PYTHON) -m venv $(MUTANTS)
	$(MUTANTS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(MUTANTS)/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/mutation.txt
	$(MUTANTS)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

mutation: $(MUTANTS)/.ready  ## faults put into text/ and valuation/, how many the tests find, into benchmarks/results/
	$(MUTANTS)/bin/python benchmarks/mutation.py text valuation:600

fuzz: $(READY)  ## 50,000 made-up files, cells and sheets: nothing but a refusal may escape
	INTEGRATOR_FUZZ=50000 $(BIN)/python -m pytest -n 2 tests/workbooks/test_any_bytes.py tests/hardening/test_any_settings.py

bench: $(READY)  ## reading 100,000 rows x 20 columns, beside other readers, into benchmarks/results/
	$(BIN)/python benchmarks/reading.py

# DATA: folder of the made-up tables; PEERS: an interpreter with benchmarks/peers-retrieval.txt; GENERATOR: the script
# that made the tables. Without the last two there are no peers and no upper bound.
bench-retrieval: $(READY)  ## searching 100,000 suppliers for 10,000 needs, beside other engines, into benchmarks/results/
	$(BIN)/python benchmarks/retrieval.py $(DATA) $(if $(PEERS),--peers $(PEERS)) $(if $(GENERATOR),--generator $(GENERATOR))

bench-job: $(READY)  ## the whole job of 10,000 suppliers x 2,000 needs beside an analyst's script, speed and quality
	$(BIN)/python benchmarks/whole_job.py

# PEERS as above; without it no peers in the curves.
bench-curves: $(READY)  ## time and memory from 100 to 100,000 suppliers, stage by stage, with exponents
	$(BIN)/python benchmarks/curves.py $(if $(PEERS),--peers $(PEERS)) $(if $(RETRIEVAL),--retrieval $(RETRIEVAL))

bench-memory: $(READY)  ## the model of memory beside what runs take; FIT=1 measures its coefficients anew
	$(BIN)/python benchmarks/memory.py $(if $(FIT),--write)

bench-sheets: $(READY)  ## writing 500 project sheets, beside openpyxl
	$(BIN)/python benchmarks/project_sheets.py

bench-value: $(READY)  ## sharing out capacities, teams, tables of a valuation, an agenda
	$(BIN)/python benchmarks/allocation.py
	$(BIN)/python benchmarks/teams.py
	$(BIN)/python benchmarks/valuation_tables.py
	$(BIN)/python benchmarks/meetings.py

# PLOT: an interpreter with matplotlib (the extra `notebooks`).
performance: $(READY)  ## the tables and the drawing of docs/performance.md, from benchmarks/results/
	$(BIN)/python benchmarks/performance_page.py
	$(if $(PLOT),$(PLOT),$(BIN)/python) benchmarks/plot_curves.py

# What runs need from outside: PEERS, PEERS_DEDUPE, PEERS_LEARNER (interpreters), DATA with GENERATOR, NAMES, SETS and SHARDS
# (folders), as the head of benchmarks/figure_runs.csv says; what lacks is left out. MORE: options, as MORE="--quick 10".
figures: $(READY)  ## measures every figure that must hold, hours; goes on where it was broken off; writes docs/figures.md
	$(BIN)/python benchmarks/figures.py --with peers=$(PEERS) peers_dedupe=$(PEERS_DEDUPE) peers_learner=$(PEERS_LEARNER) \
	  tables=$(DATA) generator=$(GENERATOR) names=$(NAMES) sets=$(SETS) shards=$(SHARDS) mutants=$(if $(wildcard $(MUTANTS)),$(MUTANTS)/bin/python) $(MORE)
	$(BIN)/python benchmarks/performance_page.py

bench-shards: $(READY)  ## searching 1,000,000 made-up suppliers in shards for 10,000 needs; FOLDER holds the shards
	$(BIN)/python benchmarks/retrieval_shards.py 1000000x10000 $(FOLDER)

# DATA: folder of names_SIZE.parquet; PEERS: an interpreter with benchmarks/peers-dedupe.txt, without it no peers.
bench-dedupe: $(READY)  ## supplier rows that are one company, beside other programs, into benchmarks/results/
	$(BIN)/python benchmarks/dedupe.py $(DATA) $(if $(PEERS),--peers $(PEERS))

docs: $(READY)  ## the pages of docs/ as a site, into docs/_build; any warning is an error
	$(BIN)/python docs/_pages --check
	$(BIN)/python -m sphinx -n -W -q --keep-going -d docs/_build/.doctrees docs docs/_build
	@echo "open docs/_build/index.html"

reference: $(READY)  ## docs/reference anew, from commands, configuration, tables and shipped knowledge
	$(BIN)/python docs/_pages

picture: $(READY)  ## the sheet shown in README.md; needs LibreOffice and poppler
	$(BIN)/python docs/_pages/picture.py

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
