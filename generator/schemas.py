"""The JSON Schemas of schema/: typing of the text that was read, and every breach as a Problem in French.

The schema is the only place of rules. Two annotations choose the words: `x-motif` beside a `pattern` names what is
expected there, `x-regle` beside an `if` names the condition.
"""

import difflib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError
from jsonschema.protocols import Validator

from generator.french import enumeration, fold
from generator.problems import CATALOGUE, Edit, Problem, problem
from generator.sources import Source, Span, Where
from generator.yaml_errors import quote

Node = dict[str, Any]

DATES = {"date", "date-partielle", "annee-ou-date", "moment"}


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of file: the schema as published, the same with `$ref` inlined, and what checks against it."""

    published: Node
    inlined: Node
    validator: Validator

    def check(self, source: Source) -> tuple[Node, list[Problem]]:
        """Typed data and the breaches of one file that could be read."""
        if source.data is None:
            raise ValueError(f"{source.path} could not be read")
        data = typed(source.data, self.inlined)
        errors = sorted(self.validator.iter_errors(data), key=lambda e: [str(p) for p in e.absolute_path])
        found = [p for error in errors for p in _say(_breach(source, self.inlined, error))]
        return data, sorted(_causes(found))


def load(folder: Path, name: str) -> Schema:
    """Read `schema/<name>.schema.json`."""
    published = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
    inlined = _inline(published, published.get("$defs", {}))
    return Schema(published, inlined, _Fast(inlined))


def _inline(node: Any, definitions: Node) -> Any:
    """Replace each `$ref` by what it names, once: following it at every value costs a third of the time."""
    if isinstance(node, list):
        return [_inline(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _inline(value, definitions) for key, value in node.items() if key not in {"$ref", "$defs"}}
    if "$ref" not in node:
        return plain
    target = _inline(definitions[node["$ref"].removeprefix("#/$defs/")], definitions)
    return target | plain  # what stands beside the reference (title, help) wins


def typed(value: Any, schema: Node) -> Any:
    """Text becomes a number only where the schema says exactly `integer`; settings also know true, false and null."""
    if isinstance(value, str):
        return _typed_text(value, schema.get("type"))
    if isinstance(value, list):
        items = schema.get("items", {})
        return [typed(item, items) for item in value]
    properties = schema.get("properties", {})
    return {key: typed(item, properties.get(key, {})) for key, item in value.items()}


_WORDS_OF_TYPES: Mapping[str, Mapping[str, Any]] = {"boolean": {"true": True, "false": False}, "null": {"null": None}}


def _typed_text(value: str, kind: Any) -> Any:
    if kind == "integer":
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 15 else value
    for name in kind if isinstance(kind, list) else [kind]:
        words = _WORDS_OF_TYPES.get(name, {})
        if value in words:
            return words[value]
    # A folded text (`resume: >`) ends with a line break that nobody wrote.
    return value.removesuffix("\n")


# A faster validator --------------------------------------------------------------------------------------------------
# The library builds a new validator for each value. These keywords loop instead and give the same errors with the same
# paths; tests/test_schemas.py holds them against the stock class.


def _descend(validator: Any, instance: Any, schema: Node, path: str | int | None, schema_path: str | int | None) -> Any:
    for keyword, value in schema.items():
        check = validator.VALIDATORS.get(keyword)
        if check is None:
            continue
        for error in check(validator, value, instance, schema) or ():
            error._set(
                validator=keyword,
                validator_value=value,
                instance=instance,
                schema=schema,
                type_checker=validator.TYPE_CHECKER,
            )
            if keyword not in {"if", "$ref"}:
                error.schema_path.appendleft(keyword)
            if path is not None:
                error.path.appendleft(path)
            if schema_path is not None:
                error.schema_path.appendleft(schema_path)
            yield error


def _properties(validator: Any, properties: Node, instance: Any, schema: Node) -> Iterator[ValidationError]:
    del schema
    if isinstance(instance, dict):
        for key, subschema in properties.items():
            if key in instance:
                yield from _descend(validator, instance[key], subschema, key, key)


def _items(validator: Any, items: Node, instance: Any, schema: Node) -> Iterator[ValidationError]:
    del schema
    if isinstance(instance, list):
        for index, item in enumerate(instance):
            yield from _descend(validator, item, items, index, None)


_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "object": (dict,),
    "array": (list,),
    "boolean": (bool,),
    "null": (type(None),),
}


def _type(validator: Any, types: Any, instance: Any, schema: Node) -> Iterator[ValidationError]:
    del validator, schema
    names = [types] if isinstance(types, str) else types
    if not any(isinstance(instance, _TYPES.get(name, ())) for name in names):
        yield ValidationError(f"{instance!r} is not of type {', '.join(repr(name) for name in names)}")


def _pattern(validator: Any, pattern: str, instance: Any, schema: Node) -> Iterator[ValidationError]:
    del validator
    if isinstance(instance, str) and (
        not re.search(pattern, instance) or (schema.get("x-motif") in DATES and not is_calendar(instance))
    ):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Fast = validators.extend(  # type: ignore[no-untyped-call]
    Draft202012Validator,
    {"properties": _properties, "items": _items, "type": _type, "pattern": _pattern},
)


def is_calendar(text: str) -> bool:
    """Whether AAAA, AAAA-MM, AAAA-MM-JJ or AAAA-MM-JJ HH:MM exists in the calendar."""
    day, _, hour = text.partition(" ")
    year, month, number = (day.split("-") + ["1", "1"])[:3]
    try:
        date(int(year), int(month), int(number))
    except ValueError:
        return False
    return not hour or (hour[:2] < "24" and hour[3:] < "60")


# Breaches to sentences -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Breach:
    """One error of the library, with the types that its stubs leave open."""

    source: Source
    where: Where
    keyword: str
    expected: Any  # the keyword's value in the schema
    found: Any  # the value that breaks it
    schema: Node  # the schema that holds the keyword
    message: str  # the library's English sentence, read only for the name of a missing key
    rule: str | None  # nearest x-regle

    @property
    def name(self) -> str:
        """The value's name for people: `rencontres.2.debut` counts items from 1."""
        return dotted(self.where) or "la fiche"

    @property
    def span(self) -> Span:
        return self.source.span(self.where)

    @property
    def key_span(self) -> Span:
        return self.source.key_span(self.where)

    @property
    def text(self) -> str:
        return self.found if isinstance(self.found, str) else json.dumps(self.found, ensure_ascii=False)

    def problem(self, code: str, span: Span, fix: Edit | None = None, /, **values: object) -> Problem:
        known = {"cle": self.name, "valeur": self.text} | values
        return problem(self.source.path, span, code if code in CATALOGUE else "regle-du-schema", fix, **known)


