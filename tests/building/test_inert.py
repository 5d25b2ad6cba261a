"""What is written in content/ is text: nothing of it is evaluated or runs, and what the check lets pass is built.

Many files are planted at once, in one copy of the repository: those that the check refuses, each with its sentence, are
taken away, and the site of the others holds nothing that acts.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest

from generator.building.serve import read_stamps
from generator.engine import Walls
from generator.pages.frame import policy
from generator.pages.frame.gabarit import END, START
from generator.pages.rendering import Rendering
from generator.pages.site import Site
from tests.support import annuaires, repository

# 191 × 7 is 1337: the product is nowhere in our pages, and stands there as soon as somebody computes it.
EXPRESSIONS = {
    "expression": "{{ 191 * 7 }}",
    "code": "{{ cycler.__init__.__globals__['os'].popen('touch execute; echo 1337').read() }}",
    "instruction": "{% if true %}{{ 191 * 7 }}{% endif %}",
    "heritage": "{% extends 'page.html' %}{% block contenu %}{{ 191 * 7 }}{% endblock %}",
    "bloc": "{% endblock %}{{ 191 * 7 }}{% block contenu %}",
    "marque": "<!-- gabarit: contenu -->{{ 191 * 7 }}",
    "commentaire": "{# {{ 191 * 7 }} #}",
}
PLACES = ("title", "description", "scripts", "onglet", "template", "texte")

ACTS = {
    "script": "<script>MAL()</script>",
    "script-d-ailleurs": '<script src="https://mal.example/x.js"></script>',
    "image-qui-agit": '<img src="x" onerror="MAL()">',
    "image-d-ailleurs": '<img src="https://mal.example/p.png">',
    "image-markdown": "![x](https://mal.example/p.png)",
    "cadre": '<iframe src="https://mal.example/"></iframe>',
    "renvoi": '<meta http-equiv="refresh" content="0;url=https://mal.example/">',
    "formulaire": '<form action="https://mal.example/"><input name="x"></form>',
    "style": "<style>@import url(https://mal.example/x.css);</style>",
    "base": '<base href="https://mal.example/">',
    "feuille": '<link rel="stylesheet" href="https://mal.example/x.css">',
    "dessin": '<svg onload="MAL()"><script>MAL()</script></svg>',
    "formule": '<math><a xlink:href="javascript:MAL()">x</a></math>',
    "objet": '<object data="https://mal.example/x"></object><embed src="https://mal.example/x">',
    "attribut": '<p onclick="MAL()" style="background:url(https://mal.example/x)">x</p>',
    "lien": '<a href="javascript:MAL()">x</a>',
    "lien-markdown": "[x](javascript:MAL())",
    "lien-deguise": "[x](&#106;ava&Tab;script:MAL())",
    "lien-nomme": "[x][y]\n\n[y]: javascript:MAL()",
    "attributs-markdown": 'x\n{: onclick="MAL()" style="color:red" }',
    "marque-cachee": '[x](y "<!-- bloc: heros -->")',
}
AROUND = {
    "nu": "{}",
    "cloture": "```html\n{}\n```",
    "cloture-ouverte": "```html\n{}",
    "cloture-etrange": "``` a`b\n{}\n```",
    "tildes": "~~~\n{}\n~~~~",
    "accents": "`{}`",
    "accents-echappes": "\\`{}\\`",
    "accents-de-deux-passages": "`a\n\n{}\n\nb`",
    "retrait": "    {}",
    "liste": "- a\n\n        {}",
    "citation": "> {}",
    "markdown": '<div markdown="1">\n{}\n</div>',
    "commentaire": "<!-- {} -->",
    "commentaire-vide": "<!--> {} -->",
    "commentaire-mal-ferme": "<!-- a --!> {} -->",
    "pre": "<pre>\n{}\n</pre>",
    "titre": "# {}",
    "tableau": "|a|\n|-|\n|{}|",
    "definition": "a\n:   {}",
    "echappe": "\\{}",
}
WELL_MEANT = {
    "content/images/vraie.png": b"\x89PNG\r\n\x1a\n",
    "content/une-page.md": b"# Page\n\n![Ici](images/vraie.png), [l'accueil](index.md), [plus bas](#plus-bas).\n\n"
    b"## Plus bas\n\n<https://exemple.org>, a < b, `<script>`, AT&T.\n",
    "content/contribuer/une-autre.md": b"\xef\xbb\xbf---\r\ntitle: Une autre\r\nrecherche: non\r\n---\r\n\r\n# A\r\n",
    "content/404.md": b"# Une page au nom d'une autre\n",
    "content/vide.md": b"",
}
OUT_OF_PLACE = (
    *("x.js", "x.html", "x.svg", "x.css", "x.txt", "x.php", "x.xml", "x.yml", "CNAME", ".htaccess", "_headers"),
    *(
        "sitemap.xml",
        "robots.txt",
        "README.md",
        "pagefind.md",
        "Pacte.md",
        "une page.md",
        "page.MD",
        "images/x.svg",
        "images/x.md",
    ),
    *("images/fausse.png", "formations/cachee.md", "actualites/cachee.md", "cops/une-cop.md", "cops/gabarit.md"),
    *("donnees/cops.json", "agenda/2026-11.md", "territoires/finistere.md", "assets/x.md", "assets/x.js"),
    *("contribuer/index.md", "contribuer/loin/page.md", "nouveau/page.md", "flux/cops.rss", "pagefind/x.md"),
)


def page(place: str, text: str) -> str:
    """A page with a text in one of its places."""
    head = {"title": "Essai"}
    if place == "texte":
        return f"---\n{json.dumps(head)}\n---\n\n{text}\n"
    value = [text] if place == "scripts" else text
    return f"---\n{json.dumps(head | {place: value})}\n---\n\nEssai\n"


def plants() -> Iterator[tuple[str, bytes]]:
    yield from WELL_MEANT.items()
    yield from ((f"content/{name}", b"MAL()\n") for name in OUT_OF_PLACE)
    for place, (name, text) in product(PLACES, EXPRESSIONS.items()):
        yield f"content/{place}-{name}.md", page(place, text).encode()
    for (act, text), (around, pattern) in product(ACTS.items(), AROUND.items()):
        yield f"content/{act}-en-{around}.md", f"# Essai\n\n{pattern.format(text)}\n".encode()
    for act, text in ACTS.items():
        yield f"content/{act}-en-tete.md", page("title", text).encode()
        yield f"content/{act}-en-tete-deguise.md", page("title", text.replace("<", "&lt;")).encode()
        yield f"content/{act}-en-description.md", page("description", f'"></title>{text}').encode()


class Reader(HTMLParser):
    """What acts in a page, as a browser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.acts: list[str] = []
        self._script: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.acts += [name for name in values if name.startswith("on") or name == "style"]
        if tag == "script" and "src" not in values and "json" not in values.get("type", ""):
            self._script = ""
        if tag == "meta" and values.get("http-equiv", "").lower() == "refresh":
            self.acts.append("refresh")
        if tag in {"iframe", "object", "embed", "base", "style", "math"}:
            self.acts.append(tag)
        if tag != "a" and "mal.example" in " ".join(values.get(key, "") for key in ("src", "href", "action", "data")):
            self.acts.append(f"{tag} d’ailleurs")
        if any(value.strip().lower().startswith(("javascript:", "data:")) for value in values.values()):
            self.acts.append("adresse")

    def handle_data(self, data: str) -> None:
        if self._script is not None and "MAL" in data:
            self.acts.append("script")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Mapping[str, list[str]]]:
    """A site built with all that the check lets pass; what it refused, by file."""
    root = repository.make(tmp_path_factory.mktemp("inerte") / "depot", 1, 1, 1)
    for name, raw in plants():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(raw)
    told = json.loads(repository.call("--root", root, "check", "--date", repository.TODAY, "--format", "json").stdout)
    refused: dict[str, list[str]] = {}
    for problem in told["problems"]:
        if problem["severity"] == "erreur":
            refused.setdefault(problem["path"], []).append(problem["message"] + problem["remedy"])
    for name in refused:
        (root / name).unlink()
    built = repository.build(root)
    assert built.returncode == 0, built.stderr
    return root, refused


