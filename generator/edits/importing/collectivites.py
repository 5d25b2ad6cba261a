"""The collectivité of one row: the one place that its cells name together, else which ones they may mean."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.edits.importing.findings import Correction, Finding, find_in_table
from generator.edits.importing.headings import Heading
from generator.edits.places import name_nearest
from generator.entries.yaml.source import Where
from generator.french import enumeration
from generator.harmless import visible
from generator.territories.codes import describe_readings
from generator.territories.kinds import KINDS, Commune, Territoire, kind_of
from generator.territories.names import find_kind
from generator.territories.reading import NoPlace, One, Reading, Several, read_place
from generator.territories.reference import Territories

Around = Sequence[tuple[Heading, str]]
"""What other columns tell of the place, the most precise first: its postal code, its EPCI, its département."""


def complete_place(
    row: int, data: dict[str, Any], places: Mapping[Where, Heading], around: Around, territories: Territories
) -> Iterator[Finding | Correction]:
    """Give an entry the type, the code and the name of its place, or say why it cannot be."""
    collectivite = data.get("collectivite", {})
    typed, code, nom = (collectivite.get(key, "") for key in ("type", "code", "nom"))
    kind = typed if typed in KINDS else find_kind(typed)
    if typed == "syndicat-mixte" or not (code or nom):
        return
    column = places.get(("collectivite", "code"))
    is_postal = bool(column and column.is_postal)
    reading = _read(territories, nom, code, kind, is_postal)
    if not isinstance(reading, One) and kind:
        reading = _read_larger(territories, around, kind) or reading
    if doubt := _find_stranger(territories, reading, around):
        heading, text = doubt
        values = {"valeur": text, "nom": nom or code}
        yield find_in_table(row, heading.index, heading.named, "lieux-contraires", **values)
        return
    reading = _narrow(territories, reading, around)
    if isinstance(reading, One):
        place = reading.place
        # A type that is none stays as it is typed: the check says which ones there are.
        own = typed if typed and not kind else kind_of(place)
        data["collectivite"] = {"type": own, "code": place.code, "nom": place.nom}
        if column and code not in ("", place.code):
            yield Correction(row, column.named, visible(code), place.code)
    elif column and is_postal and isinstance(reading, Several):
        names = enumeration((place.avec_code for place in reading.places), "ou")
        yield find_in_table(row, column.index, column.named, "code-postal-partage", code=code, communes=names)
    elif code and (known := kind or typed or _guess_kind(territories, code)):
        data["collectivite"] = {**collectivite, "type": known}
    elif column:
        lectures = describe_readings(reading.found) if isinstance(reading, Several) else ""
        problem = "code-a-deux-lectures" if lectures else "code-inconnu"
        yield find_in_table(row, column.index, column.named, problem, code=code, lectures=lectures)
    else:
        column = places["collectivite", "nom"]
        problem, values = _tell_unclear(territories, reading)
        yield find_in_table(row, column.index, column.named, problem, nom=nom, **values)


# What the cells mean --------------------------------------------------------------------------------------------------


def _read(territories: Territories, nom: str, code: str, kind: str, is_postal: bool) -> Reading:
    """A column of postal codes says that they are; an INSEE code that stands there beside its name is read too."""
    reading = read_place(territories, nom, f"cp {code}" if is_postal and code.isdigit() else code, kind)
    return read_place(territories, nom, code, kind) if is_postal and nom and isinstance(reading, NoPlace) else reading


def _read_larger(territories: Territories, around: Around, kind: str) -> One | None:
    """Of an intercommunalité, its town may stand in another column, before its own name."""
    readings = (
        read_place(territories, text, kind=kind) for heading, text in around if heading.column.place[-1] == "nom"
    )
    return next((reading for reading in readings if isinstance(reading, One)), None)


def _narrow(territories: Territories, reading: Reading, around: Around) -> Reading:
    """Of several places, the only one that lies in what the other columns tell."""
    if not isinstance(reading, Several):
        return reading
    told = list(_list_told(territories, around))
    found = [named for named in reading.found if all(_overlaps(territories, named.place, places) for places in told)]
    return One(found[0].place, found[0].how) if len({named.place for named in found}) == 1 else reading


def _find_stranger(territories: Territories, reading: Reading, around: Around) -> tuple[Heading, str] | None:
    """The first of the other columns that tells a place elsewhere."""
    if isinstance(reading, NoPlace):
        return None
    found = reading.places if isinstance(reading, Several) else (reading.place,)
    for heading, text in around:
        told = list(_list_told(territories, [(heading, text)]))
        if told and not any(_overlaps(territories, place, told[0]) for place in found):
            return heading, text
    return None


def _list_told(territories: Territories, around: Around) -> Iterator[Sequence[Territoire]]:
    """The places of each other column; one that tells none is passed over."""
    for heading, text in around:
        match read_place(territories, f"cp {text}" if heading.is_postal else text):
            case One(place=place):
                yield (place,)
            case Several(places=places):
                yield places


def _overlaps(territories: Territories, place: Territoire, told: Sequence[Territoire]) -> bool:
    """Whether a place has a commune in common with one of those that are told."""
    own = territories.communes_of(kind_of(place), place.code)
    return any(not {*own}.isdisjoint(territories.communes_of(kind_of(other), other.code)) for other in told)


# What is said of them -------------------------------------------------------------------------------------------------


def _tell_unclear(territories: Territories, reading: Reading) -> tuple[str, dict[str, str]]:
    """The problem of a name that is no one place's, and what its sentence says besides."""
    if isinstance(reading, Several):
        codes = (f"{place.code} ({_distinguish(place, territories)})" for place in reading.places)
        return "lieu-a-choisir", {"communes": enumeration(codes, "ou")}
    assert isinstance(reading, NoPlace)
    if not reading.nearest:
        return "lieu-hors-perimetre" if reading.reason == "hors-perimetre" else "lieu-inconnu", {}
    near = "lieu-d-une-autre-sorte" if reading.reason == "autre-sorte" else "lieu-inconnu-proche"
    return near, {"proches": name_nearest(reading)}


def _distinguish(territory: Territoire, territories: Territories) -> str:
    """What tells a commune from its namesake: its département."""
    return territories.departements[territory.departement].nom if isinstance(territory, Commune) else territory.nom


def _guess_kind(territories: Territories, code: str) -> str:
    """The type that goes with a code, which the checks will compare with the name, or say that it is two codes."""
    place = territories.find(code)
    return kind_of(place) if place else "commune" if len(code) == 5 else ""
