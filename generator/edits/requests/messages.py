"""What somebody sent, from a file: the texts of a message as any program writes it, the event of a forge, an entry.

All of it is data from anybody: what is too big, too deep or in a charset of its own invention is read in part, or not.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail
from email.utils import collapse_rfc2231_value
from html import unescape
from itertools import islice
from pathlib import Path

from generator.edits.requests.answers import MAX_TEXT, drop_notes

MAX_FILE = 25 * 2**20
"""Bytes of a message that are read: what mail servers take, pictures and all."""
MOST_PARTS = 100
_MAX_PART = 2**20  # bytes of one text: the HTML of an office program is heavy

_HEADERS = re.compile(
    rb"From |(?:From|To|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+):",
    re.IGNORECASE,
)
_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how a .msg begins
_QUOTE = re.compile(r"(?:>[ \xa0]?)+")
_MARGIN = re.compile(r"^[ \xa0]+", re.MULTILINE)
_ENTRY_ENDINGS = (".yml", ".yaml")


class NotARequest(Exception):  # noqa: N818
    """The file is neither the event of a forge, nor a message, nor a text."""


class OfOutlook(NotARequest):
    """A message in the format that Outlook keeps for itself."""


@dataclass(frozen=True, slots=True)
class Received:
    """What was sent: its texts, the likeliest first, and the entries that were joined to it, by name."""

    texts: tuple[str, ...]
    files: tuple[tuple[str, str], ...] = ()
    is_mail: bool = False  # the answer goes back by e-mail


def read_file(file: Path) -> Received:
    """What a file holds, or the standard input where it is `-`: an entry (`.yml`), an event of a forge (`.json`), a
    message, else a text.

    Raises OSError where it cannot be read, NotARequest where it is none of them.
    """
    with sys.stdin.buffer if str(file) == "-" else file.open("rb") as opened:
        raw = opened.read(MAX_FILE)
    if file.suffix == ".json":
        return Received((_read_event(file, raw),))
    if file.suffix.lower() in _ENTRY_ENDINGS:
        return Received((), ((file.name, _decode(raw[:_MAX_PART])),))
    if raw.startswith(_OUTLOOK):
        raise OfOutlook(file)
    if file.suffix.lower() == ".eml" or _HEADERS.match(raw.lstrip()):
        return read_mail(raw)
    text = _decode(raw[: 4 * _MAX_PART])
    return Received((text, _unquote(text)))


def _read_event(file: Path, raw: bytes) -> str:
    try:
        body = json.loads(raw.decode("utf-8", "replace"))["issue"]["body"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotARequest(file) from None
    return body if isinstance(body, str) else ""


# A message ------------------------------------------------------------------------------------------------------------


def read_mail(raw: bytes) -> Received:
    """A message from its bytes: its plain texts before those in HTML, each as it stands and then out of its quotes."""
    plain: list[str] = []
    html: list[str] = []
    files: list[tuple[str, str]] = []
    for part in islice(_list_parts(raw), MOST_PARTS):
        kind, name = part.get_content_type(), _name(part)
        if name.lower().endswith(_ENTRY_ENDINGS):
            files.append((name, _read_part(part)))
        elif kind == "text/html":
            html.append(_read_html(_read_part(part)))
        elif part.get_content_maintype() == "text":
            plain.append(_join_flowed(part, _read_part(part)))
    bare = [_MARGIN.sub(_to_spaces, text[: MAX_TEXT + 1]) for text in (*plain, *html)]
    return Received((*bare, *map(_unquote, bare)), tuple(files), is_mail=True)


def _list_parts(raw: bytes) -> Iterator[Mail]:
    """The parts that hold something, those of a forwarded message too; none of a message that no program writes."""
    try:
        yield from (part for part in message_from_bytes(raw).walk() if not part.is_multipart())
    except (RecursionError, ValueError, LookupError, AttributeError, TypeError):
        return


def _name(part: Mail) -> str:
    try:
        named = part.get_param("filename", None, "content-disposition") or part.get_param("name") or ""
        return collapse_rfc2231_value(named).strip()
    except (ValueError, LookupError, TypeError):
        return ""


def _read_part(part: Mail) -> str:
    try:
        content = part.get_payload(decode=True)
        charset = part.get_content_charset("")
    except (ValueError, LookupError, TypeError, AssertionError):
        return ""
    return _decode(content[:_MAX_PART], str(charset)) if isinstance(content, bytes) else ""


def _decode(raw: bytes, charset: str = "") -> str:
    """The text of some bytes, whatever they are said to be: what is not UTF-8 is what Windows writes."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            charset = name
    # « iso-8859-1 » is what programs call cp1252, which has the dash and the apostrophe that people type.
    latin = charset.lower().replace("_", "-") in ("iso-8859-1", "latin-1", "us-ascii", "ascii", "")
    for name in ("utf-8", "cp1252") if latin else (charset, "utf-8", "cp1252"):
        try:
            text = raw.decode(name)
        except (ValueError, LookupError):
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n") if isinstance(text, str) else ""
    return raw.decode("cp1252", "replace").replace("\r\n", "\n")


