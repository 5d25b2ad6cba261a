"""What the letter, the journal and the prospects should say, counted anew from the files alone.

Nothing of the program is imported: YAML as text by its own reader, the schema and the reference data as they lie in the
repository. Two ways to the same number.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "schema/cop.schema.json").read_text("utf-8"))["properties"]
NEWS = json.loads((ROOT / "schema/actualite.schema.json").read_text("utf-8"))["properties"]
ELECTION = "2026-03-15"
SHORT_LIVED, COUNCIL = "cgct-l2143-2", "cgct-l5211-10-1"

Files = Mapping[str, dict[str, Any]]


def read(root: Path) -> Files:
    """Every entry by path, all of it text."""
    found = sorted(
        [*root.glob("cops/*/*.yml"), *root.glob("content/formations/*.yml"), *root.glob("content/actualites/*.yml")]
    )
    return {path.relative_to(root).as_posix(): read_text(path.read_text("utf-8")) for path in found}


@cache
def read_text(text: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(text, yaml.CBaseLoader)
    return data


def of(files: Files, folder: str) -> dict[str, dict[str, Any]]:
    return {Path(path).stem: data for path, data in files.items() if f"{folder}/" in path}


# The letter -----------------------------------------------------------------------------------------------------------


def letter(files: Files, accepted: Mapping[str, str], after: str, until: str) -> dict[str, Counter[str]]:
    """By heading, the address of each line. `accepted`: the day on which each path was recorded."""
    told: dict[str, Counter[str]] = {}
    for path, data in files.items():
        title, written = find_heading(path, data)
        if title and after < max(written, accepted[path]) <= until:
            told.setdefault(title, Counter())[find_address(path)] += 1
    coming = Counter(address for day, address in dates(files) if until < day <= next_end(until))
    return told | ({"Prochains rendez-vous": coming} if coming else {})


def find_heading(path: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """Where an entry would be told, empty for nowhere, and the day that it says of itself."""
    if path.startswith("cops/"):
        return ("" if data["statut"] == "terminee" else "Nouvelles COP"), data["inscrite_le"]
    if "/formations/" in path:
        return "Nouvelles formations", data["publiee_le"]
    return NEWS["categorie"]["x-lettre"].get(data["categorie"], ""), Path(path).name[:10]


def find_address(path: str) -> str:
    folder = path.split("/")[-2]
    return f"{folder if folder in ('formations', 'actualites') else 'cops'}/{Path(path).stem}/"


def next_end(until: str) -> str:
    """The last day of the month after one that ends."""
    first = date.fromisoformat(until) + timedelta(days=1)
    return ((first + timedelta(days=31)).replace(day=1) - timedelta(days=1)).isoformat()


def dates(files: Files) -> Iterator[tuple[str, str]]:
    """The day of all that is to be held, and the address that its line leads to."""
    for path, data in files.items():
        held = data.get("rencontres") or data.get("sessions") or ([data["evenement"]] if "evenement" in data else [])
        for one in held:
            if one.get("statut") != "annulee":
                day = one["reportee_au"] if one.get("statut") == "reportee" else one["debut"]
                yield day[:10], find_address(path)


# Where to act ---------------------------------------------------------------------------------------------------------


def prospects(files: Files, departement: str, today: str) -> dict[str, set[str]]:
    """By kind of prospect, codes and identifiers; the places are those of one département."""
    cops = of(files, "cops")
    alive = {name: data for name, data in cops.items() if data["statut"] != "terminee"}
    followed = {
        name: data
        for name, data in cops.items()
        if SCHEMA["statut"]["x-compte"].get(data["statut"]) in ("comptee", "prevue")
    }
    communes = table("communes")
    have = {data["collectivite"]["code"] for data in alive.values()}
    useful = [key for key, node in SCHEMA.items() if node.get("x-utile")]
    return {
        "commune-sans-cop": {one["code"] for one in communes if one["departement"] == departement} - have,
        "epci-sans-conseil": set(list_without_council(communes, alive, departement)),
        "cop-a-renouveler": {name for name, data in followed.items() if is_over(data, today)},
        "fiche-a-completer": {
            name for name, data in followed.items() if 2 * sum(key not in data for key in useful) >= len(useful)
        },
    }


def table(name: str) -> list[dict[str, str]]:
    text = (ROOT / f"generator/territories/data/{name}.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def list_without_council(communes: list[dict[str, str]], alive: Files, departement: str) -> Iterator[str]:
    of_epci = {one["code"]: one["epci"] for one in communes}
    population: Counter[str] = Counter()
    for one in communes:
        population[one["epci"]] += int(one["population"])
    councils = [data for data in alive.values() if basis(data) == COUNCIL]
    places = {code for data in councils for code in data.get("perimetre") or [data["collectivite"]["code"]]}
    covered = places | {of_epci[code] for code in places if code in of_epci}
    for epci in table("epci"):
        code = epci["code"]
        if departement in epci["departements"].split() and population[code] > 50_000 and code not in covered:
            yield code


def basis(data: Mapping[str, Any]) -> str:
    usual = SCHEMA["type"]["x-base-legale"].get(data["type"], {})
    return str(data.get("base_legale") or usual.get(data["collectivite"]["type"]) or "")


def is_over(data: Mapping[str, Any], today: str) -> bool:
    """Whether a commission that lasts as long as the council was that of the one which ended."""
    if basis(data) != SHORT_LIVED or today < ELECTION:
        return False
    mandate = data.get("mandat") or {}
    if end := mandate.get("fin"):
        return ELECTION.startswith(end) or {4: f"{end}-12-31", 7: f"{end}-31"}.get(len(end), end) <= ELECTION
    if data.get("verifiee_le") or data["statut"] != "a-confirmer":
        known = data.get("verifiee_le") or data["inscrite_le"]
    else:
        known = data.get("creee_le") or data["inscrite_le"]
    start = mandate.get("debut") or known
    return bool(start < ELECTION[: len(start)])
