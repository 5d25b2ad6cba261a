"""Another region than ours, by its settings and `make reference` alone: Pays de la Loire, with five hundred COP."""

import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.plan import DAY
from tests.bench.run import CommandError, run
from tests.support.paths import ROOT

SETTINGS = {
    r"^site_name: .*": "site_name: 500 COP en Pays de la Loire",
    r"^site_description: .*": "site_description: L’annuaire public des COP locales des Pays de la Loire.",
    r"departements: \[.*\]": 'departements: ["44", "49", "53", "72", "85"]',
    r"region: \{.*\}": "region: {nom: les Pays de la Loire, de: des Pays de la Loire, dans: en Pays de la Loire}",
    r"objectif: \d+": "objectif: 500",
}
WANTED = ("--departements", "44", "49", "53", "72", "85", "--points", "500")
COPS = 500


@dataclass(frozen=True, slots=True)
class Region:
    """What came of it. Seconds."""

    refreshed: float
    built: float
    communes: int
    files: int


def measure(folder: Path) -> Region | None:
    """None where the packages of the reference cannot be had."""
    root = folder / "region"
    for name in ("generator", "schema", "content", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    for pattern, line in SETTINGS.items():
        settings = re.sub(pattern, line, settings, flags=re.MULTILINE)
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    environ = {"PYTHONPATH": str(root)}

    def python(*words: str | Path) -> float:
        return run([sys.executable, *words], root, environ=environ).wall

    try:
        refreshed = python("-m", "generator.territories.refresh.refresh", *WANTED)
    except CommandError:
        return None
    demo, site = folder / "region-demo", folder / "region-site"
    python("-m", "tests.factory", demo, "--cops", str(COPS))
    command = "from generator.cli.command import entry; entry()"
    built = python("-c", command, "--root", demo, "build", "--quiet", "--output", site, *DAY)
    communes = len((root / "generator/territories/data/communes.csv").read_text("utf-8").splitlines()) - 1
    return Region(refreshed, built, communes, sum(path.is_file() for path in site.rglob("*")))
