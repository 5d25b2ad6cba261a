"""Permanent identifiers of what others keep, entries of feeds and events of calendars, and moments in Paris time."""

from datetime import datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

UID_NAMESPACE = UUID("9cbe2567-52d3-535b-ae09-9dd1906e2e89")
"""uuid5(NAMESPACE_DNS, "1000-cop-en-bretagne"), written down: were it to change, every reader would see all as new."""

PARIS = "Europe/Paris"


def urn(kind: str, name: str) -> str:
    """The permanent identifier of an entry (RFC 4122, version 5)."""
    return uuid5(UID_NAMESPACE, f"{kind}/{name}").urn


def moment(text: str) -> datetime:
    """`AAAA-MM-JJ` (midnight) or `AAAA-MM-JJ HH:MM`, in Europe/Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(PARIS))
