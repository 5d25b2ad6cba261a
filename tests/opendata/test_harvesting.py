"""What portals and other tools take of the open data, read by a validator of each format that is not ours."""

import hashlib
import json
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from generator.model.annuaire import Annuaire
from generator.opendata import publication
from generator.opendata.catalogue import list_exports
from generator.opendata.exports import LICENCE_PAGE
from tests.factory import repositories
from tests.support import annuaires
from tests.support.annuaires import SCHEMA_FILES, SCHEMAS, SETTINGS, TODAY

CONTACT = replace(SETTINGS, courriel="contact@exemple.example", page="https://exemple.org/contact")
BASE = f"{SETTINGS.site_url}donnees/"


@pytest.fixture(scope="module")
def annuaire() -> Annuaire:
    """With every field somewhere."""
    files = repositories.cops(25, today=TODAY)
    texts = {f"{Path(p).parent.name}/{Path(p).stem}": repositories.text(p, data) for p, data in files}
    return annuaires.build(texts, {"f": annuaires.formation()})


@pytest.fixture(scope="module")
def files(annuaire: Annuaire) -> Mapping[str, bytes]:
    return publication.make_files(annuaire, CONTACT, SCHEMAS["cop"].fields, SCHEMA_FILES)


@pytest.fixture(scope="module")
def folder(files: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("publiees")
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root / "donnees"


# DCAT-AP --------------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore")
def test_both_catalogues_say_the_same_and_keep_to_the_profile(files: Mapping[str, bytes]) -> None:
    from pyshacl import validate
    from rdflib import Graph
    from rdflib.compare import isomorphic

    xml = Graph().parse(data=files["donnees/catalogue.rdf"], format="xml")
    linked = Graph().parse(data=files["donnees/catalogue.jsonld"], format="json-ld")
    assert isomorphic(xml, linked)
    shapes = Path(__file__).with_name("dcat-ap.ttl").read_text("utf-8")
    conforms, _, words = validate(xml, shacl_graph=Graph().parse(data=shapes, format="turtle"))
    assert conforms, words
    # A catalogue that lacks what it must say is refused: the shapes are read.
    broken = Graph().parse(data=files["donnees/catalogue.rdf"].replace(b"dct:title", b"dct:abstract"), format="xml")
    assert not validate(broken, shacl_graph=Graph().parse(data=shapes, format="turtle"))[0]


def test_the_catalogue_states_each_file_as_it_is(files: Mapping[str, bytes]) -> None:
    catalogue = json.loads(files["donnees/catalogue.jsonld"])
    described = [one for dataset in catalogue["dcat:dataset"] for one in dataset["dcat:distribution"]]
    assert len(described) == len(list(list_exports())) == 7
    for one in described:
        (address,) = one["dcat:downloadURL"]
        content = files[f"donnees/{address['@id'].removeprefix(BASE)}"]
        assert one["dcat:byteSize"][0]["@value"] == str(len(content))
        checksum = one["spdx:checksum"][0]["spdx:checksumValue"][0]["@value"]
        assert checksum == hashlib.sha256(content).hexdigest()
        assert one["dct:license"] == [{"@id": LICENCE_PAGE}]


def test_no_address_is_invented(annuaire: Annuaire) -> None:
    made = publication.make_files(annuaire, SETTINGS, SCHEMAS["cop"].fields, SCHEMA_FILES)
    assert b"contactPoint" not in made["donnees/catalogue.rdf"]


# Tables ---------------------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore")
def test_the_data_package_describes_its_table(folder: Path, annuaire: Annuaire) -> None:
    from frictionless import Package, Schema, system

    with system.use_context(trusted=True):
        package = Package(str(folder / "datapackage.json"))
        report = package.get_resource("cops-csv").validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]
        with package.get_resource("cops-csv") as opened:
            rows = list(opened.row_stream)
    assert len(rows) == len(annuaire.cops)
    assert {type(row["derive.comptee"]) for row in rows} == {bool}
    alone = Schema(str(folder / "schema" / "cops.tableschema.json"))
    assert alone.to_descriptor() == package.get_resource("cops-csv").schema.to_descriptor()


@pytest.mark.filterwarnings("ignore")
def test_a_wrong_cell_breaks_the_data_package(folder: Path, tmp_path: Path) -> None:
    from frictionless import Resource, Schema

    table = (folder / "cops.csv").read_text("utf-8").replace(",oui,", ",peut-être,", 1)
    (tmp_path / "a.csv").write_text(table, encoding="utf-8")
    schema = Schema(str(folder / "schema" / "cops.tableschema.json"))
    assert not Resource(path="a.csv", basepath=str(tmp_path), schema=schema).validate().valid


@pytest.mark.filterwarnings("ignore")
def test_the_companion_of_the_table_is_csv_on_the_web(folder: Path, annuaire: Annuaire) -> None:
    from csvw import CSVW

    read = CSVW(str(folder / "cops.csv"), md_url=str(folder / "cops.csv-metadata.json"), validate=True)
    assert read.is_valid, read.warnings
    assert len(list(read.tables[0])) == len(annuaire.cops)


# Coverage, another map, digests ---------------------------------------------------------------------------------------


def read_json(files: Mapping[str, bytes], name: str) -> Any:
    return json.loads(files[f"donnees/{name}"])


def test_every_commune_says_its_cops(files: Mapping[str, bytes], annuaire: Annuaire) -> None:
    read = read_json(files, "couverture.json")
    assert read["licence"]["id"] == "etalab-2.0"
    communes = {one["code"]: one for one in read["communes"]}
    assert communes.keys() == annuaire.territories.communes.keys()
    for code, one in communes.items():
        own = {cop.id for cop in annuaire.par_commune.get(code, ()) if not cop.finie}
        covering = {cop.id for cop in annuaire.couvrant.get(code, ())}
        assert set(one["cops"]) == own
        assert set(one["cops_plus_larges"]) == covering - own
        assert one["a_une_cop"] == bool(own)


def test_elements_as_gogocarto_imports_them(files: Mapping[str, bytes], annuaire: Annuaire) -> None:
    read = read_json(files, "cops.gogocarto.json")
    assert read["ontology"] == "gogofull"
    assert {one["id"] for one in read["data"]} == {c.id for c in annuaire.cops if c.position and not c.finie}
    for one in read["data"]:
        assert {"id", "name", "geo", "categories", "website"} <= one.keys()
        assert -6 < one["geo"]["longitude"] < 0 < 46 < one["geo"]["latitude"] < 50


def test_sha256sum_finds_every_file_as_it_was(folder: Path, files: Mapping[str, bytes]) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "sommes-sha256.txt"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("\n") == len(files) - 1
