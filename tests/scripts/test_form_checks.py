"""The form and `cop check` agree: the same mistakes at the same places in the same words, of what a form can write."""

import json
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.entries.corpus import KINDS, Corpus, Entry
from generator.entries.rules import DATA
from generator.entries.writer import as_yaml
from generator.entries.yaml.source import Where
from generator.likeness import likeness, most_alike
from generator.opendata import formfiles
from generator.problems.catalogue import CATALOGUE
from generator.problems.problem import NOWHERE, Problem
from generator.problems.renderings import compose, sentences_of_form
from tests.factory import repositories
from tests.support.annuaires import SCHEMAS, SETTINGS
from tests.support.annuaires import build as directory
from tests.support.browser import Scripts
from tests.support.paths import ROOT
from tests.support.problem_cases import CASES, ECHEANCES, TERRITORIES, told_of_file
from tests.support.repository import TODAY

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
    assert scripts.each("fiche.imbrique(fiche.aplatit(v), outils)", entries) == entries


MARK = "\ue000"


def read(name: str) -> dict[str, Any]:
    """The data of a case, typed; of a file refused for a sign, the data that it would hold."""
    raw = (CASES / f"{name}.yml").read_bytes()
    if entry := parsed(raw):
        return dict(entry.data)
    sign = re.search("[\x00\u202e\u2028\ufdd0]", raw.decode("utf-8"))
    assert sign, name
    entry = parsed(raw.replace(sign[0].encode(), MARK.encode()))
    assert entry, name
    text = json.dumps(entry.data, ensure_ascii=False).replace(MARK, json.dumps(sign[0])[1:-1])
    return dict(json.loads(text))


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
    told = [one for one in told_of_file(path)[0] if one.code not in NOT_OURS]
    assert told
    assert words(answers[name]) == sorted({(one.severity, one.code, *compose(one)[:2]) for one in told})
    if entry := parsed(path.read_bytes()):
        assert [one for one in answers[name] if not any(same_place(entry, one, other) for other in told)] == []


def words(found: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str, str]]:
    return sorted({(one["gravite"], one["code"], one["quoi"], one["pourquoi"]) for one in found})


def same_place(entry: Entry, ours: Mapping[str, Any], theirs: Problem) -> bool:
    """Whether both speak of one place: ours is a value, or a key missing from the group that theirs points at."""
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


def test_a_page_names_questions_and_choices_as_one_reads_them(
    scripts: Scripts, answers: Mapping[str, list[dict[str, Any]]]
) -> None:
    problems = [one for found in answers.values() for one in found]
    told = scripts.each("fiche.parle(v, `${v.modeles.quoi} ${v.modeles.remede}`, outils.schema)", problems)
    fields = SCHEMAS["cop"].fields
    raw = {name for field in fields.walk() for name in (field.name, *field.labels)}
    quoted = [(text, word) for text in told for word in re.findall("«\u00a0([^»]*)\u00a0»", text)]
    assert len(quoted) > 50
    assert [pair for pair in quoted if pair[1] in raw] == []


# Trainings and news ------------------------------------------------------------------------------------------------

OF_FILES = {"formation/sessions-en-texte"}
"""What only a file can say: a form has no text where a list is."""
OTHERS = [
    f"{kind}/{path.stem}"
    for kind in ("formation", "actualite")
    for path in sorted((CASES / kind).glob("*.yml"))
    if f"{kind}/{path.stem}" not in OF_FILES
]


@pytest.fixture(scope="module")
def other_answers(scripts: Scripts) -> Mapping[str, list[dict[str, Any]]]:
    """What the forms of the other kinds say of every case that they can write."""
    asked = [{"sorte": name.partition("/")[0], "donnees": read_other(name).data} for name in OTHERS]
    alone = "{ formations: {}, actualites: {}, cops: async () => [] }"
    code = f"fiche.verifie(v.donnees, {{ ...(await fiche.prepare('{TODAY}', v.sorte)), ...{alone} }})"
    return dict(zip(OTHERS, scripts.each(code, asked), strict=True))


