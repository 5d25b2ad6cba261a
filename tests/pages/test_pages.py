"""The built site as a visitor's browser meets it: links, heads, policy, typography, texts that came from outside."""

import base64
import csv
import hashlib
import io
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from generator import french
from generator.entries.content.page import bloc_names
from generator.feeds.feed_names import MEDIA_TYPES
from generator.pages.frame.loading import space_source
from tests.support import html_pages, repository
from tests.support.html_pages import Page

LOCAL = "http://localhost:8000/"
Pages = Mapping[str, Page]


@pytest.fixture(scope="module")
def pages(site: Path) -> Pages:
    """Those between the walls of the site; test_embeds.py reads those made for other sites."""
    return {path: page for path, page in html_pages.read(site).items() if not html_pages.is_embed(path)}


# One thing, everywhere ----------------------------------------------------------------------------------------------


def test_files_are_pages_rows_items_features(depot: Path, site: Path, pages: Pages) -> None:
    ids = sorted(path.stem for path in (depot / "cops").rglob("*.yml"))
    data = site / "donnees"
    items = json.loads((data / "cops.json").read_text("utf-8"))["cops"]
    features = json.loads((data / "cops.geojson").read_text("utf-8"))["features"]
    rows = list(csv.DictReader(io.StringIO((data / "cops.csv").read_text("utf-8-sig"))))
    made = [p.address.split("/")[1] for p in pages.values() if re.fullmatch(r"cops/[^/]+/", p.address)]
    assert len(ids) == 30
    assert sorted(name for name in made if not pages[f"cops/{name}/index.html"].is_redirection) == ids
    assert sorted(item["id"] for item in items) == ids
    assert sorted(row["id"] for row in rows) == ids
    assert sorted(feature.get("id") or feature["properties"]["id"] for feature in features) == ids
    former = [name for item in items for name in item.get("anciens_ids", ())]
    assert sorted(path.stem for path in (data / "cops").glob("*.json")) == sorted((*ids, *former))


@pytest.mark.parametrize("kind", ["formations", "actualites"])
def test_each_file_has_its_page(depot: Path, pages: Pages, kind: str) -> None:
    ids = {path.stem for path in (depot / "content" / kind).glob("*.yml")}
    made = {found[1] for page in pages if (found := re.fullmatch(rf"{kind}/([^/]+)/index\.html", page))}
    assert ids == made


def test_former_addresses_lead_to_the_new_one(pages: Pages, site: Path) -> None:
    redirections = [page for page in pages.values() if page.is_redirection]
    assert redirections
    for page in redirections:
        (refresh,) = [a["content"] for a in page.all("meta") if a.get("http-equiv") == "refresh"]
        assert refresh
        assert (site / _file(page, refresh.partition("url=")[2])).is_file()
        assert page.meta("robots") == ["noindex"]


def test_what_a_cop_published_stays_at_its_former_addresses(site: Path) -> None:
    """A town hall that pasted its embed, a neighbour who subscribed: neither hears that a file has a new name."""
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    kinds = set()
    for cop in json.loads((site / "donnees" / "cops.json").read_bytes())["cops"]:
        own = re.compile(rf"(?<=/){re.escape(cop['id'])}(?=[./])")
        for former in cop.get("anciens_ids", ()):
            for path in filter(own.search, files):
                kept = site / own.sub(former, path)
                kinds.add(own.sub("…", path))
                assert kept.is_file(), kept
                # The page says where it went, for its address is shown; the others are only fetched.
                assert (kept.read_bytes() == (site / path).read_bytes()) != path.startswith("cops/"), kept
    assert kinds == {
        "agenda/cops/….ics",
        "cops/…/index.html",
        "donnees/cops/….json",
        "integrer/cops/….svg",
        "integrer/cops/…/index.html",
    }


# Links --------------------------------------------------------------------------------------------------------------


def _file(page: Page, href: str) -> str:
    """The file that an address of this site asks for, seen from a page."""
    if href.startswith(LOCAL):
        path = "/" + href.removeprefix(LOCAL)
    else:
        path = posixpath.join("/", posixpath.dirname(page.path), href) if href else f"/{page.path}"
    path = unquote(urlsplit(path).path)
    name = posixpath.normpath(path).removeprefix("/").removeprefix(".")
    return posixpath.join(name, "index.html") if path.endswith("/") or not name else name


def _links(page: Page) -> Iterator[str]:
    for tag, attributes in page.elements:
        for name in ("href", "src", "action", "poster", "data"):
            value = attributes.get(name)
            if value is not None and (tag, name) != ("use", "href"):
                yield value


def _is_ours(href: str) -> bool:
    return href.startswith(LOCAL) or not urlsplit(href).scheme


def test_every_internal_link_and_anchor_leads_somewhere(site: Path, pages: Pages) -> None:
    lost = []
    for page in pages.values():
        for href in _links(page):
            if not _is_ours(href):
                continue
            address, _, anchor = href.partition("#")
            target = _file(page, address)
            there = (site / target).is_file()
            if not there or (anchor and target in pages and unquote(anchor) not in pages[target].ids):
                lost.append((page.path, href))
    assert lost == []


