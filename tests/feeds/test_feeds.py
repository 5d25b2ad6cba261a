"""Feeds are read back: by a feed reader's parser, and as plain XML."""

from uuid import NAMESPACE_DNS, uuid5
from xml.etree import ElementTree

import feedparser
import pytest

from generator.feeds.feed_names import FeedInfo
from generator.feeds.items import MAX_ITEMS, FeedItem
from generator.feeds.rss import files, render
from generator.model.annuaire import Annuaire
from generator.model.identity import UID_NAMESPACE, moment, urn
from tests.support import annuaires
from tests.support.annuaires import LABELS, SETTINGS, TODAY, build

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FORMATS = ("rss", "atom")
SESSION = """\
sessions:
  - debut: 2026-12-03 18:30
    fin: 2026-12-03 20:00
    statut: ouverte
    modifie_le: 2026-11-20 09:15
    lieu: {nom: Salle fictive}
"""


def _made(annuaire: Annuaire) -> dict[str, bytes]:
    return files(annuaire, SETTINGS)


def _xml(raw: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(raw)


def _entries(annuaire: Annuaire, path: str) -> list[feedparser.FeedParserDict]:
    read = feedparser.parse(_made(annuaire)[path])
    assert not read.bozo
    return list(read.entries)


@pytest.fixture(scope="module")
def annuaire() -> Annuaire:
    return build(
        {
            "a": annuaires.cop(nom="Ancienne COP fictive", inscrite_le="2026-02-01", more="verifiee_le: 2026-11-02\n"),
            "b": annuaires.cop(nom="COP fictive de Quimperlé", inscrite_le="2026-06-01"),
        },
        {"f": annuaires.formation(more=SESSION)},
    )


def test_every_feed_has_both_formats(annuaire: Annuaire) -> None:
    made = set(_made(annuaire))
    assert {path for path in made if path.count("/") == 1} == {
        "flux/changements.rss",
        "flux/engagements.rss",
        *(f"flux/{name}.{kind}" for name in ("cops", "formations", "actualites") for kind in ("rss", "atom", "json")),
    }
    assert {path for path in made if path.startswith("flux/themes/")} == {
        f"flux/themes/{theme}.rss" for theme in LABELS.choices("cop.themes")
    }
    places = {path for path in made if path.startswith("flux/territoires/")}
    assert len(places) == 1 + 4 + 61
    assert {"flux/territoires/bretagne.rss", "flux/territoires/finistere.rss"} <= places
    assert all(path.endswith(".rss") for path in places)


def test_namespace_never_changes() -> None:
    assert uuid5(NAMESPACE_DNS, "1000-cop-en-bretagne") == UID_NAMESPACE
    assert urn("cop", "a") == "urn:uuid:" + str(uuid5(UID_NAMESPACE, "cop/a"))
    assert urn("cop", "a") != urn("formation", "a")


@pytest.mark.parametrize("path", ["flux/cops.rss", "flux/cops.atom"])
def test_newest_first_with_dates_of_the_data(annuaire: Annuaire, path: str) -> None:
    entries = _entries(annuaire, path)
    assert [entry.title for entry in entries] == ["COP fictive de Quimperlé", "Ancienne COP fictive (Quimperlé)"]
    # Midnight in Paris, winter time: 23:00 the day before in UTC.
    assert entries[1].published_parsed[:5] == (2026, 1, 31, 23, 0)


def test_atom_entry_changes_with_its_last_check(annuaire: Annuaire) -> None:
    root = _xml(_made(annuaire)["flux/cops.atom"])
    assert [e.text for e in root.findall("a:entry/a:updated", ATOM)] == [
        "2026-06-01T00:00:00+02:00",
        "2026-11-02T00:00:00+01:00",
    ]
    assert root.findtext("a:updated", namespaces=ATOM) == "2026-11-02T00:00:00+01:00"


@pytest.mark.parametrize("path", ["flux/cops.rss", "flux/cops.atom"])
def test_identifiers_outlive_title_and_address(path: str) -> None:
    before = build({"a": annuaires.cop(nom="COP fictive")})
    after = build({"a": annuaires.cop(nom="COP fictive qui a changé de nom")})
    assert [e.id for e in _entries(before, path)] == [urn("cop", "a")] == [e.id for e in _entries(after, path)]


def test_atom_has_what_the_norm_requires(annuaire: Annuaire) -> None:
    root = _xml(_made(annuaire)["flux/formations.atom"])
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    for name in ("id", "title", "subtitle", "updated", "author", "rights", "generator"):
        assert root.find(f"a:{name}", ATOM) is not None, name
    links = {link.get("rel"): link.attrib for link in root.findall("a:link", ATOM)}
    assert links["self"]["href"] == "https://exemple.org/sous-dossier/flux/formations.atom"
    assert links["self"]["type"] == "application/atom+xml"
    assert links["alternate"]["href"] == "https://exemple.org/sous-dossier/formations/"
    for name in ("id", "title", "updated", "published", "author", "summary", "link", "category"):
        assert root.find(f"a:entry/a:{name}", ATOM) is not None, name
    assert "feedgen" not in ElementTree.tostring(root, encoding="unicode").lower()


def test_rss_has_what_the_norm_requires(annuaire: Annuaire) -> None:
    channel = _xml(_made(annuaire)["flux/cops.rss"]).find("channel")
    assert channel is not None
    for name in ("title", "description", "copyright", "generator", "docs", "pubDate", "lastBuildDate"):
        assert channel.findtext(name), name
    assert channel.findtext("language") == "fr"
    assert channel.findtext("link") == "https://exemple.org/sous-dossier/cops/"
    own = channel.find("{http://www.w3.org/2005/Atom}link")
    assert own is not None
    assert own.attrib == {
        "href": "https://exemple.org/sous-dossier/flux/cops.rss",
        "rel": "self",
        "type": "application/rss+xml",
    }
    item = channel.find("item")
    assert item is not None
    guid = item.find("guid")
    assert guid is not None
    assert guid.attrib == {"isPermaLink": "false"}
    assert item.findtext("link") == "https://exemple.org/sous-dossier/cops/b/"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}creator") == "COP fictive de Quimperlé"
    assert [c.text for c in item.findall("category")] == ["Climat et énergie", "Eau"]
    assert channel.findtext("lastBuildDate") == "Mon, 02 Nov 2026 00:00:00 +0100"


