"""A shelf: what many COP do under one heading, in one or several pages that are never heavy."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.french import pluriel, typographie
from generator.model.cop import Cop
from generator.pages import jsonld
from generator.pages.agenda.rows import Answers, Filter, make_filter
from generator.pages.entries.facts import Status
from generator.pages.frame.page import Page
from generator.pages.frame.record import Record
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step

ON_A_PAGE = 200
"""Rows of one page of a shelf."""
ON_THE_INDEX = 40
"""Up to so many in all, the page that leads to the shelves shows them itself."""

Questions = Sequence[tuple[str, str, str, dict[str, str]]]
"""What a script may ask of a list: key, title, the answer that keeps everything, the answers."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One line of a shelf; the town comes first."""

    cop: Cop
    title: str
    url: str  # where its title leads: another site, or a path from the root of this one
    status: Status | None
    words: Sequence[tuple[str, str]]  # what else is known, each with what it is: `theme`, `echeance`
    answers: Answers  # to the questions of the filters

    def say(self, axis: str = "") -> str:
        """What else is known, without what the heading of its shelf says."""
        return typographie(" · ".join(text for key, text in self.words if text and key != axis))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows under one heading."""

    axis: str  # what its rows share: a question of the filters
    slug: str
    title: str
    rows: Sequence[ActionRow]
    group: str  # heading under which the index lists it


@dataclass(frozen=True, slots=True)
class Kind:
    """What stands on the shelves: its words, its questions, its address."""

    section: str
    name: str  # of the page that leads to the shelves
    one: str
    many: str
    questions: Questions

    def find_path(self, shelf: Shelf, part: int = 0) -> str:
        return f"{self.section}/{shelf.slug}{f'-{part + 1}' if part else ''}/"

    def count(self, number: int) -> str:
        return pluriel(number, self.one, self.many)

    def make_filters(self, rows: Iterable[ActionRow]) -> tuple[Filter, ...]:
        """Those that part the rows."""
        answers: Collection[Answers] = [row.answers for row in rows]
        filters = (make_filter(key, answers, title, every, names) for key, title, every, names in self.questions)
        return tuple(each for each in filters if len(each.choices) > 1)


@dataclass(frozen=True, slots=True)
class ShelfPage:
    """What one page of a shelf shows."""

    kind: Kind
    index: Step
    shelf: Shelf  # the whole
    rows: Sequence[ActionRow]  # of this page
    filters: tuple[Filter, ...]  # of a shelf that one page holds whole
    parts: Sequence[Step]  # its pages, where there are several
    linked_data: LinkedData


def list_pages(site: Site, kind: Kind, shelves: Iterable[Shelf]) -> Iterator[Page]:
    for shelf in shelves:
        count = -(-len(shelf.rows) // ON_A_PAGE)
        for part in range(count):
            name = f"{kind.name} : {shelf.title}" + (f" ({part + 1} sur {count})" if count > 1 else "")
            described = f"{kind.count(len(shelf.rows))} de COP locales {site.settings.region.de} : {shelf.title}."
            name, description = typographie(name), typographie(described)
            path = kind.find_path(shelf, part)
            make = partial(_make_content, site, kind, shelf, part, name, description)
            record = partial(Record, "pages", path, name, description)
            make_record = None if part else record
            yield Page(path, "rayon.html", name, description, make, make_record=make_record)


def _make_content(site: Site, kind: Kind, shelf: Shelf, part: int, name: str, description: str) -> ShelfPage:
    rows = shelf.rows[part * ON_A_PAGE : (part + 1) * ON_A_PAGE]
    count = -(-len(shelf.rows) // ON_A_PAGE)
    parts = [
        Step(_tell_part(shelf.rows[start : start + ON_A_PAGE]), kind.find_path(shelf, rank))
        for rank, start in enumerate(range(0, len(shelf.rows), ON_A_PAGE))
    ]
    path, index = kind.find_path(shelf, part), Step(kind.name, f"{kind.section}/")
    steps = [index, Step(shelf.title, path)]
    return ShelfPage(
        kind=kind,
        index=index,
        shelf=shelf,
        rows=rows,
        filters=kind.make_filters(rows) if count == 1 else (),
        parts=parts if count > 1 else (),
        linked_data=jsonld.dump_page(site, "CollectionPage", name, path, description, steps),
    )


def _tell_part(rows: Sequence[ActionRow]) -> str:
    """`d’Acigné à Dinan`, without the small words."""
    return f"{rows[0].cop.collectivite_nom} – {rows[-1].cop.collectivite_nom}"


@dataclass(frozen=True, slots=True)
class Directory:
    """What the page that leads to the shelves shows."""

    kind: Kind
    count: int
    cops: int  # that have some
    groups: Sequence[tuple[str, Sequence[tuple[str, str, int]]]]  # headings, then name, path and number of each shelf
    rows: Sequence[ActionRow]  # all of them, where they are few
    filters: tuple[Filter, ...]


def make_directory(kind: Kind, shelves: Sequence[Shelf], rows: Sequence[ActionRow]) -> Directory:
    headings = dict.fromkeys(shelf.group for shelf in shelves)
    shown = rows if len(rows) <= ON_THE_INDEX else ()
    return Directory(
        kind=kind,
        count=len(rows),
        cops=len({row.cop.id for row in rows}),
        groups=[
            (heading, [(s.title, kind.find_path(s), len(s.rows)) for s in shelves if s.group == heading])
            for heading in headings
        ],
        rows=shown,
        filters=kind.make_filters(shown),
    )
