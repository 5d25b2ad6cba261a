"""Feeds and calendars of the small example as they are published: `python -m tests.tools.published`, part of
`make refaire`, writes them again.

A change here is a change for every subscriber: it is read in the difference before it is committed.
"""

from pathlib import Path

from tests.support import followed

FOLDER = Path(__file__).parents[1] / "feeds" / "published"


def made() -> dict[str, bytes]:
    """Every calendar, and the feeds that hold something; those of the other territories and themes are alike."""
    annuaire = followed.directory()
    found = followed.calendars(annuaire) | followed.feeds_of(annuaire)
    kept = ("flux/territoires/quimperle-communaute", "flux/themes/eau")
    return {
        path: content for path, content in found.items() if path.count("/") == 1 or path.startswith(("agenda", *kept))
    }


def kept() -> dict[str, bytes]:
    return {p.relative_to(FOLDER).as_posix(): p.read_bytes() for p in FOLDER.rglob("*") if p.is_file()}


if __name__ == "__main__":
    for old in kept():
        (FOLDER / old).unlink()
    for path, content in made().items():
        (FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / path).write_bytes(content)