def test_summary_says_type_commune_and_status_in_words(annuaire: Annuaire) -> None:
    summary = _entries(annuaire, "flux/cops.atom")[0].summary
    assert annuaires.RESUME in summary
    assert "Commission extra-municipale, Quimperlé. Statut\u00a0: " in summary


def test_training_says_its_next_session_and_when_it_changed(annuaire: Annuaire) -> None:
    (entry,) = _entries(annuaire, "flux/formations.atom")
    assert "Publics\u00a0: élus et habitants." in entry.summary
    assert "le 3\u00a0décembre 2026, de 18\u00a0h\u00a030 à 20\u00a0h, Salle fictive." in entry.summary
    assert entry.author == "Organisme fictif"
    assert entry.updated == "2026-11-20T09:15:00+01:00"
    assert entry.published == "2026-05-04T00:00:00+02:00"


NASTY = 'Fin ]]> de & « c’h » <script>alert(1)</script> "guillemets" l\'été 🌊 : voilà !'


@pytest.mark.parametrize("kind", FORMATS)
def test_texts_come_back_whole(kind: str) -> None:
    long = (NASTY + " mot" * 280)[:280]
    item = FeedItem("cop", "a", "cops/a/", NASTY, (long,), "Auteur & fils", "2026-01-01", "2026-01-01", ())
    info = FeedInfo("essai", "Essai & <titre>", "Résumé", "cops/")
    root = _xml(render(info, [item], SETTINGS, TODAY)[f"flux/essai.{kind}"])
    texts = {node.tag.rpartition("}")[2]: node.text or "" for node in root.iter() if node.text}
    shown = NASTY.replace("l'été", "l’été").replace(" : ", "\u00a0: ").replace(" !", "\u202f!")
    shown = shown.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    assert texts["title"] == shown  # the entry's title comes last
    html = texts["description" if kind == "rss" else "summary"]
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    assert html.startswith("<p>Fin ]]&gt; de &amp; «\u00a0c’h\u00a0»")
    assert "🌊" in html


def test_a_feed_holds_fifty_entries_at_most_and_stays_light() -> None:
    # The longest texts allowed: a name of 120 characters, a summary of 280.
    cops = {
        f"cop-{n:02}": annuaires.cop(
            nom=f"COP fictive {n:02} {'é' * 100}", resume="é" * 280, inscrite_le=f"2026-{m}-01"
        )
        for n in range(60)
        for m in [f"{n % 9 + 1:02}"]
    }
    made = _made(build(cops))
    for kind in FORMATS:
        read = feedparser.parse(made[f"flux/cops.{kind}"])
        assert len(read.entries) == MAX_ITEMS == 50
        assert len(made[f"flux/cops.{kind}"]) <= 100_000
        published = [entry.published_parsed for entry in read.entries]
        assert published == sorted(published, reverse=True)


def test_texts_that_double_when_written_leave_room_for_fewer() -> None:
    """An ampersand takes ten octets: fifty entries of them would weigh three times what a feed may."""
    texts = {
        f"fictive-{rank}": annuaires.cop(f"COP fictive n° {rank}", resume="'" + "&" * 270 + "'") for rank in range(50)
    }
    made = _made(build(texts))
    for path in ("flux/cops.rss", "flux/cops.atom", "flux/cops.json"):
        assert len(made[path]) <= 100_000, path
    assert 15 < len(feedparser.parse(made["flux/cops.atom"]).entries) < 50


@pytest.mark.parametrize("kind", FORMATS)
def test_an_empty_feed_is_valid_and_dated_by_the_build(kind: str) -> None:
    raw = _made(build())[f"flux/cops.{kind}"]
    read = feedparser.parse(raw)
    assert not read.bozo
    assert read.entries == []
    assert read.feed.updated_parsed[:3] == (2026, 11, 23)  # 24 November, midnight in Paris


def test_two_builds_are_byte_identical(annuaire: Annuaire) -> None:
    assert _made(annuaire) == _made(annuaire)


def test_moment_is_paris_time() -> None:
    assert moment("2026-07-14").isoformat() == "2026-07-14T00:00:00+02:00"
    assert moment("2026-12-03 18:30").isoformat() == "2026-12-03T18:30:00+01:00"
