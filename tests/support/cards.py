"""What a card tells of: a repository of some COP, and values that must not get out of their cell."""

from pathlib import Path

from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.problems.problem import Problem
from generator.repository.snapshot import Snapshot
from generator.territories.reference import load_territories
from tests.support import annuaires

TERRITORIES = load_territories()
COP = annuaires.cop(nom="Première fictive")
HOSTILE = [
    "@mairie et @org/equipe",
    "mairie@exemple.example",
    "voir #12, GH-3, !4, org/depot#5, %6, ~libelle, &7, $8",
    "https://exemple.org et www.exemple.org",
    "[clic](https://exemple.org) ![image](//exemple.org/x.png)",
    "<img src=x onerror=alert(1)> <!-- fin --> <details>",
    "`code` ```suggestion",
    "a | b \\| c \\",
    "**gras** _penché_ ~~barré~~ $x$ $`y`$",
    "::error file=x::bonjour ::set-output name=a::b",
    "&#64;mairie &lt;b&gt;",
    "fin\n\n### Titre\n/approve\n::error::x",
    "\u202etxt\u202c \x1b[31m \u2028::warning::",
    "[[fichier]] {{< x >}} {% y %}",
]


def snapshot_of(**cops: str) -> Snapshot:
    """A directory of COP of Quimperlé, by id; `folder__id` for another folder than 29."""
    named = {f"cops/{'/'.join(name.split('__')) if '__' in name else f'29/{name}'}.yml": cops[name] for name in cops}
    kind = corpus.KINDS[0]
    entries: list[corpus.Entry] = []
    problems: list[Problem] = []
    for path, text in named.items():
        entry, found, _ = corpus.read_entry(path, text.encode(), kind, annuaires.SCHEMAS["cop"])
        problems += found
        entries += [entry] if entry else []
    files = corpus.Corpus(tuple(entries), tuple(problems), named, annuaires.SCHEMAS)
    found = tuple(sorted(check_entries(files, TERRITORIES, annuaires.SETTINGS.echeances, annuaires.TODAY)))
    return Snapshot(Path(), annuaires.SETTINGS, files, TERRITORIES, found, annuaires.TODAY)
