"""Every door reads a place alike — tables, corrections, requests — and repairs only what has one reading."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli.command import main
from generator.edits.fixing import rewrites
from generator.edits.places import Unclear, find_place
from generator.edits.requests.new_entries import make_entry
from generator.entries import corpus
from generator.entries.corpus import COP_KIND
from tests.support import repository, spreadsheets
from tests.support.annuaires import RESUME, SCHEMAS
from tests.support.readings import PLACES
from tests.support.repository import TODAY
from tests.support.verdicts import FACTS

BREST = "ancien code INSEE de Morlaix (29151) et code postal de Brest (29019)"

BROUGHT: Mapping[tuple[str, str], str] = {
    # Names as registers and people write them, beside the right code.
    **{(nom, "29233"): "29233" for nom in (
        "Commune de Quimperlé", "Mairie de Quimperlé", "Ville de Quimperlé", "Quimperlé (29)", "Mairie - Quimperlé",
        "QUIMPERLE", "Kemperle", "29300 Quimperlé",
    )},
    ("FAOUET (LE)", "56057"): "56057",
    ("COMMUNE D ALLAIRE", "56001"): "56001",
    ("La Baule", "44055"): "44055",
    ("Bréhat", "22016"): "22016",
    ("Île d'Ouessant", "29155"): "29155",
    ("Vitré", "35360"): "35360",
    ("Dinan Agglo", "200068989"): "200068989",
    ("Lorient Agglomération (56)", "200042174"): "200042174",
    ("GMVA", "200067932"): "200067932",
    ("Golfe du Morbihan - Vannes agglo", "200067932"): "200067932",
    ("Ville et Métropole de Rennes", "243500139"): "243500139",
    ("Brest métropole océane", "242900314"): "242900314",
    ("BMO", "242900314"): "242900314",
    ("CC Loudéac Communauté - Bretagne Centre", "200067460"): "200067460",
    ("Conseil départemental du Morbihan", "56"): "56",
    ("CD56", "56"): "56",
    ("Conseil régional de Bretagne", "53"): "53",
    ("Rannvro Breizh", "53"): "53",
    # A code of two readings: the name decides.
    ("Brest", "29200"): "29019",
    ("Langast", "22100"): "22219",
    ("Pleven", "22200"): "22237",
    ("Quimperlé", "29300"): "29233",
    # Codes as spreadsheets and other registers spell them.
    ("", "212902332"): "29233",
    ("", "21290233200016"): "29233",
    ("", "24290069400017"): "242900694",
    ("", "2,42900694E+08"): "242900694",
    ("", "242.900.694"): "242900694",
    ("", "INSEE 29233"): "29233",
    ("", "29233 (Quimperlé)"): "29233",
    ("Mairie d’Allaire", ""): "56001",
    ("Le Faouët (56)", ""): "56057",
    ("Lamballe", ""): "22093",
}  # fmt: skip

DOUBTED: Mapping[tuple[str, str], str] = {
    ("", "29200"): "code-a-deux-lectures",
    ("Quimper", "29200"): "code-a-deux-lectures",
    ("", "FR-29233"): "code-a-deux-lectures",
    ("", "2,43E+08"): "code-inconnu",
    ("", "29300"): "code-ambigu",
    ("", "22560"): "code-postal-partage",
    ("Quimperlé Communauté", "29233"): "nom-d-une-intercommunalite",
    ("Mûr-de-Bretagne", "22046"): "code-d-une-autre",
    ("Communauté de communes de Brocéliande", "200039022"): "nom-contredit-code",
    ("Le Faouët", ""): "lieu-a-choisir",
    ("Quimprelé", ""): "lieu-inconnu-proche",
    ("xyzzy", ""): "lieu-inconnu",
}


def bring(folder: Path, places: Sequence[tuple[str, str]]) -> Any:
    """What `cop import` says of a table with a row for each name and code."""
    root = folder / "depot"
    repository.make_entries(root, 0, 1, 0, is_whole=True)
    (root / "cops").mkdir(exist_ok=True)
    titles = "nom type collectivite.nom collectivite.code statut themes resume contact.page".split()
    rows = [
        [
            f"Comité fictif numéro {rank}",
            "assemblee-citoyenne",
            nom,
            code,
            "en-projet",
            "eau",
            RESUME,
            "https://a.example/",
        ]
        for rank, (nom, code) in enumerate(places)
    ]
    path = spreadsheets.write(folder / "tableau.csv", [titles, *rows])
    given = ["--root", str(root), "import", str(path), "--date", TODAY, "--format", "json"]
    return json.loads(CliRunner(env=dict.fromkeys(repository.OURS)).invoke(main, given).stdout)


def test_a_table_is_read_as_people_write_it(tmp_path: Path) -> None:
    found = bring(tmp_path, list(BROUGHT))
    assert found["problems"] == []
    ids = [PLACES.collectivite(kind, code) for code in BROUGHT.values() for kind in KINDS_OF[len(code)]]
    names = [place.nom for place in ids if place]
    assert len(found["files"]) == len(BROUGHT) == len(names)
    repaired = {(one["row"], one["after"]) for one in found["corrections"]}
    changed = {(rank, code) for rank, ((_, typed), code) in enumerate(BROUGHT.items(), 2) if typed not in ("", code)}
    assert repaired == changed


KINDS_OF = {2: ("departement", "region"), 5: ("commune",), 9: ("epci",)}


def test_what_has_two_readings_is_told_and_never_repaired(tmp_path: Path) -> None:
    found = bring(tmp_path, list(DOUBTED))
    assert {one["row"]: one["code"] for one in found["problems"]} == dict(enumerate(DOUBTED.values(), 2))
    assert found["corrections"] == []


# One file -------------------------------------------------------------------------------------------------------------


def entry(kind: str, code: str, nom: str = "", lieu: str = "") -> str:
    named = f"\n  nom: {nom}" if nom else ""
    meeting = (
        f"rencontres:\n  - debut: 2027-01-14 18:30\n    objet: Réunion fictive\n    lieu: {lieu}\n" if lieu else ""
    )
    return f"""\
