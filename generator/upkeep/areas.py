"""What a proposal changes beside the entries, as what it is: a page, rules, settings, a workflow, the program."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.entries.corpus import KINDS
from generator.french import pluriel, typographie
from generator.harmless import neutral, shorten
from generator.repository.settings import SETTINGS_FILE

MOST_PATHS = 10
"""Files that one line of the card names."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the repository: what is said of a change in it, and what to do then."""

    pattern: re.Pattern[str]  # from the start of a path
    change: str
    advice: str


def _area(pattern: str, change: str, advice: str) -> Area:
    return Area(re.compile(pattern), typographie(change), typographie(advice))


ENTRIES = re.compile("|".join(rf"{kind.folder}/.*\.yml\Z" for kind in KINDS))
"""What the rest of the card shows."""

AREAS = (
    _area(
        r"content/.*\.md\Z",
        "Cette proposition change une page du site.",
        "Lisez-la dans l’aperçu, et ouvrez ses liens.",
    ),
    _area(
        r"content/.*\.(?:png|jpe?g|webp)\Z",
        "Cette proposition change une image du site.",
        "Regardez-la : qui y voit-on, et qui en est l’auteur ?",
    ),
    _area(
        r"(?:cops|content)/",
        "Cette proposition touche un fichier qui n’est ni une fiche, ni une page, ni une image.",
        "Demandez à quoi il sert.",
    ),
    _area(
        r"schema/",
        "Cette proposition change les règles des fiches.",
        "Toutes les fiches, le formulaire et les données en dépendent : "
        "une personne qui connaît le programme doit la relire.",
    ),
    _area(
        rf"{re.escape(SETTINGS_FILE)}\Z",
        "Cette proposition change les réglages du site.",
        "L’adresse publique, le contact et les mentions légales y sont, et des réglages qui font exécuter du code : "
        "une personne qui sait les lire doit la relire.",
    ),
    _area(
        r"\.(?:github|gitlab|ci)/|\.gitlab-ci\.yml\Z|\.pre-commit",
        "Cette proposition change ce que la forge exécute.",
        "Elle peut toucher à la publication : une personne qui sait le lire doit la relire avant de la laisser partir.",
    ),
    _area(
        r"(?:[^/]+\.md|LICENSE)\Z",
        "Cette proposition change un texte du dépôt.",
        "Il n’est pas publié sur le site.",
    ),
    _area(
        r"",
        "Cette proposition change le programme.",
        "Il s’exécute : une personne qui sait le lire doit la relire.",
    ),
)
"""The first whose pattern fits is the one: what nobody thought of is the program."""


def tell_areas(paths: Iterable[str]) -> Iterator[str]:
    """One paragraph of Markdown by area that changes, with its files."""
    by_area: dict[Area, list[str]] = {}
    for path in sorted(paths):
        if not ENTRIES.match(path):
            by_area.setdefault(next(area for area in AREAS if area.pattern.match(path)), []).append(path)
    for area in AREAS:
        if files := by_area.get(area):
            more = f", et {pluriel(len(files) - MOST_PATHS, 'autre')}" if len(files) > MOST_PATHS else ""
            named = ", ".join(neutral(shorten(path)) for path in files[:MOST_PATHS])
            yield f"**{area.change}** {area.advice}\n\n{typographie('Fichiers :')} {named}{more}."
