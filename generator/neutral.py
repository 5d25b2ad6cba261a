"""Contributed text inside Markdown that a forge renders: shown as typed, never acted on."""

import re

from generator.problems import visible

_BLANKS = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")  # not the no-break spaces of French
_MARKUP = re.compile(r"[&<>|\\`*_\[\]{}#~!$^@=]")
_JOINER = "\u2060"  # has no width, and forges do not see a mention, a reference or an address across it
_ACTED_ON = re.compile(r"[@#!~%&$^:](?=\S)|\bwww(?=\.)|\bGH(?=-\d)", re.IGNORECASE)


def neutral(value: str) -> str:
    """Contributed text on one line that Markdown shows as typed: no markup, link, mention, reference, `::` command."""
    line = visible(_BLANKS.sub(" ", value).strip())
    # Mentions and references are looked for after rendering, where an entity is a plain sign again: hence both.
    apart = _ACTED_ON.sub(lambda found: found[0] + _JOINER, line)
    return _MARKUP.sub(lambda found: f"&#{ord(found[0])};", apart)
