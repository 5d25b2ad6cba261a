"""Every kind of page of the fictitious site, by name: what the browser tests visit."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.territories.reference import load_territories
from tests.support.paths import ROOT

CONTENT = ROOT / "content"
SOURCES = sorted(page for page in CONTENT.rglob("*.md"))
"""The hand-written pages."""

Find = Callable[[Path], str]  # a built site → the address of one of its pages


def lightest(section: str) -> Find:
    """The page of a section that says least; a redirection is no page."""

    def find(site: Path) -> str:
        pages = [p for p in (site / section).glob("*/index.html") if 'http-equiv="refresh"' not in p.read_text("utf-8")]
        return min(pages, key=lambda p: (p.stat().st_size, p)).parent.relative_to(site).as_posix() + "/"

    return find


def fullest(section: str) -> Find:
    """The page of a section that says most: in words, for a map may weigh more than they do."""

    def said(page: Path) -> int:
        return len(re.sub(r"<svg.*?</svg>|<[^>]*>", "", page.read_text("utf-8"), flags=re.DOTALL))

    def find(site: Path) -> str:
        best = max((site / section).glob("*/index.html"), key=lambda page: (said(page), page))
        return best.parent.relative_to(site).as_posix() + "/"

    return find


def epci(site: Path) -> str:
    """The intercommunalité whose page says most."""
    slugs = [e.slug for e in load_territories().epci.values()]
    best = max(slugs, key=lambda slug: ((site / "territoires" / slug / "index.html").stat().st_size, slug))
    return f"territoires/{best}/"


def fullest_commune(site: Path) -> str:
    """The commune whose page says most."""
    return max(_communes(site), key=lambda path: ((site / path / "index.html").stat().st_size, path))


def lightest_commune(site: Path) -> str:
    """The commune whose page says least."""
    return min(_communes(site), key=lambda path: ((site / path / "index.html").stat().st_size, path))


def _communes(site: Path) -> list[str]:
    return [f"communes/{commune.slug}/" for commune in load_territories().communes.values()]


def redirection(site: Path) -> str:
    """A former address of a COP."""
    pages = (site / "cops").glob("*/index.html")
    return next(p for p in sorted(pages) if 'http-equiv="refresh"' in p.read_text("utf-8")).parent.name


MADE: Mapping[str, tuple[str, Find]] = {
    "COP pleine": ("cop.html", fullest("cops")),
    "COP minimale": ("cop.html", lightest("cops")),
    "formation pleine": ("formation.html", fullest("formations")),
    "formation minimale": ("formation.html", lightest("formations")),
    "actualité": ("actualite.html", fullest("actualites")),
    "mois d’agenda": ("mois.html", fullest("agenda")),
    "EPCI": ("territoire.html", epci),
    "territoire sans COP": ("territoire.html", lightest("territoires")),
    "département": ("territoire.html", lambda site: "territoires/finistere/"),
    "Région": ("territoire.html", lambda site: "territoires/bretagne/"),
    "commune": ("commune.html", fullest_commune),
    "commune sans COP": ("commune.html", lightest_commune),
    "communes d’un département": ("communes.html", lambda site: "communes/finistere/"),
    "où agir": ("ou-agir.html", lambda site: "ou-agir/finistere/"),
    "recevoir par courriel": ("inscription.html", lambda site: "suivre/courriel/"),
    "thème": ("groupe.html", fullest("themes")),
    "forme": ("groupe.html", fullest("types")),
    "rayon d’engagements": ("rayon.html", fullest("engagements")),
    "rayon de documents": ("rayon.html", fullest("documents")),
    "forme sans COP": ("groupe.html", lightest("types")),
}
"""Pages made from data: the template each comes from, and how to find one."""


def written() -> Iterator[tuple[str, Find]]:
    """The hand-written pages, as the folder holds them, and the page for lost addresses."""
    for page in SOURCES:
        name = page.relative_to(CONTENT).as_posix()
        address = f"{name.removesuffix('.md')}/".removeprefix("index/")
        yield name, lambda site, address=address: address  # type: ignore[misc]
    yield "404", lambda site: "404.html"


KINDS: Mapping[str, Find] = {name: find for name, (_, find) in MADE.items()} | dict(written())
MAIN = ("index.md", "cops.md", "COP pleine", "formation pleine", "EPCI")
"""The five that are looked at most: both schemes on both screens."""
