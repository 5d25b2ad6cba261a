"""A directory of fictitious COP, trainings and news: for the tests, the benchmark and `make demo`.

`python -m tests.factory FOLDER --cops 1000` makes a whole repository that `cop --root FOLDER build` can build. The same
arguments always give the same bytes, whatever the day: every date is counted from TODAY.
"""

import argparse
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from generator.french import slug
from generator.territories.reference import load_territories
from tests.factory import cop_data
from tests.factory.gained import answer_gained
from tests.factory.others import actualite, formation, formation_title
from tests.factory.parts import TODAY, draw
from tests.factory.places import Place, places
from tests.factory.words import BODIES, TYPES
from tests.factory.yaml import as_yaml
from tests.support.paths import ROOT

Data = dict[str, Any]
Files = list[tuple[str, Data]]
MARK = ".fiches-fictives"
"""File that says a folder was made here, and may be replaced."""


def cops(n: int, seed: int = 0, today: str = TODAY, formations: Sequence[str] = ()) -> Files:
    """`n` COP as (path from the root, data); the first ones are the same for a larger `n`."""
    made: Files = []
    ids: list[str] = []
    taken: set[str] = set()
    ranks: Counter[tuple[str, str, str]] = Counter()
    for index, place in enumerate(islice(places(load_territories(), seed), n)):
        own = f"{place.kind} {place.code}"
        kinds = TYPES[place.kind]
        kind = kinds[(place.turn + ranks[own, "", ""]) % len(kinds)]
        ranks[own, "", ""] += 1
        nom, themes = cop_data.name(BODIES[kind], place, ranks[own, kind, ""], index)
        ranks[own, kind, ""] += 1
        d = draw("cop", seed, index, today)
        data = cop_data.minimal(d, place, nom, kind, themes)
        # Shares that give 3.6 KB on average, the size that the budgets were set with.
        level = d.rng.random()
        if level > 0.2:
            data = cop_data.usual(d, place, data)
        if level > 0.62:
            data = answer_gained(d, "cop", cop_data.full(d, place, data, formations, ids[-50:]))
        ids.append(_free(_id(place, nom), taken))
        made.append((f"cops/{place.folder}/{ids[-1]}.yml", data))
    return made


def _id(place: Place, nom: str) -> str:
    return f"{_short(place.nom, 34)}-{_short(nom, 40)}"


def _short(words: str, most: int) -> str:
    """A slug of whole words, at most so long."""
    whole = slug(words)
    return whole if len(whole) <= most else whole[: most + 1].rsplit("-", 1)[0]


def _free(wanted: str, taken: set[str]) -> str:
    own, number = wanted, 1
    while own in taken:
        number += 1
        own = f"{wanted}-{number}"
    taken.add(own)
    return own


def formation_ids(n: int) -> list[str]:
    """The ids of `n` trainings, known before they are made: COP and trainings name each other."""
    return [f"{_short(formation_title(index), 60)}-{index + 1}" for index in range(n)]


def formations(n: int, seed: int = 0, today: str = TODAY, cops: Sequence[str] = ()) -> Files:
    """`n` trainings, three sessions each on average; `cops` are ids that they may name."""
    communes = list(load_territories().communes.values())
    made = []
    for index, own in enumerate(formation_ids(n)):
        d = draw("formation", seed, index, today)
        made.append((f"content/formations/{own}.yml", answer_gained(d, "formation", formation(d, cops, communes))))
    return made


def actualites(n: int, seed: int = 0, today: str = TODAY, cops: Sequence[str] = ()) -> Files:
    """`n` news items of the last two years; `cops` are ids that they may name."""
    communes = list(load_territories().communes.values())
    made = []
    for index in range(n):
        d = draw("actualite", seed, index, today)
        day = d.day(-700, 0)
        data = answer_gained(d, "actualite", actualite(d, day, cops, communes))
        made.append((f"content/actualites/{day}-{_short(data['titre'], 60)}.yml", data))
    return made


def files(n_cops: int, n_formations: int = 200, n_actualites: int = 60, seed: int = 0, today: str = TODAY) -> Files:
    """All three kinds, naming each other."""
    trainings = formation_ids(n_formations)
    bodies = cops(n_cops, seed, today, trainings)
    ids = [Path(path).stem for path, _ in bodies]
    return [*bodies, *formations(n_formations, seed, today, ids), *actualites(n_actualites, seed, today, ids)]


def text(path: str, data: Mapping[str, Any]) -> str:
    """The file as it is written at that path."""
    kind = {"cops": "cop", "formations": "formation", "actualites": "actualite"}[
        "cops" if path.startswith("cops/") else path.split("/")[1]
    ]
    return as_yaml(data, f"../../schema/{kind}.schema.json")


def write_files(root: Path, made: Iterable[tuple[str, Data]]) -> None:
    """Write entries under `root`."""
    for path, data in made:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text(path, data), encoding="utf-8")


def write(
    root: Path, n_cops: int, n_formations: int = 200, n_actualites: int = 60, seed: int = 0, today: str = TODAY
) -> None:
    """A whole repository at `root`, an empty folder: invented entries, the site's own pages, schemas and generator."""
    root.mkdir(parents=True, exist_ok=True)
    (root / MARK).write_text("Dossier fabriqué : toutes ses fiches sont inventées.\n", encoding="utf-8")
    for name in ("schema", "generator"):
        (root / name).symlink_to(os.path.relpath(ROOT / name, root.resolve()), target_is_directory=True)
    for page in sorted((ROOT / "content").rglob("*.md")):
        target = root / page.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(page, target)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    settings, found = re.subn(r"donnees_fictives: (true|false)", "donnees_fictives: true", settings)
    if not found:
        raise ValueError("mkdocs.yml: no donnees_fictives")
    settings = settings.replace("abonnement: null", "abonnement: https://service.example/lettre-fictive")
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    write_files(root, files(n_cops, n_formations, n_actualites, seed, today))


def clear(root: Path) -> bool:
    """Empty a folder that was made here; False, and nothing done, for any other that holds something."""
    if root.is_dir() and any(root.iterdir()):
        if not (root / MARK).is_file():
            return False
        shutil.rmtree(root)
    return True


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.factory", description="Fabrique un annuaire fictif.")
    parser.add_argument("dossier", type=Path, help="dossier à créer, ou déjà fabriqué ici")
    parser.add_argument("--cops", type=int, default=1000)
    parser.add_argument("--formations", type=int, default=200)
    parser.add_argument("--actualites", type=int, default=60)
    parser.add_argument("--graine", type=int, default=0, help="une autre graine donne d’autres fiches")
    parser.add_argument("--aujourdhui", default=TODAY, metavar="AAAA-MM-JJ", help="jour dont partent les dates")
    asked = parser.parse_args(arguments)
    if not clear(asked.dossier):
        print(f"Le dossier « {asked.dossier} » contient autre chose : rien n’est fait.", file=sys.stderr)
        return 2
    write(asked.dossier, asked.cops, asked.formations, asked.actualites, asked.graine, asked.aujourdhui)
    print(f"{asked.cops} COP, {asked.formations} formations et {asked.actualites} actualités, toutes fictives.")
    return 0