def test_nothing_is_loaded_from_elsewhere(pages: Pages) -> None:
    for page in pages.values():
        for tag, attributes in page.elements:
            for name in ("src", "href", "srcset", "data", "poster", "action"):
                value = attributes.get(name) or ""
                if tag == "a" or (tag, attributes.get("rel")) == ("link", "canonical"):
                    continue
                assert not re.match(r"(?:https?:)?//", value), (page.path, tag, value)


def test_links_of_a_visitor_are_known_schemes(pages: Pages) -> None:
    schemes = {urlsplit(a["href"] or "").scheme for page in pages.values() for a in page.all("a") if "href" in a}
    assert schemes <= {"", "http", "https", "mailto", "tel", "webcal"}


def test_one_link_text_one_target(pages: Pages) -> None:
    # « Voir la fiche » a hundred times tells a screen reader nothing.
    for page in pages.values():
        assert not re.search(r">\s*(?:Voir la fiche|Lire la suite|En savoir plus|Cliquez ici)\s*</a>", page.text)


def test_style_sheet_asks_for_nothing_elsewhere(site: Path) -> None:
    sheets = [path for path in site.rglob("*.css") if "pagefind" not in path.parts]
    assert sheets
    for sheet in sheets:
        assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", sheet.read_text("utf-8")), sheet.name


# Heads --------------------------------------------------------------------------------------------------------------


def test_head_of_every_page(pages: Pages) -> None:
    for page in pages.values():
        if page.is_redirection:
            continue
        titles = re.findall(r"<title>(.*?)</title>", page.text)
        assert len(titles) == 1, page.path
        assert titles[0].strip(), page.path
        assert [a.get("lang") for a in page.all("html")] == ["fr"]
        assert len(page.all("h1")) == 1, page.path
        (description,) = page.meta("description")
        assert len(description) > 20, page.path
        for name in ("og:title", "og:description", "og:url", "og:image", "og:type", "og:site_name", "og:locale"):
            assert len(page.meta(name)) == 1, (page.path, name)
            assert page.meta(name)[0], (page.path, name)
        if page.path != "404.html":
            assert _canonical(page) == [LOCAL + page.address]
            assert page.meta("og:url") == _canonical(page)
            assert list(page.linked_data()), page.path


def test_the_manifest_names_icons_that_exist(site: Path, pages: Pages) -> None:
    manifest = json.loads((site / "site.webmanifest").read_text("utf-8"))
    assert manifest["icons"]
    assert all((site / icon["src"]).is_file() for icon in manifest["icons"])
    for page in pages.values():
        if not page.is_redirection and page.path != "404.html":
            named = {a["rel"]: _file(page, a["href"] or "") for a in page.all("link") if a["rel"] != "alternate"}
            assert (site / named["apple-touch-icon"]).is_file(), page.path
            assert named["manifest"] == "site.webmanifest", page.path


def _canonical(page: Page) -> list[str | None]:
    return [a.get("href") for a in page.all("link") if a.get("rel") == "canonical"]


def test_titles_tell_pages_apart(pages: Pages) -> None:
    titles = [re.findall(r"<title>(.*?)</title>", p.text)[0] for p in pages.values() if not p.is_redirection]
    assert sorted(titles) == sorted(set(titles))


def test_linked_data_has_a_context(pages: Pages) -> None:
    for page in pages.values():
        for data in page.linked_data():
            assert data["@context"] == "https://schema.org"
            assert all(thing["@type"] for thing in data["@graph"])


def test_policy_is_first_and_knows_every_inline_script(pages: Pages) -> None:
    for page in pages.values():
        tags = [tag for tag, _ in page.elements]
        first = page.elements[tags.index("head") + 1]
        assert first[0] == "meta", page.path
        assert first[1].get("http-equiv") == "Content-Security-Policy", page.path
        rules = first[1]["content"] or ""
        assert "unsafe-inline" not in rules
        allowed = set(re.findall(r"'sha256-([^']+)'", rules))
        for attributes, code in page.scripts:
            if "src" not in attributes and attributes.get("type") != "application/ld+json":
                assert base64.b64encode(hashlib.sha256(code.encode()).digest()).decode() in allowed, page.path
        assert page.text.count("Content-Security-Policy") == 1


def test_no_inline_style_or_handler(pages: Pages) -> None:
    for page in pages.values():
        for tag, attributes in page.elements:
            assert tag != "style", page.path
            assert not [name for name in attributes if name == "style" or name.startswith("on")], (page.path, tag)


