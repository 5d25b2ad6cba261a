"""The picture of the generator stays readable: who may import whom, one room per library, no clock, no full room."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

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


@cache
def nodes(name: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree(name)))


def imported(name: str) -> Iterator[str]:
    """Every module that one imports, in functions too."""
    for node in nodes(name):
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


def test_imports_point_downward() -> None:
    below: set[str] = set()
    for floor in FLOORS.strip().split("\n"):
        for package in floor.split():
            for name in (name for name in MODULES if is_in(name, [package])):
                assert [other for other in own_imports(name) if not is_in(other, {package, *below})] == [], name
        below.update(floor.split())


def test_no_modules_import_one_another_in_a_circle() -> None:
    left = {name: own_imports(name) - {name} for name in MODULES}
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    assert sorted(left) == []


def test_no_code_hides_in_a_door() -> None:
    for name in (name for name, path in MODULES.items() if path.name == "__init__.py"):
        assert all(isinstance(node, ast.Expr | ast.Import | ast.ImportFrom) for node in tree(name).body), name


def test_one_room_per_library() -> None:
    ours = {*sys.stdlib_module_names, "generator"}
    users = {name: {other.split(".")[0] for other in imported(name)} - ours for name in MODULES}
    assert {library for libraries in users.values() for library in libraries} == set(ONLY_IN)
    for library, packages in ONLY_IN.items():
        using = [name for name, libraries in users.items() if library in libraries]
        assert [name for name in using if not is_in(name, packages)] == [], library
        assert [package for package in packages if not any(is_in(user, [package]) for user in using)] == [], library


TESTS = ROOT / "tests"


def test_no_test_imports_a_test() -> None:
    a_test = re.compile(r"^\s*(?:from|import) tests\.[\w.]*test_\w+|^\s*from tests[\w.]* import .*\btest_\w+", re.M)
    for path in TESTS.rglob("*.py"):
        assert a_test.findall(path.read_text(encoding="utf-8")) == [], path


def test_no_room_is_too_full() -> None:
    lines = {name: path.read_text(encoding="utf-8").count("\n") for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > FULL} == {}


def test_no_function_is_too_long() -> None:
    for name in MODULES:
        functions = [node for node in nodes(name) if isinstance(node, ast.FunctionDef)]
        assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= LONGEST] == [], name


CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "localtime", "gmtime", "strftime", "ctime", "monotonic"}


def test_nothing_reads_the_clock() -> None:
    for name in MODULES.keys() - MAY_READ_THE_CLOCK:
        read = [
            ast.unparse(node)
            for node in nodes(name)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in CLOCKS
            and ast.unparse(node.func.value) in {"time", "datetime", "datetime.datetime", "date", "datetime.date"}
        ]
        assert read == [], name
        assert not {"time", "random", "uuid4", "secrets"} & set(imported(name)), name


def test_nothing_uses_the_network() -> None:
    for name in MODULES.keys() - MAY_USE_THE_NETWORK:
        assert not {"socket", "urllib.request", "http.client", "http.server"} & set(imported(name)), name


def test_only_two_commands_ask_other_sites() -> None:
    users = {
        name for name in MODULES if any(is_in(other, ["upkeep.links", "cli.visiting"]) for other in own_imports(name))
    }
    assert {name for name in users if not is_in(name, ["upkeep.links"])} == MAY_VISIT_LINKS


def _decorators(inside: Iterable[ast.AST]) -> Iterator[str]:
    """The names of the decorators among these nodes, with or without arguments."""
    for node in inside:
        for use in getattr(node, "decorator_list", []):
            yield ast.unparse(use.func if isinstance(use, ast.Call) else use).rpartition(".")[2]


MAY_REMEMBER = {
    "french",
    "pictures.points",
    "territories.shapes",
    "pages.frame.feed_links",
}  # functions of a text, a file, a feed


def test_no_hidden_state() -> None:
    # A cache on a method keeps its object alive; a global changes what the next call answers.
    for name in MODULES:
        classes = [node for node in nodes(name) if isinstance(node, ast.ClassDef)]
        within = [inside for node in classes for inside in ast.walk(node)]
        assert not {"cache", "lru_cache"} & set(_decorators(within)), name
        assert name in MAY_REMEMBER or not {"cache", "lru_cache"} & set(_decorators(nodes(name))), name
        assert not [node for node in nodes(name) if isinstance(node, ast.Global)], name


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
