"""JSON-LD of each kind of page, in the vocabulary of schema.org. Built as data and serialised; never pasted."""

from collections.abc import Iterable
from typing import Any

import orjson
from markupsafe import Markup

from generator.model.actualite import Actualite
from generator.model.agenda import uid_of
from generator.model.cop import Cop
from generator.model.fields import Dated, Lieu, Rencontre, Session
from generator.model.formation import Formation
from generator.model.identity import moment
from generator.pages.site import Site, Step

Thing = dict[str, Any]
LinkedData = Markup
"""A finished `<script>`, which templates insert as it is."""

LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"


def dump(*things: Thing) -> LinkedData:
    """The `<script>` that holds them; `<` is escaped, so no text can close it."""
    graph = {"@context": "https://schema.org", "@graph": [_strip_unknown(thing) for thing in things]}
    text = orjson.dumps(graph).decode()
    safe = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    return LinkedData(f'<script type="application/ld+json">{safe}</script>')


def _strip_unknown(value: Any) -> Any:
    """Without what is unknown: an absent fact is left out, not written as null."""
    if isinstance(value, dict):
        return {key: _strip_unknown(item) for key, item in value.items() if item or item == 0}
    return [_strip_unknown(item) for item in value] if isinstance(value, list | tuple) else value


def describe_network(site: Site) -> Thing:
    return {"@type": "Organization", "name": site.settings.reseau, "url": site.settings.reseau_page}


def describe_website(site: Site) -> Thing:
    return {
        "@type": "WebSite",
        "@id": site.url("#site"),
        "name": site.settings.site_name,
        "description": site.settings.site_description,
        "url": site.settings.site_url,
        "inLanguage": "fr",
        "license": LICENCE_URL,
    }


def describe_page(site: Site, kind: str, name: str, path: str, description: str) -> Thing:
    """A page of the site: `WebPage`, `CollectionPage`…"""
    return {
        "@type": kind,
        "name": name,
        "description": description,
        "url": site.url(path),
        "inLanguage": "fr",
        "isPartOf": {"@id": site.url("#site")},
    }