def test_every_page_announces_feeds_that_exist(pages: Pages, site: Path) -> None:
    main = {f"flux/{name}.rss" for name in ("cops", "formations", "actualites")}
    for page in pages.values():
        if page.is_redirection or page.path == "404.html":
            continue
        announced = {_file(page, a["href"] or "") for a in page.all("link") if a.get("rel") == "alternate"}
        section, _, name = page.address.strip("/").partition("/")
        if section in {"themes", "territoires"} and name:
            assert announced == {f"flux/{section}/{name}.rss"}
        elif section == "engagements":
            assert announced == {"flux/engagements.rss"}
        elif section in {"cops", "formations", "actualites"}:
            assert announced == {f"flux/{section}.{kind}" for kind in MEDIA_TYPES}
        elif section == "ce-qui-a-change":
            assert announced == {"flux/changements.rss"}
        elif section != "types":
            assert announced == main, page.path
        assert all((site / path).is_file() for path in announced)


def test_sitemap_holds_every_page_once(site: Path, pages: Pages) -> None:
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    entries = [element.text or "" for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    expected = {LOCAL + p.address for p in pages.values() if not p.is_redirection and p.path != "404.html"}
    # test_communes.py looks for each commune.
    communes = {entry for entry in entries if entry.startswith(f"{LOCAL}communes/") and entry not in expected}
    assert sorted(entries) == sorted(expected | communes)
    days = {
        entry[0].text: entry[1].text
        for entry in root
        if len(entry) > 1  # the day of the last change, where the data tells it
    }
    dated = {entry for entry in entries if re.fullmatch(rf"{LOCAL}(cops|formations|actualites)/[^/]+/", entry)}
    assert dated == days.keys()
    assert all("2020-01-01" < (day or "") <= repository.TODAY for day in days.values())
    assert f"Sitemap: {LOCAL}sitemap.xml" in (site / "robots.txt").read_text("utf-8")


def test_ids_are_unique(pages: Pages) -> None:
    for page in pages.values():
        ids = [value for _, attributes in page.elements if (value := attributes.get("id"))]
        assert sorted(ids) == sorted(set(ids)), page.path


def test_no_marker_is_left(pages: Pages) -> None:
    for page in pages.values():
        assert not [comment for comment in page.comments if "bloc" in comment], page.path
        assert not re.search(r"\{\{|\{%|%\}|\}\}", re.sub(r"<(script|code).*?</\1>", "", page.text, flags=re.S)), (
            page.path
        )


def test_every_bloc_is_used(depot: Path) -> None:
    written = "".join(path.read_text("utf-8") for path in (depot / "content").rglob("*.md"))
    assert [name for name in bloc_names() if not re.search(rf"<!--\s*bloc\s*:\s*{name}\s*-->", written)] == []


# Words --------------------------------------------------------------------------------------------------------------


def test_typography_has_nothing_left_to_do(pages: Pages) -> None:
    wrong = []
    for page in pages.values():
        # Breton has its own spacing; an example shows what to type.
        text = re.sub(r'<(\w+)[^>]* lang="br">.*?</\1>|(?<=Exemple\u00a0: )[^<]+', "", page.text)
        for line, better in zip(text.split("\n"), french.typographie_html(text).split("\n"), strict=True):
            if line != better:
                wrong.append((page.path, line.strip()))
    assert wrong == []


def test_templates_get_their_spaces() -> None:
    assert space_source("<p>« {{ nom }} » : {{ a }} ; {% if b %}b ?{% endif %}</p>") == (
        "<p>«\u00a0{{ nom }}\u00a0»\u00a0: {{ a }}\u202f; {% if b %}b\u202f?{% endif %}</p>"
    )
    assert space_source("{{ 'a : b' }}{# c : d #}") == "{{ 'a : b' }}{# c : d #}"


def test_fictitious_data_say_so(pages: Pages) -> None:
    for page in pages.values():
        assert "fictives" in page.shown, page.path


# Under a folder -----------------------------------------------------------------------------------------------------


def test_site_in_a_folder(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot")
    address = "https://exemple.org/sous-dossier/"
    assert repository.build(root, "--quiet", variables={"SITE_URL": address}).returncode == 0
    pages = html_pages.read(root / "site")
    for page in pages.values():
        for href in _links(page):
            parts = urlsplit(href)
            if parts.netloc == "exemple.org" and href.startswith("https://exemple.org/sous"):
                continue
            if not parts.scheme and page.path == "404.html":
                # Shown at any depth: its addresses start at the root of the host.
                assert not parts.path or parts.path.startswith("/sous-dossier/"), href
            elif not parts.scheme:
                assert not href.startswith("/"), (page.path, href)
                depth = page.path.count("/")
                assert href.count("../") <= depth, (page.path, href)
        if page.path != "404.html" and not html_pages.is_embed(page.path):
            assert page.is_redirection or _canonical(page) == [address + page.address]
        if page.path != "contribuer/erreurs/index.html":  # one of its messages is about that very address
            assert LOCAL not in page.text, page.path
    for name in ("sitemap.xml", "robots.txt", "flux/cops.rss", "flux/cops.atom", "donnees/cops.json"):
        text = (root / "site" / name).read_text("utf-8")
        assert address in text
        assert LOCAL not in text
