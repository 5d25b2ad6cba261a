"""The search indexes: what they are made from, one for each kind, and the same bytes at every run."""

import json
import random
from pathlib import Path

import pytest

from generator.building import search
from generator.failures import IndexFailed

NOTICE = '<!doctype html><html lang="fr"><body data-pagefind-body><h1>{0}</h1><p>Texte inventé {0}.</p></body></html>'


def notices(count: int) -> dict[str, bytes]:
    """Invented records of two kinds, by path."""
    paths = [f"{kind}/{kind}/essai-{rank}/index.html" for kind in ("cops", "pages") for rank in range(count)]
    return {path: NOTICE.format(f"numéro {rank}").encode() for rank, path in enumerate(paths)}


def index(folder: Path, given: dict[str, bytes]) -> dict[str, bytes]:
    """What an index of these records holds, by path."""
    with search.Indexing(folder) as indexing:
        indexing.start(given)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_run_gives_the_same_bytes_in_whatever_order_records_come(tmp_path: Path) -> None:
    given = notices(60)
    shuffled = list(given.items())
    random.Random(1).shuffle(shuffled)
    first = index(tmp_path / "un", given)
    assert index(tmp_path / "un autre dossier" / "deux", given) == first
    assert index(tmp_path / "trois", dict(shuffled)) == first


def test_each_kind_has_its_index_and_one_program_reads_them_all(tmp_path: Path) -> None:
    made = index(tmp_path / "index", notices(3))
    assert json.loads(made["sortes.json"]) == {"cops": "COP", "pages": "Pages"}
    assert {"cops/pagefind-entry.json", "pages/pagefind-entry.json"} <= set(made)
    programs = sorted(path for path in made if path.endswith(".js") or "wasm" in path)
    assert programs == ["pages/pagefind-worker.js", "pages/pagefind.js", "pages/wasm.fr.pagefind"]


def test_a_failure_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page without any text is no page for the program, and it says so in words of its own."""
    passing = tmp_path / "passage"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    with (
        pytest.raises(IndexFailed, match="was not able to build an index"),
        search.Indexing(tmp_path / "i") as indexing,
    ):
        indexing.start({"pages/vide/index.html": b'<html lang="fr"><body></body></html>'})
    assert list(passing.iterdir()) == []
