"""What changed in the entries, day by day: a file that `cop journal` writes from git, and that a build only reads.

Without it the directory knows the days that entries say of themselves, and nothing of what was changed in them.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from generator.failures import UnreadableJournal

JOURNAL_FILE = "journal.json"
"""At the root of the repository; it is made again before each build, and never recorded."""
MAX_JOURNAL_BYTES = 10_000_000

Kind = Annotated[str, Meta(pattern="^(cop|formation|actualite)$")]
Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Short = Annotated[str, Meta(max_length=120)]


class Change(Struct, frozen=True, omit_defaults=True):
    """What one day did to one entry. What was withdrawn leaves a mark and nothing by which one would know it."""

    jour: Day
    sorte: Kind
    quoi: Literal["ajoutee", "modifiee", "retiree"]
    id: Short = ""  # empty for what was withdrawn
    cles: tuple[Short, ...] = ()  # the top keys that changed
    marque: Short = ""  # of what was withdrawn: an identifier that says nothing


class Journal(Struct, frozen=True, dict=True):
    """The changes, newest first."""

    changements: tuple[Change, ...] = ()
    version: int = 1

    @cached_property
    def par_fiche(self) -> Mapping[tuple[str, str], tuple[Change, ...]]:
        """Those of each entry by kind and id, newest first."""
        groups: dict[tuple[str, str], list[Change]] = {}
        for change in self.changements:
            if change.id:
                groups.setdefault((change.sorte, change.id), []).append(change)
        return {key: tuple(group) for key, group in groups.items()}

    def entree(self, sorte: str, name: str, written: str) -> str:
        """The day on which an entry was accepted: that of its file, unless it came later than it says."""
        added = (change.jour for change in self.par_fiche.get((sorte, name), ()) if change.quoi == "ajoutee")
        return max((written, *added))


def read_journal(raw: bytes) -> Journal:
    """Raises UnreadableJournal: the file is made by a program, nobody corrects it."""
    if len(raw) > MAX_JOURNAL_BYTES:
        raise UnreadableJournal(JOURNAL_FILE)
    try:
        return msgspec.json.decode(raw, type=Journal)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise UnreadableJournal(JOURNAL_FILE) from None


def write_journal(journal: Journal) -> bytes:
    return msgspec.json.format(msgspec.json.encode(journal), indent=1) + b"\n"
