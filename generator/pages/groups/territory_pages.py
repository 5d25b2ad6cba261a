"""The pages of territories: the Région, each département of the perimeter and each EPCI, with or without COP."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.model.cop import Cop
from generator.pages import jsonld
from generator.pages.agenda import following
from generator.pages.agenda.following import Around
from generator.pages.agenda.rows import ON_A_TERRITORY, ON_AN_EPCI
from generator.pages.frame.page import ROOT, Page
from generator.pages.frame.share import find_share
from generator.pages.groups import lists, presence, redirections, substance
from generator.pages.groups.lists import TerritoryRow
from generator.pages.groups.presence import CommuneRow, Figure
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step
from generator.pictures.maps import Map
from generator.territories.kinds import Commune, Departement, Epci, Region, Wide

LATEST_ON_A_TERRITORY = 10


@dataclass(frozen=True, slots=True)
class Listed:
    """What only one level of territory shows."""

    cops: Sequence[Cop]  # all of them
    map: Map
    list_title: str
    listed_cops: Sequence[Cop]  # those that its page names
    parts_title: str = ""
    parts: Sequence[TerritoryRow[Epci] | TerritoryRow[Departement]] = ()
    lone_communes: Sequence[Commune] = ()  # without EPCI: no other page names them
    communes: Sequence[CommuneRow] = ()
    trail: Sequence[Step] = ()


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    """What the page of a territory shows."""

    territory: Wide
    level: str  # region, departement or epci
    situation: str  # where its COP are: « en Bretagne »
    name_br: str
    figures: Sequence[Figure]
    filter_path: str  # the directory filtered on it
    listed: Listed
    around: Around
    agenda_path: str  # the rest of its dates; empty where only its calendar has them
    linked_data: LinkedData


def list_pages(site: Site) -> Iterator[Page]:
    for region in site.annuaire.territories.regions.values():
        yield _make_page(site, region, "region", site.settings.region.dans, partial(_list_region, site))
    for departement in (row.territoire for row in lists.list_departements(site.annuaire)):
        make_list = partial(_list_departement, site, departement)
        yield _make_page(site, departement, "departement", departement.dans, make_list)
    for epci in (row.territoire for row in lists.list_epcis(site.annuaire)):
        yield _make_page(site, epci, "epci", f"sur le territoire {epci.de}", partial(_list_epci, site, epci))
    yield from redirections.list_pages(site, "territoires", "epci")


def _make_page(site: Site, territory: Wide, level: str, situation: str, make_list: Callable[[], Listed]) -> Page:
    description = f"Les COP locales {situation} : qui y siège, comment participer, comment lancer la suivante."
    path = territory.adresse
    make = partial(_make_content, site, territory, level, situation, description, make_list)
    share = find_share(territory)
    return Page(path, "territoire.html", territory.nom, description, make, share=share)


def _make_content(
    site: Site, territory: Wide, level: str, situation: str, description: str, make_list: Callable[[], Listed]
) -> TerritoryPage:
    listed, path = make_list(), territory.adresse
    codes = site.annuaire.territories.communes_of(level, territory.code)
    steps = [Step("Territoires", "territoires/"), Step(territory.nom, path)]
    agenda = {"region": "agenda/", "departement": f"agenda/?territoire={territory.slug}"}
    return TerritoryPage(
        territory=territory,
        level=level,
        situation=situation,
        name_br=getattr(territory, "nom_br", None) or "",
        figures=(
            *presence.count_figures(listed.cops, codes, site.annuaire),
            *substance.name_themes(listed.cops, site.labels),
        ),
        filter_path="cops/?tri=recentes" if level == "region" else f"cops/?{level}={territory.code}",
        listed=listed,
        around=following.find_around(site, territory, ON_AN_EPCI if isinstance(territory, Epci) else ON_A_TERRITORY),
        agenda_path=agenda.get(level, ""),
        linked_data=jsonld.dump_page(site, "CollectionPage", territory.nom, path, description, steps),
    )


def _list_region(site: Site) -> Listed:
    annuaire = site.annuaire
    return Listed(
        cops=annuaire.cops,
        map=site.atlas.draw_region(ROOT),
        list_title="COP de la Région",
        listed_cops=tuple(cop for cop in annuaire.cops if isinstance(cop.territoire, Region)),
        parts_title="Par département",
        parts=lists.list_departements(annuaire),
    )


def _list_departement(site: Site, departement: Departement) -> Listed:
    annuaire = site.annuaire
    cops = annuaire.par_departement.get(departement.code, ())
    latest = sorted(cops, key=lambda cop: cop.inscrite_le, reverse=True)[:LATEST_ON_A_TERRITORY]
    # A département can hold hundreds of COP: its page gives the way, the pages of its EPCI give the lists.
    alone = [cop for cop in cops if not cop.epcis and cop not in latest]
    return Listed(
        cops=cops,
        map=site.atlas.draw_departement(departement, ROOT),
        list_title="Les dernières inscrites" if len(cops) > LATEST_ON_A_TERRITORY else "Les COP",
        listed_cops=(*latest, *alone),
        parts_title="Par intercommunalité",
        parts=lists.list_epcis(annuaire, departement.code),
        lone_communes=presence.find_alone(departement, annuaire),
    )


def _list_epci(site: Site, epci: Epci) -> Listed:
    annuaire = site.annuaire
    cops = annuaire.par_epci.get(epci.code, ())
    departements = [annuaire.territories.departements[code] for code in epci.departements]
    trail = [Step(d.nom, d.adresse) for d in departements if d.code in annuaire.context.departements]
    return Listed(
        cops=cops,
        map=site.atlas.draw_epci(epci, ROOT),
        list_title="Les COP",
        listed_cops=cops,
        communes=presence.list_communes(epci, annuaire),
        trail=trail[:1],
    )
