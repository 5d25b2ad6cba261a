"""What a hand-written page says of itself, read from the head that the engine wrote."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape

from generator.engine import Walls
from generator.french import sort_key
from generator.pages import jsonld
from generator.pages.frame.feed_links import find_feeds
from generator.pages.frame.gabarit import cut_text
from generator.pages.frame.page import Head
from generator.pages.frame.record import Record
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step

NOT_FOUND = "404.html"
HOME = "Accueil"

UNSEARCHED = "<!-- recherche: non -->"
"""What the theme writes where a page asks, at its head, not to be found."""

_TAB = re.compile(r'<li class="md-tabs__item[^"]*"><a class="md-tabs__link" href="[^"]*"([^>]*)>([^<]*)</a>')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')


def list_addresses(walls: Walls) -> Iterator[str]:
    """Addresses of the pages from the root of the site; the page for lost addresses has none."""
    return (path.removesuffix("index.html") for path in walls.pages if path != NOT_FOUND)


def read_head(site: Site, path: str, page: str) -> Head:
    """The head of the page at `path`."""
    settings = site.settings
    title, description = _TITLE.search(page), _DESCRIPTION.search(page)
    name = unescape(title[1]).removesuffix(f" · {settings.site_name}") if title else settings.site_name
    is_lost = path == NOT_FOUND
    address = "" if is_lost else path.removesuffix("index.html")
    return Head(
        path=address,
        title=name,
        description=unescape(description[1]) if description else settings.site_description,
        kind="introuvable" if is_lost else "texte",
        # The page for lost addresses is shown at any depth: its addresses start at the root of the host.
        root=settings.base_path if is_lost else "../" * address.count("/"),
        feeds=find_feeds(address, name),
    )


def group_by_tab(pages: Mapping[str, str], heads: Mapping[str, Head]) -> Mapping[str, Sequence[Step]]:
    """The pages under the tab that each lights up, in the order of the tabs, the home page before them.

    The last group, unnamed, lights up none.
    """
    any_page = next(iter(pages.values()), "")
    groups: dict[str, list[tuple[bool, Step]]] = {HOME: []}
    groups |= {unescape(name): [] for _, name in _TAB.findall(any_page)} | {"": []}
    for path, page in pages.items():
        if path != NOT_FOUND:
            step = Step(heads[path].title, heads[path].path)
            state, tab = next(((state, name) for state, name in _TAB.findall(page) if state), ("", ""))
            groups[unescape(tab) if step.path else HOME].append(("page" in state, step))
    return {name: _sort_steps(steps) for name, steps in groups.items() if steps}


def _sort_steps(steps: Iterable[tuple[bool, Step]]) -> Sequence[Step]:
    """By name, the page that the tab leads to first."""
    return [step for _, step in sorted(steps, key=lambda pair: (not pair[0], sort_key(pair[1].name)))]


def describe(site: Site, head: Head) -> LinkedData:
    """The linked data of a page: the site itself on its home page, the data where they are published."""
    if head.path or head.kind == "introuvable":
        things = [jsonld.describe_page(site, "WebPage", head.title, head.path, head.description)]
    else:
        things = [jsonld.describe_website(site)]
    if head.path == "donnees/":
        things.append(jsonld.describe_dataset(site))
    return jsonld.dump(*things)


def make_record(site: Site, path: str, page: str) -> Record | None:
    """What a page can be found by: the text of its author between the walls, before the blocs are filled."""
    if path == NOT_FOUND or UNSEARCHED in page:
        return None
    head = read_head(site, path, page)
    return Record("pages", head.path, head.title, head.description, long_text=cut_text(page))
