"""The rules on texts, as data: which texts, which pattern, which problem. The form in the browser reads the same.

In `rules.json`, `texts` are the rules, in the fields of `Rule`; `patterns`, `words` and the lists of keys are what some
checks look for; `dates` are the shapes in which people write a date. A `<name>` in a pattern is one of the `pieces`.

Python and JavaScript read a pattern alike: no look-around and no back-reference, letters and digits by their ranges,
`$` the very end. What stands beside a match is said apart (`not_after`, `not_before`), so that no text, however long,
makes a pattern slow.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LONGEST_LINK = 500
"""Characters looked at before a match, for the beginning of a link."""


def _expand_pieces(node: Any, pieces: Mapping[str, str]) -> Any:
    """The same data, each `<name>` of a pattern written out."""
    if isinstance(node, dict):
        return {key: _expand_pieces(value, pieces) for key, value in node.items()}
    if isinstance(node, list):
        return [_expand_pieces(value, pieces) for value in node]
    return re.sub("<([a-z]+)>", lambda named: pieces[named[1]], node) if isinstance(node, str) else node


def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(Path(__file__).with_name("rules.json").read_text(encoding="utf-8"))
    pieces: dict[str, str] = {}
    for name, piece in data.pop("pieces").items():  # each may hold those before it
        pieces[name] = _expand_pieces(piece, pieces)
    expanded: dict[str, Any] = _expand_pieces(data, pieces)
    return expanded


def compile_pattern(pattern: str, lines: bool = False) -> re.Pattern[str]:
    """A pattern for Python, where `$` would also be the place before a last line break."""
    return re.compile(re.sub(r"(?<!\\)\$", r"\\Z", pattern), re.MULTILINE if lines else 0)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what is found by its pattern in one of its texts is a problem of this code."""

    code: str
    pattern: re.Pattern[str]
    values: Mapping[str, Any]  # what fills the sentence: a name known to `describe`, or cases: a pattern, a text
    keys: Sequence[str] = ()  # the paths of the texts, `*` for each item of a list; without them, every text
    not_keys: Sequence[str] = ()  # names of keys that are left out
    file: bool = False  # each match in the file's own text, comments included, not only the first one of a value
    lines: bool = False  # `^` is the beginning of a line
    signs: Sequence[str] = ()  # without any of them there is nothing to look for, in a value as in a file
    not_after: re.Pattern[str] | None = None  # the sign that may not stand before the match
    not_before: re.Pattern[str] | None = None  # the sign that may not stand after it
    unless: re.Pattern[str] | None = None  # a match that fits this is none
    outside_links: bool = False  # links hold long numbers and the names of pages
    raw: re.Pattern[str] | None = None  # how the match stands in the file, where a block is indented
    hint: re.Pattern[str] | None = None  # a file without this has no such value, whatever it writes by a number

    def may_break(self, text: str) -> bool:
        """Whether it is worth looking into a file: nearly none breaks nearly any rule, and this costs nothing."""
        return bool(self.hint.search(text)) if self.hint else self._has_sign(text)

    def _has_sign(self, text: str) -> bool:
        return not self.signs or any(sign in text for sign in self.signs)

    def find(self, text: str) -> Iterator[re.Match[str]]:
        """Each passage of a text that breaks the rule."""
        if not self._has_sign(text):
            return
        place = 0
        while match := self.pattern.search(text, place):
            if self._is_excused(match):
                place = match.start() + 1
            else:
                place = match.end()
                yield match

    def _is_excused(self, match: re.Match[str]) -> bool:
        text, (start, end) = match.string, match.span()
        beside = (self.not_after, text[max(0, start - 1) : start]), (self.not_before, text[end : end + 1])
        return any(pattern and pattern.search(part) for pattern, part in (*beside, (self.unless, match[0]))) or (
            self.outside_links and is_in_link(text, start)
        )

    def describe(self, match: re.Match[str], key: str = "") -> dict[str, str]:
        """What fills the sentence of its code; what counts of a match is its group, where it has one."""
        matched = match[match.lastindex or 0]
        sources = {
            "key": key,
            "match": matched,
            "number": f"U+{ord(matched[0]):04X}",
            "model": f"{key.split('.')[-1]}: …",
        }
        return {
            name: sources[source] if isinstance(source, str) else _choose_case(source, matched)
            for name, source in self.values.items()
        }


def _choose_case(cases: Sequence[Sequence[str]], matched: str) -> str:
    return next(text for pattern, text in cases if re.search(pattern, matched))


DATA: Mapping[str, Any] = _data()
"""The tables, patterns written out, as the form reads them."""

_COMPILED = ("pattern", "not_after", "not_before", "unless", "raw", "hint")


def _rule(data: Mapping[str, Any]) -> Rule:
    lines = data.get("lines", False)
    return Rule(**{**data, **{name: compile_pattern(data[name], lines) for name in _COMPILED if name in data}})


TEXTS = tuple(map(_rule, DATA["texts"]))
PATTERNS = {name: compile_pattern(pattern) for name, pattern in DATA["patterns"].items()}
WORDS: Mapping[str, frozenset[str]] = {
    name: frozenset(words.split() if isinstance(words, str) else words) for name, words in DATA["words"].items()
}
"""Lists of words, folded."""


def is_in_link(text: str, place: int) -> bool:
    """Whether a link begins before a place of a text and goes on to it."""
    return bool(PATTERNS["link"].search(text[max(0, place - LONGEST_LINK) : place]))


def strip_hidden(text: str) -> str:
    """A text without the signs that nobody sees and a copy brings along: soft hyphens, spaces without width."""
    return text if text.isascii() else PATTERNS["hidden"].sub("", text)
