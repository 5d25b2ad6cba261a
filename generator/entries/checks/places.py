"""The collectivité that a file names, held against the reference territories.

A postal code is often also the INSEE code of another commune (in Brittany, 88 of 323), or a former one: the wrong
town would be published in silence, so what the contributor calls the place (`nom`) is compared with what the code says.
Which place a name or a code means is read by `territories.reading`, here as everywhere.
"""

from collections.abc import Iterable, Iterator, Sequence

from generator.entries.checks.reading import places, text, texts
from generator.entries.corpus import Entry
from generator.entries.rules import DATA
from generator.entries.yaml.source import Where
from generator.french import enumeration, fold
from generator.problems.problem import NOWHERE, Edit, Problem, problem
from generator.territories.codes import describe_readings, luhn, read_code
from generator.territories.folders import REGION_FOLDER
from generator.territories.kinds import Commune, Epci, Named, Territoire
from generator.territories.reading import One, Several, agrees, read_place
from generator.territories.reference import Territories


def check_collectivite(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """The code exists, and the name beside it is its own."""
    kind, code, nom = (text(entry.data, "collectivite", key) for key in ("type", "code", "nom"))
    if not (kind and code):
        return
    former, heirs = _find_former(territories, code) if kind == "epci" else ("", ())
    if kind in {"epci", "syndicat-mixte"} and code.isdigit() and len(code) == 9 and not luhn(code):
        yield _tell(entry, CODE, "siren-faux", code=code)
    elif kind == "commune" and (epci := territories.epci.get(code)):
        yield _tell(entry, CODE, "code-d-une-intercommunalite", valeur=code, vrai=epci.nom)
    elif kind == "commune":
        yield from _check_commune(entry, territories, code, nom)
    elif kind == "epci" and len(heirs) == 1:
        yield _tell_heir(entry, CODE, code, former, heirs[0])
    elif kind == "epci" and heirs:
        yield _tell(entry, CODE, "epci-partagee", code=code, ancien=former, vrais=_name_with_codes(heirs))
    elif kind in {"epci", "departement", "region"}:
        territory = territories.collectivite(kind, code)
        if territory is None or (kind == "departement" and not territories.is_whole(code)):
            yield _tell_unknown(entry, territories, kind, code, nom)
        elif nom and not agrees(territories, nom, territory):
            yield _contradict(entry, code, nom, territory)


def _check_commune(entry: Entry, territories: Territories, code: str, nom: str) -> Iterator[Problem]:
    readings = read_code(territories, code) if len(code) == 5 else ()  # a SIREN is of no commune's file
    named = [reading for reading in readings if nom and agrees(territories, nom, reading.place)]
    commune = territories.communes.get(code)
    if commune is None:
        yield _tell_not_insee(entry, territories, code, nom, readings, named)
    elif nom and not agrees(territories, nom, commune):
        yield _tell_mismatch(entry, territories, commune, nom, named)
    elif not nom and (others := [reading.place for reading in readings if reading.place != commune]):
        names = _name_with_codes(others)
        yield _tell(entry, CODE, "code-ambigu", code=code, vrai=commune.nom, de=commune.de, autres=names)


def _tell_not_insee(
    entry: Entry, territories: Territories, code: str, nom: str, readings: Sequence[Named], named: Sequence[Named]
) -> Problem:
    """A code that is no commune's today: the name says which of its readings is meant."""
    meant = named or readings
    if not meant:
        return _tell_unknown(entry, territories, "commune", code, nom)
    if len(meant) > 1 and all(reading.how == "code-postal" for reading in meant):
        names = _name_with_codes(reading.place for reading in meant)
        return _tell(entry, CODE, "code-postal-partage", code=code, communes=names)
    if len(meant) > 1:
        return _tell(entry, CODE, "code-a-deux-lectures", code=code, lectures=describe_readings(meant))
    place, how = meant[0]
    if nom and not named:
        return _contradict(entry, code, nom, place)
    if how == "code-postal":
        return _tell(entry, CODE, "code-postal", place.code, code=code, vrai=place.de)
    return _tell_heir(entry, CODE, code, _find_former(territories, code)[0], place)


def _tell_mismatch(
    entry: Entry, territories: Territories, commune: Commune, nom: str, named: Sequence[Named]
) -> Problem:
    """The name is not that of the commune that has this code."""
    values = {"code": commune.code, "autre": commune.de}
    if len(named) == 1:
        place = named[0].place
        return _tell(entry, CODE, "code-postal-pris", place.code, **values, vrai=place.de)
    match read_place(territories, nom):
        case One(place=Commune() as other):
            return _tell(entry, CODE, "code-d-une-autre", other.code, **values, vrai=other.de)
        case One(place=Epci() as epci):
            values = {"code": commune.code, "nom": nom, "vrai": commune.de, "siren": epci.code}
            return _tell(entry, NOM, "nom-d-une-intercommunalite", **values)
    return _contradict(entry, commune.code, nom, commune)


def _tell_unknown(entry: Entry, territories: Territories, kind: str, code: str, nom: str) -> Problem:
    """A code of nobody: which one is meant, where the name says it."""
    match read_place(territories, nom, kind=kind):
        case One(place=place) if kind in ("commune", "epci"):
            return _tell(entry, CODE, f"{kind}-inconnue-nommee", place.code, code=code, vrai=place.nom)
        case Several(places=namesakes) if kind == "commune":
            names = enumeration((f"{c.code} ({c.nom}, {_departement(territories, c)})" for c in namesakes), "ou")
            return _tell(entry, CODE, "commune-homonyme", code=code, communes=names)
    covered = describe_covered(territories, kind) if kind in ("departement", "region") else {}
    return _tell(entry, CODE, f"{kind}-inconnue", code=code, **covered)


def describe_covered(territories: Territories, kind: str) -> dict[str, str]:
    """The départements, or the regions, of this directory: what the sentences on an unknown one say of them."""
    covered = territories.covered(kind)
    return {"couverts": _name_with_codes(covered, "et"), "codes": enumeration((place.code for place in covered), "ou")}


def _name_with_codes(places: Iterable[Territoire], last: str = "ou") -> str:
    return enumeration((f"{place.nom} ({place.code})" for place in dict.fromkeys(places)), last)


def check_folder(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """A file lies in the folder of a département of its collectivité; the Région has its own."""
    kind, code = (text(entry.data, "collectivite", key) for key in ("type", "code"))
    allowed: tuple[str, ...]
    if kind == "region":
        allowed = (REGION_FOLDER,)
    elif kind == "syndicat-mixte":
        members = texts(entry.data, "perimetre")
        allowed = tuple(sorted({d for member in members for d in _departements(territories, member)}))
    else:
        allowed = territories.departements_of(kind, code)
    if allowed and entry.folder not in allowed:
        place = f"cops/{allowed[0]}/{entry.id}.yml"
        yield problem(entry.path, (NOWHERE, NOWHERE), "mauvais-dossier", dossier=entry.folder, place=place)


def check_codes(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """Each code of the lists of territories is that of one that is there, of the kinds that its list may hold."""
    for key, about in DATA["codes"].items():
        kinds = DATA["kinds"][about["motif"]]
        for index, code in enumerate(texts(entry.data, key)):
            if not code or any(territories.collectivite(kind, code) for kind in kinds):
                continue
            former, heirs = _find_former(territories, code)
            if len(heirs) == 1:
                yield _tell_heir(entry, (key, index), code, former, heirs[0])
            else:
                yield _tell(entry, (key, index), about["unknown"], code=code)


def check_places(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """The INSEE code of a meeting's place is no postal code nor a former one; outside the reference it may be any."""
    for where, lieu in (pair for path in DATA["places"] for pair in places(entry.data, path)):
        code, nom, adresse = (text(lieu, key) for key in ("code", "nom", "adresse"))
        found, place = _find_meant(territories, code, f"{nom} {adresse}"), (*where, "code")
        sorts = {named.how for named in found}
        if len(sorts) > 1:
            yield _tell(entry, place, "lieu-a-deux-lectures", code=code, lectures=describe_readings(found))
        elif found:
            communes = tuple(dict.fromkeys(named.place for named in found))
            names = enumeration((f"{c.code} pour {c.nom}" for c in communes), "ou")
            sort = "lieu-ancien-code" if "ancien-code" in sorts else "lieu-code-postal"
            right = communes[0].code if len(communes) == 1 else None
            yield _tell(entry, place, sort, right, code=code, communes=names)


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


def _find_former(territories: Territories, code: str) -> tuple[str, Sequence[Territoire]]:
    """What a code that is no territory's any more was called, and who took it over: nobody for any other code."""
    if old := territories.anciennes.get(code):
        return old.nom or "une ancienne commune", (territories.communes[old.chef_lieu],)
    former = territories.former_epci(code)
    return (former.nom, former.heirs) if former else ("", ())


CODE, NOM = ("collectivite", "code"), ("collectivite", "nom")


def _tell_heir(entry: Entry, where: Where, code: str, former: str, heir: Territoire) -> Problem:
    return _tell(entry, where, "ancien-code", heir.code, code=code, ancien=former, vrai=heir.nom)


def _contradict(entry: Entry, code: str, nom: str, place: Territoire) -> Problem:
    return _tell(entry, NOM, "nom-contredit-code", code=code, nom=nom, vrai=place.nom, de=place.de)


def _tell(entry: Entry, where: Where, code: str, right: str | None = None, /, **values: object) -> Problem:
    if right is None:
        return entry.problem(where, code, **values)
    # Between quotes, so that an editor or a spreadsheet keeps a code as it is.
    quoted = f'"{right}"'
    return entry.problem(where, code, Edit(*entry.source.span(where), quoted), **values, juste=quoted)
