"""The site built again after a change, doing only what that change asks for, in memory as far as it goes.

The engine runs again only when its own inputs changed. The pages of the entries that changed come first, then the
others, then the rest, which may be left half-way.
"""

import os
import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from pathlib import Path

from generator.building import recipe, search
from generator.building.build import Refused, require_sound
from generator.building.manifest import MANIFEST, read_manifest
from generator.building.output import hold, replace, update, write_new
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
        self.output = (root / "site").resolve()  # of a link the target is brought up to date
        self._root = root
        self._environ = environ
        self._today = today
        self._known = Known()
        self._memo = Memo()
        self._walls: Walls | None = None
        self._pages: dict[str, bytes] = {}
        self._rest: dict[str, bytes] = {}  # feeds, calendars, open data, badges and index: after the reload
        self._carried: dict[str, bytes] = {}  # files of the former site, without their content, until theirs is made
        self._left_as: tuple[int, int] | None = None  # how the list of the site was left
        self._changed: set[str] = set()  # files of the site that are no more what they were
        self._due: tuple[Snapshot, Site, Rendering] | None = None  # whose feeds, data and index are still to be made
        self._are_pages_due = False  # and whose other pages are

    def pages(self, changed: set[str]) -> Snapshot:
        """Bring up to date the pages of the entries that changed, or all of them where something else did; an empty
        set means everything. Raises as `build.build`: the former site stays.
        """
        # Before anything can be refused: once it is mended, this change is still to be seen.
        if not changed or any(map(needs_engine, changed)):
            self._walls = None
        if any(path.startswith("generator/templates") for path in changed):
            self._memo = Memo()
        if any(path.startswith("schema/") for path in changed):  # no entry says the same under other rules
            self._known, self._memo = Known(reference=self._known.reference), Memo()
        snapshot = read_snapshot(self._root, self._environ, self._today(), self._known)
        require_sound(snapshot)
        is_entry_alone = bool(changed and self._walls and self._pages) and all(map(_is_entry, changed))
        walls = self._raise_walls(snapshot)
        site = recipe.gather(snapshot, self._known.objects)
        rendering = Rendering(site, walls, self._memo)
        if is_entry_alone:
            pages = self._pages | rendering.render_slugs({Path(path).stem for path in changed})
        else:
            pages = recipe.merge(*(make() for make in _list_pages(rendering)))
        self._show(pages, self._rest)
        if not is_entry_alone:  # a page may show a picture, which changes without it
            self._changed |= pages.keys()
        self._due, self._are_pages_due = (snapshot, site, rendering), is_entry_alone
        return snapshot

    def take_changed(self) -> set[str]:
        """The files of the site that changed since this was last asked."""
        changed, self._changed = self._changed, set()
        return changed

    def rest(self) -> Steps:
        """What else the last change asks for, where it is due: the other pages, then feeds, data and search index. A
        new change may leave it half-way.
        """
        if not self._due:
            return
        snapshot, site, rendering = self._due
        if self._are_pages_due:
            parts: list[Mapping[str, bytes]] = []
            for make in _list_pages(rendering):
                parts.append(make())
                yield
            self._show(recipe.merge(*parts), self._rest)
            self._are_pages_due = False
            yield
        data: dict[str, bytes] = {}
        for make in recipe.list_data(snapshot, site):
            data = recipe.merge(data, make())
            yield
        former_index = {
            path: content for path, content in self._rest.items() if path.startswith(search.PAGEFIND_FOLDER)
        }
        self._show(self._pages, data | former_index)
        index = yield from search.again(rendering.notices())
        self._show(self._pages, data | index, is_whole=True)
        self._due = None

    def _raise_walls(self, snapshot: Snapshot) -> Walls:
        if self._walls is None:
            with Engine(self._root, snapshot.settings) as engine:
                walls, broken = engine.finish()
            if broken:
                raise Refused(snapshot, tuple(sorted((*snapshot.problems, *broken))))
            self._walls = walls
        return self._walls

    def _show(self, pages: dict[str, bytes], rest: dict[str, bytes], is_whole: bool = False) -> None:
        """Bring the site up to that; unless it is whole, what the former site had besides stays for now."""
        made, shown = recipe.merge(pages, rest), self._carried | self._pages | self._rest
        carried = {} if is_whole else dict(self._carried)
        with hold(self.output):
            if self._left_as and _stamp(self.output) == self._left_as:
                update(carried | made, shown, self.output)
            else:  # nothing was shown yet, or a build put another site here
                carried.clear()

                def make(folder: Path) -> int:
                    write_new(made, folder)
                    if not is_whole:
                        carried.update(_carry_former(self.output, folder))
                    return len(made) + len(carried)

                replace(self.output, make)
            self._left_as = _stamp(self.output)
        self._changed |= {path for path, content in pages.items() if self._pages.get(path) != content}
        self._changed |= self._pages.keys() - pages.keys()
        self._pages, self._rest, self._carried = pages, rest, carried


def _list_pages(rendering: Rendering) -> list[Callable[[], Mapping[str, bytes]]]:
    return [rendering.assets, *rendering.producers()]


def _is_entry(path: str) -> bool:
    return path.endswith((".yml", ".yaml")) and path.startswith(("cops/", "content/"))


_FORMER = b"\0"
"""The content, not known here, of a file of the former site."""


def _carry_former(site: Path, new: Path) -> dict[str, bytes]:
    """Give a new site the files of the former one that it lacks."""
    carried: dict[str, bytes] = {}
    for path in sorted(read_manifest(site) or ()):
        target = new / path
        if path != MANIFEST and not target.exists() and (site / path).is_file():
            with suppress(FileExistsError, NotADirectoryError):  # where its folder should be, the new one has a file
                target.parent.mkdir(parents=True, exist_ok=True)
                _link(site / path, target)
                carried[path] = _FORMER
    return carried


def _stamp(site: Path) -> tuple[int, int] | None:
    """What differs once somebody else has written the list of a site."""
    try:
        stat = (site / MANIFEST).stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns


def _link(path: Path, target: Path) -> None:
    """The same file under another name, or a copy where the disk knows one name a file."""
    try:
        os.link(path, target)
    except OSError:
        shutil.copyfile(path, target)


def needs_engine(path: str) -> bool:
    """Whether the hand-written pages depend on a path, relative to the root."""
    return path == "mkdocs.yml" or (path.startswith(ENGINE_INPUTS) and not path.endswith((".yml", ".yaml")))