def read_other(name: str) -> Entry:
    kind = next(kind for kind in KINDS if name.startswith(f"{kind.name}/"))
    raw = (CASES / f"{name}.yml").read_bytes()
    entry = corpus.read_entry(f"{kind.folder}/2027-01-14-a.yml", raw, kind, SCHEMAS[kind.name])[0]
    assert entry, name
    return entry


@pytest.mark.parametrize("name", OTHERS)
def test_the_other_forms_say_the_same(other_answers: Mapping[str, list[dict[str, Any]]], name: str) -> None:
    told = [one for one in told_of_file(CASES / f"{name}.yml")[0] if one.code not in NOT_OURS]
    assert told
    assert words(other_answers[name]) == sorted({(one.severity, one.code, *compose(one)[:2]) for one in told})
    entry = read_other(name)
    assert [one for one in other_answers[name] if not any(same_place(entry, one, other) for other in told)] == []


# Several files -----------------------------------------------------------------------------------------------------


def neighbours(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The directory in short, as the form reads it."""
    return [
        {
            "id": entry.id,
            "nom": entry.data["nom"],
            "niveau": entry.data["collectivite"]["type"],
            "code": entry.data["collectivite"]["code"],
            "type": entry.data["type"],
            "dossier": entry.folder,
        }
        for entry in entries
    ]


def beside(scripts: Scripts, found: Corpus, earlier: bool = False) -> dict[str, list[dict[str, Any]]]:
    """What the form says of each COP among the others, or only those that come before it, by path."""
    cops = found.of("cop")
    asked = [{"rang": rank if earlier else len(cops), "id": e.id, "donnees": e.data} for rank, e in enumerate(cops)]
    titles = {entry.id: "" for entry in found.of("formation")}
    code = "fiche.verifie(v.donnees, { ...outils, formations, cops: async () => cops.slice(0, v.rang) }, v.id)"
    answers = scripts.each(code, asked, cops=neighbours(cops), formations=titles)
    return {entry.path: answer for entry, answer in zip(cops, answers, strict=True)}


@pytest.mark.parametrize("name", TREES)
def test_beside_the_others_the_form_says_the_same(scripts: Scripts, name: str) -> None:
    found = corpus.load(CASES / name, rules=SCHEMAS)
    told = check_entries(found, TERRITORIES, ECHEANCES, TODAY)
    # A duplicate is told of the later file; a reference may lead to a later one.
    for path, answer in beside(scripts, found, earlier=name != "dossiers/references").items():
        theirs = [one for one in told if one.path == path and one.code not in NOT_OURS]
        assert words(answer) == sorted({(one.severity, one.code, *compose(one)[:2]) for one in theirs}), path


def test_a_duplicate_can_be_shown(scripts: Scripts, depot: Path) -> None:
    """The directory of the site itself: an entry sent again is told of, corrected it is not its own duplicate."""
    known = next(entry for entry in corpus.load(depot).of("cop") if entry.data["collectivite"]["type"] == "commune")
    again, itself = scripts.each("fiche.verifie(v.donnees, outils, v.id)", [
        {"donnees": known.data, "id": own} for own in ("", known.id)
    ])  # fmt: skip
    (double,) = [one for one in again if one["code"] == "cop-en-double"]
    assert double["autre"] == {"id": known.id, "nom": known.data["nom"], "adresse": f"cops/{known.id}/"}
    assert known.path in double["quoi"]
    assert [one for one in itself if one["code"] == "cop-en-double"] == []


def test_a_former_id_that_is_taken(scripts: Scripts) -> None:
    data = {"anciens_ids": ["ancienne", "libre"]}
    other = {"id": "autre", "nom": "Une COP", "niveau": "commune", "code": "29233", "type": "cop-locale"}
    code = "fiche.verifie(v, { ...outils, anciensIds: { ancienne: 'autre' }, cops: async () => [other] })"
    (found,) = scripts.each(code, [data], other=other)
    assert [one["ou"] for one in found if one["code"] == "ancien-identifiant-pris"] == ["anciens_ids.0"]


def test_of_hundreds_of_entries_the_form_says_what_the_check_says(scripts: Scripts) -> None:
    found = made(repositories.files(300, 200, 0, today=TODAY))
    told = check_entries(found, TERRITORIES, ECHEANCES, TODAY)
    answers = beside(scripts, found)
    assert len(answers) == 300
    ours = {(path, one["code"], one["quoi"]) for path, answer in answers.items() for one in answer}
    assert ours == {(one.path, one.code, compose(one).what) for one in told if one.path.startswith("cops/")}


def made(files: Iterable[tuple[str, Mapping[str, Any]]]) -> Corpus:
    """The corpus of invented files, as it is read from their texts."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for path, data in files:
        kind = next(kind for kind in KINDS if path.startswith(f"{kind.folder}/"))
        text = as_yaml(data, SCHEMAS[kind.name], kind.name, 2)
        entry, told, _ = corpus.read_entry(path, text.encode(), kind, SCHEMAS[kind.name])
        assert entry
        entries.append(entry)
        problems += told
    return Corpus(tuple(entries), tuple(problems), {}, SCHEMAS)


def test_the_real_entries_are_right(scripts: Scripts) -> None:
    answers = beside(scripts, corpus.load(ROOT, rules=SCHEMAS))
    assert list(answers.values()) == [[]] * len(answers)
    assert answers


# Entries spoilt at random ------------------------------------------------------------------------------------------

HARD = [
    *"24/11/2026|1er mars 2027|mars 2027|3/2027|2024-13-01|2026-02-30|2027-01-14 18h30|demain|2026-11-25|2026".split(
        "|"
    ),
    *"=SOMME(A1)|+33 6 12 34 56 78|@truc|Appelez le 06.12.34.56.78|0612345678|https://exemple.org/0612345678".split(
        "|"
    ),
    *"M. J.-P. Martin|Mme la maire|Mme Le Goff|jean.dupont@gmail.com|mairie@wanadoo.fr|1.2@c.fr|16|-3".split("|"),
    *"Ã©cole|«\u00a0L’eau\u00a0»|\u202eabc|a\x07b|<b>gras</b>|a < b|COMMISSION DE L’EAU|COP|tous|énergie|yes".split(
        "|"
    ),
    *"exemple.org/page|https://|mairie@commune|29233|29300|22010|242900694|242900695|53|Le Faouët|Plouhinec|0".split(
        "|"
    ),
    *"{accolades} {cle}|##[debug]|Quimperlé|quimperle communaute|1 000|007|👩‍🌾|a-lancer|reportee|terminee|tiers".split(
        "|"
    ),
    *("é" * 290, "x" * 121, "a\nb", "realise", "Oui", "14/01/2027 à 18 h", "02 98 00 00", "javascript:alert(1)"),
]


def spoilt(rank: int, fields: list[list[str]]) -> list[list[str]]:
    """The fields of an entry, a few of them replaced by another text."""
    chosen = random.Random(rank)
    may = [index for index, (name, _) in enumerate(fields) if not name.startswith("anciens_ids")]
    for index in chosen.sample(may, 4):
        fields[index][1] = chosen.choice(HARD)
    return fields


def test_of_spoilt_entries_the_form_says_what_the_check_says(scripts: Scripts) -> None:
    sown = scripts.each("fiche.aplatit(v)", [data for _, data in repositories.cops(400, today=TODAY)])
    sent = [spoilt(rank, fields) for rank, fields in enumerate(sown)]
    entries = scripts.each("fiche.imbrique(v, outils)", sent)
    answers = scripts.each("fiche.verifie(v, { ...outils, formations: {}, cops: async () => [] })", entries)
    for rank, (data, answer) in enumerate(zip(entries, answers, strict=True)):
        told = check_entries(made([(f"cops/29/fictive-{rank}.yml", data)]), TERRITORIES, ECHEANCES, TODAY)
        theirs = {(one.severity, one.code, *compose(one)[:2]) for one in told if one.code not in NOT_OURS}
        assert words(answer) == sorted(theirs), data
    assert len({one["code"] for answer in answers for one in answer}) > 35


def test_texts_are_as_alike_as_python_finds_them(scripts: Scripts) -> None:
    chosen = random.Random(0)
    pairs = [["".join(chosen.choices("abc é", k=size)) for size in (chosen.randint(0, 40), chosen.randint(0, 40))]
             for _ in range(300)]  # fmt: skip
    pairs += [["".join(chosen.choices("abcdefghij ", k=260)) for _ in "12"] for _ in range(20)]
    assert scripts.each("fiche.likeness(...v)", pairs) == [likeness(one, other) for one, other in pairs]
    words_of = [["".join(chosen.choices("ab-", k=6)) for _ in range(8)] for _ in range(100)]
    assert scripts.each("fiche.mostAlike(v[0], v.slice(1), 0.6) ?? ''", words_of) == [
        most_alike(word, others, 0.6) or "" for word, *others in words_of
    ]


# The words and the data of the form --------------------------------------------------------------------------------


def test_the_form_knows_the_words_of_all_that_it_says() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "generator/theme/assets/entries").glob("*.js"))
    written = set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', scripts)) & set(CATALOGUE)
    written |= {rule["code"] for rule in DATA["texts"]} | {
        f"{kind}-inconnue" for kind in ("commune", "epci", "departement", "region")
    }
    written |= {about["unknown"] for about in DATA["codes"].values()}
    written |= {"commune-inconnue-nommee", "epci-inconnue-nommee", "type-integer"}
    schema = json.dumps([schema.inlined for schema in SCHEMAS.values()])
    written |= set(re.findall(r'"x-regle": "([a-z0-9-]+)"', schema))
    motifs = set(re.findall(r'"x-motif": "([a-z-]+)"', schema)) - {"siren"}
    written |= {f"motif-{name}" for name in motifs - {"code-collectivite"}}
    written |= {f"{name}-{end}" for name in DATA["addresses"] for end in ("a-ecrire", "a-choisir")}
    assert sorted(written ^ set(sentences_of_form())) == []


