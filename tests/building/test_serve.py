"""What `cop serve` does between two looks at the files: a new change does not wait for the work under way."""

import re
import shutil
from pathlib import Path

import pytest

from generator.building import search, serve
from generator.building.build import Refused
from generator.building.preview import State
from generator.building.rebuilder import Rebuilder, Steps
from tests.support import repository
from tests.support.paths import ROOT


def test_a_change_ends_the_work_under_way(tmp_path: Path) -> None:
    (tmp_path / "cops").mkdir()
    left: list[str] = []

    def long_work() -> Steps:
        try:
            yield
            (tmp_path / "cops" / "neuve.yml").write_text("nom: fictive\n", encoding="utf-8")
            while True:
                yield
        finally:
            left.append("longue")

    def changed(paths: set[str]) -> Steps:
        assert paths == {"cops/neuve.yml"}
        assert left == ["longue"]
        raise InterruptedError

    with pytest.raises(InterruptedError):
        serve.watch(tmp_path, serve.read_stamps(tmp_path), long_work(), changed)


def test_an_index_left_half_way_keeps_the_former_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    passing = tmp_path / "passage"
    passing.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    monkeypatch.setattr(search, "STEP", 0.001)  # so small an index is made in less than a step
    root = repository.make(tmp_path / "depot", 2, 1, 1)
    rebuilder = Rebuilder(root, {}, lambda: repository.TODAY)
    for end in (False, True):
        rebuilder.pages(set())
        steps = rebuilder.rest()
        while not any(passing.glob("*/pagefind")):
            next(steps)
        former = repository.tree(root / "site")
        if end:
            for _ in steps:
                pass
        steps.close()
        assert (repository.tree(root / "site") == former) != end
        assert list(passing.glob("annuaire-cop-*")) == []
        assert repository.beside(root / "site") == []
    assert (root / "site" / search.PAGEFIND_FOLDER / "cops" / "pagefind-entry.json").exists()


def test_what_a_broken_entry_interrupts_is_made_all_the_same(tmp_path: Path) -> None:
    """The pages of the last good site are not left without feeds and search until the entry is mended."""
    root = repository.make(tmp_path / "depot", 2, 1, 1)
    rebuilder, state = Rebuilder(root, {}, lambda: repository.TODAY), State()
    good = serve.attempt(rebuilder, state, lambda _words: None, set())
    next(good)
    good.close()
    assert not (root / "site" / "flux").exists()
    entry = sorted(root.glob("cops/*/*.yml"))[0]
    entry.write_text("nom: fictive\n", encoding="utf-8")
    for _ in serve.attempt(rebuilder, state, lambda _words: None, {entry.relative_to(root).as_posix()}):
        pass
    assert "cops/" in state.wrong
    assert (root / "site" / "flux" / "cops.rss").exists()
    assert (root / "site" / search.PAGEFIND_FOLDER / "pages" / "pagefind.js").exists()


def test_what_changed_while_an_entry_was_broken_is_seen_once_it_is_mended(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 2, 1, 1)
    rebuilder = Rebuilder(root, {}, lambda: repository.TODAY)
    rebuilder.pages(set())
    entry = sorted(root.glob("cops/*/*.yml"))[0]
    good = entry.read_text("utf-8")
    entry.write_text("nom: fictive\n", encoding="utf-8")
    page = root / "content" / "pacte.md"
    page.write_text(page.read_text("utf-8") + "\nUne phrase inventée.\n", encoding="utf-8")
    with pytest.raises(Refused):
        rebuilder.pages({entry.relative_to(root).as_posix(), "content/pacte.md"})
    entry.write_text(good, encoding="utf-8")
    rebuilder.pages({entry.relative_to(root).as_posix()})
    assert "Une phrase inventée." in (root / "site" / "pacte" / "index.html").read_text("utf-8")


def test_an_edited_schema_is_seen_by_entries_that_did_not_change(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 2, 1, 1)
    (root / "schema").unlink()
    shutil.copytree(ROOT / "schema", root / "schema")
    rebuilder = Rebuilder(root, {}, lambda: repository.TODAY)
    rebuilder.pages(set())
    schema = root / "schema" / "cop.schema.json"
    text = schema.read_text("utf-8")
    schema.write_text(text.replace('"COP locale"', '"COP inventée"'), "utf-8")
    rebuilder.pages({"schema/cop.schema.json"})
    assert "COP inventée" in (root / "site" / "types" / "index.html").read_text("utf-8")
    schema.write_text(text.replace('"minLength": 40', '"minLength": 279'), "utf-8")
    with pytest.raises(Refused):
        rebuilder.pages({"schema/cop.schema.json"})


def test_a_picture_that_somebody_put_beside_the_pages_stays(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 2, 1, 1)
    (root / "content" / "images").mkdir()
    picture = root / "content" / "images" / "plan.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    rebuilder = Rebuilder(root, {}, lambda: repository.TODAY)
    rebuilder.pages(set())
    for _ in rebuilder.rest():
        pass
    rebuilder.take_changed()
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0")
    rebuilder.pages({"content/images/plan.png"})
    assert "lancer/index.html" in rebuilder.take_changed()  # any page may show it
    assert (root / "site" / "images" / "plan.png").exists()
    assert (root / "site" / "agenda" / "tout.ics").exists()


def test_the_page_of_an_edited_entry_does_not_wait_for_the_others(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 2, 1, 1)
    rebuilder = Rebuilder(root, {}, lambda: repository.TODAY)
    rebuilder.pages(set())
    assert "index.html" in rebuilder.take_changed()
    entry = sorted(root.glob("cops/*/*.yml"))[0]
    own, listed = f"cops/{entry.stem}/index.html", "cops/index.html"
    entry.write_text(re.sub(r"(?m)^nom: \"?", r"\g<0>Retouchée, ", entry.read_text("utf-8")), "utf-8")
    rebuilder.pages({entry.relative_to(root).as_posix()})
    assert own in rebuilder.take_changed()
    assert "Retouchée" in (root / "site" / own).read_text("utf-8")
    assert "Retouchée" not in (root / "site" / listed).read_text("utf-8")
    for _ in rebuilder.rest():
        pass
    changed = rebuilder.take_changed()
    assert listed in changed
    assert not {own, "contribuer/index.html"} & changed
    assert "Retouchée" in (root / "site" / listed).read_text("utf-8")
