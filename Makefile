# What people type. "make" alone lists it. Needs python3 (3.11 to 3.14) with venv, and make; uv is used when present.
PYTHON ?= python3
RUN := .venv/bin/python
# Bytecode is written by setup; a shell that forbids it must not slow every command down.
export PYTHONDONTWRITEBYTECODE :=
PYTEST_FLAGS ?= -n auto --dist worksteal
KILLS ?= 1000
SEED ?= 1
CASES ?= 20
COMPOSE ?=
ONLY ?=
ROUNDS ?=
FULL ?=

.DEFAULT_GOAL := help
.PHONY: help setup demo desk test check bench bench-letters letter-kills compose-drill mutation round-trip lint format types screenshots
.PHONY: afternoon canaries lead tutorials week letters-sheet returns-sheet procedures procedures-demo lock clean

help: ## list what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## make .venv exactly as the lock says; a second run does nothing
	@$(PYTHON) desk/setup.py

demo: setup ## the main job for real, from sample requests to their answers, then stop
	@$(RUN) -m lab.demo

desk: setup ## keep the desk running: broker, workers, beat and Flower; Ctrl-C ends it
	@$(RUN) -m desk

test: setup ## the whole test suite, against real servers
	@$(RUN) -m pytest $(PYTEST_FLAGS)

check: lint types test ## everything that must be green before a change is proposed

lint: setup ## formatting and rules, changing nothing
	@$(RUN) -m ruff format --check .
	@$(RUN) -m ruff check .

types: setup ## mypy, strict
	@$(RUN) -m mypy

format: setup ## format the code and mend what can be mended
	@$(RUN) -m ruff format .
	@$(RUN) -m ruff check --fix .

bench: setup ## every figure of docs/performance.md, as ratios of one run; writes it (ONLY=P1,accounts: these; FULL=1: hours)
	@$(RUN) -m lab.bench $(if $(ONLY),--only $(ONLY)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(FULL),--full)

letter-kills: setup ## kill workers a thousand times between the order of a letter and its file (KILLS, SEED)
	@KILLS=$(KILLS) SEED=$(SEED) $(RUN) -m lab.bench.letter_kills

afternoon: setup ## what an auditor does at a real desk; writes docs/an-afternoon.md
	@$(RUN) -m lab.afternoon

canaries: setup ## whether what was told of people stands anywhere but where it may; writes docs/canaries.md
	@$(RUN) -m lab.canaries

day: setup ## a recorded day of an office of three at a real desk; writes docs/a-day.md
	@$(RUN) -m lab.day

week: setup ## what an operator does in a week at a real desk; writes docs/an-operators-week.md
	@$(RUN) -m lab.week

lead: setup ## a lead's ten questions, each answered by one command; writes docs/a-leads-questions.md
	@$(RUN) -m lab.lead

tutorials: setup ## the tutorials of docs/, each block carried out at a real desk; writes into them what came
	@$(RUN) -m lab.tutorials

compose-drill: setup ## the image and docker-compose.yml for real: 20 cases, an upgrade under load (CASES, COMPOSE)
	@COMPOSE="$(COMPOSE)" $(RUN) -m lab.compose --cases $(CASES)

mutation: setup ## small faults in rules and engine, each tried against the tests (SAMPLE=50: fewer); writes docs/mutation.md
	@$(RUN) -m lab.bench.mutation $(if $(SAMPLE),--sample $(SAMPLE))

bench-letters: setup ## letters a second through the real worker, and the memory of its children
	@$(RUN) -m lab.bench.letters

screenshots: setup ## pictures of Flower and the terminal for the documentation
	@$(RUN) -m lab.screenshots

letters-sheet: setup ## every letter in every language on one sheet, to look at
	@$(RUN) -m lab.letters_sheet

PACKS ?= 500
SEED ?= 1
round-trip: setup ## forms out, filled in, scanned back: PACKS=500 SEED=1; with REPORT=docs/round-trip.md it keeps the figures
	@$(RUN) -m lab.round_trip --packs $(PACKS) --seed $(SEED) $(if $(REPORT),--report $(REPORT))

returns-sheet: setup ## returned forms as they come back, on one sheet, to look at
	@$(RUN) -m lab.returns_sheet

ROWS ?= samples/procedures/published.jsonl
PAGE ?= docs/procedures.md
procedures: setup ## every published procedure as a file, with cases lived under it; writes docs/procedures.md (ROWS, PAGE, FILES)
	@$(RUN) -m lab.procedures --rows $(ROWS) --page $(PAGE) $(if $(FILES),--files $(FILES))

procedures-demo: setup ## a real desk for each sample procedure, with two cases each, from first contact to answer (ONLY=03)
	@$(RUN) -m lab.procedures.demo $(ONLY)

lock: ## resolve the dependencies anew (needs uv); review the difference before committing it
	uv lock --upgrade
	uv export --quiet --locked --no-header --no-annotate --no-dev --format requirements-txt --output-file requirements.lock
	uv export --quiet --locked --no-header --no-annotate --format requirements-txt --output-file requirements-dev.lock

clean: ## remove the virtual environment and every cache; var/ and keys/ stay
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis mutants
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
