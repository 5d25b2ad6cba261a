"""Every way to say every problem: harmless whatever was typed, in one place, and cause before consequence."""

import ast
import html
import json
import re
from itertools import pairwise

import pytest

from generator.harmless import JOINER, escape_json, fill
from generator.problems.catalogue import CATALOGUE
from generator.problems.causes import drop_consequences
from generator.problems.problem import Edit, Problem, problem
from generator.problems.renderings import RENDERINGS, Setting, Way, compose, explain, say, sentences_of_form
from generator.problems.reports import FORMATS
from tests.support.paths import ROOT

HOSTILE = (
    "\x1b[31mr\x1b[0m\x07\x9b1m \u202eenvers\u2066\u200f {cle} {0.__class__} {{valeur}}",
    "\n::error::faux%0A::set-output name=a::b ##[add-path]/tmp",
    "<script>a()</script><img src=x onerror=a()> [lien](https://exemple.org) ![i](//x) @tous #12 `code` **gras** | a |",
)
LONG = "x" * 3_000
NAMES = sorted({name for about in CATALOGUE.values() for name in re.findall(r"\{(\w+)\}", repr(about))})
CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
MARKDOWN: tuple[Way, ...] = ("markdown", "card", "request", "import-markdown")


def hostile(code: str, value: str) -> Problem:
    """A problem whose file, values, line and correction all hold the same text."""
    fix = Edit((1, 1), (1, 2), value) if "\n" not in value else None
    return problem(f"cops/29/{value[:200]}.yml", ((1, 1), (1, 4)), code, fix, **dict.fromkeys(NAMES, value))


def setting(value: str) -> Setting:
    return Setting(lambda _: [value.split("\n")[-1]], place=f"colonne « {value[:100]} »".replace("\n", " "))


@pytest.mark.parametrize("way", RENDERINGS)
def test_whatever_was_typed_is_harmless(way: Way) -> None:
    for code in CATALOGUE:
        for value in HOSTILE:
            if way == "import":  # the import shows the names of columns once they are visible
                said = say(hostile(code, value), way, Setting(place="colonne C"))
            else:
                said = say(hostile(code, value), way, setting(value))
            assert not CONTROLS.search(said), (code, value)
            assert "##[" not in said
            assert [line for line in said.split("\n") if line.startswith("::")][way == "github" :] == []
            said.encode("utf-8")


@pytest.mark.parametrize("way", sorted(set(RENDERINGS) - {"json"}))  # whose correction is to be made as it is
def test_a_long_value_is_cut(way: Way) -> None:
    assert len(say(hostile("cle-presque-juste", LONG), way, setting(LONG))) < 2_500


@pytest.mark.parametrize("way", MARKDOWN)
def test_markdown_shows_as_typed_and_acts_on_nothing(way: Way) -> None:
    for code in CATALOGUE:
        for value in HOSTILE:
            said = say(hostile(code, value), way, setting(value))
            prose = re.sub(r"^  ```yaml\n.*\n  ```$", "", said, flags=re.MULTILINE)
            assert not re.search(r"<[a-z/!]|\]\(|@\w|(?<!&)#\d", prose), (code, prose)
            assert said.count("```") in (0, 2)


def test_a_workflow_command_stays_one_line() -> None:
    for code in CATALOGUE:
        said = say(hostile(code, HOSTILE[1]), "github")
        assert said.count("\n") == 0
        properties, _, _ = said.removeprefix("::").partition("::")
        assert properties.count("title=") == 1


def test_json_reads_back_with_its_way_to_the_value() -> None:
    found = problem("a.yml", ((1, 1), (1, 2)), "valeur-vide", None, ("rencontres", 0, "debut"), cle="debut")
    assert json.loads(say(found, "json"))["where"] == ["rencontres", 0, "debut"]
    whole = problem("a.yml", ((1, 1), (1, 1)), "fichier-vide")
    assert json.loads(say(whole, "json"))["where"] == []


def test_each_reader_has_its_own_words() -> None:
    values = {"cle": "type", "valeur": "x", "choix": "a ou b", "libelles": "Le A ou le B"}
    found = problem("a.yml", ((1, 1), (1, 2)), "choix-inconnu", **values)
    assert compose(found).remedy == "Choisissez parmi\u00a0: a ou b."
    assert compose(found, "request").remedy == "Choisissez parmi\u00a0: Le A ou le B."
    assert compose(found, "interview").remedy == "Donnez son numéro, ou son nom."
    corrected = problem("a.yml", ((1, 1), (1, 2)), "code-postal", Edit((1, 1), (1, 2), '"29233"'), code="29300")
    assert compose(problem("a.yml", ((1, 1), (1, 2)), "fichier-vide"), "table").remedy == ""
    with pytest.raises(KeyError):  # a value that its sentence needs is not forgotten in silence
        compose(corrected)


@pytest.mark.parametrize("code", [code for code, about in CATALOGUE.items() if about.personal])
def test_what_should_not_be_public_is_not_repeated_in_public(code: str) -> None:
    found = problem("a.yml", ((1, 1), (1, 2)), code, valeur="prenom.nom@exemple.org")
    for place in ("Contact", ""):
        said = html.unescape(say(found, "request", Setting(place=place))).replace(JOINER, "")
        assert "prenom" not in said
        assert compose(found).why in said


