"""Spreadsheets that nobody should send: each is refused in one French sentence, and nothing is written."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.edits.importing import workbooks
from generator.failures import UnreadableTable
from tests.support import repository, spreadsheets
from tests.support.repository import TODAY, run, tree
from tests.support.spreadsheets import csv_bytes

SHEET = "xl/worksheets/sheet1.xml"
HEAD = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    '<row r="1"><c r="A1" t="inlineStr"><is><t>'
)
TAIL = "</t></is></c></row></sheetData></worksheet>"
CELL = '<table:table-cell office:value-type="string" {}><text:p>nom</text:p></table:table-cell>'


def changed(source: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A workbook whose parts were changed."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, change(name, before.read(name)))
    return target


def xlsx(folder: Path, sheet: str) -> Path:
    spreadsheets.xlsx(folder / "base.xlsx", [["nom"]])
    return changed(folder / "base.xlsx", folder / "t.xlsx", lambda n, raw: sheet.encode() if n == SHEET else raw)


def bomb(folder: Path) -> Path:
    """Nine megabytes that unfold into two gigabytes: a quick pressing is enough."""
    spreadsheets.xlsx(folder / "base.xlsx", [["nom"]])
    target = folder / "t.xlsx"
    with (
        zipfile.ZipFile(folder / "base.xlsx") as before,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as after,
    ):
        for name in before.namelist():
            if name != SHEET:
                after.writestr(name, before.read(name))
        with after.open(SHEET, "w", force_zip64=True) as part:
            part.write(HEAD.encode())
            for _ in range(2_000):
                part.write(b"a" * 1_000_000)
            part.write(TAIL.encode())
    return target


def corners(folder: Path) -> Path:
    """Two cells as far from each other as can be: read as a rectangle, seventeen billion of them."""
    far = '</t></is></c></row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x'
    return xlsx(folder, f"{HEAD}nom{far}{TAIL}")


def heavy_cell(folder: Path) -> Path:
    return xlsx(folder, f"{HEAD}{'a' * 10_000_000}{TAIL}")


def entities(folder: Path) -> Path:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    kind = f'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY e0 "aaaaaaaaaa">{bomb}]>'
    return xlsx(folder, HEAD.replace('<?xml version="1.0"?>', kind) + "&e8;" + TAIL)


def many_rows(folder: Path) -> Path:
    rows = "".join(f'</t></is></c></row><row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x' for n in range(2, 5_010))
    return xlsx(folder, f"{HEAD}nom{rows}{TAIL}")


def many_columns(folder: Path) -> Path:
    return spreadsheets.write(folder / "t.xlsx", [["nom", *["x"] * 2_600]])


def _ods(folder: Path, part: str, before: str, after: str) -> Path:
    spreadsheets.ods(folder / "base.ods", [["nom"]])

    def change(name: str, raw: bytes) -> bytes:
        assert name != part or before in raw.decode()
        return raw.decode().replace(before, after).encode() if name == part else raw

    return changed(folder / "base.ods", folder / "t.ods", change)


def repeated(folder: Path) -> Path:
    """One cell said to stand there a million times sixteen thousand times."""
    row = '<table:table-row table:number-rows-repeated="1048576">' + CELL.format(
        'table:number-columns-repeated="16384"'
    )
    return _ods(folder, "content.xml", "</table:table>", f"{row}</table:table-row></table:table>")


def locked_ods(folder: Path) -> Path:
    kind = 'manifest:full-path="content.xml" manifest:media-type="text/xml"'
    lock = '><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    return _ods(folder, "META-INF/manifest.xml", f"{kind}/>", f"{kind}{lock}")


def _raw(folder: Path, name: str, raw: bytes) -> Path:
    (folder / name).write_bytes(raw)
    return folder / name


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000)

FILES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bombe": (bomb, "il demande trop de mémoire ou de temps"),
    "coins": (corners, "il demande trop de mémoire ou de temps"),
    "entités": (entities, "ce classeur est abîmé"),
    "répétée": (repeated, "ce classeur est abîmé"),
    "cellule lourde": (heavy_cell, "une cellule de la ligne 1 dépasse 32 767 caractères"),
    "lignes": (many_rows, "il a plus de 5 000 lignes"),
    "colonnes": (many_columns, "il a plus de 2 500 colonnes"),
    "ods protégé": (locked_ods, "il est protégé par un mot de passe"),
    "xlsx protégé": (lambda folder: _raw(folder, "t.xlsx", OLE), "il est protégé par un mot de passe"),
    "ancien format": (lambda folder: _raw(folder, "t.xls", OLE), "son nom ne finit ni par .csv, ni par .xlsx, ni par"),
    "tronqué": (lambda folder: _raw(folder, "t.xlsx", b"PK\x03\x04" + b"x" * 90), "ce classeur est abîmé"),
    "faux classeur": (lambda folder: _raw(folder, "t.ods", b"nom,type\r\n"), "son nom finit par .ods, mais ce n’est"),
    "faux CSV": (lambda folder: corners(folder).rename(folder / "t.csv"), "c’est un classeur sous un autre nom"),
    "image": (lambda folder: _raw(folder, "t.csv", b"\x89PNG\r\n\x1a\n\0\0\0"), "ce n’est pas un fichier de texte"),
    "vide": (lambda folder: _raw(folder, "t.csv", b""), "il est vide"),
    "sans titres": (lambda folder: _raw(folder, "t.csv", csv_bytes([["", ""], [" ", ""]])), "il est vide"),
    "xlsx vide": (lambda folder: spreadsheets.write(folder / "t.xlsx", []), "il est vide"),
    "trop lourd": (lambda folder: _raw(folder, "t.csv", b"nom\r\n" + b"a" * 11_000_000), "il pèse plus de 10 Mo"),
    "csv sans fin": (lambda folder: _raw(folder, "t.csv", b'nom\r\n"a' + b"b" * 200_000), "une cellule dépasse 32 767"),
    "guillemet": (lambda folder: _raw(folder, "t.csv", b'nom\r\n"a"b,\r\n'), "un guillemet n’est pas refermé"),
    "csv long": (lambda folder: _raw(folder, "t.csv", b"nom\r\n" + b"a\r\n" * 5_001), "il a plus de 5 000 lignes"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_refused_in_french(tmp_path: Path, name: str) -> None:
    make, words = FILES[name]
    with pytest.raises(UnreadableTable) as refused:
        workbooks.read(make(tmp_path))
    assert str(refused.value).replace("\u202f", " ").startswith(words)
    assert not str(refused.value).endswith(".")  # the sentence of the command ends it


def test_the_command_says_it_on_one_line(tmp_path: Path) -> None:
    root = repository.make_entries(tmp_path / "depot")
    before = tree(root)
    for path in (corners(tmp_path), tmp_path / "absent.csv", tmp_path):
        done = run("--root", root, "import", path, "--write", "--date", TODAY)
        repository.refused(done, 2)
        assert len(done.stderr.strip().split("\n")) == 1
    assert tree(root) == before


def test_a_whole_column_of_nothing_is_no_column(tmp_path: Path) -> None:
    """Formatting down to the last row is common, and holds nothing."""
    empty = f'<table:table-row table:number-rows-repeated="1048575">{CELL.format("")}</table:table-row>'
    empty = empty.replace('office:value-type="string" ', "").replace("<text:p>nom</text:p>", "")
    path = _ods(tmp_path, "content.xml", "</table:table>", f"{empty}</table:table>")
    table = workbooks.read(path)
    assert table.titles[0] == "nom"
    assert table.rows == ()
