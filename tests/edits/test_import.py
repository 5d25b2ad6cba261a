"""A table of COP, row by row: what each cell becomes, what is said of it, where, and that nothing is ever replaced."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given
from hypothesis import strategies as st

from generator.cli.command import main
from generator.edits.importing import cells, plans
from generator.entries import corpus
from generator.files import write_new
from generator.opendata import columns, exports
from generator.opendata.cells import text as guard
from tests.support import repository, spreadsheets
from tests.support.annuaires import RESUME, SCHEMAS, cop
from tests.support.repository import TODAY, tree
from tests.support.spreadsheets import Rows, csv_bytes

ROW: dict[str, Any] = {
    "nom": "Commission fictive de l’eau",
    "type": "cop-locale",
    "collectivite.code": "29233",
    "collectivite.nom": "Quimperlé",
    "statut": "active",
    "themes": "eau",
    "resume": RESUME,
    "contact.page": "https://exemple.org/",
    "inscrite_le": "2026-06-01",
}
"""A row without a mistake."""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A directory with one COP of Quimperlé and a training."""
    root = repository.make_entries(tmp_path / "depot", 0, 1, 0, is_whole=True)
    path = root / "cops" / "29" / "quimperle-cop-fictive.yml"
    path.parent.mkdir(parents=True)
    path.write_text(cop(nom="COP fictive", more="anciens_ids: [ancien-nom]\n"), encoding="utf-8")
    return root


def table(*rows: Mapping[str, Any]) -> list[list[Any]]:
    """The titles, every key that a row has, and the rows."""
    titles = list(dict.fromkeys(key for row in rows for key in row))
    return [titles, *([row.get(title, "") for title in titles] for row in rows)]


def call(root: Path, *arguments: str | Path) -> Result:
    """`cop import` in this process."""
    given = ["--root", str(root), "import", *map(str, arguments), "--date", TODAY]
    return CliRunner(env=dict.fromkeys(repository.OURS)).invoke(main, given)


def bring(root: Path, rows: Rows, *options: str, name: str = "tableau.csv") -> Result:
    return call(root, spreadsheets.write(root.parent / name, rows), *options)


def told(root: Path, rows: Rows, name: str = "tableau.csv") -> Any:
    """What a program is told of it."""
    return json.loads(bring(root, rows, "--format", "json", name=name).stdout)


def made(root: Path, rows: Rows, name: str = "tableau.csv") -> list[Any]:
    """The data of the files that it writes, in the order of the rows."""
    before = set(tree(root))
    done = bring(root, rows, "--write", name=name)
    assert done.exit_code == 0, done.stdout + done.stderr
    paths = sorted(set(tree(root)) - before)
    return [read(root / path).data for path in paths]


def read(path: Path) -> corpus.Entry:
    name = f"cops/{path.parent.name}/{path.name}"
    entry, _, _ = corpus.read_entry(name, path.read_bytes(), corpus.KINDS[0], SCHEMAS["cop"])
    assert entry
    return entry


# One row -------------------------------------------------------------------------------------------------------------


def test_a_row_makes_a_file_that_passes(own: Path) -> None:
    done = bring(own, table(ROW), "--write")
    assert (done.exit_code, done.stderr) == (0, "")
    path = "cops/29/quimperle-commission-fictive-de-l-eau.yml"
    assert done.stdout == f"1 ligne lue\u00a0: 1 fiche écrite.\n  {path}\n"
    assert (own / path).read_text("utf-8") == (
        "# yaml-language-server: $schema=../../schema/cop.schema.json\n"
        "nom: Commission fictive de l’eau\ntype: cop-locale\n"
        'collectivite:\n  type: commune\n  code: "29233"\n  nom: Quimperlé\n'
        f"statut: active\nthemes: [eau]\nresume: {RESUME}\n"
        "contact:\n  page: https://exemple.org/\ninscrite_le: 2026-06-01\n"
    )
    assert repository.call("--root", own, "check", "--date", TODAY).returncode == 0