def test_what_the_check_lets_pass_is_built(planted: tuple[Path, Mapping[str, list[str]]]) -> None:
    root, refused = planted
    assert all(message.strip() for messages in refused.values() for message in messages)
    expected = {name for name, _ in plants()} - set(refused)
    assert set(WELL_MEANT) <= expected
    for name in expected:
        inside = name.removeprefix("content/")
        path = inside.removesuffix(".md") + "/index.html" if inside.endswith(".md") else inside
        assert (root / "site" / path).is_file(), name


def test_what_is_no_page_and_no_picture_is_refused(planted: tuple[Path, Mapping[str, list[str]]]) -> None:
    assert {f"content/{name}" for name in OUT_OF_PLACE} - set(planted[1]) == set()
    assert {f"content/{act}-en-nu.md" for act in ACTS} - set(planted[1]) <= {
        "content/attributs-markdown-en-nu.md",  # a plain text for our engine
        "content/marque-cachee-en-nu.md",  # the title of a link
    }


def test_nothing_written_in_content_is_evaluated(planted: tuple[Path, Mapping[str, list[str]]]) -> None:
    root, refused = planted
    assert list(root.parent.rglob("execute")) == []
    pages = {path: path.read_text("utf-8") for path in root.rglob("site/**/*.html")}
    assert [path for path, html in pages.items() if "1337</" in html or ">1337" in html or "1337\n" in html] == []
    # Said as they are, where a text may say anything.
    shown = {f"content/{place}-{name}.md" for place in ("title", "description", "texte") for name in EXPRESSIONS}
    assert shown & set(refused) == set()
    assert {f"content/{place}-{name}.md" for place in ("scripts", "onglet", "template") for name in EXPRESSIONS} <= set(
        refused
    )


