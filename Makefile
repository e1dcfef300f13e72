# make run   sets everything up and serves the site with a demo partner on http://127.0.0.1:8000
# make test  sets everything up and passes the tests
PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed

.PHONY: run test setup bench drills drills-can-fail destroy-day load browser-test system-test lint types check audit clean
.DEFAULT_GOAL := run

$(STAMP): requirements.lock installer.lock
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@python3 -c 'import ensurepip, venv' 2>/dev/null || { echo "Python lacks its venv part. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	@test -x $(PY) || python3 -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r installer.lock
	@$(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	@touch $@

setup: $(STAMP)
	@$(PY) manage.py prepare

run: $(STAMP)
	@PORT=$(PORT) $(PY) manage.py serve --prepare

test: setup
	@$(PY) -m pytest -q -n auto -m "not browser and not system_tools and not drills"

system-test: setup
	@$(PY) -m pytest -q -m system_tools

browser-test: setup
	@$(PY) -m pytest -q -n auto -m browser

lint: $(STAMP)
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check .

types: $(STAMP)
	@$(VENV)/bin/mypy .

bench: setup
	@$(PY) -m bench

# These break services of their own on purpose: PostgreSQL, Redis and RabbitMQ have to be installed. See docs/drills.md.
drills: setup
	@$(PY) -m drills all

# That the drills turn red where a safeguard of the product is taken out.
drills-can-fail: setup
	@$(PY) -m pytest -q -n 0 -m drills

destroy-day: setup
	@$(PY) -m drills destroy-day --minutes $(or $(MINUTES),60)

load: setup
	@$(PY) -m drills load

check: lint types test

# Known weaknesses of what is in the locks. It needs the network, so no test does it. See docs/security.md.
audit: $(STAMP)
	@for lock in requirements.lock installer.lock; do \
		$(VENV)/bin/uv tool run --from pip-audit==2.10.1 pip-audit --disable-pip --require-hashes -r $$lock || exit 1; \
	done

clean:
	rm -rf $(VENV) var staticfiles
