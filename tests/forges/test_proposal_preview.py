"""The preview of a proposal: what `cop apercu` writes is harmless, and nothing else is ever led to."""

import io
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.building import proposal
from generator.pages.frame.assets import find_sheet
from generator.pages.site import Site
from tests.support import annuaires
from tests.support.annuaires import SCHEMAS, SETTINGS
from tests.support.cards import COP, snapshot_of
from tests.support.paths import ROOT
from tests.support.scripts import load

gh = load(".github/gh.py")
apercu = load(".github/apercu.py")
commenter = load(".github/commenter.py")

PAGE = """<html><script>un()</script><main class="md-main"><h1 onclick="deux()">Une page</h1>
<p style="x">Des mots &lt;script&gt; et <a href="../../themes/eau/">un lien du site</a>,
<a href="https://exemple.org/x">un autre</a>, <a href="javascript:trois()">un piège</a>.</p>
<img src="https://ailleurs.example/x.png"><svg><script>quatre()</script></svg><form><input name="cinq"></form>
<style>@import "six";</style></main><script>sept()</script></html>"""


def preview(folder: Path, page: str = PAGE, **changed: str) -> tuple[str, tuple[str, ...]]:
    """That of a proposal which adds an entry, over a site of which one page is there."""
    target = folder / "cops/b/index.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8")
    after = snapshot_of(a=COP, b=annuaires.cop(nom="<b>Fictive</b> & nouvelle"), **changed)
    site = Site(annuaires.build(), SETTINGS, SCHEMAS)
    return proposal.make_preview(snapshot_of(a=COP), after, ["content/suivre.md"], folder, site)


def test_only_the_pages_that_change_without_anything_that_acts(tmp_path: Path) -> None:
    html, shown = preview(tmp_path)
    assert shown == ("cops/b/",)
    assert "Une page" in html
    assert 'href="https://exemple.org/x"' in html
    calls = ("un()", "deux()", "trois()", "quatre()", "six", "sept()")
    for sign in (*calls, "<svg", "<img", "cinq", "themes/eau", "style="):
        assert sign not in html.partition("</style>")[2]
    assert "&lt;b&gt;Fictive&lt;/b&gt; &amp; nouvelle – nouvelle" in html
    assert "/suivre/ – retirée" in html
    assert apercu.is_harmless(html)


def test_the_sheet_of_the_site_is_within(tmp_path: Path, site: Path) -> None:
    built = find_sheet(site)
    assert built
    sheet = tmp_path / built.relative_to(site)
    sheet.parent.mkdir(parents=True)
    sheet.write_bytes(built.read_bytes())
    page = next((site / "cops").glob("*/index.html")).read_text("utf-8")
    html, _ = preview(tmp_path, page)
    assert ".md-grid" in html.partition("</style>")[0]
    assert apercu.is_harmless(html)


def test_what_is_too_long_is_named_and_nothing_is_nothing(tmp_path: Path) -> None:
    html, shown = preview(tmp_path, f"<main>{'a' * proposal.LONGEST_PAGE}</main>")
    assert (shown, "trop longue" in html) == ((), True)
    same, site = snapshot_of(a=COP), Site(annuaires.build(), SETTINGS, SCHEMAS)
    assert proposal.make_preview(same, same, ["README.md"], tmp_path, site) == ("", ())


def test_what_is_written_is_what_is_accepted() -> None:
    assert proposal.TAGS | {"html", "body"} == set(apercu.TAGS)
    written = set().union(*proposal.ATTRIBUTES.values())
    assert written | {"data-md-color-scheme"} == set(apercu.ATTRIBUTES)


@pytest.mark.parametrize(
    ("former", "new"),
    [
        ("<h1>Une page", "<h1 onclick=\"x()\">Une page"),
        ("<h1>Une page", "<script>x()</script>"),
        ("<h1>Une page", "<SCRIPT>x()</SCRIPT>"),
        ("<h1>Une page", "<img src=x>"),
        ("<h1>Une page", "<h1 class='x'>"),
        ("<h1>Une page", "<h1/class=\"x\">"),
        ("<h1>Une page", "<!-- x -->"),
        ("<h1>Une page", "<h1 >"),
        ("https://exemple.org/x", "javascript:x()"),
        ("https://exemple.org/x", "//ailleurs.example/"),
        ("default-src 'none'", "default-src *"),
        ("<style>", "<style>@import 'x';"),
        ("<style>", "<style>a{background:url(x)}"),
        ("<!doctype html>", ""),
    ],
)  # fmt: skip
def test_one_sign_of_another_hand_and_it_is_refused(tmp_path: Path, former: str, new: str) -> None:
    html, _ = preview(tmp_path)
    assert former in html
    assert not apercu.is_harmless(html.replace(former, new))


@pytest.mark.navigateur
def test_its_picture(tmp_path: Path) -> None:
    page, picture = tmp_path / "apercu.html", tmp_path / "apercu.png"
    page.write_text(preview(tmp_path)[0], encoding="utf-8")
    done = subprocess.run([ROOT / ".ci/photo", page, picture], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    with Image.open(picture) as taken:
        assert (taken.format, taken.size) == ("PNG", (1000, 2400))
        assert len(set(taken.convert("L").resize((50, 120)).tobytes())) > 5, "une page blanche"


# The archive and the comment ------------------------------------------------------------------------------------------


def packed(files: Mapping[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return raw.getvalue()


def test_an_archive_holds_the_page_and_its_picture_and_no_more(tmp_path: Path) -> None:
    html, png = preview(tmp_path)[0].encode(), b"\x89PNG\r\n\x1a\nx"
    page = {"apercu.html": html}
    assert apercu.is_preview(packed(page))
    assert apercu.is_preview(packed(page | {"apercu.png": png}))
    wrong: list[Mapping[str, bytes]] = [
        {},
        {"apercu.png": png},
        page | {"apercu.png": b"<svg>"},
        page | {"lisez-moi.exe": b"x"},
        page | {"../apercu.png": png},
        page | {"apercu.png": png + b"\x00" * apercu.MAX_BYTES},
        {"apercu.html": b"\xff"},
    ]
    assert [apercu.is_preview(packed(files)) for files in wrong] == [False] * len(wrong)
    assert not apercu.is_preview(b"PK")


@pytest.mark.parametrize("is_ours", [True, False])
def test_the_comment_leads_only_to_a_preview_of_ours(tmp_path: Path, is_ours: bool) -> None:
    html = preview(tmp_path)[0] if is_ours else "<script>x()</script>"

    def api(path: str, method: str = "GET", body: Any = None) -> Any:
        if path.endswith("/zip"):
            return packed({"apercu.html": html.encode()})
        return {"artifacts": [{"id": 9, "name": "apercu", "expired": False, "size_in_bytes": 1000}]}

    told = commenter.preview_of(api, {"DEPOT": "reseau/annuaire", "EXECUTION": "7"})
    assert ("(https://github.com/reseau/annuaire/actions/runs/7/artifacts/9)" in told) == is_ours
    assert bool(told) == is_ours
