PYTHON ?= python3
DATA ?= ../shared/data
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test lint bench train evaluate clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/installed ## Install Belowline and see it judge a page of comments
	@$(BIN)/belowline demo

test: lint ## Check style, types and layers, then run every test
	@$(BIN)/pytest

lint: .venv/developing ## Check style, types and layers
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: .venv/training ## Measure speed beside a BERT-sized classifier; writes bench/results.md
	@$(BIN)/python bench/judge.py --out bench/results.md

train: .venv/training ## Make the model anew from labelled text: make train DATA=folder
	@$(BIN)/python -m training --data "$(DATA)"

evaluate: .venv/training ## Measure the shipped model again: make evaluate DATA=folder
	@$(BIN)/python -m training.evaluate --data "$(DATA)"

clean: ## Remove the environment and everything made
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# One environment that grows with what is asked of it; a stamp is older than pyproject.toml when it must be made again.
.venv/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Belowline needs Python 3.11 or newer; there is no $(PYTHON)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Belowline needs Python 3.11 or newer; $(PYTHON) is `$(PYTHON) -V 2>&1`. Name another: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	@echo "Installing Belowline into .venv (once)"
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/developing: .venv/installed
	@echo "Installing what the tests need (once)"
	@$(BIN)/python -m pip install --quiet --editable '.[parquet,plots]' --group dev
	@touch $@

.venv/training: .venv/developing
	@echo "Installing what training needs (once; large)"
	@$(BIN)/python -m pip install --quiet --group train
	@touch $@
