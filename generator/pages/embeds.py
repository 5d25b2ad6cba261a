"""Pages made to be framed by other sites: the counter, the COP of a territory, one COP, the next trainings.

No script, one style sheet for all of them, and a policy that allows nothing else: framing, only a header could forbid.
They follow the visitor's colours, or those that the address asks for: `#clair`, `#sombre`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from generator import french
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.formation import Formation
from generator.pages.agenda import meetings
from generator.pages.agenda.rows import AgendaRow, AgendaRows
from generator.pages.frame import stylesheet
from generator.pages.frame.loading import TEMPLATES_FOLDER
from generator.pages.frame.page import Page
from generator.pages.site import Site
from generator.pictures.badge import draw_badge
from generator.pictures.svg import Svg
from generator.territories.kinds import Epci, Region, Wide

MAX_COPS = 6
MAX_SESSIONS = 3
SHEET = TEMPLATES_FOLDER / "integration" / "feuille.css"


@dataclass(frozen=True, slots=True)
class CounterEmbed:
    """The counter and the thousand points."""

    sheet: str  # address of their style sheet, relative to the page, as in each of these
    field: Svg


@dataclass(frozen=True, slots=True)
class FormationsEmbed:
    """The next sessions, then trainings on demand while there is room."""

    sheet: str
    rows: tuple[AgendaRow, ...]
    on_demand: tuple[Formation, ...]


@dataclass(frozen=True, slots=True)
class TerritoryEmbed:
    """The first COP of a territory, and the way to the others."""

    sheet: str
    cops: tuple[Cop, ...]
    total: int
    territory_path: str


@dataclass(frozen=True, slots=True)
class CopEmbed:
    """One COP, and when it meets next."""

    sheet: str
    cop: Cop
    next_meeting: str  # « le 14 janvier 2027 à 18 h, Bilan », or empty


def list_pages(site: Site) -> Iterator[Page]:
    """One page for each thing to embed."""
    yield _make_page("integrer/compteur/", "compteur", site.settings.site_name, partial(_make_counter, site))
    yield _make_page("integrer/formations/", "formations", "Prochaines formations", partial(_make_formations, site))
    for place in site.annuaire.territoires:
        path, *former_paths = (f"integrer/territoires/{name}/" for name in _list_slugs(site, place))
        yield _make_page(path, "territoire", place.nom, partial(_make_territory, site, place), *former_paths)
    for cop in site.annuaire.cops:
        path, *former_paths = (f"integrer/cops/{name}/" for name in cop.ids)
        yield _make_page(path, "cop", cop.nom, partial(_make_cop, site, cop), *former_paths)


def _make_page(path: str, template: str, title: str, make: Callable[[str], object], *former_paths: str) -> Page:
    up = "../" * (path.count("/") - 1)
    make_content = partial(make, f"{up}feuille.css")
    name = f"integration/{template}.html"
    return Page(path, name, title, "", make_content, is_listed=False, former_paths=former_paths)


def _make_counter(site: Site, sheet: str) -> CounterEmbed:
    return CounterEmbed(sheet, site.draw_field())


def _make_formations(site: Site, sheet: str) -> FormationsEmbed:
    coming = tuple(event for event in site.agenda.a_venir if event.sorte == "session" and not event.annulee)
    rows = AgendaRows(site, mixed=False).make_all(coming[:MAX_SESSIONS])
    demand = tuple(f for f in site.annuaire.formations if f.a_la_demande == "oui" and not f.sessions_a_venir)
    return FormationsEmbed(sheet, rows, demand[: MAX_SESSIONS - len(rows)])


def _make_territory(site: Site, place: Wide, sheet: str) -> TerritoryEmbed:
    cops = _find_cops(site.annuaire, place)
    return TerritoryEmbed(sheet, cops[:MAX_COPS], len(cops), place.adresse)


def _make_cop(site: Site, cop: Cop, sheet: str) -> CopEmbed:
    meeting = meetings.find_next(meetings.list_meetings(site, cop))
    sentence = ""
    if meeting:
        when = french.periode(meeting.date.quand, meeting.date.jusque)
        sentence = f"{when}, {french.typographie(meeting.date.objet)}"
    return CopEmbed(sheet, cop, sentence)


def list_sheets() -> dict[str, bytes]:
    """Their style sheet; a thousand cards would hold it a thousand times."""
    return {"integrer/feuille.css": stylesheet.strip(SHEET.read_text("utf-8")).encode()}


def _find_cops(annuaire: Annuaire, place: Wide) -> tuple[Cop, ...]:
    if isinstance(place, Region):
        return annuaire.dernieres
    groups = annuaire.par_epci if isinstance(place, Epci) else annuaire.par_departement
    return groups.get(place.code, ())


def _list_slugs(site: Site, place: Wide) -> tuple[str, ...]:
    """Its own, then those under which it was published before it took another one over, or changed its name."""
    return (place.slug, *site.annuaire.territories.former_slugs(place.slug))


# Badges ---------------------------------------------------------------------------------------------------------------


def make_badges(site: Site) -> dict[str, bytes]:
    """A small picture for each COP, to put on the site of its town hall; it links to the entry where it is pasted."""
    badges: dict[str, bytes] = {}
    for cop in site.annuaire.cops:
        badges |= dict.fromkeys((f"integrer/cops/{name}.svg" for name in cop.ids), _make_badge(cop, site))
    return badges | {badge.path: badge.draw(site) for badge in (*MOTTOS, *list_counters(site))}


@dataclass(frozen=True, slots=True)
class Badge:
    """A picture that is of no single COP: a motto, or how many COP a territory or a theme has."""

    path: str  # from the root of the site
    words: str
    page: str  # where it leads, from the root of the site

    def draw(self, site: Site) -> bytes:
        texts = (self.words, site.settings.site_name, f"{self.words}. {site.settings.site_name}")
        return draw_badge(*map(french.typographie, texts)).encode()


MOTTOS = (
    Badge("integrer/notre-commune.svg", "Notre commune a sa COP", "cops/"),
    Badge("integrer/nous-demandons.svg", "Nous demandons une COP", "demander/"),
)
"""What a town hall or an association shows of itself."""


def list_counters(site: Site) -> Iterator[Badge]:
    """How many COP are counted on each territory, then on each theme."""
    for place in site.annuaire.territoires:
        for name in _list_slugs(site, place):
            yield _make_counter_badge(f"territoires/{name}", place.nom, _find_cops(site.annuaire, place))
    for theme, label in site.labels.choices("cop.themes").items():
        yield _make_counter_badge(f"themes/{theme}", label, site.annuaire.par_theme.get(theme, ()))


def _make_counter_badge(path: str, name: str, cops: tuple[Cop, ...]) -> Badge:
    count = sum(cop.comptee for cop in cops)
    words = f"{french.pluriel(count, 'COP')} – {french.cut(name, LONGEST_NAME)}"
    return Badge(f"integrer/{path}.svg", words, f"{path}/")


LONGEST_NAME = 22
"""Signs of a name after its count: so the count is never cut."""


def _make_badge(cop: Cop, site: Site) -> bytes:
    """`COP recensée`, the name of the collectivité and that of the site."""
    state = site.labels.of("cop.statut", cop.statut_affiche).lower()
    label = f"{cop.nom}, COP recensée ({state}), {cop.collectivite_nom}. {site.settings.site_name}"
    caption = f"COP locale · {site.settings.site_name}"
    texts = (french.typographie(text) for text in (cop.collectivite_nom, caption, label))
    return draw_badge(*texts).encode()
