"""What keeps the directory alive: the entries to check again, and the milestones that deserve a news item.

A milestone is told once: its news item is a file, so that it never moves when an older entry leaves the count.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from generator.cop import Cop
from generator.counter import Milestone
from generator.edits import as_yaml
from generator.french import date_longue, nombre, pluriel, typographie
from generator.model import Annuaire
from generator.neutral import neutral
from generator.schemas import Schema


@dataclass(frozen=True, slots=True)
class Recheck:
    """One entry that nobody has checked for eighteen months, or whose mandate is over."""

    dossier: str  # folder of its département
    id: str
    nom: str
    verifiee: str  # AAAA-MM-JJ
    mois: int  # whole months since
    contact: str  # the first means of contact that it gives


def to_recheck(annuaire: Annuaire) -> tuple[Recheck, ...]:
    """By département, the longest unchecked first; what is over, or asleep, is not asked again."""
    waiting = (cop for cop in annuaire.cops if cop.statut not in {"terminee", "en-sommeil"})
    rows = [_recheck(cop) for cop in waiting if cop.a_verifier or cop.statut_affiche == "a-confirmer"]
    return tuple(sorted(rows, key=lambda row: (row.dossier, row.verifiee, row.id)))


def _recheck(cop: Cop) -> Recheck:
    own = cop.contact
    means = own.courriel or own.formulaire or own.page or own.telephone or own.adresse or ""
    return Recheck(cop.dossier, cop.id, cop.nom, cop.verifiee, cop.mois, means)


def as_markdown(rows: Sequence[Recheck]) -> str:
    """A list to work through, one table a département; contributed words are shown, never acted on."""
    if not rows:
        return "Toutes les fiches sont à jour."
    parts = [f"{pluriel(len(rows), 'fiche')} à vérifier."]
    for folder in sorted({row.dossier for row in rows}):
        parts += ["", f"### {folder}", "", "| Fiche | Dernière vérification | Contact |", "|---|---|---|"]
        parts += [_line(row) for row in rows if row.dossier == folder]
    return "\n".join(parts)


def _line(row: Recheck) -> str:
    age = f"{date_longue(row.verifiee)} ({pluriel(row.mois, 'mois')})"
    return f"| {neutral(row.nom)} | {age} | {neutral(row.contact)} |"


def as_csv(rows: Sequence[Recheck]) -> str:
    """The same for a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    names = [field.name for field in fields(Recheck)]
    writer.writerow(names)
    writer.writerows([getattr(row, name) for name in names] for row in rows)
    return out.getvalue()


FORMATS = {"markdown": as_markdown, "csv": as_csv}


def milestone_news(annuaire: Annuaire, schema: Schema) -> Iterator[tuple[str, str]]:
    """Path and text of the news item of each milestone that has none yet."""
    told = {item.id for item in annuaire.actualites}
    for milestone in annuaire.jalons:
        ending = f"-{milestone.count}-cop"
        if not any(name.endswith(ending) for name in told):
            path = f"content/actualites/{milestone.date}{ending}.yml"
            yield path, as_yaml(_news(milestone, annuaire), schema, "actualite", 2)


def _news(milestone: Milestone, annuaire: Annuaire) -> Mapping[str, Any]:
    count = nombre(milestone.count)
    name = annuaire.par_id[milestone.cop].nom
    words = f"Le {date_longue(milestone.date)}, l’annuaire a compté {count} COP. La {count}e : {name}."
    return {
        "titre": f"{count} COP recensées en Bretagne",
        "resume": typographie(words)[:280],
        "categorie": "nouvelle-cop",
        "cops": [milestone.cop],
    }