def _breach(source: Source, root: Node, error: Any) -> Breach:
    where = tuple(error.absolute_path)
    rule = _rule(root, error)
    return Breach(
        source, where, error.validator, error.validator_value, error.instance, error.schema, error.message, rule
    )


def _rule(root: Node, error: Any) -> str | None:
    """The `x-regle` nearest to the breach, met on the way from the root of the schema."""
    node: Any = root
    rule: str | None = None
    for step in error.absolute_schema_path:
        if isinstance(node, dict) and step in _CONDITIONS:
            rule = node.get("x-regle", rule)
        node = node[step] if isinstance(node, list) or step in node else {}
    return rule


_CONDITIONS = {"if", "then", "else", "allOf", "anyOf", "not"}


def _say(breach: Breach) -> Iterator[Problem]:
    if breach.rule:
        yield _rule_broken(breach)
    elif breach.found == "" and breach.keyword in {"minLength", "pattern", "type", "enum"}:
        yield breach.problem("valeur-vide", breach.key_span)
    elif speak := _WORDS.get(breach.keyword):
        yield from speak(breach)
    else:
        yield breach.problem("regle-du-schema", breach.span)


def _rule_broken(breach: Breach) -> Problem:
    whole = breach.keyword == "required" or not isinstance(breach.found, str)
    return breach.problem(str(breach.rule), breach.key_span if whole else breach.span)


def _unknown_keys(breach: Breach) -> Iterator[Problem]:
    known = breach.schema["properties"]
    free = [name for name in known if name not in breach.found]
    for key in breach.found:
        if key in known:
            continue
        span = breach.source.key_span((*breach.where, key))
        if close := nearest(key, free):
            yield breach.problem("cle-presque-juste", span, Edit(*span, close), cle=key, juste=close)
        else:
            yield breach.problem("cle-inconnue", span, cle=key, connues=enumeration(known, "ou"))


def _missing_key(breach: Breach) -> Iterator[Problem]:
    """The library gives one error per missing key and names it only in its sentence."""
    for key in breach.expected:
        if key not in breach.found and breach.message.startswith(f"{key!r} "):
            about = breach.schema.get("properties", {}).get(key, {})
            values = {"cle": key, "titre": about.get("title", key), "exemple": _example(key, about)}
            yield breach.problem("cle-manquante", breach.key_span, **values)


def _choice(breach: Breach) -> Iterator[Problem]:
    # A contributor often writes the label: « Active », « Climat et énergie ».
    labels = zip(breach.expected, breach.schema.get("enumDescriptions", ()), strict=False)
    by_label = {fold(label): name for name, label in labels}
    close = by_label.get(fold(breach.text)) or nearest(breach.text, breach.expected)
    code = "choix-proche" if close else "choix-inconnu"
    yield breach.problem(code, breach.span, proche=close, choix=enumeration(map(str, breach.expected), "ou"))


