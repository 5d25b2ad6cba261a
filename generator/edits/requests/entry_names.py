"""Which entry a person names: by an address, a path, an id, its name or its commune."""

import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl

from generator.edits.places import Unclear
from generator.edits.requests.answers import unwrap
from generator.entries.checks.between_files import are_near, liken, list_names
from generator.entries.checks.reading import text as text_at
from generator.entries.checks.reading import texts
from generator.entries.corpus import Corpus, Entry
from generator.entries.rules import WORDS
from generator.french import enumeration, fold
from generator.harmless import shorten
from generator.territories.kinds import kind_of
from generator.territories.reading import One, Reading, read_place
from generator.territories.reference import Territories


def find_entry(
    text: str, entries: Mapping[str, Entry], territories: Territories, label: str = "Fiche concernée"
) -> Entry:
    """The entry that a person names: by an address, a path, an id, its name or its commune; `entries` by id.
    `label` is that of the question.

    Raises Unclear where there is none, or several.
    """
    by_old_id = {old: entry for entry in entries.values() for old in texts(entry.data, "anciens_ids")}
    known: Mapping[str, Entry] = by_old_id | {**entries}
    named = str(unwrap(text.strip()[:1000]))
    for name in reversed(_NAME.findall(_undress(named))):
        if name in known:
            return known[name]
    found = _find_by_name(named, [*entries.values()]) or _find_by_place(named, entries.values(), territories)
    if len(found) == 1:
        return found[0]
    if found:
        raise Unclear(
            "« {text} » désigne plusieurs fiches : {ids}. Recopiez l’un de ces identifiants sous « {label} ».",
            label=label,
            text=shorten(named),
            ids=enumeration(sorted(entry.id for entry in found)[:_MOST_NAMED], "ou"),
        )
    raise Unclear(
        "« {text} » : aucune fiche ne porte ce nom. Donnez l’adresse de sa page, copiée depuis le navigateur.",
        text=shorten(named),
    )


def find_dated(text: str, corpus: Corpus) -> Entry | None:
    """The training or the news item whose page or file a person names; None for anything else."""
    for folder, name in _DATED.findall(_ENDINGS.sub("", text[:1000])):
        found = next((e for e in corpus.of(_FOLDERS[folder]) if e.id == name), None)
        if found:
            return found
    return None


_FOLDERS = {"formations": "formation", "actualites": "actualite"}
_DATED = re.compile(r"\b(formations|actualites)/([a-z0-9-]{1,100})")
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
    """The entries of the place that a text names: alone, or after their form, « Comité consultatif de Plérin »."""
    entries, words = list(entries), fold(text).split()
    found = _list_at(read_place(territories, text), entries)
    for form in () if found else dict.fromkeys(text_at(entry.data, "type") for entry in entries):
        own = {word for word in form.split("-") if word not in WORDS["of_names"]}
        if own and own <= {*words}:
            rest = " ".join(word for word in words if word not in own)
            alike = [entry for entry in entries if text_at(entry.data, "type") == form]
            found += _list_at(read_place(territories, rest), alike)
    return found


def _list_at(reading: Reading, entries: Iterable[Entry]) -> list[Entry]:
    if not isinstance(reading, One):
        return []
    key = kind_of(reading.place), reading.place.code
    return [
        e for e in entries if (text_at(e.data, "collectivite", "type"), text_at(e.data, "collectivite", "code")) == key
    ]
