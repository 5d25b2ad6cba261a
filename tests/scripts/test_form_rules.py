"""The rules on texts: the script finds in any text what Python finds, for both read the same table."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.entries.corpus import KINDS, Corpus
from generator.entries.rules import TEXTS
from generator.entries.schemas.guesses import address_guesses, date_guess, end_guess, guess_choice, telephone_guesses
from generator.entries.writer import as_yaml
from generator.problems.renderings import compose
from generator.territories.reference import load_territories
from tests.support.annuaires import SCHEMAS
from tests.support.browser import Scripts
from tests.support.repository import TODAY

TERRITORIES = load_territories()
HELD = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # each example is a batch: shrinking one takes minutes
    suppress_health_check=list(HealthCheck),
)

# What the patterns look for, cut where a slip would show, and what they leave alone.
PIECES = [
    *["06 12 34 56 78", "0612345678", "+33 6 12.34.56.78", "0033(0)7", "06-07-2026 18", "78", "1", "0", "-", "("],
    *["M. ", "Mme\u00a0", "Mademoiselle ", "MM. ", "Le Goff", "J.-P. ", "A.B.C.D.E. ", "Maire", "Président ", "Élodie"],
    *["mairie@", "jean.dupont@", "vie-locale@", "gmail.com", "exemple.org", "a.b", "@", "https://", "http://a/", "/"],
    *["<b>", "</", "<!--", "< ", ">", "# Titre", "#", "=", "+", "@truc", "Ã©", "â€™", "Â\u00a0", "\ufffd", "école"],
    *["\u202e", "\u200f", "\x07", "\x85", "\ufeff", "\u2028", "👩‍🌾", "?!", "_", "COMMISSION", "ÉTÉ", "ŷ", "é"],
    *["néant", "à compléter", "idem", "N/A", "&eacute;", "**gras**", "rivi?res", "o?", "?utm_source=", "&fbclid="],
    *[" ", "\u202f", ".", ",", "\n", "\n\n", "n° 1", "L’", "ne"],
]
TEXT = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1, max_size=7).map("".join)
BATCH = st.lists(
    TEXT.filter(lambda text: not any("\ud800" <= sign <= "\udfff" for sign in text)), min_size=30, max_size=120
)


def as_script(value: Any) -> Any:
    """A text as the script would keep it: its line ends are ours."""
    return value.replace("\r\n", "\n").replace("\r", "\n")


@HELD
@given(texts=BATCH)
def test_each_rule_finds_the_same_passages(scripts: Scripts, texts: list[str]) -> None:
    code = "outils.regles.texts.map((regle) => [...fiche.passages(regle, v, outils.regles)].map((trouve) => trouve[0]))"
    assert scripts.each(code, texts) == [[[match[0] for match in rule.find(text)] for rule in TEXTS] for text in texts]


def holding(text: str) -> dict[str, Any]:
    """An entry that holds a text at each kind of place."""
    return {
        "nom": text,
        "resume": text,
        "description": text,
        "contact": {"adresse": text, "telephone": text, "courriel": text, "page": text},
        "mandat": {"debut": text, "fin": "2026"},
        "rencontres": [{"objet": text, "debut": "2027-01-14 18:30", "fin": text}],
    }


def starts(text: str) -> list[int]:
    return [match.start() for rule in TEXTS for match in rule.find(text)]


def told(text: str) -> list[tuple[str, str]]:
    """What the check says of such a file."""
    entry, problems, _ = corpus.read_entry("cops/29/a.yml", text.encode(), KINDS[0], SCHEMAS["cop"])
    assert entry
    found = check_entries(Corpus((entry,), problems, {}, SCHEMAS), TERRITORIES, (), TODAY)
    return sorted({(one.code, compose(one).what) for one in found})


@HELD
@given(texts=BATCH)
def test_the_verdict_on_a_text_is_the_same(scripts: Scripts, texts: list[str]) -> None:
    """Where a sign is written by its number, the check also reads the number; what begins with the second sign of a
    value is told at its column, which quotes move. Such texts have only the test above."""
    stripped = (as_script(text).strip() for text in texts)
    entries = [holding(text) for text in stripped if text and not any(place == 1 for place in starts(text))]
    written = [as_yaml(data, SCHEMAS["cop"], "cop", 2) for data in entries]
    kept = [rank for rank, text in enumerate(written) if "\\" not in text]
    asked = [entries[rank] for rank in kept]
    answers = scripts.each("fiche.verifie(v, { ...outils, echeances: [], cops: async () => [] })", asked)
    for rank, answer in zip(kept, answers, strict=True):
        assert sorted({(one["code"], one["quoi"]) for one in answer}) == told(written[rank]), entries[rank]


# Guesses -----------------------------------------------------------------------------------------------------------

STEPS = [
    *[
        "24",
        "1er",
        "31",
        "00",
        "11",
        "2026",
        "1799",
        "/",
        "-",
        ".",
        " ",
        " à ",
        ", ",
        "18h30",
        "18:30",
        "7 h",
        "00:00",
        " heures ",
        "\u00a0",
        "mar. ",
    ],
    *[
        "mai",
        "Février",
        "décembre",
        "août",
        "lundi ",
        "mercredi ",
        "janv",
        "sept.",
        "-20",
        "/03/20",
        "Dimanche ",
        "bientôt",
        "24/11/2026",
        "2026-11-24",
        "11/2026",
    ],
]
DATED = st.lists(st.lists(st.sampled_from(STEPS), min_size=1, max_size=6).map("".join), min_size=60)


@HELD
@given(texts=DATED)
def test_dates_are_guessed_alike(scripts: Scripts, texts: list[str]) -> None:
    for motif in ("date", "date-partielle", "moment"):
        read = "((d) => d && [d.texte, d.existe, d.jour])(fiche.dateVoulue(v, motif, outils)) ?? null"
        found = scripts.each(read, texts, motif=motif)
        assert found == [guess and list(guess) for guess in (date_guess(text, motif) for text in texts)]


DIALS = [
    "02",
    "06",
    " ",
    ".",
    "/",
    "-",
    " – ",
    "97",
    "00",
    "0",
    "+33",
    "(0)",
    "(+33) ",
    "ou ",
    "Tél. : ",
    "poste 12",
    "800",
]
DIALLED = st.lists(st.lists(st.sampled_from(DIALS), min_size=1, max_size=12).map("".join), min_size=60)


@HELD
@given(texts=DIALLED)
def test_telephone_numbers_are_read_alike(scripts: Scripts, texts: list[str]) -> None:
    found = scripts.each("((t) => [t.numeros, t.seuls])(fiche.telephonesVoulus(v, outils))", texts)
    assert found == [list(telephone_guesses(text)) for text in texts]


MAILED = [
    *[
        "mairie@exemple.example",
        "accueil@a.example",
        "@",
        "é",
        ".",
        ",",
        " ; ",
        " ou ",
        "<",
        ">",
        "mailto:",
        "?subject=x",
    ],
    *[
        "Mairie ",
        "(at)",
        " [arobase] ",
        " at ",
        "exemple.example",
        "Mél : ",
        "https://exemple.example/a",
        "Https://b.example",
    ],
    *["/b(c)", "[La page](", ")", '<a href="', '">', "</a>", " ", "site : ", "a b", "\u00a0", "\n", "»", "'"],
]
ADDRESSED = st.lists(st.lists(st.sampled_from(MAILED), min_size=1, max_size=6).map("".join), min_size=60)


@HELD
@given(texts=ADDRESSED)
def test_addresses_are_read_alike(scripts: Scripts, texts: list[str]) -> None:
    for motif in ("courriel", "adresse", "texte-simple"):
        read = "((a) => [a.adresses, a.seules])(fiche.adressesVoulues(v, motif, outils))"
        assert scripts.each(read, texts, motif=motif) == [list(address_guesses(text, motif)) for text in texts]


HOURS = ["20h30", "17h", "20:30:00", "jusqu’à 21 heures", "à 20 h 30", "24h", "20", "midi", "2027-01-14 20:30", "20h60"]
STARTS = [
    "2027-01-14 18:30",
    "14/01/2027 18h30",
    "2027-01-14",
    "31/02/2027 18h30",
    "vendredi 14/01/2027 18h",
    "",
    "demain",
]


def test_the_end_of_a_meeting_is_read_alike(scripts: Scripts) -> None:
    pairs = [[hour, start] for hour in HOURS for start in STARTS]
    found = scripts.each("((e) => [e.fin, e.suit])(fiche.finVoulue(v[0], v[1], outils))", pairs)
    assert found == [list(end_guess(*pair)) for pair in pairs]
    assert dict(zip(map(tuple, pairs), map(tuple, found), strict=True))["20h30", STARTS[1]] == (
        "2027-01-14 20:30",
        True,
    )


@pytest.mark.parametrize("key", ["statut", "themes", "type"])
def test_choices_are_guessed_alike(scripts: Scripts, key: str) -> None:
    about = SCHEMAS["cop"].inlined["properties"][key]
    about = about.get("items", about)
    names, labels = about["enum"], about["enumDescriptions"]
    words = [*names, *labels, *(name[:-2] for name in names), *(name[1:] for name in labels), *around(names), "yes", ""]
    words += [f"{negation}{name}" for negation in ("in", "Non ", "plus ") for name in names]
    code = "fiche.choixVoulu(v, names, labels, outils) ?? null"
    assert scripts.each(code, words, names=names, labels=labels) == [
        guess_choice(word, names, labels) for word in words
    ]


def around(names: Sequence[str]) -> list[str]:
    """Single words of the names, and words stuck together."""
    return [word for name in names for word in name.split("-")] + [name.replace("-", "") for name in names]
