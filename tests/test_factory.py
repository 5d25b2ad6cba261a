"""The fictitious entries: valid, varied, the same every time, and plainly invented."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.entries.corpus import Corpus
from generator.entries.yaml.source import read_source
from generator.territories.folders import FOLDERS
from generator.territories.reference import load_territories
from tests.factory import repositories
from tests.factory.parts import TODAY
from tests.factory.words import CHOICES, KINDS
from tests.factory.yaml import as_yaml
from tests.support.paths import ROOT


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """300 COP, 60 trainings and 40 news items, written then read back."""
    root = tmp_path_factory.mktemp("annuaire")
    (root / "schema").symlink_to(ROOT / "schema")
    repositories.write_files(root, repositories.files(300, 60, 40))
    return corpus.load(root)


def test_no_problem(read: Corpus) -> None:
    assert len(read.entries) == 400
    assert check_entries(read, load_territories(), ["2026-03-15"], TODAY) == []


def used(data: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Dotted place and value of everything in an entry; the items of a list stand at the list's place."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from used(value, f"{where}.{key}".lstrip("."))
    elif isinstance(data, list):
        for value in data:
            yield from used(value, where)
    if where:
        yield where, data if isinstance(data, str) else None


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_and_every_choice_is_used(read: Corpus, kind: str) -> None:
    found = {pair for entry in read.of(kind) for pair in used(entry.data)}
    assert {field.path for field in read.schemas[kind].fields.walk()} - {where for where, _ in found} == set()
    wanted = {(where, value) for where, values in CHOICES[kind].items() for value in values}
    assert wanted - found == set()


def test_same_every_time_and_independent_of_the_number() -> None:
    assert repositories.files(40, 8, 8) == repositories.files(40, 8, 8)
    assert repositories.cops(60)[:40] == repositories.cops(40)
    assert repositories.cops(40, seed=1) != repositories.cops(40)


def test_dates_follow_the_given_day() -> None:
    later = repositories.cops(30, today="2027-11-24")
    assert all(data["inscrite_le"] < "2027-11-24" for _, data in later)
    assert any(data["inscrite_le"] > TODAY for _, data in later)


def test_ids_are_unique_and_short() -> None:
    ids = [Path(path).stem for path, _ in repositories.cops(2000)]
    assert len(set(ids)) == 2000
    assert max(map(len, ids)) <= corpus.MAX_ID


def test_hard_cases_are_there(read: Corpus) -> None:
    reference = load_territories()
    cops = [entry.data for entry in read.of("cop")]
    bodies = {(c["collectivite"]["type"], c["collectivite"]["code"]) for c in cops}
    twins = Counter(c.nom for c in reference.communes.values() if ("commune", c.code) in bodies)
    assert sorted(nom for nom, times in twins.items() if times == 2) == [
        "La Chapelle-Neuve", "Le Faouët", "Plouhinec", "Saint-Armel", "Saint-Servais", "Tréméven"
    ]  # fmt: skip
    across = {("epci", epci.code) for epci in reference.epci.values() if len(epci.departements) > 1}
    assert across <= bodies
    assert {entry.folder for entry in read.of("cop")} == set(FOLDERS)
    assert max(len(c["nom"]) for c in cops) == 120


def test_freshness_and_dates_vary(read: Corpus) -> None:
    checked = [entry.data.get("verifiee_le", entry.data["inscrite_le"]) for entry in read.of("cop")]
    assert sum(day < "2023-11-24" for day in checked) > 3
    assert sum("2023-11-24" <= day < "2025-05-24" for day in checked) > 10
    meetings = [m for entry in read.of("cop") for m in entry.data.get("rencontres", [])]
    assert {meeting["debut"] < TODAY for meeting in meetings} == {True, False}
    assert any(entry.data.get("mandat", {}).get("fin", "9")[:4] == "2026" for entry in read.of("cop"))


@pytest.mark.parametrize("sign", ["é", "œ", "’", "« ", " : ", "c’h", "&", '"', "]]>", "🌱", "\n\n- ", "]("])
def test_signs_that_break_careless_code(read: Corpus, sign: str) -> None:
    values = [str(value) for entry in read.of("cop") for _, value in used(entry.data)]
    assert any(sign in value for value in values)


def test_sizes(read: Corpus) -> None:
    lines = [text.count("\n") for path, text in read.texts.items() if path.startswith("cops/")]
    sizes = [len(text.encode()) for path, text in read.texts.items() if path.startswith("cops/")]
    assert min(lines) < 20
    assert 7000 < max(sizes) < 10_000


def test_nobody_real_can_be_reached(read: Corpus) -> None:
    everything = "\n".join(read.texts.values())
    hosts = set(re.findall(r"(?:https?://|@)([\w.-]+)", everything))
    assert hosts == {"exemple.example"}
    phones = re.findall(r"telephone: \"?(.{12})", everything)
    assert {phone.replace("0033 ", "0")[:8] for phone in phones} == {"02 61 91"}
    for entry in read.entries:
        assert entry.data["resume"].startswith("Fiche fictive : ")


@pytest.mark.parametrize(
    "value",
    [
        "non", "2026", "2026-11-24", "01001", "L’eau : un bien commun", "Commission #2", "&ancre", "- tiret", "fin:",
        '"guillemets"', "c’h \\ barre", "un, deux", "12:30", "long mot " * 40 + "fin", "ligne\n\n- point\n\nfin",
    ],
)  # fmt: skip
def test_yaml_reads_back(value: str) -> None:
    data = {"cle": value, "liste": [value, "b"], "objets": [{"a": value}, {"a": {"b": value}}]}
    source = read_source("essai.yml", as_yaml(data, "x").encode())
    assert source.problems == ()
    assert _bare(source.data) == data


def _bare(data: Any) -> Any:
    """Without the line break that ends a block of text; the schemas' typing takes it away too."""
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_bare(value) for value in data]
    return data.removesuffix("\n")


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"")
    assert repositories.main([str(tmp_path), "--cops", "1"]) == 2
    assert "rien n’est fait" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]


def test_its_own_folder_is_replaced(tmp_path: Path) -> None:
    few = ["--formations", "2", "--actualites", "1"]
    assert repositories.main([str(tmp_path / "demo"), "--cops", "9", *few]) == 0
    assert repositories.main([str(tmp_path / "demo"), "--cops", "3", *few]) == 0
    assert len(list((tmp_path / "demo").glob("cops/*/*.yml"))) == 3
    assert "donnees_fictives: true" in (tmp_path / "demo/mkdocs.yml").read_text()
    assert (tmp_path / "demo/content/index.md").is_file()
    assert (tmp_path / "demo/generator/french.py").is_file()
