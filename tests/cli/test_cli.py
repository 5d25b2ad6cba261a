"""The command as a person or a program meets it: exit codes, French, nothing written by mistake."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.command import main
from generator.entries import corpus
from tests.support import repository
from tests.support.paths import ROOT
from tests.support.repository import TODAY, environment, run, tree

RESUME = "Une COP inventée pour les essais, où élus et habitants préparent ensemble les transitions."
GIVEN = ("--nom", "Commission fictive de l’eau", "--theme", "eau", "--resume", RESUME, "--page", "https://exemple.org/")
ENGLISH = re.compile(
    r"\b(?:Usage: |Options:|Commands:|Try|Error|error|Missing|Invalid|No such|Got|unexpected|Show this|required|not|"
    r"the|"
    r"is|value|Traceback)\b"
)


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small repository that tests leave as it was."""
    return repository.make(tmp_path_factory.mktemp("commande"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """One to write in."""
    return repository.make(tmp_path / "depot")


def call(*arguments: str | Path) -> Result:
    """The same in this process, which is quicker; wrong usage is for `run`."""
    return CliRunner(env=dict.fromkeys(repository.OURS)).invoke(main, [str(one) for one in arguments])


def spoil(root: Path) -> Path:
    entry = next((root / "cops").rglob("*.yml"))
    entry.write_text(entry.read_text("utf-8").replace("\nstatut:", "\nstatu:"), encoding="utf-8")
    return entry.relative_to(root)


# check --------------------------------------------------------------------------------------------------------------


def test_check_ends_well(depot: Path) -> None:
    done = call("--root", depot, "check", "--date", TODAY)
    assert done.exit_code == 0
    assert "5 fichiers lus" in done.stdout
    assert done.stderr == ""


def test_check_tells_what_is_wrong(own: Path) -> None:
    path = spoil(own)
    done = call("--root", own, "check", "--date", TODAY)
    assert done.exit_code == 1
    assert re.search(rf"^{path}:\d+:\d+: erreur\u00a0: ", done.stdout, re.MULTILINE)
    assert not re.search(r"\x1b", done.stdout)  # colours are for a terminal


def test_check_from_a_folder_inside(depot: Path) -> None:
    assert run("check", "--date", TODAY, cwd=depot / "cops").returncode == 0


def test_check_for_a_program(own: Path) -> None:
    sound = call("--root", own, "check", "--date", TODAY, "--format", "json")
    assert sound.exit_code == 0
    path = spoil(own)
    spoiled = call("--root", own, "check", "--date", TODAY, "--format", "json")
    assert spoiled.exit_code == 1
    assert spoiled.stderr == ""
    assert str(path) not in json.dumps(json.loads(sound.stdout))
    assert str(path) in json.dumps(json.loads(spoiled.stdout))


def test_check_at_a_day(own: Path) -> None:
    entry = next((own / "cops").rglob("*.yml"))
    text = re.sub(r"\n(?:verifiee_le|inscrite_le): .*", "", entry.read_text("utf-8"))
    entry.write_text(f"{text}inscrite_le: 2026-11-24\n", encoding="utf-8")
    assert "date-future" in run("--root", own, "check", "--date", "2026-11-23").stdout
    assert "date-future" not in run("--root", own, "check", "--date", "2026-11-24").stdout
    # 23 November 23:30 in Greenwich is already the 24th in Paris.
    assert "date-future" not in run("--root", own, "check", variables={"SOURCE_DATE_EPOCH": "1795476600"}).stdout
    assert "date-future" in run("--root", own, "check", variables={"SOURCE_DATE_EPOCH": "1795390200"}).stdout


def test_a_reader_that_goes_away(depot: Path) -> None:
    command = f"'{repository.COMMAND}' --root '{depot}' check --date {TODAY} | true"
    done = subprocess.run(["sh", "-c", command], env=environment(), capture_output=True, text=True, check=False)
    assert done.stderr == ""


# Usage and environment ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["check"], ["build"], ["new", "Quimperlé", *GIVEN], ["--root", "/", "check"]])
def test_outside_a_repository(tmp_path: Path, arguments: list[str]) -> None:
    done = run(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Aucun annuaire ici\u00a0: ")
    assert len(done.stderr.strip().split("\n")) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["frob"], "La commande demandée n’existe pas."),
        (["check", "--formt", "json"], "L’option --formt n’existe pas. Vouliez-vous dire --format\u202f?"),
        (["check", "--format", "xml"], "La valeur donnée à --format ne convient pas. Choix\u00a0: text, "),
        (["check", "--date", "24/11/2026"], "La valeur donnée à --date ne convient pas. Attendu\u00a0: AAAA-MM-JJ."),
        (["check", "--date"], "Il manque une valeur après --date."),
        (["build", "un", "deux"], "Trop d’arguments."),
        (["build", "--quiet=1"], "L’option --quiet ne prend pas de valeur."),
        (["serve", "--port", "99999"], "La valeur donnée à --port ne convient pas."),
        (["new"], "Il manque COMMUNE-OU-CODE, --nom, --theme et --resume. Dans un terminal, "),
        (["new", "Quimperlé", "--nom", "COP fictive"], "Il manque --theme et --resume."),
        (["import"], "Il manque FICHIER."),
        (["export"], "Il manque --csv."),
        (["--root"], "Il manque une valeur après --root."),
    ],
)
def test_wrong_usage(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(words)
    assert "--help" in done.stderr
    assert len(done.stderr.strip().split("\n")) == 1
    assert not ENGLISH.search(done.stderr)


@pytest.mark.parametrize("value", ["hier", "9" * 20, "-9999999999999", "1e9"])
def test_wrong_epoch(depot: Path, value: str) -> None:
    done = run("--root", depot, "check", variables={"SOURCE_DATE_EPOCH": value})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("SOURCE_DATE_EPOCH ne donne pas une date\u00a0: ")


def test_alone_it_shows_its_help() -> None:
    done = run()
    assert done.returncode == 2
    assert done.stdout + done.stderr == run("--help").stdout


COMMANDS = [[], ["check"], ["build"], ["serve"], ["new"], ["review"], ["links"], ["import"], ["export"]]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_french(command: list[str]) -> None:
    done = repository.call(*command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage\u00a0: cop")
    assert not ENGLISH.search(done.stdout), ENGLISH.search(done.stdout)
    assert "Afficher cette aide." in done.stdout
    assert repository.call(*command, "-h").stdout == done.stdout


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_a_stream_closed_by_the_caller(closed: str) -> None:
    """As some schedulers launch commands."""
    done = subprocess.run(["sh", "-c", f'"$0" --version {closed}', repository.COMMAND], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_only_what_has_no_end_collects_garbage() -> None:
    """The command itself switches the collector off; `serve` lasts for hours."""
    code = (
        "import gc, sys\nfrom generator.building import build, serve\nfrom generator.cli import command\n"
        "def note(*given): print(gc.isenabled(), flush=True); sys.exit(0)\n"
        "build.build = serve.serve = note\nsys.argv = ['cop', sys.argv[1]]\ncommand.entry()"
    )
    said = {
        name: subprocess.run([sys.executable, "-c", code, name], cwd=ROOT, capture_output=True, text=True, check=True)
        for name in ("build", "serve")
    }
    assert {name: done.stdout.strip() for name, done in said.items()} == {"build": "False", "serve": "True"}


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, generator.cli.command as cli\nsys.argv = ['cop', '--help']\n"
        "try:\n    cli.run(cli.main)\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('yaml', 'jsonschema_rs', 'jinja2', 'mkdocs', 'feedgen', 'cmarkgfm', 'msgspec',"
        " 'resvg_py', 'urllib3', 'generator.building.build') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip().split("\n")[-1] == "[]"


def test_version() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", run("--version").stdout)


# review -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "start"),
    [
        ([], "## Fiches à vérifier\n"),
        (["--signes", "2000"], "## Fiches à vérifier\n"),
        (["--format", "csv"], "dossier,id,nom,"),
        (["--format", "mailto"], "mailto:"),
    ],
)
def test_review_in_each_form(depot: Path, options: list[str], start: str) -> None:
    before = tree(depot)
    done = call("--root", depot, "review", "--date", "2032-01-01", *options)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith(start)
    assert len(done.stdout) <= 2001 or "--signes" not in options
    assert tree(depot) == before


# new ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "path"),
    [
        ("Quimperlé", "cops/29/quimperle-commission-fictive-de-l-eau.yml"),
        ("quimperle", "cops/29/quimperle-commission-fictive-de-l-eau.yml"),
        ("INSEE 35253", "cops/35/saint-aubin-du-cormier-commission-fictive-de-l-eau.yml"),
        ("22620", "cops/22/ploubazlanec-commission-fictive-de-l-eau.yml"),  # a postal code that is nobody's INSEE code
        ("Le Faouët (56057)", "cops/56/le-faouet-commission-fictive-de-l-eau.yml"),
    ],
)
def test_new_file_passes_the_check(own: Path, place: str, path: str) -> None:
    before = tree(own)
    done = call("--root", own, "new", place, *GIVEN, "--date", TODAY)
    assert (done.exit_code, done.stdout) == (0, f"Fiche écrite\u00a0: {path}\n"), done.stderr
    assert set(tree(own)) - set(before) == {path}
    text = (own / path).read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schema/cop.schema.json\n")
    assert (own / path).parent.joinpath("../../schema/cop.schema.json").is_file()
    checked = call("--root", own, "check", "--date", TODAY)
    assert checked.exit_code == 0
    assert path not in checked.stdout


def test_new_twice_gets_another_name(own: Path) -> None:
    first = call("--root", own, "new", "Quimperlé", *GIVEN, "--date", TODAY)
    other = ["--nom", "Commission fictive de l’eau", "--type", "cop-locale", *GIVEN[2:], "--date", TODAY]
    second = call("--root", own, "new", "Quimperlé", *other)
    assert first.exit_code == second.exit_code == 0, second.stderr
    assert (own / "cops/29/quimperle-commission-fictive-de-l-eau-2.yml").is_file()


def test_new_never_replaces_a_file(own: Path) -> None:
    (entry, *_) = (own / "cops").rglob("*.yml")
    before = tree(own)
    done = call("--root", own, "new", "Quimperlé", *GIVEN, "--date", TODAY, "--id", entry.stem)
    assert done.exit_code == 1
    assert "identifiant-pris" in done.stderr
    assert tree(own) == before


@pytest.mark.parametrize("name", ["../../dehors", "a/b", "Majuscule", "é", "-a", "a--b", "", "x" * 81, "a.yml"])
def test_new_refuses_a_name_that_is_no_address(own: Path, name: str) -> None:
    before = tree(own.parent)
    done = call("--root", own, "new", "Quimperlé", *GIVEN, "--date", TODAY, f"--id={name}")
    if name:
        assert done.exit_code == 1
        assert "nom-de-fichier" in done.stderr
        assert tree(own.parent) == before
    else:
        assert done.exit_code == 0  # no name given: one is made


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Le Faouët", ["22057", "56057"]),
        ("le faouet", ["22057", "56057"]),
        ("Atlantis", ["«\u00a0Atlantis\u00a0»\u00a0: aucune commune ni intercommunalité"]),
        ("22560", ["22198", "22343"]),  # the postal code of two communes
        ("29300", ["code INSEE du Trévoux (29300)", "code postal d’Arzano (29002)", "4 autres communes"]),
        ("29200", ["ancien code INSEE de Morlaix (29151) et code postal de Brest (29019)"]),
        ("", ["Il manque le nom"]),
    ],
)
def test_new_asks_which_place(own: Path, place: str, words: list[str]) -> None:
    before = tree(own)
    done = call("--root", own, "new", place, *GIVEN)
    assert (done.exit_code, done.stdout) == (2, "")
    assert [word for word in words if word not in done.stderr] == []
    assert tree(own) == before


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["--theme", "ea"], "choix-proche"),
        (["--statut", "actif"], "choix-"),
        (["--courriel", "camille.dupont@exemple.org"], "courriel-personnel"),
        (["--nom", "x"], "trop-court"),
    ],
)
def test_new_refuses_what_the_check_would_refuse(own: Path, given: list[str], code: str) -> None:
    before = tree(own)
    done = call("--root", own, "new", "Quimperlé", *GIVEN, *given, "--date", TODAY)
    assert (done.exit_code, done.stdout) == (1, "")
    assert f"[{code}" in done.stderr
    assert re.match(r"cops/29/[a-z0-9-]+\.yml:\d+:\d+: erreur\u00a0: ", done.stderr)
    assert tree(own) == before


