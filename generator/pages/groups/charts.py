"""The charts of /chiffres/: each table drawn once, with its figures in words for who does not see it."""

from dataclasses import dataclass

from generator import french
from generator.model import figures
from generator.model.annuaire import Annuaire
from generator.model.labels import Labels
from generator.opendata import tables
from generator.opendata.tables import FigureTable
from generator.pictures.charts import Bar, Step, draw_bars, draw_curve
from generator.pictures.svg import Svg


@dataclass(frozen=True, slots=True)
class Chart:
    """One part of the page."""

    table: FigureTable
    drawing: Svg
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


def draw_charts(annuaire: Annuaire, labels: Labels) -> tuple[Chart, ...]:
    """Every table with its drawing."""
    return tuple(
        Chart(table, _draw(table, annuaire), NOTES.get(name, ""))
        for name, table in tables.tables(annuaire, labels).items()
    )


def _draw(table: FigureTable, annuaire: Annuaire) -> Svg:
    if table.name == "croissance":
        return _curve(table, annuaire)
    if table.name == "couverture":
        bars = [
            Bar(str(row[0]), float(row[-1]), french.typographie(f"{french.nombre(float(row[-1]))} %"))
            for row in table.rows
        ]
        text = french.enumeration(f"{bar.label} {bar.said}" for bar in bars)
        return draw_bars(bars, french.typographie(f"Part des habitants couverts : {text}"), most=100)
    bars = [Bar(str(label), int(count), french.nombre(int(count))) for label, count in table.rows]
    text = french.enumeration(f"{bar.label} {bar.said}" for bar in bars)
    return draw_bars(bars, french.typographie(f"{table.title} : {text}"))


def _curve(table: FigureTable, annuaire: Annuaire) -> Svg:
    curves = [
        [Step(point.year, point.value) for point in points]
        for points in (figures.trace_entries(annuaire), figures.trace_creations(annuaire))
    ]
    last = table.rows[-1]
    text = f"De {table.rows[0][0]} à {last[0]}, {last[1]} COP entrées dans l’annuaire et {last[2]} créées"
    today = figures.CurvePoint(annuaire.today, 0).year
    return draw_curve(curves, int(table.rows[0][0]), int(last[0]) + 1, today, text)


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
        text = f"Aucune projection honnête n’est possible : {pace.why_not}."
    return Progress(sentence, french.typographie(text))
