"""From the repository to site/: what is written, what is refused, and what stays when something fails."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.building import recipe
from generator.failures import SamePath
from tests.support import repository
from tests.support.repository import COMMAND, TODAY, beside, environment, former, refused, tree


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A small repository to spoil, with a former site."""
    return repository.with_former_site(tmp_path / "depot")


# What the data gets wrong -------------------------------------------------------------------------------------------


def add_line(root: Path, page: str, line: str) -> str:
    """The place of a line that is added to a page."""
    file = root / "content" / page
    lines = file.read_text("utf-8").split("\n")
    file.write_text("\n".join([*lines, line, ""]), encoding="utf-8")
    return f"content/{page}:{len(lines) + 1}"


def spoil_bloc(root: Path) -> str:
    return f"{add_line(root, 'lancer.md', '<!-- bloc: compteurr -->')}:1: erreur\u00a0: Le bloc «\u00a0compteurr\u00a0»"


def spoil_schema(root: Path) -> str:
    entry = sorted((root / "cops").rglob("*.yml"))[0]
    entry.write_text(entry.read_text("utf-8").replace("\nstatut:", "\nstatu:"), encoding="utf-8")
    return f"{entry.relative_to(root)}:"


def spoil_yaml(root: Path) -> str:
    entry = sorted((root / "cops").rglob("*.yml"))[1]
    lines = [line for line in entry.read_text("utf-8").split("\n") if not line.startswith("nom:")]
    entry.write_text("\n".join([lines[0], "nom: COP : le climat", *lines[1:]]), encoding="utf-8")
    return f"{entry.relative_to(root)}:2:"


def spoil_bytes(root: Path) -> str:
    (root / "content" / "modeles.md").write_bytes("# Lancer\n\nUne COP créée\n".encode("cp1252"))
    return "content/modeles.md:3:"


def spoil_settings(root: Path) -> str:
    file = root / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("http://localhost:8000/", "exemple"), encoding="utf-8")
    return "mkdocs.yml:"


def spoil_all(root: Path) -> list[str]:
    """Everything that a build can be told at once: each page and entry has one mistake, for the first hides others."""
    links = {"contact.md": "suite.md", "agenda.md": "#nulle-part", "kit.md": "/cops/"}
    told = [spoil_bloc(root), spoil_schema(root), spoil_yaml(root), spoil_bytes(root)]
    for page, link in links.items():
        place = add_line(root, page, f"Voir [plus loin]({link}).")
        told.append(f"{place}:18: erreur\u00a0: Le lien «\u00a0{link}\u00a0»")
    return told


@pytest.mark.parametrize(("spoil", "more"), [(spoil_all, ()), (lambda root: [spoil_settings(root)], ("--quiet",))])
def test_mistakes_stop_the_build(depot: Path, spoil: Callable[[Path], list[str]], more: tuple[str, ...]) -> None:
    starts = spoil(depot)
    done = repository.build(depot, *more)
    refused(done, 1)
    said = [line for line in done.stderr.split("\n") if ": erreur" in line.replace("\u00a0", " ")]
    assert [start for start in starts if not any(line.startswith(start) for line in said)] == [], done.stderr
    assert "Le site n’a pas été reconstruit\u202f; l’ancien est intact." in done.stderr
    assert former(depot / "site")


def test_engine_that_stops_for_another_reason(depot: Path) -> None:
    file = depot / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("name: null", "name: inconnu"), encoding="utf-8")
    done = repository.build(depot)
    assert done.returncode == 2
    assert done.stderr.startswith("Le moteur n’a pas pu construire les pages écrites à la main.")
    assert "Traceback" not in done.stderr
    assert former(depot / "site")


def test_two_producers_of_one_path() -> None:
    with pytest.raises(SamePath, match=r"a/index\.html"):
        recipe.merge({"a/index.html": b"1"}, {"b/index.html": b"2"}, {"a/index.html": b"1"})
    assert recipe.merge({"a": b"1"}, {"b": b"2"}) == {"a": b"1", "b": b"2"}


def test_a_written_page_where_a_made_one_stands(depot: Path) -> None:
    (depot / "content" / "themes").mkdir()
    (depot / "content" / "themes" / "eau.md").write_text("# L’eau\n", encoding="utf-8")
    settings = depot / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("  /themes.md\n", "  /themes.md\n  eau.md\n"), "utf-8")
    done = repository.build(depot)
    refused(done, 1)
    assert done.stderr.startswith("content/themes/eau.md:1:1: erreur")
    assert former(depot / "site")


