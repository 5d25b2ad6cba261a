"""Keys that the schemas gain: the script reads, writes and judges them as Python does, without a line of its own."""

import json
import random
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.entries.corpus import KINDS, Corpus
from generator.entries.schemas.schema import Schema, load_schema
from generator.entries.writer import as_yaml
from generator.problems.renderings import compose
from tests.support import grown
from tests.support.browser import Scripts
from tests.support.grown import ENTRIES
from tests.support.new_keys import KEYS
from tests.support.paths import ROOT
from tests.support.problem_cases import ECHEANCES, TERRITORIES
from tests.support.repository import TODAY

Data = Mapping[str, Any]
SPOILT = 150
"""Answers of each kind of file that are replaced by another text."""
HARD = [
    *"x|=SOMME(A1)|24/11/2026|2026-02-30|demain|2026|mars 2026|-3|12,5|1e3|0x10|007|1 000|99999|oui".split("|"),
    *"Oui|true|tous|l-eau|« L’eau » & l’air|fin|2e choix|choix-3|Choix numéro 12|2026|Mandat 2020|null".split("|"),
    *"www.exemple.example|https://a|mairie@x|02 98 00 00|06 12 34 56 78|javascript:alert(1)|<b>gras</b>|🙂".split("|"),
    *("a\nb", "é" * 290, "x" * 41, "y" * 901),
]  # fmt: skip


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Schema]:
    folder = tmp_path_factory.mktemp("cles") / "schema"
    shutil.copytree(ROOT / "schema", folder)
    grown.edit(folder)
    return {kind.name: load_schema(folder, kind.name) for kind in KINDS}


def ask(scripts: Scripts, expression: str, values: Sequence[Any], schema: Schema, kind: str) -> list[Any]:
    """An expression of each value, the tools being those of a form of that kind under that schema."""
    more = {"publie": schema.published, "sorte": kind}
    tools = "{ ...outils, schema: fiche.ouvre(publie), sorte, formations: {}, actualites: {}, cops: async () => [] }"
    return scripts.each(f"(async (outils) => {expression})({tools})", values, **more)


def judge(data: Data, schemas: Mapping[str, Schema], kind: str) -> list[tuple[str, str, str, str]]:
    """What the check says of such a file."""
    path = {"cop": "cops/29/a.yml"}.get(kind, ENTRIES[kind][0])
    about = next(one for one in KINDS if one.name == kind)
    text = as_yaml(data, schemas[kind], kind, 2)
    entry, problems, _ = corpus.read_entry(path, text.encode(), about, schemas[kind])
    assert entry, text
    told = check_entries(Corpus((entry,), problems, {}, schemas), TERRITORIES, ECHEANCES, TODAY)
    ours = {(one.severity, one.code, *compose(one)[:2]) for one in told}
    return sorted(one for one in ours if one[1] not in ("mauvais-dossier", "identifiant-pris"))


def differ(scripts: Scripts, schemas: Mapping[str, Schema], kind: str, entries: Sequence[Data]) -> list[Any]:
    """The entries of which the form and the check do not say the same, with what each says alone."""
    answers = ask(scripts, "fiche.verifie(v, outils)", entries, schemas[kind], kind)
    found = []
    for data, answer in zip(entries, answers, strict=True):
        said = {(one["gravite"], one["code"], one["quoi"], one["pourquoi"]) for one in answer}
        if alone := said ^ set(judge(data, schemas, kind)):
            found.append((alone, data))
    return found


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_form_reads_and_writes_them(scripts: Scripts, schemas: Mapping[str, Schema], kind: str) -> None:
    data = ENTRIES[kind][1]
    fields = ask(scripts, "fiche.aplatit(v)", [data], schemas[kind], kind)
    assert len(fields[0]) > len(KEYS)
    assert ask(scripts, "fiche.imbrique(v, outils)", fields, schemas[kind], kind) == [data]
    written = ask(scripts, "fiche.ecrit(v, outils)", [data], schemas[kind], kind)
    assert written == [as_yaml(data, schemas[kind], kind, 2)]


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_form_says_of_any_answer_what_the_check_says(
    scripts: Scripts, schemas: Mapping[str, Schema], kind: str
) -> None:
    chosen = random.Random(kind)
    (fields,) = ask(scripts, "fiche.aplatit(v)", [ENTRIES[kind][1]], schemas[kind], kind)
    mine = [rank for rank, (name, _) in enumerate(fields) if "_origine" not in name and f"_{name}".count("_") > 1]
    sent = []
    for _ in range(SPOILT):
        at = chosen.sample(mine, 3)
        sent.append([[name, chosen.choice(HARD) if rank in at else text] for rank, (name, text) in enumerate(fields)])
    entries = ask(scripts, "fiche.imbrique(v, outils)", sent, schemas[kind], kind)
    assert differ(scripts, schemas, kind, entries) == []


CHOICES: Mapping[str, Sequence[Any]] = {
    "budget": (10, 6000, 90_001),
    "pas": (5, 7, 0),
    "cop_vrai": (True, False, "bof"),
    "cop_choix": ("fin", "l-eau", "autre"),
    "cop_texte": ("Un texte",),
    "frequence": ("mensuelle", "annuelle"),
    "sigle": ("CF",),
}
"""What the conditions look at."""


def test_a_condition_is_judged_alike_and_told_in_the_words_of_its_keys(
    scripts: Scripts, schemas: Mapping[str, Schema]
) -> None:
    chosen = random.Random(0)
    bare = {key: value for key, value in grown.COP.items() if not key.startswith("cop_")}
    bare |= {"contact": {"page": "https://exemple.example/"}, "rencontres": [{"debut": "2027-01-14", "objet": "a"}]}
    entries = [
        bare | {key: chosen.choice(values) for key, values in CHOICES.items() if chosen.random() < 0.6}
        for _ in range(SPOILT)
    ]
    assert differ(scripts, schemas, "cop", entries) == []
    told = {what for data in entries for _, _, what, _ in judge(data, schemas, "cop")}
    text = json.dumps([" ".join(what.split()) for what in sorted(told)], ensure_ascii=False)
    assert f"Il manque « budget » ({grown.CONDITION})." in text
    assert "« l-eau » n’est pas un choix possible pour « cop_choix »" in text
    assert "« themes » ne contient pas assez d’éléments : 2 au moins." in text