def describe_breadcrumb(site: Site, steps: Iterable[Step]) -> Thing:
    """The way from the root down to the page."""
    items = [
        {"@type": "ListItem", "position": rank, "name": step.name, "item": site.url(step.path)}
        for rank, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def dump_page(site: Site, kind: str, name: str, path: str, description: str, steps: Iterable[Step]) -> LinkedData:
    """A page of the site and the way that leads to it."""
    return dump(describe_page(site, kind, name, path, description), describe_breadcrumb(site, steps))


def describe_cop(site: Site, cop: Cop) -> Thing:
    """A COP is an organisation of its collectivité; only what the file says is stated."""
    contact = {
        "@type": "ContactPoint",
        "contactType": cop.contact.fonction or "contact",
        "email": cop.contact.courriel,
        "telephone": cop.contact.telephone,
        "url": cop.contact.page or cop.contact.formulaire,
    }
    return {
        "@type": "Organization",
        "@id": site.url(f"{cop.adresse}#cop"),
        "name": cop.nom,
        "alternateName": [name for name in (cop.sigle, cop.nom_br, *cop.autres_noms) if name],
        "description": cop.resume,
        "url": site.url(cop.adresse),
        "foundingDate": cop.creee_le,
        "dissolutionDate": cop.terminee_le,
        "areaServed": {"@type": "AdministrativeArea", "name": cop.collectivite_nom},
        "parentOrganization": {"@type": "GovernmentOrganization", "name": cop.collectivite_nom},
        "contactPoint": contact,
        "sameAs": [link.url for link in cop.liens],
    }


def describe_meetings(site: Site, cop: Cop) -> list[Thing]:
    """The meetings to come, cancelled ones too: who had noted the date must learn it."""
    return [_describe_meeting(site, cop, meeting) for meeting in cop.rencontres_a_venir]


def _describe_meeting(site: Site, cop: Cop, meeting: Rencontre) -> Thing:
    online = meeting.en_ligne_url and {"@type": "VirtualLocation", "url": meeting.en_ligne_url}
    places = [place for place in (_describe_place(meeting.lieu), online) if place]
    mode = "Mixed" if len(places) > 1 else "Online" if online else "Offline"
    where = places[0] if len(places) == 1 else places
    return {
        "@type": "Event",
        "@id": site.url(f"{cop.adresse}#{uid_of('rencontre', cop.id, meeting).rpartition(':')[2]}"),
        "name": meeting.objet,
        "description": cop.resume,
        "url": site.url(cop.adresse),
        **_describe_dates(meeting),
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        # Without a place of its own, a meeting is held on the territory of its COP: search engines ask for one.
        "location": where or {"@type": "Place", "name": cop.collectivite_nom, "address": cop.collectivite_nom},
        "organizer": {"@type": "Organization", "name": cop.nom, "url": site.url(cop.adresse)},
        "inLanguage": "fr",
    }


def _describe_place(lieu: Lieu | None) -> Thing | None:
    return {"@type": "Place", "name": lieu.nom, "address": lieu.adresse or lieu.nom} if lieu else None


def _describe_dates(dated: Dated) -> Thing:
    """When it is held, when it was to be, and whether that changed."""
    return {
        "startDate": _write_moment(dated.quand),
        "endDate": _write_moment(dated.jusque),
        "previousStartDate": _write_moment(dated.avant),
        "eventStatus": f"https://schema.org/{_tell_status(dated)}",
    }


def _write_moment(text: str | None) -> str | None:
    """A day alone, or an hour with what sets it apart from universal time."""
    if not text:
        return None
    return moment(text).isoformat() if " " in text else text


def describe_formation(site: Site, formation: Formation) -> Thing:
    instances = [_describe_session(site, formation, session) for session in formation.sessions_a_venir]
    return {
        "@type": "Course",
        "name": formation.titre,
        "description": formation.resume,
        "url": site.url(formation.adresse),
        "inLanguage": "fr",
        "provider": {
            "@type": "Organization",
            "name": formation.organisateur.nom,
            "url": formation.organisateur.url,
        },
        "teaches": list(formation.objectifs),
        "coursePrerequisites": formation.prerequis,
        "audience": [
            {"@type": "Audience", "audienceType": site.labels.of("formation.publics", public)}
            for public in formation.publics
        ],
        "datePublished": formation.publiee_le,
        "offers": _describe_offer(formation),
        "hasCourseInstance": instances,
    }


def _describe_offer(formation: Formation, session: Session | None = None) -> Thing | None:
    """What it costs, where that is known; for a session, whether it still takes people and until when."""
    price = 0 if formation.tarif.mode == "gratuit" else formation.tarif.montant_eur
    if price is None:
        return None
    registration = session and session.inscription_url
    offer = {
        "@type": "Offer",
        "category": "Paid" if price else "Free",
        "price": price,
        "priceCurrency": "EUR",
        "url": registration or formation.inscription.url,
    }
    if session:
        places = "InStock" if formation.inscription_ouverte(session) else "SoldOut"
        if session.statut == "annulee":
            places = "Discontinued"
        offer |= {"availability": f"https://schema.org/{places}", "validThrough": session.inscription_jusqu_au}
    return offer


def _tell_status(dated: Dated) -> str:
    if dated.statut == "annulee":
        return "EventCancelled"
    return "EventRescheduled" if dated.reportee_au else "EventScheduled"


def _describe_session(site: Site, formation: Formation, session: Session) -> Thing:
    online = session.en_ligne_url and {"@type": "VirtualLocation", "url": session.en_ligne_url}
    return {
        "@type": "CourseInstance",
        "courseMode": site.labels.read_notes("formation.modalite", "x-schema-org").get(formation.modalite),
        "courseWorkload": _write_hours(formation),
        **_describe_dates(session),
        "location": _describe_place(session.lieu) or online,
        "maximumAttendeeCapacity": session.places,
        "offers": _describe_offer(formation, session),
    }


def _write_hours(formation: Formation) -> str | None:
    """`3.5` → `PT3H30M` (ISO 8601)."""
    if not formation.duree_heures:
        return None
    hours, minutes = divmod(round(60 * float(formation.duree_heures.replace(",", "."))), 60)
    return f"PT{hours}H{f'{minutes}M' if minutes else ''}"


def describe_actualite(site: Site, item: Actualite) -> Thing:
    return {
        "@type": "NewsArticle",
        "headline": item.titre,
        "description": item.resume,
        "datePublished": item.date_affichee,
        "url": site.url(item.adresse),
        "inLanguage": "fr",
        "publisher": describe_network(site),
    }


def describe_dataset(site: Site) -> Thing:
    """The open data, for search engines of data."""
    files = (("json", "application/json"), ("csv", "text/csv"), ("geojson", "application/geo+json"))
    downloads = [
        {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": site.url(f"donnees/cops.{ending}")}
        for ending, kind in files
    ]
    return {
        "@type": "Dataset",
        "name": f"Annuaire des COP locales {site.settings.region.de}",
        "description": site.settings.site_description,
        "url": site.url("donnees/"),
        "license": LICENCE_URL,
        "inLanguage": "fr",
        "creator": describe_network(site),
        "dateModified": site.annuaire.today,
        "distribution": downloads,
        "spatialCoverage": {"@type": "AdministrativeArea", "name": site.settings.region.nom},
    }
