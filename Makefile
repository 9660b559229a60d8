UV ?= .venv/uv/bin/uv
COMPILE = $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	--custom-compile-command "make lock"

CATALOGUE = locale/en/LC_MESSAGES/django.po

PYTEST = .venv/bin/pytest -n 2 --dist loadgroup --no-loadscope-reorder --max-worker-restart=0

.PHONY: run test quick days lint bench messages lock

run:
	./run

test:
	./test

# All but browsers, races, the demo, ./run itself and what is asked of every route: while one works.
quick:
	$(PYTEST) -m "not browser and not race and not matrix" --ignore=tests/demo --ignore=tests/platform/test_run.py

# The demo as of every moment that tests/demo/conftest.py knows.
days:
	MEDBORGER_TEST_DAYS=1 $(PYTEST) tests/demo

lint:
	.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy . && .venv/bin/lint-imports

bench:
	.venv/bin/python -m benchmark

# What the sources say in Danish, gathered for its English: fill in what is new, settle what is marked fuzzy.
messages:
	.venv/bin/python manage.py makemessages --locale=en --no-location --no-obsolete \
		--ignore=node_modules --ignore=static --ignore=tests --ignore=benchmark --ignore=var
	msgattrib --sort-output --width=118 --output-file=$(CATALOGUE) $(CATALOGUE)
	sed -i '/^"POT-Creation-Date/d' $(CATALOGUE)

# Newest versions that pyproject.toml allows: make lock UPGRADE=--upgrade
lock:
	$(COMPILE) $(UPGRADE) --group embedded pyproject.toml -o requirements.lock
	$(COMPILE) $(UPGRADE) --group embedded --group dev pyproject.toml -o requirements-dev.lock
	$(COMPILE) $(UPGRADE) --constraint requirements.lock pyproject.toml -o requirements-site.lock
	echo uv | $(COMPILE) $(UPGRADE) - -o requirements-uv.lock
