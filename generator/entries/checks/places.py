"""The collectivité that a file names, held against the reference territories.

A postal code is often also the INSEE code of another commune (in Brittany, 88 of 323), or a former one: the wrong
town would be published in silence, so what the contributor calls the place (`nom`) is compared with what the code says.
Which place a name or a code means is read by `territories.reading`, here as everywhere.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.entries.checks.reading import places, text
from generator.entries.corpus import Entry
from generator.entries.rules import DATA
from generator.french import enumeration, fold
from generator.problems.problem import NOWHERE, Edit, Problem, problem
from generator.territories.codes import describe_readings, luhn, read_code
from generator.territories.folders import REGION_FOLDER
from generator.territories.kinds import KINDS, Commune, Epci, Former, Holder, Named, Territoire
from generator.territories.reading import One, Several, agrees, read_place
from generator.territories.reference import Territories


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
        if former := territories.former_epci(code):
            yield _tell_former(entry, former)
        elif territory is None or (kind == "departement" and not territories.is_whole(code)):
            yield _tell_unknown(entry, territories, kind, code, nom)
        elif nom and not agrees(territories, nom, territory):
            yield _tell(entry, "nom", "nom-contredit-code", code=code, nom=nom, vrai=territory.nom, de=territory.de)


def _tell_former(entry: Entry, former: Former) -> Problem:
    """An EPCI that is no more: who took it over, where that is one alone."""
    first, *others = former.heirs
    if others:
        return _tell(
            entry, "code", "epci-partagee", code=former.code, ancien=former.nom, vrais=_name_with_codes(former.heirs)
        )
    return _tell(entry, "code", "ancien-code", first.code, code=former.code, ancien=former.nom, vrai=first.nom)


def _check_commune(entry: Entry, territories: Territories, code: str, nom: str) -> Iterator[Problem]:
    readings = read_code(territories, code) if len(code) == 5 else ()  # a SIREN is of no commune's file
    commune = territories.communes.get(code)
    if commune is None:
        yield _tell_not_insee(entry, territories, code, nom, readings)
    elif not nom:
        others = [named.place for named in readings if named.place != commune]
        if others:
            names = _name_with_codes(others)
            yield _tell(entry, "code", "code-ambigu", code=code, vrai=commune.nom, de=commune.de, autres=names)
    elif not agrees(territories, nom, commune):
        yield _tell_mismatch(entry, territories, commune, nom, readings)


def _tell_not_insee(entry: Entry, territories: Territories, code: str, nom: str, readings: Sequence[Named]) -> Problem:
    """A code that is no commune's today: the name says which of its readings is meant."""
    meant = [named for named in readings if nom and agrees(territories, nom, named.place)]
    found = meant or readings
    if not found:
        return _tell_unknown(entry, territories, "commune", code, nom)
    if len(found) == 1 and nom and not meant:
        place = found[0].place
        return _tell(entry, "nom", "nom-contredit-code", code=code, nom=nom, vrai=place.nom, de=place.de)
    if len(found) == 1:
        return _tell_only_reading(entry, territories, code, found[0])
    if all(named.how == "code-postal" for named in found):
        names = _name_with_codes([named.place for named in found])
        return _tell(entry, "code", "code-postal-partage", code=code, communes=names)
    return _tell(entry, "code", "code-a-deux-lectures", code=code, lectures=describe_readings(found))


def _tell_only_reading(entry: Entry, territories: Territories, code: str, named: Named) -> Problem:
    place = named.place
    if named.how == "code-postal":
        return _tell(entry, "code", "code-postal", place.code, code=code, vrai=place.de)
    old = territories.anciennes[code].nom or "une ancienne commune"
    return _tell(entry, "code", "ancien-code", place.code, code=code, ancien=old, vrai=place.nom)


def _tell_mismatch(
    entry: Entry, territories: Territories, commune: Commune, nom: str, readings: Sequence[Named]
) -> Problem:
    """The name is not that of the commune that has this code."""
    meant = [named.place for named in readings if agrees(territories, nom, named.place)]
    named = read_place(territories, nom)
    if len(meant) == 1:
        values = {"code": commune.code, "autre": commune.de, "vrai": meant[0].de}
        return _tell(entry, "code", "code-postal-pris", meant[0].code, **values)
    match named:
        case One(place=Commune() as other):
            values = {"code": commune.code, "autre": commune.de, "vrai": other.de}
            return _tell(entry, "code", "code-d-une-autre", other.code, **values)
        case One(place=Epci() as epci):
            values = {"code": commune.code, "nom": nom, "vrai": commune.de, "siren": epci.code}
            return _tell(entry, "nom", "nom-d-une-intercommunalite", **values)
    return _tell(entry, "nom", "nom-contredit-code", code=commune.code, nom=nom, vrai=commune.nom, de=commune.de)


