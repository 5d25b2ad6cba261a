"""The tables of /chiffres/: what its charts draw, what stands beneath them, what their CSV hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import figures
from generator.model.annuaire import Annuaire
from generator.opendata.cells import write_csv
from generator.territories.folders import REGION_FOLDER

UNKNOWN = "non renseigné"


@dataclass(frozen=True, slots=True)
class FigureTable:
    """One table; the first column names the line, the others are numbers."""

    name: str  # of its CSV
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | float, ...], ...]


def tables(annuaire: Annuaire) -> dict[str, FigureTable]:
    """Every table by name, in the order of the page."""
    everything = (
        growth(annuaire),
        departements(annuaire),
        _shares(annuaire, "types", "Par forme", "Forme", "cop.type"),
        _shares(annuaire, "themes", "Par thème", "Thème", "cop.themes"),
        _shares(annuaire, "participation", "Par niveau de participation", "Participation", "cop.participation"),
        _shares(annuaire, "designation", "Par façon de choisir les membres", "Choix des membres", "cop.designation"),
        cover(annuaire),
    )
    return {table.name: table for table in everything}


def growth(annuaire: Annuaire) -> FigureTable:
    """At the end of each year, or today for the last: how many were in the directory, how many existed."""
    entered, created = figures.trace_entries(annuaire), figures.trace_creations(annuaire)
    first = min((points[0].day for points in (entered, created) if points), default=annuaire.today)
    years = range(int(first[:4]), int(annuaire.today[:4]) + 1)
    rows = tuple((str(year), _at(entered, f"{year}-12-31"), _at(created, f"{year}-12-31")) for year in years)
    return FigureTable(
        "croissance", "Année après année", ("Année", "COP dans l’annuaire, en tout", "COP créées, en tout"), rows
    )


def _at(points: Sequence[figures.CurvePoint], day: str) -> int:
    return next((point.value for point in reversed(points) if point.day <= day), 0)


def departements(annuaire: Annuaire) -> FigureTable:
    """By folder of the file, so that the sum is the counter's figure."""
    counts, by_code = annuaire.compteur.par_departement, annuaire.territories.departements
    chosen = [code for code in by_code if code in annuaire.context.departements or code in counts]
    rows = [(by_code[code].nom, counts.get(code, 0)) for code in chosen]
    if REGION_FOLDER in counts:
        rows.append(("Toute la région", counts[REGION_FOLDER]))
    return FigureTable("departements", "Par département", ("Département", "COP"), tuple(rows))


def _shares(annuaire: Annuaire, name: str, title: str, column: str, path: str) -> FigureTable:
    """Counted COP by the values of one field; a COP with several values stands on several lines."""
    field = path.removeprefix("cop.")

    def values(cop: object) -> tuple[str, ...]:
        value = getattr(cop, field)
        return () if value is None else (value,) if isinstance(value, str) else value

    shares = figures.count_shares(annuaire.cops, values, annuaire.labels.choices(path))
    rows = [(label, count) for label, count in shares if count or field in ("type", "themes")]
    silent = sum(cop.comptee and not values(cop) for cop in annuaire.cops)
    if silent:
        rows.append((UNKNOWN, silent))
    return FigureTable(name, title, (column, "COP"), tuple(rows))


def cover(annuaire: Annuaire) -> FigureTable:
    """By département and in all: communes and population where a counted COP acts."""
    territories = annuaire.territories
    groups: dict[str, list[str]] = {}
    for commune in annuaire.communes:
        groups.setdefault(territories.departements[commune.departement].nom, []).append(commune.code)
    parts = (*groups.items(), ("Ensemble", [commune.code for commune in annuaire.communes]))
    rows = [(name, *_line(figures.measure_coverage(annuaire.cops, codes, territories))) for name, codes in parts]
    columns = ("Département", "Communes couvertes", "Communes", "Habitants couverts", "Habitants", "Part (%)")
    return FigureTable("couverture", "Communes et habitants couverts", columns, tuple(rows))


def _line(cover: figures.Coverage) -> tuple[int, int, int, int, float]:
    return cover.communes, cover.communes_total, cover.population, cover.population_total, cover.share


def files(annuaire: Annuaire) -> dict[str, bytes]:
    """The tables as CSV (RFC 4180), by path from the root of the site."""
    made = tables(annuaire)
    return {
        f"donnees/chiffres/{name}.csv": write_csv([table.columns, *table.rows]).encode() for name, table in made.items()
    }
