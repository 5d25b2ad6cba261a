"""Write the CSV tables of data/: `tables.py WORK`, started by refresh.py with what it fetched."""

import csv
import io
import json
import lzma
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely

HERE = Path(__file__).resolve().parent
DATA_FOLDER = HERE.with_name("data")
sys.path.insert(0, str(HERE.parents[2]))  # started as a script: `generator` is not installed in that environment

from generator.french import fold, slug  # noqa: E402
from generator.territories.refresh import shapes as geometry  # noqa: E402
from generator.territories.refresh.borders import outline  # noqa: E402

BRETAGNE = ("22", "29", "35", "56")
AROUND = (*BRETAGNE, "44", "49", "50", "53")  # with their neighbours: what none of them touches is the sea
TOWN = 20_000  # inhabitants from which a town elsewhere is known by its name
LIAISONS = ("de", "d’", "du", "de la", "des", "de l’")  # meaning of the source's typeLiaison 0 to 5
NATURES = {"CC": "Communauté de communes", "CA": "Communauté d’agglomération", "METRO": "Métropole"}
# Words that mark an address as a role's; an address without one of them, nor a word of the commune's name, is left out.
ROLE_WORDS = "mairie accueil contact info secretariat ville commune maire population etatcivil dgs direction tiker"
JsonRow = dict[str, Any]


def name(text: str) -> str:
    return text.replace("'", "’")


def liaison(row: JsonRow) -> str:
    # The source says « d’Île-de-Batz », « d’Hôpital-Camfrout »; usage, that of the communes themselves, is « de l’… ».
    return "de l’" if row["nom"].startswith(("Île-", "Hôpital-")) else LIAISONS[row["typeLiaison"]]


def write(table: str, columns: str, rows: Iterable[Iterable[object]]) -> None:
    """One record a line, sorted by what stands first: differences between two vintages stay readable."""
    with (DATA_FOLDER / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns.split())
        out.writerows(sorted([str(value) for value in row] for row in rows))


def write_json(file: str, value: object, separators: tuple[str, str] = (",", ":")) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=separators)
    (DATA_FOLDER / file).write_text(text + "\n", encoding="utf-8")


def source_shapes(packed: bytes) -> dict[str, JsonRow]:
    """Rows of the shapes package for the communes around: geometry, town hall's address and site, nothing else."""
    csv.field_size_limit(10**9)
    rows = csv.DictReader(io.StringIO(lzma.decompress(packed).decode("utf-8"), newline=""))
    # A commune that vanished has `\\N` instead of a shape.
    return {r["code"]: r for r in rows if r["type"] == "COM" and r["code"][:2] in AROUND and r["geometry"] != "\\N"}


def role_address(address: str, commune: str) -> str:
    """The address when it is plainly a role's (`mairie@…`, `langon@…`), else nothing: `prenom.nom@` never gets in."""
    local = fold(address.partition("@")[0]).replace(" ", "")
    roles = [
        *ROLE_WORDS.split(),
        *(word for word in fold(commune).split() if len(word) > 3),
        fold(commune).replace(" ", ""),
    ]
    return address if any(word in local for word in roles) else ""


def site(address: str) -> str:
    return address if re.fullmatch(r"https?://[^\s\"<>]+", address) else ""


class Reference:
    """What the two packages say of Brittany, cut down to the communes and EPCI of the perimeter."""

    def __init__(self, work: Path) -> None:
        tables: dict[str, list[JsonRow]] = json.loads((work / "attributes.json").read_text(encoding="utf-8"))
        current = {c["code"]: c for c in tables["communes"] if c["type"] == "commune-actuelle"}
        breton = {code for code, c in current.items() if c["departement"] in BRETAGNE}
        self.epci = [e for e in tables["epci"] if breton.intersection(m["code"] for m in e["membres"])]
        self.epci_of = {m["code"]: e["code"] for e in self.epci for m in e["membres"]}
        self.communes = {code: current[code] for code in sorted(breton | set(self.epci_of))}
        self.deleguees = [
            c for c in tables["communes"] if c["type"] != "commune-actuelle" and c.get("chefLieu") in self.communes
        ]
        self.departements = [d for d in tables["departements"] if d["code"] in (*BRETAGNE, "44")]
        self.regions = [r for r in tables["regions"] if r["code"] == "53"]
        towns = [c for code, c in current.items() if code not in self.communes and c.get("population", 0) >= TOWN]
        here = {area["nom"] for area in (*self.departements, *self.regions)}
        areas = [a for a in (*tables["departements"], *tables["regions"]) if a["nom"] not in here]
        self.elsewhere = sorted({name(row["nom"]) for row in (*towns, *areas)})
        with (DATA_FOLDER / "epci-noms.csv").open(encoding="utf-8", newline="") as file:
            self.epci_names = {row["code"]: row for row in csv.DictReader(file)}
        assert (len(breton), len(self.communes), len(self.epci)) == (1202, 1222, 61)
        assert set(self.epci_names) == {e["code"] for e in self.epci}

    def departements_of(self, epci: JsonRow) -> list[str]:
        return sorted({self.communes[m["code"]]["departement"] for m in epci["membres"]})


