"""Anyone may propose an entry: whatever its texts hold, they are only shown, on pages, in feeds and in the data."""

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

from generator import french
from generator.entries.schemas.fields import Field
from generator.pages.entries import prose
from tests.support import html_pages, repository
from tests.support.annuaires import SCHEMAS

MARK = "<script>alert(1)</script>"
HOSTILE = f"{MARK} \"x\" 'y' </script> {{{{ 7*7 }}}} <!-- bloc: plan --> <img src=x onerror=alert(2)>"
QUOTED = "'" + HOSTILE.replace("'", "''") + "'"
SHORT = "'<b onclick=a()>\"''&amp;{{7*7}}'"
COP = f"""\
nom: {QUOTED}
sigle: '<b>"&'
autres_noms: [{QUOTED}]
nom_br: {QUOTED}
resume_br: {QUOTED}
type: autre
type_precision: {SHORT}
collectivite: {{type: commune, code: "29233", nom: Quimperlé}}
statut: active
themes: [eau]
resume: {QUOTED}
contact: {{page: "https://exemple.org/?a=1&b='2'", fonction: {SHORT}, adresse: {QUOTED}}}
inscrite_le: 2026-06-01
deliberation: {{numero: {SHORT}, objet: {QUOTED}}}
demarche: [{{type: pcaet, nom: {QUOTED}, url: "https://exemple.org/d"}}]
parties: [{{nom: {QUOTED}, url: "https://exemple.org/p", college: autres}}, {{nom: {SHORT}}}]
rejoindre: {{mode: ouvert, comment: {QUOTED}, url: "https://exemple.org/r"}}
rencontres: [{{debut: 2027-01-14 18:30, objet: {QUOTED}, lieu: {{nom: {SHORT}, adresse: {QUOTED}}}}}]
documents: [{{titre: {QUOTED}, url: "https://exemple.org/doc"}}]
engagements: [{{titre: {QUOTED}, statut: realise, resultat: {QUOTED}}}]
liens: [{{titre: {QUOTED}, url: "https://exemple.org/l"}}]
sources: [{{titre: {QUOTED}, url: "https://exemple.org/s"}}]
description: |
  ![image][suivi] [a](javascript:alert(3)) [b](//exemple.org/b) [c](data:text/html,x)

  [suivi]: https://exemple.org/suivi.png
  [d](https://exemple.org/d) {{{{ 7*7 }}}} "guillemets"
"""
SYNDICAT = f"""\
nom: COP fictive d’un syndicat
type: cop-locale
collectivite: {{type: syndicat-mixte, code: "000010009", nom: {QUOTED}}}
perimetre: ["29233"]
statut: active
themes: [eau]
resume: {QUOTED}
contact: {{page: "https://exemple.org/"}}
inscrite_le: 2026-06-01
"""
TRAINING = f"""\
titre: {QUOTED}
organisateur: {{nom: {QUOTED}, url: "https://exemple.org/"}}
resume: {QUOTED}
publics: [tous]
modalite: presentiel
tarif: {{mode: payant, precision: {SHORT}}}
inscription: {{url: "https://exemple.org/i"}}
publiee_le: 2026-05-04
objectifs: [{QUOTED}]
prerequis: {QUOTED}
delai_acces: {SHORT}
methodes: {QUOTED}
evaluation: {QUOTED}
accessibilite_handicap: {QUOTED}
programme: |
  ![image][suivi] [a](javascript:alert(3)) {{{{ 7*7 }}}}

  [suivi]: https://exemple.org/suivi.png
documents: [{{titre: {QUOTED}, url: "https://exemple.org/doc"}}]
sessions: [{{debut: 2027-02-01, horaires: {SHORT}, lieu: {{nom: {SHORT}, adresse: {QUOTED}}}, statut: ouverte}}]
"""
NEWS = f"""\
titre: {QUOTED}
resume: {QUOTED}
categorie: decision
cops: [hostile]
texte: |
  ![image][suivi] [a](javascript:alert(3)) {{{{ 7*7 }}}}

  [suivi]: https://exemple.org/suivi.png
evenement: {{debut: 2027-03-01, objet: {QUOTED}, lieu: {{nom: {SHORT}, adresse: {QUOTED}}}}}
liens: [{{titre: {QUOTED}, url: "https://exemple.org/l"}}]
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose every free text is an attack."""
    root = repository.make(tmp_path_factory.mktemp("hostile"), 2, 1, 1)
    for name, text in (
        ("cops/29/hostile.yml", COP),
        ("cops/29/hostile-syndicat.yml", SYNDICAT),
        ("content/formations/hostile.yml", TRAINING),
        ("content/actualites/2026-10-01-hostile.yml", NEWS),
    ):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    done = repository.build(root)
    assert done.returncode == 0, done.stderr
    return root / "site"


def free_texts(fields: Field) -> Iterator[str]:
    """Dotted names of what a contributor words freely."""
    for field in fields.walk():
        if field.element.is_free:
            yield field.path


