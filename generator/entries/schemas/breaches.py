"""A breach of a schema told in French: one sentence for each keyword, built from the breach, never translated."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.entries.rules import PATTERNS, WORDS
from generator.entries.schemas.breach import Breach
from generator.entries.schemas.fields import DATES, write_simple
from generator.entries.schemas.guesses import (
    address_guesses,
    date_guess,
    drop_mobiles,
    end_guess,
    find_nearest,
    guess_choice,
    model_line,
    telephone_guesses,
    written,
)
from generator.entries.yaml.source import Span
from generator.french import enumeration, fold
from generator.problems.catalogue import CATALOGUE
from generator.problems.causes import drop_consequences
from generator.problems.problem import Edit, Problem

_FEW = 14
"""Known keys that a sentence can list; a whole COP has three times as many."""

_MOST_GUESSES = 30
"""Unknown keys of one mapping for which a near one is looked for: ten thousand would take minutes."""


def say(breaches: Iterable[Breach]) -> list[Problem]:
    """The problems of one file, sorted; what is only the consequence of another is left out."""
    return drop_consequences(problem for breach in breaches for problem in _say(breach))


def _say(breach: Breach) -> Iterator[Problem]:
    if breach.found == "" and breach.keyword in {"minLength", "pattern", "type", "enum"}:
        yield _empty(breach)
    elif breach.keyword in {"enum", "const"} and isinstance(breach.found, dict | list):
        return  # its `type` says it better
    elif breach.keyword == "type" and breach.field.kind == "choice" and not isinstance(breach.found, dict | list):
        return  # its `enum` does
    elif breach.rule in CATALOGUE:
        yield _rule_broken(breach)
    elif speak := _WORDS.get(breach.keyword):
        yield from speak(breach)
    else:
        yield breach.problem("regle-du-schema", breach.key_span)


def _empty(breach: Breach) -> Problem:
    """Nothing after the colon: a required value is to be written, another may go with its line."""
    field, key = breach.field, str(breach.where[-1]) if breach.where else ""
    if field.required:
        return breach.problem("valeur-attendue", breach.key_span, exemple=model_line(key, field.examples))
    return breach.problem("valeur-vide", breach.key_span)


def _rule_broken(breach: Breach) -> Problem:
    whole = breach.keyword == "required" or not isinstance(breach.found, str)
    return breach.problem(str(breach.rule), breach.key_span if whole else breach.span)


# Keys ------------------------------------------------------------------------------------------------------------


def _tell_unknown_keys(breach: Breach) -> Iterator[Problem]:
    children = breach.field.children
    unknown = [key for key in breach.found if key not in children]
    for index, key in enumerate(unknown):
        span = breach.source.key_span((*breach.where, key))
        guess = _guess_key(breach, key, span) if index < _MOST_GUESSES else None
        yield guess or _tell_unknown_key(breach, key, span)


def _guess_key(breach: Breach, key: str, span: Span) -> Problem | None:
    """A key given twice in two spellings, one of another level, one misspelt."""
    children = breach.field.children
    free = [name for name in children if name not in breach.found]
    twice = next((name for name in children if fold(name) == fold(key) and name not in free), None)
    if twice:
        first = breach.source.key_span((*breach.where, twice))[0][0]
        return breach.key_problem(twice, "cle-en-double", span, ligne=first)
    if elsewhere := _tell_misplaced(breach, key, span):
        return elsewhere
    if close := find_nearest(key, free):
        related = (*breach.where, close), breach.where
        values = {"juste": close, "dans": breach.name}
        return breach.key_problem(key, "cle-presque-juste", span, Edit(*span, close), *related, **values)
    return None


def _tell_unknown_key(breach: Breach, key: str, span: Span) -> Problem:
    children = breach.field.children
    if " " in key:
        return breach.key_problem(key, "cle-phrase", span)
    if len(children) > _FEW:
        return breach.key_problem(key, "cle-inconnue-fiche", span)
    values = {"connues": enumeration(children, "ou"), "dans": breach.name}
    return breach.key_problem(key, "cle-inconnue", span, None, breach.where, **values)


def _tell_misplaced(breach: Breach, key: str, span: Span) -> Problem | None:
    """A key of another level: the number of spaces before it is wrong."""
    row = span[0][0]
    if breach.where and key in breach.root.children and key not in (breach.source.data or {}):
        fix = (
            Edit((row, 1), span[0], "")
            if not breach.source.text.split("\n")[row - 1][: span[0][1] - 1].strip()
            else None
        )
        return breach.key_problem(key, "cle-trop-decalee", span, fix, (key,), parent=breach.name)
    if parent := _home(breach, key):
        fix = Edit((row, 1), (row, 1), "  ") if breach.found.get(parent) == "" else None
        home = (*breach.where, parent)
        return breach.key_problem(key, "cle-mal-placee", span, fix, home, parent=parent)
    return None


def _home(breach: Breach, key: str) -> str | None:
    """The group beside which a key stands and in which it belongs: an empty one, or the only one that has it."""
    groups = [name for name, field in breach.field.children.items() if key in field.element.children]
    empty = [name for name in groups if breach.found.get(name) == ""]
    return next(iter(empty or groups), None) if len(empty or groups) == 1 else None


def _missing_key(breach: Breach) -> Iterator[Problem]:
    field = breach.field[breach.missing]
    values = {"titre": field.label, "exemple": model_line(breach.missing, field.examples)}
    yield breach.key_problem(breach.missing, "cle-manquante", breach.key_span, **values)


# Values ----------------------------------------------------------------------------------------------------------


def _choice(breach: Breach) -> Iterator[Problem]:
    labels = {value: breach.field.labels.get(value, value) for value in _list_expected(breach)}
    choices = enumeration(labels, "ou")
    if fold(breach.text) in WORDS["everything"]:
        yield breach.problem("choix-tous", breach.span, choix=choices)
    elif close := guess_choice(breach.text, labels, labels.values()):
        yield breach.problem("choix-proche", breach.span, proche=close, choix=choices)
    else:
        yield breach.problem("choix-inconnu", breach.span, choix=choices)


def _list_expected(breach: Breach) -> list[str]:
    """The choices that the rule takes, of which a condition may leave but a few."""
    if breach.keyword == "type":  # of yes and no
        return list(breach.field.labels)
    values = [breach.expected] if breach.keyword == "const" else breach.expected
    return [write_simple(value) for value in values if value is not None]


def _motif(breach: Breach) -> Iterator[Problem]:
    motif = breach.motif
    guess = date_guess(breach.text, motif) if motif in DATES else None
    if (motif in DATES and re.search(breach.expected, breach.text)) or (guess and not guess.exists):
        yield breach.problem("date-impossible", breach.span)
    elif guess and guess.weekday:
        yield breach.problem("jour-de-semaine", breach.span, jour=guess.weekday, corrige=guess.text)
    elif guess:
        yield breach.problem("date-a-ecrire", breach.span, Edit(*breach.span, guess.text), corrige=guess.text)
    elif motif == "moment" and (end := end_guess(breach.text, breach.find_beside("debut")))[0]:
        fix = Edit(*breach.span, end[0]) if end[1] else None
        yield breach.problem("heure-sans-jour", breach.span, fix, corrige=end[0])
    elif motif == "telephone" and (numbers := telephone_guesses(breach.text))[0]:
        yield _tell_telephone(breach, *numbers)
    elif told := _tell_addresses(breach):
        yield told
    elif motif == "adresse" and PATTERNS["bare_address"].search(breach.text):
        yield breach.problem("adresse-sans-https", breach.span, corrige=f"https://{breach.text}")
    else:
        example = next(iter(breach.field.examples), "…")
        yield breach.problem(f"motif-{motif}", breach.span, corrige=example)


def _tell_telephone(breach: Breach, numbers: list[str], is_all: bool) -> Problem:
    """A number in another form is set right; of several, or among other words, a person chooses."""
    if len(numbers) == 1 and is_all:
        fix = Edit(*breach.span, numbers[0])
        return breach.problem("telephone-a-ecrire", breach.span, fix, corrige=numbers[0])
    return breach.problem("telephone-a-choisir", breach.span, corrige=enumeration(drop_mobiles(numbers), "ou"))


def _tell_addresses(breach: Breach) -> Problem | None:
    """One address amid words that say no more is set right; of several, a person chooses."""
    found, is_all = address_guesses(breach.text, breach.motif)
    found = [address for address in found if re.search(breach.expected, address)]
    if len(found) == 1 and is_all:
        fix = Edit(*breach.span, found[0])
        return breach.problem(f"{breach.motif}-a-ecrire", breach.span, fix, corrige=found[0])
    # A page whose address holds a blank would be cut short.
    if not found or not (is_all or breach.motif == "courriel"):
        return None
    return breach.problem(f"{breach.motif}-a-choisir", breach.span, corrige=enumeration(found, "ou"))


def _wrong_type(breach: Breach) -> Iterator[Problem]:
    types = [breach.expected] if isinstance(breach.expected, str) else breach.expected
    if isinstance(breach.found, str) and "object" in types and (near := _tell_glued_key(breach)):
        yield near
        return
    if breach.field.kind == "boolean" and "x-mots" not in breach.field.annotations:
        yield from _choice(breach)
        return
    codes = ["motif-nombre" if name == "number" else f"type-{name}" for name in types]
    code = next((code for code in codes if code in CATALOGUE), "type-string")
    span = breach.span if isinstance(breach.found, str | int) else breach.key_span
    fix, model = _as_list(breach) if code == "type-array" else (None, None)
    example = next(iter(breach.field.examples), "…")
    key = str(breach.where[-1]) if breach.where else "…"
    line = model_line(key, breach.field.examples) if not key.isdigit() else written(example)
    yield breach.problem(code, span, fix, corrige=model or written(example), exemple=line)


def _as_list(breach: Breach) -> tuple[Edit | None, str | None]:
    """`eau, climat` as `[eau, climat]`, where the items are words."""
    if not isinstance(breach.found, str) or (breach.field.item and breach.field.item.kind == "object"):
        return None, None
    parts = [part.strip() for part in re.split("[,;]", breach.found.strip("[]")) if part.strip()]
    text = f"[{', '.join(map(written, parts))}]"
    return Edit(*breach.span, text), text


def _tell_glued_key(breach: Breach) -> Problem | None:
    """`courriel:mairie@…` under `contact` is a text for YAML: the space after the colon is missing."""
    match = re.match(r"([a-z_]+) *:(?=\S)", breach.found)
    if not match or match[1] not in breach.field.children:
        return None
    (row, column), _ = breach.span
    at = (row, column + match.end())
    return breach.problem("cle-sans-deux-points", ((row, column), at), Edit(at, at, " "), cle=match[1])


def _limit(code: str) -> Callable[[Breach], Iterator[Problem]]:
    def tell(breach: Breach) -> Iterator[Problem]:
        size = len(breach.found) if isinstance(breach.found, str | list | dict) else breach.found
        span = breach.span if isinstance(breach.found, str | int) else breach.key_span
        yield breach.problem(code, span, limite=breach.expected, taille=size)

    return tell


_WORDS: Mapping[str, Callable[[Breach], Iterator[Problem]]] = {
    "additionalProperties": _tell_unknown_keys,
    "required": _missing_key,
    "dependentRequired": _missing_key,
    "enum": _choice,
    "const": _choice,
    "pattern": _motif,
    "type": _wrong_type,
    "minLength": _limit("trop-court"),
    "maxLength": _limit("trop-long"),
    "minItems": _limit("liste-trop-courte"),
    "maxItems": _limit("liste-trop-longue"),
    "uniqueItems": _limit("liste-en-double"),
    "minimum": _limit("nombre-trop-petit"),
    "maximum": _limit("nombre-trop-grand"),
}
