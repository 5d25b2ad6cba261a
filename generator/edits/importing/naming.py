"""Which file a row of a table makes: one that exists already, or a new one, whose path can be no other's."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.edits.importing.findings import Finding, find_in_table
from generator.edits.importing.rows import Draft
from generator.edits.new import new_id, titled_id
from generator.edits.places import folder_of
from generator.entries.checks.reading import text, texts
from generator.entries.corpus import ID_PATTERN, MAX_ID, Corpus, Entry, Kind
from generator.french import enumeration, slug
from generator.opendata.columns import FOLDER_COLUMN, ID_COLUMN, Column
from generator.territories.folders import FOLDERS
from generator.territories.reference import Territories


@dataclass(frozen=True, slots=True)
class Existing:
    """The entries of one kind, by what a row may say of them."""

    by_id: Mapping[str, Entry]
    by_name: Mapping[str, Sequence[Entry]]
    taken: frozenset[str]  # ids that lead somewhere, former ones included
    keys: tuple[str, ...]  # of an entry, in the order of the schema

    @classmethod
    def of(cls, corpus: Corpus, kind: Kind) -> "Existing":
        entries = corpus.of(kind.name)
        by_name = defaultdict(list)
        for entry in entries:
            by_name[_name(entry.data)].append(entry)
        old_ids = (old for entry in entries for old in texts(entry.data, "anciens_ids"))
        by_id = {entry.id: entry for entry in entries}
        return cls(by_id, by_name, frozenset([*by_id, *old_ids]), tuple(corpus.schemas[kind.name].fields.children))


def _name(data: Mapping[str, Any]) -> str:
    return text(data, "nom") or text(data, "titre")


def find_same(draft: Draft, existing: Existing) -> Entry | None:
    """The entry that says the very same, the day of entry apart where the table gives none."""
    for entry in existing.by_name.get(_name(draft.data), ()):
        at_home = draft.id in ("", entry.id) and draft.folder in ("", entry.folder)
        if at_home and not set(_list_differences(draft, entry)) - draft.undated:
            return entry
    return None


def _list_differences(draft: Draft, entry: Entry) -> Iterator[str]:
    """The keys of which the row and the entry say different things."""
    for key in {*draft.data, *entry.data}:
        if _without_empty(draft.data.get(key)) != _without_empty(entry.data.get(key)):
            yield key


def _without_empty(value: Any) -> Any:
    """Without what is empty, which a row cannot tell from what is absent."""
    if isinstance(value, dict):
        filled = {key: bare for key, child in value.items() if (bare := _without_empty(child)) is not None}
        return filled or None
    if isinstance(value, list):
        return [_without_empty(child) for child in value] or None
    return None if value == "" else value


def check_path(draft: Draft, existing: Existing, drafts: Sequence[Draft]) -> Iterator[Finding]:
    """An id or a folder that cannot be: they make a path, and nothing is written out of cops/ nor over a file."""
    if draft.folder and draft.folder not in FOLDERS:
        yield _find_in_column(
            draft, FOLDER_COLUMN, "dossier-inattendu", dossiers=", ".join(FOLDERS), place="cops/<département>"
        )
    if not draft.id:
        return
    twin = next((other for other in drafts if other.id == draft.id), None)
    if not ID_PATTERN.fullmatch(draft.id) or len(draft.id) > MAX_ID:
        propose = slug(draft.id)[:MAX_ID].strip("-") or "nom-de-la-fiche"
        yield _find_in_column(draft, ID_COLUMN, "nom-de-fichier", fichier=f"{draft.id}.yml", propose=f"{propose}.yml")
    elif entry := existing.by_id.get(draft.id):
        different = set(_list_differences(draft, entry))
        keys = enumeration([key for key in existing.keys if key in different] or ["dossier"])
        yield _find_in_column(draft, ID_COLUMN, "fiche-differente", id=entry.id, cles=keys)
    elif twin:
        yield _find_in_column(draft, ID_COLUMN, "identifiant-pris", id=draft.id, autre=f"la ligne {twin.row}")


def _find_in_column(draft: Draft, column: Column, code: str, **values: str) -> Finding:
    return find_in_table(draft.row, *draft.name_column(column.place), code, **values)


# A new file ----------------------------------------------------------------------------------------------------------


def name_files(drafts: Sequence[Draft], existing: Existing, territories: Territories, kind: Kind) -> None:
    """Give each draft its path: what the table says, else the folder of its collectivité and a free id."""
    taken = {*existing.taken, *(draft.id for draft in drafts)}
    if not kind.depth:
        for draft in drafts:
            id_ = draft.id or titled_id(_name(draft.data) or "fiche", "", taken)
            taken.add(id_)
            draft.path = f"{kind.folder}/{id_}.yml"
        return
    taken |= {old for draft in drafts for old in texts(draft.data, "anciens_ids")}
    for draft in drafts:
        sort, code, nom = (text(draft.data, "collectivite", key) for key in ("type", "code", "nom"))
        territory = territories.collectivite(sort, code)
        id_ = draft.id or new_id(territory.nom if territory else nom or "cop", text(draft.data, "nom"), taken)
        taken.add(id_)
        # A collectivité that nobody knows has no folder, and stops the import anyway.
        folder = folder_of(territories, territory) if territory else _folder_of_perimeter(draft.data, territories)
        draft.path = f"cops/{draft.folder or folder}/{id_}.yml"


def _folder_of_perimeter(data: Mapping[str, Any], territories: Territories) -> str:
    """The folder of a syndicat mixte: that of a commune or EPCI of its perimeter."""
    codes = texts(data, "perimetre")
    places = (
        place for code in codes for kind in ("commune", "epci") for place in territories.departements_of(kind, code)
    )
    return next(places, FOLDERS[-1])
