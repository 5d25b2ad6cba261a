"""Pages made to be framed by other sites: the counter, the COP of a territory, one COP, the next trainings.

No script, one style sheet for all of them, and a policy that allows nothing else: framing, only a header could forbid.
They follow the visitor's colours, or those that the address asks for: `#clair`, `#sombre`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from generator import french
from generator.model.cop import Cop
from generator.pages.agenda.rows import Rows
from generator.pages.frame.loading import FOLDER
from generator.pages.frame.page import Page
from generator.pages.site import Site
from generator.pictures.points import SVG

MAX_COPS = 20
MAX_SESSIONS = 6
SHEET = FOLDER / "integration" / "feuille.css"


def pages(site: Site) -> Iterator[Page]:
    """One page for each thing to embed."""
    yield _page("integrer/compteur/", "compteur", site.settings.site_name, {})
    coming = tuple(event for event in site.agenda.a_venir if event.sorte == "session" and not event.annulee)
    rows = Rows(site.annuaire, site.words, mixed=False).some(coming[:MAX_SESSIONS])
    demand = tuple(f for f in site.annuaire.formations if f.a_la_demande == "oui" and not f.sessions_a_venir)
    sessions = {"lignes": rows, "a_la_demande": demand[: MAX_SESSIONS - len(rows)]}
    yield _page("integrer/formations/", "formations", "Prochaines formations", sessions)
    by_slug = _cops_by_slug(site)
    for slug, nom in site.annuaire.territoires:
        cops = by_slug.get(slug, ())
        values = {"cops": cops[:MAX_COPS], "total": len(cops), "page": f"territoires/{slug}/"}
        yield _page(f"integrer/territoires/{slug}/", "territoire", nom, values)
    for cop in site.annuaire.cops:
        path, *former = (f"integrer/cops/{name}/" for name in cop.ids)
        yield _page(path, "cop", cop.nom, {"cop": cop}, *former)


def _page(path: str, template: str, titre: str, values: Mapping[str, Any], *former: str) -> Page:
    up = "../" * (path.count("/") - 1)
    own = {**values, "feuille": f"{up}feuille.css"}
    return Page(path, "", f"integration/{template}.html", titre, "", lambda: own, dans_le_plan=False, aussi=former)


def sheet() -> dict[str, bytes]:
    """Their style sheet; a thousand cards would hold it a thousand times."""
    return {"integrer/feuille.css": SHEET.read_bytes()}


def _cops_by_slug(site: Site) -> Mapping[str, tuple[Cop, ...]]:
    annuaire = site.annuaire
    territories = annuaire.territories
    found = {territories.epci[code].slug: cops for code, cops in annuaire.par_epci.items()}
    found |= {territories.departements[code].slug: cops for code, cops in annuaire.par_departement.items()}
    return found | {region.slug: annuaire.dernieres for region in territories.regions.values()}


# Badges ---------------------------------------------------------------------------------------------------------------

_LONGEST = 30  # signs of a line of the badge in its widest letters
_FONT = "-apple-system,'Segoe UI',Roboto,'Noto Sans','Liberation Sans',Arial,sans-serif"
_BADGE = Markup(  # noqa: S704 (ours, and what fills it is escaped)
    f'<svg xmlns="{SVG}" viewBox="0 0 280 64" width="280" height="64" role="img" aria-label="{{words}}">'
    '<path fill="#0B3C5D" d="M0 0h280v64H0z"/>'
    '<g stroke-linecap="round"><path d="M22 20h0M34 20h0M16 30h0M40 30h0M22 40h0M34 40h0" stroke="#7299B4"'
    ' stroke-width="6"/><path d="M28 30h0" stroke="#F2B705" stroke-width="11"/></g>'
    f'<g font-family="{_FONT}"><text x="58" y="26" font-size="15" font-weight="700" fill="#FBF9F4">{{name}}</text>'
    '<text x="58" y="46" font-size="12" fill="#D3E0E9">{site}</text></g></svg>'
)


def badges(site: Site) -> dict[str, bytes]:
    """A small picture for each COP, to put on the site of its town hall; it links to the entry where it is pasted."""
    made: dict[str, bytes] = {}
    for cop in site.annuaire.cops:
        made |= dict.fromkeys((f"integrer/cops/{name}.svg" for name in cop.ids), badge(cop, site))
    return made


def badge(cop: Cop, site: Site) -> bytes:
    """`COP recensée`, the name of the collectivité and that of the site; the middle dot is lit."""
    state = site.labels.of("cop.statut", cop.statut_affiche).lower()
    name = french.typographie(cop.collectivite_nom)
    words = french.typographie(f"{cop.nom}, COP recensée ({state}), {cop.collectivite_nom}. {site.settings.site_name}")
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
    place = french.typographie(f"COP locale · {site.settings.site_name}")
    return _BADGE.format(words=words, name=short, site=place).encode()