def test_the_files_of_the_form() -> None:
    text = (ROOT / "cops/29/quimperle-commission-du-temps-long.yml").read_text("utf-8") + "anciens_ids: [ancienne]\n"
    found = formfiles.make_files(directory({"temps-long": text}), SETTINGS, SCHEMAS["cop"])
    form = json.loads(found["donnees/formulaire.json"])
    assert {"version", "date", "licence", "source"} <= set(form)
    assert form["anciens_ids"] == {"ancienne": "temps-long"}
    assert form["echeances"] == list(SETTINGS.echeances)
    assert sorted(path for path in found if "mairies" in path) == [
        f"donnees/mairies/{code}.json" for code in ("22", "29", "35", "44", "56")
    ]
    assert max(map(len, found.values())) < 44_000


def test_without_network_the_form_still_checks(scripts: Scripts) -> None:
    absent = "() => Promise.reject(new TypeError('Failed to fetch'))"  # as the browser says it
    lost = f"{{ ...outils, lieux: {absent}, cops: {absent} }}"
    data = {"nom": "a", "collectivite": {"type": "commune", "code": "99999"}, "contact": {"courriel": "a.b@free.fr"}}
    (found,) = scripts.each(f"fiche.verifie(v, {lost})", [data])
    assert {"trop-court", "courriel-personnel"} <= {one["code"] for one in found}
    assert "commune-inconnue" not in {one["code"] for one in found}


@pytest.mark.parametrize(
    "data", [{}, {"nom": 3, "themes": "eau", "contact": [], "rencontres": {"a": 1}, "mandat": "x"}]
)
def test_data_of_any_shape_are_taken(scripts: Scripts, data: Mapping[str, Any]) -> None:
    assert said(scripts, [data])[0]
