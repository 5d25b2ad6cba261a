"""RSS 2.0, Atom and JSON Feed: what is new in the directory, for feed readers.

Identifiers are made of kind and id, so that a reader never shows an entry twice because a title or the site's address
changed. Every date comes from the data: the library would put the present moment wherever one is left out.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.dc import DcEntryExtension
from feedgen.feed import FeedGenerator

from generator.feeds.feed_names import MEDIA_TYPES, FeedInfo
from generator.feeds.items import FeedItem, list_feeds
from generator.french import typographie
from generator.model.annuaire import Annuaire
from generator.model.identity import moment, urn
from generator.repository.settings import Settings

RIGHTS = "Licence Ouverte 2.0 (etalab-2.0)"
RSS_DOCS = "https://www.rssboard.org/rss-specification"
MAX_FEED_BYTES = 100_000
"""A reader fetches a feed each hour: long texts leave less room for old ones."""

JSON_FEED = "https://jsonfeed.org/version/1.1"


def files(annuaire: Annuaire, settings: Settings) -> dict[str, bytes]:
    """Every feed in its formats, by its path from the root of the site."""
    files: dict[str, bytes] = {}
    for info, items in list_feeds(annuaire, settings.reseau):
        files |= render(info, items, settings, annuaire.today)
    return files


def render(info: FeedInfo, items: Sequence[FeedItem], settings: Settings, today: str) -> dict[str, bytes]:
    """One feed in each of its formats by path, from items already sorted. `today` dates a feed that has no entry."""
    files: dict[str, bytes] = {}
    for kind in info.formats:
        feed = _fit(info, items, kind, settings, today)
        files |= dict.fromkeys((f"flux/{name}.{kind}" for name in (info.name, *info.former_names)), feed)
    return files


def _fit(info: FeedInfo, items: Sequence[FeedItem], kind: str, settings: Settings, today: str) -> bytes:
    """The feed in one format, of as many items as MAX_BYTES hold: the oldest go."""
    while True:
        feed = _json(info, items, settings) if kind == "json" else _xml(info, items, kind, settings, today)
        if len(feed) <= MAX_FEED_BYTES or len(items) < 2:
            return feed
        items = items[: min(len(items) - 1, len(items) * MAX_FEED_BYTES // len(feed))]


def _json(info: FeedInfo, items: Iterable[FeedItem], settings: Settings) -> bytes:
    """JSON Feed 1.1."""
    feed = {
        "version": JSON_FEED,
        "title": typographie(f"{info.titre} – {settings.site_name}"),
        "description": typographie(info.resume),
        "home_page_url": settings.site_url + info.page,
        "feed_url": f"{settings.site_url}flux/{info.name}.json",
        "language": "fr",
        "authors": [{"name": settings.site_name, "url": settings.site_url}],
        "items": [_json_item(item, settings) for item in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode() + b"\n"


def _json_item(item: FeedItem, settings: Settings) -> dict[str, object]:
    return {
        "id": urn(item.kind, item.id),
        "url": settings.site_url + item.adresse,
        "title": item.titre_espace,
        "content_html": item.html,
        "date_published": moment(item.publie).isoformat(),
        "date_modified": moment(item.modifie).isoformat(),
        "authors": [{"name": item.auteur_espace}],
        "tags": [label for _, label in item.themes],
    }


# With feedgen ---------------------------------------------------------------------------------------------------------


def _xml(info: FeedInfo, items: Sequence[FeedItem], kind: str, settings: Settings, today: str) -> bytes:
    feed = _make_feed(info, kind, settings, max((item.modifie for item in items), default=today))
    for item in items:
        feed.add_entry(_entry(item, settings), order="append")
    rendered: bytes = feed.rss_str(pretty=True) if kind == "rss" else feed.atom_str(pretty=True)
    return rendered


def _make_feed(info: FeedInfo, kind: str, settings: Settings, updated: str) -> Any:
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


def _entry(item: FeedItem, settings: Settings) -> FeedEntry:
    entry = FeedEntry()
    entry.register_extension("dc", DcEntryExtension, atom=False, rss=True)
    entry.guid(urn(item.kind, item.id), permalink=False)
    entry.title(item.titre_espace)
    entry.link(href=settings.site_url + item.adresse, rel="alternate", type="text/html")
    entry.summary(item.html, type="html")
    entry.published(moment(item.publie))
    entry.updated(moment(item.modifie))
    scheme = f"{settings.site_url}themes/"
    entry.category([{"term": term, "label": label, "scheme": scheme} for term, label in item.themes])
    author = item.auteur_espace
    entry.author({"name": author})
    entry.dc.dc_creator(author)  # for RSS, where `author` must be an e-mail address
    return entry
