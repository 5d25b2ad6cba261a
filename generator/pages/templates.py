"""The Jinja environment: our templates, with French spacing applied when they are read, the gabarits, the filters."""

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import cmarkgfm
import jinja2
import nh3
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    pass_context,
)
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.runtime import Context
from markupsafe import Markup

from generator import entries, forge, french, maps
from generator.cop import Cop
from generator.pages import charts, facets, facts, following, jsonld, lists, presence
from generator.pages.site import Site

FOLDER = Path(__file__).parent.parent / "templates"


_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_HELD = "\ue000"  # of the private use area: no template holds it


def spaced(source: str) -> str:
    """A template with French spaces; what an expression will say is a word among the others: `« {{ nom }} »`."""
    held = iter(_EXPRESSION.findall(source))
    return re.sub(_HELD, lambda _: next(held), french.typographie_html(_EXPRESSION.sub(_HELD, source)))


class _Spaced(FileSystemLoader):
    """Templates are written with plain spaces; their text gets its no-break ones here, before compiling."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, name, fresh = super().get_source(environment, template)
        return spaced(source), name, fresh


class _Codes(FileSystemBytecodeCache):
    """Templates stay compiled from one build to the next, as Python's modules do; where they cannot, they are not."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        with contextlib.suppress(OSError):
            super().dump_bytecode(bucket)


def _codes() -> _Codes | None:
    # Jinja sees another template, not other options: whoever edits this module starts anew.
    options = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    try:
        return _Codes(pattern=f"cop-{jinja2.__version__}-{options}-%s.cache")
    except (RuntimeError, OSError):  # no folder of our own
        return None


def environment(site: Site, gabarits: Mapping[str, str]) -> Environment:
    """Templates by name; the gabarit of a section is `gabarit/<section>`. An undefined name is an error."""
    loaders: list[BaseLoader] = [PrefixLoader({"gabarit": DictLoader(dict(gabarits))}), _Spaced(FOLDER)]
    env = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_codes(),
    )
    env.filters |= {
        "typo": _spacing(),
        "date": french.date_longue,
        "periode": french.periode,
        "nombre": french.nombre,
        "enumeration": french.enumeration,
        "libelles": lambda values, path: inside([site.labels.of(path, value) for value in values]),
        "markdown": lambda text: Markup(french.typographie_html(long_text(text))),  # noqa: S704 (sanitised)
    }
    env.globals |= {
        "site": site,
        "annuaire": site.annuaire,
        "reglages": site.settings,
        "compteur": site.counter,
        "libelle": site.labels.of,
        "choix": site.labels.choices,
        "pluriel": french.pluriel,
        "accord": french.accord,
        "trie": french.sort_key,
        "listes": lists,
        "faits": facts.listing,
        "faits_connus": facts.known,
        "facettes": facets.facets,
        "sans_epci": presence.alone,
        "graphiques": charts.charts,
        "avancee": charts.progress,
        "jsonld": jsonld,
        "suivi": following,
        "flux_principaux": entries.MAIN,
        "flux_de_theme": entries.of_theme,
        "forge": forge,
        "dessin": Drawings(site),
        "lien": _link,
    }
    return env


def _spacing() -> Callable[[object], str]:
    """The filter `typo`; it remembers, for names and labels come back on many pages."""
    known: dict[str, str] = {}

    def typo(text: object) -> str:
        plain = str(text)
        if plain not in known:
            known[plain] = french.typographie(plain)
        return known[plain]

    return typo


def inside(labels: Iterable[str]) -> list[str]:
    """Labels in a sentence: only the first keeps its capital."""
    return [label if not rank else label[:1].lower() + label[1:] for rank, label in enumerate(labels)]


@pass_context
def _link(context: Context, path: str) -> str:
    """A path from the root of the site, relative to the page being rendered."""
    return (context["racine"] + path) or "./"


class Drawings:
    """Our SVG as markup that templates may insert."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._rows: dict[tuple[int, int], Markup] = {}  # drawn once: they come back on every page

    def champ(self) -> Markup:
        return Markup(self._site.field_svg())  # noqa: S704 (its label is escaped)

    def lieu(self, cop: Cop) -> Markup:
        return Markup(self._site.place_svg(cop))  # noqa: S704

    def sieges(self, count: int, rank: int) -> Markup:
        if (count, rank) not in self._rows:
            self._rows[count, rank] = Markup(maps.seats_svg(count, rank))  # noqa: S704
        return self._rows[count, rank]

    def barre(self, counts: list[int]) -> Markup:
        return Markup(maps.bar_svg(counts))  # noqa: S704


# Long texts of contributors ------------------------------------------------------------------------------------------

_SAFE_LINK = re.compile(r"^(?:https?://|mailto:|#|/(?!/)|\.{0,2}/?[\w-])", re.IGNORECASE)
_READ_OTHERWISE = re.compile(r"[\\\s\x00-\x1f]")  # browsers drop a tab and read \ as /
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def is_safe_link(url: str) -> bool:
    """Addresses that a contributed text may link to: https, http, mailto, and pages of this site; never `//host`."""
    if _READ_OTHERWISE.search(url):
        return False
    if _SCHEME.match(url) and not re.match(r"^(?:https?|mailto):", url, re.IGNORECASE):
        return False
    return not url.startswith("//") and bool(_SAFE_LINK.match(url))


_KEPT = {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",
    "em",
    "strong",
    "code",
    "pre",
    "br",
    "hr",
}
_KEPT_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
_SANITISER = nh3.Cleaner(
    tags=_KEPT,
    attributes=_KEPT_ATTRIBUTES,
    attribute_filter=lambda _, name, value: value if name != "href" or is_safe_link(value) else None,
    link_rel=None,
)
_HEADING = re.compile(r"(</?h)([1-6])(?=>)")


def long_text(text: str) -> str:
    """CommonMark as HTML, without images and without any HTML of its own; headings go one level down.

    What the parser wrote is read again by a sanitiser that knows nothing of it and keeps only what is listed here.
    """
    written = _HEADING.sub(lambda found: f"{found[1]}{min(6, int(found[2]) + 1)}", cmarkgfm.markdown_to_html(text))
    return _SANITISER.clean(written)
