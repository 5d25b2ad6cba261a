"""« Recevoir par courriel »: only where the host names a service that sends the letter; who gets the address, first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from generator.feeds.letter import Letter
from generator.model.period import find_weeks
from generator.pages import jsonld
from generator.pages.frame.page import Page
from generator.pages.frame.record import Record
from generator.pages.jsonld import LinkedData
from generator.pages.letters import WEEKS, make_writer
from generator.pages.site import Site, Step

PATH = "suivre/courriel/"
TITLE = "Recevoir par courriel"


@dataclass(frozen=True, slots=True)
class SubscriptionPage:
    """What the page shows."""

    address: str  # of the page of the service where one registers
    service: str  # its host, as one will read it in the address bar
    publisher: str  # who publishes the directory; empty where the settings do not say
    last: Letter | None  # the last one that told something, as an example
    linked_data: LinkedData


def list_pages(site: Site) -> Iterator[Page]:
    """One page where a service is set, none elsewhere: nothing may be promised that nobody keeps."""
    address = site.settings.abonnement
    if address:
        description = "La lettre des COP chaque semaine par courriel : comment s’inscrire, et qui reçoit votre adresse."
        make = partial(_make_content, site, address, description)
        record = partial(Record, "pages", PATH, TITLE, description)
        yield Page(PATH, "inscription.html", TITLE, description, make, make_record=record)


def _make_content(site: Site, address: str, description: str) -> SubscriptionPage:
    writer = make_writer(site)
    letters = (writer.write(week) for week in find_weeks(site.annuaire.today, WEEKS))
    steps = [Step("Suivre", "suivre/"), Step(TITLE, PATH)]
    return SubscriptionPage(
        address=address,
        service=urlsplit(address).hostname or "",
        publisher=site.settings.mentions.get("editeur") or "",
        last=next((letter for letter in letters if not letter.is_empty), None),
        linked_data=jsonld.dump_page(site, "WebPage", TITLE, PATH, description, steps),
    )
