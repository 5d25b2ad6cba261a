"""Doubles are told by words and numbers, people by the ways in which they are written; what only looks so is left."""

import unicodedata

import pytest

from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.entries.corpus import KINDS, Corpus
from tests.support.annuaires import RESUME, SCHEMAS, cop
from tests.support.problem_cases import ECHEANCES, TERRITORIES
from tests.support.repository import TODAY


def told(*texts: str) -> list[tuple[str, str]]:
    """Path and code of what is said of some files that live together, warnings included."""
    pairs = [(f"cops/29/{'abcdef'[n]}.yml", text) for n, text in enumerate(texts)]
    read = [corpus.read_entry(path, text.encode(), KINDS[0], SCHEMAS["cop"]) for path, text in pairs]
    entries = tuple(entry for entry, _, _ in read if entry)
    problems = tuple(problem for _, found, _ in read for problem in found)
    found = check_entries(Corpus(entries, problems, dict(pairs), SCHEMAS), TERRITORIES, ECHEANCES, TODAY)
    return [(problem.path, problem.code) for problem in found]


NEAR = [
    ("Commission du temps long", "Commission extra-municipale du temps long de Quimperlé"),
    ("Commissions extra-municipales", "Commission extra-municipale de Quimperlé"),
    ("Commission eau et climat", "Comité du climat et de l’eau"),
    ("Commission de la démocratie", "Commission de la democracie"),
    ("Commission de quartier n° 2", "Commission de quartier II"),
]
APART = [
    ("Commission A", "Commission B"),
    ("Commission A", "Commission D"),
    ("Commission de quartier I", "Commission de quartier II"),
    ("Commission n° 1", "Commission n° 2"),
    ("Conseil du quartier nord-est", "Conseil du quartier nord-ouest"),
    ("Commission des haies", "Commission des baies"),
    ("Commission extra-municipale", "Commission extra-municipale de l’eau"),
]


@pytest.mark.parametrize(("one", "other"), NEAR)
def test_near_names_are_told(one: str, other: str) -> None:
    assert ("cops/29/b.yml", "cop-presque-double") in told(cop(nom=one), cop(nom=other))


@pytest.mark.parametrize(("one", "other"), APART)
def test_names_apart_are_not(one: str, other: str) -> None:
    assert not [code for _, code in told(cop(nom=one), cop(nom=other)) if "double" in code]


def test_other_names_count_and_the_newer_is_blamed() -> None:
    older = cop(nom="Commission du temps long")
    newer = cop(nom="Les Veilleurs", more='autres_noms: ["Le temps long"]\n').replace("2026-06-01", "2026-09-01")
    assert ("cops/29/a.yml", "cop-presque-double") in told(newer, older)
    assert ("cops/29/b.yml", "cop-presque-double") in told(older, newer)


# People --------------------------------------------------------------------------------------------------------------

MOBILES = [
    *(
        f"06{sign}12{sign}34{sign}56{sign}78"
        for sign in ("", " ", ".", "-", "/", "_", " - ", " / ", "\u00a0", "–", "·")
    ),
    *("07 123 456 78", "06  12 34 56 78", "(+33)6 12 34 56 78", "+33 (0)6 12 34 56 78", "0033 612345678"),
    *("+33612345678", "0 6 12 34 56 78", "https://wa.me/33612345678", "wa.me/+33612345678", "tel:+33612345678"),
    "https://api.whatsapp.com/send?phone=33612345678",
]
PEOPLE = [
    *("M.Dupont", "M. Dupont", "Mme Œuvrard", "M. de Kerdrel", "Mme d’Argent", "Mr. Dupont", "Mme Le Goff"),
    *("MM. Dupont", "M. du Parc", "M. DUPONT", "Mme de la Tour"),
]
NOBODY = [
    *("le 07/07/2026 à 18h30", "du 06.07.2026 – 08.07.2026", "2026-07-06 18:30", "0299061234", "02 99 06 12 34"),
    *("M. le Maire", "Mme la Présidente", "M.Maire", "Mme Adjointe", "https://exemple.org/0612345678"),
    *("SIREN 242 900 694", "06 000 habitants", "MOUS", "Mmes et MM. de la commission", "du 06/07 au 08/07/2026"),
]


@pytest.mark.parametrize(
    ("words", "code"), [*((w, "portable") for w in MOBILES), *((w, "nom-de-personne") for w in PEOPLE)]
)
def test_people_are_told(words: str, code: str) -> None:
    text = cop().replace(RESUME, f"{RESUME} Voir {words} pour cela.")
    assert code in {found for _, found in told(text)}


def test_nobody_is_told_where_nobody_stands() -> None:
    text = cop().replace(RESUME, " ; ".join(NOBODY)[:270])
    texts = [cop(more=f"description: '{words.replace(chr(39), '’')}'\n") for words in NOBODY]
    for one in (text, *texts):
        assert not {code for _, code in told(one)} & {"portable", "nom-de-personne"}, one


ADDRESSES = {
    "camille-exemple@asso.example": "courriel-a-verifier",
    "jean-dupont@wanadoo.fr": "courriel-a-verifier",
    "camille.exemple@asso.example": "courriel-personnel",
    "vie-locale@commune.example": "",
    "mairie-quimperle@commune.example": "",
    "eau-rivieres@eau-rivieres.example": "",
    "cop-locale@commune.example": "",
    "accueil@commune.example": "",
}


@pytest.mark.parametrize(("address", "code"), ADDRESSES.items())
def test_an_address_of_a_person(address: str, code: str) -> None:
    found = {found for _, found in told(cop(more=f"description: Écrire à {address}\n")) if found.startswith("courriel")}
    assert found == ({code} if code else set())


# Signs that nobody sees ----------------------------------------------------------------------------------------------


def test_letters_in_two_signs_count_one() -> None:
    accented = "é" * 270
    text = cop().replace(RESUME, unicodedata.normalize("NFD", accented + " mots."))
    assert "trop-long" not in {code for _, code in told(text)}


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200c", "\u2060"])
def test_a_sign_without_width_is_told_where_it_stands(sign: str) -> None:
    assert ("cops/29/a.yml", "signe-interdit") in told(
        cop().replace("https://exemple.org/", f"https://exemple.org/{sign}a")
    )