def _join_flowed(part: Mail, text: str) -> str:
    """Lines that the program cut, put together again (RFC 3676): a cut leaves a space at the end of the line."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    is_space_added = str(part.get_param("delsp", "")).lower() == "yes"
    lines: list[str] = []
    before = None  # how deep the line was quoted that the next one goes on
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        if before == depth and words != "-- ":
            lines[-1] += words
        else:
            lines.append("> " * depth + words)
        flows = words.endswith(" ") and words != "-- "
        before = depth if flows else None
        if flows and is_space_added:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _unquote(text: str) -> str:
    """The same without the `>` before lines that were quoted or forwarded."""
    return "\n".join(_QUOTE.sub("", line, count=1) if line.startswith(">") else line for line in text.split("\n"))


def _to_spaces(margin: re.Match[str]) -> str:
    return " " * len(margin[0])


# HTML -----------------------------------------------------------------------------------------------------------------

_BLOCKS = frozenset("address blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table td th tr ul".split())
_APART = frozenset("p h1 h2 h3 h4 h5 h6 table".split())  # a blank line before
_HIDDEN = frozenset("head script style title".split())


_TOKEN = re.compile(r"<([^<>]*)>|[^<]+|<")
_TAG = re.compile(r"(/?)([A-Za-z][A-Za-z0-9]{0,20})")


class _Text:
    """The words of a page, a line a block."""

    def __init__(self) -> None:
        self.lines = [""]
        self.hidden = 0
        self.pre = 0

    def open(self, tag: str) -> None:
        self.hidden += tag in _HIDDEN
        self.pre += tag == "pre"
        if tag in _BLOCKS and (self.lines[-1] or tag == "br"):
            self.lines.append("")
        if tag in _APART and self.lines[-2:] != ["", ""]:
            self.lines.append("")

    def close(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in _HIDDEN))
        self.pre = max(0, self.pre - (tag == "pre"))
        if tag in _BLOCKS and self.lines[-1]:
            self.lines.append("")

    def say(self, text: str) -> None:
        if self.hidden:
            return
        if not self.pre:
            words = _SPACES.sub(" ", text)
            text = words if self.lines[-1] else words.lstrip(" ")
        first, *others = unescape(text).split("\n")
        self.lines[-1] += first
        self.lines += others


_SPACES = re.compile(r"[ \t\r\n\f]+")


def _read_html(page: str) -> str:
    """Its words. What a parser would make of broken tags does not matter here, and costs some of them minutes."""
    text = _Text()
    for token in _TOKEN.finditer(drop_notes(page)):
        if token[1] is None:
            text.say(token[0])
        elif tag := _TAG.match(token[1]):
            # A program of Microsoft writes each line as a paragraph without margins.
            name = "div" if tag[2] in "pP" and "Mso" in token[1] else tag[2].lower()
            (text.close if tag[1] else text.open)(name)
    return "\n".join(line.rstrip() for line in text.lines)
