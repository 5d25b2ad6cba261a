"""The report of the links: for a person at a terminal, for an issue, for a program."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.french import NBSP, accord, date_longue, enumeration, nombre, pluriel, typographie
from generator.harmless import neutral, visible, write_link
from generator.upkeep.links.memory import Streak
from generator.upkeep.links.places import LinkPlace
from generator.upkeep.links.verdicts import State, Visit, describe_cause
from generator.upkeep.sections import Section, write_sections

LONGEST_ADDRESS = 300
"""Of a new address, which a server made up: beyond, it is cut."""

VERDICTS = ("mort", "à surveiller", "déplacé", "inconnu", "vivant")
"""From what asks most of a person: « à surveiller » fails, but not for long enough to be called dead."""
TO_DO = VERDICTS[:3]


@dataclass(frozen=True, slots=True)
class LinkFinding:
    """What is known of one link at one place."""

    place: LinkPlace
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
        return f"{describe_cause(self.visit.cause)}{since}" if self.visit.cause else ""

    @property
    def new_address(self) -> str:
        return self.visit.moved_to[:LONGEST_ADDRESS]


def count_in_words(findings: Sequence[LinkFinding]) -> str:
    """`12 liens : 9 vivants, 1 mort et 2 inconnus.`"""
    plural = {"mort": "morts", "déplacé": "déplacés", "inconnu": "inconnus", "vivant": "vivants"}
    parts = []
    for verdict in reversed(VERDICTS):
        count = sum(finding.verdict == verdict for finding in findings)
        if count:
            parts.append(f"{nombre(count)} {accord(count, verdict, plural.get(verdict, verdict))}")
    return (
        typographie(f"{pluriel(len(findings), 'lien')} : {enumeration(parts)}.") if parts else "Aucun lien à visiter."
    )


def links_as_text(findings: Sequence[LinkFinding]) -> str:
    """One line a link that is not simply alive, grouped by entry: `path:line: …`, as an editor opens it."""
    lines = []
    for finding in findings:
        if finding.verdict != "vivant":
            verdict = f"{finding.verdict}{NBSP}: {visible(finding.place.url)} — {visible(finding.reason)}"
            lines.append(f"{finding.place.path}:{finding.place.line}: {verdict}")
    return "\n".join([*lines, *([""] if lines else []), count_in_words(findings)])


def links_as_markdown(findings: Sequence[LinkFinding], names: Mapping[str, str], most: int | None = None) -> str:
    """Sections by folder, an item an entry, a line a link. `names` are the headings by folder, `most` the characters.

    A title of level 2 stands above it where there is something to do, and only there: links that would not answer are
    listed then too, but do not make work by themselves.
    """
    if not any(finding.verdict in TO_DO for finding in findings):
        return f"Aucun lien à revoir. {count_in_words(findings)}"
    listed = [finding for finding in findings if finding.verdict != "vivant"]
    head = f"## Liens à revoir\n\n{count_in_words(findings)}\n\n"
    sections: list[Section] = []
    for folder, inside in groupby(listed, key=_folder_of):
        by_entry = groupby(inside, key=lambda finding: finding.place.path)
        sections.append((names[folder], [_write_item(list(findings_of_entry)) for _, findings_of_entry in by_entry]))
    return head + write_sections(sections, most and most - len(head))


def _folder_of(finding: LinkFinding) -> str:
    return finding.place.path.split("/")[1]


def _write_item(findings: Sequence[LinkFinding]) -> str:
    first = findings[0].place
    lines = [f"- {neutral(first.entry)} ({neutral(first.path)})"]
    for finding in findings:
        address = write_link(finding.place.url, finding.place.url)
        why = (
            f"nouvelle adresse {write_link(finding.new_address, finding.new_address)}"
            if finding.visit.moved_to
            else finding.reason
        )
        lines.append(f"  - ligne {finding.place.line}, {finding.verdict}{NBSP}: {address}, {why}")
    return "\n".join(lines)


def links_as_json(findings: Sequence[LinkFinding], today: str) -> str:
    """Every link, alive or not; the reason both as a key and in words."""
    links = [
        {
            "fichier": finding.place.path,
            "ligne": finding.place.line,
            "fiche": finding.place.entry,
            "adresse": finding.place.url,
            "verdict": finding.verdict,
            "cause": finding.visit.cause or None,
            "raison": describe_cause(finding.visit.cause) if finding.visit.cause else None,
            "nouvelle_adresse": finding.new_address or None,
            "echoue_depuis": finding.streak.premier if finding.streak else None,
            "jours_d_echec": finding.streak.jours if finding.streak else 0,
        }
        for finding in findings
    ]
    return json.dumps({"version": 1, "date": today, "liens": links}, ensure_ascii=False, indent=2)
