"""The configurations that we publish, run by Debian's own servers: a file of each kind, what is missing, frames.

A server that is not on this machine is skipped and says how to have it: `make essais-serveurs`.
"""

import gzip
import http.client
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.support import servers
from tests.support.browser import find_assets, served

SERVERS = [
    ("nginx", "racine"),
    ("nginx", "dossier"),
    ("apache", "racine"),
    ("apache", "dossier"),
    ("apache", "partage"),
    ("caddy", "racine"),
    ("caddy", "dossier"),
]

TYPES = {
    "atom": ("application/atom+xml",),
    "css": ("text/css",),
    "csv": ("text/csv",),
    "geojson": ("application/geo+json",),
    "html": ("text/html",),
    "ico": ("image/x-icon", "image/vnd.microsoft.icon"),
    "ics": ("text/calendar",),
    "js": ("text/javascript", "application/javascript"),
    "json": ("application/json",),
    "jsonld": ("application/ld+json",),
    "png": ("image/png",),
    "rdf": ("application/rdf+xml",),
    "rss": ("application/rss+xml",),
    "svg": ("image/svg+xml",),
    "txt": ("text/plain",),
    "webmanifest": ("application/manifest+json",),
    "xml": ("application/xml", "text/xml"),
} | dict.fromkeys("pagefind pf_fragment pf_index pf_meta".split(), ("application/octet-stream", ""))
"""What each kind of file is, by its ending; the search index is read by its own script."""

PACKED = {"ico", "png", "pagefind", "pf_fragment", "pf_index", "pf_meta"}
"""Kinds that are compressed already."""