def _motif(breach: Breach) -> Iterator[Problem]:
    motif = breach.schema.get("x-motif", "")
    guess = date_guess(breach.text, motif) if motif in DATES else None
    if motif in DATES and re.search(breach.expected, breach.text):
        yield breach.problem("date-impossible", breach.span)
    elif guess:
        yield breach.problem("date-a-ecrire", breach.span, Edit(*breach.span, guess), corrige=guess)
    else:
        yield breach.problem(f"motif-{motif}", breach.span)


def _wrong_type(breach: Breach) -> Iterator[Problem]:
    types = [breach.expected] if isinstance(breach.expected, str) else breach.expected
    code = next((f"type-{name}" for name in types if f"type-{name}" in CATALOGUE), "type-string")
    span = breach.span if isinstance(breach.found, str | int) else breach.key_span
    fix = None
    if code == "type-array" and isinstance(breach.found, str):
        parts = [part.strip() for part in breach.found.split(",") if part.strip()]
        fix = Edit(*span, f"[{', '.join(map(_plain, parts))}]")
    yield breach.problem(code, span, fix, corrige=fix.text if fix else "[…]")


def _limit(code: str) -> Callable[[Breach], Iterator[Problem]]:
    def say(breach: Breach) -> Iterator[Problem]:
        size = len(breach.found) if isinstance(breach.found, str | list | dict) else breach.found
        span = breach.span if isinstance(breach.found, str | int) else breach.key_span
        yield breach.problem(code, span, limite=breach.expected, taille=size)

    return say


_WORDS: Mapping[str, Callable[[Breach], Iterator[Problem]]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_key,
    "enum": _choice,
    "pattern": _motif,
    "type": _wrong_type,
    "minLength": _limit("trop-court"),
    "maxLength": _limit("trop-long"),
    "minItems": _limit("liste-trop-courte"),
    "maxItems": _limit("liste-trop-longue"),
    "uniqueItems": _limit("liste-en-double"),
    "minimum": _limit("nombre-trop-petit"),
    "maximum": _limit("nombre-trop-grand"),
    "minProperties": _limit("liste-trop-courte"),
}


def _causes(found: Iterable[Problem]) -> list[Problem]:
    """Cause before consequence: a key with a typo is not also a missing key; one place says one thing."""
    kept: list[Problem] = []
    everything = list(dict.fromkeys(found))
    typos = {dict(p.values)["juste"] for p in everything if p.code == "cle-presque-juste"}
    for one in everything:
        if one.code == "cle-manquante" and dict(one.values)["cle"] in typos:
            continue
        if any(k.start == one.start and k.code == "valeur-vide" for k in everything) and one.code != "valeur-vide":
            continue
        kept.append(one)
    return kept


# Words --------------------------------------------------------------------------------------------------------------


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant: the same once folded, or close in spelling."""
    names = [name for name in known if isinstance(name, str)]
    folded = {fold(name): name for name in names}
    if fold(word) in folded:
        return folded[fold(word)]
    close = difflib.get_close_matches(fold(word), folded, n=1, cutoff=0.75)
    return folded[close[0]] if close else None


_DAY = re.compile(r"^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})(?:[ àT,]+(\d{1,2})\s*[h:]\s*(\d{2})?)?$")
_ISO = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ àT,]+(\d{1,2})\s*[h:]\s*(\d{2})?(?::\d\d)?)?$")


def date_guess(value: str, motif: str) -> str | None:
    """The right form of a date with one reading: `24/11/2026` → `2026-11-24`. In French the day comes first."""
    if found := _DAY.match(value):
        day, month, year, hour, minute = found.groups()
    elif found := _ISO.match(value):
        year, month, day, hour, minute = found.groups()
    else:
        return None
    text = f"{year}-{int(month):02}-{int(day):02}"
    if hour and motif == "moment":
        text += f" {int(hour):02}:{minute or '00'}"
    return text if is_calendar(text) else None


def dotted(where: Where) -> str:
    """The dotted name of a place, items counted from 1 as people do."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in where)


def _example(key: str, about: Node) -> str:
    """A line to take as a model, written as the file would hold it."""
    example = next(iter(about.get("examples", [])), None)
    if isinstance(example, dict):
        return f"{key}: {{{', '.join(f'{k}: {_plain(v)}' for k, v in example.items())}}}"
    if isinstance(example, list):
        return f"{key}: [{', '.join(_plain(item) for item in example)}]"
    return f"{key}: {_plain(example)}" if example is not None else f"{key}: …"


def _plain(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return quote(text) if isinstance(value, str) and re.search(r"[:#'\"\[\]{},]|^\W", text) else text
