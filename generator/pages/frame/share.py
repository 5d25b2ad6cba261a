"""The pictures that social networks show of a territory, its COP and its communes; other pages show the counter."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.territories.kinds import Wide
from generator.territories.tables import DATA_FOLDER

FOLDER = DATA_FOLDER / "partage"
PATH = "assets/partage/"


@dataclass(frozen=True, slots=True)
class Share:
    """A picture to share."""

    path: str  # from the root of the site
    words: str  # for who does not see it


def list_files() -> Mapping[str, bytes]:
    """Every picture by its path in the site, as it was drawn with the reference data."""
    return {f"{PATH}{file.name}": file.read_bytes() for file in sorted(FOLDER.glob("*.png"))}


def find_share(territory: Wide | None) -> Share | None:
    """The picture of a territory; None where it has none, as one that the reference has only just learnt."""
    if territory is None or not (FOLDER / f"{territory.slug}.png").exists():
        return None
    return Share(f"{PATH}{territory.slug}.png", f"Carte : {territory.nom}")
