"""What a calendar holds that its entry does not say yet, as the file of the entry with these meetings more.

Nothing is ever taken out, nor corrected: a person may have written more in the entry than the calendar knows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.edits import new
from generator.edits.calendars.bounds import WrongCalendar
from generator.edits.calendars.reading import Meeting, read_calendar
from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.entries.checks.reading import items, text
from generator.entries.corpus import COP_KIND, Corpus, Entry
from generator.french import fold, pluriel, tell_when
from generator.problems.renderings import say
from generator.repository.snapshot import Snapshot

KEY = "calendrier_url"
MOST = 12
"""Meetings that one passage adds to an entry, the soonest: somebody reads them all."""


@dataclass(frozen=True, slots=True)
class CalendarProposal:
    """What is proposed for one entry."""

    path: str
    name: str
    text: str  # of the whole file; empty where nothing is added
    added: tuple[str, ...]  # « jeudi 14 janvier 2027, 18 h 30 : Réunion publique »
    notes: tuple[str, ...]  # what a person is to look at, or why nothing is taken


def list_calendars(snapshot: Snapshot) -> list[tuple[Entry, str]]:
    """The entries that give a calendar, and its address; what is over is left alone."""
    states = snapshot.corpus.schemas[COP_KIND.name].fields["statut"].annotations["x-compte"]
    going_on = (cop for cop in snapshot.corpus.of(COP_KIND.name) if states.get(text(cop.data, "statut")) != "finie")
    calendars = ((cop, text(cop.data, KEY)) for cop in going_on)
    # An entry with mistakes is read too: only what looks like an address is asked.
    return [(cop, url) for cop, url in calendars if url.startswith(("https://", "http://"))]


def refuse(cop: Entry, why: str) -> CalendarProposal:
    """Nothing is taken of a calendar that cannot be read."""
    return CalendarProposal(cop.path, text(cop.data, "nom"), "", (), (f"Calendrier non lu : {why}.",))


def propose(snapshot: Snapshot, cop: Entry, raw: bytes) -> CalendarProposal:
    """The meetings of a calendar that the entry does not have."""
    try:
        content = read_calendar(raw, snapshot.today)
    except WrongCalendar as wrong:
        return refuse(cop, str(wrong))
    known = [item for _, item in items(cop.data, "rencontres")]
    fresh = [meeting for meeting in content.meetings if not any(_is_same(meeting, one) for one in known)]
    notes = [*content.refusals, *_tell_moved(content.meetings, known)]
    most = min(MOST, _count_room(snapshot, known))
    taken, file = _add_each(snapshot, cop, fresh[:most], notes)
    if (left := len(fresh) - most) > 0:
        notes.append(f"{pluriel(left, 'autre date')} : au prochain passage, ou quand la fiche aura de la place.")
    added = tuple(_tell(meeting) for meeting in taken)
    return CalendarProposal(cop.path, text(cop.data, "nom"), file if taken else "", added, tuple(notes))


def _count_room(snapshot: Snapshot, known: Sequence[Any]) -> int:
    most = snapshot.corpus.schemas[COP_KIND.name].fields["rencontres"].max_items
    return max(0, (most or MOST + len(known)) - len(known))


def _add_each(
    snapshot: Snapshot, cop: Entry, meetings: Sequence[Meeting], notes: list[str]
) -> tuple[list[Meeting], str]:
    """The meetings that were added and the file with them; one that the check refuses is told and left out."""
    taken: list[Meeting] = []
    now, told = cop, set(_read(snapshot, cop.path, cop.source.text)[1])
    for meeting in meetings:
        file = new.splice_meeting(snapshot, now, meeting)
        if file is None:
            notes.append("La fiche est écrite d’une façon où rien ne s’ajoute sans la récrire : à faire à la main.")
            break
        # The entry may have mistakes of its own: only what the meeting brings stands in its way.
        after, problems = _read(snapshot, cop.path, file)
        wrong = [one for one in problems if one not in told]
        if wrong or after is None:
            notes.append(_tell_refused(meeting, wrong))
            continue
        taken.append(meeting)
        now = after
    return taken, now.source.text


Told = tuple[str, tuple[tuple[str, str], ...], str]
"""What is wrong, apart from where: its code, its values, its words; no words where they name somebody."""


def _read(snapshot: Snapshot, path: str, file: str) -> tuple[Entry | None, list[Told]]:
    """The file by itself: its errors, and whatever is personal."""
    entry, problems, _ = corpus.read_entry(path, file.encode(), COP_KIND, snapshot.corpus.schemas[COP_KIND.name])
    alone = Corpus((entry,) if entry else (), problems, {path: file}, snapshot.corpus.schemas)
    found = check_entries(alone, snapshot.territories, snapshot.settings.echeances, snapshot.today)
    told = (one for one in found if one.is_error or one.is_personal)
    return entry, [(one.code, one.values, "" if one.is_personal else say(one, "interview")) for one in told]


def _tell_refused(meeting: Meeting, wrong: Sequence[Told]) -> str:
    """Without quoting what is personal: the proposal is public, whether it is accepted or not."""
    if any(not what for _, _, what in wrong):
        return f"Une date du {meeting['debut'][:10]} n’est pas proposée : elle semble nommer ou joindre une personne."
    why = wrong[0][2] if wrong else "sa fiche ne se lirait plus."
    return f"« {meeting['objet'][:80]} » n’est pas proposée : {why}"


def _is_same(meeting: Meeting, known: Meeting) -> bool:
    """Whether an entry has this meeting: the same identifier, the same moment, or the same words on the same day."""
    if text(known, "id") == meeting["id"]:
        return True
    moments = [moment for key in ("debut", "reportee_au") if (moment := text(known, key))]
    if meeting["debut"] in moments:
        return True
    same_day = any(moment[:10] == meeting["debut"][:10] for moment in moments)
    without_hour = 10 in {len(meeting["debut"]), *map(len, moments)}
    return same_day and (without_hour or fold(text(known, "objet")) == fold(meeting["objet"]))


def _tell_moved(meetings: Sequence[Meeting], known: Sequence[Meeting]) -> list[str]:
    """What the calendar now puts at another moment than the entry."""
    by_id = {meeting["id"]: meeting for meeting in meetings}
    told = []
    for one in known:
        meeting = by_id.get(text(one, "id"))
        if meeting and meeting["debut"] not in (text(one, "debut"), text(one, "reportee_au")):
            told.append(f"« {text(one, 'objet')[:80]} » y est maintenant le {tell_when(meeting['debut'], None)}.")
    return told


def _tell(meeting: Meeting) -> str:
    return f"{tell_when(meeting['debut'], meeting.get('fin'))} : {meeting['objet']}"
