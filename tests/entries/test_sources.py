"""Reading one file: the text that was written, its places, and what must never hurt."""

import re
import sys
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.edits.fixing.fixes import apply_edits
from generator.entries.yaml.reader import read_text
from generator.entries.yaml.source import FORBIDDEN, MAX_ENTRY_BYTES, Source, read_source
from generator.entries.yaml.traps import quote
from generator.problems.reports import as_text


def codes(text: str | bytes) -> list[str]:
    raw = text if isinstance(text, bytes) else text.encode()
    return [found.code for found in read_source("a.yml", raw).problems]


def data(text: str) -> dict[str, Any] | None:
    return read_source("a.yml", text.encode()).data


@pytest.mark.parametrize(
    "text", ["18:30", "0223456701", "01001", "no", "2024-03-15", "1e3", "0x1F", "~", "true", ".5", "1_000", "null"]
)
def test_a_text_stays_what_was_written(text: str) -> None:
    assert data(f"a: {text}\n") == {"a": text}


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("a:\n", {"a": ""}),
        ("a: |\n  b\n  c\n", {"a": "b\nc\n"}),
        ("a: >-\n  b\n  c\n", {"a": "b c"}),
        ("a: [b, {c: d}]\n", {"a": ["b", {"c": "d"}]}),
        ("---\na: b\n...\n", {"a": "b"}),
        ("12: x\nnull: y\n", {"12": "x", "null": "y"}),
        ("__proto__: {a: b}\n", {"__proto__": {"a": "b"}}),
        ("a : b\n", {"a": "b"}),
        ("a: b\n  c\n", {"a": "b c"}),
        ("a: 'L''eau'\n", {"a": "L'eau"}),
    ],
)
def test_shapes(text: str, read_as: dict[str, Any]) -> None:
    assert data(text) == read_as
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("a:\tb\n", "a: b\n"),
        ("a: b\tc \t d\t# e\tf\n", "a: b c d # e\tf\n"),
        ("a: b\t\r\n", "a: b\r\n"),
        ("a: [b,\n\tc]\n", "a: [b,\n  c]\n"),
        ("a: 'b\tc\n  d\te'\t\n", "a: 'b\tc\n  d\te'\n"),
        ("a: |\n  b\tc\n\n  d\t\ne:\tf\n", "a: |\n  b\tc\n\n  d\t\ne: f\n"),
        ("a: >-# b\n  c\n", "a: >- # b\n  c\n"),
        ("a: |2#b\n  c\n", "a: |2 #b\n  c\n"),
    ],
)
def test_what_other_readers_refuse_is_refused_and_its_correction_is_certain(text: str, fixed: str) -> None:
    source = read_source("a.yml", text.encode())
    assert source.data is not None
    while source.problems:
        told = source.problems[0]
        assert told.is_error
        assert told.fix
        source = read_source("a.yml", apply_edits(source.text, [told.fix]).encode())
    assert source.text == fixed
    assert yaml.load(fixed, yaml.BaseLoader) == source.data


def test_byte_order_mark_and_windows_line_ends_are_welcome() -> None:
    source = read_source("a.yml", b"\xef\xbb\xbfa: b\r\nc:\r\n  - d\r\n")
    assert source.data == {"a": "b", "c": ["d"]}
    assert source.values[("c", 0)] == ((3, 5), (3, 6))


def test_places_count_characters() -> None:
    source = read_source("a.yml", "é🌊: x\nb: {c: [1, deux]}\n".encode())
    assert source.keys[("é🌊",)] == ((1, 1), (1, 3))
    assert source.values[("é🌊",)] == ((1, 5), (1, 6))
    assert source.values[("b", "c", 1)] == ((2, 12), (2, 16))
    assert source.key_span(("b", "c", 1)) == ((2, 12), (2, 16))
    assert source.key_span(("b", "absente")) == ((2, 1), (2, 2))
    assert source.span(("absente",)) == ((1, 1), (1, 1))


def test_a_key_given_twice_keeps_the_first_and_lets_the_rest_be_read() -> None:
    source = read_source("a.yml", b"a: {x: 1}\na: [2, {y: 3}]\nb: c\n")
    assert source.data == {"a": {"x": "1"}, "b": "c"}
    assert [(p.code, p.start) for p in source.problems] == [("cle-en-double", (2, 1))]
    assert set(source.values) == {(), ("a",), ("a", "x"), ("b",)}


