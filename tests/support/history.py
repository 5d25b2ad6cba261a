"""A repository with a history: what is recorded in it day after day, and what the directory then knows."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from generator.model.annuaire import Annuaire
from generator.model.journal import write_journal
from generator.repository.snapshot import read_snapshot
from generator.upkeep.journal import make_journal
from tests.support import annuaires, repository


class History:
    """A repository, and what is recorded in it day after day."""

    def __init__(self, root: Path) -> None:
        self.root = repository.make(root, 0, 0, 0)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *words: str, day: str = "2026-01-01") -> str:
        moment = f"{day}T12:00:00+01:00"
        own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        who = {
            f"GIT_{one}_{what}": "a@exemple.example" for one in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
        done = subprocess.run(
            ["git", "-C", str(self.root), *words],
            env=os.environ | own | who | dates,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def record(self, day: str, files: Mapping[str, str | None]) -> None:
        for path, text in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                target.unlink()
            else:
                target.write_text(text, encoding="utf-8")
        self.git("add", "--all", "cops", "content")
        self.git("commit", "--quiet", "--message", "essai", day=day)

    def read(self, today: str = annuaires.TODAY) -> Annuaire:
        snapshot = read_snapshot(self.root, {}, today)
        assert snapshot.is_sound, [one for one in snapshot.problems if one.is_error]
        journal = make_journal(self.root, snapshot.annuaire(), snapshot.corpus.schemas, today)
        (self.root / "journal.json").write_bytes(write_journal(journal))
        return snapshot.annuaire()
