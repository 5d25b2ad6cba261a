"""Each condition of the schemas: a case that breaks it, a case that respects it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.support.sample_data import COMMUNE, MINIMAL

FOLDER = Path(__file__).parents[2] / "schema"
NAMES = ["cop", "formation", "actualite", "settings"]
SCHEMAS: dict[str, dict[str, Any]] = {
    name: json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8")) for name in NAMES
}
SYNDICAT = {"type": "syndicat-mixte", "code": "123456789", "nom": "Syndicat fictif"}
SOURCES = [{"titre": "Une page", "url": "https://page.example/"}]
ENDED = {"statut": "terminee", "terminee_le": "2026"}

# schema, rule, the values that break it, the values that respect it
CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("cop", "autre-sans-precision", {"type": "autre"}, {"type": "autre", "type_precision": "Budget participatif"}),
    ("cop", "terminee-sans-date", {"statut": "terminee"}, ENDED),
    ("cop", "reserve-aux-terminees", {"terminee_le": "2026"}, ENDED),
    ("cop", "reserve-aux-terminees", {"remplacee_par": "autre-cop"}, {**ENDED, "remplacee_par": "autre-cop"}),
    ("cop", "sources-attendues", {"fiche": {"source": "tiers"}}, {"fiche": {"source": "membre"}}),
    (
        "cop",
        "sources-attendues",
        {"fiche": {"source": "reseau-coherence"}, "sources": []},
        {"fiche": {"source": "reseau-coherence"}, "sources": SOURCES},
    ),
    ("cop", "code-commune", {"collectivite": {"type": "commune", "code": "2923"}}, {"collectivite": COMMUNE}),
    (
        "cop",
        "code-epci",
        {"collectivite": {"type": "epci", "code": "29233"}},
        {"collectivite": {"type": "epci", "code": "242900694"}},
    ),
    (
        "cop",
        "code-syndicat-mixte",
        {"collectivite": {**SYNDICAT, "code": "29"}, "perimetre": ["29233"]},
        {"collectivite": SYNDICAT, "perimetre": ["29233"]},
    ),
    (
        "cop",
        "syndicat-mixte-sans-nom",
        {"collectivite": {"type": "syndicat-mixte", "code": "123456789"}, "perimetre": ["29233"]},
        {"collectivite": SYNDICAT, "perimetre": ["29233"]},
    ),
    (
        "cop",
        "syndicat-mixte-sans-perimetre",
        {"collectivite": SYNDICAT},
        {"collectivite": SYNDICAT, "perimetre": ["242900694"]},
    ),
    ("cop", "contact-sans-moyen", {"contact": {"fonction": "Accueil"}}, {"contact": {"telephone": "02 61 91 00 00"}}),
    (
        "cop",
        "realise-sans-resultat",
        {"engagements": [{"titre": "Planter une haie", "statut": "realise"}]},
        {"engagements": [{"titre": "Planter une haie", "statut": "realise", "resultat": "La haie est plantée."}]},
    ),
    (
        "cop",
        "reportee-sans-date",
        {"rencontres": [{"debut": "2027-01-14", "objet": "Réunion", "statut": "reportee"}]},
        {
            "rencontres": [
                {"debut": "2027-01-14", "objet": "Réunion", "statut": "reportee", "reportee_au": "2027-02-11"}
            ]
        },
    ),
    ("formation", "sessions-vides", {"sessions": [], "a_la_demande": "non"}, {"sessions": [], "a_la_demande": "oui"}),
    ("formation", "sessions-vides", {"sessions": [], "a_la_demande": "non"}, {"sessions": []}),
    (
        "formation",
        "payant-sans-montant",
        {"tarif": {"mode": "payant"}},
        {"tarif": {"mode": "payant", "montant_eur": 90}},
    ),
    (
        "formation",
        "montant-inattendu",
        {"tarif": {"mode": "gratuit", "montant_eur": 90}},
        {"tarif": {"mode": "gratuit"}},
    ),
    (
        "formation",
        "montant-inattendu",
        {"tarif": {"mode": "payant", "montant_eur": 0}},
        {"tarif": {"mode": "payant", "montant_eur": 1}},
    ),
    ("formation", "inscription-sans-moyen", {"inscription": {}}, {"inscription": {"url": "https://page.example/"}}),
    (
        "formation",
        "reportee-sans-date",
        {"sessions": [{"debut": "2027-01-14", "statut": "reportee"}]},
        {"sessions": [{"debut": "2027-01-14", "statut": "reportee", "reportee_au": "2027-02-11 09:30"}]},
    ),
    ("actualite", "actualite-sans-cop-ni-territoire", {"categorie": "decision"}, {"categorie": "reseau"}),
    (
        "actualite",
        "actualite-sans-cop-ni-territoire",
        {"categorie": "decision", "cops": []},
        {"categorie": "decision", "territoires": ["29"]},
    ),
    (
        "actualite",
        "reportee-sans-date",
        {"evenement": {"debut": "2027-01-14", "objet": "Réunion", "statut": "reportee"}},
        {"evenement": {"debut": "2027-01-14", "objet": "Réunion", "statut": "annulee"}},
    ),
]


def rule_of(error: ValidationError, schema: dict[str, Any]) -> str:
    """The `x-regle` met last on the way to the keyword that failed, or the keyword itself."""
    node: Any = schema
    rule = str(error.validator)
    for step in error.absolute_schema_path:
        if isinstance(node, dict) and "$ref" in node:  # the path leaves the reference out
            node = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
        node = node[step]
        if isinstance(node, dict):
            rule = node.get("x-regle", rule)
    return rule


def broken(name: str, values: dict[str, Any]) -> set[str]:
    schema = SCHEMAS[name]
    return {rule_of(error, schema) for error in Draft202012Validator(schema).iter_errors({**MINIMAL[name], **values})}


@pytest.mark.parametrize(("name", "rule", "bad", "good"), CASES, ids=[f"{case[0]}-{case[1]}" for case in CASES])
def test_rule(name: str, rule: str, bad: dict[str, Any], good: dict[str, Any]) -> None:
    assert broken(name, bad) == {rule}
    assert broken(name, good) == set()


def declared(node: Any) -> Iterator[str]:
    """Every `x-regle` under `node`; a condition without one has no French message and is named here."""
    if isinstance(node, dict):
        if "if" in node or "x-regle" in node:
            yield node.get("x-regle", f"condition without x-regle: {node}")
        for child in node.values():
            yield from declared(child)
    elif isinstance(node, list):
        for child in node:
            yield from declared(child)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_has_a_case(name: str) -> None:
    assert set(declared(SCHEMAS[name])) == {case[1] for case in CASES if case[0] == name}


GOOD_AND_BAD = {
    "courriel": (["mairie@ville.example", "vie-locale@ccx.example"], ["mairie", "mairie@ville", "a b@c.example"]),
    "telephone": (
        ["02 61 91 00 00", "0261910000", "+33 2 61 91 00 00", "+33 (0)2.61.91.00.00"],
        ["02 61 91", "3939", "02 61 91 00 00\n", "téléphone"],
    ),
    "adresse": (
        ["https://a.example", "http://a.example:8000/b?c=d#é"],
        [
            "www.a.example",
            "ftp://a.example",
            "https://a",
            "//a.example",
            "https://u@a.example/",
            "https://a.example/b c",
        ],
    ),
    "moment": (["2027-01-14", "2027-01-14 18:30"], ["18h30", "14/01/2027", "2027-01-14T18:30", "2027-01-14\n"]),
    "date": (["2026-11-24"], ["24/11/2026", "2026-11", "2026-11-24\n"]),
    "date-partielle": (["2014", "2021-01", "2021-01-15"], ["janvier 2021", "21", "2021-1", "2014\n"]),
    "identifiant": (["quimperle", "a-1"], ["Quimperlé", "a--b", "-a", "a_b", "a.yml"]),
}


@pytest.mark.parametrize("kind", GOOD_AND_BAD)
def test_pattern(kind: str) -> None:
    validator = Draft202012Validator(SCHEMAS["cop"]["$defs"][kind])
    good, bad = GOOD_AND_BAD[kind]
    assert [text for text in good if not validator.is_valid(text)] == []
    assert [text for text in bad if validator.is_valid(text)] == []
