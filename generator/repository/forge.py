"""Addresses of a forge's own pages: where one edits or creates a file, or opens a request already filled in.

GitHub, GitLab and Forgejo (Gitea) name these pages differently; no address exists where the settings name no forge.
"""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from generator.repository.prefilled import write_request
from generator.repository.prompts import Form
from generator.repository.settings import Settings

_EDIT: Mapping[str, str] = {
    "github": "{depot}/edit/{branche}/{{chemin}}",
    "gitlab": "{depot}/-/edit/{branche}/{{chemin}}",
    "forgejo": "{depot}/_edit/{branche}/{{chemin}}",
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
    return _write_pattern(_NEW, settings)


def edit_pattern(settings: Settings) -> str | None:
    """The page of the forge that edits a file, with `{chemin}` to replace, percent-encoded."""
    return _write_pattern(_EDIT, settings)


def _write_pattern(patterns: Mapping[str, str], settings: Settings) -> str | None:
    pattern = patterns.get(settings.forge or "")
    if not (pattern and settings.depot):
        return None
    return pattern.format(depot=settings.depot, branche=quote(settings.branche, safe="/"))


def mailto(settings: Settings, subject: str, body: str = "") -> str | None:
    """An address that opens a message to the directory, None where no address is set."""
    if not settings.courriel:
        return None
    query = {"subject": subject} | ({"body": body.replace("\n", "\r\n")} if body else {})
    return f"mailto:{settings.courriel}?{urlencode(query, quote_via=quote)}"


_ISSUE: Mapping[str, str] = {
    "github": "{depot}/issues/new?",
    "gitlab": "{depot}/-/issues/new?",
    "forgejo": "{depot}/issues/new?",
}
_RESERVED = frozenset("title body template labels assignees milestone projects type".split())
"""Words of GitHub's own addresses: a question of that name would never receive its answer."""


def field_id(path: str) -> str:
    """The id of the question about a key, in the forms of .github/ISSUE_TEMPLATE/: its dotted name, spelt with -."""
    name = path.replace(".", "-")
    return f"cop-{name}" if name in _RESERVED else name


def issue_url(settings: Settings, form: Form, titre: str, **champs: str) -> str | None:
    """The page of the forge that opens a request with a form, its title and some answers filled in.

    `champs` are answers by the dotted name of their key (as the file spells them: `type="cop-locale"`,
    `**{"contact.page": …}`); choices may stay for the person to make. GitLab has no such forms: there the questions and
    answers make the text of the request. None where no forge is set.
    """
    start = _ISSUE.get(settings.forge or "")
    if not (start and settings.depot):
        return None
    file = f"{form.name}.yml"
    if settings.forge == "gitlab":
        pairs = {"issue[title]": titre, "issue[description]": write_request(form, champs)}
    elif settings.forge == "forgejo":
        # Named with its folder, and each field after the word that Gitea puts before it.
        pairs = {"template": f".github/ISSUE_TEMPLATE/{file}", "title": titre}
        pairs |= {f"field:{field_id(path)}": value for path, value in champs.items()}
    else:
        pairs = {"template": file, "title": titre}
        pairs |= {field_id(path): value for path, value in champs.items()}
    return start.format(depot=settings.depot) + urlencode(pairs, quote_via=quote)
