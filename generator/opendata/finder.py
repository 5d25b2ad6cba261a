"""The two files that the site's own scripts read: the communes, for who types one, and the directory in short.

Fetched on first use only, so each must stay small: rows without keys, closed values as ranks in a list.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.labels import Labels
from generator.model.names import other_names
from generator.opendata.exports import head
from generator.repository.settings import Settings
from generator.territories.reference import DATA, Departement, Point, Region

Json = dict[str, Any]

FACETS: Mapping[str, str] = {
    "type": "cop.type",
    "theme": "cop.themes",
    "statut": "cop.statut",
    "rejoindre": "cop.rejoindre.mode",
    "participation": "cop.participation",
}
"""Facets with closed values, by the path of their labels in the schema; the others are départements and EPCI."""

LEVELS = ("commune", "epci", "syndicat-mixte", "departement", "region")


def files(annuaire: Annuaire, settings: Settings, labels: Labels) -> dict[str, bytes]:
    """Both files by path from the root of the site."""
    own = head(annuaire, settings)
    return {
        "donnees/communes.json": _bytes(own | _communes(annuaire)),
        "donnees/annuaire.json": _bytes(own | _directory(annuaire, labels)),
    }


def _bytes(value: Json) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _thousandths(place: Point | None) -> list[int]:
    """Longitude and latitude in thousandths of a degree: a hundred metres is enough to say « à 12 km »."""
    return [round(1000 * degrees) for degrees in place] if place else []


def _communes(annuaire: Annuaire) -> Json:
    """The committed list, with what only a visitor needs besides: positions, and the addresses of territories."""
    known = json.loads((DATA / "finder.json").read_text(encoding="utf-8"))
    territories = annuaire.territories
    return {
        "colonnes": ["code", "nom", "codes_postaux", "longitude", "latitude", "anciens_noms", "anciens_codes"],
        "regions": [_area(region) for region in territories.regions.values()],
        "departements": {d.code: _area(d) for d in territories.departements.values()},
        "epci": [
            [
                epci["code"],
                epci["nom"],
                territories.epci[epci["code"]].slug if epci["code"] else "",
                [_commune(row, annuaire) for row in epci["communes"]],
                "|".join(territories.epci[epci["code"]].autres_noms) if epci["code"] else "",
            ]
            for epci in known["epci"]
        ],
    }


def _area(territory: Departement | Region) -> list[str]:
    """Its name, its address, and its Breton name."""
    return [territory.nom, territory.slug, territory.nom_br or ""]


def _commune(row: Sequence[str], annuaire: Annuaire) -> list[Any]:
    """`row`: code, name, postal codes, and old names where there are some."""
    commune = annuaire.territories.communes[row[0]]
    former = ["".join(row[3:]), " ".join(commune.anciens_codes)] if commune.anciens_codes else []
    return [*row[:3], *_thousandths((commune.longitude, commune.latitude)), *former]


@dataclass(frozen=True, slots=True)
class CopRow:
    """One COP of the directory in short; the order of its fields is that of the columns."""

    id: str
    nom: str
    precision: str  # what kind of space, for the type « autre »
    niveau: int  # rank in LEVELS
    code: str  # INSEE, SIREN or number of the collectivité
    collectivite: str  # its name
    type: int
    theme: tuple[int, ...]
    statut: int  # as shown
    rejoindre: int  # rank, -1 where unknown; closed once the last day is over
    participation: int  # rank, -1 where unknown
    departement: tuple[str, ...]  # codes
    epci: tuple[int, ...]  # ranks in the list of EPCI
    inscrite: str  # AAAA-MM-JJ
    verifiee: str
    place: list[int]  # longitude and latitude in thousandths of a degree; empty where unknown
    mots: str  # other names, for the free text
    perimetre: tuple[str, ...]  # INSEE and SIREN codes when it is not that of the collectivité


COLUMNS = tuple(CopRow.__dataclass_fields__)


def _directory(annuaire: Annuaire, labels: Labels) -> Json:
    epcis = list(annuaire.territories.epci.values())
    ranks = {name: {value: rank for rank, value in enumerate(labels.choices(path))} for name, path in FACETS.items()}
    ranks["epci"] = {epci.code: rank for rank, epci in enumerate(epcis)}
    rows = (_cop(cop, ranks) for cop in annuaire.cops)
    return {
        "colonnes": COLUMNS,
        "niveaux": LEVELS,
        "choix": {name: list(labels.choices(path).items()) for name, path in FACETS.items()},
        "epci": [[epci.code, epci.nom] for epci in epcis],
        "cops": [[getattr(row, name) for name in COLUMNS] for row in rows],
    }


def how_to_join(cop: Cop) -> str:
    """The mode that one may filter on: a past last day is closed, whatever the file still says."""
    if cop.rejoindre is None:
        return ""
    return "ferme" if cop.rejoindre_ferme else cop.rejoindre.mode or ""


def _cop(cop: Cop, ranks: Mapping[str, Mapping[str, int]]) -> CopRow:
    def all_of(name: str, values: Iterable[str]) -> tuple[int, ...]:
        return tuple(ranks[name][value] for value in values)

    return CopRow(
        id=cop.id,
        nom=cop.nom,
        precision=(cop.type_precision or "") if cop.type == "autre" else "",
        niveau=LEVELS.index(cop.collectivite.type),
        code=cop.collectivite.code,
        collectivite=cop.collectivite_nom,
        type=ranks["type"][cop.type],
        theme=all_of("theme", cop.themes),
        statut=ranks["statut"][cop.statut_affiche],
        rejoindre=ranks["rejoindre"].get(how_to_join(cop), -1),
        participation=ranks["participation"].get(cop.participation or "", -1),
        departement=tuple(departement.code for departement in cop.departements),
        epci=all_of("epci", (epci.code for epci in cop.epcis)),
        inscrite=cop.inscrite_le,
        verifiee=cop.verifiee,
        place=_thousandths(cop.position),
        mots=" ".join(other_names(cop)),
        perimetre=cop.perimetre,
    )
