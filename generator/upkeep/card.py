"""The card of a proposal: what it adds or changes, in plain words, as Markdown for a comment on the forge.

The text is made of contributed values and read by people who trust the page it stands on: `neutral` takes from each
value whatever a forge would act on. `.github/commenter.py` refuses a card that holds anything else.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.entries.corpus import Entry
from generator.entries.schemas.fields import Field
from generator.french import decapitalise, enumeration, nombre, pluriel, typographie
from generator.harmless import neutral
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.labels import say_value
from generator.problems.bounds import write_most
from generator.problems.problem import Problem
from generator.problems.renderings import say
from generator.repository.snapshot import Snapshot
from generator.upkeep.areas import tell_areas
from generator.upkeep.versions import tell_forgotten

LONGEST_CARD_VALUE = 300
LONGEST_CARD = 40_000
"""In characters; a comment of GitHub holds 65 536."""

CardRow = tuple[str, ...]


def _cell(value: str) -> str:
    return neutral(value if len(value) <= LONGEST_CARD_VALUE else f"{value[:LONGEST_CARD_VALUE]}…")


# What changed ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One file that a proposal adds (`before` is None), changes or takes away (`after` is None)."""

    path: str
    before: Entry | None
    after: Entry | None
    is_new: bool  # no such file before, readable or not
    is_gone: bool


def find_changes(before: Snapshot, after: Snapshot) -> list[Change]:
    """Files of entries whose text differs, by path. A file that only changed folder is one change, not two."""
    old, new = ({(e.kind, e.id): e for e in read.corpus.entries} for read in (before, after))
    past, present = before.corpus.texts, after.corpus.texts
    differences = []
    for path in sorted(past.keys() | present.keys()):
        if past.get(path) == present.get(path):
            continue
        entry = next((e for e in (*new.values(), *old.values()) if e.path == path), None)
        key = (entry.kind, entry.id) if entry else ("", "")
        moved = path not in present and key in new
        if not moved:
            is_new = path not in past and key not in old
            differences.append(Change(path, old.get(key), new.get(key), is_new, path not in present))
    return differences


def _without_faulty(snapshot: Snapshot) -> Annuaire:
    """The directory of the entries without errors: a count can be told although something else is to correct."""
    wrong = {problem.path for problem in snapshot.problems if problem.is_error}
    entries = tuple(entry for entry in snapshot.corpus.entries if entry.path not in wrong)
    return replace(snapshot, corpus=replace(snapshot.corpus, entries=entries), problems=()).annuaire()


# The card -------------------------------------------------------------------------------------------------------------


def make_card(before: Snapshot, after: Snapshot, paths: Collection[str] = ()) -> str:
    """Markdown for the comment: each entry as a table, what is missing, its number; empty where nothing changes.

    `before` is what the target branch holds, `after` what it would hold; `paths` are the files that differ, whatever
    they are. Neither is changed, nothing else is read.
    """
    changed = find_changes(before, after)
    elsewhere = _list_elsewhere(changed, before, after)
    areas = list(tell_areas(paths))
    if not (changed or elsewhere or areas):
        return ""
    forgotten = tell_forgotten(before, after)
    problems = [*_list_problems(changed, after), *elsewhere, *forgotten]
    # A number is told once nothing is left to correct: a double would take the place of the other.
    faulty = any(problem.is_error for problem in problems)
    ranks = {} if faulty else _ranks(_without_faulty(before), _without_faulty(after))
    parts = [_greet(changed, problems), *areas]
    if forgotten:
        parts.append("\n".join(map(_say_elsewhere, forgotten)))
    if elsewhere:
        parts.append("\n\n".join(_beside(elsewhere)))
    for rank, change in enumerate(changed):
        part = "\n\n".join(_part(change, after, ranks))
        if sum(map(len, parts)) + len(part) > LONGEST_CARD:
            parts.append(f"… et {pluriel(len(changed) - rank, 'autre fichier')}.")
            break
        parts.append(part)
    return "\n\n".join(parts) + "\n"


def _list_problems(changed: Sequence[Change], after: Snapshot) -> list[Problem]:
    paths = {change.path for change in changed}
    return [problem for problem in after.problems if problem.path in paths]


def _list_elsewhere(changed: Sequence[Change], before: Snapshot, after: Snapshot) -> list[Problem]:
    """What the proposal makes wrong in files that it leaves alone: the older of two doubles, a lost reference."""
    listed, problems_before = set(_list_problems(changed, after)), set(before.problems)
    return [problem for problem in after.problems if problem not in listed and problem not in problems_before]


def _beside(problems: Sequence[Problem]) -> Iterator[str]:
    yield "### Ce que cela change ailleurs"
    yield write_most(problems, _say_elsewhere)


def _say_elsewhere(problem: Problem) -> str:
    return f"{say(problem, 'card')} {neutral(problem.path)}"


