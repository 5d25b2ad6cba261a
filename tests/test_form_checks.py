"""The form and `cop check` agree: the same mistakes at the same places in the same words, of what a form can write."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator import checks, corpus, formfiles
from generator.corpus import KINDS, Corpus, Entry
from generator.problems import NOWHERE, Problem
from generator.schemas.guesses import dotted
from generator.sources import Where
from tests import factory, test_problems
from tests.annuaires import ROOT, SCHEMAS, SETTINGS
from tests.annuaires import build as directory
from tests.browser import Scripts
from tests.repository import TODAY
from tests.test_problems import CASES, ECHEANCES, TERRITORIES

TABLE: Mapping[str, str] = json.loads((Path(__file__).parent / "form_cases.json").read_text("utf-8"))
"""Each case of tests/problems/ that holds a COP: empty where a form can say it, else why it cannot."""

SOLE = [name for name, why in TABLE.items() if name.startswith("cop/") and not why]
TREES = [name for name, why in TABLE.items() if name.startswith("dossiers/") and not why]
NOT_OURS = {"mauvais-dossier", "identifiant-pris"}
"""What the form never meets: it chooses the folder and a free name."""


def test_the_table_names_every_case() -> None:
    cases = {f"{path.parent.name}/{path.stem}" for path in (CASES / "cop").glob("*.yml")}
    cases |= {f"dossiers/{path.name}" for path in (CASES / "dossiers").iterdir()}
    assert sorted(cases ^ set(TABLE)) == []
    assert len(SOLE) >= 35


# One file ----------------------------------------------------------------------------------------------------------


def test_a_form_can_write_what_the_table_says(scripts: Scripts) -> None:
    entries = [read(name) for name in SOLE]
    assert scripts.each("fiche.imbrique(fiche.aplatit(v), outils.schema)", entries) == entries


MARK = "\ue000"


def read(name: str) -> dict[str, Any]:
    """The data of a case, typed; of a file that cannot be read, those that it would have but for its forbidden sign."""
    raw = (CASES / f"{name}.yml").read_bytes()
    entry = parsed(raw)
    if entry:
        return dict(entry.data)
    text = raw.decode("utf-8")
    sign = re.search("[\x00\u202e\u2028]", text)
    assert sign, name
    entry = parsed(text.replace(sign[0], MARK).encode())
    assert entry, name
    data: dict[str, Any] = json.loads(
        json.dumps(entry.data, ensure_ascii=False).replace(MARK, json.dumps(sign[0])[1:-1])
    )
    return data


def parsed(raw: bytes) -> Entry | None:
    return corpus.read_entry("cops/29/a.yml", raw, KINDS[0], SCHEMAS["cop"])[0]


def said(scripts: Scripts, entries: Sequence[Mapping[str, Any]], **more: Any) -> list[list[dict[str, Any]]]:
    """What the form says of entries that stand alone."""
    found = scripts.each("fiche.verifie(v, { ...outils, cops: async () => [] })", entries, **more)
    return [list(problems) for problems in found]


@pytest.fixture(scope="module")
def answers(scripts: Scripts) -> Mapping[str, list[dict[str, Any]]]:
    """What the form says of every case that it can write."""
    return dict(zip(SOLE, said(scripts, [read(name) for name in SOLE]), strict=True))


@pytest.mark.parametrize("name", SOLE)
def test_the_form_says_the_same(answers: Mapping[str, list[dict[str, Any]]], name: str) -> None:
    path = CASES / f"{name}.yml"
    told = [one for one in test_problems.told_of_file(path)[0] if one.code not in NOT_OURS]
    assert told
    assert words(answers[name]) == sorted({(one.severity, one.code, one.what, one.why) for one in told})
    if entry := parsed(path.read_bytes()):
        assert [one for one in answers[name] if not any(same_place(entry, one, other) for other in told)] == []


def words(found: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    return sorted({(one["gravite"], one["code"], one["quoi"], one["pourquoi"]) for one in found})


def same_place(entry: Entry, ours: Mapping[str, Any], theirs: Problem) -> bool:
    """Whether both speak of one place: ours is a value, or a key that is missing from the group that theirs points at."""
    where = place(ours["ou"])
    starts = {entry.source.key_span(where)[0], entry.source.key_span(where[:-1])[0]}
    start, end = entry.source.span(where)
    return ours["code"] == theirs.code and (theirs.start in starts or start <= theirs.start < end or end == NOWHERE)


def place(name: str) -> Where:
    return tuple(int(step) if step.isdigit() else step for step in name.split("."))


def test_problems_come_in_the_order_of_the_fields(scripts: Scripts) -> None:
    data = {"fiche": {}, "rencontres": [{}, {"objet": "a", "debut": "demain"}], "contact": {"page": "x"}, "nom": "a"}
    (found,) = said(scripts, [data])
    order = ["nom", "type", "collectivite", "statut", "themes", "resume", "contact.page", "inscrite_le"]
    order += ["rencontres.0.debut", "rencontres.0.objet", "rencontres.1.debut", "fiche.source"]
    assert [one["ou"] for one in found] == order


def test_a_correction_is_offered_where_it_is_known(
    scripts: Scripts, answers: Mapping[str, list[dict[str, Any]]]
) -> None:
    offered = {one["code"]: one["juste"] for found in answers.values() for one in found if "juste" in one}
    assert offered["date-a-ecrire"] == "2027-01-14 18:30"
    assert offered["code-postal-pris"] == "29233"
    assert offered["adresse-sans-https"].startswith("https://")
    assert {"ancien-code", "choix-proche", "code-postal", "epci-inconnue-nommee"} <= set(offered)


def test_the_remedy_speaks_of_the_form(answers: Mapping[str, list[dict[str, Any]]]) -> None:
    remedies = {one["code"]: one["remede"] for found in answers.values() for one in found}
    assert remedies["cle-manquante"] == "Remplissez ce champ."
    assert [text for text in remedies.values() if re.search("ligne|YAML|[a-z_]+: |[{}`]", text)] == []


# Several files -----------------------------------------------------------------------------------------------------


def neighbours(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The directory in short, as the form reads it."""
    return [
        {
            "id": entry.id,
            "nom": entry.data["nom"],
            "niveau": entry.data["collectivite"]["type"],
            "code": entry.data["collectivite"]["code"],
            "type": [entry.data["type"]],
            "perimetre": entry.data.get("perimetre", []),
        }
        for entry in entries
    ]


