"""What one file cannot know by itself: the reference territories, the other files, today's date.

Each check is a generator of Problems over one entry or over all of them. Data may be wrong in any way the schema
refuses: a check reads with `text` and passes over what is not there.
"""

from collections.abc import Callable, Iterator, Sequence

from generator.entries.checks.between_files import TOGETHER
from generator.entries.checks.forms import BY_FORM, Forms, read_forms
from generator.entries.checks.places import (
    check_codes,
    check_collectivite,
    check_folder,
    check_places,
)
from generator.entries.checks.privacy import check_addresses
from generator.entries.checks.reading import places, text
from generator.entries.checks.texts import check_texts
from generator.entries.corpus import Corpus, Entry
from generator.entries.memory import Memory
from generator.entries.rules import DATA, PATTERNS
from generator.problems.bounds import bound
from generator.problems.causes import drop_consequences
from generator.problems.problem import Problem
from generator.territories.reference import Territories

Checked = Memory[list[Problem]]
"""What the checks of one file said of each entry."""


def check_entries(
    corpus: Corpus, territories: Territories, echeances: Sequence[str], today: str, checked: Checked | None = None
) -> list[Problem]:
    """Every problem of every file, sorted by file and place. `today` is AAAA-MM-JJ, `echeances` the term dates.

    `checked` is kept by `serve`: a file that was not read again, under the same facts, is not checked again.
    """
    checked = checked or Memory()
    forms = read_forms(corpus.schemas["cop"])
    facts = territories, tuple(echeances), today, forms

    def check(entry: Entry) -> list[Problem]:
        return [*check_entry(entry, territories, echeances, today, forms)]

    problems = [problem for entry in corpus.entries for problem in checked.recall(entry, facts, check)]
    for together in TOGETHER:
        problems += bound(together(corpus))
    return drop_consequences([*corpus.problems, *problems])


def check_entry(
    entry: Entry, territories: Territories, echeances: Sequence[str], today: str, forms: Forms
) -> Iterator[Problem]:
    """What one file says wrong, beyond its schema, whatever the others say."""
    yield from entry.source.locate(bound(_check_alone(entry, territories, echeances, today, forms)), passages=True)


def _check_alone(
    entry: Entry, territories: Territories, echeances: Sequence[str], today: str, forms: Forms
) -> Iterator[Problem]:
    for alone in ALONE:
        yield from alone(entry)
    yield from check_future(entry, today)
    yield from check_addresses(entry, territories)
    yield from check_places(entry, territories)
    yield from check_codes(entry, territories)
    if entry.kind == "cop":
        for placed in PLACED:
            yield from placed(entry, territories)
        for by_form in BY_FORM:
            yield from by_form(entry, forms, echeances)


# One file -----------------------------------------------------------------------------------------------------------


def check_periods(entry: Entry) -> Iterator[Problem]:
    """An end before its beginning: mandate, meetings, sessions, event of a news item."""
    year = PATTERNS["year"]
    for path in DATA["periods"]:
        for where, period in places(entry.data, path):
            start, end = text(period, "debut"), text(period, "fin")
            # A bare year or day covers its whole length: 2026 does not end before 2026-03-15 begins.
            if year.match(start) and year.match(end) and end < start[: len(end)]:
                yield entry.problem((*where, "fin"), "fin-avant-debut", debut=start, fin=end)


def check_composition(entry: Entry) -> Iterator[Problem]:
    """The colleges cannot hold more people than the total; `jeunes` are counted again in the others."""
    composition = entry.data.get("composition")
    if not isinstance(composition, dict):
        return
    colleges = {k: v for k, v in composition.items() if isinstance(v, int) and k not in {"total", "jeunes"}}
    total = composition.get("total")
    if isinstance(total, int) and sum(colleges.values()) > total:
        where = "composition", "total"
        yield entry.problem(where, "composition-trop-grande", somme=sum(colleges.values()), total=total)


def check_dated_ids(entry: Entry) -> Iterator[Problem]:
    """The id of a meeting or session, by default its day, is unique in its file: calendars rely on it."""
    for key in DATA["dated"]:
        seen: set[str] = set()
        for where, item in places(entry.data, f"{key}.*"):
            identifier = text(item, "id") or text(item, "debut")[:10]
            if identifier and identifier in seen:
                name = "id" if text(item, "id") else "debut"
                yield entry.problem((*where, name), "id-en-double", id=identifier, cle=key)
            seen.add(identifier)


ALONE: tuple[Callable[[Entry], Iterator[Problem]], ...] = (
    check_texts,
    check_periods,
    check_composition,
    check_dated_ids,
)

PLACED: tuple[Callable[[Entry, Territories], Iterator[Problem]], ...] = (
    check_collectivite,
    check_folder,
)


def check_future(entry: Entry, today: str) -> Iterator[Problem]:
    """The only rule that depends on today: what is said to have happened has happened."""
    for key in DATA["past"]:
        value = text(entry.data, key)
        if PATTERNS["day"].search(value) and value > today:
            yield entry.problem((key,), "date-future", cle=key, valeur=value, aujourdhui=today)
