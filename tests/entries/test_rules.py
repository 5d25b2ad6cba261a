"""The rules on texts as data: Python and JavaScript read each pattern, and no text makes one slow."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from generator.entries.rules import DATA, PATTERNS, TEXTS, WORDS, compile_pattern
from generator.french import fold
from generator.problems.catalogue import CATALOGUE
from tests.support.annuaires import SCHEMAS

FIELDS = ("pattern", "not_after", "not_before", "unless", "raw", "hint")


def patterns() -> Iterator[str]:
    """Every pattern of the table, written out."""
    for rule in [*DATA["texts"], *DATA["dates"]]:
        yield from (rule[name] for name in FIELDS if name in rule)
        for source in rule.get("values", {}).values():
            yield from (pattern for pattern, _ in (source if isinstance(source, list) else ()))
    yield from DATA["patterns"].values()
    yield from DATA["yaml"].values()


EVERY = sorted(set(patterns()) - {""})
FORBIDDEN = {
    "look-around": r"\(\?<?[=!]",
    "a back-reference": r"\\[1-9]",
    "a class that both languages read in their own way": r"\\[dDwWsSbB]",
    "a group that is repeated without end": r"\)(?:[*+]|\{\d*,\})",
}


def test_the_table_is_read_whole() -> None:
    assert len(EVERY) >= 25
    assert [pattern for pattern in EVERY if re.search("<[a-z]+>", pattern)] == []


@pytest.mark.parametrize("pattern", EVERY)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_a_pattern_holds_none_of_what_is_slow_or_read_in_two_ways(pattern: str, what: str) -> None:
    assert not re.search(FORBIDDEN[what], pattern.replace(r"\\", ""))


def test_the_end_is_the_very_end() -> None:
    assert compile_pattern("a$").search("a")
    assert not compile_pattern("a$").search("a\n")
    assert compile_pattern("^b", lines=True).search("a\nb")


@pytest.mark.parametrize("rule", TEXTS, ids=lambda rule: rule.code)
def test_a_rule_says_what_its_sentence_needs(rule: Any) -> None:
    sentence = CATALOGUE[rule.code]
    words = set(re.findall(r"\{(\w+)\}", " ".join((sentence.what, sentence.why, sentence.remedy))))
    assert words <= set(rule.values)


def test_rules_on_markdown_read_every_markdown_text() -> None:
    markdown = {
        key
        for schema in SCHEMAS.values()
        for key, about in schema.inlined["properties"].items()
        if about.get("x-texte") == "markdown"
    }
    for rule in TEXTS:
        if rule.code in {"html", "titre-de-niveau-1"}:
            assert set(rule.keys) == markdown


def test_words_are_folded() -> None:
    folded = {name: words for name, words in WORDS.items() if name != "free_mail"}
    assert {word for words in folded.values() for word in words if word != fold(word)} == set()


# No text makes a pattern slow --------------------------------------------------------------------------------------

SECONDS = 30
PIECES = [
    *["M. ", "Mme Le ", "M. A.", "M. Maire", "MM. ", "M.\u00a0", "Mr A-A-", "0", "06", "06 12 ", "+33", "+33(0)"],
    *["0033", "07-07-2026 ", "06.", "@", "@a", "@a.", "a@a.a ", ".a", "a.", "a-", "http://", "https://a ", "://"],
    *["<a", "<", "# ", " # ", "\n", "\n ", "\n# ", "A", "É", "a", "?", "_", " ", "\u202f", "=", "=\n", "+", "\r"],
    *[
        "Ã",
        "Ã©",
        "â€",
        "Â",
        "aÃ",
        "\ufffd",
        "\u202e",
        "\x00",
        "1",
        "12/",
        "1er ",
        "1 mai ",
        "mai ",
        "lundi ",
        "2026-",
        "02 ",
        "+33(0)",
    ],
]
TRIES = """
import json, sys
from generator.entries.rules import PATTERNS, TEXTS
from generator.entries.writer import _text
from generator.entries.schemas.guesses import date_guess, telephone_guesses
for piece in json.loads(sys.argv[1]):
    for text in (piece * (64 * 1024 // len(piece)), "=" + piece * (64 * 1024 // len(piece)) + "x"):
        for rule in TEXTS:
            sum(1 for _ in rule.find(text))
        for name in ("domain", "bare_address", "year", "day"):
            sum(1 for _ in PATTERNS[name].finditer(text))
        for name, size in (("link", 500), ("local", 64)):
            PATTERNS[name].search(text[:size])
        _text(text, "  ")
        for motif in ("moment", "date-partielle"):
            date_guess(text, motif)
        telephone_guesses(text)
print("fait")
"""


@pytest.mark.parametrize("start", range(0, len(PIECES), 9))
def test_no_text_makes_a_rule_slow(start: int) -> None:
    """A step that grows with the square of a text of 64 KB would take a quarter of an hour, not seconds."""
    words = [sys.executable, "-c", TRIES, json.dumps(PIECES[start : start + 9])]
    done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS)
    assert (done.stdout, done.stderr) == ("fait\n", "")


def test_a_pattern_that_is_known_to_be_slow_is_caught() -> None:
    slow = "import re; re.search('(?:M[.] ?)*X', 'M. ' * 87_000)"
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", slow], timeout=2)


def test_every_pattern_of_a_check_is_in_use() -> None:
    assert set(PATTERNS) == {
        "link",
        "domain",
        "local",
        "bare_address",
        "year",
        "day",
        "hidden",
        "hour_alone",
        "no_answer",
    }
