"""The pages as strict readers take them: html5lib for the markup, a table of schema.org for the linked data."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import html5lib
import pytest

from tests.support.browser_pages import KINDS
from tests.support.html_pages import read

TABLE: Mapping[str, Mapping[str, list[str]]] = json.loads(
    Path(__file__).with_name("schema_org.json").read_text(encoding="utf-8")
)
"""By type: the properties that a search engine asks for, and the others of its vocabulary that we use."""


@pytest.mark.parametrize("kind", list(KINDS))
def test_html5lib_finds_no_parse_error(site: Path, kind: str) -> None:
    address = KINDS[kind](site)
    page = site / address if address.endswith(".html") else site / address / "index.html"
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(page.read_bytes(), transport_encoding="utf-8")
    assert [(place, code, about) for place, code, about in parser.errors] == []


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Every typed thing of some linked data, the nested ones too."""
    if isinstance(value, list):
        for item in value:
            yield from things(item)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for item in value.values():
            yield from things(item)


def test_linked_data_keeps_to_the_vocabulary(site: Path) -> None:
    met: set[str] = set()
    wrong = []
    for page in read(site).values():
        for thing in things(list(page.linked_data())):
            kind = thing["@type"]
            met.add(kind)
            known = TABLE.get(kind, {"required": [], "known": []})
            own = {name for name in thing if not name.startswith("@")}
            strange = own - {*known["required"], *known["known"]}
            missing = set(known["required"]) - own
            if kind not in TABLE or strange or missing:
                wrong.append((page.path, kind, sorted(strange), sorted(missing)))
    assert wrong == []
    assert met == set(TABLE)


def test_no_page_shows_what_only_a_program_reads(site: Path) -> None:
    """A list or an object that a template writes as it is: its quotes are escaped, as no text of ours is."""
    marks = ("(&#x27;", "[&#x27;", "{&#x27;", "&lt;generator.")
    shown = {mark: path for path in site.rglob("*.html") for mark in marks if mark in path.read_text(encoding="utf-8")}
    assert shown == {}
