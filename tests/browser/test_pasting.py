"""A table without a command line: pasted, corrected where it is wrong, then sent or downloaded."""

import csv
import io
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from generator.edits.requests.messages import read_mail
from generator.edits.requests.proposals import propose
from generator.repository.snapshot import read_snapshot
from tests.support import mails, repository
from tests.support.annuaires import RESUME
from tests.support.browser import Visit, screen, violations, visitor
from tests.support.form_visits import NOON
from tests.support.repository import TODAY
from tests.support.spreadsheets import csv_bytes

TITLES = ["Nom", "Forme", "Commune", "Statut", "Thème", "Résumé", "Mail", "Tél", "Source", "Couleur"]
SOUND = ["Commission fictive de l’eau", "Commission extra-municipale", "Guéhenno", "Active", "Eau", RESUME]
SOUND += ["mairie@guehenno.example", "02/97/00/00/00", "collectivite", "bleu"]
WRONG = ["Comité fictif <b des haies", "Comité", "Guéhenno", "actif", "Eau", f"{RESUME}\n« Oui »", "#REF!", ""]
WRONG += ["La mairie", ""]
ALIKE = ["Conseil fictif des jeunes", "Conseil de développement", "Nullepart", "Active", "Eau", RESUME]
ALIKE += ["conseil@guehenno.example", "", "La mairie", ""]


def paste(page: Page, raw: bytes) -> None:
    page.fill("#q-coller", raw.decode())
    page.focus("#q-coller")
    page.keyboard.press("Tab")  # the file
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def correct(visit: Visit) -> None:
    """Every answer by the keyboard or where a person would click."""
    page, state = visit.page, visit.page.locator("#coller-etat")
    expect(state).to_have_text("3 lignes lues : 1 prête, 2 à revoir.")
    expect(page.locator("#coller-titre")).to_be_focused()
    expect(page.locator("#coller-fautes")).to_contain_text("colonne « Couleur »")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    row = page.locator("#ligne-3")
    expect(row.locator("h3")).to_contain_text("<b des haies")
    page.click("#ligne-3 [data-juste=comite-consultatif]")
    page.click("#ligne-3 [data-juste=active]")
    page.fill("#ligne-3-contact-courriel", "haies@guehenno.example")
    page.keyboard.press("Tab")
    expect(row.locator(".coller__etat")).to_have_text("1 réponse à revoir")
    expect(page.locator("#ligne-3-fiche-source")).to_be_focused()
    page.select_option("#ligne-3-fiche-source", "collectivite")
    expect(row.locator(".coller__etat")).to_have_text("prête")
    expect(row.locator("h3")).to_be_focused()
    page.click("#ligne-3 [data-geste=meme]")  # the same answer is wrong in the row below
    expect(page.locator("#ligne-4 .coller__etat")).to_have_text("1 réponse à revoir")
    page.fill("#ligne-4-collectivite-nom", "Ploërmel Communauté")
    page.keyboard.press("Enter")
    expect(state).to_have_text("3 lignes lues : 3 prêtes.")


def test_from_the_cells_to_the_files(chromium: Browser, reachable: str, depot: Path, tmp_path: Path) -> None:
    with visitor(chromium, reachable, **screen(360)) as visit:
        visit.page.clock.set_fixed_time(NOON)
        page = visit.open("importer/").page
        assert not any("/donnees/" in address for address in visit.requests)
        paste(page, csv_bytes([TITLES, SOUND, WRONG, ALIKE], "\t", end="\n"))
        correct(visit)
        # One row, by e-mail: nothing leaves before the person agrees.
        page.evaluate(
            """document.addEventListener("click", (e) => {
              const lien = e.target.closest("a[href^=mailto]");
              if (lien) { window.message = lien.href; e.preventDefault(); }
            }, true)"""
        )
        page.click("#ligne-2 [data-geste=courriel]")
        expect(page.locator("#q-accord")).to_be_focused()
        page.check("#q-accord")
        page.click("#ligne-2 [data-geste=courriel]")
        expect(page.locator("#ligne-2 #envoi-suite")).to_contain_text("il reste à l’envoyer")
        mail = read_mail(mails.flowed(page.input_value("#envoi-texte textarea")))
        made = propose(read_snapshot(depot, {}, TODAY), {}, mail)
        assert made
        assert made.etat == "prete", made.reponse
        with page.expect_download() as waiting:
            page.click("#ligne-3 [data-geste=telecharger]")
        single = waiting.value.path().read_text("utf-8")
        with page.expect_download() as waiting:
            page.click("[data-geste=tout]")
        table = tmp_path / "cop.csv"
        waiting.value.save_as(table)
        # A workbook is told in a sentence; nothing was kept.
        page.set_input_files("#q-fichier", {"name": "cop.xlsx", "mimeType": "", "buffer": b"PK\x03\x04"})
        expect(page.locator("#coller-etat")).to_contain_text(
            "collez-les. Ou envoyez le tableau à contact@annuaire.example"
        )
        assert page.evaluate("localStorage.length") == 0
        assert (visit.complaints, visit.strangers) == ([], [])
    raw = table.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfnom;type;collectivite.nom;")
    assert "Couleur" not in next(csv.reader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    root = tmp_path / "depot"
    shutil.copytree(depot, root, ignore=shutil.ignore_patterns("site"))
    written = repository.call("--root", root, "import", table, "--write", "--date", TODAY)
    assert written.returncode == 0, written.stdout + written.stderr
    files = {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in (root / "cops").rglob("*.yml")}
    assert single in files.values()
    assert files[made.chemin] == made.texte
    assert repository.call("--root", root, "check", "--date", TODAY).returncode == 0


def test_without_scripts_the_page_is_what_it_was(chromium: Browser, reachable: str) -> None:
    with visitor(chromium, reachable, java_script_enabled=False) as visit:
        page = visit.open("importer/").page
        expect(page.locator("#ici")).to_be_hidden()
        expect(page.locator("#importer")).to_be_visible()
