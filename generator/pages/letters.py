"""The letter of the network as HTML: for a mail program, and week after week in its feeds."""

from collections.abc import Iterator
from dataclasses import replace

from generator.feeds.feed_names import LETTER_FEED, FeedInfo, letter_of_territory
from generator.feeds.items import WrittenItem
from generator.feeds.letter import Letter, LetterWriter
from generator.model.period import find_weeks
from generator.pages.frame.templates import Templates
from generator.pages.site import Site
from generator.territories.kinds import Wide

WEEKS = 13
"""Of the whole directory: a season."""
WEEKS_OF_A_TERRITORY = 4
"""There are sixty-six of them."""


def make_writer(site: Site) -> LetterWriter:
    return LetterWriter(site.annuaire, site.agenda, site.settings)


def write_html(templates: Templates, letter: Letter) -> str:
    """The letter as a mail program shows it."""
    return templates.render_message("courriel/lettre.html", letter=letter)


def make_feed_files(site: Site, templates: Templates) -> dict[str, bytes]:
    """The feeds of the letter. A week without anything has none; a letter is never sent twice."""
    from generator.feeds import rss  # its library is imported by the one process that makes them

    files: dict[str, bytes] = {}
    for info, items in _list_feeds(site, templates):
        files |= rss.render(info, items, site.settings, site.annuaire.today)
    return files


def _list_feeds(site: Site, templates: Templates) -> Iterator[tuple[FeedInfo, list[WrittenItem]]]:
    writer = make_writer(site)
    yield LETTER_FEED, [*_list_items(site, templates, writer, LETTER_FEED, None, WEEKS)]
    for place in site.annuaire.territoires:
        former_slugs = site.annuaire.territories.former_slugs(place.slug)
        former_names = tuple(f"lettre/{former}" for former in former_slugs)
        info = replace(letter_of_territory(place.slug, place.nom), former_names=former_names)
        yield info, [*_list_items(site, templates, writer, info, place, WEEKS_OF_A_TERRITORY)]


def _list_items(
    site: Site, templates: Templates, writer: LetterWriter, info: FeedInfo, place: Wide | None, weeks: int
) -> Iterator[WrittenItem]:
    for week in find_weeks(site.annuaire.today, weeks):
        letter = writer.write(week, place)
        if letter.is_empty:
            continue
        monday = week.following.first
        yield WrittenItem(
            kind="lettre",
            id=f"{place.slug if place else 'toutes'}/{week.until}",
            adresse=info.page,
            titre=f"{letter.titre}, {letter.periode}",
            paragraphes=(),
            auteur=site.settings.reseau or site.settings.site_name,
            publie=monday,
            modifie=monday,
            themes=(),
            corps=templates.render_message("courriel/article.html", letter=letter),
        )
