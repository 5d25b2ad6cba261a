"""What a place means, as a table and as a sweep of every territory: Python and the scripts answer the same."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.french import fold
from generator.territories.codes import read_code
from generator.territories.kinds import Named
from generator.territories.reading import One, Reading, Several
from generator.territories.reference import load_territories

PLACES = load_territories()
TABLE = Path(__file__).parents[1] / "territories" / "readings.csv"


class Answer(NamedTuple):
    """A reading as the table spells it."""

    reponse: str  # un, plusieurs or aucun
    raison: str
    lieux: str  # codes


class Asked(NamedTuple):
    texte: str
    code: str
    sorte: str


def read_table() -> dict[Asked, Answer]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {Asked(*row[:3]): Answer(*row[3:]) for row in list(csv.reader(file))[1:]}


def spell(reading: Reading) -> Answer:
    if isinstance(reading, One):
        return Answer("un", reading.how, reading.place.code)
    places = reading.places if isinstance(reading, Several) else reading.nearest
    codes = " ".join(place.code for place in places)
    return Answer("plusieurs" if isinstance(reading, Several) else "aucun", reading.reason, codes)


def sweep() -> Iterator[tuple[Asked, str]]:
    """Every commune and former commune by each of its names and codes, with the INSEE code that must answer alone."""
    names: dict[str, set[str]] = {}
    for commune in PLACES.communes.values():
        for nom in (commune.nom, *commune.anciens_noms):
            names.setdefault(fold(nom), set()).add(commune.code)
    for commune in PLACES.communes.values():
        departement = PLACES.departements[commune.departement]
        for nom in (commune.nom, *commune.anciens_noms):
            bare = nom.removeprefix("Le ").removeprefix("La ").removeprefix("Les ").removeprefix("L’")
            spelt = [nom, nom.upper(), fold(nom), bare, nom.replace("’", "'").replace("-", "  "), f"Mairie de {nom}"]
            for text in spelt:
                yield Asked(f"{text} ({commune.departement})", "", "commune"), commune.code
                yield Asked(text, commune.code, "commune"), commune.code
                if len(names[fold(nom)]) == 1:
                    yield Asked(text, "", ""), commune.code
            yield Asked(f"{nom}, {departement.nom}", "", ""), commune.code
            for code in (*commune.codes_postaux, *commune.anciens_codes):
                yield Asked(f"{code} {nom}", "", ""), commune.code
                yield Asked(nom, code, "commune"), commune.code
        yield Asked(f"INSEE {commune.code}", "", ""), commune.code


def sweep_codes() -> Iterator[tuple[str, tuple[Named, ...]]]:
    """Every code of five digits that somebody has or had, with all that it means."""
    codes = {*PLACES.communes, *PLACES.anciennes, *(p for c in PLACES.communes.values() for p in c.codes_postaux)}
    for code in sorted(codes):
        yield code, read_code(PLACES, code)
