"""A theme, a type and a question are added in the schema alone: the site, the form and the tables follow."""

import re
import shutil
from pathlib import Path

from tests.support import grown, html_pages, repository

ID = Path(grown.ENTRY).stem


def page(root: Path, address: str) -> html_pages.Page:
    path = f"{address}index.html"
    return html_pages.parse(path, (root / "site" / path).read_text("utf-8"))


def test_the_theme_has_its_page_with_its_goals(grown_root: Path) -> None:
    shown = page(grown_root, f"themes/{grown.THEME}/").shown
    assert "Lumière d’essai" in shown
    assert re.search(r"Objectifs de développement durable\s*7 et 11", shown)
    assert "Essai de croissance" in shown
    assert "Quatorze thèmes" in page(grown_root, "themes/").shown


def test_the_type_has_its_page_with_its_scale_and_basis(grown_root: Path) -> None:
    shown = page(grown_root, f"types/{grown.TYPE}/").shown
    assert "peut être portée par la commune ou l’intercommunalité" in shown
    assert "texte le plus courant : Article L5211-10-1 du CGCT" in shown.replace("\u00a0", " ")
    assert "Essai de croissance" in shown
    assert "Onze formes" in page(grown_root, "types/").shown


def test_the_page_says_all_three(grown_root: Path) -> None:
    shown = page(grown_root, f"cops/{ID}/").shown
    assert "Lumière d’essai" in shown
    assert "Conseil d’essai" in shown
    assert "Article L5211-10-1" not in shown  # the file does not say it
    assert "Accueil des enfants" in shown


def test_the_form_asks_all_three(grown_root: Path) -> None:
    asked = page(grown_root, "ajouter/")
    assert {"themes", "type", grown.KEY} <= {a.get("name") for a in asked.all("input", "select")}
    assert {grown.THEME, grown.TYPE} <= {a.get("value") for a in asked.all("input", "option")}
    assert "Les enfants sont-ils accueillis pendant les séances" in asked.shown


def test_the_table_goes_out_and_comes_back(grown_root: Path, tmp_path: Path) -> None:
    table = tmp_path / "cops.csv"
    assert repository.call("--root", grown_root, "export", "--csv", table, "--date", repository.TODAY).returncode == 0
    other = tmp_path / "depot"
    shutil.copytree(grown_root, other, symlinks=True, ignore=shutil.ignore_patterns("site"))
    for entry in (other / "cops").rglob("*.yml"):
        entry.unlink()
    back = repository.call("--root", other, "import", table, "--write", "--date", repository.TODAY)
    assert back.returncode == 0, back.stdout + back.stderr
    text = (other / grown.ENTRY).read_text("utf-8")
    assert f"themes: [{grown.THEME}]" in text or f"themes:\n  - {grown.THEME}" in text
    assert f"type: {grown.TYPE}\n" in text
    assert f"{grown.KEY}: oui\n" in text
    assert repository.call("--root", other, "check", "--date", repository.TODAY).returncode == 0


def test_what_is_not_in_the_list_is_refused(grown_root: Path, tmp_path: Path) -> None:
    other = tmp_path / "depot"
    shutil.copytree(grown_root, other, symlinks=True, ignore=shutil.ignore_patterns("site"))
    entry = other / grown.ENTRY
    entry.write_text(entry.read_text("utf-8").replace(f"{grown.KEY}: oui", f"{grown.KEY}: mardi"), encoding="utf-8")
    done = repository.call("--root", other, "check", "--date", repository.TODAY)
    assert done.returncode == 1
    assert "mardi" in done.stdout + done.stderr
