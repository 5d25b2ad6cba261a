"""The preview of a proposal: only the pages that it changes, in one file without script, to open anywhere.

The pages are those of the site as built, read again by a sanitiser: the file holds words and forms, no picture, no
script, and no address but whole ones. `.github/apercu.py` refuses to lead to a file that holds anything else.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nh3
from markupsafe import Markup

from generator.entries.content.allowed import CONTENT
from generator.entries.corpus import KINDS
from generator.french import pluriel
from generator.pages.frame.assets import find_sheet
from generator.pages.frame.templates import Templates
from generator.pages.site import Site
from generator.repository.snapshot import Snapshot
from generator.upkeep.card import Change, find_changes

MOST_PAGES = 12
LONGEST_PAGE = 60_000
"""Signs of one page, cleaned; a longer one is only named."""
MAX_PAGE_BYTES = 2_000_000

TAGS = frozenset(
    "a abbr article aside b blockquote br caption cite code dd details div dl dt em figcaption figure h1 h2 h3 h4 "
    "h5 h6 header hr i kbd li main ol p pre q s section small span strong sub summary sup table tbody td th thead "
    "time tr u ul".split()
)
ATTRIBUTES = {"*": {"class", "lang", "title"}, "a": {"href"}, "time": {"datetime"}, "ol": {"start"}}
_EMPTIED = set("script style svg template noscript form button select textarea iframe object".split())
_WHOLE = re.compile(r"https?://[^\s\"<>]+|mailto:[^\s\"<>]+", re.IGNORECASE)
_PICTURE = re.compile(r"url\((?:\"[^\"]*\"|'[^']*'|[^()\"']*)\)")


def _keep(_element: str, name: str, value: str) -> str | None:
    """A link inside the site leads nowhere from a file."""
    if "<" in value or ">" in value:
        return None
    return value if name != "href" or _WHOLE.fullmatch(value) else None


_SANITISER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={element: set(names) for element, names in ATTRIBUTES.items()},
    attribute_filter=_keep,
    clean_content_tags=_EMPTIED,
    url_schemes={"https", "http", "mailto"},
    link_rel=None,
)


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """One page that a proposal adds, changes or takes away."""

    title: str
    state: str  # « nouvelle fiche »
    path: str  # from the root of the site
    content: Markup  # empty where there is nothing to show


@dataclass(frozen=True, slots=True)
class Preview:
    """What the file shows."""

    pages: tuple[ChangedPage, ...]
    more: str  # how many others there are
    sheet: Markup


def make_preview(
    before: Snapshot, after: Snapshot, paths: Collection[str], folder: Path, site: Site
) -> tuple[str, tuple[str, ...]]:
    """The file and the paths of the pages that it shows; both empty where no page changes.

    `paths` are the files that differ, `folder` the site that was built from `after`.
    """
    changed = [*_list_entries(find_changes(before, after)), *_list_written(paths, folder)]
    if not changed:
        return "", ()
    shown = tuple(_read(page, folder) for page in changed[:MOST_PAGES])
    left = len(changed) - len(shown)
    preview = Preview(shown, pluriel(left, "autre page") if left else "", _read_sheet(folder))
    html = Templates(site).render_message("apercu.html", preview=preview)
    return html, tuple(page.path for page in shown if page.content)


def _list_entries(changes: Sequence[Change]) -> Iterator[ChangedPage]:
    folders = {kind.name: kind.folder.removeprefix(f"{CONTENT}/") for kind in KINDS}
    for change in changes:
        entry = change.after or change.before
        if entry is None:
            continue
        title = str(entry.data.get("nom") or entry.data.get("titre") or entry.id)
        state = "retirée" if change.is_gone else "nouvelle" if change.is_new else "modifiée"
        path = "" if change.is_gone else f"{folders[entry.kind]}/{entry.id}/"
        yield ChangedPage(title, state, path, Markup())


def _list_written(paths: Collection[str], folder: Path) -> Iterator[ChangedPage]:
    """The hand-written pages, by their address."""
    for path in sorted(paths):
        if path.startswith(f"{CONTENT}/") and path.endswith(".md"):
            name = path.removeprefix(f"{CONTENT}/").removesuffix(".md")
            address = f"{name}/".removeprefix("index/")
            is_there = (folder / address / "index.html").is_file()
            yield ChangedPage(
                f"/{address}", "modifiée" if is_there else "retirée", address if is_there else "", Markup()
            )


def _read(page: ChangedPage, folder: Path) -> ChangedPage:
    """The same with what its page says between the walls of the site."""
    if page.state == "retirée":
        return page
    file = folder / page.path / "index.html"
    if not file.is_file() or file.stat().st_size > MAX_PAGE_BYTES:
        return page
    _, _, rest = file.read_text(encoding="utf-8").partition("<main")
    main, _, _ = rest.partition("</main>")
    content = _SANITISER.clean(f"<main{main}</main>")
    # The sanitiser has read it, and nothing is put in afterwards.
    return page if len(content) > LONGEST_PAGE else ChangedPage(page.title, page.state, page.path, Markup(content))  # noqa: S704


def _read_sheet(folder: Path) -> Markup:
    """The style sheet of the site without the pictures in it; none where it could be something else."""
    file = find_sheet(folder)
    sheet = _PICTURE.sub("none", file.read_text(encoding="utf-8")) if file else ""
    return Markup("" if "<" in sheet or "@import" in sheet else sheet)  # noqa: S704
