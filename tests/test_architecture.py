"""The picture of the generator stays readable: who may import whom, one room per library, no clock, no full room."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.annuaires import ROOT

GENERATOR = ROOT / "generator"

ORDER = """
    failures parallel fields french columns identity
    problems neutral reports territories
    maps.points maps.seats maps.shapes maps.atlas maps.charts maps
    sources.yaml_traps sources.yaml_errors sources.quick_read sources.careful_read sources
    schemas.guesses schemas.breaches schemas.fits schemas.reasons schemas
    settings labels forge corpus
    checks.shapes checks.privacy checks.territory_checks checks.cross_checks checks
    cop counter nearby model figures tables
    belonging events entries feeds agenda exports finder formfiles engine
    edits.yaml_text edits edits.key_order edits.fix_rules edits.fixes
    pages pages.policy pages.stylesheet pages.documentation pages.form pages.announcements pages.lists pages.atlas
    pages.facts pages.trainings pages.site pages.doors pages.jsonld pages.calendar pages.following pages.presence
    pages.facets pages.charts pages.page pages.gabarit pages.entry_pages pages.group_pages pages.months
    pages.compiling pages.prose pages.templates pages.written pages.blocs pages.embeds pages.rendering
    excerpts upkeep links.places links.fetching links.verdicts links.visits links.memory links.telling links
    directory history review edits.rewrites edits.newcop edits.questions edits.issue_forms edits.issues proposals
    contents search build rebuilder serve
    edits.importing edits.importing.sheets edits.importing.workbooks edits.importing.findings edits.importing.headings
    edits.importing.cells edits.importing.rows edits.importing.naming edits.importing.plans edits.importing.reports
    terminal cli.common cli.checking cli.reviewing cli.linking cli.building cli.asking cli.writing cli.proposing
    cli.tables cli hook
"""
"""From the ground up: a module imports only modules that stand before it. A new one finds its place here."""

ONLY_IN = {
    "click": {
        "cli",
        "cli.common",
        "cli.checking",
        "cli.reviewing",
        "cli.linking",
        "cli.building",
        "cli.asking",
        "cli.writing",
        "cli.proposing",
        "cli.tables",
        "terminal",
    },
    "jsonschema": {"schemas.reasons"},
    "jsonschema_rs": {"schemas.fits"},
    "orjson": {"exports", "pages.jsonld"},
    "yaml": {"sources.careful_read", "sources.quick_read"},
    "feedgen": {"feeds"},
    "icalendar": {"agenda"},
    # serve shows a template's mistake while one edits it
    "jinja2": {"pages.compiling", "pages.templates", "pages.blocs", "serve"},
    "cmarkgfm": {"pages.prose"},
    "nh3": {"pages.prose"},
    "mkdocs": {"hook"},
    "msgspec": {"fields", "model"},
    "resvg_py": {"maps.points"},
    "urllib3": {"links.fetching"},
    "markupsafe": {
        "pages.atlas",
        "pages.charts",
        "pages.compiling",
        "pages.documentation",
        "pages.embeds",
        "pages.facts",
        "pages.gabarit",
        "pages.jsonld",
        "pages.templates",
        "pages.trainings",
    },
    "prompt_toolkit": {"cli.asking"},
    "python_calamine": {"edits.importing.sheets"},
    "pagefind_bin": {"search"},
}
"""One seam per outside thing."""

MAY_READ_THE_CLOCK = {"cli.common", "serve"}
MAY_USE_THE_NETWORK = {"links.fetching", "serve"}
MAY_VISIT_LINKS = {"cli.linking"}  # a check or a build never does
FULL = 350  # lines: then a room is split
LONGEST = 50  # lines of a function


def modules() -> Mapping[str, Path]:
    """Modules of the generator by name from it; the scripts of data/ refresh the reference and are not part of it."""
    found = {}
    for path in sorted(GENERATOR.rglob("*.py")):
        name = ".".join(path.relative_to(GENERATOR).with_suffix("").parts).removesuffix(".__init__")
        if name != "__init__" and not name.startswith("data."):
            found[name] = path
    return found


MODULES = modules()


def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def imported(name: str) -> Iterator[str]:
    """Every module that one imports, in functions too."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: un import relatif"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole.removeprefix("generator.") in MODULES else str(node.module)