def test_the_formats_of_the_command_are_ways_of_the_table() -> None:
    assert set(FORMATS) <= set(RENDERINGS)


def test_no_other_room_puts_the_parts_together() -> None:
    parts = {"what", "why", "remedy", "quoi", "pourquoi", "remede"}
    for path in sorted((ROOT / "generator").rglob("*.py")):
        if path.parent.name == "problems":
            continue
        tree = ast.parse(text := path.read_text("utf-8"))
        if "generator.problems" not in text:
            continue  # it holds none: whoever takes one says its type
        read = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in parts]
        assert read == [] or path.parent.name == "importing", path
        assert set(read) <= {"remedy"}, path  # an import says where a cell has a better example


# The catalogue --------------------------------------------------------------------------------------------------------


def test_every_code_has_its_rank_and_knows_what_it_explains() -> None:
    raw = json.loads((ROOT / "generator/problems/sentences.json").read_text("utf-8"))
    for code, about in CATALOGUE.items():
        assert 0 <= raw[code]["rank"] <= 6, code
        assert set(raw[code].get("explains", ())) <= set(CATALOGUE) - {code}
        assert not about.explains or about.severity == "erreur", f"un avertissement ne tait rien : {code}"
        assert all((about.what, about.why, about.remedy)), code


def test_the_form_knows_ranks_and_words() -> None:
    told = sentences_of_form()
    assert (told["portable"]["rang"], told["motif-telephone"]["rang"]) == (1, 4)
    assert "fichier-vide" not in told
    assert all(about.keys() >= {"gravite", "rang", "quoi", "pourquoi", "remede"} for about in told.values())


def test_what_is_to_be_typed_is_left_as_it_is() -> None:
    what, _, remedy = explain("code-postal", {"code": "29300", "vrai": "de Quimperlé", "juste": 'code : "29233"'})
    assert [piece.text for piece in remedy if piece.is_code] == ['code : "29233"']
    assert "«\u00a029300\u00a0»" in "".join(piece.text for piece in what)


# Cause before consequence ---------------------------------------------------------------------------------------------

SPAN = ((3, 1), (3, 5))


def at(code: str, *where: str | int, path: str = "a.yml") -> Problem:
    return problem(path, SPAN, code, None, where)


def codes(*problems: Problem) -> list[str]:
    return [found.code for found in drop_consequences(problems)]


def test_of_one_value_what_is_wrong_with_its_text_comes_first() -> None:
    by_rank = ["diese-en-tete", "valeur-vide", "type-string", "motif-adresse", "trop-long", "formule"]
    for first, second in pairwise(by_rank):
        assert CATALOGUE[first].rank < CATALOGUE[second].rank
        assert codes(at(second, "nom"), at(first, "nom")) == [first]
        assert len(codes(at(second, "nom"), at(first, "resume"))) == 2
        assert len(codes(at(second, "nom"), at(first, "nom", path="b.yml"))) == 2


def test_a_warning_keeps_no_error_silent() -> None:
    assert codes(at("diese", "nom"), at("trop-court", "nom")) == ["diese", "trop-court"]


def test_rank_0_is_always_told() -> None:
    assert codes(at("diese-en-tete", "nom"), at("cle-en-double", "nom")) == ["cle-en-double", "diese-en-tete"]


def test_some_words_of_a_value_are_told_beside_what_is_wrong_with_it() -> None:
    passage = Problem("a.yml", (3, 9), (3, 12), "portable", where=("contact", "telephone"), is_passage=True)
    assert codes(at("motif-telephone", "contact", "telephone"), passage) == ["motif-telephone", "portable"]
    assert codes(at("motif-telephone", "contact", "telephone"), at("portable", "contact", "telephone")) == ["portable"]


def test_a_misspelt_key_accounts_for_the_one_that_is_missing() -> None:
    misspelt = problem("a.yml", SPAN, "cle-presque-juste", None, ("nmo",), [("nom",), ()], cle="nmo", juste="nom")
    missing = [problem("a.yml", SPAN, "cle-manquante", None, (key,), cle=key) for key in ("nom", "statut")]
    assert [found.value("cle") for found in drop_consequences([misspelt, *missing])] == ["statut", "nmo"]


# Sentences of the command ---------------------------------------------------------------------------------------------


def test_a_sentence_has_french_spaces_and_what_fills_it_has_none_of_ours() -> None:
    path = 'Mes fiches : « eau » {x} code : "29233"'
    assert fill("Fiche écrite : {path}", path=path) == f"Fiche écrite\u00a0: {path}"
    assert fill("Fiche écrite : {path}", path="a\x1b[1m") == "Fiche écrite\u00a0: a␦[1m"


def test_a_line_to_paste_keeps_its_plain_spaces() -> None:
    found = problem("a.yml", ((1, 9), (1, 14)), "code-postal", Edit((1, 9), (1, 14), '"29233"'), code="29300", **WORDS)
    assert '    1 | code  : "29233"' in say(found, "text", Setting(lambda _: ["code  : 29300"]))


WORDS = {"vrai": "de Quimperlé", "juste": '"29233"'}


def test_json_says_the_same_once_its_signs_are_numbers() -> None:
    said = {"text": "\u202e\x9b##[a]\n"}
    assert json.loads(escape_json(json.dumps(said, ensure_ascii=False, indent=1))) == said
