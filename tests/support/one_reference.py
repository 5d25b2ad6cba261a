"""The tables of the territories, read once for all the tests of a process: nobody changes them; a reading takes 30 ms.

Imported before anything that takes `load_territories` by its name. Tables of another folder are read at each call.
"""

from pathlib import Path

from generator.territories import reference
from generator.territories.reference import Territories, load_territories
from generator.territories.tables import DATA_FOLDER

KNOWN = load_territories()


def _load_once(folder: Path = DATA_FOLDER) -> Territories:
    return KNOWN if folder == DATA_FOLDER else load_territories(folder)


reference.load_territories = _load_once
