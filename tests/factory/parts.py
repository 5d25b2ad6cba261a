"""Parts that fictitious entries share: dates, places, meetings, documents. Nothing here reads the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.factory.words import CHOICES, ORGANISATIONS, PROMISES, SENTENCES, SITE

Data = dict[str, Any]
TODAY = "2026-11-24"
"""The day that every date is counted from, so that a corpus made tomorrow is the same."""

RESUME_MAX = 280  # schema
_TERMS = (2008, 2014, 2020, 2026, 2032, 2038)
"""Years of municipal elections; the one of 2026 was held on 15 March."""


@dataclass(frozen=True)
class Draw:
    """The chances of one entry: the same for the same seed, whatever the number of entries around it."""

    index: int
    rng: Random
    today: str

    def choice(self, kind: str, where: str, step: int = 0) -> str:
        """A choice of the schema, each in turn from one entry to the next."""
        values = CHOICES[kind][where]
        return values[(self.index + step) % len(values)]

    def mostly(self, kind: str, where: str) -> str:
        """The first choice of the schema two times out of three, else one of the others."""
        first, *others = CHOICES[kind][where]
        return first if self.chance(0.66) else self.rng.choice(others)

    def some(self, kind: str, where: str, most: int = 3) -> list[str]:
        """One to `most` choices of a list, in turn too."""
        values = CHOICES[kind][where]
        count = 1 + self.rng.randrange(min(most, len(values)))
        return [values[(self.index + step) % len(values)] for step in range(count)]

    def day(self, first: int, last: int) -> str:
        """A day between `first` and `last` days from today, negative in the past."""
        return shift(self.today, self.rng.randint(first, last))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


def draw(kind: str, seed: int, index: int, today: str) -> Draw:
    return Draw(index, Random(f"{kind} {seed} {index}"), today)


def shift(day: str, days: int) -> str:
    """AAAA-MM-JJ, so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def term(day: str) -> tuple[str, str]:
    """Years of the municipal term of a day: an entry checked then claims no other mandate."""
    year = int(day[:4]) - (day[5:] < "03-15")
    start = max(y for y in _TERMS if y <= year)
    return str(start), str(start + 6)


def url(*path: str) -> str:
    return "/".join((SITE, *path, ""))


def sentences(rng: Random, count: int) -> list[str]:
    return rng.sample(SENTENCES, count)


def resume(start: str, rng: Random) -> str:
    """A summary that says it is invented, as long as the schema allows."""
    text = f"Fiche fictive : {start}"
    for sentence in sentences(rng, 2):
        if len(text) + 1 + len(sentence) <= RESUME_MAX:
            text = f"{text} {sentence}"
    return text


def lieu(code: str | None, nom: str, rng: Random) -> Data:
    hall = rng.choice(("Salle inventée des Tilleuls", "Maison fictive du Pont", "Foyer imaginaire « Le Préau »"))
    place: Data = {"nom": hall, "adresse": f"{rng.randint(1, 99)}, rue d’exemple, {nom}"}
    return place | ({"code": code} if code else {})


_OBJECTS = (
    "Séance plénière",
    "Atelier : l’eau, bien commun",
    "Visite des haies & des talus",
    "Bilan de l’année et galette 🥧",
    "Première rencontre, ouverte à toutes et à tous",
)


def rencontre(d: Draw, step: int, start: str, place: Data) -> Data:
    """One meeting; `step` is its rank in its file. Every third one lasts whole days and is not held in a room."""
    whole_day = step % 3 == 2
    hour = f" {d.rng.choice(('09:30', '14:00', '18:30', '20:00'))}"
    found: Data = {"id": f"{start}-{step + 1}", "debut": start if whole_day else start + hour}
    found["fin"] = shift(start, 1) if whole_day else f"{start} 22:15"
    found["objet"] = _OBJECTS[(d.index + step) % len(_OBJECTS)]
    found["lieu"] = place
    found["ouverte_a"] = d.choice("cop", "rencontres.ouverte_a", step)
    if whole_day:
        found["en_ligne_url"] = url("visio", start)
    if found["ouverte_a"] == "sur-inscription":
        found["inscription_url"] = url("inscription", start)
    return found | moved(d, d.mostly("cop", "rencontres.statut"), start, "20:00")


def moved(d: Draw, statut: str, start: str, hour: str) -> Data:
    """What is written when a dated thing is confirmed, moved or cancelled (domain rules, dated things)."""
    found: Data = {"statut": statut}
    if statut == "reportee":
        found["reportee_au"] = f"{shift(start, 14)} {hour}"
    if statut in {"reportee", "annulee"}:
        found["revision"] = 1 + d.index % 3
        found["modifie_le"] = f"{min(shift(start, -5), d.today)} 09:15"
    return found


def document(d: Draw, kind: str, step: int, day: str) -> Data:
    name = d.choice(kind, "documents.type", step)
    precision = (day, day[:7], day[:4])[step % 3]
    return {"titre": f"Document fictif n° {step + 1} : {name}", "type": name, "url": url("doc", day), "date": precision}


def engagement(d: Draw, step: int, themes: Sequence[str]) -> Data:
    statut = d.choice("cop", "engagements.statut", step)
    found: Data = {"titre": PROMISES[(d.index + step) % len(PROMISES)], "theme": themes[step % len(themes)]}
    found["statut"] = statut
    found["echeance"] = (d.day(30, 900), d.day(30, 900)[:7], d.day(300, 1200)[:4])[step % 3]
    if statut == "realise":
        found["resultat"] = "Résultat inventé : c’est fait, mesuré, et raconté lors d’une veillée."
    return found | ({"url": url("engagement", str(step))} if step == 0 else {})


def partie(step: int) -> Data:
    nom, college = ORGANISATIONS[step % len(ORGANISATIONS)]
    return {"nom": nom, "url": url("partie", str(step)), "college": college}
