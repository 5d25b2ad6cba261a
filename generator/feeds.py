"""RSS 2.0 and Atom: what is new in the directory, for feed readers.

Identifiers are made of kind and id, so that a reader never shows an entry twice because a title or the site's address
changed. Every date comes from the data: the library would put the present moment wherever one is left out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import Any

from feedgen.feed import FeedGenerator

from generator.cop import Cop
from generator.french import enumeration, fold, periode, typographie
from generator.identity import moment, urn
from generator.labels import Labels
from generator.model import Annuaire, Formation
from generator.settings import Settings

MAX_ITEMS = 50
RIGHTS = "Licence Ouverte 2.0 (etalab-2.0)"
RSS_DOCS = "https://www.rssboard.org/rss-specification"
MEDIA_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """One feed; its files are `flux/<name>.rss` and `flux/<name>.atom`."""

    name: str
    titre: str
    resume: str
    page: str  # address, from the root of the site, of the page that shows the same


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One entry of a feed, in plain text. Dates are `AAAA-MM-JJ` or `AAAA-MM-JJ HH:MM`, Europe/Paris."""

    kind: str  # cop, formation…: with `id`, the permanent identifier
    id: str
    adresse: str  # of its page, from the root of the site
    titre: str
    paragraphes: tuple[str, ...]
    auteur: str
    publie: str
    modifie: str
    themes: tuple[tuple[str, str], ...]  # value and label


# What is in each feed -------------------------------------------------------------------------------------------------

Rows = Callable[[Annuaire, Labels], Iterable[FeedItem]]


def _cops(annuaire: Annuaire, labels: Labels) -> Iterable[FeedItem]:
    return (cop_item(cop, labels) for cop in annuaire.dernieres)


def _formations(annuaire: Annuaire, labels: Labels) -> Iterable[FeedItem]:
    newest = sorted(annuaire.formations, key=lambda formation: formation.publiee_le, reverse=True)
    return (formation_item(formation, labels) for formation in newest)


FEEDS: tuple[tuple[FeedInfo, Rows], ...] = (
    (FeedInfo("cops", "Les COP", "Les COP locales, de la dernière inscrite à la plus ancienne.", "cops/"), _cops),
    (
        FeedInfo(
            "formations",
            "Les formations",
            "Les formations à la coopération et aux transitions, de la dernière publiée à la plus ancienne.",
            "formations/",
        ),
        _formations,
    ),
)
"""Every feed, in the order in which pages announce them. A new feed is one row."""


def files(annuaire: Annuaire, settings: Settings, labels: Labels) -> dict[str, bytes]:
    """Every feed in both formats, by its path from the root of the site."""
    made: dict[str, bytes] = {}
    for info, rows in FEEDS:
        items = tuple(islice(rows(annuaire, labels), MAX_ITEMS))
        made |= render(info, items, settings, annuaire.today)
    return made


def cop_item(cop: Cop, labels: Labels) -> FeedItem:
    """A COP as one entry. A name such as « Commission extra-municipale » says nothing without its collectivité."""
    named = f" {fold(cop.collectivite_nom)} " in f" {fold(cop.nom)} "
    statut = labels.of("cop.statut", cop.statut_affiche)
    return FeedItem(
        kind="cop",
        id=cop.id,
        adresse=cop.adresse,
        titre=cop.nom if named else f"{cop.nom} ({cop.collectivite_nom})",
        paragraphes=(
            cop.resume,
            f"{labels.of('cop.type', cop.type)}, {cop.collectivite_nom}. Statut : {_inside(statut)}.",
        ),
        auteur=cop.nom,
        publie=cop.inscrite_le,
        modifie=max(cop.inscrite_le, cop.verifiee),
        themes=tuple((theme, labels.of("cop.themes", theme)) for theme in cop.themes),
    )


