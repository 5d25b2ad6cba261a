"""A territory that is no more: its addresses lead to its heir, and a file that names its code is corrected."""

import dataclasses

import pytest

from generator.edits.fixing import rewrites
from generator.entries.corpus import KINDS
from generator.feeds import rss
from generator.feeds.calendars import calendar_files
from generator.model.annuaire import Annuaire
from generator.pages import embeds
from generator.pages.communes import commune_page
from generator.pages.frame.page import Page, RedirectionPage
from generator.pages.groups import territory_pages
from generator.pages.site import Site
from generator.territories.reading import One, Several, read_place
from generator.territories.reference import Territories, load_territories
from generator.territories.tables import DATA_FOLDER
from tests.support import annuaires
from tests.support.verdicts import FACTS

QUIMPERLE, QUIMPER = "242900694", "200068120"
GONE, SHARED = "200000032", "200000040"
MEETING = "rencontres:\n- {id: bilan, debut: 2027-01-14 18:00, objet: Rencontre fictive}\n"
FORMER = f"""\
code,type,nom,slug,heritiers
{GONE},epci,Pays fictif,pays-fictif,{QUIMPERLE}
{SHARED},epci,Rivage fictif,rivage-fictif,{QUIMPER} {QUIMPERLE}
29233,commune,Quimperlé-Fictif,quimperle-fictif,29233
"""


@pytest.fixture(scope="module")
def heirs(tmp_path_factory: pytest.TempPathFactory) -> Territories:
    """Today's reference, with addresses that are no territory's any more."""
    folder = tmp_path_factory.mktemp("data")
    for path in DATA_FOLDER.glob("*.csv"):
        (folder / path.name).symlink_to(path)
    (folder / "heritiers.csv").unlink()
    (folder / "heritiers.csv").write_text(FORMER, encoding="utf-8")
    return load_territories(folder)


def test_every_address_of_a_territory_leads_to_its_heir(heirs: Territories) -> None:
    annuaire: Annuaire = annuaires.build({"fictive": annuaires.cop(more=MEETING)})
    annuaire = dataclasses.replace(annuaire, context=dataclasses.replace(annuaire.context, territories=heirs))
    site = Site(annuaire, annuaires.SETTINGS, annuaires.SCHEMAS)

    pages: dict[str, Page] = {
        page.path: page for page in (*territory_pages.list_pages(site), *commune_page.list_pages(site))
    }
    leads = {}
    for path in ("territoires/pays-fictif/", "territoires/rivage-fictif/", "communes/quimperle-fictif/"):
        content = pages[path].make_content()
        assert isinstance(content, RedirectionPage)
        assert not pages[path].is_listed
        leads[path] = (content.words, content.address)
    assert leads == {
        "territoires/pays-fictif/": (
            "Pays fictif n’existe plus\u202f; ses communes sont maintenant dans\u00a0: Quimperlé Communauté",
            "territoires/quimperle-communaute/",
        ),
        "territoires/rivage-fictif/": (
            "Rivage fictif n’existe plus\u202f; ses communes sont maintenant dans\u00a0: Quimper Bretagne Occidentale "
            "et Quimperlé Communauté",
            "territoires/quimper-bretagne-occidentale/",
        ),
        "communes/quimperle-fictif/": ("Quimperlé-Fictif s’appelle maintenant Quimperlé", "communes/quimperle/"),
    }
    files = rss.files(annuaire, site.settings) | embeds.make_badges(site)
    files |= calendar_files(site.agenda, annuaire, site.settings)
    for address in ("flux/territoires/{}.rss", "agenda/territoires/{}.ics", "integrer/territoires/{}.svg"):
        assert files[address.format("pays-fictif")] == files[address.format("quimperle-communaute")]
    embed = next(page for page in embeds.list_pages(site) if page.path == "integrer/territoires/quimperle-communaute/")
    assert embed.former_paths == ("integrer/territoires/pays-fictif/",)


def test_the_siren_of_an_epci_that_is_no_more_names_its_heirs(heirs: Territories) -> None:
    assert read_place(heirs, GONE) == One(heirs.epci[QUIMPERLE], "ancien-siren")
    shared = read_place(heirs, SHARED)
    assert isinstance(shared, Several)
    assert shared.places == (heirs.epci[QUIMPER], heirs.epci[QUIMPERLE])


OWN = 'type: commune, code: "29233", nom: Quimperlé'
EPCI = annuaires.cop().replace(OWN, f'type: epci, code: "{GONE}", nom: Pays fictif')
SYNDICAT = annuaires.cop(more=f'perimetre: ["{GONE}", "29052"]\n').replace(
    OWN, 'type: syndicat-mixte, code: "200000057", nom: Syndicat fictif'
)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        (EPCI, EPCI.replace(GONE, QUIMPERLE).replace("nom: Pays fictif", "nom: Quimperlé Communauté")),
        (SYNDICAT, SYNDICAT.replace(GONE, QUIMPERLE).replace("29052", "29003")),
        (EPCI.replace(GONE, SHARED), EPCI.replace(GONE, SHARED)),  # whose is it now? A person knows
    ],
)
def test_check_fix_follows_to_the_heir(heirs: Territories, wrong: str, right: str) -> None:
    facts = dataclasses.replace(FACTS, territories=heirs)
    assert rewrites.rewrite_text(wrong, "cops/29/fictive.yml", facts, KINDS[0])[0] == right
