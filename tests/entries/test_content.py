"""What a page that people write may hold: its head, its HTML, its addresses, its weight and its links."""

import time
from pathlib import Path

import pytest

from generator.entries.content.allowed import ATTRIBUTES, DATA, HEAD, PAGES, SCHEMES
from generator.entries.content.files import read_content
from generator.entries.content.links import hide_made_files, show_made_files
from generator.entries.content.page import WrittenPage, read_page
from tests.support.paths import ROOT


def read(text: str, head: str = "title: Essai") -> WrittenPage:
    return read_page("content/essai.md", f"---\n{head}\n---\n\n{text}\n".encode())


def codes(text: str, head: str = "title: Essai") -> list[str]:
    return [problem.code for problem in read(text, head).problems]


def test_the_pages_of_the_repository_hold_only_what_is_listed() -> None:
    content = read_content(ROOT)
    assert content.problems == ()
    assert len(content.pages) > 20


def test_what_is_listed_is_used_and_never_acts() -> None:
    assert {key for page in read_content(ROOT).pages.values() for key in page.head} == set(HEAD)
    acting = {"script", "iframe", "object", "embed", "form", "input", "button", "style", "link", "meta", "base", "svg"}
    assert not acting & set(ATTRIBUTES)
    names = {name for own in ATTRIBUTES.values() for name in own}
    assert not [name for name in names if name.startswith("on")]
    assert "style" not in names
    assert {"javascript", "data", "vbscript", "file"} & SCHEMES == set()


@pytest.mark.parametrize(
    ("head", "code"),
    [
        ("titre: Essai", "cle-de-page-inconnue"),
        ("template: nu.html", "cle-de-page-inconnue"),
        ("hide: [toc]", "cle-de-page-inconnue"),
        ("title: ''", "valeur-de-page"),
        (f"title: {'a' * 121}", "valeur-de-page"),
        ("title: {a: b}", "valeur-de-page"),
        ('title: "a\\nb"', "valeur-de-page"),
        ("onglet: ../cops", "valeur-de-page"),
        ("recherche: true", "valeur-de-page"),
        ("scripts: shared/copy.js", "valeur-de-page"),
        ("scripts: [../../donnees/cops.json]", "valeur-de-page"),
        ("scripts: [[shared/copy.js]]", "valeur-de-page"),
        ("scripts: [absent/copy.js]", "valeur-de-page"),
        ("title: &a x", ""),
        ("title: !!python/name:os.system x", ""),
    ],
)
def test_a_head_holds_known_keys_of_known_kinds(head: str, code: str) -> None:
    said = codes("Essai", head)
    assert said == [code] if code else said  # what no YAML of ours may hold has its own words


@pytest.mark.parametrize("element", ATTRIBUTES)
def test_a_listed_element_may_stand(element: str) -> None:
    values = "".join(f' {name}="1"' for name in ATTRIBUTES[element])
    assert codes(f"<{element}{values}>x</{element}>") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<script>x</script>", "html-refuse"),
        ("a <ScRiPt\n>x</script>", "html-refuse"),
        ("<x-y>x</x-y>", "html-refuse"),
        ("<p ONCLICK=x>", "attribut-refuse"),
        ("<p\nonclick = 'x'>", "attribut-refuse"),
        ("<p/onclick=x>", "html-mal-ecrit"),
        ('<p title="a<b">', "html-mal-ecrit"),
        ('<p class="a"b="c" ="d">', "html-mal-ecrit"),
        ("<p", "html-mal-ecrit"),
        ("<!doctype html>", "html-mal-ecrit"),
        ("<?php x ?>", "html-mal-ecrit"),
        ("<!-- a", "html-mal-ecrit"),
        ("<!--> <b>", "html-mal-ecrit"),
        ("<!-- a --!> -->", "html-mal-ecrit"),
        ("\\<script>", "html-refuse"),
        ("\\`<script>\\`", "html-refuse"),
        ("<javascript:alert(1)>", "adresse-de-page"),
        ('<a href=" java&#115;cript:x">', "adresse-de-page"),
        ("<a href='DATA:text/html,x'>", "adresse-de-page"),
        ("[x](java&Tab;script:x)", "adresse-de-page"),
        ("[x]( <vbscript:x>)", "adresse-de-page"),
        ("[x]: javascript:x", "adresse-de-page"),
        ("![x](//mal.example/x.png)", "image-d-ailleurs"),
        ("<img src='https://mal.example/x.png'>", "image-d-ailleurs"),
        ("<img src=data:image/png;base64,x>", "image-d-ailleurs"),
        ("<div>" * 21, "html-emboite"),
        ("> " * 6 + "x", "liste-emboitee"),
        ("- " * 6 + "x", "liste-emboitee"),
        ("> 1. * > + 2) x", "liste-emboitee"),
        ("- a\n" + "\t" * 11 + "- b", "liste-emboitee"),
        ("[" * 101, "passage-charge"),
        ("*a* " * 151, "passage-charge"),
        ("\n" * 1001, "page-de-trop-de-lignes"),
        ("a" * 33_000, "page-trop-longue"),
    ],
)
def test_the_rest_is_refused_where_it_stands(text: str, code: str) -> None:
    said = read(text).problems
    assert code in {problem.code for problem in said}
    assert all(
        problem.start[0] >= 5 for problem in said if problem.code not in {"page-trop-longue", "page-de-trop-de-lignes"}
    )


