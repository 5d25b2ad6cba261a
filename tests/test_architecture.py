"""The picture of the generator stays readable: who may import whom, one room per library, no clock, no full room."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.support.paths import ROOT

GENERATOR = ROOT / "generator"

FLOORS = """
    french failures files likeness
    harmless
    problems territories
    entries pictures
    model
    repository
    engine feeds opendata
    pages upkeep
    building edits
    cli
    hook
"""
"""From the ground up: a package imports itself and what stands on the floors below, never beside nor above."""

ONLY_IN = {
    "click": {"cli"},
    "jsonschema_rs": {"entries.schemas"},
    "orjson": {"opendata", "pages"},
    "yaml": {"engine", "entries.yaml"},
    "feedgen": {"feeds"},
    "icalendar": {"feeds", "edits.calendars"},
    "dateutil": {"edits.calendars"},
    "tinycss2": {"pages.frame"},
    "minijinja": {"pages.frame"},
    "cmarkgfm": {"pages.entries"},
    "nh3": {"pages.entries", "pages.handwritten", "building.proposal"},
    "mkdocs": {"hook"},
    "msgspec": {"model"},
    "resvg_py": {"pictures"},
    "segno": {"pictures"},
    "urllib3": {"upkeep.links"},
    "xlsxwriter": {"upkeep"},
    # What is inserted as it is: sanitised texts, the walls of the engine, linked data. Pictures have their own type.
    "markupsafe": {"pages.entries.prose", "pages.frame.gabarit", "pages.jsonld", "building.proposal"},
    "prompt_toolkit": {"cli"},
    "python_calamine": {"edits.importing"},
    "pagefind_bin": {"building"},
}
"""One seam per outside thing: the packages that may import it."""

MAY_READ_THE_CLOCK = {"cli.common", "building.serve"}
MAY_USE_THE_NETWORK = {"upkeep.links.fetching", "building.preview"}
MAY_VISIT_LINKS = {
    "cli.links",
    "cli.calendriers",
    "cli.visiting",
    "edits.calendars.rounds",
}  # a check or a build never does
FULL = 350  # lines: then a room is split
LONGEST = 50  # lines of a function


def modules() -> Mapping[str, Path]:
    """Modules of the generator by name from it; those that refresh the reference are not part of it."""
    found = {}
    for path in sorted(GENERATOR.rglob("*.py")):
        name = ".".join(path.relative_to(GENERATOR).with_suffix("").parts).removesuffix(".__init__")
        if name != "__init__" and not name.startswith("territories.refresh"):
            found[name] = path
    return found


MODULES = modules()


@cache
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


def is_in(name: str, packages: Iterable[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def own_imports(name: str) -> set[str]:
    """The modules of the generator that one imports."""
    found = {other.removeprefix("generator.") for other in imported(name) if other.startswith("generator.")}
    return {other for other in found if other in MODULES}


def test_every_package_has_its_floor() -> None:
    assert sorted(FLOORS.split()) == sorted({name.partition(".")[0] for name in MODULES})


@pytest.mark.parametrize("name", MODULES)
def test_imports_point_downward(name: str) -> None:
    floors = [floor.split() for floor in FLOORS.strip().split("\n")]
    package = name.partition(".")[0]
    rank = next(rank for rank, floor in enumerate(floors) if package in floor)
    below = {package, *(other for floor in floors[:rank] for other in floor)}
    assert sorted(other for other in own_imports(name) if other.partition(".")[0] not in below) == []


def test_no_modules_import_one_another_in_a_circle() -> None:
    left = {name: own_imports(name) - {name} for name in MODULES}
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    assert sorted(left) == []


@pytest.mark.parametrize("name", [name for name, path in MODULES.items() if path.name == "__init__.py"])
def test_no_code_hides_in_a_door(name: str) -> None:
    assert all(isinstance(node, ast.Expr | ast.Import | ast.ImportFrom) for node in tree(name).body)


@pytest.mark.parametrize("name", MODULES)
def test_one_room_per_library(name: str) -> None:
    roots = {other.split(".")[0] for other in imported(name)}
    foreign = roots - set(sys.stdlib_module_names) - {"generator"}
    assert foreign <= set(ONLY_IN)
    assert [library for library in sorted(foreign) if not is_in(name, ONLY_IN[library])] == []


def test_every_library_has_its_room() -> None:
    for library, packages in ONLY_IN.items():
        users = [name for name in MODULES if library in {other.split(".")[0] for other in imported(name)}]
        assert [package for package in packages if not any(is_in(user, [package]) for user in users)] == [], library


TESTS = ROOT / "tests"


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: path.relative_to(TESTS).as_posix())
def test_no_test_imports_a_test(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert (
        re.findall(r"^\s*(?:from|import) tests\.[\w.]*test_\w+|^\s*from tests[\w.]* import .*\btest_\w+", text, re.M)
        == []
    )


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


def test_only_two_commands_ask_other_sites() -> None:
    users = {
        name for name in MODULES if any(is_in(other, ["upkeep.links", "cli.visiting"]) for other in own_imports(name))
    }
    assert {name for name in users if not is_in(name, ["upkeep.links"])} == MAY_VISIT_LINKS


def _decorators(node: ast.AST) -> Iterator[str]:
    """The names of the decorators inside it, with or without arguments."""
    for inside in ast.walk(node):
        for use in getattr(inside, "decorator_list", []):
            yield ast.unparse(use.func if isinstance(use, ast.Call) else use).rpartition(".")[2]


MAY_REMEMBER = {
    "french",
    "pictures.points",
    "territories.shapes",
    "pages.frame.feed_links",
}  # functions of a text, a file, a feed


@pytest.mark.parametrize("name", sorted(MODULES))
def test_no_hidden_state(name: str) -> None:
    # A cache on a method keeps its object alive; a global changes what the next call answers.
    classes = [node for node in ast.walk(tree(name)) if isinstance(node, ast.ClassDef)]
    assert not {"cache", "lru_cache"} & {use for node in classes for use in _decorators(node)}
    assert name in MAY_REMEMBER or not {"cache", "lru_cache"} & set(_decorators(tree(name)))
    assert not [node for node in ast.walk(tree(name)) if isinstance(node, ast.Global)]


def test_the_reference_is_refreshed_without_our_libraries() -> None:
    """`make reference` runs in an environment of its own, which has shapely and nothing of ours."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import generator.territories.refresh.borders, generator.french"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_the_engine_is_named_in_few_places() -> None:
    # It will be replaced: nothing but these knows that it is MkDocs, and one the package of the sheets of Material.
    knowing = {
        name for name in MODULES if "mkdocs" in MODULES[name].read_text("utf-8").replace("mkdocs.yml", "").lower()
    }
    assert knowing <= {
        "engine",
        "hook",
        "pages.frame.stylesheet",
        "repository.settings",
    }
