"""A small invented country, three squares by four, whose vintages a test makes as the two public packages tell theirs.

Rows are `xy`: `Carré 00` is the south-western corner, with the sea on two sides; only 11 and 21 touch no sea. The two
western columns are in one EPCI, the others in another.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely

from generator.territories.refresh.packages import Tables
from generator.territories.refresh.tables import Made, Wanted, make_tables
from generator.territories.shapes import load_shapes, rings

SQUARES = [f"{x}{y}" for x in range(4) for y in range(3)]
WEST, EAST, NEW = "200000008", "200000016", "200000024"
SIDE = 0.1  # degrees


def code_of(square: str) -> str:
    """Finistère in the west, Morbihan in the east."""
    return f"{'29' if square < '2' else '56'}0{square}"


@dataclass
class Vintage:
    """What the packages say; a test changes it from year to year."""

    names: dict[str, str] = field(default_factory=lambda: {s: f"Carré {s}" for s in SQUARES})  # by square
    epci: dict[str, str] = field(default_factory=lambda: {s: WEST if s < "2" else EAST for s in SQUARES})
    epci_names: dict[str, str] = field(
        default_factory=lambda: {WEST: "CC du Pays de l'Ouest", EAST: "CC Est Communauté", NEW: "CA Sud Agglomération"}
    )
    merged: dict[str, str] = field(default_factory=dict)  # square → square that took it over
    drawn: dict[str, Any] = field(default_factory=lambda: {s: square(s) for s in SQUARES})  # in degrees

    def merge(self, gone: str, heir: str) -> None:
        """The names alone know it: shapes come later."""
        self.merged[gone] = heir
        del self.names[gone], self.epci[gone]

    def tables(self) -> Tables:
        return {
            "communes": [self._commune(s) for s in self.names],
            "epci": [self._epci(code) for code in sorted(set(self.epci.values()))],
            "departements": [_area("29", "Finistère", code_of("11")), _area("56", "Morbihan", code_of("21"))],
            "regions": [_area("53", "Bretagne", code_of("21"))],
        }

    def source(self) -> list[dict[str, Any]]:
        own = {"type": "COM", "mairie_email": "mairie@carre.example", "mairie_site": ""}
        return [own | {"code": code_of(s), "geometry": shapely.to_wkb(d, hex=True)} for s, d in self.drawn.items()]

    def _commune(self, s: str) -> dict[str, Any]:
        old = [code_of(gone) for gone, heir in self.merged.items() if heir == s]
        row = {"code": code_of(s), "nom": self.names[s], "typeLiaison": 0, "type": "commune-actuelle"}
        row |= {"departement": code_of(s)[:2], "codesPostaux": ["29999"], "population": 100}
        return row | ({"anciensCodes": old} if old else {})

    def _epci(self, code: str) -> dict[str, Any]:
        name = self.epci_names[code]
        members = [{"code": code_of(s)} for s in self.names if self.epci[s] == code]
        return {"code": code, "nom": name, "type": name[:2], "membres": members}


def square(s: str) -> Any:
    x, y = (int(digit) * SIDE for digit in s)
    return shapely.box(-4 + x, 48 + y, -4 + x + SIDE, 48 + y + SIDE)


def _area(code: str, nom: str, seat: str) -> dict[str, Any]:
    return {"code": code, "region": "53", "nom": nom, "typeLiaison": 2, "chefLieu": seat}


def begin(folder: Path) -> None:
    """The tables that are kept by hand, without a line."""
    folder.mkdir()
    for table, columns in (
        ("noms-bretons", "type,code,nom_br"),
        ("heritiers", "code,type,nom,slug,heritiers"),
        ("formes-disparues", "code,forme"),
    ):
        (folder / f"{table}.csv").write_text(f"{columns}\n", encoding="utf-8")


def refresh(vintage: Vintage, folder: Path) -> Made:
    """The tables of a folder made again in it, as `make reference` does beside it."""
    return make_tables(vintage.tables(), vintage.source(), folder, folder, Wanted(("29", "56"), 40))


def area(folder: Path, squares: Iterable[str]) -> float:
    """The land that is drawn of some communes, in squares."""
    load_shapes.cache_clear()
    drawn = load_shapes(folder)
    frame, paths = drawn.frames["communes"], drawn.paths["communes"]
    one: float = SIDE**2 * abs(frame.x.factor * frame.y.factor)
    return sum(float(shapely.Polygon(ring).area) for s in squares for ring in rings(paths[code_of(s)])) / one
