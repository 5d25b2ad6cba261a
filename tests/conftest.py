"""What several tests share: one fictitious repository and its site, built once for all cores, only to be read."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.support import grown, one_reference, repository  # noqa: F401 the reference first, before whoever takes it
from tests.support.chance import ASKED
from tests.support.once import make_once

# The same examples at every run, so that a proposal fails only for what it holds; `make fuzz` draws others each night.
# On the machines of a forge Hypothesis would keep nothing of what failed: its own settings are taken from before that.
settings.register_profile(
    "annuaire", settings.get_profile("default"), deadline=None, derandomize=not ASKED, print_blob=True
)
settings.load_profile("annuaire")

pytest_plugins = [f"tests.support.{name}" for name in ("browser", "form_visits", "search_site")]


SLOW = (
    "browser/",
    "building/",  # whole builds, interrupted and served
    "cli/",  # the command, in a process of its own each time
    "edits/test_import_hostile.py",
    "edits/test_import_thousand.py",  # tables of a thousand rows
    "edits/test_interview.py",  # a terminal, at the pace of a person
    "edits/test_other_interviews.py",
    "entries/test_rules.py",  # texts made to last
    "entries/test_tree.py",  # a repository for each thing that lies in its way
    "entries/test_yaml_suite.py",
    "feeds/test_network_letter.py",
    "forges/",  # git repositories, an editor’s own server, schemas of the workflows
    "fuzz/",
    "hosting/",  # web servers
    "pages/test_pages.py",  # a site in a folder
    "pages/test_settings_words.py",  # another directory, whole
    "pages/test_states.py",
    "repository/test_publishable.py",  # a git repository and builds
    "scripts/",  # in a browser too
    "test_engine.py",  # engines, in a process of their own
    "test_factory.py",
    "test_linear.py",  # every pattern, against texts made to last
    "test_style.py",  # prettier, where there is one
    "upkeep/test_areas.py",
    "upkeep/test_links.py",  # waits for servers that are slow on purpose
    "upkeep/test_journal.py",  # a git repository
    "upkeep/test_versions.py",
    "upkeep/test_year.py",
    "upkeep/test_visits.py",  # waits for servers that are slow on purpose
)
"""Tests of seconds, by the beginning of their path: `make essais-rapides` leaves them out…"""
WHOLE = {"site", "open_site", "searched_site", "grown_root"}
"""… and whoever reads the whole site, whose build takes the longest of all."""


def is_slow(path: Path) -> bool:
    return path.relative_to(Path(__file__).parent).as_posix().startswith(SLOW)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """What is left out is not even imported."""
    return True if "not lent" in config.option.markexpr and is_slow(collection_path) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the browser is marked `navigateur`, what takes seconds `lent`."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if "chromium" in asked:
            item.add_marker("navigateur")
        if asked & WHOLE or is_slow(item.path):
            item.add_marker("lent")


@pytest.fixture(scope="session")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of thirty fictitious COP, nine trainings and eight news items."""
    return make_once(tmp_path_factory, "depot", lambda root: repository.make(root, *repository.SHARED, is_whole=True))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, depot: Path) -> Path:
    """Its whole site, search index included."""

    def build(_: Path) -> None:
        built = repository.run("--root", depot, "build", "--date", repository.TODAY, "--quiet")
        assert (built.returncode, built.stdout, built.stderr) == (0, "", "")

    make_once(tmp_path_factory, "site", build)
    return depot / "site"


@pytest.fixture(scope="session")
def grown_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose schemas gained a theme, a form and keys of every kind, and its site without search index."""

    def build(root: Path) -> None:
        built = repository.build(grown.make(root), "--quiet")
        assert (built.returncode, built.stdout, built.stderr) == (0, "", "")

    return make_once(tmp_path_factory, "croissance", build)


@pytest.fixture(scope="session")
def open_site(tmp_path_factory: pytest.TempPathFactory, depot: Path) -> Path:
    """The site of the same repository, which has a forge and a mailbox to send entries to; no search index."""
    doors = {"DEPOT": "https://github.com/exemple/annuaire", "CONTACT": "contact@annuaire.example"}

    def build(target: Path) -> None:
        built = repository.build(depot, "--output", target / "site", variables=doors)
        assert built.returncode == 0, built.stderr

    return make_once(tmp_path_factory, "joignable", build) / "site"
