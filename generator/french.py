"""French as the site needs it: folding, addresses, sorting, typography, dates, lists and plurals.

Spaces and dates follow the `Lexique des règles typographiques en usage à l’Imprimerie nationale`. Nothing here reads a
locale.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

FINE = "\u202f"  # narrow no-break space: before ; ! ? and inside numbers
NBSP = "\u00a0"  # no-break space: before : and inside « »

MANY = 1 << 15
"""Texts remembered at once: names and labels come back, in lists, on pages, in feeds and calendars."""

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_ACCENT = re.compile("[\u0300-\u036f]+")  # combining, once a letter was taken apart
_NOT_WORD = re.compile(r"[^0-9a-z]+")


@lru_cache(maxsize=MANY)
def fold(text: str) -> str:
    """Lower case without accents or ligatures, every other sign a space: `Plœuc-L’Hermitage` → `ploeuc l hermitage`."""
    if text.isascii():
        return _NOT_WORD.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFD", text.translate(_LIGATURES)).casefold()
    return _NOT_WORD.sub(" ", _ACCENT.sub("", plain)).strip()


def slug(text: str) -> str:
    """The address of a name: `Côtes-d’Armor` → `cotes-d-armor`."""
    return fold(text).replace(" ", "-")


def sort_key(text: str) -> tuple[str, str]:
    """Sorts like a French dictionary (equal to ICU on every commune name), without asking the machine's locale."""
    return fold(text).replace(" ", ""), text


_WORD = re.compile(r"[\w’']+")
_UNLIKE_TYPED = frozenset("’'œŒæÆ")
_ELISION = re.compile(r"(?:c(?!.h)|[djlmnst]|(?:jus|lors|puis|quoi)?qu)[’'](?=\w)", re.IGNORECASE)  # not « c’h »
_SHORTENED = {"st": "saint", "ste": "sainte"}


def typed_otherwise(text: str) -> tuple[str, ...]:
    """The words of a text that one types unlike they are written, as one types them, each once.

    `l’eau` → eau, `cœur` → coeur, `St-Aubin` → saint, `Plourac’h` → plourach and « plourac h ».
    """
    forms: dict[str, None] = {}
    for word in _WORD.findall(text):
        if not _UNLIKE_TYPED.isdisjoint(word):
            plain = fold(_ELISION.sub("", word, count=1) if _ELISION.match(word) else word)
            forms |= dict.fromkeys((plain.replace(" ", ""), *plain.split()))
        elif (short := word.lower()) in _SHORTENED:
            forms[_SHORTENED[short]] = None
    forms.pop("", None)
    return tuple(forms)


# Typography ------------------------------------------------------------------------------------------------------

_BLANK = "[ \u00a0\u202f]"
# Each pattern begins with what it looks for, and looks back afterwards: one that begins by looking back is tried at
# every letter. Blanks before a sign, but not those of « ! »:
_BEFORE = rf"{_BLANK}(?<![«\u00a0\u202f ].){_BLANK}*"
_LETTER = r"[^\W\d_]"
_Rules = tuple[tuple[str, re.Pattern[str], str], ...]


def _compile_rules(*rules: tuple[str, str, str]) -> _Rules:
    """Each rule: a sign without which it has nothing to do, what to find, what to write."""
    return tuple((sign, re.compile(pattern), replacement) for sign, pattern, replacement in rules)