@pytest.mark.parametrize(
    ("given", "where", "words"),
    [
        ({"statut": "en cours"}, "ligne 2, colonne « statut »", "« en cours » n’est pas un choix possible pour « stat"),
        ({"nom": ""}, "ligne 2, colonne « nom »", "Il manque « nom » (Nom de la COP)."),
        ({"contact.page": ""}, "ligne 2, colonne « contact.page »", "Il manque « contact » (Contact)."),
        ({"collectivite.code": "99999"}, "ligne 2, colonne « collectivite.code »", "« 99999 » n’est le code d’aucune"),
        ({"collectivite.nom": "Brest"}, "ligne 2, colonne « collectivite.code »", "« 29233 » est le code INSEE de Q"),
        ({"themes": "eau, tous"}, "ligne 2, colonne « themes »", "« tous » n’est pas un choix possible pour « themes."),
        ({"resume": "Trop court"}, "ligne 2, colonne « resume »", "« resume » est trop court : 10 caractères, 40 au"),
        (
            {"contact.telephone": "06 12 34 56 78"},
            "ligne 2, colonne « contact.telephone »",
            "Un numéro de mobile est écrit",
        ),
        ({"contact.courriel": "anne.le-goff@exemple.org"}, "ligne 2, colonne « contact.courriel »", "« anne.le-goff@"),
        ({"inscrite_le": "2027-01-01"}, "ligne 2, colonne « inscrite_le »", "« inscrite_le » est dans le futur (2027"),
        ({"nom": "=HYPERLINK(1)"}, "ligne 2, colonne « nom »", "« nom » commence par « = »."),
        ({"nom": "La commission\u202etrompeuse"}, "ligne 2, colonne « nom »", "Un signe invisible est interdit ici"),
        ({"nom": "La commission\x07"}, "ligne 2, colonne « nom »", "Un signe invisible est interdit ici"),
        ({"description": "# Titre"}, "ligne 2, colonne « description »", "« description » contient un titre de niveau"),
        ({"composition.total": "douze"}, "ligne 2, colonne « composition.total »", "« douze » n’est pas un nombre ent"),
        ({"sources.0.titre": "Une page"}, "ligne 2, sources.0.url", "Il manque « url » (Adresse de la source)."),
        ({"remplacee_par": "nulle-part"}, "ligne 2, colonne « remplacee_par »", "« remplacee_par » n’a de sens que po"),
        ({"formations": "nulle-part"}, "ligne 2, colonne « formations »", "« formations.1 » renvoie à « nulle-part »"),
        ({"nom": "COP fictive", "type": "commission-extra-municipale"}, "ligne 2, colonne « nom »", "Cette COP est dé"),
        ({"id": "Pas Bon"}, "ligne 2, colonne « id »", "Le nom « Pas Bon.yml » ne peut pas servir d’adresse."),
        (
            {"id": "../../dehors"},
            "ligne 2, colonne « id »",
            "Le nom « ../../dehors.yml » ne peut pas servir d’adresse.",
        ),
        ({"dossier": "../dehors"}, "ligne 2, colonne « dossier »", "Ce fichier n’est pas dans un dossier prévu."),
        ({"dossier": "35"}, "ligne 2, colonne « dossier »", "Cette fiche est dans le dossier « 35 », qui n’est"),
        ({"id": "ancien-nom"}, "ligne 2, cops/29/quimperle-cop-fictive.yml", "L’ancien identifiant « ancien-nom » es"),
        ({"id": "quimperle-cop-fictive"}, "ligne 2, colonne « id »", "La fiche « quimperle-cop-fictive » existe déjà"),
        ({"collectivite.code": "", "collectivite.nom": "Le Faouët"}, "ligne 2, colonne « collectivite.nom »", "« Le F"),
        ({"collectivite.code": "", "collectivite.nom": "Atlantis"}, "ligne 2, colonne « collectivite.nom »", "« Atlan"),
    ],
)
def test_a_mistake_is_told_once_where_it_stands(own: Path, given: Mapping[str, Any], where: str, words: str) -> None:
    before = tree(own)
    done = bring(own, table({**ROW, **given}), "--write")
    said = done.stdout.replace("\u00a0", " ").replace("\u202f", " ").split("\n\n")
    assert done.exit_code == 1
    assert len(said) == 2, said
    assert said[0].startswith(f"{where} : {words}")
    assert said[1] == "1 ligne lue : 1 erreur. Rien n’est écrit tant qu’il reste une erreur.\n"
    assert tree(own) == before


def test_the_advice_speaks_of_cells(own: Path) -> None:
    rows = table(ROW | {"nom": "A", "collectivite.nom": "Brest"}, ROW | {"themes": "", "terminee_le": "2026"})
    remedies = {one["code"]: one["remedy"] for one in told(own, rows)["problems"]}
    assert remedies == {
        "trop-court": "Complétez-le.",
        "code-d-une-autre": "Écrivez\u00a0: 29019",
        "cle-manquante": "Écrivez par exemple\u00a0: democratie-cooperation",
        "reserve-aux-terminees": "Videz ce champ, ou choisissez le statut «\u00a0Terminée\u00a0».",
    }


