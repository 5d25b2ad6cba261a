"""A year of invented entries, month after month: the letter, the journal and the prospects against a recount."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.model.annuaire import Annuaire
from generator.model.period import Period
from generator.model.prospects import COMMUNE, COMPLETE, EPCI, RENEW, Prospects
from generator.pages.letters import make_writer
from generator.pages.site import Site
from generator.upkeep.prospects import RowMaker
from tests.factory import repositories
from tests.support import annuaires, recount
from tests.support.history import History

START = "2025-11-30"
MONTHS = ["2025-12-31", "2026-01-31", "2026-02-28"]
MONTHS += [f"2026-{month:02}-{31 if month in (3, 5, 7, 8, 10) else 30}" for month in range(3, 12)]
DEPARTEMENT = "29"
WITHDRAWN = {"2026-05-31", "2026-09-30"}
TITLES = {"Étapes franchies", "À confirmer"}  # the counter and the waiting have their own tests


@dataclass
class Month:
    """What was done in one month, and what the directory says at its end."""

    until: str
    annuaire: Annuaire
    files: recount.Files
    done: Counter[str] = field(default_factory=Counter)  # changes, by what they are


@dataclass
class Year:
    months: list[Month]
    accepted: dict[str, str]  # path → the day on which it was recorded
    written: dict[str, str]  # path → the day that it says of itself


def find_acceptance(texts: dict[str, str], written: dict[str, str]) -> dict[str, str]:
    """The day of each file: its own, early in the next month for one in four, never before what it names."""
    days = {path: max(START, written[path]) for path in texts}
    for rank, path in enumerate(sorted(texts)):
        if rank % 4 == 0 and days[path] > START:
            days[path] = (date.fromisoformat(f"{days[path][:8]}28") + timedelta(days=8)).isoformat()
    by_name = {Path(path).stem: path for path in texts}
    named = {
        path: {by_name[w] for w in re.findall(r"[a-z0-9-]+", text) if w in by_name} for path, text in texts.items()
    }
    for _ in range(len(texts)):
        later = {path: max([days[path], *(days[other] for other in named[path])]) for path in texts}
        if later == days:
            break
        days = later
    return days


def list_demo() -> Iterator[tuple[str, dict[str, Any]]]:
    """The COP of one département, trainings, and the news about these COP; nothing names what is not there, nor was
    checked in the future."""
    made = repositories.files(150, 8, 40, today="2026-11-24")
    there = {Path(path).stem for path, _ in made if path.startswith(f"cops/{DEPARTEMENT}/")}
    for path, data in made:
        kept = {key: value for key, value in data.items() if key not in ("formations", "cops_liees", "remplacee_par")}
        if str(kept.get("verifiee_le", "")) > START:
            del kept["verifiee_le"]
        if "cops" in kept:
            kept["cops"] = [name for name in kept["cops"] if name in there]
        if path.startswith("content/formations/") or Path(path).stem in there or kept.get("cops"):
            yield path, kept


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Year:
    made = [*list_demo()]
    texts = {path: repositories.text(path, data) for path, data in made}
    written = {
        path: str(data.get("inscrite_le") or data.get("publiee_le") or Path(path).name[:10]) for path, data in made
    }
    days = find_acceptance(texts, written)
    history = History(tmp_path_factory.mktemp("annee") / "depot")
    for page in history.root.glob("content/**/*.md"):
        page.unlink()  # none of them is told: they would be read twelve times
    history.record(START, {path: text for path, text in texts.items() if days[path] == START})
    return Year([*replay(history, texts, days)], days, written)


def replay(history: History, texts: dict[str, str], days: dict[str, str]) -> Iterator[Month]:
    after = START
    for rank, until in enumerate(MONTHS):
        done: Counter[str] = Counter()
        for day in sorted({day for day in days.values() if after < day <= until}):
            coming = {path: text for path, text in texts.items() if days[path] == day}
            history.record(day, coming)
            done["ajoutee"] += len(coming)
        there = sorted(history.root.glob("cops/*/*.yml"))
        changed = there[rank % len(there)]
        history.record(until, {name(history.root, changed): change(changed.read_text("utf-8"))})
        done["modifiee"] += 1
        if until in WITHDRAWN:
            gone = next(path for path in there if path != changed and not is_named(path.stem, texts))
            history.record(until, {name(history.root, gone): None})
            done["retiree"] += 1
        yield Month(until, history.read(until), recount.read(history.root), done)
        after = until


def name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def change(text: str) -> str:
    """The same entry with another rhythm."""
    others = text.replace("frequence: annuelle", "frequence: mensuelle")
    others = others if others != text else re.sub(r"^frequence: .*$", "frequence: annuelle", text, flags=re.MULTILINE)
    return others if others != text else f"{text}frequence: annuelle\n"


def is_named(name: str, texts: dict[str, str]) -> bool:
    return any(name in text for path, text in texts.items() if Path(path).stem != name)


def test_there_is_something_to_count(year: Year) -> None:
    total = sum((month.done for month in year.months), Counter[str]())
    assert total["retiree"] == 2
    assert total["modifiee"] == 12
    assert total["ajoutee"] >= 15
    late = [path for path, day in year.accepted.items() if day[:7] > year.written[path][:7] > START[:7]]
    assert len(late) >= 3


def test_the_letters_of_a_year_say_each_thing_once_as_counted_anew(year: Year) -> None:
    told: Counter[str] = Counter()
    after = START
    for month in year.months:
        site = Site(month.annuaire, annuaires.SETTINGS, annuaires.SCHEMAS)
        letter = make_writer(site).write(Period(after, month.until))
        parts = {part.titre: Counter(line.adresse for line in part.lignes) for part in letter.parties}
        expected = recount.letter(month.files, year.accepted, after, month.until)
        assert {title: lines for title, lines in parts.items() if title not in TITLES} == expected, month.until
        told += sum((lines for title, lines in parts.items() if "Nouvelles" in title), Counter())
        after = month.until
    assert set(told.values()) == {1}
    assert len(told) >= 10


def test_the_journal_of_each_month_says_what_was_done_in_it(year: Year) -> None:
    last = year.months[-1].annuaire.journal.changements
    after = START
    for month in year.months:
        own = Counter(
            change.quoi for change in month.annuaire.journal.changements if after < change.jour <= month.until
        )
        assert own == month.done, month.until
        # A year later it says the same, but of what was withdrawn since.
        now = Counter(change.quoi for change in last if after < change.jour <= month.until)
        assert now["retiree"] == month.done["retiree"]
        assert now["modifiee"] in (month.done["modifiee"], month.done["modifiee"] - 1)
        after = month.until
    assert not [change for change in last if change.quoi == "retiree" and change.id]


def test_the_prospects_of_each_month_are_those_counted_anew(year: Year) -> None:
    seen = set()
    for month in year.months:
        prospects = Prospects(month.annuaire)
        place = month.annuaire.territories.departements[DEPARTEMENT]
        expected = recount.prospects(month.files, DEPARTEMENT, month.until)
        for kind in (COMMUNE, EPCI):
            assert {one.code for one in prospects.of(place) if one.sorte == kind} == expected[kind], (month.until, kind)
        for kind in (RENEW, COMPLETE):
            assert {one.code for one in prospects.all if one.sorte == kind} == expected[kind], (month.until, kind)
        seen.add(tuple(len(expected[kind]) for kind in (COMMUNE, EPCI, RENEW, COMPLETE)))
    assert len(seen) >= 6, "les chiffres ne bougent pas : rien n’est éprouvé"
    maker = RowMaker(year.months[-1].annuaire, annuaires.SETTINGS, {})
    addresses = {row.courriel for row in map(maker.make, Prospects(year.months[-1].annuaire).all) if row.courriel}
    known = Path("generator/territories/data/mairies.csv").read_text("utf-8") + str(year.months[-1].files)
    assert addresses
    assert [address for address in addresses if address not in known] == []
