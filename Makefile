# clausecheck: every task a developer or CI runs. `make samples` and `make test` set everything up on a fresh machine.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.DEFAULT_GOAL := samples
.PHONY: samples test setup system lint docs model evaluate bench dpa clean

samples: setup ## set up, judge the samples, write a report to open
	$(BIN)/clausecheck check samples/faible --output build/faible --fail-on never
	$(BIN)/clausecheck check samples/presque-conforme --output build/presque-conforme --fail-on never
	@echo "Rapport à ouvrir : build/presque-conforme/dernier.html"

test: setup ## set up, pass the tests
	$(BIN)/python -m pytest

setup: $(VENV)/.ready ## create the virtual environment from the lock

$(VENV)/.ready: requirements.lock pyproject.toml tools/setup.sh
	PYTHON="$(PYTHON)" VENV="$(VENV)" sh tools/setup.sh
	touch $@

lint: setup ## formatting, lint, types, layers, catalogue
	$(BIN)/ruff format --check src models/scripts tests
	$(BIN)/ruff check src models/scripts tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/clausecheck clauses lint

docs: setup ## the guide in French, in build/guide, to open without network
	$(BIN)/mkdocs build --quiet --strict

model: setup ## train and package the second voice (needs the extra «model»; fusion needs $(SHARED))
	$(BIN)/python -m pip install --quiet "scikit-learn>=1.5,<2"
	PYTHONPATH=models/scripts $(BIN)/python models/scripts/train.py --all
	PYTHONPATH=models/scripts $(BIN)/python models/scripts/fuse.py --shared $(SHARED)

evaluate: setup ## print the quality table of docs/qualite.md (needs $(SHARED))
	$(BIN)/python benchmarks/evaluate.py --shared $(SHARED)

bench: setup ## speed, beside pdfplumber (needs $(SHARED)), and the page in chromium
	$(BIN)/python benchmarks/speed.py --shared $(SHARED)
	$(BIN)/python benchmarks/page.py
	$(BIN)/python benchmarks/pdf.py

dpa: setup ## the published benchmark of English agreements (needs the extra «benchmark» and $(SHARED))
	$(BIN)/python -m pip install --quiet "scikit-learn>=1.5,<2" "openpyxl>=3.1,<4"
	$(BIN)/python benchmarks/dpa/run.py --shared $(SHARED)

clean:
	rm -rf $(VENV) build dist