def _greet(changed: Sequence[Change], problems: Sequence[Problem]) -> str:
    opening = "Merci ! Voici cette proposition en clair."
    if len(changed) == 1 and changed[0].is_gone:
        opening = "Merci ! Cette proposition retire une fiche."
    errors = sum(problem.is_error for problem in problems)
    if not errors:
        return typographie(f"{opening} La vérification n’y trouve pas d’erreur.")
    return typographie(f"{opening} Il reste {pluriel(errors, 'point')} à corriger avant de publier.")


def _part(change: Change, after: Snapshot, ranks: Mapping[str, int | str]) -> Iterator[str]:
    shown = change.after or change.before
    name = neutral(str(_title(shown))) if shown else neutral(change.path)
    state = "retirée" if change.is_gone else "nouvelle fiche" if change.is_new else "mise à jour"
    yield f"### {name} — {state}"
    yield typographie("Fichier :") + f" {neutral(change.path)}"
    if change.is_gone:
        yield typographie(
            "L’adresse de sa page cesserait de répondre. Pour une COP finie, écrivez plutôt « statut : terminee »."
        )
        return
    yield from _to_correct(change, after)
    if change.after is None:
        return
    yield _table(change, change.after, after)
    yield from _number(change, ranks, after.settings.objectif)
    yield from _tell_missing(change.after, after)


def _title(entry: Entry) -> Any:
    return entry.data.get("nom") or entry.data.get("titre") or entry.id


def _to_correct(change: Change, after: Snapshot) -> Iterator[str]:
    problems = [problem for problem in after.problems if problem.path == change.path]
    if problems:
        yield write_most(problems, lambda problem: say(problem, "card"))


def _table(change: Change, entry: Entry, after: Snapshot) -> str:
    fields = after.corpus.schemas[entry.kind].fields
    now = dict(_rows(entry, fields))
    if change.before is None or change.is_new:
        return _as_table(("Champ", "Ce que dira la page"), list(now.items()))
    was = dict(_rows(change.before, fields))
    rows = [
        (title, was.get(title, "—"), now.get(title, "—"))
        for title in dict.fromkeys((*now, *was))
        if was.get(title) != now.get(title)
    ]
    if not rows:
        return typographie("Aucun champ ne change : seulement la forme du fichier.")
    return _as_table(("Champ", "Avant", "Après"), rows)


def _as_table(head: CardRow, rows: Sequence[CardRow]) -> str:
    lines = [head, ("---",) * len(head), *((title, *map(_cell, values)) for title, *values in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _rows(entry: Entry, fields: Field) -> Iterator[tuple[str, str]]:
    """Label and words of every key that is filled, in the order of the schema; an unknown key is told elsewhere."""
    for key, field in fields.children.items():
        if key in entry.data:
            yield field.label, _say(entry.data[key], field)


def _say(value: Any, field: Field) -> str:
    """A value in words, a collectivité by its name first."""
    if field.path == "collectivite" and isinstance(value, dict) and {"type", "code", "nom"} <= value.keys():
        kind = decapitalise(say_value(value["type"], field["type"]))
        return f"{value['nom']} ({kind}, {value['code']})"
    return say_value(value, field)


# Its place ------------------------------------------------------------------------------------------------------------


def _ranks(before: Annuaire, after: Annuaire) -> dict[str, int | str]:
    """By path, of each COP that was not counted before: its number toward the goal, or why it has none."""
    counted = {cop.id for cop in before.cops if cop.comptee}
    entering = [cop for cop in after.ordre_d_entree if cop.comptee and cop.id not in counted]
    first = after.compteur.value - len(entering) + 1
    reasons: dict[str, int | str] = {cop.chemin: _say_why_uncounted(cop) for cop in after.cops if not cop.comptee}
    return reasons | {cop.chemin: first + rank for rank, cop in enumerate(entering)}


def _say_why_uncounted(cop: Cop) -> str:
    if cop.en_projet:
        return "Elle s’affichera parmi les COP en projet, et comptera dès qu’elle sera active."
    if not cop.dans_le_perimetre:
        return "Elle est hors du périmètre de l’annuaire : elle aura sa page, sans être comptée."
    if not cop.fraiche:
        return "Sa dernière vérification a plus de trois ans : elle aura sa page, sans être comptée."
    return "Avec ce statut, elle a sa page sans être comptée."


def _number(change: Change, ranks: Mapping[str, int | str], objectif: int) -> Iterator[str]:
    place = ranks.get(change.path)
    if isinstance(place, int):
        yield typographie(f"**Votre COP sera la n° {nombre(place)} sur {nombre(objectif)}.**")
    elif place and change.is_new:
        yield typographie(place)


def _tell_missing(entry: Entry, after: Snapshot) -> Iterator[str]:
    children = after.corpus.schemas[entry.kind].fields.children
    absent = [
        field.label for key, field in children.items() if "x-utile" in field.annotations and key not in entry.data
    ]
    if absent:
        names = enumeration(f"« {title} »" for title in absent)
        yield typographie(f"Ce qui manque encore : {names}. Rien n’y oblige : la page écrira « non renseigné ».")
