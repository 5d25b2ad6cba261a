"""The site built again after a change, doing only what that change asks for, in memory as far as it goes.

The engine runs again only when its own inputs changed; pages come first, and the rest may be left half-way.
"""

from collections.abc import Callable, Generator, Mapping
from pathlib import Path

from generator.building import recipe, search
from generator.building.build import Refused, require_sound
from generator.building.output import beside, lock, replace, update, write_new
from generator.engine import Engine, Walls
from generator.pages.memo import Memo
from generator.pages.rendering import Rendering
from generator.pages.site import Site
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
        # Before anything can be refused: once it is mended, this change is still to be seen.
        if not changed or any(map(needs_engine, changed)):
            self._walls = None
        if any(path.startswith("generator/templates") for path in changed):
            self._memo = Memo()
        if any(path.startswith("schema/") for path in changed):  # no entry says the same under other rules
            self._known, self._memo = Known(reference=self._known.reference), Memo()
        snapshot = read_snapshot(self._root, self._environ, self._today(), self._known)
        require_sound(snapshot)
        walls = self._raise_walls(snapshot)
        site = recipe.gather(snapshot, self._known.objects)
        rendering = Rendering(site, walls, self._memo)
        pages = recipe.merge(walls.assets, rendering.assets(), *(make() for make in rendering.producers()))
        self._show(pages, self._data)
        self._due = snapshot, site, rendering
        return snapshot

    def rest(self) -> Steps:
        """Feeds, data and search index of the pages last made, where they are due: a new change may leave them so."""
        if not self._due:
            return
        snapshot, site, rendering = self._due
        data: dict[str, bytes] = {}
        for make in recipe.list_data(snapshot, site):
            data = recipe.merge(data, make())
            yield
        self._show(self._pages_shown, data)
        with lock(self.output):
            yield from search.again(self.output, beside(self.output, "index"), rendering.notices())
        self._due = None

    def _raise_walls(self, snapshot: Snapshot) -> Walls:
        if self._walls is None:
            with Engine(self._root, snapshot.settings) as engine:
                walls, broken = engine.finish()
            if broken:
                raise Refused(snapshot, tuple(sorted((*snapshot.problems, *broken))))
            self._walls = walls
        return self._walls

    def _show(self, pages: dict[str, bytes], data: dict[str, bytes]) -> None:
        files, shown = recipe.merge(pages, data), self._pages_shown | self._data
        with lock(self.output):
            if shown and self.output.is_dir():
                update(files, shown, self.output)
            else:
                with replace(self.output) as folder:
                    write_new(files, folder)
        self._pages_shown, self._data = pages, data


def needs_engine(path: str) -> bool:
    """Whether the hand-written pages depend on a path, relative to the root."""
    return path == "mkdocs.yml" or (path.startswith(ENGINE_INPUTS) and not path.endswith((".yml", ".yaml")))