def test_new_needs_a_contact(own: Path) -> None:
    done = call("--root", own, "new", "Quimperlé", *GIVEN[:-2], "--date", TODAY)
    assert done.exit_code == 1
    assert "contact-sans-moyen" in done.stderr


def test_new_only_shows(own: Path) -> None:
    before = tree(own)
    done = call("--root", own, "new", "Quimperlé", *GIVEN, "--date", TODAY, "--dry-run")
    assert done.exit_code == 0
    assert tree(own) == before
    entry, problems, _ = corpus.read_entry(
        "cops/29/a.yml", done.stdout.encode(), corpus.KINDS[0], corpus.load(own).schemas["cop"]
    )
    assert entry
    assert entry.data["inscrite_le"] == TODAY
    assert problems == ()


def test_new_asks_whether_it_is_the_one_that_is_there(own: Path) -> None:
    first = call("--root", own, "new", "Arzano", *GIVEN, "--date", TODAY)
    assert first.stderr == ""
    second = call("--root", own, "new", "Arzano", *GIVEN, "--type", "cop-locale", "--date", TODAY)
    assert second.exit_code == 0
    assert "est-ce celle-ci\u202f? Commission fictive de l’eau (cops/29/arzano-" in second.stderr


def test_new_sees_that_a_former_address_is_taken(own: Path) -> None:
    (entry, *_) = (own / "cops").rglob("*.yml")
    text = re.sub(r"\nanciens_ids:.*", "", entry.read_text("utf-8"))
    entry.write_text(f"{text}anciens_ids: [arzano-commission-fictive-de-l-eau]\n", encoding="utf-8")
    done = call("--root", own, "new", "Arzano", *GIVEN, "--date", TODAY)
    assert (done.exit_code, done.stdout) == (
        0,
        "Fiche écrite\u00a0: cops/29/arzano-commission-fictive-de-l-eau-2.yml\n",
    )


