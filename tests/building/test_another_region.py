"""A second directory, by its settings and its reference data alone: Mayenne, where nothing speaks of Brittany."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
import shapely
from playwright.sync_api import Browser, expect

from generator.french import NBSP
from generator.problems.catalogue import CATALOGUE
from generator.territories.shapes import load_shapes, rings
from tests.support import another_region, html_pages, repository
from tests.support.annuaires import cop
from tests.support.another_region import DATA, NAME
from tests.support.browser import Scripts, served, visitor
from tests.support.paths import ROOT

OURS = re.compile(r"\b(bretagne|bretonne?s?|breizh|finist[eè]re|morbihan|quimper\w*|1.000\s?COP)\b", re.IGNORECASE)
WRITTEN = {path.relative_to(ROOT / "content").with_suffix("").as_posix() for path in (ROOT / "content").rglob("*.md")}
SCHEMA: tuple[str, ...] = (
    "assets/",
    "donnees/schema/",
    "donnees/formulaire.json",
    "donnees/import.json",
    "themes/culture-langues/",
)
SCHEMA += ("donnees/datapackage.json", "donnees/cops.csv-metadata.json")
"""What quotes the schema, whose examples and whose words of a theme are those of one place, and the scripts."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = another_region.make(tmp_path_factory.mktemp("region") / "depot")
    checked = another_region.run(root, "check", "--date", repository.TODAY)
    assert checked.returncode == 0, checked.stderr
    done = another_region.run(root, "build", "--date", repository.TODAY, "--no-index", "--quiet")
    assert done.returncode == 0, done.stderr
    return root / "site"


def list_made(site: Path) -> Iterator[Path]:
    """What the program makes: neither the texts that people write nor what quotes the schema."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        page = name.removesuffix("index.html").rstrip("/") or "index"
        if path.is_file() and page not in WRITTEN and not name.startswith(SCHEMA) and path.suffix != ".png":
            yield path


def test_nothing_that_is_made_speaks_of_another_place(site: Path) -> None:
    told = {path.relative_to(site).as_posix(): OURS.findall(_read(path)) for path in list_made(site)}
    assert {path: words for path, words in told.items() if words} == {}


def _read(path: Path) -> str:
    # Towns elsewhere are known by name, to say of them that they are elsewhere.
    text = path.read_text("utf-8", errors="replace")
    return re.sub(r'"ailleurs": ?"[^"]*"', "", text) if path.name == "communes.json" else text


UNKNOWN = {
    "departement": f"L’annuaire couvre{NBSP}: Mayenne (53). Écrivez 53.",
    "region": f"L’annuaire couvre{NBSP}: Pays de la Loire (52). Écrivez{NBSP}: 52",
}
"""Why a code of Brittany is nobody's here, and what to write in its place."""


def test_the_check_and_the_form_name_its_own_departements_and_region(site: Path, scripts: Scripts) -> None:
    root, wrong = site.parent, {"departement": "29", "region": "53"}
    files = {kind: root / "cops" / "53" / f"{kind}.yml" for kind in wrong}
    for kind, code in wrong.items():
        place = f'collectivite: {{type: {kind}, code: "{code}"}}'
        files[kind].write_text(re.sub(r"collectivite: \{.*\}", place, cop()), encoding="utf-8")
    try:
        told = another_region.run(
            root, "check", "--date", repository.TODAY, "--format", "json", *map(str, files.values())
        )
    finally:
        for path in files.values():
            path.unlink()
    by_check = {one["code"]: one["why"] for one in json.loads(told.stdout)["problems"]}
    data = [{"collectivite": {"type": kind, "code": code}} for kind, code in wrong.items()]
    by_form = {one["code"]: one for found in scripts.each("fiche.verifie(v, outils)", data) for one in found}
    explained = html_pages.read(site)["contribuer/erreurs/index.html"].shown
    for kind, sentences in UNKNOWN.items():
        one = by_form[f"{kind}-inconnue"]
        assert f"{one['pourquoi']} {one['remede']}" == sentences
        assert by_check[f"{kind}-inconnue"] == one["pourquoi"]
        assert one["pourquoi"] in explained


