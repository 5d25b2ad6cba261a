"""The letter of the network: exactly what is new between two days, readable wherever it is opened, never sent."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

import feedparser
import html5lib
import pytest

from generator.feeds.feed_names import LETTER_FEED
from generator.feeds.letter import Letter
from generator.feeds.letter_text import WIDTH, tell_letter
from generator.model.annuaire import Annuaire
from generator.model.identity import urn
from generator.model.period import Period, find_weeks, waits_since
from generator.pages.frame.templates import Templates
from generator.pages.letters import make_feed_files, make_writer, write_html
from generator.pages.site import Site
from generator.territories.kinds import Wide
from tests.factory import repositories
from tests.support import annuaires, repository

FIRST, LAST = "2026-01-31", "2026-11-30"
MONTHS = [FIRST, "2026-02-28", *(f"2026-{m:02}-{31 if m in (3, 5, 7, 8, 10) else 30}" for m in range(3, 12))]


@cache
def demo() -> Mapping[str, tuple[str, str]]:
    """YAML texts by path with the day on which they enter, spread over two years."""
    made = repositories.files(60, 40, 40, today="2026-11-24")
    return {path: (_find_entry(path, data), repositories.text(path, data)) for path, data in made}


def _find_entry(path: str, data: Mapping[str, object]) -> str:
    return str(data.get("inscrite_le") or data.get("publiee_le") or Path(path).name[:10])


def directory(today: str) -> Annuaire:
    """What the directory held on a day: what names an entry of later days is of later days too."""
    known = {path: text for path, (entry, text) in demo().items() if entry <= today}
    cops = {f"{Path(p).parent.name}/{Path(p).stem}": text for p, text in known.items() if p.startswith("cops/")}
    ids = {name.partition("/")[2] for name in cops}

    def of(folder: str) -> dict[str, str]:
        return {Path(path).stem: _forget(text, ids) for path, text in known.items() if f"/{folder}/" in path}

    return annuaires.build(cops, of("formations"), of("actualites"), today)


def _forget(text: str, ids: set[str]) -> str:
    """Without the COP that are not there yet."""
    named = re.compile(r"^(cops|cops_liees):\n((?:[ ]*- .*\n)+)", re.MULTILINE)
    return named.sub(lambda m: _keep(m[1], [n for n in re.findall(r"- (\S+)", m[2]) if n in ids]), text)


def _keep(key: str, ids: list[str]) -> str:
    return f"{key}: [{', '.join(ids)}]\n" if ids else ""


def site_of(annuaire: Annuaire) -> Site:
    return Site(annuaire, annuaires.SETTINGS, annuaires.SCHEMAS)


def write(annuaire: Annuaire, after: str, place: Wide | None = None) -> Letter:
    return make_writer(site_of(annuaire)).write(Period(after, annuaire.today), place)


def told(letter: Letter) -> Iterator[tuple[str, str, str]]:
    for part in letter.parties:
        assert part.reste == 0
        yield from ((part.titre, line.adresse, line.titre + line.precision) for line in part.lignes)


def test_month_after_month_nothing_is_told_twice_and_nothing_is_missed() -> None:
    letters = [write(directory(until), after) for after, until in pairwise(MONTHS)]
    found = Counter(thing for letter in letters for thing in told(letter))
    assert [thing for thing, count in found.items() if count > 1] == []
    addresses = {(title, address) for title, address, _ in found}
    entered = {path: entry for path, (entry, _) in demo().items() if FIRST < entry <= LAST}
    last = directory(LAST)
    for cop in last.cops:
        is_new = cop.chemin in entered and not cop.finie
        assert (("Nouvelles COP", cop.adresse) in addresses) == is_new, cop.id
    for formation in last.formations:
        is_new = FIRST < formation.publiee_le <= LAST
        assert (("Nouvelles formations", formation.adresse) in addresses) == is_new
    for item in last.actualites:
        is_told = item.categorie == "decision" and FIRST < item.date <= LAST
        assert (("Décisions", item.adresse) in addresses) == is_told
    waiting = {cop.adresse for cop in last.cops if max(FIRST, cop.inscrite_le) < waits_since(cop) <= LAST}
    assert {a.partition("#")[0] for title, a in addresses if title == "À confirmer"} == waiting
    assert len({title for title, _ in addresses}) >= 5


def test_every_date_is_told_by_the_letter_before_it() -> None:
    annuaire = directory(LAST)
    writer = make_writer(site_of(annuaire))
    periods = [Period(after, until) for after, until in pairwise(MONTHS)]
    found = Counter(
        (line.adresse, line.precision)
        for period in periods
        for part in writer.write(period).parties
        if part.titre == "Prochains rendez-vous"
        for line in part.lignes
    )
    coming = [e for e in site_of(annuaire).agenda.events if MONTHS[1] < e.debut[:10] <= "2026-12-31" and not e.annulee]
    assert sum(found.values()) == len(coming) > 20
    assert max(found.values()) == 1


@pytest.mark.parametrize(
    ("after", "until", "following"),
    [
        ("2026-01-31", "2026-02-28", "2026-03-31"),
        ("2026-02-28", "2026-03-31", "2026-04-30"),
        ("2026-01-15", "2026-02-15", "2026-03-15"),
        ("2026-10-15", "2027-01-15", "2027-04-15"),
        ("2026-11-15", "2026-11-22", "2026-11-29"),
        ("2026-01-30", "2026-03-01", "2026-03-31"),
    ],
)
def test_the_next_letter_is_expected_at_the_same_pace(after: str, until: str, following: str) -> None:
    assert Period(after, until).following == Period(until, following)


def test_an_entry_waits_from_the_day_on_which_it_grew_old_or_its_term_ended() -> None:
    def day(inscrite_le: str, today: str, more: str = "", basis: str = "base_legale: autre\n") -> str:
        text = annuaires.cop(inscrite_le=inscrite_le, more=f"{basis}{more}")
        return waits_since(annuaires.build({"a": text}, today=today).cops[0])

    assert day("2025-01-31", "2026-07-31") == ""
    assert day("2025-01-31", "2026-08-01") == "2026-08-01"
    assert day("2025-02-10", "2026-10-01", "verifiee_le: 2025-03-10\n") == "2026-09-11"
    assert day("2025-05-10", "2026-10-01", basis="") == "2026-03-15"  # a municipal commission
    ended = annuaires.cop(inscrite_le="2020-01-01", more="terminee_le: 2021\n").replace("active", "terminee")
    assert waits_since(annuaires.build({"a": ended}).cops[0]) == ""


# On a territory -------------------------------------------------------------------------------------------------------

MEETING = """\
rencontres:
  - {debut: 2026-12-01 18:30, objet: Réunion fictive}
