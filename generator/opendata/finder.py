"""The two files that the site's own scripts read: the communes, for who types one, and the directory in short.

Fetched on first use only, so each must stay small: rows without keys, closed values as ranks in a list.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.facets import Facet, list_facets
from generator.model.names import other_names
from generator.opendata.exports import head
from generator.repository.settings import Settings
from generator.territories.kinds import Departement, Point, Region
from generator.territories.reference import DATA_FOLDER

Json = dict[str, Any]


def make_files(annuaire: Annuaire, settings: Settings) -> dict[str, bytes]:
    """Both files by path from the root of the site."""
    about = head(annuaire, settings)
    return {
        "donnees/communes.json": _bytes(about | _communes(annuaire)),
        "donnees/annuaire.json": _bytes(about | _directory(annuaire)),
    }


def _bytes(value: Json) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _thousandths(place: Point | None) -> list[int]:
    """Longitude and latitude in thousandths of a degree: a hundred metres is enough to say « à 12 km »."""
    return [round(1000 * degrees) for degrees in place] if place else []


def _communes(annuaire: Annuaire) -> Json:
    """The committed list, with what only a visitor needs besides: positions, and the addresses of territories."""
    committed = json.loads((DATA_FOLDER / "finder.json").read_text(encoding="utf-8"))
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
            for epci in committed["epci"]
        ],
    }


def _area(territory: Departement | Region) -> list[str]:
    """Its name, its address, and its Breton name."""
    return [territory.nom, territory.slug, territory.nom_br or ""]


def _commune(row: Sequence[str], annuaire: Annuaire) -> list[Any]:
    """`row`: code, name, postal codes, and old names where there are some."""
    commune = annuaire.territories.communes[row[0]]
    old_names = ["".join(row[3:]), " ".join(commune.anciens_codes)] if commune.anciens_codes else []
    return [*row[:3], *_thousandths((commune.longitude, commune.latitude)), *old_names]


@dataclass(frozen=True, slots=True)
class CopRow:
    """One COP of the directory in short; the order of its fields is that of the columns."""

    id: str
    nom: str
    precision: str  # what kind of space, where its type does not say it
    niveau: int  # rank of the type of its collectivité
    code: str  # INSEE, SIREN or number of the collectivité
    collectivite: str  # its name
    type: int  # rank
    statut: int  # rank of the status as shown
    facettes: list[list[int]]  # for each facet, the ranks of its values among the choices
    inscrite: str  # AAAA-MM-JJ
    verifiee: str
    place: list[int]  # longitude and latitude in thousandths of a degree; empty where unknown
    mots: str  # other names, for the free text
    perimetre: tuple[str, ...]  # INSEE and SIREN codes when it is not that of the collectivité


COLUMNS = tuple(CopRow.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Ranks:
    """The lists in which a row says a value by its rank."""

    levels: Mapping[str, int]
    types: Mapping[str, int]
    statuses: Mapping[str, int]
    facets: Sequence[tuple[Facet, Mapping[str, int]]]


def _rank(values: Iterable[str]) -> dict[str, int]:
    return {value: rank for rank, value in enumerate(values)}


def _directory(annuaire: Annuaire) -> Json:
    labels, questions = annuaire.context.labels, list_facets(annuaire)
    levels, types, statuses = (labels.choices(f"cop.{path}") for path in ("collectivite.type", "type", "statut"))
    signs, weights = labels.read_notes("cop.statut", "x-signe"), labels.read_notes("cop.statut", "x-compte")
    ranks = Ranks(_rank(levels), _rank(types), _rank(statuses), [(facet, _rank(facet.choices)) for facet in questions])
    rows = (_cop(cop, ranks) for cop in annuaire.cops)
    return {
        "colonnes": COLUMNS,
        "niveaux": list(levels),
        "types": list(types.items()),
        "statuts": [[value, label, signs.get(value), weights.get(value)] for value, label in statuses.items()],
        "facettes": [
            {"nom": facet.name, "texte": facet.in_text, "choix": list(facet.choices.items())} for facet in questions
        ],
        "cops": [[getattr(row, name) for name in COLUMNS] for row in rows],
    }


def _cop(cop: Cop, ranks: Ranks) -> CopRow:
    return CopRow(
        id=cop.id,
        nom=cop.nom,
        precision=cop.precision,
        niveau=ranks.levels[cop.collectivite.type],
        code=cop.collectivite.code,
        collectivite=cop.collectivite_nom,
        type=ranks.types[cop.type],
        statut=ranks.statuses[cop.statut_affiche],
        facettes=[[rank_of[value] for value in facet.values(cop)] for facet, rank_of in ranks.facets],
        inscrite=cop.inscrite_le,
        verifiee=cop.verifiee,
        place=_thousandths(cop.position),
        mots=" ".join(other_names(cop)),
        perimetre=cop.perimetre,
    )
