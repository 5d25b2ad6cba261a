"""The site built again after a change, doing only what that change asks for, in memory as far as it goes.

The engine runs again only when its own inputs changed; pages come first, and the rest may be left half-way.
"""

from collections.abc import Callable, Generator, Mapping
from pathlib import Path

from generator.building import build, recipe
from generator.engine import Engine, Walls
from generator.pages.memo import Memo
from generator.pages.rendering import Rendering
from generator.pages.site import Site
from generator.parallel import uncollected
from generator.repository.snapshot import Known, Snapshot, read_snapshot

DATA_INPUTS = ("cops", "content", "schema", "generator/templates")
ENGINE_INPUTS = ("content", "mkdocs.yml", "generator/theme")

Steps = Generator[None, None, None]  # work that may be left between two of them


class Rebuilder:
    """Builds the site again, doing only what the change asks for: pages first, then feeds, data and search index."""

    def __init__(self, root: Path, environ: Mapping[str, str], today: Callable[[], str]) -> None:
        self.output = root / "site"
        self._root = root
        self._environ = environ
        self._today = today
        self._known = Known()
        self._memo = Memo()
        self._walls: Walls | None = None
        self._pages_shown: dict[str, bytes] = {}
        self._data: dict[str, bytes] = {}  # feeds, calendars, open data and badges, which follow after the reload
        self._due: tuple[Snapshot, Site, Rendering] | None = None  # whose feeds, data and index are still to be made

    def pages(self, changed: set[str]) -> Snapshot:
        """Bring the pages up to date; an empty set means everything. Raises as `build.build`: the former site stays."""
        with uncollected():
            return self._pages(changed)

    def _pages(self, changed: set[str]) -> Snapshot:
        # Before anything can be refused: once it is mended, this change is still to be seen.
        if not changed or any(map(needs_engine, changed)):
            self._walls = None
        if any(path.startswith("generator/templates") for path in changed):
            self._memo = Memo()
        if any(path.startswith("schema/") for path in changed):  # no entry says the same under other rules
            self._known, self._memo = Known(reference=self._known.reference), Memo()
        found = read_snapshot(self._root, self._environ, self._today(), self._known)
        build.require_sound(found)
        walls = self._raised(found)
        site = Site(found.annuaire(self._known.objects), found.settings, found.corpus.schemas)
        rendering = Rendering(site, walls, self._memo)
        pages = recipe.merge(walls.assets, rendering.assets(), *(make() for make in rendering.producers()))
        self._show(pages, self._data)
        self._due = found, site, rendering
        return found

    def rest(self) -> Steps:
        """Feeds, data and search index of the pages last made, where they are due: a new change may leave them so."""
        if not self._due:
            return
        found, site, rendering = self._due
        made: dict[str, bytes] = {}
        for make in recipe.data(found, site):
            with uncollected():
                made = recipe.merge(made, make())
            yield
        self._show(self._pages_shown, made)
        with build.alone(self.output):
            yield from build.reindex(self.output, rendering.notices())
        self._due = None

    def _raised(self, found: Snapshot) -> Walls:
        if self._walls is None:
            with Engine(self._root, found.settings) as running:
                walls, broken = running.finish()
            if broken:
                raise build.Refused(found, tuple(sorted((*found.problems, *broken))))
            self._walls = walls
        return self._walls

    def _show(self, pages: dict[str, bytes], data: dict[str, bytes]) -> None:
        files, former = recipe.merge(pages, data), self._pages_shown | self._data
        with build.alone(self.output):
            if former and self.output.is_dir():
                build.update(files, former, self.output)
            else:
                build.write([lambda: files], self.output)
        self._pages_shown, self._data = pages, data


def needs_engine(path: str) -> bool:
    """Whether the hand-written pages depend on a path, relative to the root."""
    return path == "mkdocs.yml" or (path.startswith(ENGINE_INPUTS) and not path.endswith((".yml", ".yaml")))
