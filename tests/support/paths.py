"""Where the repository of the product stands."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