def formation_item(formation: Formation, labels: Labels) -> FeedItem:
    """A training as one entry; it changes when the file says that a session did."""
    modified = (session.modifie_le for session in formation.sessions if session.modifie_le)
    return FeedItem(
        kind="formation",
        id=formation.id,
        adresse=formation.adresse,
        titre=formation.titre,
        paragraphes=(formation.resume, " ".join(_facts(formation, labels))),
        auteur=formation.organisateur.nom,
        publie=formation.publiee_le,
        modifie=max((formation.publiee_le, *modified)),
        themes=tuple((theme, labels.of("formation.themes", theme)) for theme in formation.themes),
    )


def _facts(formation: Formation, labels: Labels) -> Iterable[str]:
    yield f"Organisme : {formation.organisateur.nom}."
    yield f"Modalité : {_inside(labels.of('formation.modalite', formation.modalite))}."
    if formation.publics:
        publics = enumeration(_inside(labels.of("formation.publics", value)) for value in formation.publics)
        yield f"Publics : {publics}."
    if formation.prochaine:
        place = f", {formation.prochaine.lieu.nom}" if formation.prochaine.lieu else ""
        end = None if formation.prochaine.reportee_au else formation.prochaine.fin
        yield f"Prochaine session : {periode(formation.prochaine.quand, end)}{place}."
    elif formation.a_la_demande == "oui":
        yield "Sur demande."


def _inside(label: str) -> str:
    """A label within a sentence: `À confirmer` → `à confirmer`."""
    return label[:1].lower() + label[1:]


# Rendering ------------------------------------------------------------------------------------------------------------


def render(info: FeedInfo, items: Iterable[FeedItem], settings: Settings, today: str) -> dict[str, bytes]:
    """RSS and Atom of one feed by path, from rows already sorted. `today` dates a feed that has no entry."""
    rows = tuple(items)
    made: dict[str, bytes] = {}
    for kind in MEDIA_TYPES:
        feed = _feed(info, kind, settings, max((row.modifie for row in rows), default=today))
        for row in rows:
            _add(feed, row, kind, settings)
        write = feed.rss_str if kind == "rss" else feed.atom_str
        made[f"flux/{info.name}.{kind}"] = write(pretty=True)
    return made


def _feed(info: FeedInfo, kind: str, settings: Settings, updated: str) -> Any:
    # One generator per format: sharing it would give Atom the self link of RSS.
    feed = FeedGenerator()
    feed.load_extension("dc", atom=False, rss=True)
    feed.id(urn("flux", info.name))
    feed.title(typographie(f"{info.titre} – {settings.site_name}"))
    feed.subtitle(typographie(info.resume))
    feed.language("fr")
    feed.author({"name": settings.site_name})
    feed.rights(RIGHTS)
    feed.generator(settings.site_name, uri=settings.site_url)
    feed.docs(RSS_DOCS)
    feed.link(href=f"{settings.site_url}flux/{info.name}.{kind}", rel="self", type=MEDIA_TYPES[kind])
    # RSS takes its only link from the last one given.
    feed.link(href=settings.site_url + info.page, rel="alternate", type="text/html")
    feed.updated(moment(updated))  # and the lastBuildDate of RSS
    feed.pubDate(moment(updated))
    return feed


def _add(feed: Any, item: FeedItem, kind: str, settings: Settings) -> None:
    entry = feed.add_entry(order="append")
    entry.guid(urn(item.kind, item.id), permalink=False)
    entry.title(typographie(item.titre))
    entry.link(href=settings.site_url + item.adresse, rel="alternate", type="text/html")
    # Readers take an RSS description for HTML: our plain text becomes HTML in both formats.
    entry.summary("".join(f"<p>{escape(typographie(text), quote=False)}</p>" for text in item.paragraphes), type="html")
    entry.published(moment(item.publie))
    entry.updated(moment(item.modifie))
    scheme = f"{settings.site_url}themes/"
    entry.category([{"term": term, "label": label, "scheme": scheme} for term, label in item.themes])
    author = typographie(item.auteur)
    entry.author({"name": author})
    if kind == "rss":  # where `author` must be an e-mail address
        entry.dc.dc_creator(author)

