"""The files that the site's own scripts read: the communes, for who types one, the directory in short, its summaries.

Fetched on first use only, so each must stay small: rows without keys, closed values as ranks in a list.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.french import slug, typographie
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.facets import Facet, list_facets
from generator.model.signs import Sign, find_last_sign
from generator.opendata.exports import Json, head, write_line
from generator.repository.settings import Settings
from generator.territories.kinds import Commune, Departement, Point, Region
from generator.territories.names import WORDS, initials


def make_files(annuaire: Annuaire, settings: Settings) -> dict[str, bytes]:
    """The files by path from the root of the site."""
    about = head(annuaire, settings)
    summaries = {cop.id: typographie(cop.resume) for cop in annuaire.cops}
    return {
        "donnees/communes.json": write_line(about | _places(annuaire)),
        "donnees/annuaire.json": write_line(about | _directory(annuaire)),
        "donnees/resumes.json": write_line(about | {"resumes": summaries}),
    }


def _thousandths(place: Point | None) -> list[int]:
    """Longitude and latitude in thousandths of a degree: a hundred metres is enough to say « à 12 km »."""
    return [round(1000 * degrees) for degrees in place] if place else []


def _places(annuaire: Annuaire) -> Json:
    """Every place, by what one may type of it, with the words that stand around names (see `territories.names`)."""
    territories = annuaire.territories
    alone = [commune for commune in territories.communes.values() if not commune.epci]
    return {
        "colonnes": "code nom codes_postaux longitude latitude anciens_noms anciens_codes nom_br".split(),
        "mots": WORDS,
        "ailleurs": " ".join(sorted(territories.elsewhere)),
        "sans_page": " ".join(_list_without_page(annuaire)),
        "homonymes": {c.code: c.slug for c in territories.communes.values() if c.slug != slug(c.nom)},
        "regions": [[*_area(region), region.code, region.prefecture] for region in territories.regions.values()],
        "departements": {
            d.code: [*_area(d), int(territories.is_whole(d.code))] for d in territories.departements.values()
        },
        "anciens_epci": {
            former.code: [former.nom, " ".join(heir.code for heir in former.heirs)]
            for former in territories.formers
            if former == territories.former_epci(former.code)
        },
        "epci": [
            ["", "", "", list(map(_commune, alone)), "", ""],
            *(
                [
                    epci.code,
                    epci.nom,
                    epci.slug,
                    [_commune(territories.communes[code]) for code in epci.membres],
                    "|".join(epci.autres_noms),
                    " ".join(initials(epci.nom, epci.nature)),
                ]
                for epci in territories.epci.values()
            ),
        ],
    }


def _list_without_page(annuaire: Annuaire) -> Iterator[str]:
    """Codes of the places that the reference knows and that are outside the perimeter, without any COP."""
    territories, inside = annuaire.territories, annuaire.context.in_perimeter
    yield from (code for code in territories.communes if not inside("commune", code))
    yield from sorted(territories.epci.keys() - {epci.code for epci in annuaire.epcis})
    yield from sorted(territories.departements.keys() - {area.code for area in annuaire.departements})


def _area(territory: Departement | Region) -> list[str]:
    """Its name, its address, and its Breton name."""
    return [territory.nom, territory.slug, territory.nom_br or ""]


def _commune(commune: Commune) -> list[Any]:
    """Its row, as `colonnes` names it, without the empty cells at its end."""
    position = _thousandths((commune.longitude, commune.latitude))
    more = ["|".join(commune.anciens_noms), " ".join(commune.anciens_codes), commune.nom_br or ""]
    while more and not more[-1]:
        more.pop()
    return [commune.code, commune.nom, " ".join(commune.codes_postaux), *position, *more]


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
    verifiee: str  # empty where nobody has
    dernier_signe: str  # AAAA, AAAA-MM or AAAA-MM-JJ; empty where nothing is dated
    place: list[int]  # longitude and latitude in thousandths of a degree; empty where unknown
    dossier: str  # of its file


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
    labels, questions = annuaire.labels, list_facets(annuaire)
    levels, types, statuses = (labels.choices(f"cop.{path}") for path in ("collectivite.type", "type", "statut"))
    signs = labels.read_notes("cop.statut", "x-signe")
    ranks = Ranks(_rank(levels), _rank(types), _rank(statuses), [(facet, _rank(facet.choices)) for facet in questions])
    rows = (_cop(cop, ranks, find_last_sign(annuaire, cop)) for cop in annuaire.cops)
    return {
        "colonnes": COLUMNS,
        "niveaux": list(levels),
        "types": list(types.items()),
        "statuts": [[value, label, signs.get(value)] for value, label in statuses.items()],
        "facettes": [{"nom": facet.name, "choix": list(facet.choices.items())} for facet in questions],
        "cops": [[getattr(row, name) for name in COLUMNS] for row in rows],
    }


def _cop(cop: Cop, ranks: Ranks, sign: Sign | None) -> CopRow:
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
        verifiee=cop.verifiee_le or "",
        dernier_signe=sign.jour if sign else "",
        place=_thousandths(cop.position),
        dossier=cop.dossier,
    )
