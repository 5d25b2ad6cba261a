"""What pages say of an entry, as small rows: lines of a value, a state, a date. Templates write the markup."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.french import capitalise, date_longue, decapitalise, enumeration, nombre, periode, typographie
from generator.model.agenda import Event
from generator.model.cop import Cop
from generator.model.fields import Dated, Lieu
from generator.model.labels import Labels
from generator.territories.alike import find_most


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a value: words, and where they lead."""

    words: str
    url: str = ""  # empty for plain words
    more: str = ""  # plain words after the link
    css: str = ""  # class of the link or of the words: `insecable`, `inconnu`
    until: str = ""  # AAAA-MM-JJ, last day on which it is true: a script takes it away from a page that grew old


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value; without any line the page says « non renseigné », and somebody may add it."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class FactList:
    """Many facts: those that say nothing stand in one line; a single one keeps its place."""

    rows: tuple[Fact, ...]
    missing: str  # « mandat et délibération », or empty


def state_fact(label: str, *lines: Line | str) -> Fact:
    """A fact of some lines; those without words are left out."""
    rows = (line if isinstance(line, Line) else Line(line) for line in lines)
    return Fact(label, tuple(line for line in rows if line.words))


def gather(facts: Sequence[Fact]) -> FactList:
    """The facts as a list that names together what is missing."""
    missing = [fact.label.lower() for fact in facts if not fact.lines]
    if len(missing) < 2:
        return FactList(tuple(facts), "")
    return FactList(tuple(fact for fact in facts if fact.lines), enumeration(missing))


def link_line(url: str | None, label: str, more: str = "") -> Line:
    """A link where there is an address, the words alone where there is none."""
    text = typographie(label)
    return Line(text, url, more) if url else Line(text + more)


@dataclass(frozen=True, slots=True)
class Words:
    """Labels of closed values as a sentence needs them."""

    labels: Labels

    def say(self, path: str, value: str | None) -> str:
        """Nothing for a value that only says that nobody knows (`x-inconnu`)."""
        if not value or self.labels.read_notes(path, "x-inconnu").get(value):
            return ""
        return typographie(self.labels.of(path, value))

    def say_lower(self, path: str, value: str | None) -> str:
        return decapitalise(self.say(path, value))

    def say_phrase(self, path: str, value: str | None) -> str:
        """The words of a value inside a sentence (`x-phrase`); where there are none, its label as it is."""
        phrase = self.labels.read_notes(path, "x-phrase").get(value or "")
        return str(phrase or f"« {self.say_lower(path, value)} »") if value else ""

    def say_many(self, path: str, values: Iterable[str]) -> str:
        """`Tirage au sort et volontariat`: only the first keeps its capital."""
        return capitalise(enumeration(self.say_lower(path, value) for value in values))

    def say_kind(self, cop: Cop) -> str:
        """The form of a COP, in the file's own words where it is none of the list."""
        return typographie(cop.precision) or self.say("cop.type", cop.type)


# A state --------------------------------------------------------------------------------------------------------------

EMPTY_RING = "vide"


@dataclass(frozen=True, slots=True)
class Status:
    """A state in words, and the ring that the style sheet draws before it."""

    ring: str
    words: str


def state_progress(path: str, value: str, labels: Labels) -> Status:
    """A state, with the ring that the schema notes beside it (`x-signe`)."""
    return Status(labels.read_notes(path, "x-signe").get(value, EMPTY_RING), labels.of(path, value))


def state_cop(cop: Cop, labels: Labels) -> Status:
    return state_progress("cop.statut", cop.statut_affiche, labels)


def tell_distance(kilometres: float) -> str:
    """How far something is: `à 12 km`."""
    return typographie("à moins d’un kilomètre" if kilometres < 1 else f"à {nombre(round(kilometres))} km")


def tell_check(cop: Cop) -> str:
    """Since when an entry says what it says; only what somebody has checked is told as checked."""
    if cop.verifiee_le:
        return f"fiche vérifiée le {date_longue(cop.verifiee_le)}"
    return f"fiche écrite le {date_longue(cop.inscrite_le)}"


def tell_check_whole(cop: Cop) -> str:
    """The same in a whole phrase, with who wrote it where that is not the collectivité."""
    unconfirmed = not cop.verifiee_le and cop.sans_la_collectivite
    more = " d’après une source publique, non confirmée par la collectivité" if unconfirmed else ""
    return f"{tell_check(cop)}{more}"


def tell_size(least: int) -> str:
    """The class of population that begins at `least`: `de 500 à 1 999 habitants`."""
    most = find_most(least)
    if most is None:
        return f"{nombre(least)} habitants et plus"
    return f"de {nombre(least)} à {nombre(most)} habitants" if least else f"moins de {nombre(most + 1)} habitants"


# A date, a place ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is held; the date that no longer holds is struck."""

    words: str  # empty where it is cancelled
    struck: str = ""
    change: str = ""  # « annulée », « reportée »


def tell_moment(event: Dated, e: str = "e") -> Moment:
    """The form and the words say whether it was moved or cancelled. `e`: the mark of gender."""
    if event.statut == "annulee":
        return Moment("", date_longue(event.debut), f"annulé{e}")
    if event.reportee_au:
        return Moment(date_longue(event.reportee_au), date_longue(event.debut), f"reporté{e}")
    return Moment(periode(event.debut, event.fin))


def tell_place(lieu: Lieu | None) -> str:
    """Name and address of a place, or nothing."""
    return ", ".join(typographie(part) for part in (lieu.nom, lieu.adresse) if part) if lieu else ""


def tell_where(event: Dated | Event) -> str:
    """Place in words, `en ligne` where there is only that."""
    if event.lieu:
        return tell_place(event.lieu)
    return "en ligne" if event.en_ligne_url else ""
