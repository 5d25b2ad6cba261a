"""iCalendar (RFC 5545): what is to come, for the calendars of telephones and computers.

The library writes each event once, and its bytes are reused in every calendar that holds it. Nothing depends on the
moment of the build: UID, SEQUENCE, LAST-MODIFIED and DTSTAMP come from the data.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import icalendar

from generator.french import periode, typographie
from generator.model.agenda import KINDS, Agenda, Event, calendar_of, open_to
from generator.model.annuaire import Annuaire
from generator.model.identity import moment
from generator.model.labels import Labels
from generator.repository.settings import Settings

ASSUMED_DURATION = timedelta(hours=2)
ASSUMED = "Heure de fin non précisée : l’agenda compte deux heures."

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


def calendar_files(agenda: Agenda, annuaire: Annuaire, settings: Settings) -> dict[str, bytes]:
    """Every calendar by its path from the root of the site; a territory or COP without event has none."""
    rendered = {event.uid: render(event, settings, annuaire.labels) for event in agenda.gardes}
    site = settings.site_name
    head = _render_head(site)

    def assemble(name: str, events: Iterable[Event]) -> bytes:
        return b"".join(
            (head, _render_name(name), _REFRESH, TIMEZONE, *(rendered[event.uid] for event in events), _END)
        )

    sessions = [event for event in agenda.gardes if event.sorte == "session"]
    files = {
        "agenda/tout.ics": assemble(site, agenda.gardes),
        "agenda/formations.ics": assemble(f"Formations – {site}", sessions),
    }
    for place in annuaire.territoires:
        if place.slug in agenda.par_territoire:
            calendar = assemble(f"{place.nom} – {site}", agenda.par_territoire[place.slug])
            # Who subscribed before a merger goes on.
            names = (place.slug, *annuaire.territories.former_slugs(place.slug))
            files |= dict.fromkeys((f"agenda/territoires/{name}.ics" for name in names), calendar)
    for page, events in agenda.par_page.items():
        first = events[0]
        files[calendar_of(page)] = assemble(first.porteur if page.startswith("cops/") else first.titre, events)
    for cop in annuaire.cops:
        of_cop = files.get(calendar_of(cop.adresse))
        if of_cop:  # who subscribed under a former id goes on
            files |= dict.fromkeys((calendar_of(f"cops/{old_id}/") for old_id in cop.anciens_ids), of_cop)
    return files


_BEGIN, _END = b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n"


def _render_properties(properties: Iterable[tuple[str, str]]) -> bytes:
    """Properties of a calendar, without what begins and ends it."""
    calendar = icalendar.Calendar()
    for name, value in properties:
        calendar.add(name, icalendar.vText(value))  # left to itself, the library would not escape what it does not know
    rendered: bytes = calendar.to_ical(sorted=False)
    return rendered.removeprefix(_BEGIN).removesuffix(_END)


def _render_head(site: str) -> bytes:
    prodid = f"-//{site}//Agenda//FR"
    return _BEGIN + _render_properties(
        [("version", "2.0"), ("prodid", prodid), ("calscale", "GREGORIAN"), ("method", "PUBLISH")]
    )


_REFRESH = b"REFRESH-INTERVAL;VALUE=DURATION:P1D\r\nX-PUBLISHED-TTL:P1D\r\n"


def _render_name(name: str) -> bytes:
    """NAME is that of RFC 7986, the other one was read before it."""
    return _render_properties((key, typographie(name)) for key in ("name", "x-wr-calname"))


def render(event: Event, settings: Settings, labels: Labels) -> bytes:
    """One VEVENT. A cancelled one stays, marked as such; a moved one keeps its UID with a higher SEQUENCE."""
    start, end = span(event.debut, event.fin)
    page = f"{settings.site_url}{event.adresse}"
    changed = moment(event.modifie_le).astimezone(UTC)
    themes = [labels.of("cop.themes", theme) for theme in event.themes]
    component = icalendar.Event()
    component.add("dtstart", start)
    component.add("dtend", end or assume_end(event.debut))
    if not isinstance(start, datetime):
        component.add("transp", "TRANSPARENT")  # who subscribes does not take part: their day stays free
    component.add("dtstamp", changed)
    component.add("last-modified", changed)
    component.add("uid", event.uid)
    component.add("sequence", event.revision)
    component.add("status", "CANCELLED" if event.annulee else "CONFIRMED")
    component.add("summary", typographie(_title_of(event)))
    lines = [*_describe(event, labels), *([] if end or event.horaires else [ASSUMED])]
    # Most programs show no URL: the address stands in the text too.
    component.add("description", "\n".join((typographie("\n".join(lines)), page)))
    if event.lieu or event.en_ligne_url:
        component.add("location", typographie(_place_of(event)))
    component.add("url", page)
    component.add("categories", [typographie(name) for name in (KINDS[event.sorte], *themes)])
    rendered: bytes = component.to_ical(sorted=False)
    return rendered


def assume_end(debut: str) -> datetime:
    """The end of a moment that has none: left without, one program shows 24 hours and another none."""
    start = moment(debut)
    return (start.astimezone(UTC) + ASSUMED_DURATION).astimezone(start.tzinfo)


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


def _title_of(event: Event) -> str:
    """A meeting called « Séance plénière » says nothing in one's own calendar without its COP.

    Many programs ignore the status of what is cancelled: the title says it, as Outlook writes it.
    """
    title = f"Formation : {event.titre}" if event.sorte == "session" else f"{event.titre} – {event.porteur}"
    return f"Annulé : {title}" if event.annulee else title


def _describe(event: Event, labels: Labels) -> Iterable[str]:
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


def _place_of(event: Event) -> str:
    if event.lieu:
        return ", ".join(filter(None, (event.lieu.nom, event.lieu.adresse)))
    return event.en_ligne_url or ""
