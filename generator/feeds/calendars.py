"""iCalendar (RFC 5545): what is to come, for the calendars of telephones and computers.

Each event is written once and its bytes are reused in every calendar that holds it. Nothing depends on the moment of
the build: UID, SEQUENCE, LAST-MODIFIED and DTSTAMP come from the data.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, vText

from generator.french import periode, typographie
from generator.model.agenda import KINDS, Agenda, Event, calendar_of, open_to
from generator.model.annuaire import Annuaire
from generator.model.identity import PARIS, moment
from generator.model.labels import Labels
from generator.repository.settings import Settings

PIECE = 74  # octets of a line without its space
PRODID = "-//1000 COP en Bretagne//Agenda//FR"

TIMEZONE = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:DAYLIGHT
TZNAME:CEST
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
TZNAME:CET
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
"""The rule of the European Union since 1996, written once: the library would list every change until 2038."""


def calendar_files(agenda: Agenda, annuaire: Annuaire, settings: Settings, labels: Labels) -> dict[str, bytes]:
    """Every calendar by its path from the root of the site; a territory or COP without event has none."""
    written = {event.uid: render(event, settings, labels) for event in agenda.gardes}
    site = settings.site_name

    def calendar(name: str, events: Iterable[Event]) -> bytes:
        return b"".join((_head(name), TIMEZONE, *(written[event.uid] for event in events), _TAIL))

    made = {
        "agenda/tout.ics": calendar(site, agenda.gardes),
        "agenda/formations.ics": calendar(
            f"Formations – {site}", (event for event in agenda.gardes if event.sorte == "session")
        ),
    }
    for slug, nom in annuaire.territoires:
        if slug in agenda.par_territoire:
            made[f"agenda/territoires/{slug}.ics"] = calendar(f"{nom} – {site}", agenda.par_territoire[slug])
    for page, events in agenda.par_page.items():
        first = events[0]
        made[calendar_of(page)] = calendar(first.porteur if page.startswith("cops/") else first.titre, events)
    for cop in annuaire.cops:
        own = made.get(calendar_of(cop.adresse))
        if own:  # who subscribed under a former id goes on
            made |= dict.fromkeys((calendar_of(f"cops/{former}/") for former in cop.anciens_ids), own)
    return made


_HEAD = Calendar()
_HEAD["VERSION"] = vText("2.0")
_HEAD["PRODID"] = vText(PRODID)
_HEAD["CALSCALE"] = vText("GREGORIAN")
_HEAD["METHOD"] = vText("PUBLISH")
_TAIL = b"END:VCALENDAR\r\n"
_START: bytes = _HEAD.to_ical().removesuffix(_TAIL)
_REFRESH = b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n"


def _head(name: str) -> bytes:
    """The beginning of a calendar up to its first component."""
    # NAME is that of RFC 7986, the other one was read before it.
    return _START + _text("NAME", name) + _text("X-WR-CALNAME", name) + _REFRESH


def render(event: Event, settings: Settings, labels: Labels) -> bytes:
    """One VEVENT. A cancelled one stays, marked as such; a moved one keeps its UID with a higher SEQUENCE."""
    return b"".join((b"BEGIN:VEVENT\r\n", *_properties(event, settings, labels), b"END:VEVENT\r\n"))


def _properties(event: Event, settings: Settings, labels: Labels) -> Iterator[bytes]:
    start, end = span(event.debut, event.fin)
    yield _time("DTSTART", start)
    if end is not None:
        yield _time("DTEND", end)
    changed = moment(event.modifie_le).astimezone(UTC)
    yield _time("DTSTAMP", changed)
    yield _time("LAST-MODIFIED", changed)
    yield _line(f"UID:{event.uid}")
    yield _line(f"SEQUENCE:{event.revision}")
    yield _line(f"STATUS:{'CANCELLED' if event.annulee else 'CONFIRMED'}")
    yield _text("SUMMARY", _title(event))
    yield _text("DESCRIPTION", "\n".join(_lines(event, labels)))
    if event.lieu or event.en_ligne_url:
        yield _text("LOCATION", _where(event))
    yield _line(f"URL:{settings.site_url}{event.adresse}")
    themes = (labels.of("cop.themes", theme) for theme in event.themes)
    names = (_escaped(typographie(name)) for name in (KINDS[event.sorte], *themes))
    yield _line(f"CATEGORIES:{','.join(names)}")


# The library escapes. Its components, which guess every type, and its folding, sign by sign, would treble the time; the
# tests hold our lines against what it reads.


def _line(text: str) -> bytes:
    """A content line in pieces of at most 75 octets, the space before the following ones included (RFC 5545, 3.1)."""
    rest = text.encode()
    pieces = []
    while len(rest) > PIECE:
        cut = PIECE
        while rest[cut] & 0xC0 == 0x80:  # within a character
            cut -= 1
        before = rest[:cut]
        cut -= (cut - len(before.rstrip(b"\\"))) % 2  # after a backslash that escapes what follows
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"


def _text(name: str, value: str) -> bytes:
    return _line(f"{name}:{_escaped(typographie(value))}")


def _escaped(value: str) -> str:
    written: bytes = vText(value).to_ical()
    return written.decode()


def _time(name: str, value: date) -> bytes:
    """A day, a moment in Paris or, for what the program itself reads, in UTC."""
    if not isinstance(value, datetime):
        return _line(f"{name};VALUE=DATE:{value:%Y%m%d}")
    if value.tzinfo is UTC:
        return _line(f"{name}:{value:%Y%m%dT%H%M%SZ}")
    return _line(f"{name};TZID={PARIS}:{value:%Y%m%dT%H%M%S}")


def span(debut: str, fin: str | None) -> tuple[date, date | None]:
    """Start and end as a calendar has them: days are whole and the end is the first day after (RFC 5545, 3.6.1)."""
    if " " not in debut:
        last = date.fromisoformat((fin or debut)[:10])
        return date.fromisoformat(debut), last + timedelta(days=1)
    if fin is None or (" " not in fin and fin == debut[:10]):
        return moment(debut), None
    # An end without an hour: until that day is over.
    end = moment(fin) if " " in fin else moment(f"{date.fromisoformat(fin) + timedelta(days=1)}")
    # As instants: of the night when the clocks go forward, 02:30 and 03:30 are one.
    return moment(debut), end if end.astimezone(UTC) > moment(debut).astimezone(UTC) else None


def _title(event: Event) -> str:
    """A meeting called « Séance plénière » says nothing in one's own calendar without its COP."""
    return f"Formation : {event.titre}" if event.sorte == "session" else f"{event.titre} – {event.porteur}"


def _lines(event: Event, labels: Labels) -> Iterable[str]:
    if event.annulee:
        yield f"Annulé{event.e}."
    elif event.avant:
        yield f"Reporté{event.e} : devait avoir lieu {periode(event.avant, None)}."
    elif event.complete:
        yield "Complète."
    yield f"{KINDS[event.sorte]} : {event.porteur}."
    if event.horaires:
        yield f"Horaires : {event.horaires}."
    if event.pour:
        yield f"{open_to(event.pour, labels, event.e).capitalize()}."
    if event.en_ligne_url and not event.annulee:
        yield f"En ligne : {event.en_ligne_url}"
    if event.inscription_url and not (event.annulee or event.complete):
        yield f"S’inscrire : {event.inscription_url}"


def _where(event: Event) -> str:
    if event.lieu:
        return ", ".join(filter(None, (event.lieu.nom, event.lieu.adresse)))
    return event.en_ligne_url or ""