@pytest.mark.parametrize(
    "text",
    [
        "`<script>`, ``a ` <b>``, a < b, 3<4, AT&T, <https://exemple.org>, <mairie@exemple.org>",
        "```html\n<script>x</script>\n```",
        "~~~~\n<script>\n~~~\n~~~~",
        "<!-- une note - pour nous -->",
        "<!-- bloc: plan -->",
        '<section class="a" id="b" markdown="1">\n<h2>x</h2>\n</section>',
        "- a\n    - b\n        - c\n\n* * * * *\n\n> - d\n\n-----------\n",
        "```\n" + " " * 60 + "x\n```",
        "[x](https://exemple.org/a_(b)), [y](mailto:mairie@exemple.org), [z](../cops/)",
    ],
)
def test_a_plain_text_passes(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "[",
            "![",
            "](",
            "[a](",
            "[a]: b\n",
            "[a]( <",
            "*a **b ",
            "_a_ ",
            "`a",
            "``a`",
            "` ``",
            "<a ",
            "<a>",
            "<a b='",
        ),
        *(
            "<!--",
            "<!-- bloc: ",
            "<!-- a -->",
            "</",
            "&#",
            "\\",
            "> ",
            "- a\n",
            "# a\n",
            "#  ",
            "a\n---\n",
            "|a|\n|-|\n",
        ),
        *(
            "~~~\n",
            "```a\n",
            "   ",
            "\n \n",
            "---\n",
            "é",
            "<h1>",
            'id="',
            "a\n: b\n",
            "!",
            "'\"",
            "<a b=",
            "<!-- bloc:  ",
        ),
    ],
)
def test_the_check_is_quick_whatever_a_page_holds(unit: str) -> None:
    raw = f"# Essai\n\n{unit * (PAGES['bytes'] // len(unit.encode()))}".encode()[: PAGES["bytes"]]
    started = time.process_time()
    read_page("content/essai.md", raw)
    assert time.process_time() - started < 1


LINKED = {
    "content/a.md": "# Un titre déjà là\n\n<p id='plus-loin'>x</p>\n\n## Un autre\n\n## Un autre\n\nSouligné\n---\n",
    "content/contribuer/b.md": "# B\n",
}


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        *(("b.md", False), ("contribuer/b.md", True), ("contribuer/b.md#b", True), ("contribuer/b.md#c", False)),
        *(("#un-titre-deja-la", True), ("#plus-loin", True), ("#un-autre_1", True), ("#un-autre_2", False)),
        *(
            ("#souligne", True),
            ("#x", False),
            ("/cops/", False),
            ("../cops/", True),
            ("cops/", True),
            ("a.md?x#x", False),
        ),
        *(("images/absente.png", False), ("x.pdf", False), ("https://exemple.org/x.md", True), ("http://[x", False)),
    ],
)
def test_a_link_is_followed_as_the_engine_does(tmp_path: Path, link: str, leads: bool) -> None:
    for name, text in LINKED.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{text}\n[x]({link})\n" if name == "content/a.md" else text, encoding="utf-8")
    assert [problem.code for problem in read_content(tmp_path).problems] == ([] if leads else ["lien-casse"])


def test_a_picture_is_what_its_name_says_and_weighs_little(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "images"
    folder.mkdir(parents=True)
    kinds = {"png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff", "webp": b"RIFF\n\0\r\0WEBP"}
    assert set(kinds) == set(DATA["images"]["kinds"])
    for kind, start in kinds.items():
        (folder / f"vraie.{kind}").write_bytes(start)
        (folder / f"fausse.{kind}").write_bytes(b"<svg>" + start)
        (folder / f"lourde.{kind}").write_bytes(start + bytes(DATA["images"]["bytes"]))
    said = {problem.path.rpartition("/")[2]: problem.code for problem in read_content(tmp_path).problems}
    assert said == {f"fausse.{kind}": "image-d-une-autre-sorte" for kind in kinds} | {
        f"lourde.{kind}": "image-trop-lourde" for kind in kinds
    }


@pytest.mark.parametrize(
    ("written", "hidden"),
    [
        ("[a](../cops/)", "[a](fait:../cops/)"),
        ('[a](<../cops/?a=b#c> "t")', '[a](<fait:../cops/?a=b#c> "t")'),
        ("[a]\n\n[a]: ../cops/", "[a]\n\n[a]: fait:../cops/"),
        (
            '<p><a class="x" href="../donnees/cops.csv">a</a></p>',
            '<p><a class="x" href="fait:../donnees/cops.csv">a</a></p>',
        ),
        *(
            (same, same)
            for same in (
                "[a](contact.md#b)",
                "[a](#b)",
                '<a href="#b">a</a>',
                "![a](images/x.png)",
                "[a](https://exemple.org/)",
                "`[a](../cops/)`",
                "```\n[a](../cops/)\n```",
            )
        ),
    ],
)
def test_an_engine_does_not_see_the_addresses_of_what_we_make(written: str, hidden: str) -> None:
    markdown = read_page("content/essai.md", f"---\ntitle: Essai\n---\n\n{written}\n".encode()).markdown
    assert hide_made_files(markdown).strip() == hidden
    assert show_made_files('<a href="fait:../cops/">fait:</a>') == '<a href="../cops/">fait:</a>'
