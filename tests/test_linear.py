"""No text makes a pattern slow: each one over a text of others is linear by its form, in Python and in the scripts."""

import ast
import importlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.entries.rules import DATA
from tests.support.linear import find_faults
from tests.support.paths import ROOT

OURS = (
    "generator/territories/",  # files that `make reference` wrote
    "generator/pages/frame/loading",  # our templates…
    "generator/pages/frame/stylesheet",  # … and our style sheets and scripts
    "generator/pages/frame/sheet_choice",
)
"""Where a text is never that of a contributor."""

WHOLE = {"match", "fullmatch"}
"""Ways to try a pattern at one place only."""


class Use(NamedTuple):
    """A pattern where it is used."""

    place: str
    pattern: str
    flags: int
    anywhere: bool

    @property
    def faults(self) -> list[str]:
        return list(find_faults(self.pattern, self.flags, self.anywhere))


# Python ---------------------------------------------------------------------------------------------------------------


def patterns_of_python() -> Iterator[Use]:
    for path in [*sorted((ROOT / "generator").rglob("*.py")), *sorted((ROOT / ".github").glob("*.py"))]:
        name = str(path.relative_to(ROOT))
        if not name.startswith(OURS):
            yield from patterns_of_module(path, name)


def patterns_of_module(path: Path, name: str) -> Iterator[Use]:
    text = path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        owner, way = node.func.value, node.func.attr
        if isinstance(owner, ast.Name) and owner.id == "re" and way not in ("compile", "escape"):
            pattern = written(node.args[0])
            if pattern is not None:
                yield Use(f"{name}:{node.lineno}", pattern, flags_of(node), way not in WHOLE)
    if name.startswith("generator/"):
        module = importlib.import_module(name.removesuffix(".py").replace("/", "."))
        for own, held in vars(module).items():
            for value in inside(held) if f"\n{own} = " in text else ():
                ways = set(re.findall(rf"\b{own}\.(\w+)", text))
                yield Use(f"{name} {own}", value.pattern, value.flags & ~re.UNICODE, not ways or not ways <= WHOLE)


def inside(held: object) -> Iterator[re.Pattern[str]]:
    if isinstance(held, re.Pattern):
        yield held
    elif isinstance(held, tuple | list):
        for one in held:
            yield from inside(one)


def written(node: ast.expr) -> str | None:
    """A pattern that stands whole in the code; one that is put together there is one of the tables, or escaped."""
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "x" for part in node.values]
        return "".join(map(str, parts))
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def flags_of(node: ast.Call) -> int:
    words = [word for word in ast.walk(node) if isinstance(word, ast.Attribute) and word.attr.isupper()]
    return sum({int(getattr(re, word.attr)) for word in words})


# Data and scripts -----------------------------------------------------------------------------------------------------


def patterns_of_data() -> Iterator[Use]:
    for node in walk(DATA):
        if isinstance(node, dict) and "pattern" in node:
            yield from (
                Use(f"rules.json {node.get('code', '')}", node[key], re.MULTILINE if node.get("lines") else 0, True)
                for key in ("pattern", "raw", "unless")
                if key in node
            )
    for table in ("patterns", "yaml", "table"):
        texts = ((name, pattern) for name, pattern in DATA[table].items() if isinstance(pattern, str))
        yield from (Use(f"rules.json {name}", pattern, 0, True) for name, pattern in texts)
    for path in sorted((ROOT / "schema").glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        found = {node["pattern"] for node in walk(schema) if isinstance(node, dict) and "pattern" in node}
        yield from (Use(path.name, pattern, 0, True) for pattern in found if isinstance(pattern, str))


def walk(node: Any) -> Iterator[Any]:
    yield node
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from walk(child)


LITERAL = re.compile(
    r"(?<=[(,=:?&|!\[ ])/(?![*/ ])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+)/([gimsuy]*)(?=[.,;)\]\s])"
)
COMMENTS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*$", re.DOTALL | re.MULTILINE)
FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}


def patterns_of_scripts() -> Iterator[Use]:
    for path in sorted((ROOT / "generator" / "theme" / "assets").rglob("*.js")):
        for match in LITERAL.finditer(COMMENTS.sub("", path.read_text("utf-8"))):
            pattern = re.sub(r"\(\?<(?=\w)", "(?P<", match[1]).replace(r"\p{Surrogate}", r"[\ud800-\udfff]")
            pattern = re.sub(r"\\p\{\w+\}", r"\\w", pattern)  # letters, numbers: words, near enough
            flags = sum(int(FLAGS.get(sign, 0)) for sign in match[2])
            yield Use(str(path.relative_to(ROOT)), pattern, flags, True)


# The form -------------------------------------------------------------------------------------------------------------

SHORT = {
    r"(?:^|/)([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.yml|/)?(?:[?#].*)?$": "the first 500 signs of an answer",
    r"^(?:.*\/cops\/)?([a-z0-9]+(?:-[a-z0-9]+)*)\/?(?:index\.html)?(?:[?#].*)?$": "an address that a visitor types",
    r"^-+|-+$": "74 signs, of an identifier",
    r"[^.]*$": "the name of a key",
    r"<!--(?!-?>)[^-]*(?:-(?!-)[^-]*)*-->": "no reading goes over a « -- », with which the next one begins",
    r"\s*:\s*$": "a label of our own page",
    r"^mailto:|\?.*$": "the address of a letter, in one of our own links",
    DATA["patterns"]["link"]: "the 500 signs before a match",
    DATA["patterns"]["local"]: "the 64 signs before an @",
}
"""Patterns that would be slow on a long text, and why theirs is not."""

PAGES = tuple(f"generator/{name}" for name in ("pages/frame/gabarit", "pages/frame/policy", "pages/handwritten/"))
"""Over pages of content/, once their check has bounded their size and markup, and a sanitiser has closed their tags."""


@pytest.mark.parametrize("uses", [patterns_of_python, patterns_of_data, patterns_of_scripts])
def test_every_pattern_is_linear_by_its_form(uses: Any) -> None:
    found = list(uses())
    assert len(found) > 30
    wrong = [use for use in found if use.pattern not in SHORT and not use.place.startswith(PAGES)]
    assert [(use.place, use.pattern, use.faults) for use in wrong if use.faults] == []


SLOW = {
    r"(?:[A-Z]\.[ -]?)*X": "every start",
    r"(a+)+b": "two ways",
    r"a*a*b": "two ways",
    r"\s+$": "every start",
    r"\S+\.\S+$": "two ways",
    r"<[^>]*>": "every start",
    r"^(a|aa)*$": "open choice",
    r"^(a*)*$": "two ways",
    r"x.*?y.*?z": "two ways",
    r"^(\w+\s?)*$": "two ways",
    r"^\s*(?:- +)?\s*x": "two ways",
    r"^(?:a|b|ab)*$": "open choice",
    r"\s+(?:x|$)": "every start",
    r"<h>.*?</h>": "every start",
}
FAST = (
    r"^a*b|\{[^{}]*\}",
    r'"([^"\n]*)"',
    r"^[a-z0-9]+(-[a-z0-9]+)*$",
    r"@([A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})",
    r"<[a-zA-Z/!][^>\n]*>?",
    r"^\s*x\s*$",
    r"(?s)<h>.*?(?:</h>|\Z)",
    r"(?m)<h>.*?(?:</h>|$)",
)


def test_a_slow_form_is_known_from_a_fast_one() -> None:
    assert {pattern: fault in find_faults(pattern) for pattern, fault in SLOW.items()} == dict.fromkeys(SLOW, True)
    assert [pattern for pattern in FAST if list(find_faults(pattern))] == []
