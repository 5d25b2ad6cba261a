"""Where a site is written: what we did not write stays, whatever it is, and whoever is killed leaves it whole."""

import contextlib
import errno
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from generator.building import output as outputs
from generator.building.manifest import MANIFEST, list_foreign, read_manifest, write_manifest
from generator.cli.terminal import tell_error
from generator.failures import AmidSources, Incomplete, InTheWay, NotASite, Unwritable
from generator.files import remove_abandoned
from tests.support import repository
from tests.support.paths import ROOT
from tests.support.repository import COMMAND, TODAY, beside, environment, former, tree


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A site that a build has made."""
    repository.write_former(tmp_path / "site")
    return tmp_path / "site"


def making(*paths: str) -> Callable[[Path], int]:
    def make(folder: Path) -> int:
        outputs.write_new(dict.fromkeys(paths, b"neuf"), folder)
        return len(paths)

    return make


def replace(output: Path, *paths: str) -> outputs.Written:
    with outputs.hold(output):
        return outputs.replace(output, making(*paths))


# What is not ours -----------------------------------------------------------------------------------------------------

FOREIGN = {
    ".git/HEAD": "ref: refs/heads/main\n",
    ".git/refs/vide/": "",
    "CNAME": "exemple.org\n",
    "photos/unique.jpg": "photo",
    "flux/a-moi.txt": "x",
    "lien": "→index.html",
    "-": "",
}
"""What somebody else put in a site: files, an empty folder, one beside files of ours, a link."""
KEPT = ("-", ".git", "CNAME", "flux/a-moi.txt", "lien", "photos")


def put(folder: Path) -> None:
    for name, content in FOREIGN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name.endswith("/"):
            (folder / name).mkdir()
        elif content.startswith("→"):
            (folder / name).symlink_to(content[1:])
        else:
            (folder / name).write_text(content, encoding="utf-8")


def is_there(folder: Path) -> bool:
    def same(name: str, content: str) -> bool:
        if name.endswith("/"):
            return (folder / name).is_dir()
        if content.startswith("→"):
            return str((folder / name).readlink()) == content[1:]
        return (folder / name).read_text("utf-8") == content

    return all(same(name, content) for name, content in FOREIGN.items())


def test_what_is_not_ours_stays_and_is_named(output: Path) -> None:
    assert replace(output, "index.html", "flux/cops.rss", "ancienne.html").kept == ()
    put(output)
    for _ in range(2):
        assert replace(output, "index.html", "flux/cops.rss").kept == KEPT
        assert is_there(output)
        assert not (output / "ancienne.html").exists()
        assert sorted(read_manifest(output) or ()) == [MANIFEST, "flux/cops.rss", "index.html"]
        assert beside(output) == []
    assert replace(output, "index.html").kept == KEPT
    assert replace(output, "index.html").kept == tuple(path.partition("/")[0] for path in KEPT)
    assert is_there(output)


def test_the_command_keeps_and_names_it(tmp_path: Path) -> None:
    root = repository.with_former_site(tmp_path / "depot")
    put(root / "site")
    done = repository.build(root)
    assert done.returncode == 0, done.stderr
    for path in ("-", ".git", "CNAME", "flux/a-moi.txt", "lien", "photos"):
        assert f"Laissé en place, car cette commande ne l’a pas écrit\u00a0: {path}\n" in done.stdout
    assert is_there(root / "site")


@pytest.mark.parametrize(
    "files",
    [["sitemap.xml", ".git/HEAD"], ["index.html", "sitemap.xml"], ["photo.jpg"], [f"{MANIFEST}/x"], [MANIFEST]],
)
def test_a_folder_without_our_list_is_refused(tmp_path: Path, files: list[str]) -> None:
    output = tmp_path / "autre"
    for name in files:
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).touch()
    before = tree(tmp_path)
    with pytest.raises(NotASite, match="autre"):
        replace(output, "index.html")
    assert tree(tmp_path) == before
    assert beside(output) == []


@pytest.mark.parametrize("name", ["index.html", "flux", "flux/cops.rss", "flux/cops.rss/x"])
def test_what_stands_in_the_way_is_named_and_the_former_site_stays(output: Path, name: str) -> None:
    (output / name).parent.mkdir(parents=True, exist_ok=True)
    listed = sorted({*(read_manifest(output) or ())} - {name})
    (output / MANIFEST).write_bytes(write_manifest(listed))
    (output / name).write_text("à moi", encoding="utf-8")
    before = tree(output)
    with pytest.raises(InTheWay):
        replace(output, "index.html", "flux/cops.rss")
    assert tree(output) == before
    assert beside(output) == []


@pytest.mark.parametrize("name", [".site.old", ".site.new", ".site.index", ".site.cop"])
def test_the_neighbours_of_somebody_stay(output: Path, name: str) -> None:
    mine = output.with_name(name)
    mine.mkdir()
    (mine / "unique.jpg").touch()
    if name == ".site.cop":
        with pytest.raises(InTheWay, match=name):
            replace(output, "index.html")
    else:
        replace(output, "index.html")
    assert (mine / "unique.jpg").exists()


@pytest.mark.parametrize(
    "listed", [["../x", "/etc/passwd", "a/../../x", "", ".", 3, None, "index.html"], "index.html", {"a": 1}, None, 12]
)
def test_a_list_that_somebody_wrote_leads_nowhere_else(output: Path, listed: object) -> None:
    (output.parent / "x").write_text("dehors", encoding="utf-8")
    (output / MANIFEST).write_text(json.dumps({"fichiers": listed}), encoding="utf-8")
    read = read_manifest(output)
    assert read is None or read <= {MANIFEST, "index.html"}
    if isinstance(listed, list):
        replace(output, "index.html")
    assert (output.parent / "x").read_text("utf-8") == "dehors"


# Where a site may stand -----------------------------------------------------------------------------------------------


def test_no_site_among_the_sources(tmp_path: Path) -> None:
    """Whatever folder git keeps; a link to it too."""
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    folders = {line.partition("/")[0] for line in done.stdout.split("\n") if "/" in line} or {"cops", "content"}
    for folder in folders | {".git", ".venv"}:
        for place in (folder, f"{folder}/site", f"{folder}/29/site"):
            with pytest.raises(AmidSources):
                outputs.check_place(ROOT, ROOT / place)
    (tmp_path / "depot" / "cops").mkdir(parents=True)
    (tmp_path / "depot" / "generator").symlink_to(ROOT / "generator")
    with pytest.raises(AmidSources):
        outputs.check_place(tmp_path / "depot", (tmp_path / "depot" / "generator" / "site").resolve())
    for place in ("site", "public", ".public", "build/site", "../autre"):
        outputs.check_place(tmp_path / "depot", tmp_path / "depot" / place)


# What the list says ---------------------------------------------------------------------------------------------------


def test_the_list_names_all_that_was_written(site: Path) -> None:
    assert sorted(read_manifest(site) or ()) == sorted(tree(site))
    assert list_foreign(site, read_manifest(site) or ()) == []
    assert str(site.parent) not in (site / MANIFEST).read_text("utf-8")


def test_a_site_that_changed_while_it_was_written_is_not_shown(output: Path) -> None:
    def lose(folder: Path) -> int:
        making("index.html", "a.html")(folder)
        (folder / "a.html").unlink()
        return 2

    with pytest.raises(Incomplete), outputs.hold(output):
        outputs.replace(output, lose)
    assert former(output)


# Killed ---------------------------------------------------------------------------------------------------------------


def test_killed_at_any_renaming_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next one who writes finds a whole site, and what is not ours in it."""
    rename = Path.rename
    for rank in range(10):
        output = tmp_path / str(rank) / "site"
        output.parent.mkdir()
        repository.write_former(output)
        put(output)
        if child := os.fork():
            _, status = os.waitpid(child, 0)
        else:
            left = iter(range(rank, -1, -1))

            def fatal(path: Path, target: Path, left: Iterator[int] = left) -> Path:
                if not next(left):
                    os.kill(os.getpid(), signal.SIGKILL)
                return rename(path, target)

            try:
                monkeypatch.setattr(Path, "rename", fatal)
                replace(output, "index.html", "flux/cops.rss")
                os._exit(0)
            finally:
                os._exit(1)
        with outputs.hold(output):
            pass
        assert is_there(output), rank
        assert set(read_manifest(output) or ()) <= set(tree(output)), rank
        assert (output / "index.html").exists()
        assert beside(output) == [], rank
    assert status == 0  # the last one was late: every renaming was tried