def test_a_hard_space_beside_a_key_does_not_hide_the_key() -> None:
    source = read_source("a.yml", "nom\u00a0: b\n".encode())
    assert source.data == {"nom": "b"}
    assert [p.code for p in source.problems] == ["espace-insecable"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: 1 # note\n", None),
        ("a: 1 #note\n", "diese"),
        ("a: Commission #2\n", "diese"),
        ("a: Commission  #2\n", "diese"),
        ("a: 'Commission #2'\n", None),
        ("a: https://x.example/#ici\n", None),
        ("a: C#\n", None),
        ("a: # note\n", None),
        ("a: #2\n", "diese-en-tete"),
        ("a: |\n  Un #2\n", None),
        ("a: [b] #2\n", None),
    ],
)
def test_a_sharp_that_cuts_a_text(text: str, code: str | None) -> None:
    assert codes(text) == ([code] if code else [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: “b”\n", "guillemets-courbes"),
        ("a: « b »\n", "guillemets-courbes"),
        ("a: ‘b’\n", "guillemets-courbes"),
        ("a: « b » et « c »\n", None),
        ("a: dit « b »\n", None),
        ('a: "« b »"\n', None),
    ],
)
def test_curly_quotes_around_a_whole_text(text: str, code: str | None) -> None:
    assert codes(text) == ([code] if code else [])


@pytest.mark.parametrize(
    "text", ["a: &b c\n", "a: *b\n", "a: !c d\n", "a: !!str d\n", "&a b: c\n", "!!str b: c\n", "*a : b\n", "<<: *a\n"]
)
def test_anchors_aliases_and_tags_are_refused_wherever_they_stand(text: str) -> None:
    source = read_source("a.yml", text.encode())
    assert source.data is None
    assert [p.code for p in source.problems] in (["ancre"], ["etiquette"])


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"a: " + b"x" * MAX_ENTRY_BYTES, "fichier-trop-gros"),
        (b"a: caf\xe9\n", "encodage"),
        (b"\xef\xbb\xbfa: \xe9\n", "encodage"),
        ("a: b\n".encode("utf-16"), "encodage-utf16"),
        ("a: b\n".encode("utf-16-be"), "encodage-utf16"),
        (b"a: \x00\n", "signe-interdit"),
        (b"a: b\rc: d\n", "signe-interdit"),
        ("a: b\u2028c\n".encode(), "signe-interdit"),
        ("a: b\u0085c\n".encode(), "signe-interdit"),
        ("a: \u202eb\n".encode(), "signe-interdit"),
        ("a: \ufffeb\n".encode(), "signe-interdit"),
        (b"", "fichier-vide"),
        (b"\n\n", "fichier-vide"),
        (b"---\n", "fichier-vide"),
        (b"- a\n", "fiche-sans-cles"),
        (b"a\n", "fiche-sans-cles"),
        (b"[a]\n", "fiche-sans-cles"),
        (b"a: b\n---\nc: d\n", "deux-documents"),
        (b"%YAML 1.2\n---\na: b\n", "directive"),
        (b"%TAG ! x:\n---\na: b\n", "directive"),
        (b"? [a]\n: b\n", "cle-illisible"),
    ],
)
def test_refused(raw: bytes, code: str) -> None:
    source = read_source("a.yml", raw)
    assert [p.code for p in source.problems] == [code]
    assert source.data is None


def test_no_forbidden_sign_can_be_printed() -> None:
    """A text of signs that can be is not looked at further."""
    signs = "".join(map(chr, range(sys.maxunicode + 1)))
    found = {sign for rule in FORBIDDEN for sign in rule.pattern.findall(signs)}
    assert len(found) > 100
    assert not [sign for sign in found if sign.isprintable()]


def test_the_place_of_a_wrong_byte_is_exact() -> None:
    found = read_source("a.yml", "\ufeffé: b\nc: ".encode() + b"\xe9\n").problems[0]
    assert found.start == (2, 4)