@pytest.mark.parametrize(
    ("given", "key", "value"),
    [
        ({"contact.telephone": "261910000"}, "contact", {"telephone": "0261910000"}),
        ({"contact.telephone": "33261910000"}, "contact", {"telephone": "+33261910000"}),
        ({"contact.telephone": "'+33 2 61 91 00 00"}, "contact", {"telephone": "+33 2 61 91 00 00"}),
        ({"collectivite.code": "29233.0"}, "collectivite", {"type": "commune", "code": "29233", "nom": "Quimperlé"}),
        ({"collectivite.code": "29 233"}, "collectivite", {"type": "commune", "code": "29233", "nom": "Quimperlé"}),
        ({"collectivite.code": "29300", "collectivite.nom": "Quimperlé"}, "collectivite.code", "29233"),
        ({"composition.total": "12,0"}, "composition", {"total": 12}),
        ({"creee_le": "24/11/2020"}, "creee_le", "2020-11-24"),
        ({"creee_le": "2021.0"}, "creee_le", "2021"),
    ],
)
def test_what_has_one_meaning_is_repaired_and_told(own: Path, given: Mapping[str, Any], key: str, value: Any) -> None:
    rows = table({**ROW, **given})
    assert bring(own, rows).stdout.startswith("1 valeur réparée, car une seule était possible") or "'" in str(given)
    (data,) = made(own, rows)
    found: Any = data
    for step in key.split("."):
        found = found[step]
    assert found == value if isinstance(value, str) else value.items() <= found.items()


@pytest.mark.parametrize(
    ("given", "key", "value"),
    [
        ({"type": "Conseil de développement", "collectivite.code": "242900694"}, "type", "conseil-de-developpement"),
        ({"themes": "Eau, Climat et énergie"}, "themes", ["eau", "climat-energie"]),
        ({"themes": "Eau|mobilites ; Littoral et mer"}, "themes", ["eau", "mobilites", "littoral-mer"]),
        ({"statut": "EN PROJET"}, "statut", "en-projet"),
        ({"nom": "  Commission fictive  "}, "nom", "Commission fictive"),
        ({"description": "Une.\r\n\r\nDeux.\n"}, "description", "Une.\n\nDeux."),
        ({"perimetre": "29233, 29236"}, "perimetre", ["29233", "29236"]),
        ({"autres_noms.0": "", "autres_noms.1": "Autre | nom"}, "autres_noms", ["Autre | nom"]),
        ({"inscrite_le": ""}, "inscrite_le", TODAY),
    ],
)
def test_people_write_labels_lists_and_spaces(own: Path, given: Mapping[str, Any], key: str, value: Any) -> None:
    (data,) = made(own, table({**ROW, **given}))
    assert data[key] == value


# The collectivité ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kind", "code", "folder"),
    [
        ({"code": "35253"}, "commune", "35253", "35"),
        ({"code": "242900694"}, "epci", "242900694", "29"),
        ({"code": "29"}, "departement", "29", "29"),
        ({"code": "53"}, "region", "53", "bretagne"),
        ({"nom": "quimperle"}, "commune", "29233", "29"),
        ({"nom": "Quimperlé Communauté"}, "epci", "242900694", "29"),
        ({"nom": "Le Faouët", "code": "56057"}, "commune", "56057", "56"),
    ],
)
def test_the_collectivite_is_completed(own: Path, given: Mapping[str, Any], kind: str, code: str, folder: str) -> None:
    place = {f"collectivite.{key}": given.get(key, "") for key in ("code", "nom")}
    done = bring(own, table(ROW | place), "--write")
    assert done.exit_code == 0, done.stdout
    (path,) = (own / "cops" / folder).glob("*commission-fictive-de-l-eau.yml")
    data = read(path).data["collectivite"]
    assert (data["type"], data["code"]) == (kind, code)
    assert data["nom"]


def test_a_code_of_two_meanings_is_doubted(own: Path) -> None:
    found = told(own, table(ROW | {"collectivite.code": "29300", "collectivite.nom": ""}))
    assert [(one["code"], one["severity"]) for one in found["problems"]] == [("code-ambigu", "avertissement")]
    assert [one["path"] for one in found["files"]] == ["cops/29/le-trevoux-commission-fictive-de-l-eau.yml"]