HIDDEN = (".cop-site.json", ".git/HEAD", "cops/.brouillon")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent back."""

    status: int
    headers: Mapping[str, str]  # by name in lower case
    body: bytes


@dataclass(frozen=True, slots=True)
class Host:
    """A server that runs."""

    name: str
    address: str  # with its final slash
    site: Path  # what it serves

    def get(self, path: str, **headers: str) -> Answer:
        place = urlsplit(self.address)
        line = http.client.HTTPConnection(str(place.hostname), place.port, timeout=20)
        try:
            line.request(
                "GET", place.path + path, headers={name.replace("_", "-"): text for name, text in headers.items()}
            )
            answer = line.getresponse()
            return Answer(answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read())
        finally:
            line.close()


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


@pytest.fixture(scope="module")
def public(site: Path) -> Iterator[Path]:
    """The site where a server of another user can read it, with the kinds of files that this one has not."""
    with tempfile.TemporaryDirectory(prefix="essais-serveurs-") as name:
        Path(name).chmod(0o755)
        copy = Path(name) / "site"
        shutil.copytree(site, copy, copy_function=_link)
        for path in ("assets/essai.webmanifest", "donnees/essai.rdf", ".well-known/security.txt", *HIDDEN):
            (copy / path).parent.mkdir(exist_ok=True)
            if not (copy / path).exists():
                (copy / path).write_text("essai " * 400, "utf-8")
        for ending in ("gz", "br"):
            (copy / f"cops/index.html.{ending}").write_bytes(gzip.compress(ending.encode()))
        yield copy


@pytest.fixture(scope="module", params=SERVERS, ids=" ".join)
def host(request: pytest.FixtureRequest, public: Path) -> Iterator[Host]:
    server, kind = request.param
    if not servers.find_program(server):
        pytest.skip(f"{server} n’est pas sur cette machine : « make essais-serveurs » l’installe et rejoue ces essais")
    with tempfile.TemporaryDirectory(prefix="essais-serveurs-") as name:
        work = Path(name)
        work.chmod(0o777)
        try:
            with servers.start(server, kind, public, work) as address:
                yield Host(server, address, public)
        finally:
            (public / ".htaccess").unlink(missing_ok=True)


@pytest.fixture(scope="module")
def kinds(public: Path) -> Mapping[str, str]:
    """The largest file of each kind that the site has, by ending: its path."""
    sizes = sorted((path.stat().st_size, path) for path in public.rglob("*.*") if path.is_file())
    served = {path.suffix[1:]: path.relative_to(public).as_posix() for _, path in sizes}
    return {
        kind: path for kind, path in served.items() if kind not in ("gz", "br") and not path.endswith("/.brouillon")
    }


def test_every_kind_of_file_is_told_and_compressed(host: Host, kinds: Mapping[str, str]) -> None:
    assert sorted(kinds) == sorted(TYPES)
    for kind, path in kinds.items():
        plain, packed = host.get(path), host.get(path, Accept_Encoding="gzip")
        content = (host.site / path).read_bytes()
        kind_told, _, charset = packed.headers.get("content-type", "").partition(";")
        assert (plain.status, packed.status, plain.body == content) == (200, 200, True), path
        assert kind_told in TYPES[kind], (path, kind_told)
        assert "content-encoding" not in plain.headers, path
        if kind in ("css", "csv", "html", "ics", "txt"):
            assert charset.strip() == "charset=utf-8", path
        if kind not in PACKED and len(content) > 1024:
            assert packed.headers.get("content-encoding") == "gzip", path
            assert "Accept-Encoding" in packed.headers["vary"], path
            assert len(packed.body) < 0.6 * len(content), path
            assert gzip.decompress(packed.body) == content, path


def test_the_compressed_copy_beside_a_file_is_sent(host: Host) -> None:
    for path in ("cops/", "cops/index.html"):
        answer = host.get(path, Accept_Encoding="gzip")
        assert (answer.headers["content-encoding"], gzip.decompress(answer.body)) == ("gzip", b"gz")
        assert answer.headers["content-type"].startswith("text/html")
        assert host.get(path).body == (host.site / "cops/index.html").read_bytes()
        if host.name != "nginx":  # Debian has its module apart
            answer = host.get(path, Accept_Encoding="gzip, br")
            assert (answer.headers["content-encoding"], gzip.decompress(answer.body)) == ("br", b"br")
            assert answer.headers["content-type"].startswith("text/html")


def test_a_file_that_did_not_change_is_not_sent_again(host: Host, kinds: Mapping[str, str]) -> None:
    for encoding in ("identity", "gzip"):
        for path in ("", *kinds.values()):
            first = host.get(path, Accept_Encoding=encoding)
            asked = {"If_Modified_Since": first.headers["last-modified"]}
            if "etag" in first.headers:
                asked["If_None_Match"] = first.headers["etag"]
            again = host.get(path, Accept_Encoding=encoding, **asked)
            assert (again.status, again.body) == (304, b""), path


def test_what_changes_name_with_its_content_is_kept_a_year(host: Host, kinds: Mapping[str, str]) -> None:
    folder = find_assets(host.site)
    paths = {*kinds.values(), f"{folder}shared/data.js", f"{folder}search/words.json", "assets/marque.svg"}
    told = {path: host.get(path).headers["cache-control"] for path in paths}
    long = {path for path, words in told.items() if words == "public, max-age=31536000, immutable"}
    assert long == {path for path in paths if path.startswith(folder) or ".pf_" in path}
    assert {told[path] for path in paths - long} == {"no-cache"}


FRAMES = {
    "": "'self'",
    "404.html": "'self'",
    "cops/": "'self'",
    "donnees/cops.json": "'self'",
    "integrer/": "'self'",
    "integrer/index.html": "'self'",
    "integrer/absent/": "'self'",
    "integrer/compteur/": "*",
    "integrer/compteur/index.html": "*",
    "integrer/compteur.svg": "*",
}


def test_only_what_is_made_for_it_may_be_framed(host: Host) -> None:
    for path, who in FRAMES.items():
        headers = host.get(path).headers
        assert headers["content-security-policy"] == f"frame-ancestors {who}", path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "strict-transport-security" not in headers  # this connection is not ciphered


def test_other_sites_may_read_what_is_there_to_be_reused(host: Host, kinds: Mapping[str, str]) -> None:
    shared = {path for path in ("", *kinds.values()) if "access-control-allow-origin" in host.get(path).headers}
    assert shared == {path for path in kinds.values() if path.startswith(("donnees/", "flux/", "agenda/", "integrer/"))}
    assert shared


def test_what_is_missing_has_our_page(host: Host) -> None:
    ours = (host.site / "404.html").read_bytes()
    for path in ("absent", "cops/absent/", "integrer/absent/x.svg", "assets/0123456789ab/absent.js", *HIDDEN):
        answer = host.get(path)
        assert (answer.status, answer.body == ours) == (404, True), path
        assert answer.headers["content-type"] == "text/html; charset=utf-8", path
        assert answer.headers["cache-control"] == "no-cache", path
    listing = host.get("assets/")
    assert listing.status in (403, 404)
    assert listing.body == ours
    assert host.get(".well-known/security.txt").status == 200


def test_a_folder_without_its_slash_leads_to_it(host: Host) -> None:
    answer = host.get("cops")
    assert answer.status in (301, 308)
    assert answer.headers["location"] in (f"{host.address}cops/", f"{urlsplit(host.address).path}cops/")


def test_another_site_frames_an_embed_and_nothing_else(host: Host, chromium: Browser, tmp_path: Path) -> None:
    frames = {"cadre": "integrer/compteur/", "site": ""}
    page = "".join(f'<iframe name="{name}" src="{host.address}{path}"></iframe>' for name, path in frames.items())
    (tmp_path / "index.html").write_text(f"<!doctype html>{page}", "utf-8")
    tab = chromium.new_page()
    try:
        with served(tmp_path) as other:
            tab.goto(other, wait_until="load")
            shown = {frame.name: frame.evaluate("document.title") for frame in tab.frames if frame.name}
    finally:
        tab.close()
    assert "COP" in shown["cadre"]
    assert "COP" not in shown["site"]
