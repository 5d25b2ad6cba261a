"""Files that people sent, contents invented: what each door answers. `cases/` holds them as they came."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.command import main
from generator.edits.importing import plans, reports, workbooks
from generator.opendata.headings import group_by_title
from generator.repository.snapshot import Snapshot, read_snapshot
from tests.support import repository
from tests.support.paths import ROOT
from tests.support.repository import TODAY

CASES = Path(__file__).parent / "cases"


def call(*arguments: str | Path) -> Result:
    given = ["--root", str(ROOT), *map(str, arguments), "--date", TODAY]
    return CliRunner(env=dict.fromkeys(repository.OURS)).invoke(main, given)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def plain(result: Result) -> str:
    return spaced(f"{result.stdout}{result.stderr}")


TABLES: Mapping[str, tuple[set[str], str]] = {
    # The codes of what is told of its lines, and words of what is made or said.
    "01-sep-ligne.csv": (set(), "nom: Commission fictive de l’eau"),
    "02-titre-au-dessus.csv": (set(), "Titres lus à la ligne 3"),
    "02b-ligne-vide-au-dessus.csv": (set(), "Titres lus à la ligne 2"),
    "20-feuille-notice-en-premier.xlsx": (set(), "Lu dans la feuille « Liste »"),
    "21-titre-fusionne.xlsx": (set(), "Titres lus à la ligne 3"),
    "03-titres-libres.csv": ({"adresse-sans-https"}, "page: www.exemple.example\n  telephone: 02 99 00 00 00"),
    "04-nombres-scientifiques.csv": (set(), 'code: "242900694"'),
    "06-dates.csv": ({"mandat-clos", "motif-date-partielle"}, "mandat:\n  debut: 2020-03\n  fin: 2026-03"),
    "27b-annee-affichee.xlsx": ({"premier-du-mois"}, "2020 ou 2020-01"),
    "38-jour-de-semaine-faux.csv": ({"jour-de-semaine"}, "jeudi"),
    "07-telephones.csv": ({"telephone-a-choisir", "motif-telephone"}, "02 97 00 00 00 ou 02 97 00 00 01"),
    "09-noms-avec-code.csv": ({"nom-d-une-intercommunalite", "code-d-une-autre", "nom-contredit-code"}, "29233"),
    "12-codes-siren-siret-scientifique.csv": (
        {"code-a-deux-lectures", "code-ambigu", "code-inconnu", "commune-inconnue"},
        'code: "29233"',
    ),
    "13-cellule-de-trop.csv": ({"cellule-de-trop"}, "des rivières"),
    "14f-cr-virgules.csv": (set(), "nom: Comité Cormier de l’estran"),
    "15-titres-avec-virgules.csv": ({"colonne-manquante"}, "Il manque une colonne pour « Forme de la COP »"),
    "31-code-postal-de-brest.csv": ({"code-a-deux-lectures"}, 'code: "29019"\n  nom: Brest'),
    "36-doublon-du-temps-long.csv": ({"cop-presque-double"}, "cops/29/quimperle-commission-du-temps-long.yml"),
    "39-resume-nfd.csv": (set(), "Réunir élus"),
    "40-mille-lignes-titres-inconnus.csv": ({"colonne-manquante", "colonne-inconnue"}, "Intitulé"),
    "46-langast.csv": (set(), 'code: "22219"'),
}
UNREADABLE = {"14g-cp850-sans-alerte.csv": "un ancien codage, celui de DOS ou d’un Mac"}


@pytest.fixture(scope="module")
def found() -> Snapshot:
    return read_snapshot(ROOT, {}, TODAY)


@pytest.mark.parametrize("name", TABLES)
def test_tables(found: Snapshot, name: str) -> None:
    codes, said = TABLES[name]
    table = workbooks.read(CASES / name, group_by_title(found.corpus.schemas["cop"]).keys())
    planned = plans.plan_import(found, table)
    assert {finding.problem.code for finding in planned.findings} == codes
    told = [table.note, reports.FORMATS["text"](planned, False), *(file.text for file in planned.files)]
    assert said in spaced("\n".join(told))


@pytest.mark.parametrize("name", UNREADABLE)
def test_tables_that_nobody_can_read(name: str) -> None:
    result = call("import", CASES / name)
    assert result.exit_code == 2
    assert UNREADABLE[name] in plain(result)


REQUESTS: Mapping[str, tuple[int, str, str]] = {
    "10-demande-mairie-de.md": (0, 'code: "56001"\n  nom: Allaire\n', ""),
    "10b-demande-ville-de.md": (0, 'code: "56001"\n  nom: Allaire\n', ""),
    "10c-demande-code-postal.md": (0, 'code: "29233"\n  nom: Quimperlé\n', ""),
    "11a-code-entre-guillemets.md": (0, 'code: "29233"\n  nom: Quimperlé\n', ""),
    "11e-lien-markdown.md": (0, "page: https://exemple.example/cop\n", "[La page]"),
    "11i-date-fr.md": (0, "creee_le: 2021-03\n", ""),
    "11l-description-html.md": (1, "contient une image. Retirez-la", "HTML"),
    "11m-tel-deux.md": (1, "02 99 00 00 00 ou 02 99 00 00 01", "motif"),
    "11n-tel-vert.md": (0, "telephone: 08 00 12 34 56\n", ""),
    "32a-demande-brest-29200.md": (0, 'code: "29019"\n  nom: Brest\n', "Morlaix"),
    "37b-correction-double-cloture.md": (0, "# cops/29/quimperle-commission-du-temps-long.yml", "```"),
    # Told in words: the entry is found, and a person makes the change.
    "37f-fiche-par-nom.md": (0, "Une personne va lire", "aucune fiche"),
    "37i-fiche-lien-md.md": (0, "Une personne va lire", "aucune fiche"),
    "37j-fiche-url-index.md": (0, "Une personne va lire", "aucune fiche"),
    "37r-fiche-ajouter.md": (0, "Une personne va lire", "aucune fiche"),
}


@pytest.mark.parametrize("name", REQUESTS)
def test_requests(name: str) -> None:
    code, said, never = REQUESTS[name]
    result = call("issue", CASES / name)
    assert result.exit_code == code, plain(result)
    assert said in plain(result)
    assert not never or never not in plain(result)


ENTRIES: Mapping[str, tuple[str, Callable[[str], bool]]] = {
    "31b-check-fix-29200.yml": ("code-a-deux-lectures", lambda told: "29151" in told and "29019" in told),
    "31c-check-29200-nom-brest.yml": ("code-postal", lambda told: '"29019"' in told),
    "33-lieu-29200.yml": ("lieu-code-postal", lambda told: "Brest" in told),
    "34-departement-44.yml": (
        "departement-inconnue",
        lambda told: "n’est pas un département de l’annuaire" in told.replace("\u00a0", " "),
    ),
    "43-elision-recherche.yml": ("", lambda told: "erreur" not in told),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_entries(tmp_path: Path, name: str) -> None:
    code, is_told = ENTRIES[name]
    root = repository.make_entries(tmp_path, 0, 0, 0)
    folder = "44" if "departement-44" in name else "56" if "elision" in name else "29"
    path = f"cops/{folder}/{name.split('-', 1)[1]}"
    (root / path).parent.mkdir(parents=True)
    (root / path).write_bytes((CASES / name).read_bytes())
    told = repository_check(root)
    assert (f"[{code}]" in told) == bool(code), told
    assert is_told(told), told


def repository_check(root: Path) -> str:
    given = ["--root", str(root), "check", "--date", TODAY]
    return spaced(CliRunner(env=dict.fromkeys(repository.OURS)).invoke(main, given).output)


def test_every_file_has_its_answer() -> None:
    assert {
        path.name for path in CASES.iterdir()
    } == TABLES.keys() | UNREADABLE.keys() | REQUESTS.keys() | ENTRIES.keys()