def test_a_syndicat_mixte_lies_where_its_communes_do(own: Path) -> None:
    place = {"type": "syndicat-mixte", "code": "252900017", "nom": "Syndicat fictif"}
    row = ROW | {f"collectivite.{key}": value for key, value in place.items()} | {"perimetre": "35253"}
    codes = [one["code"] for one in told(own, table(row))["problems"]]
    files = told(own, table(row))["files"]
    assert set(codes) <= {"siren-faux"}
    assert files[0]["path"] == "cops/35/syndicat-fictif-commission-fictive-de-l-eau.yml"


# What is there already -----------------------------------------------------------------------------------------------


def test_the_same_table_again_writes_nothing(own: Path) -> None:
    rows = table(ROW | {"inscrite_le": ""}, ROW | {"nom": "Commission fictive des haies"})
    assert bring(own, rows, "--write").exit_code == 0
    before = tree(own)
    again = call(own, own.parent / "tableau.csv", "--write", "--date", "2026-11-30")
    assert again.exit_code == 0
    assert again.stdout.startswith("2 fiches sont déjà là, à l’identique\u00a0:\n  ligne 2 : cops/29/quimperle-comm")
    assert again.stdout.endswith("2 lignes lues\u00a0: rien de nouveau à écrire.\n")
    assert tree(own) == before


def test_a_known_row_that_says_something_else_stops_all(own: Path) -> None:
    same = {"id": "quimperle-cop-fictive", "dossier": "29"}
    rows = table(ROW, same | ROW | {"nom": "COP fictive", "resume": f"{RESUME} Autre chose."})
    done = bring(own, rows, "--write")
    assert done.exit_code == 1
    assert "existe déjà et dit autre chose\u00a0: type, " in done.stdout
    assert "Rien n’est remplacé" in done.stdout
    assert len(list((own / "cops").rglob("*.yml"))) == 1


def test_rows_contradict_each_other(own: Path) -> None:
    rows = table(
        ROW | {"id": "un"}, ROW | {"id": "un", "nom": "Autre COP fictive"}, ROW, ROW | {"nom": "Troisième COP fictive"}
    )
    said = [(one["row"], one["code"], one["message"]) for one in told(own, rows)["problems"]]
    assert [one[:2] for one in said] == [(3, "identifiant-pris"), (4, "cop-en-double")]
    assert said[0][2].endswith("est déjà celui de la ligne 2.")
    assert said[1][2].startswith("Cette COP est déjà dans la ligne 2\u00a0: ")


def test_rows_name_each_other(own: Path) -> None:
    ended = {"statut": "terminee", "terminee_le": "2026", "remplacee_par": "la-suite"}
    assert told(own, table(ROW | ended, ROW | {"id": "la-suite", "nom": "Nouvelle COP fictive"}))["problems"] == []


# Titles --------------------------------------------------------------------------------------------------------------


def test_titles_may_be_those_of_the_schema(own: Path) -> None:
    french = {
        "nom": "Nom de la COP",
        "type": "FORME DE LA COP",
        "collectivite.code": "Code de la collectivite",
        "collectivite.nom": "collectivite.nom",
        "statut": "Statut",
        "themes": "Thèmes ",
        "resume": "résumé",
        "contact.page": "Page de contact",
        "inscrite_le": "Inscrite le",
    }
    titles, values = table(ROW)
    (data,) = made(own, [[french[title] for title in titles], values])
    assert data["contact"] == {"page": "https://exemple.org/"}


@pytest.mark.parametrize(
    ("extra", "code", "words"),
    [
        ({"contcat.page": "x"}, "colonne-proche", "Vouliez-vous dire « contact.page » ?"),
        ({"Contact de la page": "x"}, "colonne-proche", "Aucune information d’une fiche ne porte ce titre."),
        ({"Notes internes": "x"}, "colonne-inconnue", "Aucune information d’une fiche ne porte ce titre."),
        ({"themes.0": "eau"}, "colonne-proche", "Aucune information d’une fiche ne porte ce titre."),
        ({"Statut": "active"}, "colonne-en-double", "la même information que la colonne « statut »."),
        ({"": "un reste"}, "colonne-sans-titre", "n’a pas de titre, mais la ligne 2 y écrit quelque chose."),
    ],
)
def test_a_wrong_title_is_told_once(own: Path, extra: Mapping[str, Any], code: str, words: str) -> None:
    (found,) = told(own, table({**ROW, **extra}, ROW | {"nom": "Autre COP fictive"}))["problems"]
    assert (found["row"], found["column"], found["code"]) == (1, len(ROW) + 1, code)
    assert words in found["message"].replace("\u00a0", " ").replace("\u202f", " ")