BESIDE = "fiche.verifie(v.donnees, { ...outils, formations, anciensIds: v.anciens, cops: async () => cops.slice(0, v.rang) }, v.id)"


@pytest.mark.parametrize("name", TREES)
def test_beside_the_others_the_form_says_the_same(scripts: Scripts, name: str) -> None:
    found = corpus.load(CASES / name, rules=SCHEMAS)
    told = checks.check(found, TERRITORIES, ECHEANCES, TODAY)
    entries = found.of("cop")
    alone = name != "dossiers/references"  # a reference may name a later file; a duplicate is told of the later one
    asked = [
        {"donnees": e.data, "id": e.id, "rang": rank if alone else len(entries), "anciens": {}}
        for rank, e in enumerate(entries)
    ]
    titles = {entry.id: entry.data["titre"] for entry in found.of("formation")}
    answers = scripts.each(BESIDE, asked, cops=neighbours(entries), formations=titles)
    for entry, answer in zip(entries, answers, strict=True):
        ours = [one for one in told if one.path == entry.path and one.code not in NOT_OURS]
        assert words(answer) == sorted({(one.severity, one.code, one.what, one.why) for one in ours}), entry.path


def test_a_duplicate_can_be_shown(scripts: Scripts) -> None:
    entries = corpus.load(CASES / "dossiers/doublons", rules=SCHEMAS).of("cop")
    first = next(entry for entry in entries if entry.id == "premiere")
    asked = [{"donnees": first.data, "id": own, "rang": len(entries), "anciens": {}} for own in ("", "premiere")]
    new, itself = scripts.each(BESIDE, asked, cops=neighbours(entries), formations={})
    assert {"id": "premiere", "nom": first.data["nom"], "adresse": "cops/premiere/"} in [one["autre"] for one in new]
    assert "premiere" not in [one["autre"]["id"] for one in itself]


def test_a_former_id_that_is_taken(scripts: Scripts) -> None:
    entries = corpus.load(CASES / "dossiers/identifiants", rules=SCHEMAS).of("cop")
    data = entries[-1].data | {"nom": "Une autre commission", "anciens_ids": ["ancienne", "libre"]}
    asked = [{"donnees": data, "id": "x", "rang": len(entries), "anciens": {"ancienne": entries[0].id}}]
    (found,) = scripts.each(BESIDE, asked, cops=neighbours(entries), formations={})
    assert [(one["ou"], one["code"]) for one in found] == [("anciens_ids.0", "ancien-identifiant-pris")]