def used(data: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from used(value, f"{where}.{key}".lstrip("."))
    elif isinstance(data, list):
        for value in data:
            yield from used(value, where)
    else:
        yield where, data


@pytest.mark.parametrize(
    ("kind", "texts"), [("cop", [COP, SYNDICAT]), ("formation", [TRAINING]), ("actualite", [NEWS])]
)
def test_every_free_text_is_attacked(kind: str, texts: list[str]) -> None:
    found = [pair for text in texts for pair in used(yaml.load(text, yaml.BaseLoader))]
    attacked = {where for where, value in found if "{{" in value or "<b" in value}
    assert sorted(set(free_texts(SCHEMAS[kind].fields)) - attacked) == []


def test_hostile_texts_are_only_shown(hostile: Path) -> None:
    pages = html_pages.read(hostile)
    shown = 0
    for page in pages.values():
        assert not [comment for comment in page.comments if "bloc:" in comment], page.path
        for tag, attributes in page.elements:
            assert not [name for name in attributes if name.startswith("on")], (page.path, tag, attributes)
            assert attributes.get("src") != "x"
            assert "suivi.png" not in str(attributes.get("src"))
            assert not re.match(r"\s*(?:javascript|data):|//", attributes.get("href") or "", re.I), (page.path, tag)
        for attributes, code in page.scripts:
            if attributes.get("type") == "application/ld+json":
                assert "<" not in code
                json.loads(code)
            else:
                assert "alert" not in code, page.path
        assert "49" not in re.findall(r"\d+ 49|: 49|>49<", page.text)
        shown += "<script>alert(1)</script>" in page.shown
    # The COP, the training, the news item, and the lists that name them.
    assert shown >= 6
    own = pages["cops/hostile/index.html"]
    assert own.shown.count("{{ 7*7 }}") >= 10
    assert len(re.findall(r"<!-- bloc\s?: plan -->", own.shown)) >= 10


def test_hostile_texts_in_linked_data(hostile: Path) -> None:
    for path, key in (("cops/hostile", "name"), ("formations/hostile", "name")):
        page = html_pages.parse(path, (hostile / path / "index.html").read_text("utf-8"))
        (data,) = page.linked_data()
        assert data["@graph"][0][key] == HOSTILE


def test_hostile_texts_in_exports_and_feeds(hostile: Path) -> None:
    items = json.loads((hostile / "donnees" / "cops.json").read_text("utf-8"))["cops"]
    (own,) = [item for item in items if item["id"] == "hostile"]
    assert HOSTILE in (own.get("donnees") or own)["nom"]
    data = hostile / "donnees"
    rows = csv.DictReader(io.StringIO((data / "cops.csv").read_text("utf-8-sig")))
    assert [row["nom"] for row in rows if row["id"] == "hostile"] == [HOSTILE]
    json.loads((hostile / "donnees" / "cops.geojson").read_text("utf-8"))
    feed_files = sorted(path for path in (hostile / "flux").rglob("*.*") if path.suffix != ".json")
    assert feed_files
    for file in feed_files:
        root = ElementTree.parse(file).getroot()
        assert not [element.tag for element in root.iter() if element.tag.endswith(("script", "img"))]
    for name in ("cops", "formations"):
        feed = ElementTree.parse(hostile / "flux" / f"{name}.rss").getroot()
        assert [title for item in feed.iter("item") if MARK in (title := item.findtext("title") or "")], name


def test_hostile_text_in_the_pictures(hostile: Path) -> None:
    badge = hostile / "integrer" / "cops" / "hostile.svg"
    for picture in (badge, hostile / "integrer" / "compteur.svg"):
        svg = ElementTree.parse(picture).getroot()
        assert not [element.tag for element in svg.iter() if element.tag.endswith(("script", "img"))]
    assert ElementTree.parse(badge).getroot().attrib["aria-label"].startswith(french.typographie(HOSTILE))


@pytest.mark.parametrize(
    "url", ["https://a.fr/", "http://a.fr", "mailto:a@b.fr", "#titre", "/cops/", "../cops/", "page/", "HTTPS://A.fr"]
)
def test_links_allowed_in_long_texts(url: str) -> None:
    assert prose.is_safe_link(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "ftp://a.fr",
        "vbscript:x",
        "file:///etc/passwd",
        "//a.fr",
        "/\\a.fr",
        "\\\\a.fr",
        "/\t/a.fr",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "&#106;avascript:alert(1)",
    ],
)
def test_links_refused_in_long_texts(url: str) -> None:
    assert not prose.is_safe_link(url)


def test_long_texts() -> None:
    assert "<script" not in prose.convert("<script>alert(1)</script>")
    assert "<b" not in prose.convert("a <b onclick=x>b</b>")
    assert "<!--" not in prose.convert("a <!-- b --> c")
    assert "<img" not in prose.convert("![x](https://exemple.org/x.png)")
    assert "href" not in prose.convert("[x](javascript:alert(1)) <javascript:alert(1)> [y](//exemple.org)")
    assert "href" not in prose.convert("[x](&#106;avascript:alert(1)) [y](java\tscript:alert(1)) [z](\\\\exemple.org)")
    assert 'onclick="' not in prose.convert("[x](https://exemple.org/ '\" onclick=\"alert(1)')")
    assert prose.convert("1 < 2 & 3") == "<p>1 &lt; 2 &amp; 3</p>\n"
    assert prose.convert("## Titre") == "<h3>Titre</h3>\n"
    assert prose.convert("###### Titre") == "<h6>Titre</h6>\n"
    assert prose.convert("[x](https://exemple.org/)") == '<p><a href="https://exemple.org/">x</a></p>\n'
