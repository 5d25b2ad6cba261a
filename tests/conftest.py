"""What several tests share: one fictitious repository and its site, built once, only to be read."""

from pathlib import Path

import pytest

from tests import repository

pytest_plugins = ["tests.browser"]


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
