"""What changed, from a real history: the day it was accepted, in words, and nothing of what was withdrawn."""

import re
import subprocess
from pathlib import Path

import feedparser
import pytest

from generator.entries.corpus import Corpus
from generator.failures import UnreadableJournal
from generator.feeds import rss
from generator.feeds.items import MAX_ITEMS
from generator.model.annuaire import Annuaire, build_annuaire
from generator.model.changes import list_changes, tell_change
from generator.model.identity import urn
from generator.model.journal import Change, Journal, read_journal
from generator.model.period import Period
from generator.pages.changes import list_weeks, tell_last_change
from generator.pages.letters import make_writer
from generator.pages.site import Site
from tests.support import annuaires, repository
from tests.support.history import History

MEETING = "rencontres:\n  - {debut: 2026-12-01 18:30, objet: Réunion fictive}\n"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    made = History(tmp_path_factory.mktemp("histoire") / "depot")
    secret = annuaires.cop("Secret fictif", inscrite_le="2026-09-01")
    first = annuaires.cop("COP fictive", inscrite_le="2026-09-01")
    made.record("2026-09-02", {"cops/29/une.yml": first, "cops/29/secrete.yml": secret})
    made.record("2026-09-10", {"cops/29/une.yml": f"{first}{MEETING}verifiee_le: 2026-09-10\n"})
    made.record("2026-09-11", {"cops/29/une.yml": f"# Une remarque.\n{first}{MEETING}verifiee_le: 2026-09-10\n"})
    made.record("2026-09-12", {"cops/29/une.yml": f"{first}{MEETING}verifiee_le: 2026-09-12\n"})
    made.record("2026-10-01", {"cops/29/secrete.yml": None})
    # Written in September, accepted in November; then renamed, under whose former id it was there already.
    late = (
        annuaires.cop("COP tardive", inscrite_le="2026-09-03")
        .replace("29233", "29230")
        .replace("Quimperlé", "Querrien")
    )
    made.record("2026-11-05", {"cops/29/tardive.yml": late, "content/formations/f.yml": annuaires.formation()})
    renamed = f"{late}anciens_ids: [tardive]\n"
    made.record("2026-11-06", {"cops/29/tardive.yml": None, "cops/29/arrivee.yml": renamed})
    return made


def told(annuaire: Annuaire) -> list[str]:
    return [re.sub("[\u00a0\u202f]", " ", tell_change(annuaire, change)) for change in list_changes(annuaire)]


def test_what_changed_in_words_by_the_day_it_was_accepted(history: History) -> None:
    assert told(history.read()) == [
        "formation ajoutée le 5 novembre 2026",
        "fiche ajoutée le 5 novembre 2026",
        "fiche retirée le 1er octobre 2026",
        "fiche vérifiée le 12 septembre 2026",
        "fiche modifiée le 10 septembre 2026 : rencontres",
        "fiche ajoutée le 2 septembre 2026",
    ]


def test_what_was_withdrawn_leaves_nothing_by_which_one_would_know_it(history: History) -> None:
    annuaire = history.read()
    raw = (history.root / "journal.json").read_text("utf-8")
    feed = rss.files(annuaire, annuaires.SETTINGS)["flux/changements.rss"].decode()
    for text in (raw, feed, str(list_weeks(Site(annuaire, annuaires.SETTINGS, annuaires.SCHEMAS)))):
        assert "secret" not in text.lower()
    assert "Fiche retirée le 1er octobre 2026" in feed.replace("\u00a0", " ")


def test_pages_say_when_an_entry_was_last_modified(history: History) -> None:
    site = Site(history.read(), annuaires.SETTINGS, annuaires.SCHEMAS)
    assert tell_last_change(site, "cop", "une").replace("\u00a0", " ") == "Fiche vérifiée le 12 septembre 2026"
    assert tell_last_change(site, "cop", "inconnue") == ""
    weeks = list_weeks(site)
    assert [week.anchor for week in weeks] == ["s-2026-11-02", "s-2026-09-28", "s-2026-09-07", "s-2026-08-31"]
    assert [row.name for row in weeks[1].rows] == [""]


def test_an_entry_accepted_late_is_new_on_the_day_it_came(history: History) -> None:
    annuaire = history.read()
    files = rss.files(annuaire, annuaires.SETTINGS)
    newest = feedparser.parse(files["flux/cops.rss"]).entries[0]
    assert (newest.id, newest.published[:16]) == (urn("cop", "arrivee"), "Thu, 05 Nov 2026")
    site = Site(annuaire, annuaires.SETTINGS, annuaires.SCHEMAS)
    letter = make_writer(site).write(Period("2026-10-31", "2026-11-24"))
    assert "cops/arrivee/" in {line.adresse for part in letter.parties for line in part.lignes}


