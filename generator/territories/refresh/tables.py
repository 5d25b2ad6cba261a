"""Make the tables of a vintage from what the two packages say and from the tables of the vintage before."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import shapely

from generator.french import fold, slug
from generator.territories.reference import Territories, load_territories, read_heirs
from generator.territories.refresh import shapes
from generator.territories.refresh.csv_tables import read, write
from generator.territories.refresh.dots import are_of, write_dots
from generator.territories.refresh.drawings import draw_land, list_gone, read_drawn, write_gone, write_shapes
from generator.territories.refresh.epci_names import find_usual
from generator.territories.refresh.heirs import list_heirs
from generator.territories.refresh.packages import JsonRow, Tables
from generator.territories.refresh.stop import Stop
from generator.territories.refresh.vintage import LIAISONS, NATURES, Reference, liaison, name

# Words that mark an address as a role's; an address without one of them, nor a word of the commune's name, is left out.
ROLE_WORDS = "mairie accueil contact info secretariat ville commune maire population etatcivil dgs direction tiker"

Points = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Made:
    """What was made, besides the files."""

    present: Territories
    new_names: tuple[str, ...]  # EPCI whose usual name was worked out and waits for a reader
    mergers: int  # that the shapes do not know


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the settings ask for."""

    departements: tuple[str, ...]  # of one region
    dots: int  # of the counter's picture: how many COP the directory aims at


def make_tables(tables: Tables, source: Sequence[JsonRow], before: Path, out: Path, wanted: Wanted) -> Made:
    """Write the new tables to `out`, a copy of `before`, which holds none the first time. Raises Stop."""
    ref = Reference(tables, wanted.departements)
    former = load_territories(before) if (before / "communes.csv").exists() else None
    known = read_heirs(before)
    old = ref.list_old(known, former)
    drawn = read_drawn(before)
    gone = list_gone(before, drawn, ref.communes.keys())
    land = draw_land(ref, old, source, drawn, gone)
    members = {e["code"]: [land.communes[m["code"]] for m in e["membres"]] for e in ref.epci}
    epci = {code: shapely.union_all(parts) for code, parts in sorted(members.items())}
    points = {code: shapes.central_point(shape, land.plane) for code, shape in (land.communes | epci).items()}
    new_names = write_epci_names(ref, before, out, former)
    write_communes(ref, old, out, points, land.coast)
    write_epci(ref, out, points)
    write_areas(ref, out)
    write_town_halls(ref, source, out)
    write_shapes(ref, out, land.communes, epci, land.plane)
    if not are_of(before, wanted.departements, wanted.dots):
        own = [
            shape for code, shape in land.communes.items() if ref.communes[code]["departement"] in wanted.departements
        ]
        write_dots(out, shapely.union_all(own), land.plane, wanted.departements, wanted.dots)
    write_gone(out, gone)
    present = load_territories(out)
    heirs = list_heirs(former or present, known, present)
    write(out, "heritiers", "code type nom slug heritiers", map(astuple, heirs))
    return Made(load_territories(out), new_names, land.united)


# Tables ---------------------------------------------------------------------------------------------------------------


def write_epci_names(ref: Reference, before: Path, out: Path, former: Territories | None) -> tuple[str, ...]:
    """epci-noms: a line for each EPCI. What a person wrote stays, unless the official name became another one."""
    rows = {row["code"]: row for row in read(before, "epci-noms")}
    new = []
    for epci in ref.epci:
        code, usual = epci["code"], find_usual(name(epci["nom"]))
        last = former.epci.get(code) if former else None
        if code not in rows or (last and find_usual(last.autres_noms[0]) != usual):
            rows[code] = {"code": code, "nom": usual.nom, "liaison": usual.liaison, "autres_noms": "", "sources": ""}
            new.append(usual.nom)
    current = {epci["code"] for epci in ref.epci}
    write(
        out, "epci-noms", "code nom liaison autres_noms sources", (r.values() for c, r in rows.items() if c in current)
    )
    return tuple(new)


def write_communes(
    ref: Reference, old: Mapping[str, tuple[str, str]], out: Path, points: Points, coast: set[str]
) -> None:
    """communes, anciennes-communes."""
    more: dict[str, list[str]] = defaultdict(list)
    for code, (_, heir) in old.items():
        if code not in ref.communes:
            more[heir].append(code)
    write(
        out,
        "communes",
        "code nom liaison departement epci population codes_postaux anciens_codes littoral longitude latitude",
        (
            (k, ref.names[k], liaison(c), c["departement"], ref.epci_of.get(k, ""), c["population"],
             " ".join(c["codesPostaux"]), " ".join(dict.fromkeys([*c.get("anciensCodes", []), *more[k]])),
             "oui" if k in coast else "", *points[k])
            for k, c in ref.communes.items()
        ),
    )  # fmt: skip
    write(out, "anciennes-communes", "code nom chef_lieu", ((code, *rest) for code, rest in old.items()))


def write_epci(ref: Reference, out: Path, points: Points) -> None:
    names = {row["code"]: row for row in read(out, "epci-noms")}
    for epci in ref.epci:
        if epci["type"] not in NATURES:
            raise Stop(
                f"« {epci['nom']} » est d’une nature inconnue ici, « {epci['type']} ». Gardez le découpage d’avant, "
                "dont la version est dans paquets.csv : make reference DECOUPAGE=… Une personne qui programme ajoutera "
                "cette nature à NATURES, dans vintage.py."
            )
    write(
        out,
        "epci",
        "code nom slug liaison nature departements population longitude latitude autres_noms",
        (
            (e["code"], n["nom"], slug(n["nom"]), n["liaison"], NATURES[e["type"]], " ".join(ref.departements_of(e)),
             sum(ref.communes[m["code"]]["population"] for m in e["membres"]), *points[e["code"]],
             "|".join(filter(None, [name(e["nom"]), n["autres_noms"]])))
            for e in ref.epci
            for n in [names[e["code"]]]
        ),
    )  # fmt: skip


def write_areas(ref: Reference, out: Path) -> None:
    """departements, region, and ailleurs: what is not in the directory, so that it can be said of a name."""
    for table, rows in (("departements", ref.departements), ("region", ref.regions)):
        write(
            out,
            table,
            "code nom slug liaison prefecture",
            ((d["code"], name(d["nom"]), slug(d["nom"]), LIAISONS[d["typeLiaison"]], d["chefLieu"]) for d in rows),
        )
    write(out, "ailleurs", "nom", ([nom] for nom in ref.elsewhere))


def write_town_halls(ref: Reference, source: Sequence[JsonRow], out: Path) -> None:
    """mairies: how to write to a town hall."""
    rows = []
    for row in source:
        if row["type"] == "COM" and row["code"] in ref.communes:
            mail, page = role_address(row["mairie_email"], ref.names[row["code"]]), site(row["mairie_site"])
            rows += [(row["code"], mail, page)] if mail or page else []
    write(out, "mairies", "code courriel site", rows)


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
