"""The text of a request made with a form of the forge → answers by the dotted name of their key → an entry.

A forge writes each answer under the title of its question (`### Nom de la COP`), `_No response_` where there is none,
and a list of boxes as `- [x] …`. Whoever wrote the request may have changed all of it: the text is data, and what it
does not say clearly is said not to be clear.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

from generator.edits.fixing.fixes import apply_edits
from generator.edits.new import new_id
from generator.edits.places import Unclear, find_place, folder_of
from generator.edits.requests.forms import Form, Prompt
from generator.entries.checks.between_files import are_near, liken, list_names
from generator.entries.checks.reading import text as text_at
from generator.entries.checks.reading import texts
from generator.entries.corpus import FOLDERS, Entry
from generator.entries.rules import WORDS, strip_hidden
from generator.entries.schemas.fields import Field
from generator.entries.schemas.schema import Schema, type_data
from generator.entries.writer import as_yaml
from generator.entries.yaml.traps import quote
from generator.french import enumeration, fold
from generator.harmless import shorten
from generator.problems.problem import Edit
from generator.territories.kinds import Territoire, kind_of
from generator.territories.reading import One, read_place
from generator.territories.reference import Territories

MAX_TEXT = 100_000
"""Characters of a request; GitHub takes 65 536."""

Answers = Mapping[str, str | tuple[str, ...]]
"""By path: a text, or the values of the boxes that were ticked. Prompts without an answer are not there."""

_TITLE = re.compile(r"#{1,6}[ \t]+(.+)")
_BOX = re.compile(r"[-*] \[([ xX])\] (.*)")
_FENCE = re.compile(r"`{3,9}|~{3,9}")
_NAMED = re.compile(r"\s*<!-- ([a-z-]+) -->")
_LINK = re.compile(
    r"\[[^\[\]\n]{0,300}\]\(\s{0,9}<?((?:https?://|mailto:)?[^\s()<>]{1,500})>?(?:\s{1,9}\"[^\"\n]{0,300}\")?\s{0,9}\)"
)
_BRACKETED = re.compile(r"<(?:mailto:)?([^\s<>]{1,500})>")
_NONE = {"_no response_", "_pas de réponse_", "none"}
_BLANKS = re.compile(r"\s+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def find_form(body: str, forms: Mapping[str, Form]) -> Form | None:
    """The form that a request was made with: the one most of whose questions stand in it; None where it is none."""
    named = _NAMED.match(body)
    if named and named[1] in forms:
        return forms[named[1]]
    titles = {fold(match[1]) for line in _lines(body[:MAX_TEXT]) if (match := _TITLE.fullmatch(line))}
    counted = {form.name: len(titles & _list_titles(form).keys()) for form in forms.values()}
    best = max(counted, key=lambda name: counted[name])
    # One title alone may be anybody's.
    return (
        forms[best]
        if len({prompt.path for t, prompt in _list_titles(forms[best]).items() if t in titles}) > 1
        else None
    )


def _list_titles(form: Form) -> dict[str, Prompt]:
    """Prompts by their folded label, and by the name of their key."""
    return {fold(name): prompt for prompt in form.prompts for name in (prompt.label, prompt.path)}


def _lines(body: str) -> list[str]:
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def parse_request(body: str, form: Form) -> Answers:
    """The answers of a request. Raises Unclear where it is too long, or where one title stands twice."""
    if len(body) > MAX_TEXT:
        raise Unclear("Cette demande est trop longue pour être lue par la machine.")
    titles, last = _list_titles(form), form.prompts[-1].path
    parts: dict[str, list[str]] = {}
    current = ""
    for line in _lines(body):
        title = _TITLE.fullmatch(line)
        prompt = titles.get(fold(title[1])) if title else None
        # The last question takes the rest: the comments of a file begin with # too.
        if prompt is None or current == last:
            parts.setdefault(current, []).append(line)
            continue
        if prompt.path in parts:
            raise Unclear(
                "Le titre « {label} » se trouve deux fois dans la demande. Changez ou enlevez celui qui est dans votre "
                "texte.",
                label=prompt.label,
            )
        current = prompt.path
        parts[current] = []
    read = {
        prompt.path: _read_answer(prompt, strip_hidden("\n".join(parts.get(prompt.path, ()))))
        for prompt in form.prompts
    }
    return {path: answer for path, answer in read.items() if answer}


def _read_answer(prompt: Prompt, text: str) -> str | tuple[str, ...]:
    if prompt.sort == "checkboxes":
        values = {fold(label): value for value, label in prompt.choices.items()}
        boxes = (_BOX.fullmatch(line.strip()) for line in text.split("\n"))
        ticked = [box[2] for box in boxes if box and box[1] != " "]
        return tuple(dict.fromkeys(values.get(fold(label), label) for label in ticked))
    text = text.strip("\n") if prompt.render else text.strip()
    if text.strip().lower() in _NONE:
        return ""
    if prompt.sort == "dropdown":
        values = {fold(label): value for value, label in prompt.choices.items()}
        return values.get(fold(text), text)
    return _open_fences(text) if prompt.render else _unwrap(text)


def _open_fences(text: str) -> str:
    """The text of a block of code, without its fences: who pastes a whole block gives the forge two of them."""
    opened = False
    while True:
        first, *lines = text.strip().split("\n")
        fence = _FENCE.match(first)
        if not (fence and lines):
            break
        closed = lines[-1].startswith(fence[0]) and not lines[-1].strip("`~ ")
        text, opened = "\n".join(lines[:-1] if closed else lines), True
    return text.rstrip("\n") + "\n" if opened else text


def _unwrap(text: str) -> str:
    """The answer without what only YAML or Markdown needs around it: quotes, `code`, <address>, [words](address)."""
    if match := _LINK.fullmatch(text) or _BRACKETED.fullmatch(text):
        return match[1]
    for sign in "\"'`":
        inner = text[1:-1]
        if len(text) > 2 and text[0] == text[-1] == sign and sign not in inner:
            return inner.strip()
    return text


# A new entry ----------------------------------------------------------------------------------------------------------


def make_data(answers: Answers, schema: Schema) -> dict[str, Any]:
    """The answers that are keys of an entry, in groups and lists as the file has them, typed by the schema."""
    data: dict[str, Any] = {}
    for path, answer in answers.items():
        if field := schema.fields.find(path):
            _put(data, path.split("."), _value(answer, field))
    typed: dict[str, Any] = type_data(data, schema.fields)
    return typed


def _put(place: dict[str, Any], parts: Sequence[str], value: Any) -> None:
    key, *rest = parts
    if not rest:
        place[key] = value
    elif rest[0] == "0":
        # Only the first item of a list is ever asked.
        _put(place.setdefault(key, [{}])[0], rest[1:], value)
    else:
        _put(place.setdefault(key, {}), rest, value)


def _value(answer: str | tuple[str, ...], field: Field) -> Any:
    if isinstance(answer, tuple):
        return list(answer)
    if field.item:
        return [line.strip() for line in answer.split("\n") if line.strip()]
    # A text area lets one type several lines where the page shows one.
    return answer if field.kind == "markdown" else _BLANKS.sub(" ", answer)


def make_entry(
    answers: Answers, schema: Schema, territories: Territories, taken: set[str], today: date
) -> tuple[str, str]:
    """Path and text of the entry that the answers make. Raises Unclear where nobody can tell which place is meant."""
    data = make_data(answers, schema)
    group = data.get("collectivite", {})
    place, is_certain = _find_place(group, territories)
    if place:
        # A name that contradicts the code stays as it is typed, and none is added: the check tells of both.
        named = {"nom": place.nom} if is_certain else {"nom": group["nom"]} if group.get("nom") else {}
        group = {"type": kind_of(place), "code": place.code, **named}
        folder = folder_of(territories, place)
        name = new_id(place, str(data.get("nom", "")), taken)
    else:
        # A code that nobody has: the check says which one is meant.
        folder = next((candidate for candidate in FOLDERS if str(group["code"]).startswith(candidate)), FOLDERS[0])
        name = "nouvelle-fiche"
    # None of the ways to reach it was given: the check names them all.
    entry = {"contact": {}} | data | {"collectivite": group, "inscrite_le": today.isoformat()}
    return f"cops/{folder}/{name}.yml", as_yaml(entry, schema, "cop", 2)


def _find_place(group: Mapping[str, str], territories: Territories) -> tuple[Territoire | None, bool]:
    """The collectivité that the answers name, and whether all of them do; None for a code that is nobody's."""
    kind, code, nom = (group.get(key, "") for key in ("type", "code", "nom"))
    if kind == "syndicat-mixte":
        raise Unclear(
            "Un syndicat mixte a besoin de son périmètre, que ce formulaire ne demande pas : une personne va préparer "
            "la fiche avec vous."
        )
    if not code:
        return find_place(territories, nom, kind=kind), True
    reading = read_place(territories, nom, code, kind)
    if isinstance(reading, One):
        return reading.place, True
    return territories.collectivite(kind, code), False


