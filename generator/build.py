"""From the repository to site/: read while the engine runs, gather everything in memory, write, index, swap.

The only writer of site/. Whatever fails before the swap leaves the former site untouched.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from generator import agenda, directory, engine, exports, feeds, finder, formfiles, settings, tables
from generator.directory import Directory
from generator.engine import Engine, Walls
from generator.failures import IndexFailed, NotASite, SamePath
from generator.pages.rendering import Rendering
from generator.pages.site import Site
from generator.parallel import both, uncollected
from generator.problems import Problem

Progress = Callable[[str], None]


class Refused(Exception):  # noqa: N818 (the data is wrong, not the program)
    """The entries or pages have errors; nothing was written."""

    def __init__(self, found: Directory, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.directory = found
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Built:
    """What was written, for the last line."""

    directory: Directory
    files: int
    bytes: int


def build(
    root: Path,
    output: Path,
    environ: Mapping[str, str],
    today: str,
    index: bool = True,
    progress: Progress = lambda _words: None,
) -> Built:
    """Build the whole site into `output`. Raises Refused, EngineFailed, SamePath, NotASite, IndexFailed, OSError."""
    output = output.resolve()  # of a link the target is replaced, and the link stays
    check_output(root, output)
    restore(output)
    chosen, wrong = settings.load(root, environ)
    progress("Lecture des fiches")
    if any(found.is_error for found in wrong):
        require_sound(directory.read(root, environ, today))
    with Engine(root, chosen) as running:
        found = directory.read(root, environ, today)
        require_sound(found)
        progress("Pages écrites à la main")
        walls, broken = running.finish()
    if broken:
        raise Refused(found, tuple(sorted((*found.problems, *broken))))
    progress("Fiches, listes, flux et données")
    with uncollected():
        files = gather(found, walls)
    write(files, output, index, progress)
    return Built(found, len(files), sum(map(len, files.values())))


def furnish(root: Path, folder: Path, environ: Mapping[str, str], today: str) -> None:
    """Make the whole site of a folder that an engine has just built, in its place. Raises as `build` does."""
    found = directory.read(root, environ, today)
    require_sound(found)
    write(gather(found, engine.walls(folder)), folder, index=True)


def require_sound(found: Directory) -> None:
    """Raises Refused when an entry or a page has an error."""
    if not found.is_sound:
        raise Refused(found, found.problems)


def gather(found: Directory, walls: Walls) -> dict[str, bytes]:
    """Everything that the site holds but the search index, by path; nothing is written yet."""
    site = Site(found.annuaire(), found.settings, found.corpus.schemas)
    rendering = Rendering(site, walls)
    mine, theirs = both(rendering.first_part, lambda: merge(rendering.second_part(), data(found, site)))
    return merge(walls.assets, mine, theirs)


def data(found: Directory, site: Site) -> dict[str, bytes]:
    """Feeds, calendars and open data."""
    schemas = {path.name: path.read_bytes() for path in sorted((found.root / "schema").glob("*.schema.json"))}
    return merge(
        feeds.files(site.annuaire, found.settings, site.labels),
        agenda.files(site.agenda, site.annuaire.territories, found.settings, site.labels),
        exports.files(site.annuaire, found.settings, schemas),
        finder.files(site.annuaire, found.settings, site.labels),
        formfiles.files(site.annuaire, found.settings),
        tables.files(site.annuaire, site.labels),
    )


def merge(*producers: Mapping[str, bytes]) -> dict[str, bytes]:
    """One mapping of all; two producers of one path is an error, never a silent choice."""
    files: dict[str, bytes] = {}
    for producer in producers:
        for path in producer:
            if path in files:
                raise SamePath(path)
        files |= producer
    return files


# Writing ------------------------------------------------------------------------------------------------------------


def _beside(output: Path, name: str) -> Path:
    return output.with_name(f".{output.name}.{name}")


def check_output(root: Path, output: Path) -> None:
    """The output is replaced whole: it must be new, empty or a site, and not a folder that holds the repository."""
    inside = root.is_relative_to(output) or (output.exists() and not output.is_dir())
    if inside or (output.is_dir() and any(output.iterdir()) and not (output / "sitemap.xml").is_file()):
        raise NotASite(str(output))


def restore(output: Path) -> None:
    """Repair a swap that was cut in two, and throw away what an interrupted run left."""
    old, new = _beside(output, "old"), _beside(output, "new")
    # A first build must say at once that it cannot write here, not after a minute of work.
    output.parent.mkdir(parents=True, exist_ok=True)
    if not output.exists() and old.exists():
        old.rename(output)
    for leftover in (old, new, _beside(output, "index")):
        if leftover.exists():
            shutil.rmtree(leftover)


def write(files: Mapping[str, bytes], output: Path, index: bool, progress: Progress = lambda _words: None) -> None:
    """Write to a fresh folder beside `output`, index it, swap it in."""
    new = _beside(output, "new")
    progress("Écriture")
    try:
        _write_all(files, new)
        if index:
            progress("Index de recherche")
            make_index(new)
        swap(new, output)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def update(files: Mapping[str, bytes], former: Mapping[str, bytes], output: Path) -> None:
    """Bring a site from one state to another, touching only what differs; each file is replaced whole."""
    for path in former.keys() - files.keys():
        (output / path).unlink(missing_ok=True)
    for path, content in files.items():
        if former.get(path) != content:
            target = output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f".{target.name}.new")
            fresh.write_bytes(content)
            fresh.replace(target)


def _write_all(files: Mapping[str, bytes], folder: Path) -> None:
    """Write on two cores: most of the time goes into creating thousands of small files."""
    paths = sorted(files)
    half = len(paths) // 2
    both(lambda: _write_some(files, paths[:half], folder), lambda: _write_some(files, paths[half:], folder))


def _write_some(files: Mapping[str, bytes], paths: Iterable[str], folder: Path) -> None:
    made: set[str] = set()
    for path in paths:
        parent, _, _ = path.rpartition("/")
        if parent not in made:
            (folder / parent).mkdir(parents=True, exist_ok=True)
            made.add(parent)
        (folder / path).write_bytes(files[path])


_UNUSED_BY_US = (
    "pagefind-ui*",
    "pagefind-component-ui*",
    "pagefind-modular-ui*",
    "pagefind-highlight.js",
    "wasm.unknown*",
)


def make_index(folder: Path, into: Path | None = None) -> None:
    """The search index over the finished pages; its own interfaces, which ours replaces, are removed."""
    target = into or folder / "pagefind"
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", str(folder), "--output-path", str(target)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise IndexFailed((done.stderr or done.stdout).strip())
    for pattern in _UNUSED_BY_US:
        for path in target.glob(pattern):
            path.unlink()


def reindex(output: Path) -> None:
    """Make the index of a finished site again, in a copy that takes the place of the former index."""
    made = _beside(output, "index")
    shutil.rmtree(made, ignore_errors=True)
    make_index(output, made)
    shutil.rmtree(output / "pagefind", ignore_errors=True)
    made.rename(output / "pagefind")


def swap(new: Path, output: Path) -> None:
    """Two renames with signals held: the former site, or the new one, is always whole."""
    old = _beside(output, "old")
    with _signals_held():
        if not output.exists():
            new.rename(output)
            return
        output.rename(old)
        try:
            new.rename(output)
        except BaseException:
            old.rename(output)
            raise
    shutil.rmtree(old)


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """Ctrl-C and termination wait until the end of the block."""
    received: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        del frame
        received.append(number)

    former = [(number, signal.signal(number, note)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for held, handler in former:
            signal.signal(held, handler)
        for number in received:
            os.kill(os.getpid(), number)