def is_whole(site: Path, expected: set[str]) -> bool:
    """Every page and file of the site, each to its end, and nothing else."""
    assert list_foreign(site, read_manifest(site) or ()) == []
    assert (site / "pagefind" / "pages" / "pagefind.js").exists()
    ended = all(
        (site / path).read_text("utf-8").rstrip().endswith("</html>") for path in expected if path.endswith(".html")
    )
    return ended and expected <= set(tree(site))


def test_killed_at_random_side_by_side_the_site_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`KILLS=30` for more of them."""
    root = repository.make(tmp_path / "depot", 2, 1, 1)
    (tmp_path / "passage").mkdir()
    around = environment(TMPDIR=str(tmp_path / "passage"))
    build: list[str | Path] = [COMMAND, "--root", root, "build", "--date", TODAY, "--quiet"]
    serve: list[str | Path] = [COMMAND, "--root", root, "serve", "--date", TODAY, "--port", "0"]
    started = time.monotonic()
    subprocess.run(build, env=around, capture_output=True, check=True)
    spent = time.monotonic() - started
    first = tree(root / "site")
    expected = {path for path in first if not path.startswith("pagefind/")}
    moments = random.Random(int(os.environ.get("GRAINE", "1")))
    for _ in range(int(os.environ.get("KILLS", "2"))):
        running = []
        for command in moments.sample([build, serve], 2):
            running.append(subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            time.sleep(moments.uniform(0, spent))
        for process in moments.sample(running, 2):
            process.send_signal(moments.choice((signal.SIGKILL, signal.SIGTERM)))
            process.wait()
            time.sleep(moments.uniform(0, spent / 4))
        if (root / "site").is_dir():  # or it was cut between two renamings, which the next one repairs
            assert is_whole(root / "site", expected)
    done = subprocess.run(build, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert tree(root / "site") == first
    assert beside(root / "site") == []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "passage"))
    deadline = time.monotonic() + 60
    while any((tmp_path / "passage").glob("annuaire-cop-*")) and time.monotonic() < deadline:
        remove_abandoned()  # as the next run does, once who was left by a kill has ended
        time.sleep(0.2)
    assert list((tmp_path / "passage").glob("annuaire-cop-*")) == []


# For a web server -----------------------------------------------------------------------------------------------------

LONG_AGO = 1_700_000_000


def write_at(folder: Path, files: Mapping[str, bytes]) -> int:
    outputs.write_new(files, folder)
    return len(files)


def test_a_file_of_the_same_bytes_keeps_its_time(output: Path) -> None:
    """Otherwise every visitor takes every file again each day."""
    former = {"index.html": b"hier", "flux/cops.rss": b"flux", "a.css": b"a", "b": b"fichier", "c/d": b"dossier"}
    coming = {"index.html": b"jour", "flux/cops.rss": b"flux", "a.css": b"aa", "b/x": b"dossier", "c": b"fichier"}
    with outputs.hold(output):
        outputs.replace(output, lambda folder: write_at(folder, former))
        for path in former:
            os.utime(output / path, (LONG_AGO, LONG_AGO))
        outputs.replace(output, lambda folder: write_at(folder, coming))
    assert {path for path in coming if (output / path).stat().st_mtime == LONG_AGO} == {"flux/cops.rss"}


@pytest.mark.parametrize(
    ("mask", "files", "folders"), [(0o077, 0o644, 0o755), (0o002, 0o664, 0o775), (0, 0o666, 0o777)]
)
def test_everybody_may_read_it_whatever_the_mask(tmp_path: Path, mask: int, files: int, folders: int) -> None:
    former_mask = os.umask(mask)
    try:
        replace(tmp_path / "public" / "site", "index.html", "flux/cops.rss")
        assert os.umask(mask) == mask
    finally:
        os.umask(former_mask)
    made = list((tmp_path / "public").rglob("*"))
    assert {path.stat().st_mode & 0o777 for path in made if path.is_file()} == {files}
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "public", *made) if path.is_dir()} == {folders}


def test_compressed_copies_go_with_their_file(output: Path) -> None:
    """A server would send the copy of yesterday in the place of the page of today."""
    replace(output, "index.html", "flux/cops.rss", "partie.html")
    for name in ("index.html", "flux/cops.rss", "partie.html", "a-moi.txt"):
        for ending in (".gz", ".br"):
            (output / f"{name}{ending}").touch()
    assert replace(output, "index.html", "flux/cops.rss").kept == ("a-moi.txt.br", "a-moi.txt.gz")
    assert sorted(tree(output)) == [MANIFEST, "a-moi.txt.br", "a-moi.txt.gz", "flux/cops.rss", "index.html"]


@contextlib.contextmanager
def as_nobody(*owned: Path) -> Iterator[None]:
    """Another user than the one of the machine, who may write wherever it wants."""
    if os.geteuid():
        yield
        return
    for path in owned:
        os.chown(path, 65534, 65534)
    closed = {path: path.stat().st_mode for path in owned[0].parents if not path.stat().st_mode & 0o001}
    for path, mode in closed.items():
        path.chmod(mode | 0o011)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        for path, mode in closed.items():
            path.chmod(mode)


@pytest.mark.parametrize("closed", ["", "site"])
def test_a_folder_that_may_not_be_written_is_told_before_any_work(output: Path, closed: str) -> None:
    place = output.parent / closed
    with as_nobody(output.parent, output, *output.iterdir()):
        place.chmod(0o555)
        try:
            with pytest.raises(Unwritable, match=f"^{place}$"), outputs.hold(output):
                pytest.fail("on travaillerait pour rien")
        finally:
            place.chmod(0o755)
    assert (output / "index.html").is_file()
    assert beside(output) == []


@pytest.mark.parametrize("name", ["site", "mon site", "dossier à\\part"])
def test_a_mounted_folder_is_told_before_any_work(tmp_path: Path, name: str) -> None:
    """A volume of a container is a folder of the same disk, that Python takes for no mount at all."""
    output, volume = tmp_path / name, tmp_path / "volume"
    output.mkdir()
    volume.mkdir()
    if os.geteuid() or subprocess.run(["mount", "--bind", volume, output], capture_output=True, check=False).returncode:
        pytest.skip("cette machine ne permet pas de monter un dossier")
    try:
        with pytest.raises(OSError, match=f"Errno {errno.EBUSY}") as told, outputs.hold(output):
            pytest.fail("on travaillerait pour rien")
    finally:
        subprocess.run(["umount", output], check=True)
    assert "Montez son dossier parent" in tell_error(told.value)
    assert beside(output) == []
