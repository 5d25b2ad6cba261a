"""What is written in content/ is text: nothing of it is evaluated, wherever it stands; no link of it is followed."""

import itertools
import json
from pathlib import Path

from tests.support import repository

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
PLACES = ("title", "description", "scripts", "onglet", "texte", "gabarit")


def page(place: str, text: str) -> str:
    """A page with a text in one of its places."""
    head = {"title": "Essai"}
    if place == "texte":
        return f"---\n{json.dumps(head)}\n---\n\n{text}\n"
    if place == "scripts":
        return f"---\n{json.dumps(head | {'scripts': [text]})}\n---\n\nEssai\n"
    if place == "gabarit":
        return f"---\n{json.dumps(head | {'template': 'gabarit.html', 'scripts': [text]})}\n---\n\n{text}\n"
    return f"---\n{json.dumps(head | {place: text})}\n---\n\nEssai\n"


def test_nothing_written_in_content_is_evaluated(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 1, 1, 1)
    names = []
    for place, (name, text) in itertools.product(PLACES, EXPRESSIONS.items()):
        names.append(f"{place}-{name}")
        (root / f"content/{place}-{name}.md").write_text(page(place, text), encoding="utf-8")
    # Where the gabarits of the sections once stood.
    for section, text in zip(("cops", "formations", "agenda"), EXPRESSIONS.values(), strict=False):
        (root / "content" / section).mkdir(exist_ok=True)
        (root / "content" / section / "gabarit.md").write_text(page("gabarit", text), encoding="utf-8")
    built = repository.build(root)
    assert built.returncode == 0, built.stderr
    assert list(tmp_path.rglob("execute")) == []
    pages = {
        path.relative_to(root / "site").as_posix(): path.read_text("utf-8") for path in root.rglob("site/**/*.html")
    }
    assert {f"{name}/index.html" for name in names} <= set(pages)
    assert [path for path, html in pages.items() if "1337</" in html or ">1337" in html or "1337\n" in html] == []


LINKS = ("page.md", "images/photo.txt", "formations/page.md", "actualites/page.md", "boucle")


def test_no_link_under_content_is_followed(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 1, 1, 1)
    secret = tmp_path / "secret.md"
    secret.write_text("# Un secret de la machine\n", encoding="utf-8")
    for place in LINKS:
        (root / "content" / place).parent.mkdir(exist_ok=True)
        (root / "content" / place).symlink_to(root / "content" if place == "boucle" else secret)
    checked, built = repository.run("--root", root, "check", "--date", repository.TODAY), repository.build(root)
    assert (checked.returncode, built.returncode) == (1, 1)
    for told in (checked.stdout, built.stderr):
        assert [place for place in LINKS if f"\ncontent/{place}:1:1:" not in f"\n{told}"] == []
        assert "secret" not in told
    assert not (root / "site").exists()