def _tell_unknown(entry: Entry, territories: Territories, kind: str, code: str, nom: str) -> Problem:
    """A code of nobody: which one is meant, where the name says it."""
    match read_place(territories, nom, kind=kind):
        case One(place=place) if kind in ("commune", "epci"):
            return _tell(entry, "code", f"{kind}-inconnue-nommee", place.code, code=code, vrai=place.nom)
        case Several(places=namesakes) if kind == "commune":
            names = enumeration((f"{c.code} ({c.nom}, {_departement(territories, c)})" for c in namesakes), "ou")
            return _tell(entry, "code", "commune-homonyme", code=code, communes=names)
    covered = describe_covered(territories, kind) if kind in ("departement", "region") else {}
    return _tell(entry, "code", f"{kind}-inconnue", code=code, **covered)


def describe_covered(territories: Territories, kind: str) -> dict[str, str]:
    """The départements, or the regions, of this directory: what the sentences on an unknown one say of them."""
    covered = territories.covered(kind)
    return {"couverts": _name_with_codes(covered, "et"), "codes": enumeration((place.code for place in covered), "ou")}


def _name_with_codes(places: Iterable[Territoire], last: str = "ou") -> str:
    return enumeration((f"{place.nom} ({place.code})" for place in dict.fromkeys(places)), last)


def check_folder(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """A file lies in the folder of a département of its collectivité; the Région has its own."""
    kind, code = _text(entry.data, "type"), _text(entry.data, "code")
    allowed: tuple[str, ...]
    if kind == "region":
        allowed = (REGION_FOLDER,)
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
            where = "perimetre", index
            yield _tell_former_code(entry, territories, where, code) or entry.problem(
                where, "perimetre-inconnu", code=code
            )


def check_territoires(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """Each code of a news item's `territoires` has its page in the directory."""
    value = entry.data.get("territoires")
    for index, code in enumerate(value if isinstance(value, list) else []):
        if isinstance(code, str) and code and not any(territories.collectivite(kind, code) for kind in KINDS):
            where = "territoires", index
            yield _tell_former_code(entry, territories, where, code) or entry.problem(
                where, "territoire-inconnu", code=code
            )


def _tell_former_code(entry: Entry, territories: Territories, where: tuple[str, int], code: str) -> Problem | None:
    """A code of a list that was a commune's or an EPCI's, which another alone took over."""
    old, former = territories.anciennes.get(code), territories.former_epci(code)
    if old:
        nom: str = old.nom or "une ancienne commune"
        heir: Holder = territories.communes[old.chef_lieu]
    elif former and len(former.heirs) == 1:
        nom, heir = former.nom, former.heirs[0]
    else:
        return None
    quoted = f'"{heir.code}"'
    fix = Edit(*entry.source.span(where), quoted)
    return entry.problem(where, "ancien-code", fix, code=code, ancien=nom, vrai=heir.nom, juste=quoted)


def check_places(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """The INSEE code of a meeting's place is no postal code nor a former one; outside the reference it may be any."""
    for where, lieu in (pair for path in DATA["places"] for pair in places(entry.data, path)):
        code, nom, adresse = (text(lieu, key) for key in ("code", "nom", "adresse"))
        found = _find_meant(territories, code, f"{nom} {adresse}")
        if found:
            communes = tuple(dict.fromkeys(named.place for named in found))
            names = enumeration((f"{c.code} pour {c.nom}" for c in communes), "ou")
            place = (*where, "code")
            fix = Edit(*entry.source.span(place), f'"{communes[0].code}"') if len(communes) == 1 else None
            sorts = {named.how for named in found}
            if len(sorts) > 1:
                yield entry.problem(place, "lieu-a-deux-lectures", code=code, lectures=describe_readings(found))
            else:
                sort = "lieu-ancien-code" if "ancien-code" in sorts else "lieu-code-postal"
                yield entry.problem(place, sort, fix, code=code, communes=names)


def _find_meant(territories: Territories, code: str, description: str) -> Sequence[Named]:
    """What a code means that is not the INSEE code of the place, its readings that the place names if it names some."""
    readings = read_code(territories, code) if len(code) == 5 else ()
    folded = f" {fold(description)} "
    named = [reading for reading in readings if _is_named_in(folded, reading.place)]
    if not readings or readings[0].how != "insee":
        return named or readings
    return [] if readings[0] in named else named


def _is_named_in(folded: str, place: Territoire) -> bool:
    names = (place.nom, *getattr(place, "anciens_noms", ()))
    return any(f" {fold(nom)} " in folded for nom in names)


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