def test_of_a_thousand_entries_the_form_says_what_the_check_says(scripts: Scripts) -> None:
    entries: list[Entry] = []
    told: list[Problem] = []
    for path, data in factory.files(1000, 200, 0, today=TODAY):
        kind = next(kind for kind in KINDS if path.startswith(f"{kind.folder}/"))
        entry, problems, _ = corpus.read_entry(path, factory.text(path, data).encode(), kind, SCHEMAS[kind.name])
        assert entry
        entries.append(entry)
        told += problems
    told = checks.check(Corpus(tuple(entries), tuple(told), {}, SCHEMAS), TERRITORIES, ECHEANCES, TODAY)
    cops = [entry for entry in entries if entry.kind == "cop"]
    asked = [{"donnees": e.data, "id": e.id, "rang": len(cops), "anciens": {}} for e in cops]
    titles = {entry.id: "" for entry in entries if entry.kind == "formation"}
    answers = scripts.each(BESIDE, asked, cops=neighbours(cops), formations=titles)
    ours = {(e.path, one["code"], one["quoi"]) for e, found in zip(cops, answers, strict=True) for one in found}
    theirs = {(one.path, one.code, one.what) for one in told if one.path.startswith("cops/")}
    assert len(cops) == 1000
    assert ours == theirs


def test_the_real_entries_are_right(scripts: Scripts) -> None:
    found = corpus.load(ROOT, rules=SCHEMAS)
    titles = {entry.id: "" for entry in found.of("formation")}
    asked = [{"donnees": e.data, "id": e.id, "rang": 99, "anciens": {}} for e in found.of("cop")]
    answers = scripts.each(BESIDE, asked, cops=neighbours(found.of("cop")), formations=titles)
    assert answers == [[] for _ in found.of("cop")]


# The words and the data of the form --------------------------------------------------------------------------------


def test_the_form_knows_the_words_of_all_that_it_says() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "generator/theme/assets/fiche").glob("*.js"))
    written = set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', scripts)) & set(test_problems.CATALOGUE)
    written |= {"formule", "html", "portable"} | {
        f"{kind}-inconnue" for kind in ("commune", "epci", "departement", "region")
    }
    written |= {"commune-inconnue-nommee", "epci-inconnue-nommee", "type-integer"}
    schema = json.dumps(SCHEMAS["cop"].inlined)
    written |= set(re.findall(r'"x-regle": "([a-z0-9-]+)"', schema))
    motifs = set(re.findall(r'"x-motif": "([a-z-]+)"', schema)) - {"siren", "code-region", "code-departement"}
    written |= {f"motif-{name}" for name in motifs - {"code-collectivite"}}
    assert sorted(written ^ set(formfiles.sentences())) == []


def test_the_files_of_the_form() -> None:
    text = (ROOT / "cops/29/quimperle-commission-du-temps-long.yml").read_text("utf-8") + "anciens_ids: [ancienne]\n"
    found = formfiles.files(directory({"temps-long": text}), SETTINGS)
    form = json.loads(found["donnees/formulaire.json"])
    assert {"version", "date", "licence", "source"} <= set(form)
    assert form["anciens_ids"] == {"ancienne": "temps-long"}
    assert form["echeances"] == list(SETTINGS.echeances)
    assert sorted(path for path in found if "mairies" in path) == [
        f"donnees/mairies/{code}.json" for code in ("22", "29", "35", "44", "56")
    ]
    assert max(map(len, found.values())) < 40_000


def test_without_network_the_form_still_checks(scripts: Scripts) -> None:
    lost = "{ ...outils, lieux: () => Promise.reject(new Error()), cops: () => Promise.reject(new Error()) }"
    data = {"nom": "a", "collectivite": {"type": "commune", "code": "99999"}, "contact": {"courriel": "a.b@free.fr"}}
    (found,) = scripts.each(f"fiche.verifie(v, {lost})", [data])
    assert {"trop-court", "courriel-personnel"} <= {one["code"] for one in found}
    assert "commune-inconnue" not in {one["code"] for one in found}


@pytest.mark.parametrize(
    "data", [{}, {"nom": 3, "themes": "eau", "contact": [], "rencontres": {"a": 1}, "mandat": "x"}]
)
def test_data_of_any_shape_are_taken(scripts: Scripts, data: Mapping[str, Any]) -> None:
    assert said(scripts, [data])[0]


def test_dotted_names_count_from_one_in_words(answers: Mapping[str, list[dict[str, Any]]]) -> None:
    (one,) = answers["cop/reportee-sans-date"]
    assert one["ou"] == "rencontres.0.reportee_au"
    assert dotted(("rencontres", 0)) == "rencontres.1"
