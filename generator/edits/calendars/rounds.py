"""One passage over every calendar: fetched politely, read one after the other, told for a person or a program."""

import json
from collections.abc import Sequence
from dataclasses import replace

from generator.edits.calendars import proposing
from generator.edits.calendars.bounds import MAX_BYTES
from generator.edits.calendars.proposing import CalendarProposal
from generator.entries.corpus import Entry
from generator.french import NBSP, pluriel, typographie
from generator.harmless import neutral, visible
from generator.repository.snapshot import Snapshot
from generator.upkeep.card import LONGEST_CARD
from generator.upkeep.links.examination import require_network
from generator.upkeep.links.fetching import Answer, Manner
from generator.upkeep.links.verdicts import describe_cause
from generator.upkeep.links.visits import Pace, fetch_all

MOST_NOTES = 10
"""Of one entry."""
MOST_FILES = 60
MOST_TEXT = 200_000
"""Of one proposal, in files and in characters: a person reads it, and the next one brings the rest."""


def read_calendars(snapshot: Snapshot, manner: Manner, pace: Pace) -> tuple[CalendarProposal, ...]:
    """What each calendar brings, by entry. Raises NoNetwork where not one name of a site could be found."""
    calendars = proposing.list_calendars(snapshot)
    answers = fetch_all((url for _, url in calendars), replace(manner, body=MAX_BYTES), pace)
    require_network({url: _find_cause(answer) for url, answer in answers.items()})
    return tuple(_propose(snapshot, cop, answers[url]) for cop, url in calendars)


def _find_cause(answer: Answer) -> str:
    return answer.trouble or ("" if answer.status == 200 else str(answer.status))


def _propose(snapshot: Snapshot, cop: Entry, answer: Answer) -> CalendarProposal:
    cause = _find_cause(answer)
    return proposing.refuse(cop, describe_cause(cause)) if cause else proposing.propose(snapshot, cop, answer.body)


def tell_as_text(proposals: Sequence[CalendarProposal]) -> str:
    """For a person at a terminal."""
    if not proposals:
        return "Aucune fiche ne donne de calendrier."
    lines = []
    for one in proposals:
        count = pluriel(len(one.added), "rencontre") if one.added else "rien de nouveau"
        lines.append(f"{visible(one.path)}{NBSP}: {count}.")
        lines += [f"  + {visible(typographie(words))}" for words in one.added]
        lines += [f"  ! {visible(typographie(words))}" for words in one.notes[:MOST_NOTES]]
    return "\n".join(lines)


def tell_as_markdown(proposals: Sequence[CalendarProposal]) -> str:
    """For the proposal: contributed words are shown, never acted on; empty where there is nothing to say."""
    parts: list[str] = []
    told = [one for one in proposals if one.added or one.notes]
    for rank, one in enumerate(told):
        lines = [f"- {neutral(typographie(words))}" for words in one.added]
        lines += [f"- À regarder{NBSP}: {neutral(typographie(words))}" for words in one.notes[:MOST_NOTES]]
        part = f"### {neutral(one.name)}\n\nFichier{NBSP}: {neutral(one.path)}\n\n" + "\n".join(lines)
        if sum(map(len, parts)) + len(part) > LONGEST_CARD:
            parts.append(f"… et {pluriel(len(told) - rank, 'autre fiche')}.")
            break
        parts.append(part)
    return "\n\n".join(parts)


def _take(proposals: Sequence[CalendarProposal]) -> Sequence[CalendarProposal]:
    """As many as one proposal may hold; the others wait for the next passage."""
    size, files = 0, 0
    for rank, one in enumerate(proposals):
        size, files = size + len(one.text), files + bool(one.text)
        if size > MOST_TEXT or files > MOST_FILES:
            return proposals[:rank]
    return proposals


def tell_as_json(proposals: Sequence[CalendarProposal], today: str) -> str:
    """For the script that makes the change to review: each whole file, and the card."""
    taken = _take(proposals)
    files = [{"chemin": one.path, "texte": one.text} for one in taken if one.text]
    told = {
        "version": 1,
        "date": today,
        "carte": tell_as_markdown(taken),
        "empreinte": "\n".join(f"{one.path} {words}" for one in taken for words in one.added),
        "fichiers": files,
    }
    return json.dumps(told, ensure_ascii=False, indent=1)
