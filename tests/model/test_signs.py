"""The last sign of life of a COP: what has happened, never what is planned."""

import pytest

from generator.french import de_date
from generator.model.facets import list_facets
from generator.model.signs import find_last_sign
from tests.support import annuaires

REPORT = "documents:\n  - {titre: Fictif, url: 'https://exemple.org/a', type: compte-rendu, date: 2026-03-03}\n"
NEWS = "titre: Nouvelle fictive\nresume: Une nouvelle inventée.\ncategorie: temoignage\ncops: [a]\n"


def report(**changed: str) -> str:
    found = REPORT
    for former, new in changed.items():
        found = found.replace({"day": "2026-03-03", "kind": "compte-rendu"}[former], new)
    return found


def meeting(day: str, more: str = "") -> str:
    return f"rencontres:\n  - {{debut: {day}, objet: Réunion fictive{more}}}\n"


def last(more: str = "", **news: str) -> str:
    found = annuaires.build({"a": annuaires.cop(more=more)}, actualites=news)
    sign = find_last_sign(found, found.cops[0])
    return sign.words.replace("\u00a0", " ") if sign else ""


@pytest.mark.parametrize(
    ("more", "news", "words"),
    [
        ("", {}, ""),
        (report(), {}, "compte rendu du 3 mars 2026"),
        (report(day="2026-04", kind="autre"), {}, "document d’avril 2026"),
        (report(day="2025").replace(", type: compte-rendu", ""), {}, "document de 2025"),
        (report() + meeting("2026-11-24"), {}, "rencontre du 24 novembre 2026"),
        (report() + meeting("2026-11-25"), {}, "compte rendu du 3 mars 2026"),
        (report() + meeting("2026-05-01", ", statut: annulee"), {}, "compte rendu du 3 mars 2026"),
        (report(day="2027"), {}, ""),
        ("deliberation: {date: 2020-12-10}\n" + report(day="2019"), {}, "délibération du 10 décembre 2020"),
        (report(), {"2026-09-01-fictive": NEWS}, "actualité du 1er septembre 2026"),
        (report(), {"2026-09-01-10-cop": NEWS}, "compte rendu du 3 mars 2026"),  # a step of the directory
        ("engagements:\n  - {titre: Ouvrir un jardin, statut: en-cours, echeance: 2026-06}\n", {}, ""),
    ],
)
def test_the_last_sign(more: str, news: dict[str, str], words: str) -> None:
    assert last(more, **news) == words


def test_a_date_after_de() -> None:
    assert [de_date(day).replace("\u00a0", " ") for day in ("2026-08", "2026-10", "2026-01-01", "2026-12")] == [
        "d’août 2026",
        "d’octobre 2026",
        "du 1er janvier 2026",
        "de décembre 2026",
    ]


@pytest.mark.parametrize(
    ("day", "age"),
    [
        ("2026-11-24", "6"),
        ("2026-05-24", "6"),
        ("2026-05-23", "12"),
        ("2026-05", "12"),  # as old as it may be
        ("2025", "36"),
        ("2023-11-24", "36"),
        ("2023-11-23", "ancien"),
        ("2027-01-01", "aucun"),
    ],
)
def test_the_directory_is_filtered_by_the_age_of_a_sign(day: str, age: str) -> None:
    found = annuaires.build({"a": annuaires.cop(more=report(day=day))})
    facet = next(facet for facet in list_facets(found) if facet.name == "signe")
    assert facet.values(found.cops[0]) == (age,)
    assert age in facet.choices
