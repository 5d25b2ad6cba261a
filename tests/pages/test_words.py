"""The words that people read: one word a thing, none that is a riddle, no promise in the name of others.

Read where they are written: pages, templates, scripts, sentences of problems, schemas, request forms. An exception is
said beside the word, by the file that may hold it.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT

MAINTAINERS = ("content/heberger.md", "content/relire.md", "schema/settings.schema.json")
"""For those who keep the directory: the words of the tools that they have before their eyes."""
COMMANDS = tuple(
    f"generator/{name}.py" for name in "cli/check cli/import_table cli/issue cli/links upkeep/areas".split()
)
"""They speak to the programs of a forge."""
THE_CALL = ("content/appel.md", "content/actualites/2023-12-01-appel-1000-cop.yml", "schema/actualite.schema.json")
"""What the network wrote is quoted as it wrote it."""
SAYS_WHAT_IT_IS_NOT = (
    "content/lancer.md",
    "content/de-quoi-parle-t-on.md",
    "content/lexique.md",
    "cops/29/douarnenez-comite-consultatif-de-la-transition-ecologique.yml",
)
"""They tell a commission municipale from a commission extra-municipale."""

WORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    r"flux": ("fil d’actualité (RSS) ; automatisme", (*MAINTAINERS, "content/suivre.md")),  # the menu of a reader
    r"forges?": ("GitHub, où sont rangées les fiches", (*MAINTAINERS, *COMMANDS)),
    r"personnes? privées?": ("personne, même élue", ()),
    r"témoins? de connexion": ("cookie", ()),
    r"portables?": ("mobile", ()),
    r"paraîtr?\w*|paraiss\w+": ("être publié, s’afficher", ()),
    r"(?:accepté|publié)e?s? telle?s? quelle?s?": ("une personne relit", ()),
    r"répond aux messages": ("rien ne l’établit", ()),
    r"n’a plus cours": ("les rendez-vous passés depuis peuvent encore y figurer", ()),
    r"l’un des mille points": ("place de cette COP parmi les points", ()),
    r"vous résiste": ("vous pose problème", ()),
    r"rendre vôtres?": ("adapter", ()),
    r"à naître|un grand mot|se heurte": ("une phrase ordinaire", ()),
    r"oublie(?:nt)? à leur prochain passage": ("quelques jours ou quelques semaines ; déréférencement", ()),
    r"créée sous l’article": ("en application de", ()),
    r"à la même page": ("sur une même page", ()),
    r"Personne de privé|Quelqu’un qui presse": ("aucun nom de personne ; on vous presse", ()),
    r"commissions? municipales?": ("commission extra-municipale", SAYS_WHAT_IT_IS_NOT),
    r"réseau Cohérence": ("Réseau Cohérence", THE_CALL),
    r"Saisine|Mode de (?:désignation|décision)": (
        "qui propose les sujets, choix des membres, façon de décider",
        ("content/lexique.md",),
    ),
    r"(?:quatre-vingts?|\d+|\}) signes": ("caractères", ()),
    r"service-public\.fr": ("service-public.gouv.fr", ()),
    r"reste(?:nt)? à créer": ("aucune COP recensée pour l’instant", ()),
    r"projection honnête": ("aucune projection n’est donnée", ()),
    r"nul ne sait": ("personne ne sait", ()),
    r"a déjà une COP": ("un annuaire recense une COP : elle est peut-être à confirmer", ()),
    r"dans le territoire d[eu]": ("dans le Finistère, en Ille-et-Vilaine", ()),
    r"faire entrer d’un coup": ("ajouter en une fois", ()),
    r"portes restent ouvertes": ("dire laquelle, et y mener", ()),
    r"s’en saisir": ("s’en servir", ()),
    r"la même table|commence de zéro": ("une phrase ordinaire", ()),
    r"sauf à": ("sauf si", ()),
    r"Rythme\s*:|Séances publiques\s*:": ("se réunit chaque mois, en séance publique", ()),
}
"""What is not written, as a whole word; what is written instead, and the files that may hold it."""


def _strip(text: str) -> str:
    """The words of a page or template: no tag, save what a tag shows or tells; no address, no code, no Jinja."""
    shown = " ".join(re.findall(r'\b(?:aria-label|data-copier|placeholder|title)="([^"]*)"', text))
    text = re.sub(r"<!--.*?-->|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<code.*?</code>|`[^`\n]*`", " ", text, flags=re.DOTALL)
    text = re.sub(r"\]\([^)]*\)|<[^>]*>|^[a-z]+:(?= \[)|https?://\S+", " ", text, flags=re.MULTILINE)
    return f"{text}\n{shown}"


def _texts(data: Any, keys: frozenset[str] | None) -> Iterator[str]:
    """The texts of some JSON: those under the given keys, every one without them."""
    if isinstance(data, str):
        if keys is None:
            yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, None if keys is None or key in keys else keys)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, keys)


READ_IN_SCHEMAS = frozenset({"title", "description", "enumDescriptions", "titre"})


@cache
def texts() -> Mapping[str, str]:
    """Read when the first test asks: no other process needs them."""
    return dict(shown_texts())


def shown_texts() -> Iterator[tuple[str, str]]:
    """Each file that holds words for people, by its path, with these words."""
    for folder, pattern in (
        ("content", "**/*.md"),
        ("generator/templates", "**/*.html"),
        ("generator/theme", "**/*.html"),
    ):
        for path in sorted((ROOT / folder).glob(pattern)):
            yield _name(path), _strip(path.read_text("utf-8"))
    for folder in ("content", "cops"):
        for path in sorted((ROOT / folder).rglob("*.yml")):
            yield _name(path), re.sub(r"^ *#.*|https?://\S+", "", path.read_text("utf-8"), flags=re.MULTILINE)
    for path in sorted((ROOT / "generator" / "theme" / "assets").rglob("*.js")):
        code = re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
        yield (
            _name(path),
            "\n".join(text for text in re.findall(r'"([^"\n]*)"|`([^`]*)`', code) for text in text if " " in text),
        )
    for path in sorted((ROOT / "schema").glob("*.json")):
        yield _name(path), "\n".join(_texts(json.loads(path.read_text("utf-8")), READ_IN_SCHEMAS))
    sentences = ROOT / "generator" / "problems" / "sentences.json"
    yield _name(sentences), "\n".join(_texts(json.loads(sentences.read_text("utf-8")), None))
    for folder in ("cli", "edits", "pages", "upkeep"):
        for path in sorted((ROOT / "generator" / folder).rglob("*.py")):
            yield _name(path), "\n".join(_said(path.read_text("utf-8")))
    for path in sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")):
        yield _name(path), path.read_text("utf-8")


def _said(source: str) -> Iterator[str]:
    """The texts of a module that it may say to somebody: its docstrings, which are for who reads it, left out."""
    tree = ast.parse(source)
    ours = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and " " in node.value
            and id(node) not in ours
        ):
            yield node.value


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("word", WORDS)
def test_a_word_not_to_be_used_is_not(word: str) -> None:
    better, allowed = WORDS[word]
    pattern = re.compile(rf"(?<![\w’-])(?:{word})(?![\w-])")
    found = [
        f"{name} : « {text[max(0, match.start() - 40) : match.end() + 40]} »"
        for name, text in texts().items()
        if name not in allowed
        for match in pattern.finditer(text.replace("\u00a0", " ").replace("\u202f", " "))
    ]
    assert found == [], f"écrivez plutôt : {better}"


def test_an_exception_is_of_a_file_that_is_read() -> None:
    """And of one that needs it, save those for maintainers, which others write."""
    assert {name for _, allowed in WORDS.values() for name in allowed} <= set(texts())


def test_texts_for_people_have_no_straight_apostrophe() -> None:
    straight = re.compile(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]")
    schemas = {path: json.loads(path.read_text("utf-8")) for path in (ROOT / "schema").glob("*.json")}
    found = [
        (path.name, text)
        for path, data in schemas.items()
        for text in _texts(data, READ_IN_SCHEMAS | {"examples"})
        if straight.search(text)
    ]
    assert found == []


def test_the_home_page_says_what_a_cop_is_on_its_first_screen() -> None:
    hero = texts()["generator/templates/blocs/heros.html"]
    assert [word for word in ("conférence des parties", "climat", "écologique et solidaire") if word not in hero] == []


def test_the_call_is_whole_and_names_nobody() -> None:
    page = texts()["content/appel.md"]
    for passage in (
        "Le chaos climatique est à notre porte",
        "une transformation de la gouvernance et de la façon de faire de la politique",
        "favoriseront l’acceptation et l’accélération des changements environnementaux",
        "Et bien d’autres espaces existants se prêtent à cet exercice",
        "Osez la coopération, votre société civile est prête",
    ):
        assert passage in page
    assert "@" not in (ROOT / "content" / "appel.md").read_text("utf-8")
    assert "reseau-coherence.org/archives/6509" in (ROOT / "content" / "appel.md").read_text("utf-8")


def test_links_to_the_law_lead_to_the_code_in_force() -> None:
    """The address of an article is that of one of its versions: after a reform it would tell what is no longer law."""
    linked = [
        (name, address)
        for folder, ending in (("content", "md"), ("schema", "json"), ("generator/templates", "html"))
        for path in sorted((ROOT / folder).rglob(f"*.{ending}"))
        for name in [_name(path)]
        for address in re.findall(r"https://www\.legifrance\.gouv\.fr/[^\s\")]*", path.read_text("utf-8"))
    ]
    assert linked
    whole = re.compile(r"https://www\.legifrance\.gouv\.fr/(?:codes/texte_lc/LEGITEXT\d{12}/|loda/id/JORFTEXT\d{12}/?)")
    assert [link for link in linked if not whole.fullmatch(link[1])] == []


def test_the_page_of_the_forms_names_those_that_bear_them() -> None:
    """A hand-written page and the schema say the same of each form."""
    page = (ROOT / "content" / "de-quoi-parle-t-on.md").read_text("utf-8")
    schema = json.loads((ROOT / "schema" / "cop.schema.json").read_text("utf-8"))
    forms, bearers = schema["properties"]["type"], schema["$defs"]["collectivite"]["properties"]["type"]["x-phrase"]
    for form, label in zip(forms["enum"], forms["enumDescriptions"], strict=True):
        told = (
            page.partition(f"<dt>{label.partition(' (')[0]}</dt>")[2]
            .partition('<dd class="menu">')[2]
            .partition(".")[0]
        )
        named = {re.sub("^l(?:e |a |’)", "", bearers[kind]) for kind in forms["x-echelle"].get(form, ())}
        assert set(re.split(", | ou ", told.lower())) == (named or {"toute échelle"}), label
