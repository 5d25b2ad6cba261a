"""What a change forgets, which only the version before it can tell: a former address, a meeting that moved."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from generator.entries.checks.reading import items, text, texts
from generator.entries.corpus import Entry
from generator.entries.rules import DATA
from generator.french import fold
from generator.problems.problem import NOWHERE, Problem, problem
from generator.repository.snapshot import Snapshot

_FOLLOWED = ("debut", "fin", "lieu", "statut", "reportee_au", "en_ligne_url")
"""What a calendar has to learn again of a meeting: without a new `revision`, many keep what they had."""


def tell_forgotten(before: Snapshot, after: Snapshot) -> list[Problem]:
    """What stands in no file alone, sorted."""
    return sorted([*_tell_renamed(before, after), *_tell_unrevised(before, after)])


def _tell_renamed(before: Snapshot, after: Snapshot) -> Iterator[Problem]:
    """A COP whose file has another name, and whose former address nothing keeps."""
    old = {entry.id: entry for entry in before.corpus.of("cop")}
    new = {entry.id: entry for entry in after.corpus.of("cop")}
    kept = {old_id for entry in new.values() for old_id in texts(entry.data, "anciens_ids")}
    gone = [entry for id_, entry in old.items() if id_ not in new and id_ not in kept]
    fresh = [entry for id_, entry in new.items() if id_ not in old]
    for entry in fresh:
        former = next((other for other in gone if _is_same(other.data, entry.data)), None)
        if former:
            ids = ", ".join([*texts(entry.data, "anciens_ids"), former.id])
            values = {"id": former.id, "exemple": f"anciens_ids: [{ids}]"}
            yield problem(entry.path, (NOWHERE, NOWHERE), "fichier-renomme", None, ("anciens_ids",), **values)


def _is_same(mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> bool:
    """The same name at the same place, or the same file but for its name: what a person who renames leaves alone."""
    place = text(mine, "collectivite", "code") == text(theirs, "collectivite", "code")
    alike = fold(text(mine, "nom")) == fold(text(theirs, "nom"))
    return place and (alike or {**mine, "nom": ""} == {**theirs, "nom": ""})


def _tell_unrevised(before: Snapshot, after: Snapshot) -> Iterator[Problem]:
    """A meeting or session that is known by the same id and says something else, under the same `revision`."""
    old = {(entry.kind, entry.id): entry for entry in before.corpus.entries}
    for entry in after.corpus.entries:
        former = old.get((entry.kind, entry.id))
        if former is None or former.source.text == entry.source.text:
            continue
        for key in DATA["dated"]:
            known = {_name(item): item for _, item in items(former.data, key)}
            for index, item in items(entry.data, key):
                yield from _tell_moved(entry, (key, index), item, known.get(_name(item), {}))


def _tell_moved(
    entry: Entry, where: tuple[str, int], item: Mapping[str, Any], former: Mapping[str, Any]
) -> Iterator[Problem]:
    has_moved = former and any(item.get(key) != former.get(key) for key in _FOLLOWED)
    if has_moved and _revision(item) <= _revision(former):
        told = entry.problem((*where, "debut"), "revision-oubliee", revision=str(_revision(former) + 1))
        yield replace(told, where=where)


def _name(item: Mapping[str, Any]) -> str:
    return text(item, "id") or text(item, "debut")[:10]


def _revision(item: Mapping[str, Any]) -> int:
    revision = item.get("revision", 0)
    return revision if isinstance(revision, int) else 0