# An entry that exists -------------------------------------------------------------------------------------------------


def find_entry(text: str, entries: Mapping[str, Entry], territories: Territories) -> Entry:
    """The entry that a person names: by an address, a path, an id, its name or its commune; `entries` by id.

    Raises Unclear where there is none, or several.
    """
    by_old_id = {old: entry for entry in entries.values() for old in texts(entry.data, "anciens_ids")}
    known: Mapping[str, Entry] = by_old_id | {**entries}
    named = str(_unwrap(text.strip()[:1000]))
    for name in reversed(_NAME.findall(_undress(named))):
        if name in known:
            return known[name]
    found = _find_by_name(named, [*entries.values()]) or _find_by_place(named, entries.values(), territories)
    if len(found) == 1:
        return found[0]
    if found:
        raise Unclear(
            "« {text} » désigne plusieurs fiches : {ids}. Recopiez l’un de ces identifiants dans « Fiche concernée ».",
            text=shorten(named),
            ids=enumeration(sorted(entry.id for entry in found)[:_MOST_NAMED], "ou"),
        )
    raise Unclear(
        "« {text} » : aucune fiche ne porte ce nom. Donnez l’adresse de sa page, copiée depuis le navigateur.",
        text=shorten(named),
    )


_MOST_NAMED = 10
_ENDINGS = re.compile(r"\.ya?ml\b|/index\.html?\b")


