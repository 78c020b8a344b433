# Two commands do everything on a fresh machine: `make site` and `make test`.

PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
RUN := $(VENV)/bin/python
NPM := $(VENV)/bin/npm
INSTALLED := $(VENV)/.installed
PORT ?= 8000

.PHONY: help site test serve validate seeds scores benchmarks lighthouse screenshots citation lock clean

help: ## Show what you can ask for
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

site: $(INSTALLED) ## Check the data, publish them and build the site in public/
	@$(RUN) scripts/validate.py
	@$(RUN) scripts/publish.py
	@$(RUN) scripts/build_site.py
	@echo "Open public/index.html in a browser, or run 'make serve'."

test: $(INSTALLED) ## Run every test; TESTS=tests/unit/core/test_text.py runs some
	@$(RUN) -m pytest $(TESTS)

serve: $(INSTALLED) ## Show the site at http://127.0.0.1:8000 (PORT=8001 for another) and rebuild it on every change
	@$(RUN) scripts/serve.py --port $(PORT)

validate: $(INSTALLED) ## Check the data and the pages
	@$(RUN) scripts/validate.py

seeds: $(INSTALLED) ## Make errors in copies of the package, and write down what caught each
	@$(RUN) scripts/seed_errors.py

scores: $(INSTALLED) ## Measure the site in public/ by what others ask, and write the scores in their tables
	@$(RUN) scripts/score.py

benchmarks: $(INSTALLED) ## Measure validation beside its peers, and write benchmarks/RESULTS.md
	@$(RUN) benchmarks/validation/run.py

lighthouse: $(INSTALLED) ## Measure the site in public/ with Lighthouse, and write benchmarks/lighthouse/RESULTS.md
	@$(RUN) benchmarks/lighthouse/run.py

screenshots: $(INSTALLED) ## Take pictures of every page in public/, on a phone, a desktop and paper
	@$(RUN) scripts/take_screenshots.py

citation: $(INSTALLED) ## Publish, and write CITATION.cff of the project again
	@$(RUN) scripts/publish.py
	@cp build/data/latest/CITATION.cff CITATION.cff

lock: $(INSTALLED) ## Renew requirements.txt from requirements.in, and package-lock.json from package.json
	@$(VENV)/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
		--quiet --upgrade requirements.in --output-file requirements.txt
	@rm -f package-lock.json
	@$(NPM) install --package-lock-only --loglevel=error

clean: ## Remove what was built and installed
	rm -rf build public node_modules $(VENV)

# The file is made last, so that an installation that was broken off is done again.
$(INSTALLED): requirements.txt package.json package-lock.json
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it from python.org, or with"; \
		echo "'apt install python3 python3-venv', 'dnf install python3' or 'brew install python'."; exit 1; } >&2
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv with pip here: 'apt install python3-venv' adds it."; exit 1; } >&2
	@echo "Installing what requirements.txt and package-lock.json list, once …"
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@$(NPM) ci --loglevel=error
	@touch $@
