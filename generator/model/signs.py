"""The last sign of life of a COP: the newest thing with a date that its entry or a news item tells of it.

Only what has happened counts, up to the directory’s own day. The deadline of an engagement is a plan, not a sign.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from generator.french import de_date
from generator.model.actualite import Actualite
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.fields import Document, Rencontre


@dataclass(frozen=True, slots=True)
class Sign:
    """Something dated that a COP has done."""

    jour: str  # AAAA, AAAA-MM or AAAA-MM-JJ, as precise as it was written
    signe: str  # « compte rendu »

    @property
    def words(self) -> str:
        """« compte rendu du 3 mars 2026 »."""
        return f"{self.signe} {de_date(self.jour)}"


def find_last_sign(annuaire: Annuaire, cop: Cop) -> Sign | None:
    """The newest; of one day the first that is told."""
    past = (sign for sign in _list_signs(annuaire, cop) if sign.jour <= annuaire.today)
    return max(past, key=attrgetter("jour"), default=None)


def _list_signs(annuaire: Annuaire, cop: Cop) -> Iterator[Sign]:
    yield from (_of_document(annuaire, document) for document in cop.documents if document.date)
    yield from _of_meetings("rencontre", cop.rencontres, annuaire.today)
    if cop.deliberation and cop.deliberation.date:
        yield Sign(cop.deliberation.date, "délibération")
    for item in annuaire.actualites_par_cop.get(cop.id, ()):
        yield from _of_news(annuaire, item)


def _of_document(annuaire: Annuaire, document: Document) -> Sign:
    if not document.type:
        return Sign(document.date or "", "document")
    labels, path = annuaire.labels, "cop.documents.type"
    phrase = labels.read_notes(path, "x-phrase").get(document.type)
    return Sign(document.date or "", phrase or labels.of(path, document.type).lower())


def _of_meetings(words: str, meetings: tuple[Rencontre, ...], today: str) -> Iterator[Sign]:
    held = (meeting for meeting in meetings if meeting.statut != "annulee" and meeting.dernier_jour <= today)
    yield from (Sign(meeting.dernier_jour, words) for meeting in held)


def _of_news(annuaire: Annuaire, item: Actualite) -> Iterator[Sign]:
    """A step of the directory toward its goal says nothing of the COP that made it."""
    if item in annuaire.annonces.values():
        return
    yield Sign(item.date_affichee, "actualité")
    if item.evenement and len(item.cops) == 1:
        yield from _of_meetings("événement", (item.evenement,), annuaire.today)
