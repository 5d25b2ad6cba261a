"""The yearly refresh, on three vintages of an invented country: what merges, splits or changes its name keeps its land,
its address and its place in the files."""

from collections.abc import Callable
from pathlib import Path

import pytest
import shapely

from generator.territories.kinds import Former
from generator.territories.reference import Territories, load_territories
from generator.territories.refresh import packages, refresh
from generator.territories.refresh.changes import tell_changes
from generator.territories.refresh.epci_names import find_usual
from generator.territories.refresh.origins import write_origins
from generator.territories.refresh.stop import Stop
from generator.territories.sources import read_origins
from generator.territories.tables import DATA_FOLDER
from tests.support import vintages
from tests.support.paths import ROOT
from tests.support.vintages import EAST, NEW, SQUARES, WEST, Vintage, area

TOLERANCE = 0.08  # of a square: drawings are simplified to four hundred metres


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    vintages.begin(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def first(folder: Path) -> Vintage:
    """The year before: the folder holds it."""
    vintage = Vintage()
    vintages.refresh(vintage, folder)
    return vintage


def turn(vintage: Vintage, folder: Path) -> tuple[Territories, list[str]]:
    """The next year, and what is told of it."""
    former = load_territories(folder)
    present = vintages.refresh(vintage, folder).present
    return present, tell_changes(former, present)


def is_whole(folder: Path, squares: dict[str, str]) -> bool:
    return abs(area(folder, squares) - len(SQUARES)) < 3 * TOLERANCE


# What happens to places -----------------------------------------------------------------------------------------------


def test_the_first_vintage_is_the_country(first: Vintage, folder: Path) -> None:
    present = load_territories(folder)
    assert {e.nom: e.de for e in present.epci.values()} == {
        "Pays de l’Ouest": "du Pays de l’Ouest", "Est Communauté": "d’Est Communauté"
    }  # fmt: skip
    assert {c.nom for c in present.communes.values() if not c.littoral} == {"Carré 11", "Carré 21"}
    assert is_whole(folder, first.names)
    assert present.formers == ()


def test_a_merger_on_the_coast_loses_neither_land_nor_address(first: Vintage, folder: Path) -> None:
    first.merge("00", "10")
    present, told = turn(first, folder)
    assert told == ["Carré 00 (29000) est réunie à Carré 10 (29010) : son adresse y mène."]
    assert is_whole(folder, first.names)
    heir = present.communes["29010"]
    assert (heir.anciens_codes, heir.anciens_noms, heir.littoral) == (("29000",), ("Carré 00",), True)
    assert heir.longitude == pytest.approx(-3.9, abs=0.02)  # in the middle of both, not of the one
    assert present.formers == (Former("commune", "29000", "Carré 00", "carre-00", (heir,)),)

    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert turn(first, folder)[1] == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before, "a second run gives the same bytes"

    # The next shapes know the merger of nobody: their place is what was drawn of it before.
    del first.drawn["00"]
    assert turn(first, folder)[1] == []
    assert is_whole(folder, first.names)
    # Those of the year after have it inside its heir.
    first.drawn["10"] = shapely.union(first.drawn["10"], vintages.square("00"))
    assert turn(first, folder)[1] == []
    assert is_whole(folder, first.names)


def test_a_hole_goes_to_the_one_who_took_over(folder: Path) -> None:
    """A first vintage whose shapes lack what merged just before: nothing was ever drawn of it."""
    vintage = Vintage()
    vintage.merge("11", "21")
    del vintage.drawn["11"]
    made = vintages.refresh(vintage, folder)
    assert made.mergers == 1
    assert is_whole(folder, vintage.names)
    assert area(folder, ["21"]) == pytest.approx(2, abs=TOLERANCE)


def test_a_commune_that_is_one_again_takes_its_land_back(first: Vintage, folder: Path) -> None:
    first.merge("00", "10")
    turn(first, folder)
    first.drawn["10"] = shapely.union(first.drawn["10"], first.drawn.pop("00"))
    del first.merged["00"]
    first.names["00"], first.epci["00"] = "Carré 00", WEST
    present, told = turn(first, folder)
    assert told == ["Carré 00 (29000) est de nouveau une commune : elle faisait partie de Carré 10."]
    assert (present.formers, present.communes["29010"].anciens_noms) == ((), ())
    assert area(folder, ["00"]) == pytest.approx(1, abs=2 * TOLERANCE)
    assert is_whole(folder, first.names)


def test_an_epci_that_changes_its_name_keeps_its_address(first: Vintage, folder: Path) -> None:
    first.epci_names[WEST] = "CA Rade Agglomération"
    present, told = turn(first, folder)
    assert told == [
        f"« Pays de l’Ouest » ({WEST}) s’appelle maintenant « Rade Agglomération » : son ancienne adresse y mène."
    ]
    assert present.epci[WEST].slug == "rade-agglomeration"
    assert present.former_slugs("rade-agglomeration") == ("pays-de-l-ouest",)
    assert "Pays de l’Ouest" in present.epci[WEST].autres_noms
    # And back again: the address is that of a territory, the other one leads to it.
    first.epci_names[WEST] = "CC du Pays de l'Ouest"
    assert turn(first, folder)[0].former_slugs("pays-de-l-ouest") == ("rade-agglomeration",)


def test_a_name_that_a_person_wrote_outlives_a_change_of_nature(first: Vintage, folder: Path) -> None:
    names = folder / "epci-noms.csv"
    names.write_text(names.read_text("utf-8").replace("Est Communauté,d’", "Levant,du"), encoding="utf-8")
    turn(first, folder)
    first.epci_names[EAST] = "CA Est Communauté"
    present, told = turn(first, folder)
    assert (told, present.epci[EAST].de, present.epci[EAST].nature) == ([], "du Levant", "Communauté d’agglomération")


def test_an_epci_shared_out_leads_to_the_one_that_took_most(first: Vintage, folder: Path) -> None:
    for square in [s for s, code in first.epci.items() if code == EAST]:
        first.epci[square] = WEST if square in ("20", "21") else NEW
    present, told = turn(first, folder)
    assert told == [
        f"« Est Communauté » ({EAST}) n’existe plus ; ses communes vont à « Sud Agglomération » et « Pays de l’Ouest »"
        " ; son adresse mène à « Sud Agglomération ».",
        f"« Sud Agglomération » ({NEW}) est une nouvelle intercommunalité, de 4 communes.",
    ]
    former = present.former_epci(EAST)
    assert former
    assert [heir.code for heir in former.heirs] == [NEW, WEST]
    # The heir itself goes, years later: the first address follows.
    first.epci = dict.fromkeys(first.epci, WEST)
    present, _ = turn(first, folder)
    assert [[heir.code for heir in former.heirs] for former in present.formers] == [[WEST], [WEST]]
    assert set(present.former_slugs("pays-de-l-ouest")) == {"est-communaute", "sud-agglomeration"}


def test_a_commune_that_changes_of_epci_is_told(first: Vintage, folder: Path) -> None:
    first.epci["20"] = WEST
    present, told = turn(first, folder)
    assert told == ["Carré 20 (56020) passe de « Est Communauté » à « Pays de l’Ouest »."]
    assert present.formers == ()


def test_a_commune_that_takes_another_name_keeps_its_address(first: Vintage, folder: Path) -> None:
    first.names["20"] = "Port-Carré"
    present, told = turn(first, folder)
    assert told == ["Carré 20 (56020) s’appelle maintenant Port-Carré."]
    assert [(former.slug, former.heirs[0].nom) for former in present.formers] == [("carre-20", "Port-Carré")]


# Why it stops ---------------------------------------------------------------------------------------------------------


def lose_a_commune(vintage: Vintage) -> None:
    vintage.merge("00", "10")
    vintage.merged.clear()


def shrink_a_shape(vintage: Vintage) -> None:
    vintage.drawn["00"] = shapely.box(-4, 48, -3.95, 48.05)


def change_nature(vintage: Vintage) -> None:
    vintage.epci_names[EAST] = "SI Est Communauté"


@pytest.mark.parametrize(
    ("spoil", "said", "remedy"),
    [
        (lose_a_commune, "Carré 00 (29000) n’est plus dans le découpage", "29000,commune,Carré 00,carre-00,"),
        (shrink_a_shape, "La forme de Carré 00 (29000) ne couvre plus la place", "make reference FORMES="),
        (change_nature, "est d’une nature inconnue ici, « SI »", "NATURES"),
    ],
)
def test_it_stops_with_the_remedy(
    first: Vintage, folder: Path, spoil: Callable[[Vintage], None], said: str, remedy: str
) -> None:
    spoil(first)
    with pytest.raises(Stop) as stop:
        vintages.refresh(first, folder)
    assert said in str(stop.value)
    assert remedy in str(stop.value)


@pytest.mark.parametrize("square", ["11", "21"])
def test_without_a_shape_anywhere_it_stops(folder: Path, square: str) -> None:
    vintage = Vintage()
    del vintage.drawn[square]
    with pytest.raises(Stop, match=rf"Carré {square} .*n’a de forme dans aucune source.*make reference DECOUPAGE="):
        vintages.refresh(vintage, folder)
    vintage.merge(square, "00" if square == "21" else "31")
    with pytest.raises(Stop, match=r"un trou de .* km².*make reference FORMES="):
        vintages.refresh(vintage, folder)


def test_the_line_that_it_asks_for_is_enough(first: Vintage, folder: Path) -> None:
    lose_a_commune(first)
    with (folder / "heritiers.csv").open("a", encoding="utf-8") as heirs:
        heirs.write("29000,commune,Carré 00,carre-00,29010\n")
    present, told = turn(first, folder)
    assert told == ["Carré 00 (29000) est réunie à Carré 10 (29010) : son adresse y mène."]
    assert present.anciennes["29000"].chef_lieu == "29010"
    assert is_whole(folder, first.names)


ASKED = "--departements 22 29 35 56 --points 1000".split()


def test_a_stop_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`make reference` as it is typed, with a package whose bytes changed, then without its client."""
    changed = packages.Package(packages.DECOUPAGE, "6.0.0", "2026", "autre")
    same = packages.read_packages(DATA_FOLDER)[packages.FORMES]
    monkeypatch.setattr(packages, "fetch_tables", lambda *_: (changed, tmp_path))
    monkeypatch.setattr(packages, "fetch_shapes", lambda *_: (same, tmp_path))
    assert refresh.main(ASKED) == 1
    assert "n’a plus la même empreinte" in capsys.readouterr().err
    monkeypatch.undo()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refresh.main(ASKED) == 1
    assert "« npm » manque sur cette machine" in capsys.readouterr().err


# What is made of it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("official", "usual"),
    [
        ("CC du Pays d’Iroise", ("Pays d’Iroise", "du")),
        ("CA Redon Agglomération", ("Redon Agglomération", "de")),
        ("CC Arc Sud Bretagne", ("Arc Sud Bretagne", "d’")),
        ("CC de l’Oust à Brocéliande", ("Oust à Brocéliande", "de l’")),
        ("CC du Kreiz-Breizh (CCKB)", ("Kreiz-Breizh", "du")),
        ("Brest Métropole", ("Brest Métropole", "de")),
        ("CC Pays de Châteaugiron Communauté", ("Pays de Châteaugiron Communauté", "du")),
    ],
)
def test_a_usual_name(official: str, usual: tuple[str, str]) -> None:
    assert find_usual(official) == usual


def test_the_origins_follow_the_packages(tmp_path: Path) -> None:
    text = (ROOT / "generator/territories/data/sources.csv").read_text("utf-8")
    (tmp_path / "sources.csv").write_text(text, encoding="utf-8")
    attributes = packages.Package(packages.DECOUPAGE, "7.1.0", "2027", "")
    write_origins(tmp_path, attributes, packages.Package(packages.FORMES, "1.2.0", "", ""), 1)
    communes, shapes, mairies, names, breton = read_origins(tmp_path)
    assert "» 7.1.0" in communes.source
    assert [row.date for row in (communes, names)] == ["données de 2027"] * 2
    assert ("» 1.2.0" in shapes.source, shapes.date) == (True, "antérieures à une fusion de communes")
    assert "» 1.2.0" in mairies.source
    assert breton in read_origins()