@pytest.mark.parametrize(
    "text",
    [
        "- " * 30_000,
        "[" * 50_000,
        "{" * 50_000,
        "a: " + "[" * 50_000,
        "a: " + "{b: " * 30_000,
        "? " * 30_000,
        "a: b\na: " + "[" * 50_000,
        "".join(f"{' ' * n}a{n}:\n" for n in range(300)),
        "a: [" + "x, " * 20_000 + "x]",
        "".join(f"k{n}: v\n" for n in range(15_000)),
    ],
    ids=["tirets", "crochets", "accolades", "liste", "groupes", "cles", "double", "marges", "longue", "larges"],
)
def test_bombs_are_refused_at_once(text: str) -> None:
    found = codes(text)
    assert found[-1] in {"trop-profond", "cle-illisible"}


def test_a_key_of_ten_thousand_letters_ends_in_a_sentence() -> None:
    assert len(codes("k" * 10_000 + ": v\n")) == 1


def test_billion_laughs_costs_nothing() -> None:
    laughs = "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50))
    assert codes(laughs) == ["ancre"]


def test_find_gives_places_in_the_file_or_in_one_value() -> None:
    source = read_source("a.yml", "a: bé x\nc: |\n  x\n   é x\n".encode())
    search = re.compile("x").finditer
    assert [span[0] for span, _ in source.find(search)] == [(1, 7), (3, 3), (4, 6)]
    assert [span[0] for span, _ in source.find(search, ("c",))] == [(3, 3), (4, 6)]
    assert [span[0] for span, _ in source.find(search, ("a",))] == [(1, 7)]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029"), min_size=1))
def test_quote_is_read_back_unchanged(value: str) -> None:
    source = read_source("a.yml", f"a: {quote(value)}\n".encode())
    if not any(p.code == "signe-interdit" for p in source.problems):
        assert source.data == {"a": value}


SIGNS = st.text(alphabet="ab:-#'\"[]{}|>!&*%@?,. \n\t\r\\\u00a0é“”—0", max_size=60)


def told(source: Source) -> str:
    return as_text(source.problems, lambda _: source.text.split("\n"))


@settings(max_examples=200)
@given(SIGNS)
@example("a: 'b\n")
@example("a:\u00a0b\n c")
@example("-a\n:")
@example("\t")
@example('a: "\\x"')
def test_any_text_is_read_or_gets_a_sentence(text: str) -> None:
    source = read_source("a.yml", text.encode())
    assert (source.data is None) <= any(p.is_error for p in source.problems)
    told(source)


PIECES = ["a:", " b", "  - c\n", "d: e\n", "'", "#", "|\n", "\u00a0", "\n", "\t", "«", "&f", "a: "]
FILES = st.lists(st.sampled_from(PIECES)).map("".join)


@settings(max_examples=200)
@given(SIGNS | FILES)
@example("a: b\nc: [d, {e: f}]\n")
@example("a: b\na: c\na: d #e\n")
@example("a: |#\n  b\n")
def test_places_change_nothing_to_what_is_read_and_said(text: str) -> None:
    text = text.replace("\r", "")  # refused before any reading
    placed, plain = read_text("a.yml", text, places=True), read_text("a.yml", text)
    assert (plain.data, plain.problems) == (placed.data, placed.problems)
    assert [found.fix for found in plain.problems] == [found.fix for found in placed.problems]
    assert not plain.keys
    assert not plain.values


def at(data: Any, where: tuple[str | int, ...]) -> Any:
    for step in where:
        data = data[step]
    return data


def count(data: Any) -> int:
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(count, inner))


@settings(max_examples=200)
@given(SIGNS | FILES)
@example("# commentaire\na: b\nc: [d, {e: f}]\ng: |\n  h\n")
def test_every_value_that_was_read_has_its_place(text: str) -> None:
    source = read_source("a.yml", text.encode())
    if source.data is None:
        return
    assert len(source.values) == count(source.data)
    for where in source.values:
        at(source.data, where)
    assert set(source.keys) == {where for where in source.values if where and isinstance(where[-1], str)}


@settings(max_examples=200)
@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_get_a_sentence(raw: bytes) -> None:
    source = read_source("a.yml", raw)
    assert (source.data is None) <= any(p.is_error for p in source.problems)
    told(source)
