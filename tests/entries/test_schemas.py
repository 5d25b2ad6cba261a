"""Typing by the schema, the quick yes or no, and what is said of a breach."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.entries.schemas.breaches import _WORDS
from generator.entries.schemas.fields import make_fields
from generator.entries.schemas.guesses import (
    address_guesses,
    date_guess,
    drop_mobiles,
    find_nearest,
    guess_choice,
    is_calendar,
    model_line,
    telephone_guesses,
)
from generator.entries.schemas.reasons import find_breaches
from generator.entries.schemas.schema import load_schema, type_data
from generator.entries.yaml.source import Source, read_source
from generator.failures import UnreadableRules
from generator.problems.catalogue import CATALOGUE
from generator.problems.reports import as_text
from tests.support.mutations import mutated, places
from tests.support.paths import ROOT
from tests.support.sample_data import FULL, MINIMAL

NAMES = ("cop", "formation", "actualite", "settings")


SCHEMAS = {name: load_schema(ROOT / "schema", name) for name in NAMES}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "12", 12),
        ("integer", "012", 12),
        ("integer", "12 000", "12 000"),
        ("integer", "-1", -1),
        ("integer", "٣", "٣"),
        ("integer", "1" * 40, "1" * 40),
        ("integer", "", ""),
        ("string", "12", "12"),
        ("string", "texte\n", "texte"),
        (["string", "integer"], "29233", "29233"),
        (["string", "null"], "null", None),
        ("boolean", "oui", True),
        ("boolean", "non", False),
        ("boolean", "peut-être", "peut-être"),
        ("number", "3", 3),
        ("number", "3,5", 3.5),
        ("number", "-0.25", -0.25),
        ("number", "3 et demi", "3 et demi"),
        ("number", "1" * 40, "1" * 40),
        (["boolean", "null"], "null", None),
    ],
)
def test_a_text_becomes_what_the_schema_says_exactly(kind: Any, text: str, value: Any) -> None:
    assert type_data(text, make_fields({"type": kind})) == value


JSON = st.recursive(
    st.text("ab1-", max_size=3) | st.just("2026-11-24") | st.just("oui"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["nom", "type", "a", "debut"]), inner),
    max_leaves=6,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NAMES), JSON)
def test_typing_takes_any_shape(name: str, value: Any) -> None:
    type_data(value, SCHEMAS[name].fields)
    for field in SCHEMAS[name].fields.children.values():
        type_data(value, field)


WRONG: list[Any] = ["", "x", "2025-02-30", "12", 12, -1, 10**9, True, None, [], ["a", "a"], {}, {"a": "b"}, "x" * 7000]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_the_answer_is_that_of_another_library(data: st.DataObject) -> None:
    """The only difference is ours: a date that is not in the calendar does not fit."""
    name = data.draw(st.sampled_from(NAMES))
    base = data.draw(st.sampled_from([MINIMAL.get(name, FULL[name]), FULL[name]]))
    for _ in range(data.draw(st.integers(0, 2))):
        where = data.draw(st.sampled_from(places(base)[1:]))
        base = mutated(base, where, data.draw(st.sampled_from(WRONG)), data.draw(st.booleans()))
        if not base:
            break
    stock = Draft202012Validator(SCHEMAS[name].published)
    reasons = list(SCHEMAS[name].validator.iter_errors(base))
    assert SCHEMAS[name].validator.is_valid(base) == (not reasons)
    ours = {(tuple(e.instance_path), e.schema_path[-1]) for e in reasons}
    theirs = {(tuple(e.absolute_path), e.validator) for e in stock.iter_errors(base)}
    assert theirs <= ours
    assert all(keyword == "x-motif" for _, keyword in ours - theirs)


@pytest.mark.parametrize("name", NAMES)
def test_the_examples_of_every_field_together_fit_or_break_a_condition_only(name: str) -> None:
    assert SCHEMAS[name].validator.is_valid(MINIMAL.get(name, {"site_name": "Site fictif"}))
    source, schema = Source("a", "", FULL[name]), SCHEMAS[name]
    breaches = find_breaches(source, FULL[name], schema.inlined, schema.fields, schema.validator)
    rules = {breach.rule for breach in breaches}
    assert None not in rules


def keywords(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(keywords, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    # What a note of ours holds is not JSON Schema: its keys are those of values, of groups or of facets.
    inner = [child for key, child in node.items() if key not in {"properties", "examples"} and not key.startswith("x-")]
    return set(node).union(*map(keywords, [*inner, *node.get("properties", {}).values()]))


@pytest.mark.parametrize("name", NAMES)
def test_every_keyword_that_can_be_broken_has_its_sentence(name: str) -> None:
    quiet = {"properties", "items", "allOf", "anyOf", "if", "then", "not", "const"}  # said by what they hold, or a rule
    notes = {"title", "description", "examples", "enumDescriptions", "default", "$schema", "$id"}
    breakable = {keyword for keyword in keywords(SCHEMAS[name].inlined) if not keyword.startswith("x-")} - quiet - notes
    assert breakable <= set(_WORDS)


def test_every_rule_and_motif_has_its_sentence() -> None:
    text = "".join(json.dumps(SCHEMAS[name].published) for name in NAMES)
    assert set(re.findall(r'"x-regle": "([^"]+)"', text)) <= set(CATALOGUE)
    motifs = set(re.findall(r'"x-motif": "([^"]+)"', text))
    # These two stand under a rule, which says it.
    assert {f"motif-{name}" for name in motifs - {"siren", "code-collectivite"}} <= set(CATALOGUE)


def said(text: str, name: str = "cop") -> list[tuple[str, tuple[int, int]]]:
    source = read_source("a.yml", text.encode(), SCHEMAS[name].keys)
    return [(p.code, p.start) for p in SCHEMAS[name].check(source)[1]]


def codes(text: str, name: str = "cop") -> set[str]:
    return {code for code, _ in said(text, name)} - {"cle-manquante"}


def test_one_value_has_one_problem() -> None:
    assert codes("statut: [a]\n") == {"type-string"}
    assert codes("themes: {a: b}\n") == {"type-array"}
    assert codes("contact: {courriel: ''}\n") == {"valeur-vide"}
    assert codes(f"contact: {{page: '{'a b' * 300}'}}\n") == {"motif-adresse"}
    assert codes("collectivite: {type: commune, code: ''}\n") == {"valeur-attendue"}


def test_a_typo_in_a_key_is_one_message() -> None:
    assert [p for p in said("status: active\n") if p[0] != "cle-manquante"] == [("cle-presque-juste", (1, 1))]
    source = read_source("a.yml", b"status: active\n")
    missing = [dict(p.values)["cle"] for p in SCHEMAS["cop"].check(source)[1] if p.code == "cle-manquante"]
    assert "statut" not in missing
    assert "nom" in missing


def test_ten_thousand_unknown_keys_are_told_in_good_time() -> None:
    text = "".join(f"inconnue{n}: v\n" for n in range(9_000))
    source = read_source("a.yml", text.encode())
    assert len(SCHEMAS["cop"].check(source)[1]) > 9_000


@pytest.mark.parametrize(
    ("value", "motif", "guess"),
    [
        ("24/11/2026", "date", "2026-11-24"),
        ("1/5/2024", "date", "2024-05-01"),
        ("24-11-2026", "date", "2026-11-24"),
        ("24.11.2026", "date", "2026-11-24"),
        ("2026/11/24", "date", "2026-11-24"),
        ("2026-1-5", "date", "2026-01-05"),
        ("24 novembre 2026", "date", "2026-11-24"),
        ("1er août 2026", "date", "2026-08-01"),
        ("mardi 24 novembre 2026", "date", "2026-11-24"),
        ("24 brumaire 2026", "date", None),
        ("31/02/2026", "date", ("2026-02-31", False, "")),
        ("24/11/26", "date", "2026-11-24"),
        ("24/11/85", "date", "1985-11-24"),
        ("24-11-26", "date", None),
        ("mercredi 24 novembre 2026", "date", ("2026-11-24", True, "mardi")),
        ("vendredi 14 janvier 2027 18h30", "moment", ("2027-01-14 18:30", True, "jeudi")),
        ("janv-20", "date-partielle", "2020-01"),
        ("sept. 2020", "date-partielle", "2020-09"),
        ("jui 2020", "date-partielle", None),
        ("janv-20", "date", None),
        ("24/11/2026 18h30", "moment", "2026-11-24 18:30"),
        ("2026-11-24T18:30", "moment", "2026-11-24 18:30"),
        ("2026-11-24 18h", "moment", "2026-11-24 18:00"),
        ("2026-11-24 à 9h05", "moment", "2026-11-24 09:05"),
        ("24 novembre 2026\u00a0– 18\u202fheures 30", "moment", "2026-11-24 18:30"),
        ("mar. 24 nov. 2026 (18h)", "moment", "2026-11-24 18:00"),
        ("lun. 24 nov. 2026", "date", ("2026-11-24", True, "mardi")),
        ("24/11/2026\n18h30", "moment", "2026-11-24 18:30"),
        ("24/11/2026 18:30:00", "moment", "2026-11-24 18:30"),
        ("24/11/2026 00:00", "moment", "2026-11-24"),
        ("25/11/2026 0h", "moment", "2026-11-25 00:00"),
        ("1 er août 2026", "date", "2026-08-01"),
        ("18h30", "moment", None),
        ("24/11/2026 25h00", "moment", ("2026-11-24 25:00", False, "")),
        ("01/2021", "date-partielle", "2021-01"),
        ("2021/1", "date-partielle", "2021-01"),
        ("janvier 2021", "date-partielle", "2021-01"),
        ("13/2021", "date-partielle", ("2021-13", False, "")),
        ("01/2021", "date", None),
        ("2020-2026", "date-partielle", None),
        ("", "date", None),
    ],
)
def test_a_date_with_one_reading(value: str, motif: str, guess: str | tuple[str, bool, str] | None) -> None:
    assert date_guess(value, motif) == ((guess, True, "") if isinstance(guess, str) else guess)


@pytest.mark.parametrize(
    ("value", "numbers", "is_all"),
    [
        ("02/97/00/00/00", ["02 97 00 00 00"], True),
        ("02  97 00 00 00", ["02 97 00 00 00"], True),
        ("02-97-00-00-00", ["02 97 00 00 00"], True),
        ("Tél. : 02 97 00 00 00", ["02 97 00 00 00"], True),
        ("(+33) 2 97 00 00 00", ["02 97 00 00 00"], True),
        ("+33 (0) 2 97 00 00 00", ["02 97 00 00 00"], True),
        ("+33 297 000 000", ["02 97 00 00 00"], True),
        ("0 800 123 456", ["08 00 12 34 56"], True),
        ("02 97 00 00 00 / 02 97 00 00 01", ["02 97 00 00 00", "02 97 00 00 01"], True),
        ("02 97 00 00 00 (poste 12)", ["02 97 00 00 00"], False),
        ("02 97 00 00 00 12", ["02 97 00 00 00"], False),
        ("02 97 00 00 00 0", [], False),
        ("02 97 00 00 000", [], False),
        ("+44 020 7946 0958", [], False),
        ("(02) 97.00.00.00", ["02 97 00 00 00"], True),
        ("02,97,00,00,00", ["02 97 00 00 00"], True),
        ("02\u00a097\u00a000\u00a000\u00a000\n☎ 02 97 00 00 01", ["02 97 00 00 00", "02 97 00 00 01"], True),
        ("0800 123 456 (appel gratuit)", ["08 00 12 34 56"], True),
        ("3939", [], False),
        ("mairie", [], True),
    ],
)
def test_telephone_numbers_as_people_write_them(value: str, numbers: list[str], is_all: bool) -> None:
    assert telephone_guesses(value) == (numbers, is_all)


def test_a_mobile_is_not_proposed_beside_another() -> None:
    assert drop_mobiles(["06 12 34 56 78", "02 97 00 00 00"]) == ["02 97 00 00 00"]
    assert drop_mobiles(["06 12 34 56 78"]) == ["06 12 34 56 78"]


@pytest.mark.parametrize(
    ("value", "motif", "found", "is_all"),
    [
        ("Mairie <mairie@exemple.example>", "courriel", ["mairie@exemple.example"], True),
        ("mailto:mairie@exemple.example?subject=COP", "courriel", ["mairie@exemple.example"], True),
        ("mairie (at) exemple.example.", "courriel", ["mairie@exemple.example"], True),
        ("a@exemple.example ou b@exemple.example", "courriel", ["a@exemple.example", "b@exemple.example"], True),
        ("mairie@exemple.example (secrétariat)", "courriel", ["mairie@exemple.example"], False),
        ("secrétariat@exemple.example", "courriel", [], False),
        ("mairie@exemplé.example", "courriel", [], False),
        ("[La page](Https://exemple.example/a_(b))", "adresse", ["https://exemple.example/a_(b)"], True),
        ("Site : https://exemple.example/a.", "adresse", ["https://exemple.example/a"], True),
        ("https://exemple.example/un document.pdf", "adresse", ["https://exemple.example/un"], False),
        ("néant", "adresse", [], False),
    ],
)
def test_addresses_as_people_write_them(value: str, motif: str, found: list[str], is_all: bool) -> None:
    assert address_guesses(value, motif) == (found, is_all)


@given(st.text(max_size=30), st.sampled_from(["date", "moment", "date-partielle"]))
def test_a_guess_is_a_date_that_exists(value: str, motif: str) -> None:
    guess = date_guess(value, motif)
    assert guess is None or guess.exists == is_calendar(guess.text)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("2026", True),
        ("2026-02", True),
        ("2024-02-29", True),
        ("2025-02-29", False),
        ("2026-13", False),
        ("0000", False),
        ("2026-01-01 23:59", True),
        ("2026-01-01 24:00", False),
        ("2026-01-01 10:60", False),
    ],
)
def test_calendar(text: str, good: bool) -> None:
    assert is_calendar(text) is good


def test_the_word_that_was_meant() -> None:
    known = ["statut", "themes", "resume", "nom_br"]
    misspelt = ("status", "Thèmes", "résumé", "nom-br", "couleur", "", "x" * 10_000)
    assert [find_nearest(word, known) for word in misspelt] == [
        "statut", "themes", "resume", "nom_br", None, None, None
    ]  # fmt: skip
    themes = ["climat-energie", "eau", "culture-langues", "democratie-cooperation"]
    labels = ["Climat et énergie", "Eau", "Culture et langues", "Démocratie et coopération"]
    words = ("Climat et énergie", "énergie", "eaux", "langue", "vélo", "")
    assert [guess_choice(word, themes, labels) for word in words] == [
        "climat-energie", "climat-energie", "eau", None, None, None
    ]  # fmt: skip
    assert [guess_choice(word, ["active"], ["Active"]) for word in ("Inactive", "plus active", "Actives")] == [
        None, None, "active"
    ]  # fmt: skip


def test_a_model_line_is_yaml_that_reads_back() -> None:
    for name in NAMES:
        for key, field in SCHEMAS[name].fields.children.items():
            source = read_source("a.yml", model_line(key, field.examples).encode())
            assert source.problems == (), key
            assert type_data(source.data, SCHEMAS[name].fields) == {key: FULL[name][key]}, key


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES), st.data())
def test_whatever_breaks_a_schema_can_be_said(name: str, data: st.DataObject) -> None:
    where = data.draw(st.sampled_from(places(FULL[name])[1:]))
    broken = mutated(FULL[name], where, data.draw(JSON), data.draw(st.booleans()))
    source = read_source("a.yml", json.dumps(_texts(broken), ensure_ascii=False).encode())
    if source.data is not None:
        as_text(SCHEMAS[name].check(source)[1], lambda _: source.text.split("\n"))


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_texts(held) for held in value]
    return value if isinstance(value, str) else json.dumps(value)


# Mistakes in a schema -------------------------------------------------------------------------------------------------

MISTAKES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "libellé oublié": (lambda s: s["frequence"]["enum"].append("x"), "« frequence » a 7 valeurs (enum) et 6 libellés"),
    "renvoi": (lambda s: s.update(a={"$ref": "#/$defs/absente"}), "« $ref » nomme « absente »"),
    "type": (lambda s: s.update(a={"type": "texte"}), "« properties.a.type » n’est pas du JSON Schema"),
    "motif": (lambda s: s.update(a={"pattern": "("}), "« properties.a.pattern » n’est pas du JSON Schema"),
    "valeur": (lambda s: s["frequence"]["x-phrase"].update(z="a"), "« frequence.x-phrase » parle de « z »"),
    "première": (lambda s: s.pop("resume"), "« x-premieres » nomme « resume »"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_in_a_schema_is_told_with_its_file_and_its_place(tmp_path: Path, name: str) -> None:
    spoil, words = MISTAKES[name]
    schema = json.loads((ROOT / "schema/cop.schema.json").read_text("utf-8"))
    spoil(schema["properties"])
    (tmp_path / "cop.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    with pytest.raises(UnreadableRules) as refused:
        load_schema(tmp_path, "cop")
    assert str(refused.value).startswith(f"{tmp_path / 'cop.schema.json'}, {words}")