_RULES = _compile_rules(
    # Quotes and … first: the spaces that they bring count for the signs beside them.
    ("...", r"\.\.\.(?!\.)", "…"),
    ("«", rf"«{_BLANK}*+(?=\S)", f"«{NBSP}"),
    ("»", rf"{_BLANK}(?<=\S.){_BLANK}{{0,99}}»", f"{NBSP}»"),
    ("»", r"»(?<=\S»)", f"{NBSP}»"),
    ("'", r"'(?<=\w')(?=[\w«“])", "’"),
    (";", rf"{_BEFORE}(?=;(?:[\s)»…]|$))", FINE),
    (";", rf";(?<={_LETTER};)(?=\s|$)", f"{FINE};"),
    ("!", rf"{_BEFORE}(?=[!?]+(?:[\s)»…]|$))", FINE),
    ("!", rf"[!?](?<={_LETTER}.)(?=[!?]*(?:\s|$))", rf"{FINE}\g<0>"),
    ("?", rf"{_BEFORE}(?=[!?]+(?:[\s)»…]|$))", FINE),
    ("?", rf"[!?](?<={_LETTER}.)(?=[!?]*(?:\s|$))", rf"{FINE}\g<0>"),
    (":", rf"{_BEFORE}(?=:(?:\s|$))", NBSP),
    (":", rf":(?<={_LETTER}:)(?=\s)", f"{NBSP}:"),
)
_FROM_0_TO_23 = r"([0-9](?<!\w.)(?:(?<=[01])[0-9]?|(?<=2)[0-3]?|(?<![012])))"
_RULES_OF_NUMBERS = _compile_rules(
    ("%", rf"(?<=[0-9]){_BLANK}?%", f"{NBSP}%"),
    ("€", rf"(?<=[0-9]){_BLANK}?€", f"{NBSP}€"),
    ("km", rf"(?<=[0-9]){_BLANK}(?=km\b)", NBSP),
    ("Ko", rf"(?<=[0-9]){_BLANK}(?=Ko\b)", NBSP),
    ("n°", rf"\bn°{_BLANK}?(?=[0-9])", f"n°{NBSP}"),
    ("h", rf"{_FROM_0_TO_23}{_BLANK}?h{_BLANK}?([0-5][0-9])\b", rf"\1{NBSP}h{NBSP}\2"),
    ("h", rf"{_FROM_0_TO_23}{_BLANK}?h\b(?!{_BLANK}?[0-9])", rf"\1{NBSP}h"),
    # Thousands: groups that the author spaced. A year, a postal or INSEE code has no space.
    (" ", rf"([0-9](?<![0-9,.].)[0-9]?[0-9]?){_BLANK}(?=[0-9]{{3}}(?![0-9]))", rf"\1{FINE}"),
    (FINE, rf"{_BLANK}(?<=[0-9]{FINE}[0-9]{{3}}.)(?=[0-9]{{3}}(?![0-9]))", FINE),
)
_HOUR = re.compile(rf"[0-9]{_BLANK}?h")
_RULES_WITHOUT_HOURS = tuple(rule for rule in _RULES_OF_NUMBERS if rule[0] != "h")


_DIGIT = re.compile(r"[0-9]")


@lru_cache(maxsize=MANY)
def typographie(text: str) -> str:
    """French spacing of one plain text; applying it twice changes nothing. Never give it an address or code."""
    return _space_signs(text)


def _space_signs(text: str) -> str:
    if len(text) < 2:  # the line breaks between the tags of a page
        return text
    for sign, pattern, replacement in _RULES:
        if sign in text:
            text = pattern.sub(replacement, text)
    if _DIGIT.search(text):
        for sign, pattern, replacement in _RULES_OF_NUMBERS if _HOUR.search(text) else _RULES_WITHOUT_HOURS:
            if sign in text:
                text = pattern.sub(replacement, text)
    return text


_MARKUP = re.compile(
    # What does not end goes to the end of the text: nothing is looked for twice.
    r"<(script|style|code|pre|textarea|kbd|svg)\b.*?(?:</\1\s{0,9}>|\Z)"  # kept as they are, with their content
    r"|\{\{.*?(?:\}\}|\Z)|\{%.*?(?:%\}|\Z)|\{#.*?(?:#\}|\Z)|<!--.*?(?:-->|\Z)"
    r"|<(?:\{%.*?(?:%\}|\Z)|\{\{.*?(?:\}\}|\Z)|[^>])*+(?:>|\Z)"  # a tag, whatever template expression it holds
    r"|&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);",
    re.DOTALL,
)


_KEPT_WHOLE = re.compile(r"\{[{%#]|<!--|<(?:script|style|code|pre|textarea|kbd|svg)\b")
_TAG = re.compile(r"(<[^>]*(?:>|\Z)|&(?:[a-zA-Z]+|#\d+|#x[0-9a-fA-F]+);)")


def typographie_html(html: str) -> str:
    """The same for the text between the tags of a page or of a template; tags, scripts, code and comments stay."""
    if not _KEPT_WHOLE.search(html):
        parts = _TAG.split(html)
        parts[::2] = map(_space_signs, parts[::2])  # paragraphs do not come back
        return "".join(parts)
    out, start = [], 0
    for match in _MARKUP.finditer(html):
        out += [_space_signs(html[start : match.start()]), match.group()]
        start = match.end()
    out.append(_space_signs(html[start:]))
    return "".join(out)


def nombre(value: int | float) -> str:
    """`12345` → `12 345` with narrow spaces; a decimal point becomes a comma."""
    return f"{value:,}".replace(",", FINE).replace(".", ",")


_LETTERS = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
    " dix-neuf vingt"
).split()


