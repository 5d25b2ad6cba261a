# make site : le site, dans site/.   make test : tout vérifier.   make aide : le reste.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := site
PYTHON ?= python3
BIN := .venv/bin
# Python keeps its compiled modules, whatever the shell says: each `cop` of the tests would compile the whole program again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site publier test check serve demo essais-rapides essais-firefox essais-serveurs forge bench fuzz lock reference partage release refaire format clean aide

site: .venv/.site ## Construire le site des vraies fiches dans site/
	$(BIN)/cop build

publier: .venv/.site ## La même chose pour publier : de deux fiches qui se contredisent, la plus récente attend
	REVISION=$${REVISION:-$$(git rev-parse HEAD 2>/dev/null || true)} $(BIN)/cop build --publier

check: .venv/.site ## Vérifier les fiches
	$(BIN)/cop check

serve: .venv/.site ## Voir le site et le reconstruire à chaque changement
	$(BIN)/cop serve

demo: .venv/.dev ## Voir un site plein : 1 000 COP fictives
	$(BIN)/python -m tests.factory demo --cops 1000
	$(BIN)/cop --root demo serve

# Web servers that are there are tried too; `make essais-serveurs` alone installs them, for that takes a minute.
test: .venv/.dev chromium ## Tout vérifier : style, types, tests, navigateur
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses auto --dist worksteal -m 'not firefox'

essais-rapides: .venv/.dev ## Vérifier l’essentiel en une minute : ni navigateur, ni essais lents
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --quiet --numprocesses auto --dist worksteal -m 'not navigateur and not lent'

essais-firefox: .venv/.dev firefox ## Essayer les principaux parcours dans Firefox, installé s’il manque
	$(BIN)/pytest -m firefox tests/browser/test_firefox.py

essais-serveurs: .venv/.dev chromium serveurs ## Essayer .hebergement/ avec nginx, Apache et Caddy, installés s’ils manquent
	$(BIN)/pytest tests/hosting

forge: .venv/.dev ## Faire tourner les flux de .github/ et de GitLab contre une forge de cette machine ; prend des minutes
	@command -v gh >/dev/null && command -v rsync >/dev/null || .ci/apt gh rsync
	FORGE=1 $(BIN)/pytest tests/forges/test_runs.py tests/forges/test_gitlab_runs.py

bench: .venv/.dev chromium ## Mesurer vitesse et poids sur cette machine (QUOI=poids : une partie ; NOTER=1 : dans README.md)
	$(BIN)/python -m tests.bench $(QUOI) $(if $(NOTER),--noter)

fuzz: .venv/.dev ## Abîmer fiches, pages, tableaux et demandes par milliers, au hasard (FUZZ=20000)
	FUZZ=$(or $(FUZZ),20000) $(BIN)/pytest tests/fuzz && FUZZ=1 $(BIN)/pytest -m 'hypothesis and not navigateur' --ignore tests/fuzz tests

format: .venv/.dev ## Mettre le code en forme
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@command -v npx >/dev/null || { echo 'Les scripts et les feuilles de style restent tels quels : npx manque.' >&2; exit 0; }; \
	  npx --yes $$(sed -n 's/^PRETTIER = "\(.*\)"/\1/p' tests/support/npm.py) --log-level warn --write $(SHOWN)
SHOWN := 'generator/**/*.{js,css}'

lock: .venv/.dev ## Refaire les fichiers de verrouillage
	$(BIN)/uv pip compile --upgrade pyproject.toml --group build $(LOCK) -o requirements.txt
	$(BIN)/uv pip compile --upgrade pyproject.toml --group dev -c requirements.txt $(LOCK) -o requirements-dev.txt
LOCK := --universal --python-version 3.11 --generate-hashes --no-annotate --no-emit-index-url --quiet \
	--custom-compile-command 'make lock'

reference: .venv/.dev ## Reprendre le dernier découpage des communes (DECOUPAGE=6.0.0 FORMES=1.1.0 : des versions) ; demande npm
	voulu=$$($(BIN)/python -m generator.repository.wanted) && \
	  $(BIN)/python -m generator.territories.refresh.refresh --decoupage '$(DECOUPAGE)' --formes '$(FORMES)' $$voulu
	$(BIN)/python -m tests.tools.share_pictures

partage: .venv/.dev ## Redessiner les images de partage des territoires, comme le fait `make reference`
	$(BIN)/python -m tests.tools.share_pictures

release: ## Préparer une version : arbre propre, journal daté, essais, puis les archives et leurs empreintes dans dist/
	@.ci/release

# In this order: what the first writes is quoted by the others.
MADE := sentences problem_answers problem_examples issue_forms published heard
refaire: .venv/.dev chromium ## Refaire les fichiers tirés des autres (formulaires, exemples, réponses attendues, flux, pages entendues)
	for tool in $(MADE); do $(BIN)/python -m tests.tools.$$tool; done

clean: ## Enlever ce qui se refait
	rm -rf site .site.cop demo dist .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

aide: ## Cette liste
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "%-16s %s\n", $$1, $$2 }'

.PHONY: chromium firefox serveurs
chromium firefox serveurs:
	@.ci/$@

# Where the folder moved or the Python of the machine changed, what is in .venv runs no more: it is made again.
ifneq (,$(wildcard .venv/.site))
ifneq (oui,$(shell grep -qF "$(CURDIR)/.venv/" .venv/bin/cop && .venv/bin/python -c 'import click' 2>/dev/null && echo oui))
.PHONY: .venv/bin/pip
endif
endif

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Il faut Python 3.11 ou plus récent : $(PYTHON) ne l’est pas. Essayez : make PYTHON=python3.12' >&2; exit 2; }
	@$(PYTHON) -m venv --clear .venv >/dev/null 2>&1 && test -x $@ || { \
	  rm -rf .venv; echo 'Le module venv manque : installation de python3-venv.' >&2; \
	  .ci/apt python3-venv && $(PYTHON) -m venv .venv; }

# Nothing is fetched that the lock does not hold: build backends first, then everything without an isolated build.
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes

.venv/.site: .venv/bin/pip requirements.txt pyproject.toml
	sed -nE '/^(flit-core|setuptools|wheel|packaging)==/,/[^\\]$$/p' requirements.txt > .venv/build.txt
	$(PIP) --only-binary :all: -r .venv/build.txt
	$(PIP) --only-binary :all: --no-binary feedgen -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $@

.venv/.dev: .venv/.site requirements-dev.txt
	$(PIP) --only-binary :all: --no-binary feedgen -r requirements-dev.txt
	@touch $@
