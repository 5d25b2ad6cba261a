"""A directory of another region: our program with the reference data of Mayenne, its own settings, and a few COP.

The data were made by `make reference`, as whoever opens such a directory does; nothing else of the program differs.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support import repository
from tests.support.annuaires import cop
from tests.support.paths import ROOT

DATA = ROOT / "tests" / "territories" / "mayenne"
NAME = "100 COP en Mayenne"
SETTINGS = {
    r"^site_name: .*": f"site_name: {NAME}",
    r"^site_description: .*": "site_description: L’annuaire public des COP locales de la Mayenne.",
    r"departements: \[.*\]": 'departements: ["53"]',
    r"region: \{.*\}": "region: {nom: la Mayenne, de: de la Mayenne, dans: en Mayenne}",
    r"objectif: \d+": "objectif: 100",
}
PLACES = {
    "53/laval-commission": 'type: commune, code: "53130", nom: Laval',
    "53/mayenne-commission": 'type: commune, code: "53147", nom: Mayenne',
    "53/coevrons-conseil": 'type: epci, code: "200042182", nom: Mont des Avaloirs',
    "pays-de-la-loire/region-conseil": 'type: region, code: "52", nom: Pays de la Loire',
}

HEIRS = """\
200000032,epci,Pays fictif,pays-fictif,200042182
200000040,epci,Rivage fictif,rivage-fictif,200042182 200033298
"""
"""What `make reference` writes when an EPCI vanishes: one heir, then two, who took most first."""


def make(root: Path) -> Path:
    """The repository, its own copy of the program in it."""
    repository.make(root, 0, 0, 0, is_whole=True)
    (root / "generator").unlink()
    hidden = shutil.ignore_patterns("__pycache__", "data", "refresh")
    shutil.copytree(ROOT / "generator", root / "generator", ignore=hidden, copy_function=os.symlink)
    data = root / "generator" / "territories" / "data"
    shutil.copytree(DATA, data)
    shutil.copyfile(ROOT / "generator" / "territories" / "data" / "mots-de-fonction.txt", data / "mots-de-fonction.txt")
    with (data / "heritiers.csv").open("a", encoding="utf-8") as file:
        file.write(HEIRS)
    settings = (root / "mkdocs.yml").read_text("utf-8")
    for pattern, line in SETTINGS.items():
        settings, found = re.subn(pattern, line, settings, flags=re.MULTILINE)
        assert found == 1, pattern
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for name, place in PLACES.items():
        own = re.sub(r"collectivite: \{.*\}", f"collectivite: {{{place}}}", cop(nom=f"Conseil fictif {name[3:9]}"))
        path = root / f"cops/{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(own.replace("commission-extra-municipale", "cop-locale"), encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`cop …` by that program."""
    code = "from generator.cli.command import entry; entry()"
    return subprocess.run(
        [sys.executable, "-c", code, "--root", str(root), *arguments],
        cwd=root,
        env=repository.environment(PYTHONPATH=str(root), PYTHONIOENCODING="utf-8"),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
