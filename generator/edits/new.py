"""A new entry from a few answers: the right folder, a free id, a file that passes the checks before it is written."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count
from typing import Any

from generator.edits.places import folder_of
from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.entries.checks.reading import items, text, texts
from generator.entries.corpus import COP_KIND, ID_PATTERN, MAX_ID, Corpus, Entry, Kind
from generator.entries.insertion import add_item, find_insertion
from generator.entries.writer import as_yaml
from generator.french import slug
from generator.problems.problem import NOWHERE, Problem, problem
from generator.repository.snapshot import Snapshot
from generator.territories.kinds import Territoire, kind_of

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file ready to be written, or the problems that stand in its way."""

    path: str  # from the root, with /
    text: str
    problems: tuple[Problem, ...]


def prepare_file(snapshot: Snapshot, place: Territoire, answers: Mapping[str, Any], name: str | None = None) -> NewFile:
    """Compose the file of a COP and check it among the others. `answers`: values by key, `contact` as a mapping."""
    folder = f"cops/{folder_of(snapshot.territories, place)}"
    id_ = name or new_id(place.nom, answers["nom"], list_taken(snapshot))
    return _compose(snapshot, COP_KIND, f"{folder}/", id_, new_cop(place, answers, snapshot.today))


def prepare_titled(snapshot: Snapshot, kind: Kind, answers: Mapping[str, Any], name: str | None = None) -> NewFile:
    """The same for a training or a news item, which is named after its title, a news item after its day first."""
    taken = {entry.id for entry in snapshot.corpus.of(kind.name)}
    day = snapshot.today if kind.name == "actualite" else ""
    fields = snapshot.corpus.schemas[kind.name].fields.children.values()
    days = {field.name: snapshot.today for field in fields if field.is_day_of_entry}
    empty: dict[str, Any] = {field.name: [] for field in fields if field.required and field.may_be_empty}
    id_ = name or titled_id(answers["titre"], day, taken)
    return _compose(snapshot, kind, f"{kind.folder}/", id_, {**empty, **days, **answers})


def prepare_meeting(snapshot: Snapshot, cop: Entry, meeting: Mapping[str, Any]) -> NewFile:
    """The file of a COP with one more meeting. The rest stays as it is, unless it is written in a way of its own."""
    known = [item for _, item in items(cop.data, "rencontres")]
    taken = {text(item, "id") or text(item, "debut")[:10] for item in known}
    # What is no day names nothing: the check tells it.
    day = text(meeting, "debut")[:10]
    meeting = {**({"id": number_free(day, taken)} if _DAY.fullmatch(day) else {}), **meeting}
    file = splice_meeting(snapshot, cop, meeting)
    if file is None:
        schema = snapshot.corpus.schemas[COP_KIND.name]
        file = as_yaml({**cop.data, "rencontres": [*known, meeting]}, schema, COP_KIND.name, 2)
    return _check(snapshot, COP_KIND, cop.path, file)


def splice_meeting(snapshot: Snapshot, cop: Entry, meeting: Mapping[str, Any]) -> str | None:
    """The text of a COP with one more meeting, every other sign as it is; None where it is written in its own way."""
    fields = snapshot.corpus.schemas[COP_KIND.name].fields
    listed = fields["rencontres"]
    place = find_insertion(cop.source.text, listed, fields, cop.data)
    return add_item(cop.source.text, place, meeting, listed.item) if place else None


def _compose(snapshot: Snapshot, kind: Kind, folder: str, id_: str, data: Mapping[str, Any]) -> NewFile:
    path = f"{folder}{id_}.yml"
    if not ID_PATTERN.fullmatch(id_) or len(id_) > MAX_ID:
        # It becomes a path: nothing is written outside the folder.
        better = slug(id_)[:MAX_ID].strip("-") or "nom-de-la-fiche"
        wrong = problem(path, (NOWHERE, NOWHERE), "nom-de-fichier", fichier=f"{id_}.yml", propose=f"{better}.yml")
        return NewFile(path, "", (wrong,))
    return _check(snapshot, kind, path, as_yaml(data, snapshot.corpus.schemas[kind.name], kind.name, 2))


def _check(snapshot: Snapshot, kind: Kind, path: str, file: str) -> NewFile:
    """What is wrong with a file among the others; one that is there already gives way to it."""
    read = snapshot.corpus
    entry, file_problems, _ = corpus.read_entry(path, file.encode(), kind, read.schemas[kind.name])
    everything = Corpus(
        (*(other for other in read.entries if other.path != path), *([entry] if entry else ())),
        (*(told for told in read.problems if told.path != path), *file_problems),
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


def list_taken(snapshot: Snapshot) -> set[str]:
    """The ids that lead to a COP, former ones included."""
    return {id_ for entry in snapshot.corpus.of(COP_KIND.name) for id_ in (entry.id, *texts(entry.data, "anciens_ids"))}


def new_id(place_name: str, name: str, taken: Collection[str]) -> str:
    """An id from the place and the name, short enough and free: `quimperle-commission-du-temps-long`."""
    place, rest = slug(place_name), slug(name)
    for article in ("de-", "d-", "du-", "des-", ""):
        rest = rest.removesuffix(f"-{article}{place}")
    return number_free(place if rest == place else _shorten(f"{place}-{rest}"), taken)


def titled_id(title: str, day: str, taken: Collection[str]) -> str:
    """That of a training after its title, that of a news item after its day and its title."""
    return number_free(_shorten(slug(f"{day} {title}")), taken)


def _shorten(whole: str) -> str:
    return whole[:74].strip("-")


def number_free(whole: str, taken: Collection[str]) -> str:
    """The name, or the first of `name-2`, `name-3`… that is free."""
    numbered = (f"{whole}-{n}" for n in count(2))
    return next(id_ for id_ in chain((whole,), numbered) if id_ not in taken)


def new_cop(territory: Territoire, answers: Mapping[str, Any], today: str) -> dict[str, Any]:
    """The data of a minimal entry; `answers` hold the keys that were given, `contact` as a mapping."""
    place = {"type": kind_of(territory), "code": territory.code, "nom": territory.nom}
    return {**answers, "collectivite": place, "inscrite_le": today}
