"""From the repository to site/: read while the engine runs, make every file in a new folder, index, swap.

The only writer of site/. Whatever fails before the swap leaves the former site untouched.
"""

import contextlib
import os
import shutil
import signal
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from generator.building import search
from generator.engine import Engine
from generator.failures import NotASite, SamePath
from generator.parallel import shared, uncollected
from generator.problems.problem import Problem
from generator.repository import settings

if TYPE_CHECKING:
    from generator.building.recipe import Producer
    from generator.repository.snapshot import Snapshot

Progress = Callable[[str], None]


class Refused(Exception):  # noqa: N818 (the data is wrong, not the program)
    """The entries or pages have errors; nothing was written."""

    def __init__(self, found: "Snapshot", problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.directory = found
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Built:
    """What was written, for the last line."""

    directory: "Snapshot"
    files: int
    bytes: int


@uncollected()
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
    # A first build must say at once that it cannot write here, not after a minute of work.
    output.parent.mkdir(parents=True, exist_ok=True)
    with alone(output, progress):
        return _build(root, output, environ, today, index, progress)


def _build(root: Path, output: Path, environ: Mapping[str, str], today: str, index: bool, progress: Progress) -> Built:
    restore(output)
    chosen, wrong = settings.load(root, environ)
    progress("Lecture des fiches")
    if any(found.is_error for found in wrong):
        require_sound(_read(root, environ, today))
    with Engine(root, chosen) as running:
        # Imported once the engine runs: these take a tenth of a build.
        from generator.building import recipe

        found = _read(root, environ, today)
        require_sound(found)
        progress("Pages écrites à la main")
        site = recipe.site_of(found)
        walls, broken = running.finish()
    if broken:
        raise Refused(found, tuple(sorted((*found.problems, *broken))))
    progress("Fiches, listes, flux et données")
    parts, notices = recipe.of(found, site, walls)
    written = write(parts, output, notices if index else None, progress)
    return Built(found, len(written), sum(written.values()))


def _read(root: Path, environ: Mapping[str, str], today: str) -> "Snapshot":
    from generator.repository.snapshot import read_snapshot

    return read_snapshot(root, environ, today)


def require_sound(found: "Snapshot") -> None:
    """Raises Refused when an entry or a page has an error."""
    if not found.is_sound:
        raise Refused(found, found.problems)


# Writing ------------------------------------------------------------------------------------------------------------


def _beside(output: Path, name: str) -> Path:
    return output.with_name(f".{output.name}.{name}")


def check_output(root: Path, output: Path) -> None:
    """The output is replaced whole: it must be new, empty or a site, and not a folder that holds the repository."""
    inside = root.is_relative_to(output) or (output.exists() and not output.is_dir())
    if inside or (output.is_dir() and any(output.iterdir()) and not (output / "sitemap.xml").is_file()):
        raise NotASite(str(output))


@contextlib.contextmanager
def alone(output: Path, progress: Progress = lambda _words: None) -> Iterator[None]:
    """Whoever changes a site, or what stands beside it, does so alone: a second one waits for the first.

    Where the system or the disk knows no such lock, nobody waits. Not to be taken twice by one process.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    place = os.open(output.parent, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                progress("Une autre construction est en cours ici : on l’attend")
                fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def restore(output: Path) -> None:
    """Repair a swap that was cut in two, and throw away what an interrupted run left. To be called `alone`."""
    old, new = _beside(output, "old"), _beside(output, "new")
    if not output.exists() and old.exists():
        old.rename(output)
    for leftover in (old, new, _beside(output, "index")):
        if leftover.exists():
            shutil.rmtree(leftover)


def write(
    producers: Sequence["Producer"],
    output: Path,
    notices: "Producer | None" = None,
    progress: Progress = lambda _words: None,
) -> dict[str, int]:
    """Write to a fresh folder beside `output`, swap it in. Answers the size of each file by its path.

    `notices` makes the files of the search index; without them there is none.
    """
    new = _beside(output, "new")
    if new.exists():  # of a run that was killed
        shutil.rmtree(new)
    try:
        written = _write_indexed(producers, notices, new, progress) if notices else _write_all(producers, new)
        swap(new, output)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return written


def _write_indexed(
    producers: Sequence["Producer"], notices: "Producer", folder: Path, progress: Progress
) -> dict[str, int]:
    """The index is made beside the site: it reads what the pages state, not the pages."""
    with search.Indexing(folder / search.FOLDER) as indexing:
        indexing.start(notices())
        written = _write_all(producers, folder)
        progress("Index de recherche")
    return written


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


def _write_all(producers: Sequence["Producer"], folder: Path) -> dict[str, int]:
    """Make and write on every core. What is written is forgotten: 10,000 pages are a gigabyte."""
    sizes: dict[str, int] = {}
    tasks = [partial(_write_some, producer, folder) for producer in producers]
    for part in shared(tasks):
        sizes |= part
    return sizes


def _write_some(producer: "Producer", folder: Path) -> dict[str, int]:
    sizes: dict[str, int] = {}
    made: set[str] = set()
    # Thousands of paths: as texts, they are joined ten times faster.
    for path, content in producer().items():
        parent, _, _ = path.rpartition("/")
        if parent not in made:
            os.makedirs(f"{folder}/{parent}", exist_ok=True)  # noqa: PTH103
            made.add(parent)
        try:
            with open(f"{folder}/{path}", "xb") as file:  # noqa: PTH123
                file.write(content)
        except FileExistsError:
            raise SamePath(path) from None
        sizes[path] = len(content)
    return sizes


def reindex(output: Path, notices: Iterable[tuple[str, bytes]]) -> Generator[None, None, None]:
    """Make the search index of a finished site again, step by step."""
    return search.again(output, _beside(output, "index"), notices)


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
