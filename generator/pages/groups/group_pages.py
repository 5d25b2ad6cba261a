"""The pages that gather COP: one for each territory, theme and type, with or without COP."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator import french
from generator.feeds.items import FeedInfo, feed_of_theme
from generator.model.annuaire import Formation
from generator.model.cop import Cop
from generator.model.names import words_of_themes
from generator.pages import jsonld
from generator.pages.frame.page import Page
from generator.pages.frame.record import Record
from generator.pages.groups import lists, territory_pages
from generator.pages.groups.lists import Group
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step


def list_pages(site: Site) -> Iterator[Page]:
    """Every page that gathers COP."""
    yield from territory_pages.list_pages(site)
    yield from list_theme_pages(site)
    yield from list_type_pages(site)


# Themes and types -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GroupPage:
    """What the page of a theme or of a type shows."""

    index: Step  # the page that lists them all
    words: str  # « sur le thème « Eau » »
    sentences: tuple[str, ...]  # what it is
    count: int  # of its COP
    groups: tuple[Group, ...]
    formations: tuple[Formation, ...]
    feed: FeedInfo | None
    linked_data: LinkedData


def list_theme_pages(site: Site) -> Iterator[Page]:
    annuaire = site.annuaire
    for theme, label in site.labels.choices("cop.themes").items():
        goals = site.labels.read_notes("cop.themes", "x-odd").get(theme, ())
        title = french.accord(len(goals), "Objectif de développement durable", "Objectifs de développement durable")
        yield _make_page(
            site,
            f"themes/{theme}/",
            label,
            f"sur le thème « {label} »",
            Step("Thèmes", "themes/"),
            annuaire.par_theme.get(theme, ()),
            [f"{title} : {french.enumeration(map(str, goals))}."] if goals else [],
            tuple(formation for formation in annuaire.formations if theme in formation.themes),
            feed_of_theme(theme, label),
            words_of_themes((theme,), site.labels),
        )


def list_type_pages(site: Site) -> Iterator[Page]:
    for kind, label in site.labels.choices("cop.type").items():
        yield _make_page(
            site,
            f"types/{kind}/",
            label,
            f"sous la forme « {label} »",
            Step("Formes", "types/"),
            site.annuaire.par_type.get(kind, ()),
            _tell_bearers(site, kind),
        )


def _tell_bearers(site: Site, kind: str) -> list[str]:
    """Which collectivités bear a form, and on what law they usually rest it."""
    labels = site.labels
    words = labels.read_notes("cop.collectivite.type", "x-phrase")
    bearers = labels.read_notes("cop.type", "x-echelle").get(kind, ())
    bases = labels.read_notes("cop.type", "x-base-legale").get(kind, {})
    told = french.enumeration((words[bearer] for bearer in bearers), "ou") or "toute collectivité"
    return [
        f"Une COP de cette forme peut être portée par {told}.",
        *(
            f"Pour {words[bearer]}, texte le plus courant : {labels.of('cop.base_legale', basis)}."
            for bearer, basis in bases.items()
        ),
    ]


def _make_page(
    site: Site,
    path: str,
    label: str,
    words: str,
    index: Step,
    cops: tuple[Cop, ...],
    sentences: list[str],
    formations: tuple[Formation, ...] = (),
    feed: FeedInfo | None = None,
    names: tuple[str, ...] = (),
) -> Page:
    description = f"Les COP locales {site.settings.region.de} {words}, territoire par territoire."

    def make() -> GroupPage:
        linked_data = jsonld.dump(jsonld.describe_page(site, "CollectionPage", label, path, description))
        groups = lists.group_by_epci(cops)
        return GroupPage(index, words, tuple(sentences), len(cops), groups, formations, feed, linked_data)

    record = partial(Record, "pages", path, label, description, names=names)
    return Page(path, index.path.rstrip("/"), "groupe.html", label, description, make, make_record=record)