def test_every_module_has_its_place() -> None:
    assert sorted(ORDER.split()) == sorted(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_downward(name: str) -> None:
    order = ORDER.split()
    own = {other.removeprefix("generator.") for other in imported(name) if other.startswith("generator.")}
    below = order[: order.index(name)] if name in order else order
    assert sorted(own - set(below)) == []


@pytest.mark.parametrize("name", MODULES)
def test_one_room_per_library(name: str) -> None:
    roots = {other.split(".")[0] for other in imported(name)}
    foreign = roots - set(sys.stdlib_module_names) - {"generator"}
    assert foreign <= set(ONLY_IN)
    assert [library for library in sorted(foreign) if name not in ONLY_IN[library]] == []


def test_every_library_has_its_room() -> None:
    users = {
        (lib, name) for name in MODULES for lib in {other.split(".")[0] for other in imported(name)} & set(ONLY_IN)
    }
    assert users == {(library, name) for library, names in ONLY_IN.items() for name in names}


@pytest.mark.parametrize("name", MODULES)
def test_no_room_is_too_full(name: str) -> None:
    assert MODULES[name].read_text(encoding="utf-8").count("\n") <= FULL


@pytest.mark.parametrize("name", MODULES)
def test_no_function_is_too_long(name: str) -> None:
    functions = [node for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST] == []


CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "strftime", "ctime", "monotonic"}


@pytest.mark.parametrize("name", sorted(set(MODULES) - MAY_READ_THE_CLOCK))
def test_nothing_reads_the_clock(name: str) -> None:
    read = [
        ast.unparse(node)
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and ast.unparse(node.func.value) in {"time", "datetime", "datetime.datetime", "date", "datetime.date"}
    ]
    assert read == []
    assert not {"time", "random", "uuid4", "secrets"} & set(imported(name))


@pytest.mark.parametrize("name", sorted(set(MODULES) - MAY_USE_THE_NETWORK))
def test_nothing_uses_the_network(name: str) -> None:
    assert not {"socket", "urllib.request", "http.client", "http.server"} & set(imported(name))


def test_only_one_command_visits_links() -> None:
    users = {name for name in MODULES if any(other.startswith("generator.links") for other in imported(name))}
    assert {name for name in users if name.split(".")[0] != "links"} == MAY_VISIT_LINKS


def _decorators(node: ast.AST) -> Iterator[str]:
    """The names of the decorators inside it, with or without arguments."""
    for inside in ast.walk(node):
        for use in getattr(inside, "decorator_list", []):
            yield ast.unparse(use.func if isinstance(use, ast.Call) else use).rpartition(".")[2]


MAY_REMEMBER = {"french", "maps.points", "maps.shapes", "pages.announcements"}  # functions of a text, a file, a feed


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_hidden_state(name: str) -> None:
    # A cache on a method keeps its object alive; a global changes what the next call answers.
    classes = [node for node in ast.walk(tree(name)) if isinstance(node, ast.ClassDef)]
    assert not {"cache", "lru_cache"} & {use for node in classes for use in _decorators(node)}
    assert name in MAY_REMEMBER or not {"cache", "lru_cache"} & set(_decorators(tree(name)))
    assert not [node for node in ast.walk(tree(name)) if isinstance(node, ast.Global)]


def test_the_reference_is_refreshed_without_our_libraries() -> None:
    """`make reference` runs in an environment of its own, which has shapely and nothing of ours."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import generator.data.borders, generator.french"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_the_engine_is_named_in_few_places() -> None:
    # It will be replaced: nothing but these knows that it is MkDocs, and one the package of the sheets of Material.
    knowing = {
        name for name in MODULES if "mkdocs" in MODULES[name].read_text("utf-8").replace("mkdocs.yml", "").lower()
    }
    assert knowing <= {
        "engine",
        "hook",
        "pages.stylesheet",
        "settings",
    }


SCRIPTS = sorted((ROOT / "generator/theme/assets").rglob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_line_calls_what_ends_the_line_before(path: Path) -> None:
    # Our scripts have no semicolons: a line that begins with « ( » or « [ » would go on from a value above it.
    text = re.sub(r"/\*.*?\*/|(?<![:\"])//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"[\w)\]\"'`]\n\s*[(\[`][^\n]*", text) == []
