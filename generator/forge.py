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

_NEW: Mapping[str, str] = {
    # `value` and `content` fill the page; GitLab documents neither, so that there the text is copied and pasted.
    "github": "{depot}/new/{branche}?filename={{chemin}}&value={{texte}}",
    "forgejo": "{depot}/_new/{branche}/?filename={{chemin}}&value={{texte}}",
    "gitlab": "{depot}/-/new/{branche}?file_name={{chemin}}",
}
_NAMES: Mapping[str, str] = {"github": "GitHub", "gitlab": "GitLab", "forgejo": "Forgejo"}


def name(settings: Settings) -> str:
    """What people call the forge; « la forge » where none is known."""
    return _NAMES.get(settings.forge or "", "la forge")


def new_file_pattern(settings: Settings) -> str | None:
    """The page of the forge that creates a file, with `{chemin}` and, where it can be filled in, `{texte}` to replace.

    Both are to be percent-encoded. None where no forge is set.
    """
    pattern = _NEW.get(settings.forge or "")
    if not (pattern and settings.depot):
        return None
    return pattern.format(depot=settings.depot, branche=quote(settings.branche, safe="/"))


def edit_pattern(settings: Settings) -> str | None:
    """The page of the forge that edits a file, with `{chemin}` to replace, percent-encoded."""
    pattern = _EDIT.get(settings.forge or "")
    if not (pattern and settings.depot):
        return None
    return pattern.format(depot=settings.depot, branche=quote(settings.branche, safe="/"), chemin="{chemin}")


def edit_url(settings: Settings, chemin: str) -> str | None:
    """The page of the forge that edits a file of the repository, None where no forge is set."""
    pattern = edit_pattern(settings)
    return pattern.replace("{chemin}", quote(chemin)) if pattern else None


def mailto(settings: Settings, subject: str) -> str | None:
    """An address that opens a message to the directory, None where no address is set."""
    if not settings.courriel:
        return None
    return f"mailto:{settings.courriel}?{urlencode({'subject': subject}, quote_via=quote)}"
