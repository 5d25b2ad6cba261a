"""The usual name of an EPCI, worked out from the official one where nobody has written it yet."""

import re
from typing import NamedTuple

from generator.french import fold

_SIGN = r"(?:CC|CA|CU|Communauté (?:de communes|d’agglomération|urbaine))"
_OFFICIAL = re.compile(rf"(?:{_SIGN} )?(?P<article>de la |de l’|du |des |de |d’)?(?P<nom>.+?)(?: \([^)]*\))?")


class UsualName(NamedTuple):
    """What stands in epci-noms.csv: the name, and what replaces « de » before it."""

    nom: str
    liaison: str


def find_usual(official: str) -> UsualName:
    """« CC du Pays d’Iroise » → Pays d’Iroise, du; « CA Redon Agglomération » → Redon Agglomération, de."""
    match = _OFFICIAL.fullmatch(official)
    assert match  # the name itself takes anything
    nom, article = match["nom"], (match["article"] or "").strip()
    if article not in ("", "de", "d’"):
        return UsualName(nom, article)
    if nom.startswith("Pays "):
        return UsualName(nom, "du")
    return UsualName(nom, "d’" if fold(nom)[:1] in tuple("aeiou") else "de")
