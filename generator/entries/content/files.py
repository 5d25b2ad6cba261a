"""What stands in content/: the pages, the pictures, and what has no place there."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.entries.content.allowed import CONTENT, ENTRY_FOLDERS, IMAGES, PAGE_FOLDERS, PAGES, SIGNATURES, TAKEN
from generator.entries.content.links import check_links
from generator.entries.content.page import WrittenPage, read_page
from generator.entries.tree import Item, check_item, check_left, walk
from generator.french import enumeration, slug
from generator.problems.problem import NOWHERE, Problem, problem

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_NAME = 80


@dataclass(frozen=True, slots=True)
class Content:
    """What was read of content/, entries aside; what may be published, by its path from content/."""

    pages: Mapping[str, WrittenPage]
    images: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_content(root: Path) -> Content:
    """Read and check the pages and pictures of the repository. Nothing of the wrong kind is opened."""
    items = list(walk(root, CONTENT))
    pages: dict[str, WrittenPage] = {}
    images: list[str] = []
    problems: list[Problem] = list(check_left(item for item in items if not _is_among_entries(item.path)))
    for item in items:
        inside = item.path.removeprefix(f"{CONTENT}/")
        place_problems = list(_check_place(item, inside))
        problems += place_problems
        if item.nature != "file" or place_problems or _is_among_entries(item.path):
            continue
        if inside.endswith(".md"):
            pages[inside] = read_page(item.path, _read(root / item.path, PAGES["bytes"]))
            problems += pages[inside].problems
        else:
            images.append(inside)
            problems += _check_image(item.path, _read(root / item.path, IMAGES["bytes"]))
    return Content(pages, tuple(images), (*problems, *check_links(pages, images)))


def _read(path: Path, most: int) -> bytes:
    """One byte more than allowed is enough to refuse."""
    with path.open("rb") as file:
        return file.read(most + 1)


def _is_among_entries(path: str) -> bool:
    """Whether it is the corpus that tells of it."""
    folder, _, inside = path.removeprefix(f"{CONTENT}/").partition("/")
    return bool(inside) and folder in ENTRY_FOLDERS


def _check_place(item: Item, inside: str) -> Iterator[Problem]:
    folder, _, name = inside.rpartition("/")
    stem, _, extension = name.rpartition(".")
    is_page = extension == "md" and folder in PAGE_FOLDERS
    is_image = extension in SIGNATURES and folder == IMAGES["folder"]
    if _is_among_entries(item.path) or item.nature == "left":
        return
    if item.nature == "empty" and inside in {*ENTRY_FOLDERS, *PAGE_FOLDERS, IMAGES["folder"]}:
        return  # its last file was taken away
    if item.nature != "file":
        yield from check_item(item)
    elif not (is_page or is_image):
        yield problem(item.path, (NOWHERE, NOWHERE), "sans-place", fichier=name, choix=_PLACES)
    elif not _NAME.fullmatch(stem) or len(stem) > MAX_NAME or (folder and stem == "index") or stem in TAKEN:
        propose = f"{slug(stem)[:MAX_NAME].strip('-') or 'page'}.{extension}"
        if propose == name:  # a name that is taken, or an index that would take the address of its folder
            propose = f"{folder or 'page'}-{stem}.{extension}"
        yield problem(item.path, (NOWHERE, NOWHERE), "nom-de-fichier", fichier=name, propose=propose)


def _say_places() -> str:
    """What content/ may hold, in words."""
    folders = [f"{name}/" for name in sorted(PAGE_FOLDERS) if name]
    kinds = enumeration((f"« .{kind} »" for kind in SIGNATURES), "ou")
    entries = enumeration(f"{name}/" for name in sorted(ENTRY_FOLDERS))
    return (
        f"des pages « .md », à la racine ou dans {enumeration(folders, 'ou')}, "
        f"des images {kinds} dans {IMAGES['folder']}/, des fiches « .yml » dans {entries}"
    )


def _check_image(path: str, raw: bytes) -> Iterator[Problem]:
    """A picture is what its name says, and weighs little: its bytes are seen, never obeyed."""
    kind = path.rpartition(".")[2]
    if not SIGNATURES[kind].match(raw):
        yield problem(path, (NOWHERE, NOWHERE), "image-d-une-autre-sorte", fichier=path.rpartition("/")[2], sorte=kind)
    elif len(raw) > IMAGES["bytes"]:
        yield problem(path, (NOWHERE, NOWHERE), "image-trop-lourde", most=f"{IMAGES['bytes'] // 1048576} Mo")


_PLACES = _say_places()
