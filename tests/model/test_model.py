"""Derived values of a COP and of a training, and the order of the directory."""

import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.entries import corpus
from generator.model.annuaire import Annuaire, build_annuaire
from generator.model.cop import Cop, months_between, older_than
from generator.model.places import places_of_cop
from generator.pages.entries.cop_page import tell_place_of
from generator.territories.kinds import Point
from generator.territories.reference import load_territories
from tests.factory import repositories
from tests.support import annuaires
from tests.support.annuaires import TODAY, build
from tests.support.paths import ROOT

FINISTERE, REGION = (len(load_territories().communes_of(*place)) for place in (("departement", "29"), ("region", "53")))

QUIMPERLE = '{type: commune, code: "29233", nom: Quimperlé}'


def one(more: str = "", place: str = QUIMPERLE, today: str = TODAY, folder: str = "29") -> Cop:
    """The only COP of a directory."""
    text = annuaires.cop(more=more).replace(QUIMPERLE, place)
    return build({f"{folder}/fictive": text}, today=today).cops[0]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Annuaire:
    """Three hundred COP, so that distances have something to choose from."""
    root = tmp_path_factory.mktemp("annuaire")
    (root / "schema").symlink_to(ROOT / "schema")
    repositories.write_files(root, repositories.files(300, 12, 12))
    context = annuaires.context()
    return build_annuaire(corpus.load(root), context)


def test_an_object_is_named_in_a_line(full: Annuaire) -> None:
    """A COP holds the whole reference: written out, it would be a megabyte of every failed test."""
    for thing in (full.cops[0], full.formations[0], full.actualites[0]):
        assert repr(thing) == f"{type(thing).__name__}({thing.id!r})"


# Dates --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-11-24", "2026-11-24", 0),
        ("2026-10-25", "2026-11-24", 0),
        ("2026-10-24", "2026-11-24", 1),
        ("2025-11-24", "2026-11-24", 12),
        ("2025-12-31", "2026-01-30", 0),
        ("2024-02-29", "2025-02-28", 11),
    ],
)
def test_months_between(start: str, end: str, months: int) -> None:
    assert months_between(start, end) == months


@pytest.mark.parametrize(
    ("day", "today", "older"),
    [
        ("2025-05-24", "2026-11-24", False),
        ("2025-05-24", "2026-11-25", True),
        ("2025-08-31", "2027-02-28", False),  # a month without a 31st: its last day is not yet over
        ("2025-08-31", "2027-03-01", True),
        ("2026-11-25", "2026-11-24", False),
    ],
)
def test_older_than_eighteen_months(day: str, today: str, older: bool) -> None:
    assert older_than(day, 18, today) is older


def test_last_check() -> None:
    assert one().verifiee == "2026-06-01"  # never checked since it was entered
    checked = one("verifiee_le: 2026-09-30\n")
    assert (checked.verifiee, checked.mois, checked.a_verifier) == ("2026-09-30", 1, False)
    late = one("verifiee_le: 2026-09-30\n", today="2028-04-01")
    assert (late.mois, late.a_verifier, late.fraiche) == (18, True, True)


@pytest.mark.parametrize(("today", "closed"), [("2026-11-29", False), ("2026-11-30", False), ("2026-12-01", True)])
def test_last_day_to_join(today: str, closed: bool) -> None:
    assert one("rejoindre: {mode: ouvert, jusqu_au: 2026-11-30}\n", today=today).rejoindre_ferme is closed
    assert one("rejoindre: {mode: ouvert}\n", today=today).rejoindre_ferme is False
    assert one(today=today).rejoindre_ferme is False


MEETINGS = """\
rencontres:
  - {debut: 2027-03-01 18:30, objet: Troisième}
  - {debut: 2027-01-14, fin: 2027-01-16, objet: Première}
  - {debut: 2027-01-10, objet: Deuxième, statut: reportee, reportee_au: 2027-02-10, revision: 1}
"""


@pytest.mark.parametrize(
    ("today", "upcoming", "past"),
    [
        ("2027-01-16", ["Première", "Deuxième", "Troisième"], []),
        ("2027-01-17", ["Deuxième", "Troisième"], ["Première"]),
        ("2027-03-01", ["Troisième"], ["Deuxième", "Première"]),
        ("2027-03-02", [], ["Troisième", "Deuxième", "Première"]),
    ],
)
def test_meetings(today: str, upcoming: list[str], past: list[str]) -> None:
    own = one(MEETINGS, today=today)
    assert [meeting.objet for meeting in own.rencontres_a_venir] == upcoming
    assert [meeting.objet for meeting in own.rencontres_passees] == past


