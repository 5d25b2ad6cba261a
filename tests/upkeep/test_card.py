"""The card of a proposal: what it tells, and that nothing contributed gets out of its cell."""

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.harmless import neutral
from generator.upkeep.card import LONGEST_CARD, find_changes, make_card
from tests.support import annuaires
from tests.support.cards import COP, HOSTILE, snapshot_of

NOM = "COP fictive"


def test_nothing_to_say_where_no_entry_changed() -> None:
    assert make_card(snapshot_of(a=COP), snapshot_of(a=COP)) == ""


def test_a_new_cop_is_told_as_a_table_with_its_number() -> None:
    told = make_card(snapshot_of(a=COP), snapshot_of(a=COP, b=annuaires.cop(nom=NOM)))
    assert told.startswith("Merci\u202f! Voici cette proposition en clair. La vérification n’y trouve pas d’erreur.\n")
    assert "### COP fictive — nouvelle fiche\n\nFichier\u00a0: cops/29/b.yml\n" in told
    assert "| Champ | Ce que dira la page |\n| --- | --- |\n| Nom de la COP | COP fictive |\n" in told
    assert "| Forme de la COP | Commission extra-municipale |\n" in told
    assert "| Inscrite le | 1er\u00a0juin 2026 |\n" in told
    assert "| Collectivité | Quimperlé (commune, 29233) |\n" in told
    assert "**Votre COP sera la n°\u00a02 sur 1\u202f000.**" in told
    assert (
        "Ce qui manque encore\u00a0: «\u00a0Description\u00a0», «\u00a0Délibération\u00a0», «\u00a0Créée le\u00a0»,"
        in told
    )
    assert "Première fictive" not in told


def test_numbers_follow_the_order_of_entry() -> None:
    late = annuaires.cop(nom="Tardive fictive", inscrite_le="2026-07-01")
    told = make_card(
        snapshot_of(), snapshot_of(a=late, b=annuaires.cop(nom="Hâtive fictive", inscrite_le="2026-05-01"))
    )
    assert re.findall(r"### (\w+)|n°\u00a0(\d)", told) == [("Tardive", ""), ("", "2"), ("Hâtive", ""), ("", "1")]


def test_a_project_has_no_number_yet() -> None:
    told = make_card(snapshot_of(), snapshot_of(a=COP.replace("statut: active", "statut: en-projet")))
    assert "n°" not in told
    assert "Elle s’affichera parmi les COP en projet, et comptera dès qu’elle sera active." in told


def test_a_change_shows_before_and_after_only_where_they_differ() -> None:
    told = make_card(
        snapshot_of(a=COP), snapshot_of(a=COP.replace("[climat-energie, eau]", "[eau]") + "frequence: annuelle\n")
    )
    assert "### Première fictive — mise à jour" in told
    table = [line for line in told.split("\n") if line.startswith("|")]
    assert table[0] == "| Champ | Avant | Après |"
    assert [line.split(" | ")[0] for line in table[2:]] == ["| Thèmes", "| Fréquence"]
    assert table[3].startswith("| Fréquence | — | ")
    assert "sur 1\u202f000" not in told


def test_a_moved_file_is_a_change_and_a_comment_changes_no_field() -> None:
    moved = find_changes(snapshot_of(a=COP), snapshot_of(**{"22__a": COP}))
    assert [(change.path, change.is_new, change.is_gone) for change in moved] == [("cops/22/a.yml", False, False)]
    assert "Aucun champ ne change" in make_card(snapshot_of(a=COP), snapshot_of(a="# relu\n" + COP))


def test_a_removal_warns_of_the_address() -> None:
    told = make_card(snapshot_of(a=COP), snapshot_of())
    assert "### Première fictive — retirée" in told
    assert "L’adresse de sa page cesserait de répondre." in told


def test_what_is_wrong_is_told_with_its_line_and_gives_no_number() -> None:
    told = make_card(
        snapshot_of(a=COP), snapshot_of(a=COP, b=annuaires.cop(nom=NOM).replace("statut: active", "statut: actif"))
    )
    assert "Il reste 1 point à corriger avant de publier." in told
    assert "- **Erreur, ligne 4\u00a0:** " in told
    assert "(choix-proche)\n" in told
    assert "| Nom de la COP | COP fictive |" in told
    assert "n°" not in told


def test_a_file_that_cannot_be_read_is_told_by_its_path() -> None:
    told = make_card(snapshot_of(), snapshot_of(b="nom: [\n"))
    assert "### cops/29/b.yml — nouvelle fiche" in told
    assert "- **Erreur, ligne" in told
    assert "|" not in told


def test_somebody_elses_mistake_is_not_counted() -> None:
    wrong = COP.replace("statut: active", "statut: actif")
    told = make_card(snapshot_of(a=wrong), snapshot_of(a=wrong, b=annuaires.cop(nom=NOM)))
    assert "n’y trouve pas d’erreur" in told
    assert "n°\u00a01 sur" in told


def test_what_a_proposal_makes_wrong_elsewhere_is_told() -> None:
    """The same COP under a name that sorts first: the check blames the older file."""
    told = make_card(snapshot_of(b=COP), snapshot_of(a=COP, b=COP))
    assert "Il reste 1 point à corriger avant de publier." in told
    beside = told.split("### Ce que cela change ailleurs\n\n")[1].split("\n\n")[0]
    assert beside.startswith("- **Erreur, ligne 1\u00a0:** Cette COP est déjà dans cops/29/a.yml")
    assert beside.endswith("(cop-en-double) cops/29/b.yml")
    assert "sur 1\u202f000" not in told


def test_a_card_stays_shorter_than_a_comment() -> None:
    many = {f"c{n}": annuaires.cop(nom=f"COP fictive {n}", resume="d’été & d’hiver " * 15) for n in range(60)}
    told = make_card(snapshot_of(), snapshot_of(**many))
    assert len(told) < LONGEST_CARD + 500
    assert re.search(r"… et \d+ autres fichiers\.\n$", told)


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_value_is_shown_and_does_nothing(value: str) -> None:
    text = neutral(value)
    assert not re.search(r"[<>`\[\]@|\\*_$^{}=]", text)
    assert "\n" not in text
    assert not re.search(r"&(?!#\d+;)|#(?!\d+;)", text), "the only markup left are our own entities"
    rendered = html.unescape(text)
    assert not re.search(r"[@#!~%&$^:](?=[\w/:])|www\.|GH-\d", rendered)
    shown = rendered.replace("\u2060", "")
    assert shown.split() == re.sub("[\x1b\u202e\u202c]", "␦", value).split()


@given(st.text(max_size=60))
def test_no_text_gets_out_of_its_cell(value: str) -> None:
    text = neutral(value)
    assert not re.search(r"[<>`\[\]@|\\*_\n\r]", text)
    assert not re.search(r"[@#!~%&$^:](?=[\w/:])", html.unescape(text))


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_title_stays_in_its_table(value: str) -> None:
    """Whether the check accepts such a name or not, the card has the same lines as with a plain one."""
    before = snapshot_of()
    plain = snapshot_of(a=COP)
    entry = plain.corpus.entries[0]
    hostile = replace(entry, data={**entry.data, "nom": value, "description": value})
    wanted = replace(entry, data={**entry.data, "description": "mot"})
    told = make_card(before, replace(plain, corpus=replace(plain.corpus, entries=(hostile,))))
    model = make_card(before, replace(plain, corpus=replace(plain.corpus, entries=(wanted,))))
    assert [line.count("|") for line in told.split("\n")] == [line.count("|") for line in model.split("\n")]
    assert not re.search(r"[<>`\[\]@\\]", told)
