"""What the publication does with two proposals that were each right, and contradict each other once accepted."""

import json
from importlib import metadata
from pathlib import Path

import pytest

from generator.repository.publishable import read_publishable
from tests.support import repository
from tests.support.annuaires import cop
from tests.support.repository import TODAY
from tests.support.scripts import load

load(".github/gh.py")
publier = load(".github/publier.py")


def propose(root: Path, path: str, day: str, **changed: str) -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    text = cop(more=changed.get("more", "")).replace("inscrite_le: 2026-06-01", f"inscrite_le: {day}")
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return repository.make(tmp_path / "depot", 2, 0, 0)


def test_two_proposals_that_contradict_each_other(root: Path) -> None:
    """Each passes alone; merged, the newer one waits and the site is published, with what it says of itself."""
    older, newer = "cops/29/quimperle-une.yml", "cops/29/quimperle-autre.yml"
    for path, day in ((newer, "2026-11-02"), (older, "2026-11-01")):
        file = propose(root, path, day)
        assert repository.call("--root", root, "check", "--date", TODAY).returncode == 0
        file.unlink()
    propose(root, newer, "2026-11-02")
    propose(root, older, "2026-11-01")
    assert repository.call("--root", root, "check", "--date", TODAY).returncode == 1
    stopped = repository.build(root)
    assert stopped.returncode == 1
    assert not (root / "site").exists()
    done = repository.build(root, "--publier")
    assert done.returncode == 0, done.stderr
    assert f"Laissée de côté, car elle en contredit une autre\u00a0: {newer}" in done.stderr
    status = (root / "site/etat.json").read_text("utf-8")
    told = json.loads(status)
    assert (told["date"], told["fiches"]) == (TODAY, {"cops": 3, "formations": 0, "actualites": 0})
    assert [(one["fichier"], one["code"]) for one in told["ecartees"]] == [(newer, "cop-en-double")]
    assert [one["code"] for one in told["a_regler"]][:2] == ["donnees-fictives", "adresse-du-site"]
    assert f"<code>{newer}</code>" in (root / "site/etat/index.html").read_text("utf-8")
    assert (root / "site/cops/quimperle-une/index.html").is_file()
    assert not (root / "site/cops/quimperle-autre").exists()
    summary, left = publier.tell(status)
    assert left == 1
    assert f"- `{newer}` (cop-en-double)" in summary
    (root / newer).unlink()
    assert repository.build(root, "--publier", "--revision", "0123abc").returncode == 0
    told = json.loads((root / "site/etat.json").read_text("utf-8"))
    assert (told["revision"], told["programme"]) == ("0123abc", metadata.version("annuaire-cop"))
    assert {"date", "quoi", "faire", "annoncee"} == told["echeances"][0].keys()
    assert publier.main(str(root / "site/etat.json")) == 0


def test_one_file_that_is_wrong_stops_everything(root: Path) -> None:
    propose(root, "cops/29/quimperle-une.yml", "2026-11-01")
    propose(root, "cops/29/quimperle-autre.yml", "2026-11-02")
    file = propose(root, "cops/29/quimperle-fautive.yml", "2026-11-03", more="inconnue: x\n")
    snapshot = read_publishable(root, {}, TODAY)
    assert (snapshot.is_sound, snapshot.left_out) == (False, ())
    file.unlink()
    assert read_publishable(root, {}, TODAY).is_sound


def test_who_names_what_is_left_out_is_left_out_too(root: Path) -> None:
    propose(root, "cops/29/quimperle-une.yml", "2026-11-01")
    propose(root, "cops/29/quimperle-autre.yml", "2026-11-02")
    news = root / "content/actualites/2026-11-03-fictive.yml"
    news.parent.mkdir(parents=True, exist_ok=True)
    news.write_text(
        "titre: Une nouvelle fictive\nresume: Une nouvelle inventée pour les essais, sans rapport avec une vraie COP.\n"
        "categorie: nouvelle-cop\ncops: [quimperle-autre]\n",
        encoding="utf-8",
    )
    snapshot = read_publishable(root, {}, TODAY)
    assert snapshot.is_sound
    assert [path for path, _ in snapshot.left_out] == [
        "content/actualites/2026-11-03-fictive.yml",
        "cops/29/quimperle-autre.yml",
    ]


@pytest.mark.parametrize("folder", ["29", "pays-de-la-loire"])
def test_an_entry_of_any_region_is_named(folder: str) -> None:
    left = [{"fichier": f"cops/{folder}/a.yml", "code": "cop-en-double"}, {"fichier": "x](y)", "code": "cop-en-double"}]
    counts = {"cops": 1, "formations": 0, "actualites": 0}
    status = {"date": TODAY, "fiches": counts, "problemes": {"avertissements": 0}, "ecartees": left}
    summary, waiting = publier.tell(json.dumps(status))
    assert f"- `cops/{folder}/a.yml` (cop-en-double)" in summary
    assert ("](y)" in summary, waiting) == (False, 2)
