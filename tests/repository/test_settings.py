"""The settings of mkdocs.yml: what is missing, what is wrong, and what the environment replaces."""

from collections.abc import Mapping

import pytest

from generator.entries.schemas.schema import load_schema
from generator.problems.problem import Problem
from generator.problems.reports import as_text
from generator.repository import settings
from tests.support.paths import ROOT

SCHEMA = load_schema(ROOT / "schema", "settings")
FULL = """\
site_name: Annuaire fictif
site_url: https://annuaire.example/
site_description: Une phrase.
extra:
  annuaire:
    depot: {adresse: https://forge.example/cop/, forge: gitlab, branche: publie}
    contact: {courriel: contact@annuaire.example, page: https://annuaire.example/ecrire}
    reseau: {nom: Réseau fictif, page: https://reseau.example/}
    mentions:
      editeur: Association fictive
      editeur_adresse: 1 place de l’Exemple, 29000 Quimper
      editeur_telephone: 02 61 91 00 00
      editeur_numero: W294000000
      directeur_de_publication: Prénom Nom
      hebergeur: Hébergeur fictif
      hebergeur_adresse: 2 rue de l’Exemple, 29000 Quimper
      hebergeur_telephone: 02 61 91 00 01
    perimetre: {departements: ["22", "29"], epci_entiers: true}
    echeances: ["2032-03-14", "2026-03-15"]
    donnees_fictives: true
"""


def read(text: str, environ: Mapping[str, str] | None = None) -> tuple[settings.Settings, list[Problem]]:
    return settings.read(text.encode(), SCHEMA, environ or {})


def codes(text: str, environ: Mapping[str, str] | None = None) -> list[str]:
    return [p.code for p in read(text, environ)[1]]


def test_all_that_is_set_is_read() -> None:
    chosen, found = read(FULL)
    assert found == []
    assert (chosen.depot, chosen.forge, chosen.branche) == ("https://forge.example/cop", "gitlab", "publie")
    assert (chosen.courriel, chosen.page) == ("contact@annuaire.example", "https://annuaire.example/ecrire")
    assert (chosen.reseau, chosen.reseau_page) == ("Réseau fictif", "https://reseau.example/")
    assert chosen.mentions["editeur"] == "Association fictive"
    assert (chosen.departements, chosen.epci_entiers) == (("22", "29"), True)
    assert chosen.echeances == ("2026-03-15", "2032-03-14")
    assert chosen.donnees_fictives


def test_nothing_is_invented_for_what_is_missing() -> None:
    chosen, found = read("site_name: Annuaire fictif\n")
    assert (chosen.depot, chosen.courriel, chosen.page, chosen.forge) == (None, None, None, None)
    assert chosen.site_url == settings.LOCAL_URL
    assert {p.code for p in found} == {"adresse-du-site", "mentions-manquantes", "porte-manquante"}
    assert not any(p.is_error for p in found)


def test_null_means_missing() -> None:
    text = "site_name: a\nsite_url: null\nextra:\n  annuaire:\n    mentions: {editeur: null, hebergeur: null}\n"
    chosen, found = read(text)
    assert dict(chosen.mentions) == {"editeur": None, "hebergeur": None}
    assert "mentions-manquantes" in [p.code for p in found]


def test_an_error_stands_on_its_line() -> None:
    found = read(FULL.replace("gitlab", "svn"))[1]
    assert [(p.code, p.start) for p in found] == [("choix-inconnu", (6, 57))]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("https://annuaire.example/\n", "ftp://annuaire.example/\n", "motif-adresse"),
        ("contact@annuaire.example", "contact", "motif-courriel"),
        ("2032-03-14", "14/03/2032", "date-a-ecrire"),
        ("2032-03-14", "2032-02-30", "date-impossible"),
        ("donnees_fictives: true", "donnees_fictives: peut-être", "type-boolean"),
        ("reseau:", "reseaux:", "cle-presque-juste"),
        ("extra:\n", "extra: texte\nautre:\n", None),
        ("site_name: Annuaire fictif", "site_name: [a]", "type-string"),
    ],
)
def test_wrong_values(old: str, new: str, code: str | None) -> None:
    found = codes(FULL.replace(old, new))
    assert (code in found) if code else "regle-du-schema" not in found