"""


def test_a_territory_has_what_lies_in_it() -> None:
    langon = annuaires.cop("COP de Langon", inscrite_le="2026-11-10").replace('"29233", nom: Quimperlé', '"35145"')
    quimperle = annuaires.cop("COP de Quimperlé", inscrite_le="2026-11-12", more=MEETING)
    annuaire = annuaires.build({"a": quimperle, "35/b": langon})
    finistere = annuaire.territories.departements["29"]
    parts = {
        part.titre: [line.titre for line in part.lignes] for part in write(annuaire, "2026-10-31", finistere).parties
    }
    assert parts == {"Nouvelles COP": ["COP de Quimperlé"], "Prochains rendez-vous": ["Réunion fictive"]}
    everywhere = {part.titre: len(part.lignes) for part in write(annuaire, "2026-10-31").parties}
    assert everywhere == {"Nouvelles COP": 2, "Prochains rendez-vous": 1}


def test_one_call_to_act_that_fits() -> None:
    empty = annuaires.build()
    finistere = empty.territories.departements["29"]
    assert write(empty, "2026-10-31", finistere).appel.adresse == "demander/"
    assert write(empty, "2026-10-31").appel.adresse == "ajouter/"
    old = annuaires.build({"a": annuaires.cop(inscrite_le="2025-05-10", more="base_legale: autre\n")})
    assert write(old, "2026-10-31").appel.adresse == "cops/?statut=a-confirmer"


# As it is read --------------------------------------------------------------------------------------------------------


def html_of(letter: Letter, annuaire: Annuaire) -> str:
    return write_html(Templates(site_of(annuaire)), letter)


def test_the_html_asks_for_nothing_and_reads_in_order_without_its_styles() -> None:
    annuaire = directory(LAST)
    letter = write(annuaire, "2026-10-31")
    html = html_of(letter, annuaire)
    tree = html5lib.HTMLParser(strict=False).parse(html)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter() if isinstance(element.tag, str)}
    assert not tags & {"img", "link", "style", "script", "iframe", "object", "svg", "video", "form"}
    assert not re.search(r"url\(|@import|src=|class=", html)
    assert {int(n) for n in re.findall(r"(?:width|max-width):(\d+)px", html)} <= set(range(601))
    links = re.findall(r'href="([^"]*)"', html)
    assert links
    assert all(link.startswith("https://exemple.org/sous-dossier/") for link in links)
    words = " ".join(" ".join(tree.itertext()).split())
    places = [words.index(" ".join(part.titre.split())) for part in letter.parties]
    assert places == sorted(places)
    assert len(html.encode()) < 102_000


def test_contributed_words_are_escaped() -> None:
    nasty = annuaires.cop('"<b>COP</b> & co"', inscrite_le="2026-11-10")
    annuaire = annuaires.build({"a": nasty})
    html = html_of(write(annuaire, "2026-10-31"), annuaire)
    assert "&lt;b&gt;COP&lt;/b&gt; &amp; co" in html


def test_the_text_has_short_lines_and_every_link_of_the_html() -> None:
    annuaire = directory(LAST)
    letter = write(annuaire, "2026-10-31")
    text = tell_letter(letter, annuaires.SETTINGS)
    assert [line for line in text.split("\n") if len(line) > WIDTH and "https://" not in line] == []
    for part in letter.parties:
        assert part.titre.upper() in text
        assert all(f"https://exemple.org/sous-dossier/{line.adresse}\n" in text for line in part.lignes)


# Week after week ------------------------------------------------------------------------------------------------------


def test_weeks_go_from_monday_to_sunday_and_are_over() -> None:
    assert find_weeks("2026-11-24", 2) == (Period("2026-11-15", "2026-11-22"), Period("2026-11-08", "2026-11-15"))
    assert find_weeks("2026-11-22", 1) == (Period("2026-11-08", "2026-11-15"),)  # that Sunday is not over
    assert find_weeks("2026-11-23", 1) == (Period("2026-11-15", "2026-11-22"),)


def feeds_of(annuaire: Annuaire) -> dict[str, bytes]:
    site = site_of(annuaire)
    return make_feed_files(site, Templates(site))


def test_a_feed_for_all_and_one_for_each_territory_an_item_a_week_with_news() -> None:
    made = feeds_of(annuaires.build({"a": annuaires.cop("COP fictive", inscrite_le="2026-11-10")}))
    assert len(made) == 1 + 1 + 4 + 61
    (item,) = feedparser.parse(made["flux/lettre.rss"]).entries
    assert item.id == urn("lettre", "toutes/2026-11-15")
    assert item.published == "Mon, 16 Nov 2026 00:00:00 +0100"
    assert "https://exemple.org/sous-dossier/cops/a/" in item.summary
    assert "<h2>Nouvelles COP</h2>" in item.summary
    (own,) = feedparser.parse(made["flux/lettre/finistere.rss"]).entries
    assert own.id == urn("lettre", "finistere/2026-11-15")
    assert feedparser.parse(made["flux/lettre/morbihan.rss"]).entries == []


def test_a_week_later_the_items_keep_their_identifiers() -> None:
    def ids(today: str) -> list[str]:
        made = feeds_of(annuaires.build({"a": annuaires.cop(inscrite_le="2026-11-10", more=MEETING)}, today=today))
        return [entry.id for entry in feedparser.parse(made[f"flux/{LETTER_FEED.name}.rss"]).entries]

    assert ids("2026-11-30")[1:] == [urn("lettre", "toutes/2026-11-15")]
    assert ids("2026-11-30") == ids("2026-12-06")


# The command ----------------------------------------------------------------------------------------------------------


def test_the_command_writes_both_files_and_never_over_another(depot: Path, tmp_path: Path) -> None:
    asked = ("--root", depot, "lettre", "--depuis", "2026-10-31", "--date", "2026-11-24")
    done = repository.call(*asked, "--territoire", "finistere", "--sortie", tmp_path)
    assert (done.returncode, sorted(path.name for path in tmp_path.iterdir())) == (
        0,
        ["lettre-2026-11-24-finistere.html", "lettre-2026-11-24-finistere.txt"],
    )
    again = repository.call(*asked, "--territoire", "29", "--sortie", tmp_path)
    repository.refused(again, 2)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--territoire", "Quimperlé"), "Essayez\u00a0: --territoire «\u00a0Quimperlé Communauté\u00a0»"),
        (("--territoire", "Nulle-Part"), "aucune commune ni intercommunalité"),
        (("--date", "2026-10-01"), "--depuis doit être avant"),
    ],
)
def test_what_cannot_be_is_told(depot: Path, more: tuple[str, str], words: str) -> None:
    done = repository.call("--root", depot, "lettre", "--depuis", "2026-10-31", "--date", "2026-11-24", *more)
    repository.refused(done, 2)
    assert words in done.stderr


def test_without_anything_new_it_says_so() -> None:
    letter = write(annuaires.build(), "2026-10-31")
    assert letter.is_empty
    assert "Rien de nouveau" in tell_letter(letter, annuaires.SETTINGS)