def test_a_history_that_was_not_fetched_whole_is_refused(history: History, tmp_path: Path) -> None:
    copy = tmp_path / "copie"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", f"file://{history.root}", str(copy)], check=True)
    for name in ("schema", "generator"):
        (copy / name).symlink_to(history.root / name)
    (copy / "mkdocs.yml").write_bytes((history.root / "mkdocs.yml").read_bytes())
    done = repository.call("--root", copy, "journal", "--date", "2026-11-24")
    repository.refused(done, 2)
    assert "n’est pas entier" in done.stderr


def test_the_command_writes_the_file_again_and_the_build_reads_it(history: History) -> None:
    path = history.root / "journal.json"
    path.unlink(missing_ok=True)
    done = repository.call("--root", history.root, "journal", "--date", "2026-11-24")
    assert (done.returncode, done.stdout) == (0, "6 changements dans journal.json.\n"), done.stderr
    path.write_text("{", encoding="utf-8")
    broken = repository.run("--root", history.root, "build", "--date", "2026-11-24", "--no-index")
    repository.refused(broken, 2)
    assert "journal.json ne se lit pas" in broken.stderr


@pytest.mark.parametrize(
    "raw", [b"[]", b'{"changements": [{"jour": "hier", "sorte": "cop", "quoi": "ajoutee"}]}', b"\xff"]
)
def test_what_the_command_did_not_write_is_not_read(raw: bytes) -> None:
    with pytest.raises(UnreadableJournal):
        read_journal(raw)


# Without a journal, and with too much ---------------------------------------------------------------------------------


def test_without_a_journal_the_days_are_those_of_the_entries() -> None:
    annuaire = annuaires.build(
        {"a": annuaires.cop(inscrite_le="2026-09-01", more="verifiee_le: 2026-10-01\n")},
        {"f": annuaires.formation()},
        {"2026-12-31-fictive": "titre: À venir\nresume: Une nouvelle.\ncategorie: reseau\n"},
    )
    assert told(annuaire) == [
        "fiche vérifiée le 1er octobre 2026",
        "fiche ajoutée le 1er septembre 2026",
        "formation ajoutée le 4 mai 2026",
    ]


def many(count: int) -> Annuaire:
    texts = {f"n-{rank}": annuaires.cop(f"COP fictive {rank}", inscrite_le="2026-11-20") for rank in range(count)}
    return annuaires.build(texts | {"vieille": annuaires.cop("Vieille COP", inscrite_le="2026-01-05")})


def test_a_day_that_brings_more_than_a_feed_holds_says_how_many_others() -> None:
    files = rss.files(many(60), annuaires.SETTINGS)
    entries = feedparser.parse(files["flux/cops.rss"]).entries
    assert len(entries) == MAX_ITEMS
    assert entries[-1].title.replace("\u00a0", " ") == "Et 11 autres nouveautés ce jour-là"
    assert entries[-1].link.endswith("/ce-qui-a-change/")
    (day, *_) = feedparser.parse(files["flux/changements.rss"]).entries
    assert day.title.replace("\u00a0", " ") == "60 changements le 20 novembre 2026"
    assert day.summary.count("<p>") == 60


def test_the_first_entry_of_a_new_day_hides_nothing_of_the_day_before() -> None:
    for day, told in (("2026-11-21", True), ("2026-11-22", False)):  # later, who reads each day has seen them
        texts = {f"n-{rank}": annuaires.cop(f"COP fictive {rank}", inscrite_le="2026-11-20") for rank in range(60)}
        texts["neuve"] = annuaires.cop("Neuve", inscrite_le=day)
        files = rss.files(annuaires.build(texts), annuaires.SETTINGS)
        entries = feedparser.parse(files["flux/cops.rss"]).entries
        assert ("12 autres nouveautés" in entries[-1].title.replace("\u00a0", " ")) == told
        assert len(entries) == MAX_ITEMS


def test_a_day_is_told_once_it_is_over() -> None:
    today = annuaires.build({"a": annuaires.cop(inscrite_le=annuaires.TODAY)})
    files = rss.files(today, annuaires.SETTINGS)
    assert feedparser.parse(files["flux/changements.rss"]).entries == []


def test_an_entry_that_is_gone_since_is_not_told() -> None:
    journal = Journal((Change("2026-11-01", "cop", "modifiee", "partie", ("nom",)),))
    empty = annuaires.build()
    assert list_changes(build_annuaire(Corpus((), (), {}, annuaires.SCHEMAS), empty.context, journal=journal)) == []
