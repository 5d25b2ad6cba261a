"""The charts of /chiffres/: each table drawn once, with its figures in words for who does not see it."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator import french
from generator.model import figures
from generator.model.annuaire import Annuaire
from generator.opendata import tables
from generator.opendata.tables import UNKNOWN, FigureTable
from generator.pictures.charts import Bar, Step, draw_bars, draw_curve
from generator.pictures.svg import Svg

ENOUGH_TO_DRAW = 10
"""Counted COP: below, and where fewer than two bars would stand, a sentence says more than a drawing."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One part of the page."""

    table: FigureTable
    drawing: Svg | None
    sentence: str  # in place of the drawing, or of what it leaves out; may be empty
    note: str  # what must be known to read it; may be empty

    @property
    def csv(self) -> str:
        """Path of its CSV from the root of the site."""
        return f"donnees/chiffres/{self.table.name}.csv"


NOTES = {
    "croissance": "Trait plein : les COP entrées dans l’annuaire, comptées jusqu’à leur fin. Trait pointillé : les COP "
    "comptées aujourd’hui, à leur date de création quand elle est connue.",
    "departements": "Chaque COP compte une fois, dans le département de sa collectivité.",
    "themes": "Une COP peut porter plusieurs thèmes : la somme dépasse le nombre de COP.",
    "designation": "Une COP peut désigner ses membres de plusieurs façons.",
    "couverture": "Une commune est couverte quand une COP comptée agit à son échelle, à celle de son intercommunalité "
    "ou d’un syndicat. Celles des départements et de la Région n’entrent pas ici : chacune couvrirait tout.",
}


def draw_charts(annuaire: Annuaire) -> tuple[Chart, ...]:
    """Every table with its drawing, or with a sentence where there is nothing to draw."""
    return tuple(_draw(table, annuaire) for table in tables.tables(annuaire).values())


def _draw(table: FigureTable, annuaire: Annuaire) -> Chart:
    is_enough = annuaire.compteur.value >= ENOUGH_TO_DRAW
    note = french.typographie(NOTES.get(table.name, ""))
    if table.name == "croissance":
        text = _tell_growth(table)
        drawing = _draw_curve(table, annuaire, text) if is_enough else None
        return Chart(table, drawing, "" if drawing else f"{text}.", note if drawing else "")
    bars = [bar for bar in _list_bars(table) if bar.value]
    if not (is_enough and len(bars) > 1):
        return Chart(table, None, _tell(table, bars), note if bars else "")
    label = french.typographie(f"{table.title} : {french.enumeration(f'{bar.label} {bar.said}' for bar in bars)}")
    drawing = draw_bars(bars, label, most=100 if table.name == "couverture" else 0)
    return Chart(table, drawing, _tell_rest(table), note)


def _list_bars(table: FigureTable) -> list[Bar]:
    """What nobody said is no bar: it would be the longest."""
    if table.name == "couverture":
        shares = ((str(row[0]), float(row[-1])) for row in table.rows)
        return [Bar(name, share, french.typographie(f"{french.nombre(share)} %")) for name, share in shares]
    return [Bar(str(name), int(count), french.nombre(int(count))) for name, count in table.rows if name != UNKNOWN]


def _tell(table: FigureTable, bars: Sequence[Bar]) -> str:
    if not bars:
        return "Aucune fiche ne le dit encore." if table.rows else "Rien à compter pour l’instant."
    parts = french.enumeration(f"{bar.label} ({bar.said})" for bar in bars)
    return french.typographie(f"{parts}. {_tell_rest(table)}".strip())


def _tell_rest(table: FigureTable) -> str:
    """What a chart does not draw: the lines at zero, and the COP that say nothing."""
    zeros = french.enumeration(bar.label for bar in _list_bars(table) if not bar.value)
    silent = next((int(row[1]) for row in table.rows if row[0] == UNKNOWN), 0)
    parts = (
        f"À zéro pour l’instant : {zeros}." if zeros else "",
        f"Non renseigné : {french.pluriel(silent, 'COP')}." if silent else "",
    )
    return french.typographie(" ".join(filter(None, parts)))


def _tell_growth(table: FigureTable) -> str:
    year, *counts = table.rows[-1]
    entered, created = map(int, counts)
    text = f"{french.pluriel(entered, 'COP entrée', 'COP entrées')} dans l’annuaire"
    text += f" et {french.pluriel(created, 'créée')}"
    return f"De {table.rows[0][0]} à {year}, {text}" if len(table.rows) > 1 else f"En {year}, {text}"


def _draw_curve(table: FigureTable, annuaire: Annuaire, label: str) -> Svg:
    curves = [
        [Step(point.year, point.value) for point in points]
        for points in (figures.trace_entries(annuaire), figures.trace_creations(annuaire))
    ]
    today = figures.CurvePoint(annuaire.today, 0).year
    return draw_curve(curves, int(table.rows[0][0]), int(table.rows[-1][0]) + 1, today, label)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the directory stands on its way to its goal, in sentences."""

    pace: str
    projection: str


def tell_progress(annuaire: Annuaire) -> Progress:
    pace = figures.measure_pace(annuaire)
    entries = french.pluriel(pace.last_year, "COP est entrée", "COP sont entrées")
    sentence = f"{entries} dans l’annuaire ces douze derniers mois."
    if pace.year:
        text = f"À ce rythme, et si rien n’en disparaissait, l’objectif serait atteint en {pace.year}. "
        text += "Ce n’est pas une prévision : un rythme d’une année ne dit rien des suivantes."
    else:
        text = f"Aucune projection n’est donnée : {pace.why_not}."
    return Progress(sentence, french.typographie(text))
