"""`cop serve` as its user sees it: what is written in a file shows in the page that is open, by itself."""

import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factory import repositories
from tests.support import repository
from tests.support.browser import PATIENCE, Visit, visitor
from tests.support.paths import ROOT

ENTRY = "cops/29/essai-de-reprise.yml"
RUN = "from generator.cli.command import entry; entry()"
"""The command, from the copy of the generator that stands in the repository: its templates may be edited."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small repository with its own generator."""
    root = repository.make(tmp_path_factory.mktemp("servi"), 1, 1, 1)
    (root / "generator").unlink()
    shutil.copytree(ROOT / "generator", root / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    repositories.write_files(root, [(ENTRY, cop())])
    return root


def cop() -> dict[str, object]:
    return {
        "nom": "COP fictive de Quimperlé",
        "type": "cop-locale",
        "collectivite": {"type": "commune", "code": "29233", "nom": "Quimperlé"},
        "statut": "active",
        "themes": ["eau"],
        "resume": "Fiche fictive : un espace inventé pour essayer la reprise.",
        "contact": {"courriel": "mairie@exemple.example"},
        "inscrite_le": "2026-11-20",
    }


@pytest.fixture(scope="module")
def preview(root: Path) -> Iterator[str]:
    """The address of the preview, once it answers."""
    address = f"http://127.0.0.1:{(port := free_port())}/"
    with (
        (root.parent / "serve.txt").open("w+", encoding="utf-8") as said,
        subprocess.Popen(
            [sys.executable, "-c", RUN, "serve", "--port", str(port), "--date", repository.TODAY],
            cwd=root,
            env=repository.environment(PYTHONPATH=str(root), PYTHONIOENCODING="utf-8", PYTHONDONTWRITEBYTECODE="1"),
            stdout=said,
            stderr=said,
        ) as process,
    ):
        try:
            assert wait(address, process), said.seek(0) or said.read()
            yield address
        finally:
            process.terminate()


def wait(address: str, process: "subprocess.Popen[bytes]") -> bool:
    """Whether the preview comes to answer."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return True
        except OSError:  # refused, or not answered yet: a loaded machine takes its time
            pass
    return False


@pytest.fixture
def visit(chromium: Browser, preview: str) -> Iterator[Visit]:
    with visitor(chromium, preview) as visit:
        yield visit


def edit(file: Path, before: str, after: str) -> None:
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def followed(visit: Visit, address: str) -> Page:
    """A page that follows the preview: a change made from now on will reach it."""
    with visit.page.expect_response("**/__evenements?*"):
        visit.open(address)
    return visit.page


def test_an_edited_entry_shows(visit: Visit, root: Path) -> None:
    page = followed(visit, "cops/essai-de-reprise/")
    edit(root / ENTRY, "COP fictive de Quimperlé", "COP fictive du bord de Laïta")
    page.locator("h1", has_text="COP fictive du bord de Laïta").wait_for()
    assert visit.complaints == []


def test_a_broken_entry_keeps_the_page_and_says_what_to_do(visit: Visit, root: Path) -> None:
    page = followed(visit, "cops/essai-de-reprise/")
    title = page.inner_text("h1")
    edit(root / ENTRY, "statut: active", "statut: actif")
    alert = page.get_by_role("alert")
    alert.wait_for()
    assert f"{ENTRY}:" in alert.inner_text()
    assert "active" in alert.inner_text()
    assert page.inner_text("h1") == title
    # A page that is opened meanwhile says it too.
    visit.open("lancer/")
    page.get_by_role("alert").wait_for()
    visit.open("cops/essai-de-reprise/")
    page.get_by_role("alert").wait_for()
    edit(root / ENTRY, "statut: actif", "statut: en-sommeil")
    page.locator(".statut", has_text="En sommeil").wait_for()
    assert page.get_by_role("alert").count() == 0


EDITS = (
    ("content/lancer.md", "<h1>Lancer une COP</h1>", "<h1>Texte repris</h1>", "lancer/", "h1", "Texte repris"),
    (
        "generator/templates/cop/corriger.html",
        "Cette fiche",
        "Gabarit repris",
        "cops/essai-de-reprise/",
        "h2",
        "Gabarit repris",
    ),
    (
        "generator/theme/partials/footer.html",
        "Plan du site",
        "Murs repris",
        "cops/essai-de-reprise/",
        "footer a",
        "Murs repris",
    ),
)


@pytest.mark.parametrize(("file", "before", "after", "address", "where", "words"), EDITS)
def test_texts_templates_and_walls_show(
    visit: Visit, root: Path, file: str, before: str, after: str, address: str, where: str, words: str
) -> None:
    page = followed(visit, address)
    edit(root / file, before, after)
    page.locator(where, has_text=words).wait_for()


def test_an_edited_style_shows(visit: Visit, root: Path) -> None:
    page = followed(visit, "")
    edit(root / "generator/theme/css/00-jetons.css", "--mer: #0b3c5d", "--mer: #123456")
    expect(page.locator(".heros")).to_have_css("background-color", "rgb(18, 52, 86)", timeout=PATIENCE)


def test_a_lost_address_has_its_page(visit: Visit) -> None:
    page = visit.open("nulle-part/").page
    assert page.inner_text("h1") == "Cette page n’existe pas"
