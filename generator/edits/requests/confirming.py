"""« Toujours exact ? »: what a confirmation changes in an entry, line by line; all the rest stays as it is written."""

import re
from collections.abc import Iterator, Sequence

from generator.edits.places import Unclear
from generator.entries.checks.forms import ENDS_WITH_THE_TERM, mandate_end, read_forms
from generator.entries.checks.reading import text as text_at
from generator.entries.corpus import Entry
from generator.entries.schemas.schema import Schema
from generator.entries.yaml.traps import quote
from generator.french import fold
from generator.repository.request_forms import MEETS

_DAY = re.compile(r"\d{4}(-\d{2}){0,2}")
_BLANKS = re.compile(r"\s+")
_MET = ("active", "a-confirmer", "en-renouvellement")
"""Statuses of a COP that meets, or may."""

Change = tuple[int, int, list[str]]
"""The lines from one to the other, from zero, the last one out, and what stands there instead."""


def read_meets(answer: str) -> str:
    """A key of MEETS; empty where nothing was answered. Raises Unclear where the answer is neither yes nor no."""
    if answer in MEETS:
        return answer
    words = fold(answer).split()
    if not words:
        return ""
    if words[0] in ("oui", "non") and not {"oui", "non"} <= set(words):
        return words[0]
    if fold(answer) == fold(MEETS["inconnu"]):
        return "inconnu"
    raise Unclear("À « La COP se réunit-elle encore ? », répondez par oui ou par non.")


def confirm_entry(
    entry: Entry, schema: Schema, day: str, meets: str = "", ended: str = "", terms: Sequence[str] = ()
) -> str | None:
    """The text of an entry that was read again on a day, and found right; None where a person has to write it.

    `meets` is a key of MEETS, `ended` when the COP was over, `terms` are the days on which municipal terms end, oldest
    first. Raises Unclear where the answers do not go together.
    """
    statut = text_at(entry.data, "statut")
    if any(span[0][1] != 1 for where, span in entry.source.keys.items() if len(where) == 1):
        return None  # written between braces
    values, dropped = {}, []
    # What is no date is written all the same: the check says so.
    if not _DAY.fullmatch(day) or day > (text_at(entry.data, "verifiee_le") or text_at(entry.data, "inscrite_le")):
        values["verifiee_le"] = day
    if meets == "oui" and statut == "terminee":
        raise Unclear(
            "La fiche dit que cette COP a pris fin. Si elle se réunit de nouveau, choisissez plutôt « Corriger une "
            "fiche »."
        )
    if meets == "oui" and statut == "a-confirmer":
        values["statut"] = "active"
    if meets == "oui" and statut in _MET and _is_over(entry, schema, day, terms):
        dropped.append("mandat")  # it meets under another, which nobody told
    if meets == "non" and statut in _MET:
        if not ended:
            raise Unclear("Si la COP a pris fin, dites aussi quand, sous « Terminée le » : une année suffit.")
        values |= {"statut": "terminee", "terminee_le": ended}
    keys = list(schema.fields.children)
    changes = [change for key, value in values.items() for change in _set(entry, keys, key, value)]
    changes += [_drop(entry, key) for key in dropped]
    return _apply(entry.source.text, changes)


def _is_over(entry: Entry, schema: Schema, day: str, terms: Sequence[str]) -> bool:
    """Whether the mandate that the entry tells was over on that day: by its end, else, CGCT L2143-2, by its term's."""
    start, end = (text_at(entry.data, "mandat", key) for key in ("debut", "fin"))
    if end:
        return mandate_end(end, terms) < day
    basis = read_forms(schema).find_basis(entry.data)
    last = max((term for term in terms if term < day), default="")
    return bool(start) and basis == ENDS_WITH_THE_TERM and start < last[: len(start)]


def _apply(text: str, changes: Sequence[Change]) -> str:
    lines = text.split("\n")
    ending = "\r" if lines[0].endswith("\r") else ""
    # From the end, so that the places of the others stay right; what is put in one place keeps its order.
    for start, end, instead in sorted(changes, key=lambda change: change[:2], reverse=True):
        lines[start:end] = [f"{line}{ending}" for line in instead]
    return "\n".join(lines)


def _set(entry: Entry, keys: Sequence[str], key: str, told: str) -> Iterator[Change]:
    value = told if _DAY.fullmatch(told) or told in _MET or told == "terminee" else quote(_BLANKS.sub(" ", told))
    if (key,) not in entry.source.keys:
        before = [k for k in keys[: keys.index(key)] if (k,) in entry.source.keys]
        row = max(_find_lines(entry, name)[1] for name in before)
        yield row, row, [f"{key}: {value}"]
        return
    start, end = _find_lines(entry, key)
    (row, column), (last, after) = entry.source.values.get((key,), ((0, 0), (0, 0)))
    line = entry.source.text.split("\n")[start].removesuffix("\r")
    one = row == last == start + 1
    # What stands above a status tells why it was so.
    above = _count_comments(entry, start) if key == "statut" else 0
    yield start - above, end, [f"{line[: column - 1]}{value}{line[after - 1 :]}" if one else f"{key}: {value}"]


def _drop(entry: Entry, key: str) -> Change:
    return *_find_lines(entry, key), []


def _find_lines(entry: Entry, key: str) -> tuple[int, int]:
    """The lines of a key and its value, from zero, without the blank lines and comments before the next key."""
    start = entry.source.keys[(key,)][0][0] - 1
    nexts = [span[0][0] - 1 for where, span in entry.source.keys.items() if len(where) == 1 and span[0][0] - 1 > start]
    lines = entry.source.text.split("\n")
    end = min(nexts, default=len(lines))
    while end > start + 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return start, end


def _count_comments(entry: Entry, row: int) -> int:
    """Lines of comment that stand right above a line, that of the schema left out."""
    lines = entry.source.text.split("\n")[:row]
    above = 0
    while lines and lines[-1].startswith("#") and "$schema=" not in lines.pop():
        above += 1
    return above
