"""A new entry from a few answers: the right folder, a free id, a file that passes the checks before it is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from typing import Any, Protocol

from generator.edits.places import folder_of
from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.entries.checks.reading import text, texts
from generator.entries.corpus import COP_KIND, ID_PATTERN, MAX_ID, Corpus, Entry
from generator.entries.writer import as_yaml
from generator.french import slug
from generator.problems.problem import NOWHERE, Problem, problem
from generator.repository.snapshot import Snapshot
from generator.territories.kinds import Territoire, kind_of


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file ready to be written, or the problems that stand in its way."""

    path: str  # from the root, with /
    text: str
    problems: tuple[Problem, ...]


def prepare_file(snapshot: Snapshot, place: Territoire, answers: Mapping[str, Any], name: str | None = None) -> NewFile:
    """Compose the file and check it among the others. `answers`: values by key, `contact` as a mapping."""
    schema = snapshot.corpus.schemas[COP_KIND.name]
    entries = snapshot.corpus.of(COP_KIND.name)
    taken = {entry.id for entry in entries} | {old for entry in entries for old in texts(entry.data, "anciens_ids")}
    id_ = name or new_id(place, answers["nom"], taken)
    path = f"cops/{folder_of(snapshot.territories, place)}/{id_}.yml"
    if not ID_PATTERN.fullmatch(id_) or len(id_) > MAX_ID:
        # It becomes a path: nothing is written outside the folder.
        better = new_id(place, answers["nom"], set())
        wrong = problem(path, (NOWHERE, NOWHERE), "nom-de-fichier", fichier=f"{id_}.yml", propose=f"{better}.yml")
        return NewFile(path, "", (wrong,))
    file = as_yaml(new_cop(place, answers, date.fromisoformat(snapshot.today)), schema, COP_KIND.name, 2)
    entry, file_problems, _ = corpus.read_entry(path, file.encode(), COP_KIND, schema)
    read = snapshot.corpus
    everything = Corpus(
        (*read.entries, *([entry] if entry else ())),
        (*read.problems, *file_problems),
        {**read.texts, path: file},
        read.schemas,
    )
    problems = check_entries(everything, snapshot.territories, snapshot.settings.echeances, snapshot.today)
    return NewFile(path, file, tuple(problem_ for problem_ in problems if problem_.path == path and problem_.is_error))


# The place -----------------------------------------------------------------------------------------------------------


def list_cops_at(snapshot: Snapshot, place: Territoire) -> Iterator[Entry]:
    """The COP of a place, over or not: the new one is perhaps one of them."""
    for entry in snapshot.corpus.of(COP_KIND.name):
        if text(entry.data, "collectivite", "code") == place.code:
            yield entry


# Names and files ---------------------------------------------------------------------------------------------------


class Named(Protocol):
    """A territory, or a collectivité that is in no reference."""

    @property
    def nom(self) -> str: ...


def new_id(territory: Named, name: str, taken: set[str]) -> str:
    """An id from the place and the name, short enough and free: `quimperle-commission-du-temps-long`."""
    place, rest = slug(territory.nom), slug(name)
    for article in ("de-", "d-", "du-", "des-", ""):
        rest = rest.removesuffix(f"-{article}{place}")
    whole = f"{place}-{rest}"[:74].rstrip("-") if rest != place else place
    numbered = (f"{whole}-{n}" for n in count(2))
    return next(id_ for id_ in chain((whole,), numbered) if id_ not in taken)


def new_cop(territory: Territoire, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The data of a minimal entry; `answers` hold the keys that were given, `contact` as a mapping."""
    place = {"type": kind_of(territory), "code": territory.code, "nom": territory.nom}
    return {**answers, "collectivite": place, "inscrite_le": today.isoformat()}