# The same site everywhere -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The same repository built at another place, by another machine."""
    other = repository.make(tmp_path_factory.mktemp("autre") / "un autre chemin, plus long")
    ways = {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"}
    assert repository.run("build", "--date", TODAY, "--quiet", cwd=other, variables=ways).returncode == 0
    return tree(other / "site")


def without_network() -> list[str]:
    """What starts a program without any network, where this machine can."""
    try:
        cut = subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode == 0
    except OSError:
        cut = False
    return ["unshare", "-n"] if cut else []


def test_two_builds_are_identical_and_need_no_network(depot: Path, elsewhere: Mapping[str, str]) -> None:
    ways = {
        "PYTHONHASHSEED": "1",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "SOURCE_DATE_EPOCH": "1795500000",
    }
    command: list[str | Path] = [*without_network(), COMMAND, "--root", depot, "build", "--date", TODAY, "--quiet"]
    former_mask = os.umask(0o077)
    try:
        done = subprocess.run(command, env=environment(**ways), capture_output=True, text=True, check=False)
    finally:
        os.umask(former_mask)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert tree(depot / "site") == elsewhere
    assert (depot / "site" / "pagefind" / "pages" / "pagefind.js").is_file()
    assert beside(depot / "site") == []


def test_mkdocs_gives_the_same_site(depot: Path, elsewhere: Mapping[str, str]) -> None:
    done = mkdocs(depot)
    assert done.returncode == 0, done.stderr
    assert tree(depot / "site") == elsewhere
    assert beside(depot / "site") == []


@pytest.mark.parametrize("spoil", [spoil_schema, spoil_bloc])
def test_mkdocs_stops_in_french(depot: Path, spoil: Callable[[Path], str]) -> None:
    start = spoil(depot)
    done = mkdocs(depot)
    assert done.returncode != 0
    assert start in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def mkdocs(root: Path) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict`, typed by habit, on the tests' own day."""
    variables = environment(SOURCE_DATE_EPOCH="1795500000", NO_MKDOCS_2_WARNING="1")  # 24 November 2026
    command: list[str | Path] = [COMMAND.with_name("mkdocs"), "build", "--strict"]
    return subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, check=False)


def test_two_builds_at_once_take_turns(depot: Path, elsewhere: Mapping[str, str]) -> None:
    command: list[str | Path] = [COMMAND, "--root", depot, "build", "--date", TODAY, "--quiet"]
    both = [subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(one.communicate(timeout=60)[1], one.returncode) for one in both] == [("", 0), ("", 0)]
    assert tree(depot / "site") == elsewhere
    assert beside(depot / "site") == []


def test_a_preview_that_starts_leaves_a_running_build_alone(depot: Path, elsewhere: Mapping[str, str]) -> None:
    build: list[str | Path] = [COMMAND, "--root", depot, "build", "--date", TODAY, "--quiet"]
    serve: list[str | Path] = [COMMAND, "--root", depot, "serve", "--date", TODAY, "--port", "0"]
    expected = {path for path in elsewhere if not path.startswith("pagefind/")}  # named after their content
    told = depot / "dit.txt"
    for pause in (0.6, 1.2):  # seconds: while the entries are read, while the pages are written
        with (
            subprocess.Popen(build, env=environment(), stderr=subprocess.PIPE, text=True) as building,
            told.open("w+", encoding="utf-8") as said,
        ):
            time.sleep(pause)
            with subprocess.Popen(serve, env=environment(), stdout=said, stderr=said, text=True) as serving:
                try:
                    assert (building.communicate(timeout=60)[1], building.returncode) == ("", 0)
                    deadline = time.monotonic() + 60
                    while not expected <= set(tree(depot / "site")) and time.monotonic() < deadline:
                        assert serving.poll() is None, told.read_text("utf-8")
                        time.sleep(0.1)
                finally:
                    serving.send_signal(signal.SIGINT)
                    serving.wait(timeout=60)
        assert expected <= set(tree(depot / "site"))
        assert "ENOTEMPTY" not in told.read_text("utf-8")
