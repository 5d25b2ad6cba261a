"""The external links of the entries: visited, compared with former visits, told. Never part of a check or a build."""

import ipaddress
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from generator.entries.corpus import Corpus
from generator.failures import NoNetwork
from generator.french import slug
from generator.repository.settings import LOCAL_URL, Settings
from generator.upkeep.links import memory, visits
from generator.upkeep.links.fetching import Manner
from generator.upkeep.links.memory import Memory
from generator.upkeep.links.places import list_places
from generator.upkeep.links.telling import LinkFinding
from generator.upkeep.links.visits import Pace

_NO_NAMES = {"nom-inconnu", "nom-sans-reponse"}
_NOT_ASKED = {"adresse-refusee", "adresse-illisible", "temps"}
"""Nobody was asked, which says nothing of the network; neither does an address of numbers, that has no name."""


def examine_links(
    corpus: Corpus, site_url: str, today: str, memory_before: Memory, manner: Manner, pace: Pace
) -> tuple[tuple[LinkFinding, ...], Memory]:
    """What is known of each link of the entries after a visit, and the memory to keep.

    `site_url` is the address of our own site, whose pages are not external. Raises NoNetwork where not one name of a
    site could be found: that says nothing of the links.
    """
    places = list_places(corpus, site_url, today)
    visited = visits.visit_all((place.url for place in places), manner, pace)
    require_network({url: visit.cause for url, visit in visited.items()})
    now = memory.update(memory_before, visited, today)
    return tuple(LinkFinding(place, visited[place.url], now.get(place.url)) for place in places), now


def require_network(causes: Mapping[str, str]) -> None:
    """By address, why it did not answer. Raises NoNetwork where not one name of a site could be found."""
    met = {cause for url, cause in causes.items() if _has_name(url)} - _NOT_ASKED
    if met and met <= _NO_NAMES:
        raise NoNetwork


def _has_name(url: str) -> bool:
    """Whether the host of an address is a name, not numbers."""
    try:
        ipaddress.ip_address(urlsplit(url).hostname or "")
    except ValueError:
        return True
    return False


def agent_name(settings: Settings, purpose: str) -> str:
    """How the visitor names itself, so that a site knows whom to write to: ASCII, as headers are."""
    contact = settings.site_url if settings.site_url != LOCAL_URL else settings.depot or settings.reseau_page
    more = "; ".join(filter(None, (contact and f"+{contact}", purpose)))
    return re.sub(r"[^ -~]", "", f"{slug(settings.site_name)}/1.0 ({more})")
