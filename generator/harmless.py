"""Contributed text made harmless where it is shown: in a terminal or a log, and in Markdown that a forge renders."""

import re
from urllib.parse import quote

from generator.french import typographie

_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BLANKS = re.compile("[ \t\n\r\x0b\x0c\x85\u2028\u2029]+")  # not the no-break spaces of French
_MARKUP = re.compile(r"[&<>|\\`*_\[\]{}#~!$^@=]")
JOINER = "\u2060"  # has no width, and forges do not see a mention, a reference or an address across it
_ACTED_ON = re.compile(r"[@#!~%&$^:](?=\S|\Z)|www(?=\.)|GH(?=-\d)", re.IGNORECASE)

LONGEST_SHOWN = 120
"""Signs of a contributed value that a sentence quotes."""


def visible(text: str) -> str:
    """Contributed text made harmless for a terminal or a log, sign for sign: what cannot be printed becomes ␦."""
    # `##[` anywhere in a line is an order for some forges.
    return _UNPRINTABLE.sub("␦", text.replace("\t", " ")).replace("##[", "##␦")


def shorten(value: str, longest: int = LONGEST_SHOWN) -> str:
    """Contributed text that a sentence may quote: visible, on one line, cut after so many signs."""
    line = visible(" ".join(value.split("\n"))).strip()
    return line if len(line) <= longest else f"{line[:longest]}…"


def escape_json(text: str) -> str:
    """JSON that says the same, what a terminal or a log would obey being written by its number."""
    numbered = _UNPRINTABLE.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text)
    return numbered.replace("##[", "#\\u0023[")


def fill(sentence: str, /, **values: object) -> str:
    """A sentence of ours with its French spaces; what fills its {names} stays as it is, and can do nothing."""
    return typographie(sentence).format_map({name: visible(str(value)) for name, value in values.items()})


def neutral(value: str) -> str:
    """Contributed text on one line that Markdown shows as typed: no markup, link, mention, reference, `::` command."""
    line = visible(_BLANKS.sub(" ", value).strip())
    # Mentions and references are looked for after rendering, where an entity is a plain sign again: hence both.
    apart = _ACTED_ON.sub(lambda match: match[0] + JOINER, line)
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", apart)


def write_link(value: str, url: str) -> str:
    """The same as the words of a link; the words alone where there is no address. `url`: https, http or mailto."""
    if not url:
        return neutral(value)
    # What could end the address, or begin something else, is percent-encoded; what was so already stays.
    return f"[{neutral(value)}]({quote(url, safe=':/?#@&+,;=%')})"
