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
from generator.french import nombre
from tests.support import repository
from tests.support.repository import COMMAND, TODAY, beside, environment, former, refused, tree

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="il faut être root pour couper le réseau d’un processus")


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A small repository to spoil, with a former site."""
    return repository.with_former_site(tmp_path / "depot")


# What the data gets wrong -------------------------------------------------------------------------------------------


def spoil_bloc(root: Path) -> str:
    page = root / "content" / "lancer.md"
    lines = page.read_text("utf-8").split("\n")
    page.write_text("\n".join([*lines, "<!-- bloc: compteurr -->", ""]), encoding="utf-8")
    return f"content/lancer.md:{len(lines) + 1}:1: erreur\u00a0: Le bloc «\u00a0compteurr\u00a0» n’existe pas."


def spoil_yaml(root: Path) -> str:
    entry = next((root / "cops").rglob("*.yml"))
    lines = [line for line in entry.read_text("utf-8").split("\n") if not line.startswith("nom:")]
    entry.write_text("\n".join([lines[0], "nom: COP : le climat", *lines[1:]]), encoding="utf-8")
    return f"{entry.relative_to(root)}:2:"


def spoil_schema(root: Path) -> str:
    entry = next((root / "cops").rglob("*.yml"))
    entry.write_text(entry.read_text("utf-8").replace("\nstatut:", "\nstatu:"), encoding="utf-8")
    return f"{entry.relative_to(root)}:"


def spoil_link(root: Path) -> str:
    page = root / "content" / "lancer.md"
    lines = page.read_text("utf-8").split("\n")
    page.write_text("\n".join([*lines, "Voir [la suite](suite.md).", ""]), encoding="utf-8")
    return f"content/lancer.md:{len(lines) + 1}:17: erreur\u00a0: Le lien «\u00a0suite.md\u00a0»"


def spoil_anchor(root: Path) -> str:
    page = root / "content" / "lancer.md"
    lines = page.read_text("utf-8").split("\n")
    page.write_text("\n".join([*lines, "Voir [plus loin](#nulle-part).", ""]), encoding="utf-8")
    return f"content/lancer.md:{len(lines) + 1}:18: erreur\u00a0: Le lien «\u00a0#nulle-part\u00a0»"


def spoil_absolute(root: Path) -> str:
    page = root / "content" / "lancer.md"
    lines = page.read_text("utf-8").split("\n")
    page.write_text("\n".join([*lines, "Voir [plus loin](/cops/).", ""]), encoding="utf-8")
    return f"content/lancer.md:{len(lines) + 1}:18: erreur\u00a0: Le lien «\u00a0/cops/\u00a0»"


def spoil_bytes(root: Path) -> str:
    (root / "content" / "lancer.md").write_bytes("# Lancer\n\nUne COP créée\n".encode("cp1252"))
    return "content/lancer.md:3:"


def spoil_settings(root: Path) -> str:
    file = root / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("http://localhost:8000/", "exemple"), encoding="utf-8")
    return "mkdocs.yml:"


SPOILERS = (
    spoil_bloc,
    spoil_yaml,
    spoil_schema,
    spoil_link,
    spoil_anchor,
    spoil_absolute,
    spoil_bytes,
    spoil_settings,
)


@pytest.mark.parametrize("spoil", SPOILERS)
def test_mistakes_stop_the_build(depot: Path, spoil: Callable[[Path], str]) -> None:
    start = spoil(depot)
    done = repository.build(depot)
    refused(done, 1)
    assert any(line.startswith(start) for line in done.stderr.split("\n")), done.stderr
    assert "Le site n’a pas été reconstruit\u202f; l’ancien est intact." in done.stderr
    assert former(depot / "site")


def test_all_mistakes_in_one_run(depot: Path) -> None:
    starts = [spoil_bloc(depot), spoil_schema(depot)]
    said = repository.build(depot).stderr.split("\n")
    assert all(any(line.startswith(start) for line in said) for start in starts)


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


def test_two_builds_are_identical(depot: Path, elsewhere: Mapping[str, str]) -> None:
    ways = {
        "PYTHONHASHSEED": "1",
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "SOURCE_DATE_EPOCH": "1795500000",
    }
    former_mask = os.umask(0o077)
    try:
        done = repository.run("--root", depot, "build", "--date", TODAY, "--quiet", variables=ways)
    finally:
        os.umask(former_mask)
    assert (done.returncode, done.stderr) == (0, "")
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


@AS_ROOT
def test_no_network_is_needed(depot: Path) -> None:
    command: list[str | Path] = ["unshare", "-n", COMMAND, "--root", depot, "build", "--date", TODAY, "--quiet"]
    if subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode:
        pytest.skip("cette machine ne permet pas de couper le réseau d’un processus")
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_last_line_tells_what_was_written(depot: Path) -> None:
    done = repository.build(depot)
    assert done.returncode == 0
    count = nombre(len(tree(depot / "site")))
    assert done.stdout.startswith(f"{count} fichiers écrits dans {depot / 'site'}, ")
    assert "mentions-manquantes" in done.stderr  # warnings are told, and do not stop


def test_two_builds_at_once_take_turns(depot: Path) -> None:
    command: list[str | Path] = [COMMAND, "--root", depot, "build", "--date", TODAY, "--no-index", "--quiet"]
    both = [subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) for _ in range(2)]
    assert [(one.communicate(timeout=60)[1], one.returncode) for one in both] == [("", 0), ("", 0)]
    together = tree(depot / "site")
    assert repository.build(depot, "--quiet").returncode == 0
    assert tree(depot / "site") == together
    assert beside(depot / "site") == []


def test_a_preview_that_starts_leaves_a_running_build_alone(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 20, 3, 3)
    build: list[str | Path] = [COMMAND, "--root", root, "build", "--date", TODAY, "--quiet", "--output", root / "site"]
    serve: list[str | Path] = [COMMAND, "--root", root, "serve", "--date", TODAY, "--port", "0"]
    alone = subprocess.run(build, env=environment(), capture_output=True, text=True, check=True)
    expected = {path for path in tree(root / "site") if not path.startswith("pagefind/")}  # named after their content
    for pause in (0.6, 1.2):  # seconds: while the entries are read, while the pages are written
        with (
            subprocess.Popen(build, env=environment(), stderr=subprocess.PIPE, text=True) as building,
            (tmp_path / "dit.txt").open("w+", encoding="utf-8") as said,
        ):
            time.sleep(pause)
            with subprocess.Popen(serve, env=environment(), stdout=said, stderr=said, text=True) as serving:
                try:
                    assert (building.communicate(timeout=60)[1], building.returncode) == (alone.stderr, 0)
                    deadline = time.monotonic() + 60
                    while not expected <= set(tree(root / "site")) and time.monotonic() < deadline:
                        assert serving.poll() is None, (tmp_path / "dit.txt").read_text("utf-8")
                        time.sleep(0.1)
                finally:
                    serving.send_signal(signal.SIGINT)
                    serving.wait(timeout=60)
        assert expected <= set(tree(root / "site"))
        assert "ENOTEMPTY" not in (tmp_path / "dit.txt").read_text("utf-8")