def write_names(ref: Reference, points: Mapping[str, tuple[float, float]], coast: set[str]) -> None:
    """communes, anciennes-communes, epci, departements, region."""
    communes = ref.communes
    write(
        "communes",
        "code nom liaison departement epci population codes_postaux anciens_codes littoral longitude latitude",
        (
            (k, name(c["nom"]), liaison(c), c["departement"], ref.epci_of.get(k, ""), c["population"],
             " ".join(c["codesPostaux"]), " ".join(c.get("anciensCodes", [])), "oui" if k in coast else "", *points[k])
            for k, c in communes.items()
        ),
    )  # fmt: skip
    old = {o: (o, "", code) for code, c in communes.items() for o in c.get("anciensCodes", [])}
    assert len(old) == 118
    old |= {c["code"]: (c["code"], name(c["nom"]), c["chefLieu"]) for c in ref.deleguees}
    write("anciennes-communes", "code nom chef_lieu", old.values())
    write(
        "epci",
        "code nom slug liaison nature departements population longitude latitude autres_noms",
        (
            (e["code"], n["nom"], slug(n["nom"]), n["liaison"], NATURES[e["type"]], " ".join(ref.departements_of(e)),
             sum(communes[m["code"]]["population"] for m in e["membres"]), *points[e["code"]],
             "|".join(filter(None, [name(e["nom"]), n["autres_noms"]])))
            for e in ref.epci
            for n in [ref.epci_names[e["code"]]]
        ),
    )  # fmt: skip
    for table, rows in (("departements", ref.departements), ("region", ref.regions)):
        write(
            table,
            "code nom slug liaison prefecture",
            ((d["code"], name(d["nom"]), slug(d["nom"]), LIAISONS[d["typeLiaison"]], d["chefLieu"]) for d in rows),
        )


def write_elsewhere(ref: Reference) -> None:
    """ailleurs: what is not in the directory, so that it can be said of a name."""
    write("ailleurs", "nom", ([nom] for nom in ref.elsewhere))


def write_shapes(ref: Reference, communes: dict[str, Any], epci: dict[str, Any]) -> None:
    """formes-*.csv and their view boxes. The three islands without EPCI stand among the EPCI as their communes."""
    drawn: dict[str, dict[str, str]] = {}
    departements: dict[str, list[Any]] = defaultdict(list)
    for code, shape in communes.items():
        departements[ref.communes[code]["departement"]].append(shape)
    levels = {
        "communes": (communes, 2000, 400, 1e5),
        "epci": (epci | {k: s for k, s in communes.items() if k not in ref.epci_of}, 1000, 500, 4e5),
        "departements": ({k: shapely.union_all(v) for k, v in departements.items()}, 1000, 500, 4e5),
    }
    frames = {}
    for level, (shapes, width, tolerance, smallest) in levels.items():
        frame = geometry.Frame(communes.values(), width)
        drawn[level] = geometry.paths(shapes, frame, tolerance, smallest)
        write(f"formes-{level}", "code d", drawn[level].items())
        per_degree = geometry.METRE * frame.scale
        frames[level] = {
            "viewBox": f"0 0 {frame.width} {frame.height}",
            "x": [round(geometry.SQUASH * per_degree, 4), round(-frame.west * frame.scale, 4)],
            "y": [round(-per_degree, 4), round(frame.north * frame.scale, 4)],
        }
    write_json("cadres.json", frames)
    write("formes-contours", "code d", borders(ref.epci_of, drawn["communes"]).items())


def borders(epci_of: Mapping[str, str], paths: Mapping[str, str]) -> dict[str, str]:
    """Each EPCI drawn by the outer sides of its communes, so that they fit: the level `epci` is simplified alone."""
    members: dict[str, list[str]] = defaultdict(list)
    for code, epci in sorted(epci_of.items()):
        members[epci].append(paths[code])
    return {epci: outline(shapes) for epci, shapes in members.items()}


def main() -> None:
    work = Path(sys.argv[1])
    ref = Reference(work)
    around = source_shapes((work / "communes.csv.lzma").read_bytes())
    source = {code: row for code, row in around.items() if code in ref.communes}
    assert len(source) == 1222
    coast = geometry.coastal({code: row["geometry"] for code, row in around.items()})
    communes = geometry.coverage({code: row["geometry"] for code, row in source.items()})
    members = {e["code"]: [communes[m["code"]] for m in e["membres"]] for e in ref.epci}
    epci = {code: shapely.union_all(parts) for code, parts in sorted(members.items())}
    points = {code: geometry.central_point(shape) for code, shape in (communes | epci).items()}
    write_names(ref, points, coast)
    write_elsewhere(ref)
    write_shapes(ref, communes, epci)
    write(
        "mairies",
        "code courriel site",
        (
            (code, mail, url)
            for code, row in source.items()
            for mail, url in [(role_address(row["mairie_email"], ref.communes[code]["nom"]), site(row["mairie_site"]))]
            if mail or url
        ),
    )


if __name__ == "__main__":
    main()
