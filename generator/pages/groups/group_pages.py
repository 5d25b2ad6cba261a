"""The pages that gather COP: one for each territory, theme and type, with or without COP."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from generator import french
from generator.feeds.items import feed_of_theme
from generator.model.cop import Cop
from generator.pages import jsonld
from generator.pages.agenda import following
from generator.pages.frame.page import RACINE, Page, Values
from generator.pages.groups import lists, presence
from generator.pages.site import Site
from generator.territories.reference import Commune, Departement, Epci, Region

LATEST_ON_A_TERRITORY = 10


def pages(site: Site) -> Iterator[Page]:
    """Every page that gathers COP."""
    yield from territory_pages(site)
    yield from theme_pages(site)
    yield from type_pages(site)


# Territories ----------------------------------------------------------------------------------------------------------


def territory_pages(site: Site) -> Iterator[Page]:
    """The Région, each département of the perimeter and each EPCI, with or without COP."""
    for region in site.annuaire.territories.regions.values():
        yield _territory(site, region, "region", f"en {region.nom}", partial(_region, site))
    for departement in (row.territoire for row in lists.departements(site.annuaire)):
        where = f"dans le territoire {departement.de}"
        yield _territory(site, departement, "departement", where, partial(_departement, site, departement))
    for epci in (row.territoire for row in lists.epcis(site.annuaire)):
        yield _territory(site, epci, "epci", f"sur le territoire {epci.de}", partial(_epci, site, epci))


def _region(site: Site) -> Values:
    annuaire = site.annuaire
    own = tuple(cop for cop in annuaire.cops if isinstance(cop.territoire, Region))
    return {
        "cops": annuaire.cops,
        "parts": lists.departements(annuaire),
        "titre_parts": "Par département",
        "cops_listees": own,
        "titre_liste": "COP de la Région",
        "carte": site.atlas.bretagne(RACINE),
    }


def _departement(site: Site, departement: Departement) -> Values:
    annuaire = site.annuaire
    cops = annuaire.par_departement.get(departement.code, ())
    latest = sorted(cops, key=lambda cop: cop.inscrite_le, reverse=True)[:LATEST_ON_A_TERRITORY]
    # A département can hold hundreds of COP: its page gives the way, the pages of its EPCI give the lists.
    alone = [cop for cop in cops if not cop.epcis and cop not in latest]
    return {
        "cops": cops,
        "parts": lists.epcis(annuaire, departement.code),
        "titre_parts": "Par intercommunalité",
        "cops_listees": (*latest, *alone),
        "titre_liste": "Les dernières inscrites" if len(cops) > LATEST_ON_A_TERRITORY else "Les COP",
        "carte": site.atlas.departement(departement, RACINE),
        "isolees": presence.alone(departement, annuaire),
    }


def _epci(site: Site, epci: Epci) -> Values:
    cops = site.annuaire.par_epci.get(epci.code, ())
    departements = [site.annuaire.territories.departements[code] for code in epci.departements]
    trail = [(d.nom, lists.territory_path(d)) for d in departements if d.code in site.annuaire.context.departements]
    return {
        "cops": cops,
        "parts": (),
        "titre_parts": "",
        "cops_listees": cops,
        "titre_liste": "Les COP",
        "carte": site.atlas.epci(epci, RACINE),
        "communes": presence.communes(epci, site.annuaire),
        "fil": trail[:1],
    }


def _territory(
    site: Site, territory: Epci | Departement | Region, kind: str, situation: str, own: Callable[[], Values]
) -> Page:
    """The page of a territory; `situation` says where its COP are, `own` makes what only its kind shows."""
    path = lists.territory_path(territory)
    description = f"Les COP locales {situation} : qui y siège, comment participer, comment lancer la suivante."

    def values() -> Values:
        page = jsonld.page(site, "CollectionPage", territory.nom, path, description)
        steps = [("Territoires", "territoires/"), (territory.nom, path)]
        mine = own()
        return {
            **_of_any_kind(site, territory, kind, mine["cops"]),
            "situation": situation,
            "donnees_liees": jsonld.dump(page, jsonld.breadcrumb(site, steps)),
            **mine,
        }

    return Page(path, "territoires", "territoire.html", territory.nom, description, values)


def _of_any_kind(site: Site, territory: Epci | Departement | Region, kind: str, cops: Sequence[Cop]) -> Values:
    territories = site.annuaire.territories
    codes = territories.communes_of(kind, territory.code)
    named: Sequence[Commune] = ()
    if isinstance(territory, Epci):
        named = [territories.communes[code] for code in codes]
    elif isinstance(territory, Departement):
        named = presence.alone(territory, site.annuaire)
    names = (*getattr(territory, "autres_noms", ()), *lists.search_forms(territory.nom), *presence.alias(named))
    return {
        "communes": (),
        "isolees": (),
        "fil": [],
        "territoire": territory,
        "genre_territoire": kind,
        "nom_br": getattr(territory, "nom_br", None),
        "chiffres": presence.facts(cops, codes, site.annuaire),
        "autour": following.around(site, territory),
        "alias": " ".join(names),
    }


# Themes and types -----------------------------------------------------------------------------------------------------


def theme_pages(site: Site) -> Iterator[Page]:
    for theme, label in site.labels.choices("cop.themes").items():
        goals = site.labels.noted("cop.themes", "x-odd").get(theme, ())
        title = french.accord(len(goals), "Objectif de développement durable", "Objectifs de développement durable")
        values = {
            "cops": site.annuaire.par_theme.get(theme, ()),
            "index": ("Thèmes", "themes/"),
            "mots": f"sur le thème « {label} »",
            "faits": [(title, french.enumeration(map(str, goals)))] if goals else [],
            "formations": [f for f in site.annuaire.formations if theme in f.themes],
            "flux_local": feed_of_theme(theme, label),
        }
        yield _group(site, f"themes/{theme}/", "themes", label, values)


def type_pages(site: Site) -> Iterator[Page]:
    for kind, label in site.labels.choices("cop.type").items():
        scale = site.labels.noted("cop.type", "x-echelle").get(kind)
        basis = site.labels.noted("cop.type", "x-base-legale").get(kind)
        facts = [("Échelle", scale)] if scale else []
        if basis:
            facts.append(("Base légale", site.labels.of("cop.base_legale", basis)))
        values = {
            "cops": site.annuaire.par_type.get(kind, ()),
            "index": ("Formes", "types/"),
            "mots": f"sous la forme « {label} »",
            "faits": facts,
            "formations": [],
            "flux_local": None,
        }
        yield _group(site, f"types/{kind}/", "types", label, values)


def _group(site: Site, path: str, section: str, label: str, values: Values) -> Page:
    description = f"Les COP locales de Bretagne {values['mots']}, territoire par territoire."
    ld = jsonld.dump(jsonld.page(site, "CollectionPage", label, path, description))
    return Page(path, section, "groupe.html", label, description, lambda: {**values, "donnees_liees": ld})