SESSIONS = """\
sessions:
  - {debut: 2027-02-01, fin: 2027-02-02, statut: ouverte}
  - {debut: 2027-01-05, statut: annulee}
  - {debut: 2026-12-01, statut: ouverte}
"""


@pytest.mark.parametrize(
    ("today", "upcoming", "past", "following"),
    [
        ("2026-12-01", ["2026-12-01", "2027-01-05", "2027-02-01"], [], "2026-12-01"),
        ("2026-12-02", ["2027-01-05", "2027-02-01"], ["2026-12-01"], "2027-02-01"),
        ("2027-02-02", ["2027-02-01"], ["2027-01-05", "2026-12-01"], "2027-02-01"),
        ("2027-02-03", [], ["2027-02-01", "2027-01-05", "2026-12-01"], None),
    ],
)
def test_sessions(today: str, upcoming: list[str], past: list[str], following: str | None) -> None:
    own = build(formations={"f": annuaires.formation(more=SESSIONS)}, today=today).formations[0]
    assert [session.debut for session in own.sessions_a_venir] == upcoming
    assert [session.debut for session in own.sessions_passees] == past
    assert (own.prochaine.debut if own.prochaine else None) == following


# Territories --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "folder", "epcis", "departements", "communes"),
    [
        (QUIMPERLE, "29", ["Quimperlé Communauté"], ["29"], 1),
        ('{type: commune, code: "22016", nom: Île-de-Bréhat}', "22", [], ["22"], 1),
        ('{type: epci, code: "243500741", nom: Redon Agglomération}', "35", None, ["35", "44", "56"], 31),
        ('{type: departement, code: "29", nom: Finistère}', "29", [], ["29"], FINISTERE),
        ('{type: region, code: "53", nom: Bretagne}', "bretagne", [], [], REGION),
    ],
)
def test_where_it_lies(
    place: str, folder: str, epcis: list[str] | None, departements: list[str], communes: int
) -> None:
    own = one(place=place, folder=folder)
    assert epcis is None or [epci.nom for epci in own.epcis] == epcis
    assert [departement.code for departement in own.departements] == departements
    assert len(own.communes) == communes
    assert own.position
    assert own.chemin == f"cops/{folder}/fictive.yml"
    assert own.adresse == "cops/fictive/"


def test_own_perimeter() -> None:
    own = one('perimetre: ["29233", "22016"]\n')
    assert own.communes == ("22016", "29233")
    assert [epci.nom for epci in own.epcis] == ["Quimperlé Communauté"]


def test_syndicat_mixte_is_where_its_communes_are() -> None:
    place = '{type: syndicat-mixte, code: "000010009", nom: Syndicat fictif}'
    own = one('perimetre: ["22016", "29233"]\n', place)
    assert own.territoire is None
    assert own.collectivite_nom == "Syndicat fictif"
    assert [departement.code for departement in own.departements] == ["22", "29"]
    assert own.position == own.context.territories.position("commune", "22016")
    assert own.dans_le_perimetre


def haversine_km(a: Point, b: Point) -> float:
    """The way along the ground, by another formula than the program's."""
    west, south, east, north = map(math.radians, (*a, *b))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(half))


def nearest(annuaire: Annuaire, own: Cop, count: int) -> Sequence[tuple[float, str]]:
    """What `voisines` must answer, by comparing with everything."""
    assert own.position
    pairs = [(haversine_km(own.position, o.position), o.id) for o in annuaire.cops if o.position and o.id != own.id]
    return sorted(pairs)[:count]


@pytest.mark.parametrize("count", [3, 10])
def test_neighbours_are_the_nearest(full: Annuaire, count: int) -> None:
    for own in full.cops:
        found = full.voisines(own, count)
        expected = nearest(full, own, count)
        assert [other.id for other, _ in found] == [name for _, name in expected]
        assert [distance for _, distance in found] == pytest.approx([distance for distance, _ in expected], abs=1e-6)


def test_a_distance_known_to_all() -> None:
    texts = {code: annuaires.cop(f"COP fictive {code}").replace("29233", code) for code in ("29019", "35238")}
    pair = build({"brest": texts["29019"], "35/rennes": texts["35238"]})
    ((_, distance),) = pair.voisines(pair.par_id["brest"])
    assert 205 < distance < 215


