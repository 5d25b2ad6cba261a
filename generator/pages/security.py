"""Where to report a weakness of the site: /.well-known/security.txt, as RFC 9116 writes it."""

from datetime import date, timedelta
from urllib.parse import quote

from generator.repository.settings import LOCAL_URL, Settings

PATH = ".well-known/security.txt"
LIFE = timedelta(days=180)
"""The RFC advises less than a year; the site is built again each night."""


def write_security_txt(settings: Settings, today: str) -> str:
    """The text of the file, or nothing where the settings give no way to write to anybody. `today`: AAAA-MM-JJ."""
    ways = [f"mailto:{settings.courriel}"] if settings.courriel else []
    page = quote(settings.page or "", safe=":/?#[]@!$&'()*+,;=%~")
    ways += [page] if page.startswith("https://") else []
    if not ways:
        return ""
    lines = [f"Contact: {way}" for way in ways]
    lines.append(f"Expires: {date.fromisoformat(today) + LIFE}T00:00:00Z")
    lines.append("Preferred-Languages: fr")
    if settings.site_url != LOCAL_URL and settings.base_path == "/":  # read nowhere else than at the root of a host
        lines.append(f"Canonical: {settings.site_url}{PATH}")
    return "\n".join(lines) + "\n"