# export -------------------------------------------------------------------------------------------------------------


def test_export_writes_what_was_typed(depot: Path, tmp_path: Path) -> None:
    shown = call("--root", depot, "export", "--csv", "--date", TODAY)
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert shown.stdout.startswith("\ufeffid;dossier;nom;type;collectivite.type;")
    assert "derive." not in shown.stdout
    assert shown.stdout_bytes.count(b"\r\n") == 4
    target = tmp_path / "cops.csv"
    written = call("--root", depot, "export", "--csv", target, "--date", TODAY)
    assert (written.exit_code, written.stdout) == (0, "")
    assert written.stderr.startswith("3 COP écrites dans ")
    assert target.read_bytes() == shown.stdout_bytes


def test_export_writes_over_nothing(depot: Path, tmp_path: Path) -> None:
    target = tmp_path / "cops.csv"
    target.write_text("rempli à la main\n", encoding="utf-8")
    done = call("--root", depot, "export", "--csv", target)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Ce fichier existe déjà\u00a0: ")
    assert target.read_text("utf-8") == "rempli à la main\n"


def test_export_of_a_wrong_directory_tells_why(own: Path) -> None:
    path = spoil(own)
    done = call("--root", own, "export", "--csv", "--date", TODAY)
    assert (done.exit_code, done.stdout) == (1, "")
    assert str(path) in done.stderr