def en_lettres(count: int, is_feminine: bool = False) -> str:
    """`13` → `treize`, up to twenty; figures above, as in a running text. Of them only one has a gender."""
    if count == 1 and is_feminine:
        return "une"
    return _LETTERS[count] if count < len(_LETTERS) else nombre(count)


# Dates, lists, plurals ---------------------------------------------------------------------------------------------


def date_longue(iso: str) -> str:
    """`2026`, `2026-01`, `2026-01-01` or `2026-01-01 18:30` in words: `1er janvier 2026 à 18 h 30`."""
    day, _, hour = iso.partition(" ")
    parts = day.split("-")
    text = parts[0]
    if len(parts) > 1:
        text = f"{MONTHS[int(parts[1]) - 1]} {text}"
    if len(parts) > 2:
        number = int(parts[2])
        text = f"{'1er' if number == 1 else number}{NBSP}{text}"
    return f"{text} à {heure(hour)}" if hour else text


def de_date(iso: str) -> str:
    """The same after « de »: `du 3 mars 2026`, `d’avril 2026`, `de 2026`."""
    text = date_longue(iso)
    if len(iso) > 7:
        return f"du {text}"
    return f"d’{text}" if text[0] in "ao" else f"de {text}"


_WEEKDAYS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()


def jour_de_semaine(day: str) -> str:
    """`2027-01-14` → `jeudi`."""
    return _WEEKDAYS[date.fromisoformat(day).weekday()]


def heure(hour: str) -> str:
    """`18:30` → `18 h 30`; `09:00` → `9 h`."""
    hours, minutes = hour.split(":")
    return f"{int(hours)}{NBSP}h" + (f"{NBSP}{minutes}" if minutes != "00" else "")


def periode(start: str, end: str | None) -> str:
    """From one moment to another: `le 3 mars 2027, de 18 h à 20 h`, `du 3 mars 2027 au 5 mars 2027`."""
    first, _, first_hour = start.partition(" ")
    last, _, last_hour = (end or start).partition(" ")
    if first != last:
        if not (first_hour or last_hour) and first[:7] == last[:7]:
            return f"du {date_longue(first).partition(NBSP)[0]} au {date_longue(last)}"
        return f"du {date_longue(start)} au {date_longue(end or start)}"
    if first_hour and last_hour and last_hour != first_hour:
        return f"le {date_longue(first)}, de {heure(first_hour)} à {heure(last_hour)}"
    return f"le {date_longue(start)}"


def tell_when(debut: str, fin: str | None, horaires: str | None = None) -> str:
    """In full: `jeudi 14 janvier 2027, de 18 h 30 à 20 h`; a training says its hours in its own words."""
    days = tell_days(debut[:10], (fin or debut)[:10])
    if horaires:
        return f"{days}, {typographie(horaires)}"
    hours = tell_hours(debut, fin)
    return f"{days}, {hours}" if hours else days


def tell_days(first: str, last: str) -> str:
    """`jeudi 14 janvier 2027`, `du 14 au 16 janvier 2027`."""
    if first == last:
        return f"{jour_de_semaine(first)} {date_longue(first)}"
    return periode(first, last)


def tell_hours(debut: str, fin: str | None) -> str:
    """`à 18 h 30`, `de 18 h 30 à 20 h`; nothing for whole days."""
    _, _, start = debut.partition(" ")
    last, _, end = (fin or "").partition(" ")
    if not start:
        return ""
    if end and last == debut[:10] and end != start:
        return f"de {heure(start)} à {heure(end)}"
    return f"à {heure(start)}"


def capitalise(text: str) -> str:
    """The first sign alone: `str.capitalize` would lower the others."""
    return text[:1].upper() + text[1:]


def decapitalise(text: str) -> str:
    """A label within a sentence: `À confirmer` → `à confirmer`."""
    return text[:1].lower() + text[1:]


def cut(text: str, most: int) -> str:
    """At most so many signs, the last one saying that there were more."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def enumeration(items: Iterable[str], last: str = "et") -> str:
    """`a, b et c`."""
    parts = list(items)
    return f" {last} ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def pluriel(count: int, singular: str, many: str | None = None) -> str:
    """`0 élu`, `1 élu`, `2 élus`: zero is singular in French. Give `many` where an s to each word is wrong."""
    return f"{nombre(count)} {accord(count, singular, many)}"


def accord(count: int, singular: str, many: str | None = None) -> str:
    """The word alone, agreed with the count."""
    if abs(count) < 2:
        return singular
    return many or " ".join(
        word if word == "COP" or word.endswith(("s", "x", "z")) else f"{word}s" for word in singular.split()
    )
