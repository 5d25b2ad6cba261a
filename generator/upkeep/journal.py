"""`cop journal`: what changed in the entries, from git, for the pages and the feed that tell it.

The day is that on which the published branch received a change, not the one that an entry says of itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from generator.entries.corpus import KINDS, Kind, read_entry
from generator.entries.schemas.schema import Schema
from generator.model.annuaire import Annuaire
from generator.model.identity import urn
from generator.model.journal import Change, Journal
from generator.repository.git import FileChange, list_history, read_blobs

KEPT_DAYS = 400
"""A year and a month: what a reader of the site may look back at."""
MOST = 5_000
"""Changes: the newest."""


def make_journal(root: Path, annuaire: Annuaire, schemas: Mapping[str, Schema], today: str) -> Journal:
    """What happened to the entries that are there today, and that some were withdrawn. Raises GitFailed."""
    oldest = (date.fromisoformat(today) - timedelta(days=KEPT_DAYS)).isoformat()
    history = [one for one in list_history(root, *(kind.folder for kind in KINDS)) if one.jour <= today]
    recent = [one for one in history if one.jour >= oldest]
    blobs = read_blobs(root, sorted({name for one in recent for name in (one.before, one.after) if name}))
    known = _Known(annuaire, schemas, blobs, history)
    days: dict[tuple[str, str], list[FileChange]] = {}
    for change in recent:
        days.setdefault((change.jour, change.path), []).append(change)
    told = [one for (day, path), group in days.items() for one in known.tell(day, path, group)]
    told.sort(key=lambda one: (one.jour, one.sorte, one.id, one.marque), reverse=True)
    return Journal(tuple(told[:MOST]))


def _find_kind(path: str) -> Kind | None:
    inside = (kind for kind in KINDS if path.startswith(f"{kind.folder}/") and path.endswith(".yml"))
    return next(inside, None)


def _find_id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yml")


class _Known:
    """What the days are read against."""

    def __init__(
        self,
        annuaire: Annuaire,
        schemas: Mapping[str, Schema],
        blobs: Mapping[str, bytes],
        history: Iterable[FileChange],
    ) -> None:
        self._schemas = schemas
        self._blobs = blobs
        self._present = {("cop", name): cop.id for name, cop in annuaire.par_id.items()}
        self._present |= {("formation", name): name for name in annuaire.formations_par_id}
        self._present |= {("actualite", item.id): item.id for item in annuaire.actualites}
        # An entry that gets another name or folder was there already.
        self._first: dict[tuple[str, str], tuple[str, str]] = {}
        for one in history:
            kind = _find_kind(one.path)
            own = kind and self._present.get((kind.name, _find_id(one.path)))
            if kind and own and one.after:
                self._first.setdefault((kind.name, own), (one.jour, one.path))

    def tell(self, day: str, path: str, changes: list[FileChange]) -> Iterator[Change]:
        """What one day did to one file, from how it was in the morning to how it was at night."""
        kind = _find_kind(path)
        if kind is None:
            return
        before, after = changes[0].before, changes[-1].after
        own = self._present.get((kind.name, _find_id(path)))
        if own is None:
            if before and not after:
                yield Change(day, kind.name, "retiree", marque=urn("retrait", f"{path}/{day}"))
        elif self._first.get((kind.name, own)) == (day, path):
            yield Change(day, kind.name, "ajoutee", own)
        elif before and after and (keys := self._compare(path, kind, before, after)):
            yield Change(day, kind.name, "modifiee", own, keys)

    def _compare(self, path: str, kind: Kind, before: str, after: str) -> tuple[str, ...]:
        """The keys whose value changed, in the order of the schema; comments and spaces are no change."""
        old, new = (self._read(path, kind, blob) for blob in (before, after))
        keys = [*self._schemas[kind.name].fields.children]
        return tuple(key for key in keys if old.get(key) != new.get(key))

    def _read(self, path: str, kind: Kind, blob: str) -> Mapping[str, Any]:
        entry, _, _ = read_entry(path, self._blobs[blob], kind, self._schemas[kind.name])
        return entry.data if entry else {}
