"""What a new vintage changes, in words, for the person who reads it before it is kept."""

from collections.abc import Iterator

from generator.french import enumeration, nombre
from generator.territories.kinds import Territoire
from generator.territories.reference import Territories
from generator.territories.refresh.heirs import follow_commune, follow_epci


def tell_changes(former: Territories, present: Territories) -> list[str]:
    """A sentence for each change; empty where the two vintages say the same."""
    return [*_tell_communes(former, present), *_tell_moves(former, present), *_tell_epci(former, present)]


def tell_counts(present: Territories) -> str:
    return f"{nombre(len(present.communes))} communes, {len(present.epci)} intercommunalités."


def _tell_communes(former: Territories, present: Territories) -> Iterator[str]:
    for code, commune in former.communes.items():
        now = present.communes.get(code)
        if now is None:
            (heir,) = follow_commune(code, former, present)
            if heir in present.communes:
                yield f"{commune.avec_code} est réunie à {present.communes[heir].avec_code} : son adresse y mène."
            else:
                yield f"{commune.avec_code} sort de l’annuaire : son adresse mène à {present.departements[heir].nom}."
        elif now.nom != commune.nom:
            yield f"{commune.avec_code} s’appelle maintenant {now.nom}."
    for code, commune in present.communes.items():
        if code not in former.communes:
            old = former.anciennes.get(code)
            before = former.communes.get(old.chef_lieu) if old else None
            yield (
                f"{commune.avec_code} est de nouveau une commune : elle faisait partie {before.de}."
                if before
                else f"{commune.avec_code} entre dans l’annuaire."
            )


def _tell_moves(former: Territories, present: Territories) -> Iterator[str]:
    """The communes that change of EPCI, but for those of an EPCI that vanishes as a whole."""
    for code, commune in present.communes.items():
        before = former.communes.get(code)
        if before and before.epci != commune.epci and (before.epci is None or before.epci in present.epci):
            yield f"{commune.avec_code} passe {_of(former, before.epci)} {_to(present, commune.epci)}."


def _of(territories: Territories, epci: str | None) -> str:
    return f"de « {territories.epci[epci].nom} »" if epci else "d’aucune intercommunalité"


def _to(territories: Territories, epci: str | None) -> str:
    return f"à « {territories.epci[epci].nom} »" if epci else "à aucune"


def _tell_epci(former: Territories, present: Territories) -> Iterator[str]:
    for code, epci in former.epci.items():
        now = present.epci.get(code)
        if now is None:
            heirs = follow_epci(code, former, present)
            places: list[Territoire] = [present.epci.get(heir) or present.departements[heir] for heir in heirs]
            names = enumeration(f"« {place.nom} »" for place in places)
            more = f" ; son adresse mène à « {places[0].nom} »" if len(places) > 1 else " : son adresse y mène"
            yield f"« {epci.nom} » ({code}) n’existe plus ; ses communes vont à {names}{more}."
        elif now.nom != epci.nom:
            yield f"« {epci.nom} » ({code}) s’appelle maintenant « {now.nom} » : son ancienne adresse y mène."
    for code, epci in present.epci.items():
        if code not in former.epci:
            yield f"« {epci.nom} » ({code}) est une nouvelle intercommunalité, de {len(epci.membres)} communes."
