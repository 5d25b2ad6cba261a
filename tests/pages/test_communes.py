"""The page of each commune, and its letter: 1,222 of them, light, in French, and never telling that no COP exists."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator.french import slug
from generator.territories.alike import find_kin, find_most
from generator.territories.reference import load_territories

TERRITORIES = load_territories()
COMMUNES = TERRITORIES.communes
HEAVIEST = 25 * 1024
SENDER = ["[Votre nom, ou celui de votre association]", "[Votre adresse ou votre courriel]"]
# « à le », « de les », « de Auray », « à Le Faouët »: an article that was not joined, or an elision that was not made.
NOT_FRENCH = re.compile(
    r"\b(?:à|de) (?:[Ll]es? |L’)|\b(?:du|des|au|aux) (?:Les? |La |L’)|\bla La |’l’|\bde [AEIOUÉÈÎÔY]|’ "
)


@dataclass(frozen=True)
class Sheet:
    """What stands in the page of a commune."""

    html: str

    @property
    def shown(self) -> str:
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.html)).replace("\xa0", " ").split())

    @property
    def letter(self) -> str:
        (found,) = re.findall(r'<blockquote class="lettre".*?</blockquote>', self.html, re.DOTALL)
        return Sheet(found).shown


@pytest.fixture(scope="module")
def sheets(site: Path) -> Mapping[str, Sheet]:
    """By INSEE code."""
    return {c.code: Sheet((site / "communes" / c.slug / "index.html").read_text("utf-8")) for c in COMMUNES.values()}


def test_each_commune_has_one_light_page_of_its_own(site: Path, sheets: Mapping[str, Sheet]) -> None:
    assert len({commune.slug for commune in COMMUNES.values()}) == len(COMMUNES) > 1000
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    heads = set()
    for commune in COMMUNES.values():
        html = sheets[commune.code].html
        assert len(html.encode()) <= HEAVIEST, commune.nom
        assert f"/communes/{commune.slug}/<" in sitemap
        (title,) = re.findall(r"<title>(.*?)</title>", html)
        (description,) = re.findall(r'<meta name="description" content="(.*?)"', html)
        heads |= {title, description}
        assert f"<h1>{commune.nom}" in html.replace("&#x27;", "’")
    assert len(heads) == 2 * len(COMMUNES)


def test_each_commune_is_one_bare_link_of_its_departement(site: Path) -> None:
    listed: list[str] = []
    for departement in TERRITORIES.departements.values():
        index = (site / "communes" / departement.slug / "index.html").read_text("utf-8")
        listed += re.findall(r'<li><a href="\.\./\.\./communes/([^/]+)/">', index)
    assert sorted(listed) == sorted(commune.slug for commune in COMMUNES.values())


def test_homonyms_bear_their_departement(sheets: Mapping[str, Sheet]) -> None:
    for commune in COMMUNES.values():
        twins = [other for other in COMMUNES.values() if slug(other.nom) == slug(commune.nom)]
        said = f"<h1>{commune.nom} ({TERRITORIES.departements[commune.departement].nom})</h1>"
        assert (said in sheets[commune.code].html) == (len(twins) > 1)


def test_each_letter_reads_as_french_and_leaves_only_the_sender_to_fill_in(sheets: Mapping[str, Sheet]) -> None:
    for commune in COMMUNES.values():
        letter = sheets[commune.code].letter
        assert re.findall(r"\[.*?\]", letter) == SENDER, commune.nom
        assert not NOT_FRENCH.search(f"{commune.de} {commune.a}"), (commune.de, commune.a)
        assert commune.a in letter or commune.de in letter or "sur le territoire" in letter
        assert ("conseil communautaire" in letter) == ("Madame la Présidente" in letter)
        assert "None" not in letter


def test_names_are_joined_to_what_stands_before_them_on_every_page(site: Path, sheets: Mapping[str, Sheet]) -> None:
    unjoined = re.compile(r"\b(?:à|de|du|des|au|aux) (?:Les? |La |L’)(?=[A-ZÉÎ])|\bdans (?:Haut )?(?:Pays|Val|Côte) ")
    territories = [Sheet(page.read_text("utf-8")) for page in sorted((site / "territoires").glob("*/index.html"))]
    assert len(territories) > 60
    found = [match[0] for sheet in (*sheets.values(), *territories) for match in unjoined.finditer(sheet.shown)]
    assert found == []
    for commune in COMMUNES.values():
        epci = TERRITORIES.epci.get(commune.epci or "")
        assert epci is None or f"{commune.nom}, {epci.dans}" in sheets[commune.code].shown
    assert {d.dans for d in TERRITORIES.departements.values() if d.code != "44"} == {
        "dans les Côtes-d’Armor",
        "dans le Finistère",
        "en Ille-et-Vilaine",
        "dans le Morbihan",
    }


@pytest.mark.parametrize(
    ("nom", "a", "de"),
    [
        ("Île-de-Batz", "à l’Île-de-Batz", "de l’Île-de-Batz"),
        ("Hôpital-Camfrout", "à l’Hôpital-Camfrout", "de l’Hôpital-Camfrout"),
        ("Le Folgoët", "au Folgoët", "du Folgoët"),
        ("La Bouillie", "à la Bouillie", "de la Bouillie"),
        ("Les Fougerêts", "aux Fougerêts", "des Fougerêts"),
        ("Allaire", "à Allaire", "d’Allaire"),
        ("Rennes", "à Rennes", "de Rennes"),
        ("Hennebont", "à Hennebont", "d’Hennebont"),
    ],
)
def test_names_after_a_preposition(nom: str, a: str, de: str) -> None:
    (commune,) = (commune for commune in TERRITORIES.communes.values() if commune.nom == nom)
    assert (commune.a, commune.de) == (a, de)


def test_a_page_names_the_cop_that_cover_the_commune(site: Path, sheets: Mapping[str, Sheet]) -> None:
    """Its own come first; without any the page says what it knows, never that none exists."""
    cops = json.loads((site / "donnees" / "cops.json").read_bytes())["cops"]
    alive = [cop for cop in cops if cop["statut"] != "terminee"]
    own = {cop["collectivite"]["code"]: cop for cop in alive if cop["collectivite"]["type"] == "commune"}
    assert own
    for code, sheet in sheets.items():
        first = re.search(r'<section class="rubrique rubrique--forte" id="cops">(.*?)</section>', sheet.html, re.DOTALL)
        assert first
        none = f"Aucune COP recensée {COMMUNES[code].a} pour l’instant."
        assert (none in sheet.shown) == (code not in own)
        assert (f'href="../../cops/{own[code]["id"]}/"' in first[1]) if code in own else "cops/" not in first[1]
        article = Sheet(sheet.html.partition("<article")[2].partition("</article>")[0])
        assert not re.search(r"pas encore de COP|reste à créer|n’a pas de COP", article.shown, re.IGNORECASE)
    for cop in alive:
        if cop["collectivite"]["type"] == "epci":
            for code in TERRITORIES.communes_of("epci", cop["collectivite"]["code"]):
                assert f"cops/{cop['id']}/" in sheets[code].html or "tout voir" in sheets[code].html


def test_an_ended_cop_is_near_nobody(site: Path, sheets: Mapping[str, Sheet]) -> None:
    cops = json.loads((site / "donnees" / "cops.json").read_bytes())["cops"]
    ended = [cop["id"] for cop in cops if cop["statut"] == "terminee"]
    assert ended
    for code, sheet in sheets.items():
        # A cancelled meeting stays in the agenda: who had noted it must see it.
        around = re.sub(r'<section class="rubrique" id="agenda">.*?</section>', "", sheet.html, flags=re.DOTALL)
        assert not [cop for cop in ended if f"/cops/{cop}/" in around], code


def test_a_town_hall_is_written_to_at_the_address_of_a_role(sheets: Mapping[str, Sheet]) -> None:
    for code, sheet in sheets.items():
        addresses = {unquote(address) for address in re.findall(r"mailto:([^?\"]+)", sheet.html)}
        known = TERRITORIES.mairies.get(code)
        assert addresses <= {known.courriel if known else ""}
        assert bool(known) == ("Service-Public.fr (DILA)" in sheet.shown)


def test_the_address_of_a_former_commune_leads_to_the_present_one(site: Path) -> None:
    present = {commune.slug for commune in COMMUNES.values()}
    former = {slug(nom): commune for commune in COMMUNES.values() for nom in commune.anciens_noms}
    assert len(former) > 80
    for old, commune in former.items():
        page = (site / "communes" / old / "index.html").read_text("utf-8")
        if old not in present:
            assert 'content="0; url=../../communes/' in page, (old, commune.nom)


def test_communes_alike_share_their_size_and_the_sea() -> None:
    rennes, brest, allaire, sein = (COMMUNES[code] for code in ("35238", "29019", "56001", "29083"))
    assert find_kin(rennes) == (50_000, False)
    assert find_kin(brest) == (50_000, True)
    assert find_kin(allaire) == (2_000, False)
    assert find_kin(sein) == (0, True)
    assert [find_most(least) for least in (0, 500, 50_000)] == [499, 1_999, None]