@pytest.mark.parametrize("text", ["", "- a\n", "a\n", "a: [\n", "\tx", "extra: {annuaire: [a]}\nsite_name: x\n"])
def test_any_text_gets_a_sentence(text: str) -> None:
    found = read(text)[1]
    assert any(p.is_error for p in found)
    as_text(found, lambda _: text.split("\n"))


def test_the_engine_may_have_keys_of_its_own() -> None:
    assert codes(FULL + "theme: {name: material}\nplugins: []\nhooks: [a.py]\n") == []


def test_the_environment_replaces_three_settings() -> None:
    environ = {
        "SITE_URL": "https://autre.example/sous-dossier",
        "DEPOT": "https://autre.example/depot/",
        "CONTACT": "accueil@autre.example",
    }
    chosen, found = read(FULL, environ)
    assert found == []
    assert (chosen.site_url, chosen.base_path) == ("https://autre.example/sous-dossier/", "/sous-dossier/")
    assert (chosen.depot, chosen.courriel) == ("https://autre.example/depot", "accueil@autre.example")


def test_an_empty_variable_replaces_nothing() -> None:
    assert read(FULL, {"SITE_URL": "", "DEPOT": "", "CONTACT": ""}) == read(FULL)


def test_blanks_around_a_variable_are_left_out() -> None:
    assert read(FULL, {"SITE_URL": " https://a.example/\n"})[0].site_url == "https://a.example/"


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SITE_URL", "annuaire.example"),
        ("SITE_URL", "javascript:alert(1)"),
        ("SITE_URL", "https://a b.example/"),
        ("DEPOT", "git@forge.example:cop.git"),
        ("CONTACT", "contact"),
        ("CONTACT", "\x1b[31m"),
    ],
)
def test_a_variable_obeys_the_rule_of_its_setting(variable: str, value: str) -> None:
    chosen, found = read(FULL, {variable: value})
    assert [p.code for p in found] == ["reglage-variable"]
    assert found[0].is_error
    said = as_text(found, lambda _: FULL.split("\n"))
    assert variable in said
    assert "\x1b" not in said
    assert chosen.site_url == settings.LOCAL_URL  # empty settings, not half of them


def test_the_settings_of_the_repository_are_sound() -> None:
    assert not any(p.is_error for p in settings.load(ROOT, {})[1])


def test_what_is_to_settle_before_publication_is_one_list() -> None:
    chosen, found = read(FULL)
    assert [one.code for one in settings.list_before_publication(chosen, found)] == ["donnees-fictives"]
    real = FULL.replace("fictives: true", "fictives: false").replace("directeur_de_publication: Prénom Nom", "x: y")
    chosen, found = read(
        real.replace("x: y", "directeur_de_publication: Présidence"), {"SITE_URL": "http://localhost/"}
    )
    codes = [one.code for one in settings.list_before_publication(chosen, found)]
    assert sorted(codes) == ["adresse-du-site", "directeur-sans-nom"]
    chosen, found = read(real.replace("x: y", "directeur_de_publication: Prénom Nom"))
    assert settings.list_before_publication(chosen, found) == ()


@pytest.mark.parametrize("number", [0x0, 0x7, 0x1B, 0x9B, 0x202E, 0x2028, 0xFDD0, 0xFFFE, 0x1FFFF, 0x10FFFF])
@pytest.mark.parametrize("before", ["site_name: ", "site_description: ", "reseau: {nom: ", "editeur: ", "hebergeur: "])
def test_a_sign_written_by_its_number_is_refused_all_the_same(before: str, number: int) -> None:
    text = FULL.replace(
        before, f'{before}"a\\U{number:08x}b" # ' if "{" not in before else f'{before}"a\\U{number:08x}b", x: '
    )
    _, problems = read(text)
    assert "signe-interdit" in {problem.code for problem in problems}
    assert chr(number) not in as_text(problems, lambda path: text.split("\n"))
