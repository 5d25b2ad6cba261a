"""The collectivité that a file names, held against the reference territories.

A postal code is often also the INSEE code of another commune (88 of the 323 Breton ones): the wrong town would be
published in silence, so what the contributor calls the place (`nom`) is compared with what the code says.
"""

from collections.abc import Iterator
from typing import Any

from generator.entries.checks.reading import places, text
from generator.entries.corpus import Entry
from generator.entries.rules import DATA, WORDS
from generator.french import enumeration, fold
from generator.problems.problem import NOWHERE, Edit, Problem, problem
from generator.territories.kinds import Commune, Territoire
from generator.territories.reference import Territories, name_key

_GENERIC = WORDS["of_places"]


def check_collectivite(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """The code exists, and the name beside it is its own."""
    kind, code, nom = (_text(entry.data, key) for key in ("type", "code", "nom"))
    if not (kind and code):
        return
    if kind in {"epci", "syndicat-mixte"} and code.isdigit() and len(code) == 9 and not luhn(code):
        yield _tell(entry, "code", "siren-faux", code=code)
    elif kind == "commune" and (epci := territories.epci.get(code)):
        yield _tell(entry, "code", "code-d-une-intercommunalite", valeur=code, vrai=epci.nom)
    elif kind == "commune":
        yield from _check_commune(entry, territories, code, nom)
    elif kind in {"epci", "departement", "region"}:
        territory = territories.collectivite(kind, code)
        if territory is None:
            yield from _tell_unknown(entry, territories, kind, code, nom)
        elif nom and not _agrees(nom, territory):
            yield _tell(entry, "nom", "nom-contredit-code", code=code, nom=nom, vrai=territory.nom, de=territory.de)


def luhn(siren: str) -> bool:
    """The check digit of a SIREN (INSEE; Luhn, as on a bank card)."""
    doubled = [int(d) * (2 if index % 2 else 1) for index, d in enumerate(reversed(siren))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def _check_commune(entry: Entry, territories: Territories, code: str, nom: str) -> Iterator[Problem]:
    commune = territories.communes.get(code)
    postal = territories.by_postal(code)
    if commune is None:
        yield from _tell_not_insee(entry, territories, code, nom, postal)
    elif not nom:
        sharing = [c for c in postal if c.code != code]
        if sharing:
            names = enumeration((f"{c.nom} ({c.code})" for c in sharing), "ou")
            yield _tell(entry, "code", "code-ambigu", code=code, vrai=commune.nom, de=commune.de, autres=names)
    elif not _agrees(nom, commune):
        yield _tell_mismatch(entry, territories, commune, nom, postal)


def _tell_not_insee(
    entry: Entry, territories: Territories, code: str, nom: str, postal: tuple[Commune, ...]
) -> Iterator[Problem]:
    old = territories.anciennes.get(code)
    if old:
        new = territories.communes[old.chef_lieu]
        old_name = old.nom or "une ancienne commune"
        yield _tell(entry, "code", "ancien-code", new.code, code=code, ancien=old_name, vrai=new.nom)
        return
    candidates = [c for c in postal if nom and _agrees(nom, c)] or list(postal)
    if len(candidates) == 1:
        yield _tell(entry, "code", "code-postal", candidates[0].code, code=code, vrai=candidates[0].de)
    elif candidates:
        names = enumeration((f"{c.nom} ({c.code})" for c in candidates), "ou")
        yield _tell(entry, "code", "code-postal-partage", code=code, communes=names)
    else:
        yield from _tell_unknown(entry, territories, "commune", code, nom)


def _tell_mismatch(
    entry: Entry, territories: Territories, commune: Commune, nom: str, postal: tuple[Commune, ...]
) -> Problem:
    candidates = [c for c in postal if _agrees(nom, c)] or list(territories.by_name(nom))
    if len(candidates) == 1 and candidates[0] in postal:
        return _tell(
            entry,
            "code",
            "code-postal-pris",
            candidates[0].code,
            code=commune.code,
            autre=commune.de,
            vrai=candidates[0].de,
        )
    if len(candidates) == 1:
        values = {"code": commune.code, "autre": commune.de, "vrai": candidates[0].de}
        return _tell(entry, "code", "code-d-une-autre", candidates[0].code, **values)
    if len(epci := territories.epci_by_name(nom)) == 1 and not territories.by_name(nom):
        values = {"code": commune.code, "nom": nom, "vrai": commune.de, "siren": epci[0].code}
        return _tell(entry, "nom", "nom-d-une-intercommunalite", **values)
    return _tell(entry, "nom", "nom-contredit-code", code=commune.code, nom=nom, vrai=commune.nom, de=commune.de)


def _tell_unknown(entry: Entry, territories: Territories, kind: str, code: str, nom: str) -> Iterator[Problem]:
    named: tuple[Territoire, ...] = ()
    if kind == "commune":
        named = territories.by_name(nom) if nom else ()
    elif kind == "epci":
        named = territories.epci_by_name(nom) if nom else ()
    if len(named) == 1:
        yield _tell(entry, "code", f"{kind}-inconnue-nommee", named[0].code, code=code, vrai=named[0].nom)
    elif named and kind == "commune":
        names = enumeration((f"{c.code} ({c.nom}, {_departement(territories, c)})" for c in named), "ou")
        yield _tell(entry, "code", "commune-homonyme", code=code, communes=names)
    else:
        yield _tell(entry, "code", f"{kind}-inconnue", code=code)


def _agrees(nom: str, territory: Territoire) -> bool:
    """Whether this is a name of that territory; an EPCI is often called without its « Communauté »."""
    names = [territory.nom, *getattr(territory, "autres_noms", ())]
    if name_key(nom) in {name_key(name) for name in names}:
        return True
    if isinstance(territory, Commune):
        return False
    mine = set(fold(nom).split()) - _GENERIC
    return bool(mine) and any(mine == set(fold(name).split()) - _GENERIC for name in names)


def check_folder(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """A file lies in the folder of a département of its collectivité; the Région has its own."""
    kind, code = _text(entry.data, "type"), _text(entry.data, "code")
    allowed: tuple[str, ...]
    if kind == "region":
        allowed = ("bretagne",)
    elif kind == "syndicat-mixte":
        allowed = tuple(sorted({d for member in _perimetre(entry) for d in _departements(territories, member)}))
    else:
        allowed = territories.departements_of(kind, code)
    if allowed and entry.folder not in allowed:
        place = f"cops/{allowed[0]}/{entry.id}.yml"
        yield problem(entry.path, (NOWHERE, NOWHERE), "mauvais-dossier", dossier=entry.folder, place=place)


def check_perimetre(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """Each code of `perimetre` is a commune or an EPCI of the reference."""
    for index, code in enumerate(_perimetre(entry)):
        if code and not _departements(territories, code):
            yield entry.problem(("perimetre", index), "perimetre-inconnu", code=code)


def check_territoires(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """Each code of a news item's `territoires` has its page in the directory."""
    value = entry.data.get("territoires")
    for index, code in enumerate(value if isinstance(value, list) else []):
        kinds = ("commune", "epci", "departement", "region")
        if isinstance(code, str) and code and not any(territories.collectivite(kind, code) for kind in kinds):
            yield entry.problem(("territoires", index), "territoire-inconnu", code=code)


def check_places(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """The INSEE code of a meeting's place is no postal code; a place outside the reference may have any other."""
    for where, lieu in (pair for path in DATA["places"] for pair in places(entry.data, path)):
        code, nom, adresse = (text(lieu, key) for key in ("code", "nom", "adresse"))
        candidates = _find_communes(territories, code, f"{nom} {adresse}")
        if candidates:
            names = enumeration((f"{c.code} pour {c.nom}" for c in candidates), "ou")
            place = (*where, "code")
            fix = Edit(*entry.source.span(place), f'"{candidates[0].code}"') if len(candidates) == 1 else None
            yield entry.problem(place, "lieu-code-postal", fix, code=code, communes=names)


def _find_communes(territories: Territories, code: str, description: str) -> tuple[Commune, ...]:
    """The communes of a postal code given as an INSEE code, those that the place names if it names some."""
    postal = tuple(c for c in territories.by_postal(code) if c.code != code) if code else ()
    folded = f" {fold(description)} "
    named = tuple(c for c in postal if f" {fold(c.nom)} " in folded)
    commune = territories.communes.get(code)
    if commune is None:
        return () if code in territories.anciennes else named or postal
    return () if f" {fold(commune.nom)} " in folded else named


def _departement(territories: Territories, commune: Territoire) -> str:
    code = commune.departement if isinstance(commune, Commune) else ""
    return territories.departements[code].nom if code in territories.departements else code


def _departements(territories: Territories, code: str) -> tuple[str, ...]:
    return territories.departements_of("commune" if len(code) == 5 else "epci", code)


def _perimetre(entry: Entry) -> list[str]:
    value = entry.data.get("perimetre")
    return [item if isinstance(item, str) else "" for item in value] if isinstance(value, list) else []


def _text(data: Any, key: str) -> str:
    collectivite = data.get("collectivite")
    value = collectivite.get(key) if isinstance(collectivite, dict) else None
    return value if isinstance(value, str) else ""


def _tell(entry: Entry, key: str, code: str, right: str | None = None, /, **values: object) -> Problem:
    where = "collectivite", key
    if right is None:
        return entry.problem(where, code, **values)
    # Between quotes, so that an editor or a spreadsheet keeps a code as it is.
    quoted = f'"{right}"'
    return entry.problem(where, code, Edit(*entry.source.span(where), quoted), **values, juste=quoted)
