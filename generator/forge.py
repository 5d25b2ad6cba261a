"""Addresses of a forge's own pages: where one edits or creates a file in the browser.

GitHub, GitLab and Forgejo (Gitea) name these pages differently; no address exists where the settings name no forge.
"""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from generator.settings import Settings

_EDIT: Mapping[str, str] = {
    "github": "{depot}/edit/{branche}/{chemin}",
    "gitlab": "{depot}/-/edit/{branche}/{chemin}",
    "forgejo": "{depot}/_edit/{branche}/{chemin}",
}


def edit_url(settings: Settings, chemin: str) -> str | None:
    """The page of the forge that edits a file of the repository, None where no forge is set."""
    pattern = _EDIT.get(settings.forge or "")
    if not (pattern and settings.depot):
        return None
    return pattern.format(depot=settings.depot, branche=quote(settings.branche, safe="/"), chemin=quote(chemin))


def mailto(settings: Settings, subject: str) -> str | None:
    """An address that opens a message to the directory, None where no address is set."""
    if not settings.courriel:
        return None
    return f"mailto:{settings.courriel}?{urlencode({'subject': subject}, quote_via=quote)}"
