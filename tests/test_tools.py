"""The tools that compare two built sites see what a reader would, and nothing else; and what visitors gain or lose."""

import dataclasses
import re
from pathlib import Path

import pytest

from tests.bench import noted
from tests.bench.__main__ import PARTS
from tests.bench.change import compare, tell_pace
from tests.bench.plan import Row
from tests.tools.compare_sites import differences

PAGE = '<html><head><title>Essai</title></head><body><p class="a">Un <b>mot</b>.</p></body></html>'


def told(folder: Path, before: dict[str, str], after: dict[str, str]) -> list[str]:
    for name, files in (("avant", before), ("après", after)):
        for path, text in files.items():
            (folder / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / name / path).write_text(text, encoding="utf-8")
    return list(differences(folder / "avant", folder / "après"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<body>", "<body>\n  "),
        ("<p ", "<p data-pagefind-ignore data-aussi='x' "),
        ("<title>", '<meta http-equiv="content-security-policy" content="default-src"><title>'),
        ('class="a"', "class=a"),
        (">Un <b>", ">\n  Un\n  <b>"),
    ],
)
def test_what_no_reader_sees_is_no_difference(tmp_path: Path, old: str, new: str) -> None:
    assert told(tmp_path, {"index.html": PAGE}, {"index.html": PAGE.replace(old, new)}) == []


def test_the_address_of_an_asset_may_change(tmp_path: Path) -> None:
    pages = [PAGE.replace("<p ", f'<img src="../assets/{name}"><p ') for name in ("a.png", "b.png")]
    assert told(tmp_path, {"index.html": pages[0]}, {"index.html": pages[1]}) == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("mot", "mots", "+mots"),
        (".</p>", "<!-- x --> !</p>", "+ !"),
        ("<b>mot</b>", "mot", "-<b>"),
        ('class="a"', 'class="b"', "+  class=b"),
        ("Un <b>", "Un\u00a0<b>", "+Un⍽"),
        ("Un <b>", "Un<b>", "+Un"),
    ],
)
def test_what_a_reader_sees_is_told(tmp_path: Path, old: str, new: str, line: str) -> None:
    [found] = told(tmp_path, {"index.html": PAGE}, {"index.html": PAGE.replace(old, new)})
    assert found.startswith("index.html :\n")
    assert f"\n  {line}" in found


def test_a_file_of_one_side_is_told_unless_it_may_differ(tmp_path: Path) -> None:
    before = {
        "a/index.html": PAGE,
        "pagefind/x/y": "1",
        "agenda.ics": "1",
        "ajouter/formulaire.json": "1",
        "flux.xml": "a",
    }
    found = told(tmp_path, before, {"b/index.html": PAGE, "assets/x.js": "2", "flux.xml": "b"})
    assert found == ["a/index.html : n’est plus", "b/index.html : nouveau", "flux.xml :\n  -a\n  +b"]


def test_what_a_change_weighs_is_told_where_it_differs() -> None:
    before = {"accueil": (61.6, 42.9, 8, 524, 75.4), "annuaire": (36.0, 28.5, 7, 1733, 67.0)}
    after = {"accueil": (61.64, 43.0, 9, 524, 75.0), "annuaire": (36.0, 28.5, 7, 1733, 67.0)}
    assert list(compare(before, after))[2:] == [
        "| accueil | 61,6 | 42,9 → **43,0** | 8 → **9** | 524 | 75,4 → **75,0** |",
        "| annuaire | 36,0 | 28,5 | 7 | 1\u202f733 | 67,0 |",
    ]


@pytest.mark.parametrize(
    ("ratios", "told"),
    [
        ([0.95, 1.09, 1.08], "le même temps de processeur, à un dixième près"),
        ([1.2, 1.3, 1.9], "30 % de temps de processeur en plus"),
        ([0.7], "30 % de temps de processeur en moins"),
    ],
)
def test_a_pace_is_told_beyond_the_noise(ratios: list[float], told: str) -> None:
    assert told in tell_pace(ratios)


# The measures of README.md --------------------------------------------------------------------------------------------

TITLES = [title for title, _ in PARTS.values()]
LINE = re.compile(r"\| [^|]+ \| [^|]+ \| [^|]* \| (?:tenu|\*\*dépassé\*\* : [^|]{10,})? \|")
BREACH = Row("construire", "9 s", "≤ 3 s", kept=False)


def test_the_measures_of_the_readme_are_in_the_form_of_the_bench() -> None:
    text = noted.README.read_text("utf-8")
    chapters = noted.read(text)
    assert {"Vitesse", "Poids des pages", "Qualité des pages"} <= set(chapters)
    assert noted.write(text, {}, TITLES) == text, "ce qui est entre les marques n’a pas été écrit par « make bench »"
    assert [line for one in chapters.values() for line in one.lines if not LINE.fullmatch(line)] == []
    outside = text.partition(noted.START)[0] + text.partition(noted.END)[2]
    assert noted.HEAD[0] not in outside


def test_a_part_that_is_measured_again_leaves_the_others() -> None:
    text = noted.README.read_text("utf-8")
    again = noted.Chapter(
        "Vitesse", "Une machine, le 1er janvier 2027", (str(dataclasses.replace(BREACH, why="pluie")),)
    )
    held = noted.read(noted.write(text, {"Vitesse": again}, TITLES))
    assert held == {**noted.read(text), "Vitesse": again}
    assert held["Vitesse"].lines == ("| construire | 9 s | ≤ 3 s | **dépassé** : pluie |",)


def test_what_passes_its_budget_without_a_word_is_not_noted() -> None:
    with pytest.raises(noted.UnexplainedError, match="construire"):
        noted.refuse_unexplained([BREACH])
    noted.refuse_unexplained([dataclasses.replace(BREACH, why="la pluie"), Row("vérifier", "1 s")])
