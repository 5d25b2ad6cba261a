"""What is made for paper: the QR code of a page, where others can open it; the poster, where it says what is true."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from generator.pages.communes import commune_page
from generator.pages.communes.commune_page import CommunePage
from generator.pages.entries import cop_page
from generator.pages.entries.cop_page import CopPage
from generator.pages.site import Site
from generator.pictures.qr import draw_qr
from tests.support import annuaires
from tests.support.annuaires import SCHEMAS, SETTINGS

LOCAL = replace(SETTINGS, site_url="http://localhost:8000/")


def page(text: str, site_url: str = SETTINGS.site_url) -> CopPage:
    site = Site(annuaires.build({"a": text}), replace(SETTINGS, site_url=site_url), SCHEMAS)
    content = cop_page.make_page(site, site.annuaire.cops[0]).make_content()
    assert isinstance(content, CopPage)
    return content


def test_a_code_is_square_and_mute_and_differs_with_the_address() -> None:
    drawn = draw_qr("https://exemple.org/cops/a/")
    (symbol,) = ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}symbol")
    _, _, width, height = symbol.attrib["viewBox"].split()
    assert width == height
    assert 'aria-hidden="true"' in drawn
    assert drawn != draw_qr("https://exemple.org/cops/b/")


def test_an_address_that_only_this_machine_knows_is_not_printed() -> None:
    text = annuaires.cop().replace("commission-extra-municipale", "cop-locale")
    public, local = page(text), page(text, LOCAL.site_url)
    assert public.qr
    assert public.poster
    assert public.poster.address == "exemple.org/sous-dossier/cops/a"
    assert local.qr is None
    assert local.poster
    assert local.poster.address == ""


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("active", "Votre commune a une COP"),
        ("en-creation", "Votre commune crée sa COP"),
        ("a-confirmer", None),
        ("en-sommeil", None),
    ],
)
def test_a_wall_says_only_what_is_known(status: str, title: str | None) -> None:
    text = annuaires.cop().replace("statut: active", f"statut: {status}")
    text = text.replace("commission-extra-municipale", "cop-locale")  # whose term no election ends
    poster = page(text).poster
    assert (poster and poster.title) == title


def test_a_commune_without_cop_has_its_question() -> None:
    site = Site(annuaires.build({"a": annuaires.cop()}), SETTINGS, SCHEMAS)
    pages = {made.path: made for made in commune_page.list_pages(site)}
    own, none = (pages[f"communes/{slug}/"].make_content() for slug in ("quimperle", "allaire"))
    assert isinstance(own, CommunePage)
    assert isinstance(none, CommunePage)
    assert own.poster is None
    assert none.poster
    assert none.poster.title == "Et si Allaire avait sa COP\u202f?"
