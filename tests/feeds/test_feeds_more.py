"""Feeds of news, territories and themes, JSON Feed, and any text read back."""

import json

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.building.preview import TYPES
from generator.feeds.feed_names import FeedInfo
from generator.feeds.items import FeedItem
from generator.feeds.rss import JSON_FEED, render
from generator.french import typographie
from generator.model.identity import moment, urn
from tests.support import followed
from tests.support.annuaires import SETTINGS, TODAY


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return followed.feeds_of(followed.directory())


def _ids(raw: bytes) -> list[str]:
    read = feedparser.parse(raw)
    assert not read.bozo
    return [entry.id for entry in read.entries]


def test_a_territory_has_its_cop_trainings_and_news(made: dict[str, bytes]) -> None:
    assert _ids(made["flux/territoires/quimperle-communaute.rss"]) == [urn("cop", "essai"), urn("cop", "langon")]
    assert _ids(made["flux/territoires/rennes-metropole.rss"]) == [urn("formation", "coop")]
    assert _ids(made["flux/territoires/brest-metropole.rss"]) == []


def test_a_theme_has_all_kinds_newest_first(made: dict[str, bytes]) -> None:
    assert _ids(made["flux/themes/eau.rss"]) == [
        urn("actualite", "2026-11-02-soiree"),
        urn("cop", "essai"),
        urn("cop", "langon"),
    ]


def test_news_say_their_event_and_their_author(made: dict[str, bytes]) -> None:
    (entry,) = feedparser.parse(made["flux/actualites.atom"]).entries
    assert entry.author == "Réseau Cohérence"
    assert "Soirée du réseau, le 20\u00a0janvier 2027 à 19\u00a0h" in entry.summary
    assert entry.published == "2026-11-02T00:00:00+01:00"


@pytest.mark.parametrize("name", ["cops", "formations", "actualites"])
def test_json_feed_says_the_same(made: dict[str, bytes], name: str) -> None:
    feed = json.loads(made[f"flux/{name}.json"])
    assert feed["version"] == JSON_FEED
    assert feed["feed_url"] == f"https://exemple.org/sous-dossier/flux/{name}.json"
    atom = feedparser.parse(made[f"flux/{name}.atom"]).entries
    assert [item["id"] for item in feed["items"]] == [entry.id for entry in atom]
    assert [item["title"] for item in feed["items"]] == [entry.title for entry in atom]
    assert [item["date_published"] for item in feed["items"]] == [entry.published for entry in atom]
    assert all({"url", "content_html", "date_modified", "authors", "tags"} <= set(item) for item in feed["items"])


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=280)


@settings(deadline=None, max_examples=40)
@given(title=TEXTS, author=TEXTS)
def test_any_text_comes_back(title: str, author: str) -> None:
    item = FeedItem("cop", "a", "cops/a/", title, (title,), author, "2026-01-01", "2026-03-04", (("eau", "Eau"),))
    made = render(FeedInfo("essai", "Essai", "Résumé", "cops/"), [item], SETTINGS, TODAY)
    assert json.loads(made["flux/essai.json"])["items"][0]["title"] == typographie(title)
    for kind in ("rss", "atom"):
        read = feedparser.parse(made[f"flux/essai.{kind}"])
        assert not read.bozo
        (entry,) = read.entries
        assert entry.id == urn("cop", "a")
        assert entry.link == "https://exemple.org/sous-dossier/cops/a/"
        assert entry.published_parsed[:3] == moment("2026-01-01").utctimetuple()[:3]
    # feedparser mends titles that look like HTML: the text itself is read by the XML tests of test_feeds.py.


def test_the_local_server_sends_the_right_types() -> None:
    assert TYPES[".rss"].startswith("application/rss+xml")
    assert TYPES[".atom"].startswith("application/atom+xml")
    assert TYPES[".ics"].startswith("text/calendar")
