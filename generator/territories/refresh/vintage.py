"""What the two packages say of a vintage, cut down to the perimeter and to what the directory needs."""

import csv
import io
import lzma
from collections.abc import Collection, Iterable

from generator.territories.reference import HeirRow, Territories
from generator.territories.refresh.packages import JsonRow, Tables
from generator.territories.refresh.stop import Stop

TOWN = 20_000  # inhabitants from which a town elsewhere is known by its name
LIAISONS = ("de", "d’", "du", "de la", "des", "de l’")  # meaning of the source's typeLiaison 0 to 5
NATURES = {
    "CC": "Communauté de communes",
    "CA": "Communauté d’agglomération",
    "CU": "Communauté urbaine",
    "METRO": "Métropole",
    "MET69": "Métropole",  # that of Lyon, which is a département too
}


def name(text: str) -> str:
    return text.replace("'", "’")


def liaison(row: JsonRow) -> str:
    # The source says « d’Île-de-Batz », « d’Hôpital-Camfrout »; usage, that of the communes themselves, is « de l’… ».
    return "de l’" if row["nom"].startswith(("Île-", "Hôpital-")) else LIAISONS[row["typeLiaison"]]


def read_source(packed: bytes) -> list[JsonRow]:
    """Rows of the shapes package: geometry, town hall's address and site, nothing else."""
    csv.field_size_limit(10**9)
    rows = csv.DictReader(io.StringIO(lzma.decompress(packed).decode("utf-8"), newline=""))
    # What vanished before the vintage has `\\N` instead of a shape.
    return [row for row in rows if row["type"] in _COMMUNES and row["geometry"] != "\\N"]


_COMMUNES = {"COM", "COMD", "COMA"}


class Reference:
    """What the npm package says of some départements, cut down to their communes and to those of their EPCI."""

    def __init__(self, tables: Tables, departements: Collection[str]) -> None:
        """Raises Stop where they are not départements of one region."""
        chosen = [d for d in tables["departements"] if d["code"] in departements]
        regions = {d["region"] for d in chosen}
        if len(chosen) != len(departements) or len(regions) != 1:
            raise Stop(
                f"Les départements du périmètre ({', '.join(departements)}) ne sont pas ceux d’une seule région, ou "
                "l’un n’existe pas : corrigez « perimetre » dans mkdocs.yml."
            )
        current = {c["code"]: c for c in tables["communes"] if c["type"] == "commune-actuelle"}
        inside = {code for code, c in current.items() if c["departement"] in departements}
        self.epci = [e for e in tables["epci"] if inside.intersection(m["code"] for m in e["membres"])]
        self.epci_of = {m["code"]: e["code"] for e in self.epci for m in e["membres"]}
        self.communes = {code: current[code] for code in sorted(inside | set(self.epci_of))}
        self.deleguees = [
            c for c in tables["communes"] if c["type"] != "commune-actuelle" and c.get("chefLieu") in self.communes
        ]
        present = {*departements, *(c["departement"] for c in self.communes.values())}
        self.departements = [d for d in tables["departements"] if d["code"] in present]
        self.regions = [r for r in tables["regions"] if r["code"] in regions]
        towns = [c for code, c in current.items() if code not in self.communes and c.get("population", 0) >= TOWN]
        here = {area["nom"] for area in (*self.departements, *self.regions)}
        areas = [a for a in (*tables["departements"], *tables["regions"]) if a["nom"] not in here]
        self.elsewhere = sorted({name(row["nom"]) for row in (*towns, *areas)})
        self.names = {code: name(c["nom"]) for code, c in self.communes.items()}

    def departements_of(self, epci: JsonRow) -> list[str]:
        return sorted({self.communes[m["code"]]["departement"] for m in epci["membres"]})

    def list_old(self, known: Iterable[HeirRow], former: Territories | None) -> dict[str, tuple[str, str]]:
        """Name and present commune of each code that is a commune's no more; the name may be empty."""
        names = {row.code: row.nom for row in known if row.type == "commune"}
        names |= {code: commune.nom for code, commune in former.communes.items()} if former else {}
        old = {o: (names.get(o, ""), code) for code, c in self.communes.items() for o in c.get("anciensCodes", [])}
        for row in known:
            if row.type == "commune" and row.code not in self.communes and row.heritiers in self.communes:
                old.setdefault(row.code, (row.nom, row.heritiers))
        return old | {c["code"]: (name(c["nom"]), c["chefLieu"]) for c in self.deleguees}
