"""What several files say against each other: an id taken twice, a reference that leads nowhere, the same COP again."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import islice

from generator.entries.checks.reading import places, text, texts
from generator.entries.corpus import Corpus, Entry
from generator.entries.rules import DATA, WORDS
from generator.entries.schemas.guesses import write_place
from generator.french import fold
from generator.likeness import likeness, may_be_alike, most_alike
from generator.problems.bounds import MOST_OF_ONE_CODE
from generator.problems.problem import NOWHERE, Problem, problem

ALMOST_SAME = 0.86
"""Likeness of two words from which one is taken for the other misspelt: one letter in seven."""

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
    for key, kind in DATA["references"].items():
        for where, name in (*places(entry.data, key), *places(entry.data, f"{key}.*")):
            if isinstance(name, str) and name and name not in ids[kind]:
                close = most_alike(name, ids[kind], 0.6)
                code = "reference-proche" if close else "reference-inconnue"
                yield entry.problem(where, code, cle=write_place(where), id=name, proche=close or "")


def check_duplicates(corpus: Corpus) -> Iterator[Problem]:
    """The same COP twice: same collectivité and type, names equal after folding; a warning where they nearly are.

    Of two, the newer is blamed: by its day of entry, else the later in order.
    """
    groups: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for entry in corpus.of("cop"):
        place = text(entry.data, "collectivite", "type"), text(entry.data, "collectivite", "code")
        if place[1]:
            groups[*place, text(entry.data, "type")].append(entry)
    for (_, _, kind), group in groups.items():
        if len(group) == 1:
            continue  # most are alone
        group.sort(key=lambda entry: text(entry.data, "inscrite_le"))
        aside = {word for entry in group for word in fold(text(entry.data, "collectivite", "nom")).split()}
        first: dict[str, tuple[Entry, list[Likened]]] = {}
        for entry in group:
            name = _bare(text(entry.data, "nom"))
            if name in first:
                yield entry.problem(("nom",), "cop-en-double", autre=first[name][0].path)
                continue
            names = list_names(entry, kind, aside)
            for earlier, others in first.values():
                if any(are_near(mine, theirs) for mine in names for theirs in others):
                    values = {"autre": earlier.path, "nom": text(earlier.data, "nom")}
                    yield entry.problem(("nom",), "cop-presque-double", **values)
            first[name] = entry, names


def blame(problems: Iterable[Problem], paths: Collection[str], entries: Iterable[Entry]) -> Iterator[Problem]:
    """The same problems; of two files that say the same, the one in `paths` is to blame, whichever is the newer."""
    by_path = {entry.path: entry for entry in entries}
    for found in problems:
        other, mine = by_path.get(found.path), by_path.get(found.value("autre"))
        is_double = found.code in ("cop-en-double", "cop-presque-double") and found.path not in paths
        if is_double and other and mine and mine.path in paths:
            values = {key: other.path if key == "autre" else text(other.data, "nom") for key, _ in found.values}
            yield mine.problem(("nom",), found.code, **values)
        else:
            yield found


Likened = tuple[list[str], list[str]]
"""A name, or what of it is compared: its words, folded, and its numbers."""


def _part(name: str) -> Likened:
    """`Commissions de quartier n° II` → commissions, de, quartier, n, and 2. A capital alone numbers too."""
    said = [word for word in _PARTED.split(name) if word]
    words = fold(" ".join(word for word in said if not _read_number(word))).split()
    return words, [number for word in said if (number := _read_number(word))]


def _bare(name: str) -> str:
    """A name without its small words; « Commission A » keeps its letter."""
    words, numbers = _part(name)
    return " ".join([*(word for word in words if word not in _STOP_WORDS), *numbers])


def list_names(entry: Entry, kind: str, aside: Collection[str]) -> list[Likened]:
    """A COP's name and its other names, without the words of its type and those to be left aside (folded)."""
    without = {*aside, *kind.split("-"), *WORDS["of_kinds"], *_STOP_WORDS}
    return [liken(name, without) for name in (text(entry.data, "nom"), *texts(entry.data, "autres_noms")) if name]


def liken(name: str, without: Collection[str]) -> Likened:
    """`Commissions de quartier n° II` → quartier, and 2; « L’eau » → eau."""
    words, numbers = _part(name)
    kept = (word for word in words if len(word) > 1 and word not in without and word.rstrip("s") not in without)
    return sorted(word.rstrip("s") for word in kept), sorted(numbers)


_PARTED = re.compile(r"[^0-9A-Za-z_\u00c0-\u024f\u0370-\u1fff’']+")
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_ONES = {roman: rank for rank, roman in enumerate(["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"])}


def _read_number(word: str) -> str:
    """`2`, `2e` and `II` are 2, `B` is itself; empty where a word numbers nothing."""
    if len(word) > 1 and word[0] not in "0123456789ivxIVX":
        return ""  # most words, at once
    if digits := re.match(r"[0-9]{1,9}", word):
        return str(int(digits[0]))
    roman = _ROMAN.fullmatch(word)
    if roman and (len(word) > 1 or word.isupper()):
        return str(10 * len(roman[1]) + _ONES[roman[2].lower()])
    return word if len(word) == 1 and "A" <= word <= "Z" else ""


def are_near(mine: Likened, theirs: Likened) -> bool:
    """Whether two names are perhaps those of one COP: same numbers, and each word like its match."""
    same = mine[1] == theirs[1] and len(mine[0]) == len(theirs[0])
    return same and all(_almost(word, other) for word, other in zip(mine[0], theirs[0], strict=True))


def _almost(mine: str, theirs: str) -> bool:
    return may_be_alike(mine, theirs, ALMOST_SAME) and likeness(mine, theirs) >= ALMOST_SAME


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
