# Two commands do everything on a fresh machine: `make site` and `make test`.

PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
RUN := $(VENV)/bin/python
INSTALLER := $(VENV)/.installer
UV := $(INSTALLER)/bin/uv
NPM = $(or $(shell command -v npm),$(CURDIR)/$(VENV)/bin/npm)
NODE = $(if $(shell command -v npm),,node)
SITE := $(VENV)/.site node_modules/.installed
TEST := $(VENV)/.test node_modules/.installed
STRANGERS := benchmarks/strangers
PROOF := $(VENV)/.proof node_modules/.installed $(STRANGERS)/node_modules/.installed
PORT ?= 8000

.PHONY: help site test proof faults lint mutants serve validate seeds scores benchmarks lighthouse screenshots citation lock clean

help: ## Show what you can ask for
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

site: $(SITE) ## Check the data, publish them and build the site in public/; RELEASE=1 for the world
	@$(RUN) scripts/publish.py
	@$(RUN) scripts/build_site.py
	@echo "Open public/index.html in a browser, or run 'make serve'."

test: $(TEST) ## Ask whether everything works; TESTS=tests/unit/core/test_text.py runs some
	@$(RUN) -m pytest $(or $(TESTS),-n auto tests/unit tests/integration tests/browser)

proof: $(PROOF) ## Run the slow proofs; TESTS=tests/proof/test_firefox.py runs some
	@$(RUN) -m pytest $(or $(TESTS),-n auto tests/proof)

faults: $(TEST) ## Kill each verb that writes before each of its file operations, and see that nothing is lost
	@$(RUN) -m pytest tests/proof/test_faults.py tests/proof/test_full_disks.py

lint: $(VENV)/.test ## Look at the style, the types and the imports of the code
	@$(VENV)/bin/ruff check
	@$(VENV)/bin/ruff format --check
	@PYTHONPATH=scripts $(VENV)/bin/lint-imports
	@$(VENV)/bin/mypy

mutants: $(PROOF) ## Plant faults in a copy of the project, and see that a test fails for each; ONLY=core/ tries some
	@$(RUN) tests/mutants/run.py --jobs 2 --only "$(ONLY)"

serve: $(SITE) ## Show the site at http://127.0.0.1:8000 (PORT=8001 for another) and rebuild it on every change
	@$(RUN) scripts/serve.py --port $(PORT)

validate: $(VENV)/.site ## Check the data and the pages
	@$(RUN) scripts/validate.py

seeds: $(VENV)/.site ## Make errors in copies of the package, and write down what caught each
	@PYTHONPATH=scripts $(RUN) tests/support/fault_injection.py

scores: $(VENV)/.site ## Measure the site in public/ by what others ask, and write the scores in their tables
	@$(RUN) scripts/score.py

benchmarks: $(VENV)/.site ## Measure validation beside its peers, and write benchmarks/RESULTS.md
	@$(RUN) benchmarks/validation/run.py

lighthouse: $(TEST) ## Measure the site in public/ with Lighthouse, and write benchmarks/lighthouse/RESULTS.md
	@$(RUN) benchmarks/lighthouse/run.py

screenshots: $(VENV)/.test ## Take pictures of every page in public/, on a phone, a desktop and paper
	@$(RUN) scripts/take_screenshots.py

citation: $(VENV)/.site ## Publish, and write CITATION.cff of the project again
	@$(RUN) scripts/publish.py
	@cp build/data/latest/CITATION.cff .CITATION.cff.tmp && mv .CITATION.cff.tmp CITATION.cff

lock: $(VENV)/.site ## Renew the lists in requirements/, and package-lock.json
	@$(PYTHON) -m venv $(INSTALLER) || { $(no_venv); }
	@$(BRING_UV)
	@for list in uv node check site test proof audit; do \
		$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet --upgrade \
		requirements/$$list.in --output-file requirements/$$list.txt || exit 1; done
	@rm -rf $(INSTALLER) package-lock.json
	@$(NPM) install --package-lock-only --loglevel=error

clean: ## Remove what was built and installed
	rm -rf build public .public.contents .public.kept node_modules $(STRANGERS)/node_modules $(VENV)

# What each of `make site`, `make test` and `make proof` needs is a list of its own, which is installed once. The file that
# says so is made last, so that an installation that was broken off is done again.
$(VENV)/.site: requirements/uv.txt requirements/site.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it from python.org, or with"; \
		echo "'apt install python3 python3-venv', 'dnf install python3' or 'brew install python'."; exit 1; } >&2
	@rm -rf $(VENV)
	@$(PYTHON) -m venv --without-pip $(VENV) || { $(no_venv); }
	$(call install,site)

$(VENV)/.test: $(VENV)/.site requirements/test.txt
	$(call install,site test)

$(VENV)/.proof: $(VENV)/.test requirements/proof.txt
	$(call install,site test proof)

node_modules/.installed: package.json package-lock.json | $(VENV)/.site
	@$(NPM) ci --loglevel=error || { echo "npm could not install what package-lock.json lists: is there a network?"; exit 1; } >&2
	@touch $@

# Packages of others, for the proofs alone (39 MB). Their lock leaves out what the code beside the data would need.
$(STRANGERS)/node_modules/.installed: $(STRANGERS)/package-lock.json | node_modules/.installed
	@$(NPM) ci --prefix $(STRANGERS) --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

no_venv = echo "Python has no venv with pip here: 'apt install python3-venv' adds it." >&2; exit 1

PIPPED := --quiet --disable-pip-version-check --require-hashes
# uv, which installs the rest, leaves again: with pip, which brings it, it would be a tenth of what `make site` needs.
BRING_UV := $(INSTALLER)/bin/python -m pip install $(PIPPED) --only-binary :all: --requirement requirements/uv.txt

define install
	@$(PYTHON) -m venv $(INSTALLER) || { $(no_venv); }
	@echo "Installing what requirements/$(lastword $(1)).txt lists, once …"
	@test -z "$(NODE)" || echo "There is no npm here, so a package brings it (200 MB)."
	@if $(BRING_UV) 2>/dev/null && $(UV) --version >/dev/null 2>&1; then \
		$(UV) pip sync --quiet --python $(RUN) --require-hashes $(patsubst %,requirements/%.txt,$(1) $(NODE)); \
	else \
		echo "uv cannot be had here, or not run: pip installs, which takes longer." >&2; \
		$(INSTALLER)/bin/python -m pip --python $(RUN) install $(PIPPED) \
			$(patsubst %,--requirement requirements/%.txt,$(1) $(NODE)); \
	fi || { echo "These packages could not be fetched: is there a network, and a registry of packages for Python?"; exit 1; } >&2
	@rm -rf $(INSTALLER)
	@touch $@
endef
