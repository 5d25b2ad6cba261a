"""The report of the links: for a person at a terminal, for an issue, for a program."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.french import NBSP, accord, date_longue, enumeration, nombre, pluriel, typographie
from generator.harmless import linked, neutral, visible
from generator.upkeep.links.memory import Streak
from generator.upkeep.links.places import Place
from generator.upkeep.links.verdicts import State, Visit, words
from generator.upkeep.sections import Section, by_section

LONGEST_ADDRESS = 300
"""Of a new address, which a server made up: beyond, it is cut."""

VERDICTS = ("mort", "à surveiller", "déplacé", "inconnu", "vivant")
"""From what asks most of a person: « à surveiller » fails, but not for long enough to be called dead."""
TO_DO = VERDICTS[:3]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is known of one link at one place."""

    place: Place
    visit: Visit
    streak: Streak | None  # its failures in a row

    @property
    def verdict(self) -> str:
        if self.visit.state is State.ECHEC:
            return "mort" if self.streak and self.streak.is_dead else "à surveiller"
        return "déplacé" if self.visit.moved_to else str(self.visit.state)

    @property
    def reason(self) -> str:
        """Why, in words of a sentence that goes on after « : »; of a page that moved, where to."""
        if self.verdict == "déplacé":
            return f"nouvelle adresse {self.new_address}"
        since = f", depuis le {date_longue(self.streak.premier)}" if self.streak else ""
        return f"{words(self.visit.cause)}{since}" if self.visit.cause else ""

    @property
    def new_address(self) -> str:
        return self.visit.moved_to[:LONGEST_ADDRESS]


def counts(findings: Sequence[Finding]) -> str:
    """`12 liens : 9 vivants, 1 mort et 2 inconnus.`"""
    plural = {"mort": "morts", "déplacé": "déplacés", "inconnu": "inconnus", "vivant": "vivants"}
    told = []
    for verdict in reversed(VERDICTS):
        count = sum(one.verdict == verdict for one in findings)
        if count:
            told.append(f"{nombre(count)} {accord(count, verdict, plural.get(verdict, verdict))}")
    return typographie(f"{pluriel(len(findings), 'lien')} : {enumeration(told)}.") if told else "Aucun lien à visiter."


def as_text(findings: Sequence[Finding]) -> str:
    """One line a link that is not simply alive, grouped by entry: `path:line: …`, as an editor opens it."""
    lines = []
    for one in findings:
        if one.verdict != "vivant":
            told = f"{one.verdict}{NBSP}: {visible(one.place.url)} — {visible(one.reason)}"
            lines.append(f"{one.place.path}:{one.place.line}: {told}")
    return "\n".join([*lines, *([""] if lines else []), counts(findings)])


def as_markdown(findings: Sequence[Finding], names: Mapping[str, str], most: int | None = None) -> str:
    """Sections by folder, an item an entry, a line a link. `names` are the headings by folder, `most` the characters.

    A title of level 2 stands above it where there is something to do, and only there: links that would not answer are
    listed then too, but do not make work by themselves.
    """
    if not any(one.verdict in TO_DO for one in findings):
        return f"Aucun lien à revoir. {counts(findings)}"
    listed = [one for one in findings if one.verdict != "vivant"]
    head = f"## Liens à revoir\n\n{counts(findings)}\n\n"
    sections: list[Section] = [
        (names[folder], [_item(list(own)) for _, own in groupby(inside, key=lambda one: one.place.path)])
        for folder, inside in groupby(listed, key=_folder)
    ]
    return head + by_section(sections, most and most - len(head))


def _folder(one: Finding) -> str:
    return one.place.path.split("/")[1]


def _item(own: Sequence[Finding]) -> str:
    first = own[0].place
    lines = [f"- {neutral(first.entry)} ({neutral(first.path)})"]
    for one in own:
        address = linked(one.place.url, one.place.url)
        why = f"nouvelle adresse {linked(one.new_address, one.new_address)}" if one.visit.moved_to else one.reason
        lines.append(f"  - ligne {one.place.line}, {one.verdict}{NBSP}: {address}, {why}")
    return "\n".join(lines)


def as_json(findings: Sequence[Finding], today: str) -> str:
    """Every link, alive or not; the reason both as a key and in words."""
    links = [
        {
            "fichier": one.place.path,
            "ligne": one.place.line,
            "fiche": one.place.entry,
            "adresse": one.place.url,
            "verdict": one.verdict,
            "cause": one.visit.cause or None,
            "raison": words(one.visit.cause) if one.visit.cause else None,
            "nouvelle_adresse": one.new_address or None,
            "echoue_depuis": one.streak.premier if one.streak else None,
            "jours_d_echec": one.streak.jours if one.streak else 0,
        }
        for one in findings
    ]
    return json.dumps({"version": 1, "date": today, "liens": links}, ensure_ascii=False, indent=2)
