"""Scripts, their words and the style sheet stand in one folder, named by the hash of them all.

A browser keeps them for a year without asking, and what one script imports is found beside it as before. What others
keep by its address (the mark, the icons, the picture of a share) stays where it is.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = "assets/"
MARK = f"{FOLDER}marque.svg"
"""The mark of the site, which the theme draws: pages of others show it."""

PLACE = f"{FOLDER}empreinte/"
"""What the walls say in place of the folder: it is named once they stand, for the style sheet depends on them."""

SHEET = "cop.css"

SIGNS = 12
"""Of the hash, in the name of the folder: the three web servers that we configure know it by them."""


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of one site that the engine handed over, and its style sheet."""

    folder: str  # where most of them are, from the root of the site, with its final slash
    files: Mapping[str, bytes]  # by path from the root of the site

    def fill(self, page: str) -> str:
        """A page of the engine with the name of the folder."""
        return page.replace(PLACE, self.folder)


def gather(handed: Mapping[str, bytes], sheet: bytes) -> Assets:
    """Of the files that the engine handed over, those that change with the program go to the folder."""
    ours = {path.removeprefix(FOLDER): content for path, content in handed.items() if _is_ours(path)} | {SHEET: sheet}
    folder = f"{FOLDER}{_hash(ours)}/"
    moved = {f"{folder}{name}": content for name, content in ours.items()}
    stay = {path: content for path, content in handed.items() if not _is_ours(path)}
    return Assets(folder, stay | moved)


def _is_ours(path: str) -> bool:
    return path.startswith(FOLDER) and path != MARK


def _hash(files: Mapping[str, bytes]) -> str:
    total = hashlib.sha256()
    for name, content in sorted(files.items()):
        total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()[:SIGNS]


def find_sheet(site: Path) -> Path | None:
    """The style sheet of a site that was built."""
    return next((site / FOLDER).glob(f"*/{SHEET}"), None)
