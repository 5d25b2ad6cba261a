"""The files that the forms in the browser read: what to say of each mistake, the territories, the town halls.

Fetched on first use only, so each stays small; the town halls go by département, and only their own is fetched when a
commune is chosen. The communes themselves are in the finder's file (see `finder`).
"""

from collections.abc import Mapping

from generator.entries.checks.places import describe_covered
from generator.entries.checks.privacy import ROLES
from generator.entries.rules import DATA
from generator.entries.schemas.schema import Schema
from generator.french import MONTHS, fold
from generator.model.annuaire import Annuaire
from generator.opendata.cells import BEGINNING
from generator.opendata.exports import Json, head, write_line
from generator.opendata.headings import group_by_title
from generator.opendata.titles import ASIDE, TOP
from generator.problems.renderings import sentences_of_form, sentences_of_table
from generator.repository.settings import Settings
from generator.territories.codes import SORTS
from generator.territories.kinds import Territoire
from generator.territories.reference import Territories


def make_files(annuaire: Annuaire, settings: Settings, schema: Schema) -> dict[str, bytes]:
    """Each file by its path from the root of the site."""
    about = head(annuaire, settings)
    territories = annuaire.territories
    return {
        "donnees/formulaire.json": write_line(about | _form(annuaire, settings)),
        "donnees/import.json": write_line(about | _table(schema)),
        "donnees/collectivites.json": write_line(about | _territories(territories)),
        **{
            f"donnees/mairies/{d}.json": write_line(about | {"mairies": town_halls})
            for d, town_halls in _town_halls(territories).items()
        },
    }


def _form(annuaire: Annuaire, settings: Settings) -> Json:
    return {
        "problemes": sentences_of_form(),
        "mots_de_fonction": sorted(ROLES),
        "regles": {name: rules for name, rules in DATA.items() if name != "table"} | {"texts": _list_text_rules()},
        "mois": list(map(fold, MONTHS)),
        "echeances": settings.echeances,
        "formations": {formation.id: formation.titre for formation in annuaire.formations},
        "organisateurs": {formation.id: formation.organisateur.nom for formation in annuaire.formations},
        "actualites": {actualite.id: actualite.titre for actualite in annuaire.actualites},
        "anciens_ids": {old_id: cop.id for cop in annuaire.cops for old_id in cop.anciens_ids},
    }


def _list_text_rules() -> list[Json]:
    """A form asks each answer: what a whole file must hold first is of no use to it."""
    return [{name: value for name, value in rule.items() if name != "hint"} for rule in DATA["texts"]]


def _table(schema: Schema) -> Json:
    """What the page where cells are pasted needs besides: the titles that people write, what only a table can hold."""
    return {
        "titres": {title: column.name for title, column in group_by_title(schema).items()},
        "problemes": sentences_of_table(),
        "regles": DATA["table"]
        | {"beginning": BEGINNING, "aside": ASIDE}
        | {name: DATA["patterns"][name] for name in ("hidden", "no_answer")},
        "dessus": TOP,
    }


def _territories(territories: Territories) -> Json:
    """What the finder's file does not say: the words by which sentences name places, what former codes were called."""
    kinds: list[Mapping[str, Territoire]] = [
        territories.communes, territories.epci, territories.departements, territories.regions
    ]  # fmt: skip
    places = [place for kind in kinds for place in kind.values()]
    return {
        "de": {place.code: place.de for place in places if place.de != f"de {place.nom}"},
        "lectures": SORTS,
        "anciennes": {old.code: old.nom for old in territories.anciennes.values() if old.nom},
        "couverts": {kind: describe_covered(territories, kind) for kind in ("departement", "region")},
    }


def _town_halls(territories: Territories) -> Mapping[str, dict[str, dict[str, str]]]:
    """By département, then by INSEE code: the address of a role and the site, where there are some."""
    town_halls: dict[str, dict[str, dict[str, str]]] = {d: {} for d in territories.departements}
    for code, mairie in territories.mairies.items():
        contact = {"courriel": mairie.courriel, "site": mairie.site}
        if any(contact.values()) and code in territories.communes:
            departement = territories.communes[code].departement
            town_halls[departement][code] = {name: value for name, value in contact.items() if value}
    return town_halls
