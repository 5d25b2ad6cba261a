"""What the contributor probably meant: the word nearest in spelling, the date in its right form, a model line."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.entries.likeness import most_alike
from generator.entries.yaml.source import Where
from generator.entries.yaml.yaml_traps import quote
from generator.french import MONTHS, fold

Node = dict[str, Any]


def nearest(word: str, known: Iterable[str], least: float = 0.75) -> str | None:
    """The known word that was probably meant: the same once folded, or close in spelling."""
    folded = {fold(name): name for name in known if isinstance(name, str)}
    meant = fold(word[:100])
    if meant in folded:
        return folded[meant]
    close = most_alike(meant, folded, least)
    return folded[close] if close else None


_ANSWERS = {"true": "oui", "yes": "oui", "vrai": "oui", "false": "non", "no": "non", "faux": "non"}


def choice(word: str, choices: Iterable[Any], labels: Iterable[str]) -> str | None:
    """The choice that was meant: by its label (« Climat et énergie »), by spelling, or the only one with its words."""
    names = [name for name in choices if isinstance(name, str)]
    by_label = {fold(label): name for name, label in zip(names, labels, strict=False)}
    meant = fold(word[:100])
    if found := by_label.get(meant) or nearest(word, names, 0.7):
        return found
    if _ANSWERS.get(meant) in names:
        return _ANSWERS[meant]
    words = set(meant.split())
    with_words = [name for name in names if words and words <= set(fold(name).split())]
    return with_words[0] if len(with_words) == 1 else None


# Dates -----------------------------------------------------------------------------------------------------------

_HOUR = r"(?:[ àTt,]+(\d{1,2})\s*[h:]\s*(\d{2})?(?::\d\d)?)?"
_DAY = re.compile(rf"(?:[a-z]+di |dimanche )?(\d{{1,2}})(?:er)?[/. -]+(\d{{1,2}}|[a-zéèûô]+)[/. -]+(\d{{4}}){_HOUR}")
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_HOUR}")
_MONTH = re.compile(r"(\d{1,2}|[a-zéèûô]+)[/. -](\d{4})")
_ISO_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")


def date_guess(value: str, motif: str) -> str | None:
    """The right form of a date with one reading: `24/11/2026` → `2026-11-24`. In French the day comes first."""
    text = value.strip().lower()
    if found := _DAY.fullmatch(text):
        day, month, year, hour, minute = found.groups()
    elif found := _ISO.fullmatch(text):
        year, month, day, hour, minute = found.groups()
    elif motif == "date-partielle":
        return _month_guess(text)
    else:
        return None
    guess = f"{year}-{_month(month)}-{int(day):02}"
    if hour and motif == "moment":
        guess += f" {int(hour):02}:{minute or '00'}"
    return guess if is_calendar(guess) else None


def _month_guess(text: str) -> str | None:
    if found := _MONTH.fullmatch(text):
        month, year = found.groups()
    elif found := _ISO_MONTH.fullmatch(text):
        year, month = found.groups()
    else:
        return None
    guess = f"{year}-{_month(month)}"
    return guess if is_calendar(guess) else None


def _month(text: str) -> str:
    """Two digits, `00` for a word that is no month."""
    if text.isdigit():
        return f"{int(text):02}"
    return f"{next((n for n, name in enumerate(MONTHS, 1) if fold(name) == fold(text)), 0):02}"


FIRST_YEAR, LAST_YEAR = "1800", "2199"
"""Others are slips, and calendars and feeds write none of them."""


def is_calendar(text: str) -> bool:
    """Whether AAAA, AAAA-MM, AAAA-MM-JJ or AAAA-MM-JJ HH:MM exists in the calendar of our time."""
    day, _, hour = text.partition(" ")
    year, month, number = (day.split("-") + ["1", "1"])[:3]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return False
    try:
        date(int(year), int(month), int(number))
    except ValueError:
        return False
    return not hour or (hour[:2] < "24" and hour[3:] < "60")


# Models to copy --------------------------------------------------------------------------------------------------


def dotted(where: Where) -> str:
    """The dotted name of a place, items counted from 1 as people do."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in where)


def model_line(key: str, about: Mapping[str, Any]) -> str:
    """A line to take as a model, from the schema's first example, written as the file would hold it."""
    example = next(iter(about.get("examples", [])), None)
    return f"{key}: {'…' if example is None else written(example)}"


def written(value: Any) -> str:
    """A value as one line of YAML."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {written(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if not isinstance(value, str) or "\n" in value:
        return json.dumps(value, ensure_ascii=False)
    # Digits between quotes, so that editors and spreadsheets keep them as they are.
    return quote(value) if re.search(r"[:#'\"\[\]{},]|^\W|^\d+$|^$", value) else value
