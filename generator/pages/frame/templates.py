"""What templates may say: filters, functions, drawings."""

from collections.abc import Iterable
from functools import partial

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from generator import french
from generator.feeds.items import MAIN_FEEDS, feed_of_theme
from generator.model.agenda import open_to
from generator.model.cop import Cop
from generator.pages import jsonld
from generator.pages.agenda import following
from generator.pages.entries import facts, prose
from generator.pages.frame import loading
from generator.pages.groups import charts, facets, lists, presence
from generator.pages.site import Site
from generator.pictures.seats import bar_svg, seats_svg
from generator.repository import forge


def environment(site: Site) -> Environment:
    """The templates with what they may say: their filters and functions, and the site."""
    env = loading.load_environment()
    env.filters |= {
        "typo": lambda text: french.typographie(str(text)),
        "date": french.date_longue,
        "periode": french.periode,
        "nombre": french.nombre,
        "en_lettres": french.en_lettres,
        "enumeration": french.enumeration,
        "libelles": lambda values, path: inside([site.labels.of(path, value) for value in values]),
        "markdown": lambda text: Markup(french.typographie_html(prose.html(text))),  # noqa: S704 (sanitised)
    }
    env.globals |= {
        "site": site,
        "annuaire": site.annuaire,
        "reglages": site.settings,
        "compteur": site.counter,
        "libelle": site.labels.of,
        "mot": site.words.one,
        "choix": site.labels.choices,
        "pluriel": french.pluriel,
        "accord": french.accord,
        "trie": french.sort_key,
        "listes": lists,
        "faits": facts.listing,
        "faits_connus": facts.known,
        "statut_cop": lambda cop: facts.state(site.labels, "cop.statut", cop.statut_affiche),
        "type_cop": lambda cop: facts.kind(cop, site.words),
        "avancement": partial(facts.state, site.labels),
        "lien_externe": facts.link,
        "lieu": facts.place,
        "quand": facts.dated,
        "ouverte_a": lambda value, e: open_to(value, site.labels, e),
        "facettes": facets.questions,
        "sans_epci": presence.alone,
        "graphiques": charts.charts,
        "avancee": charts.progress,
        "jsonld": jsonld,
        "suivi": following,
        "flux_principaux": MAIN_FEEDS,
        "flux_de_theme": feed_of_theme,
        "forge": forge,
        "dessin": Drawings(site),
        "lien": _link,
    }
    return env


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
            self._rows[count, rank] = Markup(seats_svg(count, rank))  # noqa: S704
        return self._rows[count, rank]

    def barre(self, counts: list[int]) -> Markup:
        return Markup(bar_svg(counts))  # noqa: S704
