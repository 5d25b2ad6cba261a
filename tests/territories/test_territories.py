"""The reference data: counts that anyone can check, names in a sentence, look-ups, and nothing personal."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from generator.french import fold, slug
from generator.territories.kinds import Departement, Epci, Mairie, Region, avec_de
from generator.territories.names import initials
from generator.territories.reference import Territories, load_territories
from generator.territories.refresh.packages import read_packages
from generator.territories.sources import read_origins, read_vintage

DATA = Path(__file__).parents[2] / "generator" / "territories" / "data"
BRETAGNE = ("22", "29", "35", "56")
of_2026 = pytest.mark.skipif(read_vintage() != 2026, reason="ces nombres et ces noms sont ceux du découpage de 2026")
"""What anyone can count in one vintage; the next one need not edit a test."""


@pytest.fixture(scope="module")
def reference() -> Territories:
    return load_territories()


def only(reference: Territories, nom: str) -> str:
    """The INSEE code of a name that one commune bears."""
    (code,) = (commune.code for commune in reference.communes.values() if commune.nom == nom)
    return code


@of_2026
def test_counts(reference: Territories) -> None:
    counts = Counter(c.departement for c in reference.communes.values())
    assert counts == {"22": 344, "29": 277, "35": 332, "56": 249, "44": 20}
    assert len(reference.epci) == 61
    assert {c.nom for c in reference.communes.values() if c.epci is None} == {
        "Île-de-Bréhat", "Île-de-Sein", "Ouessant"
    }  # fmt: skip
    assert set(reference.departements) == {*BRETAGNE, "44"}
    assert set(reference.regions) == {"53"}


@of_2026
def test_loire_atlantique_comes_by_its_epci(reference: Territories) -> None:
    epci = {c.epci for c in reference.communes.values() if c.departement == "44"}
    assert {reference.epci[code or ""].nom for code in epci} == {"Redon Agglomération", "Cap Atlantique"}


@of_2026
def test_five_epci_cross_a_border(reference: Territories) -> None:
    crossing = {e.nom: e.departements for e in reference.epci.values() if len(e.departements) > 1}
    assert crossing == {
        "Redon Agglomération": ("35", "44", "56"),
        "Cap Atlantique": ("44", "56"),
        "Côte d’Émeraude": ("22", "35"),
        "Poher Communauté": ("22", "29"),
        "Pontivy Communauté": ("22", "56"),
    }


def test_population_of_an_epci_is_the_sum_of_its_communes(reference: Territories) -> None:
    for epci in reference.epci.values():
        assert epci.population == sum(reference.communes[code].population for code in epci.membres)


def test_slugs(reference: Territories) -> None:
    places: list[Epci | Departement | Region] = [
        *reference.epci.values(),
        *reference.departements.values(),
        *reference.regions.values(),
    ]
    assert len({p.slug for p in places}) == len(places)
    for place in places:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", place.slug)
        assert place.slug == slug(place.nom)


@of_2026
@pytest.mark.parametrize(
    ("nom", "expected"),
    [
        ("Quimperlé", "de Quimperlé"),
        ("Allaire", "d’Allaire"),
        ("Huelgoat", "de Huelgoat"),
        ("Hœdic", "de Hœdic"),
        ("Henvic", "de Henvic"),
        ("Hanvec", "de Hanvec"),
        ("Hénon", "de Hénon"),
        ("Hénansal", "de Hénansal"),
        ("Hédé-Bazouges", "de Hédé-Bazouges"),
        ("Hennebont", "d’Hennebont"),
        ("Hillion", "d’Hillion"),
        ("Île-de-Bréhat", "de l’Île-de-Bréhat"),
        ("Île-aux-Moines", "de l’Île-aux-Moines"),
        ("L’Hermitage", "de l’Hermitage"),
        ("Les Iffs", "des Iffs"),
        ("La Turballe", "de la Turballe"),
        ("Le Relecq-Kerhuon", "du Relecq-Kerhuon"),
        ("Yffiniac", "d’Yffiniac"),
        ("Plourac’h", "de Plourac’h"),
    ],
)
def test_de_a_commune(reference: Territories, nom: str, expected: str) -> None:
    assert reference.communes[only(reference, nom)].de == expected


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("commune", "22057", "du Faouët"),
        ("commune", "56039", "de la Chapelle-Neuve"),
        ("departement", "22", "des Côtes-d’Armor"),
        ("departement", "29", "du Finistère"),
        ("departement", "35", "d’Ille-et-Vilaine"),
        ("departement", "44", "de la Loire-Atlantique"),
        ("departement", "56", "du Morbihan"),
        ("region", "53", "de Bretagne"),
        ("epci", "242900694", "de Quimperlé Communauté"),
        ("epci", "242900801", "du Pays de Landerneau-Daoulas"),
        ("epci", "200027027", "d’Arc Sud Bretagne"),
        ("epci", "200066785", "de l’Oust à Brocéliande"),
        ("epci", "243500725", "de la Côte d’Émeraude"),
    ],
)
def test_de_others(reference: Territories, kind: str, code: str, expected: str) -> None:
    place = reference.collectivite(kind, code)
    assert place
    assert place.de == expected


def test_every_liaison_fits_its_name(reference: Territories) -> None:
    for commune in reference.communes.values():
        if re.match(r"Le |La |Les |L’", commune.nom):
            assert commune.liaison in ("du", "de la", "des", "de l’"), commune.nom
        assert not re.search(r"d’[bcdfgjklmnpqrstvwxz]| de (le|les) ", f" {commune.de.lower()}"[:6]), commune.de
        assert "'" not in commune.nom


def test_avec_de_without_article() -> None:
    assert avec_de("de la", "Loire-Atlantique") == "de la Loire-Atlantique"


@of_2026
def test_postal_codes_that_are_also_insee_codes(reference: Territories) -> None:
    breton = [c for c in reference.communes.values() if c.departement in BRETAGNE]
    postal = {p for c in breton for p in c.codes_postaux}
    assert len(postal) == 323
    assert len(postal & {c.code for c in breton}) == 88
    assert reference.communes["29300"].nom == "Le Trévoux"
    assert "Quimperlé" in {c.nom for c in reference.by_postal("29300")}
    assert [c.nom for c in reference.by_postal("29233")] == ["Cléder"]
    assert reference.by_postal("00000") == ()


@of_2026
def test_homonyms(reference: Territories) -> None:
    pairs = Counter(c.nom for c in reference.communes.values())
    assert {nom for nom, n in pairs.items() if n > 1} == {
        "Le Faouët", "La Chapelle-Neuve", "Saint-Servais", "Tréméven", "Plouhinec", "Saint-Armel"
    }  # fmt: skip


@of_2026
def test_old_codes(reference: Territories) -> None:
    assert len(reference.anciennes) == 118
    assert sum(not a.nom for a in reference.anciennes.values()) == 55
    for ancienne in reference.anciennes.values():
        assert ancienne.code in reference.communes[ancienne.chef_lieu].anciens_codes
        assert ancienne.code not in reference.communes
    assert reference.anciennes["22027"].nom == "Le Cambout"


@of_2026
@pytest.mark.parametrize(
    ("kind", "code", "departements", "communes"),
    [
        ("commune", "29233", ("29",), 1),
        ("epci", "243500741", ("35", "44", "56"), 31),
        ("departement", "22", ("22",), 344),
        ("departement", "44", ("44",), 20),
        ("region", "53", BRETAGNE, 1202),
        ("commune", "99999", (), 0),
        ("syndicat-mixte", "29233", (), 0),
    ],
)
def test_extent(reference: Territories, kind: str, code: str, departements: tuple[str, ...], communes: int) -> None:
    assert reference.departements_of(kind, code) == departements
    assert len(reference.communes_of(kind, code)) == communes


def test_position(reference: Territories) -> None:
    assert reference.position("region", "53") == reference.position("commune", "35238")
    assert reference.position("departement", "29") == reference.position("commune", "29232")
    assert reference.position("departement", "44") is None  # Nantes lies outside the perimeter
    assert reference.position("commune", "99999") is None
    for commune in reference.communes.values():
        assert -5.2 < commune.longitude < -1.0, commune.nom
        assert 47.2 < commune.latitude < 48.9, commune.nom


def test_another_name_of_an_epci_has_its_paper(reference: Territories) -> None:
    """It is a part of the official one, or the page where it stands is named; initials are worked out, not typed."""
    with (DATA / "epci-noms.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        official = fold(f"{row['nom']} {reference.epci[row['code']].autres_noms[0]}").replace(" ", "")
        sourced = all(re.fullmatch(r"https?://\S+", page) for page in row["sources"].split()) and row["sources"]
        for other in filter(None, row["autres_noms"].split("|")):
            assert sourced or fold(other).replace(" ", "") in official, other
            # Four initials are read as they are; three may be those of several.
            assert len(other) < 4 or fold(other) not in initials(row["nom"], reference.epci[row["code"]].nature), other
        assert bool(row["sources"]) <= bool(row["autres_noms"])
    assert "La Baule-Guérande Agglo" in reference.epci["244400610"].autres_noms


def test_the_origins_are_those_of_the_refresh() -> None:
    told = " ".join(origin.source for origin in read_origins())
    for package in read_packages(DATA).values():
        assert f"« {package.paquet} » {package.version}" in told.replace("\u00a0", " ")


def test_chain(reference: Territories) -> None:
    chain = reference.chain("commune", "29233")
    assert chain.epci
    assert chain.region
    assert (chain.epci.nom, [d.nom for d in chain.departements]) == ("Quimperlé Communauté", ["Finistère"])
    assert reference.chain("commune", "29155").epci is None
    assert reference.chain("commune", "44128").region is None
    assert reference.chain("region", "53").departements == ()
    assert reference.chain("epci", "0") == (None, (), None)


def test_breton_names(reference: Territories) -> None:
    assert reference.communes["56260"].nom_br == "Gwened"
    assert reference.departements["22"].nom_br == "Aodoù-an-Arvor"
    assert reference.regions["53"].nom_br == "Breizh"


def test_town_halls_give_no_person(reference: Territories) -> None:
    assert len(reference.mairies) > 1150
    assert reference.mairies["29233"] == Mairie("mairie@quimperle.bzh", "https://www.quimperle.bzh/")
    for code, mairie in reference.mairies.items():
        assert code in reference.communes
        assert re.fullmatch(r"(https?://\S+)?", mairie.site)
        local = mairie.courriel.partition("@")[0]
        words = fold(reference.communes[code].nom).split()
        roles = "mairie|accueil|contact|info|secretariat|ville|commune|maire|population|etatcivil|dgs|direction|tiker"
        assert not local or re.search(roles, local.replace("-", "")) or any(w in local for w in words), mairie


def test_tables_hold_no_telephone() -> None:
    for table in DATA.glob("*.csv"):
        if not table.name.startswith("formes-"):
            assert not re.search(r"\b0[1-9]([ .]?\d\d){4}\b", table.read_text(encoding="utf-8")), table.name


def test_tables_are_sorted_by_code() -> None:
    for table in set(DATA.glob("*.csv")) - {DATA / "sources.csv"}:
        lines = table.read_text(encoding="utf-8").splitlines()[1:]
        keys = [line.split(",")[:2] if table.name == "noms-bretons.csv" else line.split(",")[:1] for line in lines]
        assert keys == sorted(keys), table.name