def test_neighbours_of_few() -> None:
    assert build({"seule": annuaires.cop()}).voisines(build({"seule": annuaires.cop()}).cops[0]) == ()
    pair = build({"une": annuaires.cop("COP fictive une"), "deux": annuaires.cop("COP fictive deux")})
    assert [(other.id, distance) for other, distance in pair.voisines(pair.par_id["une"])] == [("deux", 0.0)]


# Order --------------------------------------------------------------------------------------------------------------


def test_order() -> None:
    own = build(
        {
            "z": annuaires.cop("École fictive", inscrite_le="2026-01-01"),
            "a": annuaires.cop("Zone fictive", inscrite_le="2026-01-01"),
            "m": annuaires.cop("Eau fictive", inscrite_le="2026-05-01"),
        },
        {"b": annuaires.formation("Écouter fictif"), "a": annuaires.formation("Zoner fictif")},
    )
    assert [cop.nom for cop in own.cops] == ["Eau fictive", "École fictive", "Zone fictive"]
    assert [cop.id for cop in own.dernieres] == ["m", "z", "a"]  # the last entered, then by name
    assert [cop.id for cop in own.ordre_d_entree] == ["a", "z", "m"]  # the first entered, then by id
    assert [formation.id for formation in own.formations] == ["b", "a"]


def test_groups(full: Annuaire) -> None:
    for groups in (full.par_epci, full.par_departement, full.par_theme, full.par_type):
        assert all(list(group) == sorted(group, key=full.cops.index) for group in groups.values())
    assert {cop.id for group in full.par_type.values() for cop in group} == {cop.id for cop in full.cops}
    across = [cop for cop in full.cops if len(cop.departements) > 1]
    assert across
    assert all(cop in full.par_departement[d.code] for cop in across for d in cop.departements)
    assert [item.id for item in full.actualites] == sorted((item.id for item in full.actualites), reverse=True)


def test_comments_are_noticed() -> None:
    assert not build({"fictive": "# yaml-language-server: $schema=x\n" + annuaires.cop()}).cops[0].commentaires
    assert build({"fictive": annuaires.cop(more="# à revoir\n")}).cops[0].commentaires


def test_frozen() -> None:
    with pytest.raises(AttributeError):
        one().nom = "autre"  # type: ignore[misc]


def test_schema_is_needed(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        corpus.load(tmp_path)


NEWS = """\
titre: Nouvelle fictive
resume: Une nouvelle inventée pour les essais.
categorie: reseau
cops: [ancienne]
"""
REGISTRATIONS = """\
sessions:
  - {debut: 2026-12-01, inscription_jusqu_au: 2026-11-24}
  - {debut: 2026-12-02, inscription_jusqu_au: 2026-11-23}
  - {debut: 2026-12-03, statut: complete}
  - {debut: 2026-12-04, statut: reportee, reportee_au: 2026-12-20}
  - {debut: 2026-12-05, statut: annulee}
"""


def test_a_former_id_names_the_same_cop() -> None:
    directory = build({"neuve": annuaires.cop(more="anciens_ids: [ancienne]\n")}, actualites={"2026-11-01-essai": NEWS})
    assert directory.par_id["ancienne"] is directory.par_id["neuve"]
    assert [item.id for item in directory.actualites_par_cop["neuve"]] == ["2026-11-01-essai"]


def test_registration_closes_with_its_last_day_or_when_it_is_full() -> None:
    (training,) = build(formations={"f": annuaires.formation(more=REGISTRATIONS)}).formations
    assert [training.inscription_ouverte(session) for session in training.sessions] == [True, False, False, True, False]


def test_a_council_of_several_epci_stands_in_each_and_counts_once() -> None:
    place = 'collectivite: {type: epci, code: "200042174"}\nperimetre: ["200042174", "242900694", "245600440"]\n'
    text = annuaires.cop().replace('collectivite: {type: commune, code: "29233", nom: Quimperlé}\n', place)
    annuaire = annuaires.build({"conseil": text})
    (council,) = annuaire.cops
    assert [epci.code for epci in council.epcis] == ["200042174", "242900694", "245600440"]
    assert [departement.code for departement in council.departements] == ["29", "56"]
    assert {code: len(cops) for code, cops in annuaire.par_epci.items()} == dict.fromkeys(council.perimetre, 1)
    assert {"lorient-agglomeration", "quimperle-communaute", "finistere", "morbihan"} <= places_of_cop(council)
    assert annuaire.couvrant["29233"] == (council,)
    assert (annuaire.compteur.value, annuaire.compteur.collectivites) == (1, 1)
    assert tell_place_of(council) == (
        "Lorient Agglomération, Quimperlé Communauté et Blavet Bellevue Océan (Finistère et Morbihan)"
    )