def test_nothing_that_acts_is_in_the_site(planted: tuple[Path, Mapping[str, list[str]]]) -> None:
    root, refused = planted
    names = [Path(name).stem for name, _ in plants() if name.endswith(".md") and name not in refused]
    assert len(names) > 50
    wrong = {}
    for name in names:
        for path in root.glob(f"site/**/{name}/index.html"):
            if acts := Reader(path.read_text("utf-8")).acts:
                wrong[name] = acts
    assert wrong == {}
    made_by_others = [path for path in root.rglob("site/**/*") if path.is_file() and path.read_bytes()[:5] == b"MAL()"]
    assert made_by_others == []


def test_the_policy_knows_the_scripts_of_the_theme_alone(planted: tuple[Path, Mapping[str, list[str]]]) -> None:
    root, _ = planted
    rules = {
        match[1]
        for path in root.rglob("site/**/*.html")
        for match in re.finditer(r'Content-Security-Policy" content="([^"]*)"', path.read_text("utf-8"))
    }
    # What other sites embed, or leads elsewhere, runs nothing at all.
    assert {rule for rule in rules if "script-src" in rule} == {policy.write_policy()}
    assert not [rule for rule in rules if "default-src 'none'" not in rule]


def test_a_script_that_reaches_a_page_by_another_way_is_not_allowed() -> None:
    stray = "<script>MAL()</script>"
    page = f"<html><head><title>x</title></head><body>{stray}{START}<p>{stray}x</p>{END}{stray}</body></html>"
    walls = Walls({"essai/index.html": page}, {}, {})
    made = Rendering(Site(annuaires.build(), annuaires.SETTINGS, annuaires.SCHEMAS), walls)
    html = made.producers()[0]()["essai/index.html"].decode()
    digest = base64.b64encode(hashlib.sha256(b"MAL()").digest()).decode()
    assert digest not in html
    assert f"{START}<p>x</p>{END}" in html


LINKS = ("page.md", "images/photo.png", "formations/page.md", "actualites/page.md", "boucle")


def test_no_link_under_content_is_followed(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 1, 1, 1)
    secret = tmp_path / "secret.md"
    secret.write_text("# Un secret de la machine\n", encoding="utf-8")
    for place in LINKS:
        (root / "content" / place).parent.mkdir(exist_ok=True)
        (root / "content" / place).symlink_to(root / "content" if place == "boucle" else secret)
    checked, built = repository.call("--root", root, "check", "--date", repository.TODAY), repository.build(root)
    assert (checked.returncode, built.returncode) == (1, 1)
    for told in (checked.stdout, built.stderr):
        assert [place for place in LINKS if f"\ncontent/{place}:1:1:" not in f"\n{told}"] == []
        assert "secret" not in told
    stamped = read_stamps(root)
    assert [place for place in LINKS if f"content/{place}" not in stamped] == []
    assert not (root / "site").exists()
