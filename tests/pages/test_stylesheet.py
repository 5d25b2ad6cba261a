"""The style sheet: of Material what occurs in the site, and nothing dead in ours."""

import re

import pytest

from generator.pages.frame import stylesheet
from generator.pages.frame.sheet_choice import Vocabulary, choose_rules
from tests.support.paths import ROOT

USED = Vocabulary(frozenset({"a", "b"}), frozenset({"p", "data-x", "clair", "titre", "from"}))
GENERATOR = ROOT / "generator"


@pytest.mark.parametrize(
    ("sheet", "chosen"),
    [
        (".a{color:red}", ".a{color:red}"),
        (".c{color:red}", ""),
        (".a,.c,.a .b{color:red}", ".a,.a .b{color:red}"),
        ("p.a>p:hover::before{color:red}", "p.a>p:hover::before{color:red}"),
        ("audio{color:red}", ""),
        ("*,:after{color:red}", "*,:after{color:red}"),
        ("#titre{color:red}#autre{color:red}", "#titre{color:red}"),
        ("[data-x]{color:red}[data-y]{color:red}", "[data-x]{color:red}"),
        ("[data-x=clair]{color:red}[data-x='autre']{color:red}", "[data-x=clair]{color:red}"),
        (".a:not(.c){color:red}", ".a:not(.c){color:red}"),
        (".a:is(.c,.b){color:red}.a:is(.c){color:red}", ".a:is(.c,.b){color:red}"),
        ("@media print{.a{color:red}.c{color:red}}", "@media print{.a{color:red}}"),
        ("@media print{.c{color:red}}", ""),
        ("@media (hover){@supports (gap:0){.a{color:red}}}", "@media (hover){@supports (gap:0){.a{color:red}}}"),
        ("@page{margin:1cm}", "@page{margin:1cm}"),
        (".a{color:red!important;COLOR:blue}", ".a{color:red!important;COLOR:blue}"),
    ],
)
def test_a_rule_is_kept_where_all_that_it_names_occurs(sheet: str, chosen: str) -> None:
    assert choose_rules(sheet, USED, "") == chosen


def test_a_custom_property_is_kept_where_it_is_read() -> None:
    sheet = ".a{--read:1;--beside:2;--dead:3}.b{top:var(--read)}"
    assert choose_rules(sheet, USED, "p{top:var( --beside, 1px)}") == ".a{--read:1;--beside:2}.b{top:var(--read)}"


def test_an_animation_is_kept_where_it_is_started() -> None:
    kept = "@keyframes tour{from{top:0}}.a{animation:tour 1s}"
    assert choose_rules(f"@keyframes autre{{from{{top:0}}}}{kept}", USED, "") == kept


def test_what_an_author_writes_brings_its_rules() -> None:
    """Of Material, what no template names: a page of content may."""
    note = ".md-typeset .admonition"
    assert note not in stylesheet.css([]).decode()
    assert note in stylesheet.css(['<div class="admonition note">']).decode()


# Ours -----------------------------------------------------------------------------------------------------------------


def sources() -> str:
    """All that may name a class: what the vocabulary reads, and the pages written by hand."""
    parts = [GENERATOR / folder for folder in ("theme", "templates", "pages", "pictures")]
    files = [path for part in parts for path in part.rglob("*") if path.suffix in {".html", ".js", ".py"}]
    return "".join(path.read_text("utf-8") for path in [*files, *(ROOT / "content").rglob("*.md")])


def test_each_class_of_ours_is_used() -> None:
    sheets = "".join(path.read_text("utf-8") for path in sorted((GENERATOR / "theme" / "css").glob("*.css")))
    heads = re.sub(r"/\*.*?\*/|\{[^{}]*\}|\"[^\"]*\"", "{}", sheets, flags=re.DOTALL)
    classes = set(re.findall(r"\.([a-z_][\w-]*)", heads))
    assert len(classes) > 150
    text = sources()
    quoted = set(re.findall(r"[\w-]+", " ".join(map("".join, re.findall(r"\"([^\"\n]*)\"|`([^`]*)`", text)))))
    begun = set(re.findall(r"([\w-]+)\$?\{", text))  # a value gives the end: `statut--{{ value }}`, `t{rank}`
    dead = {one for one in classes - quoted if not any(_may_end(one, start) for start in begun)}
    assert sorted(dead) == []


def _may_end(name: str, start: str) -> bool:
    return name.startswith(start) and (start.endswith("-") or name.removeprefix(start).isdecimal())
