"""What several files say against each other: an id taken twice, a reference that leads nowhere, the same COP again."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from generator.entries.checks.reading import text, texts
from generator.entries.corpus import Corpus, Entry
from generator.entries.rules import WORDS
from generator.entries.schemas.guesses import write_place
from generator.entries.yaml.source import Where
from generator.french import fold
from generator.likeness import likeness, may_be_alike, most_alike
from generator.problems.bounds import MOST_OF_ONE_CODE
from generator.problems.problem import NOWHERE, Problem, problem

ALMOST_SAME = 0.9
"""Likeness of two names, once folded, from which a duplicate is suspected."""

_STOP_WORDS = WORDS["of_names"]


def check_ids(corpus: Corpus) -> Iterator[Problem]:
    """An id is unique over all folders, former ids included: it is an address."""
    first: dict[str, Entry] = {}
    for entry in corpus.of("cop"):
        if entry.id in first:
            yield problem(entry.path, (NOWHERE, NOWHERE), "identifiant-pris", id=entry.id, autre=first[entry.id].path)
        first.setdefault(entry.id, entry)
    for entry in corpus.of("cop"):
        for index, old_id in enumerate(texts(entry.data, "anciens_ids")):
            if old_id in first:
                where = "anciens_ids", index
                yield entry.problem(where, "ancien-identifiant-pris", id=old_id, autre=first[old_id].path)
            first.setdefault(old_id, entry)


def check_references(corpus: Corpus) -> Iterator[Problem]:
    """An id that is named exists; a former one does: who renames a COP need not look for who names it."""
    ids = {kind: {entry.id for entry in corpus.of(kind)} for kind in ("cop", "formation")}
    ids["cop"] |= {old_id for entry in corpus.of("cop") for old_id in texts(entry.data, "anciens_ids") if old_id}
    for entry in corpus.entries:
        # A name that is looked for among all is what costs most here: a list of thousands of them is not.
        yield from islice(_find_dangling(entry, ids), MOST_OF_ONE_CODE)


def _find_dangling(entry: Entry, ids: Mapping[str, set[str]]) -> Iterator[Problem]:
    for key, kind in (("formations", "formation"), ("cops", "cop"), ("cops_liees", "cop")):
        for index, name in enumerate(texts(entry.data, key)):
            if name not in ids[kind]:
                yield _tell_dangling(entry, (key, index), name, ids[kind])
    replaced = text(entry.data, "remplacee_par")
    if replaced and replaced not in ids["cop"]:
        yield _tell_dangling(entry, ("remplacee_par",), replaced, ids["cop"])


def _tell_dangling(entry: Entry, where: Where, name: str, ids: set[str]) -> Problem:
    close = most_alike(name, ids, 0.6)
    code = "reference-proche" if close else "reference-inconnue"
    return entry.problem(where, code, cle=write_place(where), id=name, proche=close or "")


def check_duplicates(corpus: Corpus) -> Iterator[Problem]:
    """The same COP twice: same collectivité and type, names equal after folding; a warning where they nearly are."""
    groups: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in corpus.of("cop"):
        place = text(entry.data, "collectivite", "type"), text(entry.data, "collectivite", "code")
        if place[1]:
            groups[*place, text(entry.data, "type")].append(entry)
    for group in groups.values():
        first: dict[str, Entry] = {}
        for entry in group:
            name = _bare(text(entry.data, "nom"))
            if name in first:
                yield entry.problem(("nom",), "cop-en-double", autre=first[name].path)
                continue
            for other, earlier in first.items():
                # « n° 1 » and « n° 2 » are two commissions.
                if re.sub(r"\d+", "", name) != re.sub(r"\d+", "", other) and _almost(name, other):
                    values = {"autre": earlier.path, "nom": text(earlier.data, "nom")}
                    yield entry.problem(("nom",), "cop-presque-double", **values)
            first[name] = entry


def _almost(mine: str, theirs: str) -> bool:
    return may_be_alike(mine, theirs, ALMOST_SAME) and likeness(mine, theirs) >= ALMOST_SAME


def _bare(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word not in _STOP_WORDS)


def check_twin_files(corpus: Corpus) -> Iterator[Problem]:
    """Trainings and news of one title are probably one file sent twice."""
    for kind in ("formation", "actualite"):
        seen: dict[str, Entry] = {}
        for entry in corpus.of(kind):
            key = f"{fold(text(entry.data, 'titre'))} {text(entry.data, 'organisateur', 'nom')}"
            if key in seen and (kind == "formation" or entry.id[:10] == seen[key].id[:10]):
                yield entry.problem(("titre",), "titre-en-double", autre=seen[key].path)
            seen.setdefault(key, entry)


TOGETHER: tuple[Callable[[Corpus], Iterator[Problem]], ...] = (
    check_ids,
    check_references,
    check_duplicates,
    check_twin_files,
)