def test_a_missing_column_is_told_once(own: Path) -> None:
    bare = {key: value for key, value in ROW.items() if key not in ("themes", "contact.page", "inscrite_le")}
    found = told(own, table(bare, bare | {"nom": "Autre COP fictive"}))["problems"]
    assert [(one["row"], one["code"]) for one in found] == [(1, "colonne-manquante")] * 2
    assert "« Thèmes »" in found[0]["message"].replace("\u00a0", " ")
    assert "« contact.courriel »" in found[1]["remedy"].replace("\u00a0", " ")


def test_columns_of_the_open_data_are_passed_over(own: Path) -> None:
    assert told(own, table(ROW | {"derive.url": "https://exemple.org/x/", "url": "y"}))["problems"] == []


def test_the_model_has_only_columns_that_are_read(own: Path) -> None:
    empty = exports.write_model(SCHEMAS["cop"].fields)
    model = empty.decode("utf-8-sig").strip().split(";")
    assert model == exports.MODEL
    rows = [model, [ROW.get(title, "") for title in model]]
    path = own.parent / "modele.csv"
    path.write_bytes(empty + csv_bytes(rows[1:], ";"))
    done = call(own, path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "1 fiche prête" in done.stdout


# Files as softwares write them ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delimiter", "encoding", "end"),
    [
        (";", "windows-1252", "\r\n"),  # a French Excel, « CSV »
        (";", "utf-8-sig", "\r\n"),  # … « CSV UTF-8 »
        ("\t", "utf-16", "\r\n"),  # … « Texte Unicode »
        (",", "utf-8", "\n"),  # LibreOffice
    ],
)
def test_csv_of_every_origin(own: Path, delimiter: str, encoding: str, end: str) -> None:
    row = ROW | {"nom": 'L’eau ; les « haies », "ou" rien', "description": "Une.\n\nDeux."}
    path = own.parent / "tableau.csv"
    path.write_bytes(csv_bytes(table(row), delimiter, encoding, end))
    done = call(own, path, "--write")
    assert done.exit_code == 0, done.stdout
    assert ("Windows-1252" in done.stderr) == (encoding == "windows-1252")
    (path,) = (own / "cops/29").glob("quimperle-l-eau*.yml")
    data = read(path).data
    assert (data["nom"], data["description"]) == (row["nom"], "Une.\n\nDeux.")


def test_a_workbook_is_read_as_it_is_shown(own: Path) -> None:
    first = ROW | {"collectivite.code": 29233, "creee_le": date(2021, 1, 15), "composition.total": 12}
    second = ROW | {"nom": "Autre COP fictive", "contact.telephone": 261910000, "rencontres.0.objet": "Réunion"}
    second |= {"rencontres.0.debut": datetime(2027, 1, 14, 18, 30), "statut": "fini"}  # noqa: DTZ001
    rows = table(first, {}, second)
    rows[0] += ["", ""]
    path = own.parent / "tableau.xlsx"
    spreadsheets.xlsx(path, rows, hidden="Brouillon")
    found = json.loads(call(own, path, "--format", "json").stdout)
    assert [(one["row"], one["column"], one["title"]) for one in found["problems"]] == [(4, 5, "colonne E (statut)")]
    spreadsheets.xlsx(path, table(first, {}, second | {"statut": "active"}), hidden="Brouillon")
    assert call(own, path, "--write").exit_code == 0
    one, other = (read(own / "cops/29" / f"quimperle-{name}.yml").data for name in
                  ("commission-fictive-de-l-eau", "autre-cop-fictive"))  # fmt: skip
    assert (one["creee_le"], one["composition"], one["collectivite"]["code"]) == ("2021-01-15", {"total": 12}, "29233")
    assert other["rencontres"] == [{"debut": "2027-01-14 18:30", "objet": "Réunion"}]
    assert other["contact"]["telephone"] == "0261910000"


def test_a_formula_is_worth_its_last_value(own: Path) -> None:
    rows = table(ROW | {"sigle": "=1+1"})
    (data,) = made(own, rows, name="tableau.xlsx")
    assert data["sigle"] == "0"  # what the software left there


