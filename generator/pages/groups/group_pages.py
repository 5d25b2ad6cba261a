"""The pages that gather COP: one for each territory, theme and type, with or without COP."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from generator import french
from generator.feeds.feed_names import FeedInfo, feed_of_theme
from generator.model.agenda import Event
from generator.model.cop import Cop
from generator.model.formation import Formation
from generator.model.labels import Labels
from generator.model.names import words_of_themes
from generator.pages import jsonld
from generator.pages.frame.page import Page
from generator.pages.frame.record import Record
from generator.pages.groups import lists, substance, territory_pages
from generator.pages.groups.lists import Group
from generator.pages.groups.presence import Figure
from generator.pages.groups.substance import Coming
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step


def list_pages(site: Site) -> Iterator[Page]:
    yield from territory_pages.list_pages(site)
    yield from list_theme_pages(site)
    yield from list_type_pages(site)


# Themes and types -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Subject:
    """A theme or a type: what only one of them has is empty for the other."""

    path: str
    label: str
    words: str  # « sur le thème « Eau » »
    index: Step  # the page that lists them all
    cops: tuple[Cop, ...]
    figures: tuple[Figure, ...]
    is_ours: Callable[[Event], bool] = field(compare=False)
    topics: str = ""  # what it covers, in a sentence; empty where the schema says nothing of it
    engagements: tuple[str, int] = ("", 0)  # where those of a theme are listed, and how many
    formations: tuple[Formation, ...] = ()
    feed: FeedInfo | None = None
    names: tuple[str, ...] = ()  # by which one looks for it


@dataclass(frozen=True, slots=True)
class GroupPage:
    """What the page of a theme or of a type shows."""

    subject: Subject
    coming: Coming
    groups: tuple[Group, ...]
    linked_data: LinkedData


def list_theme_pages(site: Site) -> Iterator[Page]:
    for theme in site.labels.choices("cop.themes"):
        yield _make_page(site, _describe_theme(site, theme))


def _describe_theme(site: Site, theme: str) -> Subject:
    annuaire, labels = site.annuaire, site.labels
    label, cops = labels.of("cop.themes", theme), annuaire.par_theme.get(theme, ())
    goals = labels.read_notes("cop.themes", "x-odd").get(theme, ())
    title = french.accord(len(goals), "Objectif de développement durable", "Objectifs de développement durable")
    figures = [*substance.count_group(cops), *substance.name_forms(cops, labels)]
    undertaken = sum(engagement.theme == theme for cop in annuaire.cops for engagement in cop.engagements)
    return Subject(
        path=f"themes/{theme}/",
        label=label,
        words=f"sur le thème « {label} »",
        index=Step("Thèmes", "themes/"),
        cops=cops,
        figures=(*figures, *([Figure(title, french.enumeration(map(str, goals)))] if goals else [])),
        is_ours=lambda event: theme in event.themes,
        topics=substance.tell_topics(theme, labels),
        engagements=(f"engagements/{theme}/", undertaken),
        formations=tuple(formation for formation in annuaire.formations if theme in formation.themes),
        feed=feed_of_theme(theme, label),
        names=words_of_themes((theme,), labels),
    )


def list_type_pages(site: Site) -> Iterator[Page]:
    for kind in site.labels.choices("cop.type"):
        yield _make_page(site, _describe_type(site, kind))


def _describe_type(site: Site, kind: str) -> Subject:
    annuaire, labels = site.annuaire, site.labels
    label, cops = labels.of("cop.type", kind), annuaire.par_type.get(kind, ())
    figures = (*substance.count_group(cops), *substance.name_themes(cops, labels))
    own = {cop.id for cop in cops}
    return Subject(
        path=f"types/{kind}/",
        label=label,
        words=f"sous la forme « {label} »",
        index=Step("Formes", "types/"),
        cops=cops,
        figures=figures,
        is_ours=lambda event: event.cop in own,
        topics=_tell_bearers(labels, kind),
    )


def _tell_bearers(labels: Labels, kind: str) -> str:
    """Which collectivités bear a form, and on what law they usually rest it."""
    words = labels.read_notes("cop.collectivite.type", "x-phrase")
    bases = labels.read_notes("cop.type", "x-base-legale").get(kind, {})
    told = substance.name_bearers(labels, kind)
    usual = (
        f"Pour {words[bearer]}, texte le plus courant : {labels.of('cop.base_legale', basis)}."
        for bearer, basis in bases.items()
    )
    return french.typographie(" ".join([f"Une COP de cette forme peut être portée par {told}.", *usual]))


def _make_page(site: Site, subject: Subject) -> Page:
    path, label = subject.path, subject.label
    description = f"Les COP locales {site.settings.region.de} {subject.words}, territoire par territoire."

    def make() -> GroupPage:
        return GroupPage(
            subject=subject,
            coming=substance.find_coming(site, subject.is_ours),
            groups=lists.group_by_epci(subject.cops),
            linked_data=jsonld.dump(jsonld.describe_page(site, "CollectionPage", label, path, description)),
        )

    record = partial(Record, "pages", path, label, description, names=subject.names)
    return Page(path, "groupe.html", label, description, make, make_record=record)
