"""From the repository to site/: what is written, what is refused, and what stays when something fails."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import build
from generator.build import SamePath
from tests import repository
from tests.repository import COMMAND, ROOT, TODAY, beside, environment, tree

ENGLISH = ("Traceback", "Error", "error", "warning", "Warning", "No such", "Invalid")
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="il faut être root pour monter un système de fichiers")


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A small repository to spoil, with a former site."""
    root = repository.make(tmp_path / "depot")
    (root / "site").mkdir()
    for name in ("index.html", "sitemap.xml"):
        (root / "site" / name).write_text("l’ancien site\n", encoding="utf-8")
    return root


def former(root: Path) -> bool:
    """The former site stands as it was, and nothing beside it."""
    text = "l’ancien site\n"
    names = ["index.html", "sitemap.xml"]
    same = sorted(tree(root / "site")) == names and all((root / "site" / n).read_text("utf-8") == text for n in names)
    return same and beside(root / "site") == []


def refused(done: subprocess.CompletedProcess[str], code: int) -> None:
    """It stopped in French."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert [word for word in ENGLISH if word in done.stderr] == []


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
    assert former(depot)


def test_all_mistakes_in_one_run(depot: Path) -> None:
    starts = [spoil_bloc(depot), spoil_schema(depot)]
    said = repository.build(depot).stderr.split("\n")
    assert all(any(line.startswith(start) for line in said) for start in starts)


def test_engine_that_stops_for_another_reason(depot: Path) -> None:
    file = depot / "mkdocs.yml"
    file.write_text(file.read_text("utf-8").replace("name: material", "name: inconnu"), encoding="utf-8")
    done = repository.build(depot)
    assert done.returncode == 2
    assert done.stderr.startswith("Le moteur n’a pas pu construire les pages écrites à la main.")
    assert "Traceback" not in done.stderr
    assert former(depot)


def test_two_producers_of_one_path() -> None:
    with pytest.raises(SamePath, match=r"a/index\.html"):
        build.merge({"a/index.html": b"1"}, {"b/index.html": b"2"}, {"a/index.html": b"1"})
    assert build.merge({"a": b"1"}, {"b": b"2"}) == {"a": b"1", "b": b"2"}


def test_a_written_page_where_a_made_one_stands(depot: Path) -> None:
    (depot / "content" / "themes" / "eau.md").write_text("# L’eau\n", encoding="utf-8")
    settings = depot / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("  /themes.md\n", "  /themes.md\n  eau.md\n"), "utf-8")
    done = repository.build(depot)
    refused(done, 2)
    assert "themes/eau/index.html" in done.stderr
    assert former(depot)


# What the machine gets wrong ----------------------------------------------------------------------------------------


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts that the test made, undone at its end, read-only or full as they may be."""
    places: list[Path] = []

    def mount(*options: str) -> Path:
        place = tmp_path / f"monte-{len(places)}"
        place.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", place], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("cette machine ne permet pas de monter un système de fichiers")
        places.append(place)
        return place

    yield mount
    for place in places:
        subprocess.run(["umount", place], check=True)


def take_over(depot: Path, place: Path) -> Path:
    """The former site, moved to another file system."""
    shutil.copytree(depot / "site", place / "site")
    return place / "site"


@as_root
def test_read_only_output(depot: Path, mounted: Callable[..., Path]) -> None:
    place = mounted()
    output = take_over(depot, place)
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    done = repository.build(depot, "--output", output)
    refused(done, 2)
    assert done.stderr.startswith("Ce dossier est en lecture seule\u00a0: ")
    assert str(output) in done.stderr or ".site.new" in done.stderr
    assert former(place)


@as_root
@pytest.mark.parametrize("size", ["size=16k", "size=300k"])
def test_full_disk(depot: Path, mounted: Callable[..., Path], size: str) -> None:
    place = mounted("-o", size)
    output = take_over(depot, place)
    done = repository.build(depot, "--output", output)
    refused(done, 2)
    assert done.stderr.startswith("Le disque est plein")
    assert "\u00a0: ." not in done.stderr
    assert former(place)


@as_root
def test_output_is_a_mount_point(depot: Path, mounted: Callable[..., Path]) -> None:
    output = mounted()
    for file in (depot / "site").iterdir():
        shutil.copy(file, output)
    done = repository.build(depot, "--output", output)
    refused(done, 2)
    assert done.stderr.startswith("Ce dossier est un point de montage et ne peut pas être remplacé\u00a0: ")
    assert f"{output}." in done.stderr
    assert sorted(tree(output)) == ["index.html", "sitemap.xml"]
    assert beside(output) == []


@pytest.mark.parametrize("output", [".", "..", "cops", "content", "mkdocs.yml"])
def test_output_that_is_no_site_is_not_replaced(depot: Path, output: str) -> None:
    before = tree(depot)
    done = repository.run("--root", depot, "build", "--no-index", "--output", output, cwd=depot)
    refused(done, 2)
    assert "--output" in done.stderr
    assert tree(depot) == before


def test_new_output_with_its_parents(depot: Path, tmp_path: Path) -> None:
    output = tmp_path / "a" / "b" / "public"
    assert repository.build(depot, "--output", output, "--quiet").returncode == 0
    assert (output / "index.html").is_file()
    assert former(depot)


