"""The files that the form in the browser reads: what to say of each mistake, the territories, the town halls.

Fetched on first use only, so each stays small; the town halls go by département, and only their own is fetched when a
commune is chosen. The communes themselves are in the finder's file (see `finder`).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from generator.entries.checks.privacy import ROLES
from generator.entries.rules import DATA
from generator.french import MONTHS, fold
from generator.model.annuaire import Annuaire
from generator.opendata.exports import head
from generator.problems.renderings import sentences_of_form
from generator.repository.settings import Settings
from generator.territories.kinds import Commune
from generator.territories.reference import Territories

Json = dict[str, Any]


def make_files(annuaire: Annuaire, settings: Settings) -> dict[str, bytes]:
    """Each file by its path from the root of the site."""
    about = head(annuaire, settings)
    territories = annuaire.territories
    return {
        "donnees/formulaire.json": _bytes(about | _form(annuaire, settings)),
        "donnees/collectivites.json": _bytes(about | _territories(territories)),
        **{
            f"donnees/mairies/{d}.json": _bytes(about | {"mairies": town_halls})
            for d, town_halls in _town_halls(territories).items()
        },
    }


def _bytes(value: Json) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _form(annuaire: Annuaire, settings: Settings) -> Json:
    return {
        "problemes": sentences_of_form(),
        "mots_de_fonction": sorted(ROLES),
        "regles": DATA,
        "mois": list(map(fold, MONTHS)),
        "bases": annuaire.context.labels.read_notes("cop.type", "x-base-legale"),
        "echeances": settings.echeances,
        "formations": {formation.id: formation.titre for formation in annuaire.formations},
        "anciens_ids": {old_id: cop.id for cop in annuaire.cops for old_id in cop.anciens_ids},
    }


def _territories(territories: Territories) -> Json:
    """What the finder's file does not say: how « de » is said before a name, former codes, EPCI, larger territories."""
    return {
        "liaisons": _liaisons(territories.communes.values()),
        "anciennes": [
            [a.code, a.chef_lieu, a.nom] if a.nom else [a.code, a.chef_lieu] for a in territories.anciennes.values()
        ],
        "epci": [
            [epci.code, epci.nom, epci.liaison, " ".join(epci.departements), "|".join(epci.autres_noms)]
            for epci in territories.epci.values()
        ],
        "departements": [
            [territory.code, territory.nom, territory.liaison] for territory in territories.departements.values()
        ],
        "regions": [
            [
                territory.code,
                territory.nom,
                territory.liaison,
                " ".join(territories.departements_of("region", territory.code)),
            ]
            for territory in territories.regions.values()
        ],
    }


def _liaisons(communes: Iterable[Commune]) -> dict[str, str]:
    """INSEE codes by what stands in place of « de »; a commune that is not there takes « de »."""
    codes = defaultdict(list)
    for commune in communes:
        if commune.liaison != "de":
            codes[commune.liaison].append(commune.code)
    return {liaison: " ".join(members) for liaison, members in sorted(codes.items())}


def _town_halls(territories: Territories) -> Mapping[str, dict[str, dict[str, str]]]:
    """By département, then by INSEE code: the address of a role and the site, where there are some."""
    town_halls: dict[str, dict[str, dict[str, str]]] = {d: {} for d in territories.departements}
    for code, mairie in territories.mairies.items():
        contact = {"courriel": mairie.courriel, "site": mairie.site}
        if any(contact.values()) and code in territories.communes:
            departement = territories.communes[code].departement
            town_halls[departement][code] = {name: value for name, value in contact.items() if value}
    return town_halls
