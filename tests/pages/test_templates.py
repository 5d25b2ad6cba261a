"""Every template is rendered from entries that say all and from entries that say least: it knows each name it says."""

from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache

import jinja2
import minijinja
import pytest
from jinja2 import meta, nodes

from generator.entries.content.page import bloc_names
from generator.pages.frame.gabarit import MARKS, cut
from generator.pages.frame.loading import TEMPLATES_FOLDER, load_environment, read_template
from generator.pages.frame.page import Head
from generator.pages.frame.templates import FILTERS, Templates, list_globals
from generator.pages.handwritten import blocs
from generator.pages.rendering import list_by_section, list_pages, make_head
from generator.pages.site import Site, Step
from generator.repository.snapshot import read_snapshot
from tests.support import annuaires, repository

WALLS = cut("".join(f"<!-- gabarit: {mark} -->" for mark in MARKS))
PARSER = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
PARSER.filters |= FILTERS
HEAD = Head("essai/", "Une page d’essai", "Ce qu’elle montre.", "texte", "../", ())


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Site]:
    """A directory whose entries say all they can, one whose entries say what they must, one without any entry."""
    root = repository.make(tmp_path_factory.mktemp("gabarits"), 30, 9, 24)
    full = read_snapshot(root, {}, annuaires.TODAY).annuaire()
    closed = replace(annuaires.SETTINGS, departements=("29",))  # fewer pages of communes
    least = annuaires.build({"seule": annuaires.cop()}, {"seule": annuaires.formation()}, settings=closed)
    open_doors = replace(
        closed,
        depot="https://github.com/exemple/annuaire",
        forge="github",
        courriel="a@exemple.org",
        abonnement="https://service.example/lettre",
    )
    return {
        "pleins": Site(full, open_doors, annuaires.SCHEMAS),
        "minimaux": Site(least, closed, annuaires.SCHEMAS),
        "vide": Site(annuaires.build(settings=closed), closed, annuaires.SCHEMAS),
    }


@pytest.mark.parametrize("entries", ["pleins", "minimaux", "vide"])
def test_every_page_is_rendered_with_strict_names(sites: Mapping[str, Site], entries: str) -> None:
    site = sites[entries]
    templates = Templates(site)
    for page in list_pages(site):
        assert templates.render_page(page.template, make_head(page), WALLS, page.make_content())
        assert not page.make_record or templates.render_notice(page.make_record())
    own = blocs.gather(site, HEAD.root, {"Accueil": [Step("Accueil", "")]}, list_by_section(list_pages(site)))
    for name in bloc_names():
        templates.render(f"blocs/{name}.html", HEAD, blocs=own)


@cache
def family(template: str) -> set[str]:
    """A template and those that it extends, imports or includes."""
    family, asked = set(), [template]
    while asked:
        name = asked.pop()
        if name not in family:
            family.add(name)
            asked += [str(other) for other in meta.find_referenced_templates(tree_of(name))]
    return family


@cache
def tree_of(template: str) -> nodes.Template:
    return PARSER.parse(read_template(template))


def unknown_names(template: str, known: set[str]) -> set[str]:
    """What a template and its family say and nobody tells them: a partial may say what its includer has set."""
    said, own = zip(*map(names_of, family(template)), strict=True)
    return set().union(*said) - set().union(*own) - known


@cache
def names_of(template: str) -> tuple[set[str], set[str]]:
    """What one template says and does not set, and what it sets."""
    tree = tree_of(template)
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx in {"store", "param"}}
    for statement in tree.find_all(nodes.FromImport):
        own |= {name[1] if isinstance(name, tuple) else name for name in statement.names}
    return meta.find_undeclared_variables(tree), own


def test_every_template_is_reached(sites: Mapping[str, Site]) -> None:
    asked = {page.template for page in list_pages(sites["pleins"])} | {f"blocs/{name}.html" for name in bloc_names()}
    sent = {"courriel/lettre.html", "courriel/article.html", "apercu.html", "serve/nothing-yet.html"}
    reached = {name for template in asked | sent for name in family(template)} | {"notice-recherche.html"}
    assert reached == {path.relative_to(TEMPLATES_FOLDER).as_posix() for path in TEMPLATES_FOLDER.rglob("*.html")}


def test_a_template_says_only_what_its_page_knows(sites: Mapping[str, Site]) -> None:
    """In the branches too that no entry of today takes."""
    site = sites["pleins"]
    shared = {*list_globals(site), "page"}
    wrong = {name: unknown_names(f"blocs/{name}.html", {*shared, "blocs"}) for name in bloc_names()}
    for template, content in {page.template: page.make_content() for page in list_pages(site)}.items():
        names = {field.name for field in fields(content)}  # type: ignore[arg-type]
        wrong[template] = unknown_names(template, {*shared, "gabarit", *names})
    letters = ("courriel/lettre.html", "courriel/article.html")
    wrong |= {name: unknown_names(name, {*shared, "letter"} - {"page"}) for name in letters}
    assert {template: names for template, names in wrong.items() if names} == {}


@pytest.mark.parametrize("source", ["{{ inconnu }}", "{{ page.inconnu }}", "{% if page.inconnu %}{% endif %}"])
def test_an_unknown_name_is_an_error(source: str) -> None:
    with pytest.raises(minijinja.TemplateError, match="inconnu"):
        load_environment().render_str(source, page=HEAD)


def test_what_is_written_by_others_is_escaped() -> None:
    text = "<script>&'\""
    assert load_environment().render_str("{{ text }}", text=text) == "&lt;script&gt;&amp;&#x27;&quot;"