def test_scripts_follow_an_epci_that_is_no_more_to_its_heir(site: Path, scripts: Scripts, chromium: Browser) -> None:
    code = """fiche.loadPlaces().then((places) => {
      const { place, offered, words } = fiche.look(places, v)
      return [place?.code, offered.map(({ code }) => code), words]
    })"""
    assert scripts.each(code, ["200000032", "200 000 040"]) == [
        ["200042182", ["200042182"], "1 lieu proposé"],
        [
            None,
            ["200042182", "200033298"],
            "Plusieurs intercommunalités ont remplacé celle-ci\xa0: choisissez la vôtre.",
        ],
    ]
    held: list[dict[str, Any]] = [
        {"collectivite": {"type": "epci", "code": former}} for former in ("200000032", "200000040")
    ]
    held.append({"collectivite": {"type": "commune", "code": "200000032"}, "perimetre": ["200000032", "200000040"]})
    assert [
        {(one["ou"], one["code"], one.get("juste")) for one in found if one["ou"][:5] in ("colle", "perim")}
        for found in scripts.each("fiche.verifie(v, outils)", held)
    ] == [
        {("collectivite.code", "ancien-code", "200042182")},
        {("collectivite.code", "epci-partagee", None)},
        {
            ("collectivite.code", "code-commune", None),
            ("perimetre.0", "ancien-code", "200042182"),
            ("perimetre.1", "perimetre-inconnu", None),
        },
    ]
    with served(site) as address, visitor(chromium, address) as visit:
        page = visit.open("cops/?epci=200000040").page
        expect(page.locator("#facette-epci")).to_have_value("200042182")
        page = visit.open("integrer/?territoire=pays-fictif").page
        expect(page.locator("#code")).to_contain_text("integrer/territoires/mont-des-avaloirs/")


def test_no_sentence_about_a_mistake_names_a_place() -> None:
    told = {
        code: re.findall(rf"{OURS.pattern}|\b(?:22|29|35|44|56)(?:\d{{3}})?\b", str(about))
        for code, about in CATALOGUE.items()
    }
    assert {code: words for code, words in told.items() if words} == {}


def test_its_own_name_and_goal_are_everywhere(site: Path) -> None:
    home = html_pages.read(site)["index.html"]
    assert f"<title>{NAME}" in home.text
    assert "de la Mayenne" in home.shown
    assert 'placeholder="Laval, 53000…"' in home.text
    counter = json.loads((site / "donnees/compteur.json").read_text("utf-8"))
    assert (counter["value"], counter["objectif"], counter["par_departement"]) == (
        4,
        100,
        {"53": 3, "pays-de-la-loire": 1},
    )
    picture = (site / "integrer/compteur.svg").read_text("utf-8")
    assert {"100\u202fCOP", "100 COP", "100\u00a0COP"} & set(re.findall(r">([^<]*)<", picture))
    assert "en Mayenne" in picture


def test_a_commune_that_bears_the_name_of_its_departement_has_its_own_page(site: Path) -> None:
    assert (site / "communes/mayenne-mayenne/index.html").is_file()
    assert "Les communes" in (site / "communes/mayenne/index.html").read_text("utf-8")


def test_every_address_leads_somewhere(site: Path) -> None:
    missing = set()
    for path, page in html_pages.read(site).items():
        for one in page.all("a", "link", "script", "img", "iframe"):
            address = urlsplit(urljoin(f"http://ici/{path}", one.get("href") or one.get("src") or ""))
            target = site / unquote(address.path).lstrip("/")
            is_there = (target / "index.html" if address.path.endswith("/") else target).exists()
            if address.netloc == "ici" and path != "404.html" and not is_there:
                missing.add((path, address.path))
    assert {
        found for found in missing if found[0] != "appel/index.html"
    } == set()  # it names three communes of Brittany


def test_the_map_has_no_hole_and_the_dots_are_in_it() -> None:
    shapes = load_shapes(DATA)
    for level, paths in shapes.paths.items():
        land = shapely.union_all([shapely.Polygon(ring).buffer(1) for d in paths.values() for ring in rings(d)])
        holes = [ring for part in shapely.get_parts(land) for ring in part.interiors]
        assert [ring for ring in holes if shapely.Polygon(ring).area > 25] == [], level
    points = json.loads((DATA / "points.json").read_text("utf-8"))
    assert sum(n for row in points["rangees"] for _, n in row) == 100
    (x, left), (y, top) = points["demi_colonne"], points["rang_de_latitude"]
    frame = shapes.frames["departements"]
    (mayenne,) = (d for code, d in shapes.paths["departements"].items() if code == "53")
    ground = shapely.union_all([shapely.Polygon(ring) for ring in rings(mayenne)]).buffer(20)
    for row, runs in enumerate(points["rangees"]):
        for first, count in runs:
            for rank in range(count):
                place = ((first + 2 * rank - left) / x, (row - top) / y)
                assert ground.contains(shapely.Point(frame.at(place))), place