# Interruptions ------------------------------------------------------------------------------------------------------

INTERRUPTED = """\
import os, signal, sys, threading
from generator import build, cli
real = build.{name}
def slow(*given, **named):
    print("ici", flush=True)
    os.kill(os.getpid(), signal.SIGINT)
    return real(*given, **named)
build.{name} = slow
sys.argv = ["cop", "--root", sys.argv[1], "build", "--date", "{today}", "--no-index"]
cli.entry()
"""


@pytest.mark.parametrize("name", ["gather", "_write_all", "write", "swap"])
def test_interrupted_at(depot: Path, name: str) -> None:
    code = INTERRUPTED.format(name=name, today=TODAY)
    command = [COMMAND.with_name("python"), "-c", code, depot]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "ici\n"), done.stderr
    assert "Interrompu. Le site précédent est intact." in done.stderr
    assert "Traceback" not in done.stderr
    assert former(depot)


def engine_runs(parent: int) -> bool:
    """Whether a child of that process has been started with MkDocs."""
    for task in Path("/proc").glob("[0-9]*"):
        try:
            stat = (task / "stat").read_text().rpartition(")")[2].split()
            if int(stat[1]) == parent and b"mkdocs" in (task / "cmdline").read_bytes():
                return True
        except (OSError, IndexError):
            continue
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="il faut /proc pour savoir que le moteur tourne")
def test_ctrl_c_while_the_engine_runs(depot: Path) -> None:
    command = [COMMAND, "--root", depot, "build", "--date", TODAY]
    with subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True) as running:
        for _ in range(400):
            if engine_runs(running.pid):
                break
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
        assert not engine_runs(running.pid)
    assert (running.returncode, said) == (130, "Interrompu. Le site précédent est intact.\n")
    assert former(depot)


# The swap -----------------------------------------------------------------------------------------------------------


def test_a_swap_cut_in_two_is_repaired(depot: Path) -> None:
    output = depot / "site"
    output.rename(depot / ".site.old")
    (depot / ".site.new").mkdir()
    build.restore(output)
    assert former(depot)


def test_leftovers_are_thrown_away(depot: Path) -> None:
    for name in (".site.old", ".site.new", ".site.index"):
        (depot / name).mkdir()
        (depot / name / "reste").touch()
    build.restore(depot / "site")
    assert former(depot)


def test_a_swap_that_fails_gives_the_former_back(depot: Path) -> None:
    with pytest.raises(OSError):
        build.swap(depot / "nulle-part", depot / "site")
    assert former(depot)


def test_a_signal_waits_for_the_end_of_the_swap(depot: Path) -> None:
    new = depot / "nouveau"
    new.mkdir()
    (new / "index.html").touch()
    received = []
    handler = signal.signal(signal.SIGTERM, lambda *_: received.append((depot / "site" / "index.html").stat().st_size))
    try:
        with build._signals_held():
            os.kill(os.getpid(), signal.SIGTERM)
            assert received == []
            build.swap(new, depot / "site")
        assert received == [0]
    finally:
        signal.signal(signal.SIGTERM, handler)


# The same site everywhere -------------------------------------------------------------------------------------------


def test_two_builds_are_identical(depot: Path, tmp_path: Path) -> None:
    other = repository.make(tmp_path / "un autre chemin, plus long")
    first = {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1795500000"}
    second = {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"}
    former_mask = os.umask(0o077)
    try:
        done = repository.run("--root", depot, "build", "--date", TODAY, "--quiet", **first)
    finally:
        os.umask(former_mask)
    assert (done.returncode, done.stderr) == (0, "")
    assert repository.run("build", "--date", TODAY, "--quiet", cwd=other, **second).returncode == 0
    assert tree(depot / "site") == tree(other / "site")
    assert (depot / "site" / "pagefind" / "pagefind.js").is_file()
    assert beside(depot / "site") == []


def test_mkdocs_gives_the_same_site(depot: Path) -> None:
    assert repository.run("--root", depot, "build", "--date", TODAY, "--quiet").returncode == 0
    expected = tree(depot / "site")
    done = mkdocs(depot)
    assert done.returncode == 0, done.stderr
    assert tree(depot / "site") == expected
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
    command = [COMMAND.with_name("mkdocs"), "build", "--strict"]
    return subprocess.run(command, cwd=root, env=variables, capture_output=True, text=True, check=False)


@as_root
def test_no_network_is_needed(depot: Path) -> None:
    command = ["unshare", "-n", COMMAND, "--root", depot, "build", "--date", TODAY, "--quiet"]
    if subprocess.run(["unshare", "-n", "true"], check=False, capture_output=True).returncode:
        pytest.skip("cette machine ne permet pas de couper le réseau d’un processus")
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_last_line_tells_what_was_written(depot: Path) -> None:
    done = repository.build(depot)
    assert done.returncode == 0
    count = len(tree(depot / "site"))
    assert done.stdout.startswith(f"{count} fichiers écrits dans {depot / 'site'}, ")
    assert "mentions-manquantes" in done.stderr  # warnings are told, and do not stop
