"""French as the site needs it: each function in a table, typography also by property."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator import french
from generator.french import FINE as F
from generator.french import NBSP as N


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Plœuc-L’Hermitage", "ploeuc l hermitage"),
        ("Plourac’h", "plourac h"),
        ("Plourac'h", "plourac h"),
        ("ÎLE-DE-BRÉHAT", "ile de brehat"),
        ("Ærea & Cie", "aerea cie"),
        ("  Deux   mots ", "deux mots"),
        ("Noël", "noel"),
        ("Noe\u0308l", "noel"),
        ("n° 1", "n 1"),
        ("…", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert french.fold(text) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert french.fold(french.fold(text)) == french.fold(text)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("la gestion de l’eau", "eau"),
        ("COP d'Arz", "arz"),
        ("qu’elles décident", "elles"),
        ("jusqu’alors", "alors"),
        ("Plœuc-L’Hermitage", "ploeuc hermitage"),
        ("au CŒUR du cœur", "coeur"),
        ("St-Aubin et Ste Anne", "saint sainte"),
        ("Plourac’h", "plourach plourac h"),
        ("C’hoazh", "choazh c hoazh"),
        ("aujourd’hui", "aujourdhui aujourd hui"),
        ("l’Île", "ile"),
        ("un mot simple, Saint-Brieuc et énergie", ""),
        ("’ '' l’", "l"),
        ("", ""),
    ],
)
def test_what_is_typed_otherwise_than_written(text: str, typed: str) -> None:
    assert " ".join(french.typed_otherwise(text)) == typed


def test_a_word_without_end_is_read_at_once() -> None:
    start = time.monotonic()
    french.typed_otherwise("l’" * 3_000 + "a" * 200_000)
    assert time.monotonic() - start < 1


@pytest.mark.parametrize(
    ("text", "address"),
    [("Côtes-d’Armor", "cotes-d-armor"), ("Plourac’h", "plourac-h"), ("Hœdic", "hoedic"), ("-- a --", "a"), ("", "")],
)
def test_slug(text: str, address: str) -> None:
    assert french.slug(text) == address


# Sorted as ICU sorts French: accents and hyphens count only between equals, œ is oe.
SORTED = [
    "Allaire", "Bannalec", "Belle Isle en Terre", "Belle-Isle-en-Terre", "Carnoët", "Côtes-d’Armor", "Érdeven",
    "Ergué-Gabéric", "Étel", "Hœdic", "Île-aux-Moines", "Île-de-Bréhat", "Illifaut", "La Baule", "Lannion",
    "Le Faouët", "L’Hermitage", "Ouessant", "Plœuc-L’Hermitage", "Ploudaniel", "Plourac’h", "Saint-Aubin-du-Cormier",
    "Sainte-Anne-d’Auray", "Zoteux",
]  # fmt: skip


def test_sort_key() -> None:
    shuffled = [*SORTED[1::2], *SORTED[::2]]
    assert sorted(shuffled, key=french.sort_key) == SORTED
    assert sorted(SORTED) != SORTED


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Est-ce vrai ?", f"Est-ce vrai{F}?"),
        ("Est-ce vrai?", f"Est-ce vrai{F}?"),
        ("Oui ! Non ; si", f"Oui{F}! Non{F}; si"),
        ("Quoi ?!", f"Quoi{F}?!"),
        ("Note : oui", f"Note{N}: oui"),
        ("Note: oui", f"Note{N}: oui"),
        ("« oui »", f"«{N}oui{N}»"),
        ("«oui»", f"«{N}oui{N}»"),
        ("dit « oui : non »", f"dit «{N}oui{N}: non{N}»"),
        ("l'eau d'aujourd'hui", "l’eau d’aujourd’hui"),
        ("l'« eau »", f"l’«{N}eau{N}»"),
        ("à 18h30", f"à 18{N}h{N}30"),
        ("de 9 h à 18h", f"de 9{N}h à 18{N}h"),
        ("1 000 COP", f"1{F}000 COP"),
        ("12 345 678", f"12{F}345{F}678"),
        ("20 % et 90€", f"20{N}% et 90{N}€"),
        ("n°3 et n° 4", f"n°{N}3 et n°{N}4"),
        ("et...", "et…"),
        # what stays as it is
        ("https://a.example/b?c=d;e!f", "https://a.example/b?c=d;e!f"),
        ("10:30", "10:30"),
        ("29300 Quimperlé", "29300 Quimperlé"),
        ("02 98 96 00 00", "02 98 96 00 00"),
        ("en 2026, 3 COP", "en 2026, 3 COP"),
        ("", ""),
    ],
)
def test_typographie(text: str, printed: str) -> None:
    assert french.typographie(text) == printed


SIGNS = st.text(alphabet=f"ab 0123:;!?«»“\"'’‘hn°%€.()…-,{N}{F}\n/EéM", max_size=24)


@settings(max_examples=600)
@given(SIGNS)
@example("é:»")
@example("a...»")
@example("«a :»")
def test_typography_twice_changes_nothing(text: str) -> None:
    once = french.typographie(text)
    assert french.typographie(once) == once


@given(SIGNS)
def test_typography_only_moves_spaces_quotes_and_dots(text: str) -> None:
    def bare(words: str) -> str:
        return "".join(words.replace("’", "'").replace("…", "...").split())

    assert bare(french.typographie(text)) == bare(text)


@pytest.mark.parametrize(
    ("html", "printed"),
    [
        ('<a href="/a?b : c">Oui ?</a>', f'<a href="/a?b : c">Oui{F}?</a>'),
        ("<code>a ? b</code> ?", f"<code>a ? b</code>{F}?"),
        ("<script>a ? b : c</script>", "<script>a ? b : c</script>"),
        ("<!-- a ? -->a ?", f"<!-- a ? -->a{F}?"),
        ("&nbsp;!", "&nbsp;!"),
        ("{{ a ? b }}", "{{ a ? b }}"),
    ],
)
def test_typographie_html(html: str, printed: str) -> None:
    assert french.typographie_html(html) == printed


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (999, "999"), (1000, f"1{F}000"), (1234567, f"1{F}234{F}567"), (3.5, "3,5")]
)
def test_nombre(value: float, words: str) -> None:
    assert french.nombre(value) == words


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2026", "2026"),
        ("2026-01", "janvier 2026"),
        ("2026-08-01", f"1er{N}août 2026"),
        ("2027-01-14", f"14{N}janvier 2027"),
        ("2027-01-14 18:30", f"14{N}janvier 2027 à 18{N}h{N}30"),
        ("2027-01-14 09:00", f"14{N}janvier 2027 à 9{N}h"),
    ],
)
def test_date_longue(iso: str, words: str) -> None:
    assert french.date_longue(iso) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2027-03-03", None, f"le 3{N}mars 2027"),
        ("2027-03-03", "2027-03-03", f"le 3{N}mars 2027"),
        ("2027-03-03 18:00", None, f"le 3{N}mars 2027 à 18{N}h"),
        ("2027-03-03 18:00", "2027-03-03 20:30", f"le 3{N}mars 2027, de 18{N}h à 20{N}h{N}30"),
        ("2027-03-03 18:00", "2027-03-03", f"le 3{N}mars 2027 à 18{N}h"),
        ("2027-03-03", "2027-04-05", f"du 3{N}mars 2027 au 5{N}avril 2027"),
    ],
)
def test_periode(start: str, end: str | None, words: str) -> None:
    assert french.periode(start, end) == words


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 élue locale"), (1, "1 élue locale"), (2, "2 élues locales"), (1000, f"1{F}000 élues locales")],
)
def test_pluriel(count: int, words: str) -> None:
    assert french.pluriel(count, "élue locale").replace(N, " ") == words


def test_plurals_that_are_not_an_s() -> None:
    assert french.accord(3, "COP") == "COP"
    assert french.accord(3, "avis") == "avis"
    assert french.accord(3, "lieu", "lieux") == "lieux"
    assert french.accord(1, "lieu", "lieux") == "lieu"
    assert french.accord(3, "commune nouvelle") == "communes nouvelles"


@pytest.mark.parametrize(
    ("items", "words"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_enumeration(items: list[str], words: str) -> None:
    assert french.enumeration(items) == words
    assert french.enumeration(items, "ou") == words.replace(" et ", " ou ")


def test_a_small_number_in_letters() -> None:
    assert [french.en_lettres(count) for count in (0, 13, 20, 21, 1000)] == [
        "zéro",
        "treize",
        "vingt",
        "21",
        f"1{F}000",
    ]
