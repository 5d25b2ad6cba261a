"""What several tests share: one fictitious repository and its site, built once, only to be read."""

from pathlib import Path

import pytest

from tests.support import repository

pytest_plugins = ["tests.support.browser", "tests.support.form_visits", "tests.support.search_site"]


SLOW = (
    "building/",  # whole builds, interrupted and served
    "edits/test_import_hostile.py",
    "edits/test_import_thousand.py",
    "edits/test_interview.py",  # a terminal, at the pace of a person
    "entries/test_fuzz.py",
    "entries/test_rules.py",  # texts made to last
    "entries/test_yaml_suite.py",
    "forges/test_proposer.py",  # a git repository for each proposal
    "test_factory.py",
    "test_style.py",  # prettier, where there is one
    "upkeep/test_visits.py",  # waits for servers that are slow on purpose
)
"""Tests of seconds, by the beginning of their path: `make essais-rapides` leaves them out."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the browser is marked `navigateur`, what takes seconds `lent`."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker("navigateur")
        if item.path.relative_to(Path(__file__).parent).as_posix().startswith(SLOW):
            item.add_marker("lent")


@pytest.fixture(scope="session")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of thirty fictitious COP, nine trainings and eight news items."""
    return repository.make(tmp_path_factory.mktemp("depot"), 30, 9, 8)


@pytest.fixture(scope="session")
def site(depot: Path) -> Path:
    """Its whole site, search index included."""
    built = repository.run("--root", depot, "build", "--date", repository.TODAY, "--quiet")
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    return depot / "site"


@pytest.fixture(scope="session")
def open_site(depot: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the same repository, which has a forge and a mailbox to send entries to; no search index."""
    target = tmp_path_factory.mktemp("joignable") / "site"
    doors = {"DEPOT": "https://github.com/exemple/annuaire", "CONTACT": "contact@annuaire.example"}
    built = repository.build(depot, "--output", target, variables=doors)
    assert built.returncode == 0, built.stderr
    return target