nom: Commission fictive de l’eau
type: {"comite-consultatif" if kind == "departement" else "assemblee-citoyenne"}
collectivite:
  type: {kind}
  code: "{code}"{named}
statut: en-projet
themes: [eau]
resume: {RESUME}
contact:
  courriel: mairie@exemple.example
inscrite_le: 2026-11-24
{meeting}"""


def fix(text: str, folder: str = "29") -> tuple[str, list[str]]:
    """The text once corrected, and what is still wrong with it."""
    path = f"cops/{folder}/fictive.yml"
    after, _, *_ = rewrites.rewrite_text(text, path, FACTS, COP_KIND)
    _, problems = rewrites.look_at_file(FACTS, path, COP_KIND)(after)
    return after, [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("code", "nom", "right", "left"),
    [
        ("29200", "", "29200", ["code-a-deux-lectures"]),
        ("29200", "Brest", "29019", []),
        ("29200", "Ville de Brest", "29019", []),
        ("29200", "Morlaix", "29151", []),
        ("29200", "Quimper", "29200", ["code-a-deux-lectures"]),
        ("29253", "Île-de-Batz", "29082", []),
        ("29300", "", "29300", ["code-ambigu"]),
        ("29300", "Mairie de Quimperlé", "29233", []),
        ("29052", "Esquibien", "29003", []),
        ("29052", "Quimper", "29052", ["nom-contredit-code"]),
        ("29233", "Commune de Quimperlé", "29233", []),
    ],
)
def test_only_one_reading_is_corrected(code: str, nom: str, right: str, left: list[str]) -> None:
    text, problems = fix(entry("commune", code, nom))
    assert f'code: "{right}"' in text
    assert problems == left


@pytest.mark.parametrize(
    ("lieu", "told"),
    [
        ('{nom: Salle fictive de Brest, code: "29200"}', "lieu-code-postal"),
        ('{nom: Salle fictive, adresse: "1, quai inventé, Morlaix", code: "29200"}', ""),  # its former code: corrected
        ('{nom: Salle fictive, code: "29200"}', "lieu-a-deux-lectures"),
        ('{nom: Salle fictive, code: "29052"}', ""),
        ('{nom: Salle fictive, code: "75056"}', ""),
        ('{nom: Salle fictive de Quimperlé, code: "29300"}', "lieu-code-postal"),
    ],
)
def test_the_code_of_a_place_is_read_alike(lieu: str, told: str) -> None:
    text, problems = fix(entry("commune", "29019", "Brest", lieu))
    assert problems == ([told] if told else [])
    assert ('"29151"' in text, '"29003"' in text) == ("Morlaix" in lieu, "29052" in lieu)


def test_loire_atlantique_is_said_to_be_outside() -> None:
    assert fix(entry("departement", "44", "Loire-Atlantique"), "44")[1] == ["departement-inconnue"]


# Requests and words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nom", "code", "right"),
    [
        ("Mairie d’Allaire", "", {"code": "56001", "nom": "Allaire"}),
        ("Commune d’Allaire", "56001", {"code": "56001", "nom": "Allaire"}),
        ("Quimperlé", "29300", {"code": "29233", "nom": "Quimperlé"}),
        ("Brest", "29200", {"code": "29019", "nom": "Brest"}),
        ("", "29300", {"code": "29300"}),  # the check tells that it is two codes
        ("Quimper", "29233", {"code": "29233", "nom": "Quimper"}),  # and that they contradict each other
    ],
)
def test_a_request_names_its_place(nom: str, code: str, right: dict[str, str]) -> None:
    answers = {"nom": "Commission fictive", "collectivite.type": "commune", "collectivite.nom": nom}
    answers = {key: value for key, value in (answers | {"collectivite.code": code}).items() if value}
    path, text = make_entry(answers, SCHEMAS["cop"], PLACES, set(), TODAY)
    read, _, _ = corpus.read_entry(path, text.encode(), COP_KIND, SCHEMAS["cop"])
    assert read
    assert read.data["collectivite"] == {"type": "commune"} | right


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("29200", f"se lit de deux façons : {BREST}. Choisissez par le nom."),
        ("22560", "est le code postal de deux communes. Choisissez par le nom : Pleumeur-Bodou (22198) ou Trébeurden"),
        ("Plouhinec", "désigne plusieurs territoires. Donnez le code : Plouhinec (29197) ou Plouhinec (56169)."),
        ("La Baule", "ne suffit pas à dire quel territoire. Est-ce La Baule-Escoublac (44055) ?"),
        ("Quimprelé", "ne porte ce nom ou ce code. Est-ce Quimperlé (29233) ou Quimper (29232) ?"),
        ("75001 Paris", "est hors du territoire de l’annuaire."),
        ("Loire-Atlantique", "est hors du territoire de l’annuaire."),
        ("Quimper (29233)", "le nom et le code ne désignent pas le même territoire. Est-ce Quimper (29232), Quimperlé"),
        ("xyzzy", "Vérifiez l’orthographe, ou donnez le code."),
        ("🌊", "contient un signe qui n’est dans aucun nom de territoire."),
        ("é" * 500, "Ce texte est trop long pour être le nom d’un territoire."),
        (" ", "Il manque le nom ou le code du territoire."),
    ],
)
def test_what_is_not_clear_is_said_in_a_sentence(typed: str, said: str) -> None:
    with pytest.raises(Unclear) as unclear:
        find_place(PLACES, typed)
    assert said in str(unclear.value).replace("\u00a0", " ").replace("\u202f", " ")
