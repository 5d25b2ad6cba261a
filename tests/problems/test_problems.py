"""Each mistake of tests/problems/ and the exact words that a contributor reads.

A case is a bad file and, beside it, what `cop check` says of it. A new case is a new pair of files; after a deliberate
change of words, `make refaire` sets the French spaces of sentences.json and writes the answers again, to be read before
they are committed.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.entries.rules import DATA
from generator.french import typographie
from generator.harmless import visible
from generator.problems.catalogue import CATALOGUE
from generator.problems.excerpts import excerpt_of
from generator.problems.problem import NOWHERE, Edit, problem
from generator.problems.renderings import compose
from generator.problems.reports import as_json, as_text, summary
from tests.support.paths import ROOT
from tests.support.problem_cases import FILES, TREES, answer, answer_file, told_of_tree


@pytest.mark.parametrize("path", [*FILES, *TREES], ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_mistake_gets_these_words(path: Path) -> None:
    assert answer(path) == answer_file(path).read_text("utf-8"), "si c’est voulu : make refaire"


def codes_of_cases() -> Iterator[str]:
    for path in [*FILES, *TREES]:
        yield from re.findall(r"^\S.*\[([a-z0-9-]+)\]$", answer_file(path).read_text("utf-8"), re.MULTILINE)


ELSEWHERE = {
    "epci-partagee",  # tests/territories/test_refresh.py: no EPCI of today's table was ever shared out
    "bloc-inconnu",  # test of the pages
    # tests/entries/test_tree.py and test_content.py: not every machine can hold them, or they would weigh a lot
    *("fichier-special", "dossier-pour-fichier", "dossier-vide", "noms-confondus"),
    *("image-trop-lourde", "page-trop-longue", "page-de-trop-de-lignes"),
    "fichier-trop-gros",  # below: its file would weigh 256 KB
    "lien-symbolique",  # below: not every machine can hold one
    "reglage-variable",  # test_settings: it comes from the environment
    "regle-du-schema",  # below: for a keyword that has no sentence yet
    "nom-de-fichier",  # below: such a name cannot be cloned everywhere
    # test_import: only a table holds them
    *("colonne-inconnue", "colonne-proche", "colonne-sans-titre", "colonne-en-double", "colonne-manquante"),
    "donnees-fictives",  # tests/repository/test_settings.py: only `cop check --publication` says it
    *("fichier-renomme", "revision-oubliee"),  # tests/upkeep/test_versions.py: only a change makes them
    *("cellule-de-trop", "cellule-en-erreur", "premier-du-mois"),
    *("lieu-hors-perimetre", "lieu-d-une-autre-sorte", "lieux-contraires", "ligne-sans-fiche"),
    *("lieu-a-choisir", "lieu-inconnu", "lieu-inconnu-proche", "code-inconnu", "fiche-differente"),
}


def test_every_code_has_a_case() -> None:
    seen = set(codes_of_cases())
    assert seen <= set(CATALOGUE)
    assert sorted(set(CATALOGUE) - seen - ELSEWHERE) == []


def codes_in_source() -> set[str]:
    """Words of the source that look like codes; those made from a motif, a type, a rule or a kind are written out."""
    text = "".join(path.read_text("utf-8") for path in (ROOT / "generator").rglob("*.py"))
    words = set(re.findall(r"[\"']([a-z][a-z0-9-]+)[\"']", text))
    words |= {rule["code"] for rule in DATA["texts"]} | {about["unknown"] for about in DATA["codes"].values()}
    rules = "".join(path.read_text("utf-8") for path in (ROOT / "schema").glob("*.json"))
    words |= set(re.findall(r'"x-regle": "([a-z0-9-]+)"', rules))
    words |= {f"motif-{name}" for name in re.findall(r'"x-motif": "([a-z-]+)"', rules)}
    words |= {f"{name}-{end}" for name in DATA["addresses"] for end in ("a-ecrire", "a-choisir")}
    words |= {f"type-{name}" for name in ("array", "object", "integer", "string", "boolean")}
    return (
        words
        | {f"{kind}-inconnue" for kind in ("commune", "epci", "departement", "region")}
        | {
            "commune-inconnue-nommee",
            "epci-inconnue-nommee",
        }
    )


def test_every_sentence_is_used() -> None:
    assert sorted(set(CATALOGUE) - codes_in_source()) == []


def test_every_code_of_the_source_has_its_sentence() -> None:
    text = "".join(path.read_text("utf-8") for path in (ROOT / "generator").rglob("*.py"))
    called = re.findall(
        r"(?:problem|_stop|_at|_quoted|_said)\([^\"()]*(?:\([^()]*\))*[^\"()]*\"([a-z][a-z0-9-]+-[a-z0-9-]+)\"", text
    )
    assert len(called) > 50
    assert sorted(set(called) - set(CATALOGUE)) == []


SAID = ("what", "why", "remedy", "form", "form_what", "table", "request", "interview")
"""Parts of an entry of the catalogue that people read."""


def test_a_sentence_is_written_as_french_is_printed() -> None:
    for text in filter(None, (getattr(sentence, name) for sentence in CATALOGUE.values() for name in SAID)):
        words = text.split("`")
        assert len(words) % 2 == 1, text
        assert [typographie(part) for part in words[::2]] == words[::2], "relancez : make refaire"
        assert text.endswith((".", "?", "`")), text
        assert "'" not in "".join(words[::2]), text


def test_code_to_paste_keeps_its_plain_spaces() -> None:
    for code, sentence in CATALOGUE.items():
        for piece in " ".join(filter(None, (getattr(sentence, name) for name in SAID))).split("`")[1::2]:
            assert not re.search("[\u00a0\u202f]", piece), code


# Renderings ------------------------------------------------------------------------------------------------------


def one(line: str, start: int, end: int, fix: Edit | None = None, /, **values: str) -> str:
    found = problem("cops/29/a.yml", ((1, start), (1, end)), "cle-inconnue-fiche", fix, **{"cle": "x", **values})
    return as_text([found], lambda _: [line])


def test_the_caret_stands_under_the_mistake() -> None:
    assert one("nom: abc", 6, 9).split("\n")[1:3] == ["    1 | nom: abc", "      |      ^^^"]


def test_an_emoji_takes_two_columns_of_the_terminal_and_one_of_the_file() -> None:
    assert one("nom: 🌊 abc", 8, 11).split("\n")[2] == "      |" + " " * 9 + "^^^"


def test_a_very_long_line_is_shown_around_the_mistake() -> None:
    shown = one("a" * 5000 + "FAUTE" + "b" * 5000, 5001, 5006).split("\n")
    assert len(shown[1]) < 180
    at = shown[2].index("^")
    assert shown[1][at : at + 5] == "FAUTE"
    assert shown[2].count("^") == 5


def test_a_whole_file_has_no_line_to_blame() -> None:
    found = problem("cops/29/a.yml", (NOWHERE, NOWHERE), "fichier-vide")
    assert excerpt_of(found, lambda _: ["nom: juste"]) == (1, "", "")
    assert "nom: juste" not in as_text([found], lambda _: ["nom: juste"])


def test_windows_line_ends_are_not_shown() -> None:
    assert "␦" not in one("nom: abc\r", 6, 9)


@pytest.mark.parametrize("bad", ["\x1b[31m", "\u202e", "\x07", "\x9b", "\r"])
def test_what_a_terminal_would_obey_is_shown_as_a_sign(bad: str) -> None:
    said = one(f"nom: {bad}abc", 6, 9, cle=f"a{bad}b")
    assert bad not in said
    assert said.count("␦") == 2


def test_an_order_for_a_forge_is_broken() -> None:
    assert "##[" not in one("nom: ##[add-path]/tmp", 6, 9)
    assert not any(line.lstrip().startswith("::") for line in one("::set-output::", 1, 3, cle="::x").split("\n"))


def test_braces_of_a_contributor_stay_as_typed() -> None:
    assert "« {cle} {0} {x.__class__} »".replace(" »", "\u00a0»").replace("« ", "«\u00a0") in one(
        "a: b", 1, 2, cle="{cle} {0} {x.__class__}"
    )


def test_a_long_value_is_cut_and_our_own_words_are_not() -> None:
    assert len(one("a: b", 1, 2, cle="x" * 10_000)) < 700
    choices = ", ".join(f"choix-{n}" for n in range(60))
    found = problem("a.yml", (NOWHERE, NOWHERE), "choix-inconnu", cle="a", valeur="b", choix=choices)
    assert choices in as_text([found], lambda _: [])


def test_the_corrected_line_can_be_pasted() -> None:
    assert one("nom: abc # note", 6, 9, Edit((1, 6), (1, 9), '"x"')).split("\n")[-1] == '    1 | nom: "x" # note'


def test_twenty_problems_of_a_file_are_told_and_the_others_counted() -> None:
    found = [problem(path, ((n, 1), (n, 2)), "tabulation") for path in ("a.yml", "b.yml") for n in range(1, 35)]
    said = as_text(found, lambda _: ["\tx"] * 40)
    assert said.count("[tabulation]") == 40
    assert said.count("… et 14 autres problèmes dans ce fichier.") == 2


def test_colours_are_for_terminals_only() -> None:
    found = problem("a.yml", ((1, 1), (1, 2)), "tabulation")
    assert "\x1b[" in as_text([found], lambda _: ["\tx"], colour=True)
    assert "\x1b" not in as_text([found], lambda _: ["\tx"])


def test_json_says_all_of_it() -> None:
    fix = Edit((2, 6), (2, 9), "abc")
    found = problem("a.yml", ((2, 6), (2, 9)), "choix-proche", fix, cle="nom", valeur="abd", proche="abc", choix="abc")
    read = json.loads(as_json([found], lambda _: ["", "nom: abd"]))
    assert read["version"] == 1
    record = read["problems"][0]
    assert [record[key] for key in ("line", "column", "end_line", "end_column")] == [2, 6, 2, 9]
    assert record["fix"] == {"start": [2, 6], "end": [2, 9], "text": "abc"}
    assert (record["excerpt"], record["corrected"]) == ("nom: abd", "nom: abc")
    assert {"path", "severity", "code", "message", "why", "remedy"} <= set(record)


def test_json_takes_a_name_that_is_no_text() -> None:
    found = problem("cops/29/\udce9.yml", (NOWHERE, NOWHERE), "fichier-vide")
    as_json([found], lambda _: []).encode("utf-8")
    as_text([found], lambda _: []).encode("utf-8")


def test_problems_sort_even_when_only_the_fix_differs() -> None:
    plain = problem("a.yml", ((1, 1), (1, 2)), "tabulation")
    assert len({plain, replace(plain, fix=Edit((1, 1), (1, 2), ""))}) == 1
    sorted([replace(plain, fix=Edit((1, 1), (1, 2), "")), plain])


def test_summary() -> None:
    error = problem("a.yml", (NOWHERE, NOWHERE), "fichier-vide")
    warning = problem("a.yml", (NOWHERE, NOWHERE), "adresse-du-site")
    assert summary([error, warning, warning], 3) == "3 fichiers lus\u00a0: 1 erreur, 2 avertissements."
    assert summary([], 1) == "1 fichier lu\u00a0: tout est bon."


def test_visible_keeps_columns() -> None:
    assert len(visible("a\tb\x00c\u2028")) == len("a\tb\x00c\u2028")


# What cannot stand in a file -------------------------------------------------------------------------------------


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "cops" / "29").mkdir(parents=True)
    (tmp_path / "cops" / "29" / "a.yml").symlink_to("/etc/passwd")
    found, _ = told_of_tree(tmp_path)
    assert [p.code for p in found] == ["lien-symbolique"]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "cops" / "29").mkdir(parents=True)
    (tmp_path / "cops" / "29" / "a.yml").write_bytes(b"nom: " + b"a" * 10_000_000)
    found, _ = told_of_tree(tmp_path)
    assert [p.code for p in found] == ["fichier-trop-gros"]


@pytest.mark.parametrize(
    ("name", "proposed"),
    [("Quimperlé COP.yml", "quimperle-cop.yml"), ("a--b.yml", "a-b.yml"), ("é" * 90 + ".yml", "e" * 80 + ".yml")],
)
def test_a_name_that_cannot_be_an_address(tmp_path: Path, name: str, proposed: str) -> None:
    (tmp_path / "cops" / "29").mkdir(parents=True)
    (tmp_path / "cops" / "29" / name).write_text("nom: x")
    found, _ = told_of_tree(tmp_path)
    (remedy,) = [compose(p).remedy for p in found if p.code == "nom-de-fichier"]
    assert remedy == f"Renommez-le, par exemple\u00a0: {proposed}"


def test_a_keyword_without_a_sentence_still_says_where() -> None:
    code = problem("a.yml", ((3, 1), (3, 4)), "regle-du-schema", cle="nom")
    assert "nom" in compose(code).what
