"""A new entry from a few answers: the right folder, a free id, a file that passes the checks before it is written."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator import checks, corpus, edits, settings, territories
from generator.corpus import ID, KINDS, MAX_ID, Corpus
from generator.french import enumeration
from generator.problems import NOWHERE, Problem, problem


class Unclear(Exception):  # noqa: N818
    """The answers do not say which place is meant; the message says so in French."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the command line was given."""

    lieu: str
    nom: str
    type: str
    statut: str
    themes: tuple[str, ...]
    resume: str
    courriel: str | None
    page: str | None

    def data(self) -> dict[str, Any]:
        contact = {key: value for key, value in (("courriel", self.courriel), ("page", self.page)) if value}
        return {
            "nom": self.nom,
            "type": self.type,
            "statut": self.statut,
            "themes": list(self.themes),
            "resume": self.resume,
            "contact": contact,
        }


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file ready to be written, or the problems that stand in its way."""

    root: Path
    path: str
    text: str
    problems: tuple[Problem, ...]
    note: str = ""  # what to tell beside, in French


def prepare(root: Path, answers: Answers, name: str | None, today: date) -> NewFile:
    """Compose the file and check it among the others. Raises Unclear when the place is unknown or has homonyms."""
    reference = territories.load()
    place = _place(reference, answers.lieu)
    known = corpus.load(root)
    schema = known.schemas["cop"]
    own = name or edits.new_id(place, answers.nom, {entry.id for entry in known.of("cop")})
    path = f"cops/{edits.folder_of(reference, place)}/{own}.yml"
    if not ID.fullmatch(own) or len(own) > MAX_ID:
        # It becomes a path: nothing is written outside the folder.
        better = edits.new_id(place, answers.nom, set())
        wrong = problem(path, (NOWHERE, NOWHERE), "nom-de-fichier", fichier=f"{own}.yml", propose=f"{better}.yml")
        return NewFile(root, path, "", (wrong,))
    text = edits.as_yaml(edits.new_cop(place, answers.data(), today), schema, "cop", 2)
    entry, found, _ = corpus.read_entry(path, text.encode(), KINDS[0], schema)
    entries = (*known.entries, entry) if entry else known.entries
    everything = Corpus(entries, (*known.problems, *found), {**known.texts, path: text}, known.schemas)
    terms = settings.load(root, {})[0].echeances
    problems = checks.check(everything, reference, terms, today.isoformat())
    wrong_here = tuple(found for found in problems if found.path == path and found.is_error)
    return NewFile(root, path, text, wrong_here, _note(reference, place, answers.lieu))


def _note(reference: territories.Territories, place: territories.Territoire, words: str) -> str:
    """One postal code in four is also the INSEE code of another commune: the other reading is told."""
    others = [own.nom for own in reference.by_postal(words.strip()) if own.code != place.code]
    if place.code != words.strip() or not others:
        return ""
    return f"{words.strip()} est le code INSEE de {place.nom}, mais aussi le code postal de {enumeration(others)}."


def _place(reference: territories.Territories, words: str) -> territories.Territoire:
    found = edits.find(reference, words.strip())
    if len(found) == 1:
        return found[0]
    if not found:
        raise Unclear(f"« {words} » : aucune commune ni intercommunalité de Bretagne ne porte ce nom ou ce code.")
    names = enumeration((f"{own.nom} ({own.code})" for own in found), "ou")
    raise Unclear(f"« {words} » désigne plusieurs territoires. Donnez le code : {names}.")
