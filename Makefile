# Two commands matter: `make run` reads the examples, `make test` runs the tests. Both set up what they need in this folder.
PYTHON ?= python3
UV := .tools/bin/uv
RUN := .venv/bin
# Where the machine has a store of certificates of its own (a company's proxy, say), uv trusts it, as pip does.
export UV_SYSTEM_CERTS := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),true,false)

.PHONY: run test lint check setup setup-dev schema clean

run: setup  ## read the example reports, print what they rest on, write out/examples.html
	@mkdir -p out
	CORROBORATE_PARTIES=examples/parties.toml $(RUN)/corroborate run examples --ledger out/examples.ledger --report out/examples.html

test: setup-dev  ## run the tests
	$(RUN)/pytest

lint: setup-dev  ## style, types, and which part may import which
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports

check: lint test  ## all that has to hold before a change lands

schema: setup-dev  ## write docs/records.schema.json from the model
	$(RUN)/corroborate schema > docs/records.schema.json

setup: $(UV)
	@$(UV) sync --quiet --locked --inexact --no-dev --python $(PYTHON)

setup-dev: $(UV)
	@$(UV) sync --quiet --locked --inexact --group dev --python $(PYTHON)

# uv makes the virtual environment itself, so that Debian's python3 without its venv package is enough.
$(UV):
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools "uv>=0.9"

clean:
	rm -rf .venv .tools out
