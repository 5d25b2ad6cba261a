"""What the directory derives of an entry, beside what was typed: each field bears its French title, in
the order of the columns."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from generator.model.cop import OUT_OF_COUNT_AFTER, Cop
from generator.model.formation import Formation
from generator.repository.settings import Settings


def _title(title: str) -> Any:
    return dataclasses.field(metadata={"title": title})


@dataclass(frozen=True, slots=True)
class CopDerive:
    """What the directory derives of a COP, beside what was typed."""

    url: str = _title("Adresse de la page")
    statut_affiche: str = _title("Statut affiché : « a-confirmer » quand le mandat d’une COP active est échu")
    comptee: bool = _title("Comptée dans le compteur")
    fraiche: bool = _title(f"Fiche écrite ou vérifiée depuis moins de {OUT_OF_COUNT_AFTER} mois")
    verifiee: str = _title("Jour de la dernière vérification ; sans elle, celui où la fiche a été écrite")
    collectivite_nom: str = _title("Nom de la collectivité")
    departements: tuple[str, ...] = _title("Codes des départements")
    epci: tuple[str, ...] = _title("Codes SIREN des intercommunalités")
    epci_noms: tuple[str, ...] = _title("Noms des intercommunalités")
    longitude: float | None = _title("Longitude d’un point de la collectivité, en degrés (WGS 84)")
    latitude: float | None = _title("Latitude du même point, en degrés (WGS 84)")

    @classmethod
    def of(cls, cop: Cop, settings: Settings) -> "CopDerive":
        longitude, latitude = cop.position or (None, None)
        return cls(
            url=settings.site_url + cop.adresse,
            statut_affiche=cop.statut_affiche,
            comptee=cop.comptee,
            fraiche=cop.fraiche,
            verifiee=cop.verifiee,
            collectivite_nom=cop.collectivite_nom,
            departements=tuple(departement.code for departement in cop.departements),
            epci=tuple(epci.code for epci in cop.epcis),
            epci_noms=tuple(epci.nom for epci in cop.epcis),
            longitude=longitude,
            latitude=latitude,
        )


@dataclass(frozen=True, slots=True)
class FormationDerive:
    """What the directory derives of a training."""

    url: str = _title("Adresse de la page")
    prochaine_session: str | None = _title("Début de la prochaine session")
    sessions_a_venir: int = _title("Nombre de sessions à venir, annulées comprises")

    @classmethod
    def of(cls, formation: Formation, settings: Settings) -> "FormationDerive":
        return cls(
            url=settings.site_url + formation.adresse,
            prochaine_session=formation.prochaine.quand if formation.prochaine else None,
            sessions_a_venir=len(formation.sessions_a_venir),
        )