# Writing -------------------------------------------------------------------------------------------------------------


def test_all_or_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = table(*(ROW | {"nom": f"COP fictive {word}"} for word in "eau forêt bourg littoral école".split()))
    before, true_write, written = tree(own), write_new, []

    def full(path: Path, content: bytes) -> None:
        written.append(path)
        if len(written) == 4:
            raise OSError(28, "No space left on device", str(path))
        true_write(path, content)

    monkeypatch.setattr(plans, "write_new", full)
    done = bring(own, rows, "--write")
    assert done.exit_code == 2
    assert done.stderr.startswith("Le disque est plein\u00a0: ")
    assert tree(own) == before


def test_a_file_that_came_meanwhile_stays(own: Path) -> None:
    path = own / "cops/29/un.yml"
    files = [plans.File(2, "cops/29/zero.yml", "a\n"), plans.File(3, "cops/29/un.yml", "b\n")]
    path.write_text("à quelqu’un d’autre\n", encoding="utf-8")
    with pytest.raises(FileExistsError):
        plans.write_files(own, files)
    assert path.read_text("utf-8") == "à quelqu’un d’autre\n"
    assert not (own / "cops/29/zero.yml").exists()


def test_markdown_shows_what_was_typed_and_runs_nothing(own: Path) -> None:
    done = bring(own, table(ROW | {"statut": "<b>@tous</b> [x](y)"}), "--format", "markdown")
    assert done.exit_code == 1
    assert "<b>" not in done.stdout
    assert "](" not in done.stdout
    assert "`choix-inconnu`" in done.stdout


def test_a_great_many_mistakes_are_counted(own: Path) -> None:
    rows = table(*(ROW | {"nom": f"COP fictive {n}", "statut": "fini"} for n in range(250)))
    done = bring(own, rows)
    assert done.stdout.count("[choix-inconnu]") == 200
    assert "… et 50 autres problèmes" in done.stdout
    assert len(told(own, rows)["problems"]) == 250


def test_the_same_row_hundreds_of_times_is_told(own: Path) -> None:
    done = bring(own, [["nom", "collectivite.code"], *[["Commission", "29233"]] * 300])
    assert done.exit_code == 1
    assert not done.stderr
    assert "[colonne-manquante]" in done.stdout
    assert done.stdout.count("\n") < 10_000  # four lines a problem


def test_without_rows_nothing_is_new(own: Path) -> None:
    done = bring(own, table(ROW)[:1])
    assert (done.exit_code, done.stdout) == (0, "0 ligne lue\u00a0: rien de nouveau à écrire.\n")


# There and back ------------------------------------------------------------------------------------------------------

LINE, LIST = (columns.Column((key,), SCHEMAS["cop"].fields[key]) for key in ("nom", "themes"))


@given(text=st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"])))
@example(text="'=1+1")
@example(text=" \n- une liste\n")
@example(text="''+33 2 61 91 00 00")
@example(text="-2+3+cmd|' /C calc'!A0")
@example(text="COP;=1+1;x")
def test_an_exported_text_is_read_to_the_letter(text: str) -> None:
    assert cells.read_exactly(LINE, guard(LINE.value({"nom": text}))) == text


def test_an_exported_list_is_read_to_the_letter() -> None:
    assert cells.read_exactly(LIST, guard(LIST.value({"themes": ["eau", "littoral-mer"]}))) == ["eau", "littoral-mer"]


def test_an_entry_is_read_to_the_letter(own: Path) -> None:
    text = cop(
        nom='"COP fictive, « la nôtre » ; 29233 "',
        more=(
            'autres_noms: [" devant", "derrière | au-dessus "]\n'
            "description: |\n  + une liste\n  - une suite : \"ceci\" ;=1+1 'cela'\n"
            'contact: {telephone: "+33 2 61 91 00 00"}\n'
        ),
    ).replace('contact: {page: "https://exemple.org/"}\n', "", 1)
    text = text.replace(", nom: Quimperlé", "")  # what the entry does not say is not added
    path = own / "cops/29/quimperle-cop-fictive.yml"
    path.write_text(text, encoding="utf-8")
    before = read(path).data
    exported = CliRunner().invoke(main, ["--root", str(own), "export", "--csv", "--date", TODAY])
    path.unlink()
    (own.parent / "cops.csv").write_bytes(exported.stdout_bytes)
    done = call(own, own.parent / "cops.csv", "--write")
    assert done.exit_code == 0, done.stdout
    assert read(path).data == before
