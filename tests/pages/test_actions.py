"""Engagements and documents of all COP: on which shelf each stands, what the pages say with few, many or none."""

import csv
import io

from generator.feeds import rss
from generator.model.actions import count_begun_pillars, list_engagements
from generator.opendata import engagements
from generator.pages.actions import document_pages, engagement_pages
from generator.pages.actions.shelves import ON_A_PAGE, ON_THE_INDEX, ShelfPage
from generator.pages.site import Site
from tests.support import annuaires
from tests.support.annuaires import SCHEMAS, SETTINGS

ACTIVE = """\
engagements:
  - {titre: Planter des haies, theme: eau, statut: en-cours, echeance: 2025}
  - {titre: Ouvrir un jardin, theme: eau, statut: a-lancer, echeance: 2026}
  - {titre: Isoler l’école, theme: climat-energie, statut: realise, echeance: 2024, resultat: C’est fait.}
  - {titre: "@ Écouter", statut: abandonne, echeance: 2020-01}
documents:
  - {titre: Charte fictive, type: charte, url: "https://exemple.org/charte"}
  - {titre: Notes fictives, url: "https://exemple.org/notes"}
pacte: {piliers: {vision: {etat: fait}, posture: {etat: en-cours}, objectifs: {etat: pas-commence}}}
"""


def site(**cops: str) -> Site:
    return Site(annuaires.build(cops), SETTINGS, SCHEMAS)


def test_a_term_is_over_only_for_what_remains_to_be_kept() -> None:
    """A year that still runs is not over; what is done or given up is late for nobody."""
    late = {
        item.engagement.titre: item.is_late for item in list_engagements(site(a=annuaires.cop(more=ACTIVE)).annuaire)
    }
    assert late == {"Planter des haies": True, "Ouvrir un jardin": False, "Isoler l’école": False, "@ Écouter": False}


def test_each_stands_on_its_shelves() -> None:
    made = site(a=annuaires.cop(more=ACTIVE))
    counted = {shelf.slug: len(shelf.rows) for shelf in engagement_pages.list_shelves(made)}
    assert counted == {"climat-energie": 1, "eau": 2, "finistere": 4}
    assert [(shelf.slug, len(shelf.rows)) for shelf in document_pages.list_shelves(made)] == [
        ("charte", 1),
        ("sans-type", 1),
    ]
    (charter, _) = document_pages.list_rows(made)
    assert (charter.answers["taille"], charter.answers["forme"]) == ("10000", "commission-extra-municipale")
    assert charter.say("nature") == "Commission extra-municipale · de 10\u202f000 à 49\u202f999 habitants"


def test_few_stand_on_the_index_and_none_makes_no_page() -> None:
    few, none = site(a=annuaires.cop(more=ACTIVE)), site(a=annuaires.cop())
    index = engagement_pages.make_index(few)
    assert (index.directory.count, index.directory.cops, index.late, len(index.directory.rows)) == (4, 1, 1, 4)
    assert index.states == [("À lancer", 1), ("En cours", 1), ("Réalisé", 1), ("Abandonné", 1)]
    assert [*engagement_pages.list_pages(none), *document_pages.list_pages(none)] == []
    assert document_pages.make_index(none).count == 0


def test_many_are_parted_in_pages_that_lead_to_each_other() -> None:
    lines = "".join(f"  - {{titre: Action fictive {n}, theme: eau, statut: a-lancer}}\n" for n in range(50))
    made = site(**{f"c{n}": annuaires.cop(f"COP fictive {n}", more=f"engagements:\n{lines}") for n in range(5)})
    assert engagement_pages.make_index(made).directory.rows == ()
    assert ON_THE_INDEX < 50
    pages = {page.path: page.make_content() for page in engagement_pages.list_pages(made)}
    assert list(pages) == [f"engagements/{slug}{part}/" for slug in ("eau", "finistere") for part in ("", "-2")]
    first, second = pages["engagements/eau/"], pages["engagements/eau-2/"]
    assert isinstance(first, ShelfPage)
    assert isinstance(second, ShelfPage)
    assert (len(first.rows), len(second.rows)) == (ON_A_PAGE, 250 - ON_A_PAGE)
    assert [step.path for step in first.parts] == ["engagements/eau/", "engagements/eau-2/"]
    assert (first.filters, second.parts) == ((), first.parts)


def test_begun_pillars_say_nothing_of_the_others() -> None:
    begun = count_begun_pillars(site(a=annuaires.cop(more=ACTIVE), b=annuaires.cop("COP fictive muette")).annuaire)
    assert begun == {"vision": 1, "posture": 1, "objectifs": 0, "gouvernance": 0}


def test_the_table_and_the_feed_say_the_same() -> None:
    annuaire = site(a=annuaires.cop(more=ACTIVE), b=annuaires.cop("COP fictive muette")).annuaire
    made = engagements.make_files(annuaire, SETTINGS, SCHEMAS["cop"].fields)
    rows = list(csv.DictReader(io.StringIO(made["donnees/engagements.csv"].decode(), newline=""), strict=True))
    assert [row["titre"] for row in rows] == ["Planter des haies", "Ouvrir un jardin", "Isoler l’école", "'@ Écouter"]
    assert [row["derive.echeance_passee"] for row in rows] == ["oui", "non", "non", "non"]
    assert {row["derive.url"] for row in rows} == {f"{SETTINGS.site_url}cops/a/#engagements"}
    feed = rss.files(annuaire, SETTINGS)["flux/engagements.rss"].decode()
    assert feed.count("<item>") == 1
    assert "Planter des haies (en cours, échéance\u00a0: 2025)." in feed
