"""From the repository to site/: read while the engine runs, make every file in a new folder, index, swap.

Whatever fails before the swap leaves the former site untouched.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator.building import search
from generator.building.output import Progress, Written, check_place, hold, replace, write_new
from generator.building.workers import do_all
from generator.engine import Engine, Walls, choose_engine
from generator.problems.problem import Problem
from generator.repository import settings

if TYPE_CHECKING:
    from generator.pages.site import Site
    from generator.repository.snapshot import Snapshot


Reading = Callable[[Path, Mapping[str, str], str], "Snapshot"]
"""Reads the directory at a root, under an environment, on a day."""


class Refused(Exception):  # noqa: N818 (the data is wrong, not the program)
    """The entries or pages have errors; nothing was written."""

    def __init__(self, snapshot: "Snapshot", problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self.snapshot = snapshot
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Built:
    """What was written, for the last line."""

    snapshot: "Snapshot"
    site: Written


def build(
    root: Path,
    output: Path,
    environ: Mapping[str, str],
    today: str,
    index: bool = True,
    progress: Progress = lambda _words: None,
    read_entries: "Reading | None" = None,
) -> Built:
    """Build the whole site into `output`. Raises Refused, Failure, OSError: the former site is then as it was.

    `read_entries`: how the directory is read, `read_snapshot` unless told.
    """
    output = output.resolve()  # of a link the target is replaced, and the link stays
    check_place(root, output)
    with hold(output, progress):
        progress("Lecture des fiches")
        snapshot, site, walls = read(root, environ, today, progress, read_entries)
        progress("Fiches, listes, flux et données")

        def make(folder: Path) -> int:
            return write(snapshot, site, walls, folder, index, progress)

        return Built(snapshot, replace(output, make, f"{search.PAGEFIND_FOLDER}/"))


def read(
    root: Path, environ: Mapping[str, str], today: str, progress: Progress, read_entries: "Reading | None" = None
) -> tuple["Snapshot", "Site", Walls]:
    """What the site is made of: entries are read while the engine draws the walls of the pages."""
    chosen, problems = settings.load(root, environ)
    if any(problem.is_error for problem in problems):
        require_sound(_read_entries(root, environ, today, read_entries))
    with Engine(root, chosen, choose_engine(environ)) as engine:
        # Imported once the engine runs: what makes the site takes a tenth of a build.
        from generator.building.recipe import gather

        snapshot = _read_entries(root, environ, today, read_entries)
        require_sound(snapshot)
        site = gather(snapshot)
        progress("Pages écrites à la main")
        walls, broken = engine.finish()
    if broken:
        raise Refused(snapshot, tuple(sorted((*snapshot.problems, *broken))))
    return snapshot, site, walls


def _read_entries(root: Path, environ: Mapping[str, str], today: str, told: "Reading | None") -> "Snapshot":
    from generator.repository.snapshot import read_snapshot

    return (told or read_snapshot)(root, environ, today)


def require_sound(snapshot: "Snapshot") -> None:
    """Raises Refused when an entry or a page has an error."""
    if not snapshot.is_sound:
        raise Refused(snapshot, snapshot.problems)


def write(snapshot: "Snapshot", site: "Site", walls: Walls, folder: Path, index: bool, progress: Progress) -> int:
    """Make and write every part of the site, on every core, while its index is made beside it; how many files, the
    index left out."""
    from generator.building.recipe import list_parts, merge
    from generator.pages.rendering import Rendering

    rendering = Rendering(site, walls)
    with search.Indexing(folder / search.PAGEFIND_FOLDER) as indexing:
        if index:
            indexing.start(merge(*do_all(rendering.notices())))
        parts = list_parts(snapshot, site, rendering)
        counts = do_all([partial(_write_part, make, folder) for make in parts])
        if index:
            progress("Index de recherche")
    return sum(counts)


def _write_part(make: Callable[[], Mapping[str, bytes]], folder: Path) -> int:
    """Some files of the site. What is written is forgotten: 10,000 pages are a gigabyte."""
    files = make()
    write_new(files, folder)
    return len(files)
