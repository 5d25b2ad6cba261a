"""Where the entries of a territory are kept, and the French sentence for a place that nobody can tell."""

from generator.french import en_lettres, enumeration
from generator.harmless import fill, shorten
from generator.territories.codes import describe_readings
from generator.territories.folders import REGION_FOLDER
from generator.territories.kinds import Territoire, kind_of
from generator.territories.reading import NoPlace, One, Several, read_place
from generator.territories.reference import Territories


class Unclear(Exception):  # noqa: N818
    """What was written does not say what is meant; the message says so in French, what was typed standing as it was."""

    def __init__(self, sentence: str, /, **values: object) -> None:
        super().__init__(fill(sentence, **values))


def folder_of(territories: Territories, territory: Territoire) -> str:
    """The sub-folder of cops/ where its COP are kept."""
    kind = kind_of(territory)
    return REGION_FOLDER if kind == "region" else territories.departements_of(kind, territory.code)[0]


def find_place(territories: Territories, text: str, kind: str = "") -> Territoire:
    """The territory that a person's words name, alone. Raises Unclear, which says what was understood."""
    reading = read_place(territories, text, kind=kind)
    if isinstance(reading, One):
        return reading.place
    sentence, values = _tell_several(reading) if isinstance(reading, Several) else _tell_none(reading, kind)
    raise Unclear(sentence, typed=shorten(text), **values)


Told = tuple[str, dict[str, str]]
"""A sentence, and what fills its names; `typed` is filled in too."""


def _tell_several(reading: Several) -> Told:
    """Why several places answer, and how to choose."""
    names = enumeration((place.avec_code for place in reading.places), "ou")
    match reading.reason:
        case "code-postal":
            count = en_lettres(len(reading.places))
            sentence = f"« {{typed}} » est le code postal de {count} communes. Choisissez par le nom : {{names}}."
            return sentence, {"names": names}
        case "deux-codes":
            sentence = "« {typed} » se lit de deux façons : {readings}. Choisissez par le nom."
            return sentence, {"readings": describe_readings(reading.found)}
    return "« {typed} » désigne plusieurs territoires. Donnez le code : {names}.", {"names": names}


_NOT_FOUND = {
    "hors-perimetre": "« {typed} » est hors du territoire de l’annuaire.",
    "incomplet": "« {typed} » ne suffit pas à dire quel territoire.",
    "contradiction": "« {typed} » : le nom et le code ne désignent pas le même territoire.",
    "autre-sorte": "« {typed} » n’est pas le nom d’une collectivité de cette sorte.",
    "trop-long": "Ce texte est trop long pour être le nom d’un territoire.",
    "signes": "« {typed} » contient un signe qui n’est dans aucun nom de territoire.",
    "vide": "Il manque le nom ou le code du territoire.",
    "inconnu": "« {typed} » : aucune commune ni intercommunalité de l’annuaire ne porte ce nom ou ce code.",
}


def _tell_none(reading: NoPlace, kind: str) -> Told:
    """Why no place answers, and the nearest ones."""
    said = _NOT_FOUND[reading.reason]
    if reading.reason == "autre-sorte" and kind:
        # The type is at fault: the same name would be refused again.
        sentence = f"{said} Si c’est {{nearest}}, changez le type de collectivité. Sinon, changez le nom."
        return sentence, {"nearest": name_nearest(reading)}
    if reading.nearest:
        return f"{said} Est-ce {{nearest}} ?", {"nearest": name_nearest(reading)}
    more = "" if reading.reason in ("hors-perimetre", "vide") else " Vérifiez l’orthographe, ou donnez le code."
    return said + more, {}


def name_nearest(reading: NoPlace) -> str:
    """« Quimper (29232) ou Quimperlé (29233) »."""
    return enumeration((place.avec_code for place in reading.nearest), "ou")
