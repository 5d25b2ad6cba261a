"""The pages that gather COP: one for each territory, theme and type, with or without COP."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator import french
from generator.entries.checks.one_file import BASES
from generator.feeds.items import FeedInfo, feed_of_theme
from generator.model.annuaire import Formation
from generator.model.cop import Cop
from generator.pages import jsonld
from generator.pages.frame.page import Page
from generator.pages.frame.record import Record
from generator.pages.groups import lists, territory_pages
from generator.pages.groups.lists import Group
from generator.pages.groups.presence import Figure
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step


def list_pages(site: Site) -> Iterator[Page]:
    """Every page that gathers COP."""
    yield from territory_pages.list_pages(site)
    yield from list_theme_pages(site)
    yield from list_type_pages(site)


# Themes and types -----------------------------------------------------------------------------------------------------

ODD: Mapping[str, str] = {
    "climat-energie": "7 et 13",
    "mobilites": "11",
    "alimentation-agriculture": "2 et 12",
    "biodiversite-nature": "15",
    "eau": "6 et 14",
    "littoral-mer": "14",
    "dechets-economie-circulaire": "12",
    "urbanisme-habitat": "11",
    "economie-ess": "8 et 9",
    "solidarites-sante": "1, 3 et 10",
    "education-jeunesse": "4",
    "culture-langues": "4 et 11",
    "democratie-cooperation": "16 et 17",
}
"""Sustainable development goals of each theme: derived, never typed by a contributor."""

SCALES: Mapping[str, str] = {
    "commission-extra-municipale": "la commune",
    "commission-extra-intercommunale": "l’intercommunalité",
    "conseil-de-developpement": "l’intercommunalité ; un même conseil peut en servir plusieurs",
    "conseil-climat-energie": "l’intercommunalité",
    "conseil-alimentation": "toute échelle",
    "conseil-biodiversite": "la commune ou l’intercommunalité",
    "assemblee-citoyenne": "toute échelle",
    "comite-consultatif": "le département ou la région",
    "cop-locale": "toute échelle",
    "autre": "toute échelle",
}
"""At which level each type of space is found."""


@dataclass(frozen=True, slots=True)
class GroupPage:
    """What the page of a theme or of a type shows."""

    index: Step  # the page that lists them all
    words: str  # « sur le thème « Eau » »
    figures: tuple[Figure, ...]
    count: int  # of its COP
    groups: tuple[Group, ...]
    formations: tuple[Formation, ...]
    feed: FeedInfo | None
    linked_data: LinkedData


def list_theme_pages(site: Site) -> Iterator[Page]:
    annuaire = site.annuaire
    for theme, label in site.labels.choices("cop.themes").items():
        goals = french.accord(
            2 if " " in ODD[theme] else 1, "Objectif de développement durable", "Objectifs de développement durable"
        )
        yield _make_page(
            site,
            f"themes/{theme}/",
            label,
            f"sur le thème « {label} »",
            Step("Thèmes", "themes/"),
            annuaire.par_theme.get(theme, ()),
            [Figure(goals, ODD[theme])],
            tuple(formation for formation in annuaire.formations if theme in formation.themes),
            feed_of_theme(theme, label),
        )


def list_type_pages(site: Site) -> Iterator[Page]:
    for kind, label in site.labels.choices("cop.type").items():
        figures = [Figure("Échelle", SCALES[kind])]
        if kind in BASES:
            figures.append(Figure("Base légale", site.labels.of("cop.base_legale", BASES[kind])))
        yield _make_page(
            site,
            f"types/{kind}/",
            label,
            f"sous la forme « {label} »",
            Step("Formes", "types/"),
            site.annuaire.par_type.get(kind, ()),
            figures,
        )


def _make_page(
    site: Site,
    path: str,
    label: str,
    words: str,
    index: Step,
    cops: tuple[Cop, ...],
    figures: list[Figure],
    formations: tuple[Formation, ...] = (),
    feed: FeedInfo | None = None,
) -> Page:
    description = f"Les COP locales de Bretagne {words}, territoire par territoire."

    def make() -> GroupPage:
        linked_data = jsonld.dump(jsonld.describe_page(site, "CollectionPage", label, path, description))
        groups = lists.group_by_epci(cops)
        return GroupPage(index, words, tuple(figures), len(cops), groups, formations, feed, linked_data)

    record = partial(Record, "pages", path, label, description)
    return Page(path, index.path.rstrip("/"), "groupe.html", label, description, make, make_record=record)
