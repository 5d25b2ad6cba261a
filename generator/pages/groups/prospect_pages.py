"""« Où agir »: what there is to ask, département by département. The messages are for who animates: `cop prospects`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from generator.french import accord, enumeration, nombre, pluriel, sort_key, typographie
from generator.model.prospects import COMMUNE, COMPLETE, EPCI, KINDS, RENEW, Prospect
from generator.pages import jsonld
from generator.pages.communes.department_pages import group_communes
from generator.pages.frame.page import Page
from generator.pages.frame.record import Record
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step
from generator.territories.kinds import Departement

MOST = 60
"""Entries of one list: the table of `cop prospects` has them all."""
MOST_MISSING = 4
"""Of an entry: what it does not say, in one line."""


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One thing to ask."""

    name: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class ToAskList:
    """Things of one kind."""

    title: str
    rows: tuple[ToAsk, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ToAskGroup:
    """The communes of one EPCI."""

    title: str
    path: str
    rows: tuple[ToAsk, ...]


@dataclass(frozen=True, slots=True)
class ToAskPage:
    """What the page of a département shows."""

    summary: str
    lists: tuple[ToAskList, ...]
    groups: tuple[ToAskGroup, ...]
    linked_data: LinkedData


@dataclass(frozen=True, slots=True)
class CountRow:
    """A département in the table of /ou-agir/."""

    nom: str
    path: str
    communes: int  # without a recorded COP of their own
    communes_total: int
    renew: int
    complete: int


@dataclass(frozen=True, slots=True)
class ToAskCounts:
    """What /ou-agir/ shows."""

    epcis: tuple[Prospect, ...]
    rows: tuple[CountRow, ...]


def count(site: Site) -> ToAskCounts:
    rows = []
    for departement, communes in group_communes(site):
        own = site.prospects.of(departement)
        counts = {kind: sum(one.sorte == kind for one in own) for kind in KINDS}
        path = find_path(departement)
        rows.append(CountRow(departement.nom, path, counts[COMMUNE], len(communes), counts[RENEW], counts[COMPLETE]))
    epcis = sorted((one for one in site.prospects.all if one.sorte == EPCI), key=lambda one: sort_key(one.nom))
    return ToAskCounts(tuple(epcis), tuple(rows))


def find_path(departement: Departement) -> str:
    return f"ou-agir/{departement.slug}/"


def list_pages(site: Site) -> Iterator[Page]:
    """A page for each département that has communes in the perimeter."""
    for departement, communes in group_communes(site):
        title = typographie(f"Où agir : {departement.nom}")
        description = f"Les communes {departement.de} sans COP recensée, les COP à renouveler, les fiches à compléter."
        path = find_path(departement)
        make = partial(_make_content, site, departement, len(communes), title, description)
        record = partial(Record, "pages", path, title, description)
        yield Page(path, "ou-agir.html", title, description, make, make_record=record)


def _make_content(site: Site, departement: Departement, total: int, title: str, description: str) -> ToAskPage:
    own = site.prospects.of(departement)
    by_kind = {kind: [one for one in own if one.sorte == kind] for kind in KINDS}
    alone = len(by_kind[COMMUNE])
    summary = f"{nombre(alone)} {accord(alone, 'commune')} sur {nombre(total)} {departement.de} sans COP recensée."
    path = find_path(departement)
    steps = [Step("Où agir", "ou-agir/"), Step(departement.nom, path)]
    return ToAskPage(
        summary=summary,
        lists=tuple(_make_list(kind, by_kind[kind]) for kind in (EPCI, RENEW, COMPLETE) if by_kind[kind]),
        groups=tuple(_group(by_kind[COMMUNE])),
        linked_data=jsonld.dump_page(site, "CollectionPage", title, path, description, steps),
    )


def _make_list(kind: str, found: Sequence[Prospect]) -> ToAskList:
    return ToAskList(KINDS[kind], tuple(map(_make_row, found[:MOST])), max(0, len(found) - MOST))


def _make_row(prospect: Prospect) -> ToAsk:
    if prospect.sorte == COMPLETE:
        words = f"manquent : {enumeration(_shorten(prospect.manque))}"
    elif prospect.cop:
        words = prospect.cop.collectivite_nom
    else:
        words = f"{pluriel(prospect.population, 'habitant')}, aucun recensé"
    return ToAsk(prospect.nom, prospect.adresse, words)


def _shorten(missing: Sequence[str]) -> Sequence[str]:
    left = len(missing) - MOST_MISSING
    return missing if left < 2 else (*missing[:MOST_MISSING], f"{nombre(left)} autres")


def _group(communes: Iterable[Prospect]) -> Iterator[ToAskGroup]:
    def name(prospect: Prospect) -> tuple[bool, tuple[str, str]]:
        return prospect.epci is None, sort_key(prospect.epci.nom if prospect.epci else "")

    for _, group in groupby(sorted(communes, key=name), key=name):
        found = tuple(group)
        epci = found[0].epci
        rows = tuple(map(_make_commune, found))
        title, path = (epci.nom, epci.adresse) if epci else ("Sans intercommunalité", "")
        yield ToAskGroup(title, path, rows)


def _make_commune(prospect: Prospect) -> ToAsk:
    words = f"({nombre(max(1, round(prospect.distance)))} km)" if prospect.proche else ""
    return ToAsk(prospect.nom, prospect.adresse, words)