def _undress(address: str) -> str:
    """What may name an entry in an address: its path and its `cop=`, without an anchor, tracking or `index.html`."""
    path, _, query = address.partition("#")[0].partition("?")
    asked = " ".join(value for key, value in parse_qsl(query) if key == "cop")
    return _ENDINGS.sub("", f"{path} {asked}")


_NAME = re.compile(r"(?:^|[/=\s])([a-z0-9]+(?:-[a-z0-9]+)*)(?=$|[/?&#\s])")


def _find_by_name(text: str, entries: Sequence[Entry]) -> list[Entry]:
    """The entries of that name to the letter; else those whose place and own words are named."""
    folded = fold(text)
    if not folded:
        return []
    exact = [e for e in entries if folded in {fold(name) for name in _list_names(e)}]
    return exact or [e for e in entries if _is_named_in(text, e)]


def _list_names(entry: Entry) -> list[str]:
    names = [text_at(entry.data, key) for key in ("nom", "sigle", "nom_br")]
    return [name for name in (*names, *texts(entry.data, "autres_noms")) if name]


def _is_named_in(text: str, entry: Entry) -> bool:
    place = fold(text_at(entry.data, "collectivite", "nom"))
    mine = liken(
        text, {*place.split(), *text_at(entry.data, "type").split("-"), *WORDS["of_kinds"], *WORDS["of_names"]}
    )
    names = list_names(entry, text_at(entry.data, "type"), place.split())
    return bool(place and mine[0]) and f" {place} " in f" {fold(text)} " and any(are_near(mine, name) for name in names)


def _find_by_place(text: str, entries: Iterable[Entry], territories: Territories) -> list[Entry]:
    reading = read_place(territories, text)
    if not isinstance(reading, One):
        return []
    key = kind_of(reading.place), reading.place.code
    return [
        e for e in entries if (text_at(e.data, "collectivite", "type"), text_at(e.data, "collectivite", "code")) == key
    ]


def confirm_entry(entry: Entry, day: str) -> str:
    """The text of an entry with a new `verifiee_le`, nothing else changed; after `inscrite_le` where it is new."""
    value = day if _DAY.fullmatch(day) else quote(_BLANKS.sub(" ", day))
    text = entry.source.text
    place = entry.source.values.get(("verifiee_le",))
    if place:
        return apply_edits(text, [Edit(*place, value)])
    lines = text.split("\n")
    row = entry.source.key_span(("inscrite_le",))[0][0]
    ending = "\r" if lines[row - 1].endswith("\r") else ""
    return "\n".join([*lines[:row], f"verifiee_le: {value}{ending}", *lines[row:]])
