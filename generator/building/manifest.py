"""The list of what we wrote in a site: the only files that a build may replace or remove."""

import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path

MANIFEST = ".cop-site.json"
"""It stands in the site that it lists, and goes wherever that one is copied."""

_ABOUT = "Les fichiers que « cop build » a écrits ici. Il ne remplace et n’enlève qu’eux."


def write_manifest(paths: Collection[str]) -> bytes:
    """Of the files of a site, by path from it."""
    listed = sorted({*paths, MANIFEST})
    return json.dumps({"lisez": _ABOUT, "fichiers": listed}, ensure_ascii=False, indent=0).encode()


def read_manifest(folder: Path) -> frozenset[str] | None:
    """The files that we wrote in a folder, the list itself among them; None where it has no list of ours."""
    try:
        listed = json.loads((folder / MANIFEST).read_bytes())["fichiers"]
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, ValueError, KeyError, TypeError):
        return None
    return frozenset({MANIFEST, *filter(_is_inside, listed)}) if isinstance(listed, list) else None


def _is_inside(path: object) -> bool:
    """Whether a line of a list, which anybody may have written, names a file of its site and none elsewhere."""
    return isinstance(path, str) and bool(path) and not {"", ".", ".."} & set(path.split("/"))


def list_files(folder: Path, place: str = "") -> Iterator[tuple[str, int]]:
    """Every file of a folder by path from it, and its bytes; a link counts as a file."""
    with os.scandir(folder / place) as items:
        for item in items:
            if item.is_dir(follow_symlinks=False):
                yield from list_files(folder, f"{place}{item.name}/")
            else:
                yield f"{place}{item.name}", item.stat(follow_symlinks=False).st_size


def list_foreign(folder: Path, ours: Collection[str], coming: Collection[str] = ()) -> list[str]:
    """What somebody else put in a folder, by path from it, sorted: files, and whole folders where nothing is ours.

    A compressed copy of a file of ours goes with it: a server would send it in the place of the next one.

    `coming`: the files of the site that is to hold it.
    """
    holding: set[str] = set()
    for path in (*ours, *coming):
        while (path := path.rpartition("/")[0]) and path not in holding:
            holding.add(path)

    def look(place: str) -> Iterator[str]:
        for item in os.scandir(folder / place):
            name = f"{place}{item.name}"
            if not item.is_dir(follow_symlinks=False):
                if name not in ours and name.removesuffix(".gz").removesuffix(".br") not in ours:
                    yield name
            elif name in holding:
                yield from look(f"{name}/")
            else:
                yield name

    return sorted(look(""))
