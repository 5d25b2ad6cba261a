"""What our tools write reads back as it was, in our reader and in another one."""

from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.edits.new import new_cop, new_id
from generator.edits.places import folder_of
from generator.entries import corpus
from generator.entries.corpus import KINDS
from generator.entries.example import example_file
from generator.entries.writer import as_yaml
from generator.entries.yaml.source import read_source
from generator.territories.folders import FOLDERS
from generator.territories.kinds import kind_of
from generator.territories.reference import Territories, load_territories
from tests.support.annuaires import SCHEMAS, TODAY, build, cop

PLACES = load_territories()
COP = SCHEMAS["cop"]


@pytest.fixture(scope="module")
def places() -> Territories:
    return PLACES


def both_read(data: Mapping[str, Any]) -> None:
    """Our reader and PyYAML's plainest one give the data back."""
    text = as_yaml(data, COP, "cop", 2)
    found = read_source("cops/29/a.yml", text.encode())
    assert found.data == data, text
    assert [problem.code for problem in found.problems if problem.is_error] == []
    assert yaml.load(text, yaml.BaseLoader) == data, text


# Signs that a YAML file may hold: the reader refuses the others (control, bidirectional, lone surrogates).
_SIGNS = st.characters(
    exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"], include_characters=["\n", "\t"]
) | st.sampled_from(list(" \n\t'\"#:-?[]{},&*!|>%@`=+~éœ’«»\u00a0\u202f🌊"))
_WORDS = st.sampled_from(
    ["yes", "no", "Oui", "null", "~", "true", "0x1F", "1e3", "012", "29233", "2026-11-24", "18:30", "---", "...", "<<",
     " #", ": ", "- ", "? ", "\n\n", "\n ", " \n", "|", ">", "'", '"', "\\", "%YAML", "=", "!!str", "&a", "*a"]
)  # fmt: skip
TEXTS = st.lists(_WORDS | st.text(_SIGNS, max_size=8), max_size=5).map("".join).filter(bool)


@given(text=TEXTS)
@example(text="a # b")
@example(text="a : b")
@example(text="fin:")
@example(text=" devant")
@example(text="derrière ")
@example(text="a\tb")
@example(text="\ta")
@example(text="a\n\n b \nc")
@example(text="a\n \nb")
@example(text="  a\nb")
@example(text="a\n")
@example(text="a\n\n\n")
@example(text="\na")
@example(text="a\n\tb")
@example(text="# a\nb")
@example(text="--- a\n...\n")
@example(text="💧 l’eau\n« oui »")
def test_texts_read_back(text: str) -> None:
    both_read({"nom": text, "autres_noms": [text, "b"], "contact": {"adresse": text}})
    both_read({"liens": [{"titre": text, "url": "https://exemple.org/"}], "description": text})


@given(texts=st.lists(TEXTS, min_size=1, max_size=4))
def test_lists_read_back(texts: list[str]) -> None:
    both_read({"themes": texts})


@pytest.mark.parametrize("value", "yes No on null ~ 12 1.5 0x1F 1e3 .inf 29233 18:30".split())
def test_what_another_reader_would_take_for_something_else_is_quoted(value: str) -> None:
    assert f'"{value}"' in as_yaml({"nom": value}, COP, "cop", 2)


def test_how_a_file_looks() -> None:
    data = {
        "description": "Une.\n\n- deux\n",
        "themes": ["eau", "climat-energie"],
        "nom": "L’eau : un bien commun",
        "inscrite_le": "2026-11-24",
        "composition": {"elus": 8, "total": 16},
        "autres_noms": ["Le conseil de l’eau"],
        "collectivite": {"nom": "Quimperlé", "code": "29233", "type": "commune"},
        "inconnue": "à la fin",
    }
    assert (
        as_yaml(data, COP, "cop", 2)
        == """\
# yaml-language-server: $schema=../../schema/cop.schema.json
nom: "L’eau : un bien commun"
collectivite:
  type: commune
  code: "29233"
  nom: Quimperlé
themes: [eau, climat-energie]
inscrite_le: 2026-11-24
autres_noms:
  - Le conseil de l’eau
description: |
  Une.

  - deux
composition:
  total: 16
  elus: 8
inconnue: à la fin
"""
    )


def test_whole_numbers_come_back_typed() -> None:
    text = cop(more="composition: {total: 16, elus: 8}\n")
    (own,) = build({"fictive": text}).cops
    again = as_yaml(own.donnees, COP, "cop", 2)
    entry, problems, _ = corpus.read_entry("cops/29/fictive.yml", again.encode(), KINDS[0], COP)
    assert entry
    assert [problem.code for problem in problems] == []
    assert entry.data == own.donnees


def test_model_passes_the_rules() -> None:
    text = example_file(COP, "cop", TODAY)
    entry, problems, _ = corpus.read_entry("cops/29/modele.yml", text.encode(), KINDS[0], COP)
    assert entry
    assert [problem.code for problem in problems if problem.is_error] == []
    assert entry.data["inscrite_le"] == TODAY


def test_line_ends_of_windows_become_ours() -> None:
    text = as_yaml({"description": "Une.\r\n\r\nDeux.\rTrois."}, COP, "cop", 2)
    assert "\r" not in text
    assert yaml.load(text, yaml.BaseLoader) == {"description": "Une.\n\nDeux.\nTrois."}


# Places and names ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "code", "folder"),
    [
        ("commune", "29233", "29"),
        ("commune", "44128", "44"),
        ("epci", "243500741", "35"),
        ("departement", "22", "22"),
        ("region", "53", "bretagne"),
    ],
)
def test_folder(places: Territories, kind: str, code: str, folder: str) -> None:
    own = places.collectivite(kind, code)
    assert own
    assert kind_of(own) == kind
    found = folder_of(places, own)
    assert found in FOLDERS
    assert found == folder or kind == "epci"


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Commission du temps long", (), "quimperle-commission-du-temps-long"),
        ("Commission du temps long", ("quimperle-commission-du-temps-long",), "quimperle-commission-du-temps-long-2"),
        ("COP de Quimperlé", (), "quimperle-cop"),
        ("Quimperlé", (), "quimperle"),
        ("L’Œuvre d’été & Cie", (), "quimperle-l-oeuvre-d-ete-cie"),
        ("🌊🌊🌊", (), "quimperle"),
    ],
)
def test_new_id(places: Territories, name: str, taken: tuple[str, ...], expected: str) -> None:
    assert new_id("Quimperlé", name, set(taken)) == expected


@given(name=st.text(max_size=120), code=st.sampled_from(sorted(PLACES.communes)))
def test_new_ids_are_short_and_good(name: str, code: str) -> None:
    first = new_id(PLACES.communes[code].nom, name, set())
    own = new_id(PLACES.communes[code].nom, name, {first, f"{first}-2"})
    for one in (first, own):
        assert corpus.ID_PATTERN.fullmatch(one)
        assert len(one) <= corpus.MAX_ID
    assert own == f"{first}-3"


def test_new_cop_holds_the_place(places: Territories) -> None:
    data = new_cop(places.communes["29233"], {"nom": "COP fictive"}, "2026-11-24")
    assert data == {
        "nom": "COP fictive",
        "collectivite": {"type": "commune", "code": "29233", "nom": "Quimperlé"},
        "inscrite_le": "2026-11-24",
    }
