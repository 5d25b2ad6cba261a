"""What the contributor probably meant: the word nearest in spelling, the date in its right form, a model line."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from generator.entries.rules import DATA, PATTERNS, WORDS, compile_pattern
from generator.entries.yaml.source import Where
from generator.entries.yaml.traps import quote
from generator.french import MONTHS, fold
from generator.likeness import most_alike

Node = dict[str, Any]


def find_nearest(word: str, names: Iterable[str], least: float = 0.75) -> str | None:
    """The known word that was probably meant: the same once folded, or close in spelling."""
    folded = {fold(name): name for name in names if isinstance(name, str)}
    folded_word = fold(word[:100])
    if folded_word in folded:
        return folded[folded_word]
    close = most_alike(folded_word, folded, least)
    return folded[close] if close else None


def guess_choice(word: str, choices: Iterable[Any], labels: Iterable[str]) -> str | None:
    """The choice that was meant: by its label (« Climat et énergie »), by spelling, or the only one with its words."""
    names = [name for name in choices if isinstance(name, str)]
    by_label = {fold(label): name for name, label in zip(names, labels, strict=False)}
    folded = fold(word[:100])
    if guess := by_label.get(folded) or find_nearest(word, names, 0.7):
        # « Inactive » is not « active ».
        return None if folded.removesuffix(fold(guess)).strip() in WORDS["negations"] else guess
    if (answer := str(DATA["words"]["answers"].get(folded))) in names:
        return answer
    words = set(folded.split())
    with_words = [name for name in names if words and words <= set(fold(name).split())]
    return with_words[0] if len(with_words) == 1 else None


# Dates -----------------------------------------------------------------------------------------------------------


class DateGuess(NamedTuple):
    """A date in the form of the files; `exists`: in the calendar; `weekday`: its own, where another one is told."""

    text: str
    exists: bool
    weekday: str = ""


def date_guess(value: str, motif: str) -> DateGuess | None:
    """The one reading of a date: `24/11/2026` → `2026-11-24`. In French the day comes first."""
    text = " ".join(value.lower().split())
    for shape in DATA["dates"]:
        match, names = compile_pattern(shape["pattern"]).search(text), shape["parts"]
        if match and ("jour" in names or motif == "date-partielle"):
            return _date(dict(zip(names, match.groups(), strict=True)), motif)
    return None


def _date(parts: Mapping[str, str | None], motif: str) -> DateGuess | None:
    year, month, day = (parts.get(name) or "" for name in ("annee", "mois", "jour"))
    if not month.isdigit():
        months = [fold(name) for name in MONTHS]
        folded = fold(month)
        # « janv » and « sept » name one month; « jui » names two.
        begun = [number for number, name in enumerate(months, 1) if name.startswith(folded)]
        if len(begun) != 1:
            return None
        month = str(begun[0])
    if len(year) == 2:
        year = ("20" if year < "50" else "19") + year
    guess = "-".join(part.zfill(2) for part in (year, month, *filter(None, [day])))
    hour, minute = parts.get("heure"), parts.get("minute")
    # « 00:00 » is what a program adds to a day without an hour; a person writes « 0h ».
    if hour and motif == "moment" and not (parts.get("deux_points") and not int(hour + (minute or ""))):
        guess += f" {hour.zfill(2)}:{minute or '00'}"
    if not is_calendar(guess):
        return DateGuess(guess, exists=False)
    told = parts.get("semaine")
    true = WEEKDAYS[date.fromisoformat(guess[:10]).weekday()] if told else ""
    return DateGuess(guess, exists=True, weekday="" if not told or true.startswith(told) else true)


def keeps_numbers(before: str, after: str) -> bool:
    """Whether a date holds every number that was written, zeros apart: an hour is not thrown away, seconds are."""
    return _count_numbers(before) <= _count_numbers(after)


def _count_numbers(text: str) -> int:
    return sum(bool(number.strip("0")) for number in _NUMBER.findall(text))


_NUMBER = re.compile(r"[0-9]{1,99}")


def write_date(text: str, motif: str) -> str:
    """A date as the files write it, where there is but one reading; else the text as it is."""
    guess = date_guess(text, motif)
    is_certain = guess and guess.exists and not guess.weekday and keeps_numbers(text, guess.text)
    return guess.text if guess and is_certain else text


def end_guess(hour: str, start: str) -> tuple[str, bool]:
    """« 20h30 » on the day of a beginning, `2027-01-14 20:30`, and whether it comes after it; empty for no hour."""
    match = PATTERNS["hour_alone"].search(" ".join(hour.lower().split()))
    begun = write_date(start, "moment")
    end = f"{begun[:10]} {match[1].zfill(2)}:{match[2] or '00'}" if match else ""
    if not (end and is_calendar(begun[:10]) and is_calendar(end)):
        return "", False
    return end, len(begun) == len(end) and begun < end


WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()

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


# Telephone numbers -----------------------------------------------------------------------------------------------

_TELEPHONE = {name: compile_pattern(pattern) for name, pattern in DATA["telephone"].items()}
_NOT_DIGIT = re.compile(r"[^0-9]")
_DASHES = dict.fromkeys(range(0x2010, 0x2016), "-")


def telephone_guesses(value: str) -> tuple[list[str], bool]:
    """The numbers of a text, as `02 97 00 00 00`; and whether it says nothing else.

    None where a digit too many stands beside one: which of them is too much?
    """
    text = " ".join(value.lower().split()).translate(_DASHES)
    number = _TELEPHONE["number"]
    if _TELEPHONE["broken"].search(number.sub("#", text)):
        return [], False
    numbers = ["0" + _NOT_DIGIT.sub("", match[1]) for match in number.finditer(text)]
    paired = [" ".join(digits[at : at + 2] for at in range(0, 10, 2)) for digits in dict.fromkeys(numbers)]
    return paired, bool(_TELEPHONE["said"].search(number.sub("", text)))


def drop_mobiles(numbers: list[str]) -> list[str]:
    """The numbers that may be published; all of them where none may."""
    return [number for number in numbers if not _TELEPHONE["mobile"].search(number)] or numbers


# Addresses -------------------------------------------------------------------------------------------------------

_ADDRESSES = {
    motif: {name: compile_pattern(pattern) for name, pattern in patterns.items()}
    for motif, patterns in DATA["addresses"].items()
}
_SCHEME = re.compile(r"^https?", re.IGNORECASE)


def address_guesses(value: str, motif: str) -> tuple[list[str], bool]:
    """The addresses of a text, of pages or of mail; and whether it says nothing else."""
    rules = _ADDRESSES.get(motif)
    if rules is None:
        return [], False
    text = " ".join(value.split())
    text = rules["at"].sub("@", text) if "at" in rules else text
    rest = rules["found"].sub("#", text).lower()
    if rules["glued"].search(rest):
        return [], False
    found = (match[0].rstrip(".,;:!?'»") for match in rules["found"].finditer(text))
    lowered = dict.fromkeys(_SCHEME.sub(lambda match: match[0].lower(), address) for address in found)
    return list(lowered), bool(rules["said"].search(rest.replace("#", "")))


# Models to copy --------------------------------------------------------------------------------------------------


def write_place(where: Where) -> str:
    """The dotted name of a place, items counted from 1 as people do."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in where)


def model_line(key: str, examples: Iterable[Any]) -> str:
    """A line to take as a model, from the schema's first example, written as the file would hold it."""
    example = next(iter(examples), None)
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
