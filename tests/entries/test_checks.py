"""What one file cannot know by itself, and what no shape of data may break."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.entries import corpus
from generator.entries.checks import one_file, privacy, texts
from generator.entries.checks.between_files import TOGETHER
from generator.entries.checks.forms import BY_FORM, mandate_end
from generator.entries.checks.one_file import ALONE, PLACED, check_entries, check_future
from generator.entries.checks.places import check_codes
from generator.entries.rules import TEXTS, WORDS
from generator.entries.schemas.schema import load_schema
from generator.entries.yaml import source
from generator.problems.problem import Problem
from generator.problems.reports import as_json, as_text
from generator.territories.codes import luhn
from generator.territories.reference import load_territories
from tests.support.chance import tries
from tests.support.mutations import mutated, places
from tests.support.paths import ROOT
from tests.support.problem_cases import FILES, TREES, answer, answer_file
from tests.support.sample_data import FULL, MINIMAL

TERRITORIES = load_territories()
RULES = {kind.name: load_schema(ROOT / "schema", kind.name) for kind in corpus.KINDS}
KINDS = {kind.name: kind for kind in corpus.KINDS}
PATHS = {"cop": "cops/29/a.yml", "formation": "content/formations/a.yml", "actualite": "content/actualites/a.yml"}


def told(text: str, kind: str = "cop", today: str = "2026-11-24") -> list[Problem]:
    """Everything that is said of one file."""
    entry, found, _ = corpus.read_entry(PATHS[kind], text.encode(), KINDS[kind], RULES[kind])
    read = corpus.Corpus((entry,) if entry else (), found, {}, RULES)
    return check_entries(read, TERRITORIES, ("2026-03-15",), today)


def codes(text: str, kind: str = "cop", **more: str) -> set[str]:
    """The codes of one file, those of the keys that this small file does not have left out."""
    return {p.code for p in told(text, kind, **more)} - {"cle-manquante"}


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        ("2020", "2026", None),
        ("2026-03-15", "2026", None),
        ("2026", "2026-03-15", None),
        ("2026", "2020", "fin-avant-debut"),
        ("2026-03-15", "2026-03-14", "fin-avant-debut"),
    ],
)
def test_an_end_is_not_before_its_beginning(start: str, end: str, code: str | None) -> None:
    assert codes(f"mandat: {{debut: {start}, fin: {end}}}\n") == ({code} if code else set())


def test_a_date_that_cannot_be_read_has_one_problem() -> None:
    assert codes("rencontres: [{debut: 14/01/2027, fin: 2026-01-01, objet: Fictif}]\n") == {"date-a-ecrire"}


@pytest.mark.parametrize(
    ("value", "bad"),
    [
        ("=1+1", True),
        ("'@x'", True),
        ("+33", True),
        ("-1", False),
        ("a=b", False),
        ("|\n  = titre\n  suite", False),
        (">-\n  =x", True),
    ],
)
def test_what_a_spreadsheet_would_run(value: str, bad: bool) -> None:
    assert ("formule" in codes(f"sigle: {value}\n")) is bad


def test_a_telephone_with_its_country_is_no_formula() -> None:
    assert codes("contact: {telephone: +33 2 61 91 00 00}\n") == set()


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("{total: 10, elus: 5, habitants: 5}", False),
        ("{total: 10, elus: 5, habitants: 6}", True),
        ("{total: 10, elus: 10, jeunes: 3}", False),
        ("{elus: 5}", False),
        ("{total: 0, elus: 1}", True),
    ],
)
def test_the_total_holds_every_group(text: str, bad: bool) -> None:
    assert ("composition-trop-grande" in codes(f"composition: {text}\n")) is bad


@pytest.mark.parametrize(
    ("values", "bad"),
    [
        ("statut: active\nmandat: {fin: 2026}\nverifiee_le: 2026-04-01", True),
        ("statut: active\nmandat: {fin: 2026}\nverifiee_le: 2026-03-01", False),
        ("statut: active\nmandat: {fin: 2026}\ninscrite_le: 2026-04-01", True),
        ("statut: active\nmandat: {fin: 2032}\nverifiee_le: 2026-04-01", False),
        ("statut: active\nverifiee_le: 2026-04-01", False),
        ("statut: a-confirmer\nmandat: {fin: 2026}\nverifiee_le: 2026-04-01", False),
        ("statut: active\nbase_legale: aucune\nmandat: {fin: 2026}\nverifiee_le: 2026-04-01", False),
    ],
)
def test_a_file_that_contradicts_its_own_mandate(values: str, bad: bool) -> None:
    for form, bearer, ends in (
        ("commission-extra-municipale", "commune", True),
        ("comite-consultatif", "commune", True),  # the same body, under the name that the law gives it
        ("comite-consultatif", "epci", False),
        ("comite-consultatif", "departement", False),
    ):
        found = codes(f"type: {form}\ncollectivite: {{type: {bearer}}}\n{values}\n")
        assert ("mandat-clos" in found) is (bad and ends), (form, bearer)


def test_nothing_else_depends_on_today() -> None:
    text = "type: commission-extra-municipale\nstatut: active\nmandat: {fin: 2026}\ninscrite_le: 2025-01-01\n"
    assert codes(text, today="2025-01-01") == codes(text, today="2099-01-01") == set()
    assert "date-future" in codes(text, today="2024-12-31")


@pytest.mark.parametrize(("end", "day"), [("2026", "2026-03-15"), ("2028", "2028-12-31"), ("2026-06-01", "2026-06-01")])
def test_the_day_a_mandate_ends(end: str, day: str) -> None:
    assert mandate_end(end, ("2026-03-15",)) == day


@pytest.mark.parametrize(
    ("value", "bad"),
    [
        ("Un <b>mot</b>.", "html"),
        ("Un </b>.", "html"),
        ("Un <!-- mot -->.", "html"),
        ("1 < 2 et 3 > 2", None),
        ("Un <3.", None),
        ("# Titre", "titre-de-niveau-1"),
        ("## Titre", None),
        ("Le n° #1", None),
    ],
)
def test_markdown_without_html(value: str, bad: str | None) -> None:
    assert codes(f"description: |\n  {value}\n") == ({bad} if bad else set())


@pytest.mark.parametrize(("siren", "good"), [("242900694", True), ("242900695", False), ("000000000", True)])
def test_check_digit_of_a_siren(siren: str, good: bool) -> None:
    assert luhn(siren) is good


@pytest.mark.parametrize(
    ("kind", "code", "nom", "expected"),
    [
        ("commune", "29233", "quimperle", set()),
        ("commune", "22057", "Faouët", set()),
        ("commune", "29233", "QUIMPERLÉ", set()),
        ("commune", "35253", "St Aubin du Cormier", {"mauvais-dossier"}),
        ("epci", "242900694", "Quimperlé Communauté", set()),
        ("epci", "242900694", "Quimperlé", set()),
        ("epci", "242900694", "", set()),
        ("departement", "29", "Finistère", set()),
        ("departement", "29", "Conseil départemental du Finistère", set()),
        ("departement", "22", "Finistère", {"mauvais-dossier", "nom-contredit-code"}),
        ("region", "53", "Région Bretagne", {"mauvais-dossier"}),
    ],
)
def test_the_name_and_the_code_agree(kind: str, code: str, nom: str, expected: set[str]) -> None:
    name = f", nom: {nom}" if nom else ""
    found = codes(f'collectivite: {{type: {kind}, code: "{code}"{name}}}\n')
    assert found == ({"mauvais-dossier"} if code == "22057" else expected)


# Personal data ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["06 12 34 56 78", "0612345678", "07.12.34.56.78", "06-12-34-56-78", "+33 6 12 34 56 78", "+33612345678",
     "0033 7 12 34 56 78", "+33 (0)6 12 34 56 78", "Tél.06\u00a012\u202f34 56 78"],
)  # fmt: skip
def test_mobile_numbers_are_refused_everywhere(text: str) -> None:
    assert "portable" in codes(f"description: Appeler le {text}.\n")
    assert "portable" in codes(f"nom: COP fictive\n# {text}\n")


@pytest.mark.parametrize(
    "text",
    ["02 98 96 00 00", "+33 2 98 96 00 00", "0298960000", "le 06/07/2026 à 18 h", "2026-06-07 08:30",
     "06-07-2026 18 h 30", "SIREN 206123456 78", "https://a.example/0612345678", "n° 2026-0612345678", "06", "06 12"],
)  # fmt: skip
def test_other_numbers_are_welcome(text: str) -> None:
    assert "portable" not in codes(f"description: Voir {text}.\n")


PLACE = 'collectivite: {type: commune, code: "29233", nom: Quimperlé}\n'


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("prenom.nom@commune.example", "courriel-personnel"),
        ("p.nom@commune.example", "courriel-personnel"),
        ("prenom_nom@commune.example", "courriel-personnel"),
        ("prenom.nom@orange.fr", "courriel-personnel"),
        ("mairie@commune.example", None),
        ("mairie.quimperle@commune.example", None),
        ("prenom.quimperle@commune.example", None),
        ("vie.locale@commune.example", None),
        ("developpement.durable@commune.example", None),
        ("transition-ecologique@commune.example", None),
        ("mairiedequimperle.22@commune.example", None),
        ("mairie.quimperle@orange.fr", "courriel-grand-public"),
        ("cop@gmail.com", "courriel-grand-public"),
    ],
)
def test_an_address_is_that_of_a_role(address: str, code: str | None) -> None:
    assert codes(f"{PLACE}contact: {{courriel: {address}}}\n") == ({code} if code else set())


def test_a_long_text_and_a_comment_are_read_too() -> None:
    assert codes("description: Écrire à prenom.nom@commune.example.\n") == {"courriel-personnel"}
    assert codes("nom: COP fictive\n# prenom.nom@commune.example\n") == {"courriel-personnel"}


def test_the_known_address_of_the_town_hall_is_welcome() -> None:
    free = {c: m.courriel for c, m in TERRITORIES.mairies.items() if m.courriel.split("@")[-1] in WORDS["free_mail"]}
    assert len(free) > 300
    for code in list(free)[:20]:
        place = f'collectivite: {{type: commune, code: "{code}"}}\n'
        found = codes(f"{place}contact: {{courriel: {free[code]}}}\n")
        assert not found & {"courriel-personnel", "courriel-grand-public"}, free[code]


def test_a_file_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    file = tmp_path / "cops/29/a.yml"
    file.parent.mkdir(parents=True)
    file.write_text("nom: COP fictive\n")
    cache = corpus.Cache()
    first, second = (corpus.load(tmp_path, cache, RULES) for _ in range(2))
    assert first.entries[0] is second.entries[0]
    file.write_text("nom: Autre COP fictive\n")
    assert corpus.load(tmp_path, cache, RULES).entries[0].data["nom"] == "Autre COP fictive"


def test_no_known_town_hall_looks_like_a_person() -> None:
    for code, mairie in TERRITORIES.mairies.items():
        name = TERRITORIES.communes[code].nom
        found = codes(
            f'collectivite: {{type: commune, code: "29233", nom: "{name}"}}\ndescription: {mairie.courriel}\n'
        )
        assert "courriel-personnel" not in found, mairie.courriel


@pytest.mark.parametrize(
    "name", ["Mme Untel", "M. Untel", "M. J. Untel", "Monsieur UNTEL", "Mmes Unetelle", "Mr Untel"]
)
def test_a_person_is_not_named(name: str) -> None:
    assert codes(f"description: Voir {name} à l’accueil.\n") == {"nom-de-personne"}


@pytest.mark.parametrize(
    "text", ["Mme la maire", "M. le maire", "Madame la Maire", "Monsieur le Président", "Madame Maire", "IBM. Untel",
             "un PLUM. Untel", "Mme, puis", "la M. "]
)  # fmt: skip
def test_a_function_is_no_name(text: str) -> None:
    assert codes(f'description: "Voir {text} à l’accueil."\n') == set()


def test_words_of_roles_are_folded_and_sorted() -> None:
    words = [w for w in (ROOT / "generator/territories/data/mots-de-fonction.txt").read_text("utf-8").split("\n") if w]
    words = [w for w in words if not w.startswith("#")]
    assert len(words) == len(set(words)) == len(privacy.ROLES)
    assert all(word.isascii() and word.islower() for word in words)


# Any shape -------------------------------------------------------------------------------------------------------

BITS = st.sampled_from(["", "x", "2025-02-30", "29233", "-1", "{cle}", "06 12 34 56 78", "a.b@c.fr", "Mme X", "=1"])
SHAPES = st.recursive(BITS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(BITS, inner), max_leaves=5)


def as_written(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: as_written(held) for key, held in value.items()}
    if isinstance(value, list):
        return [as_written(held) for held in value]
    return value if isinstance(value, str) else json.dumps(value)


@tries(8)
@given(st.data())
def test_no_shape_of_data_stops_the_checks(data: st.DataObject) -> None:
    made = []
    for kind, path in PATHS.items():
        base: Any = data.draw(st.sampled_from([MINIMAL[kind], FULL[kind]]))
        for _ in range(data.draw(st.integers(1, 3))):
            where = data.draw(st.sampled_from(places(base)[1:]))
            base = mutated(base, where, data.draw(SHAPES), data.draw(st.booleans())) or {"nom": ""}
        raw = json.dumps(as_written(base), ensure_ascii=False).encode()
        made.append(corpus.read_entry(path, raw, KINDS[kind], RULES[kind]))
    entries = tuple(entry for entry, _, _ in made if entry)
    texts = {path: text for path, (_, _, text) in zip(PATHS.values(), made, strict=True)}
    problems = tuple(p for _, found, _ in made for p in found)
    read = corpus.Corpus((*entries, *entries), problems, texts, RULES)
    found = check_entries(read, TERRITORIES, ("2026-03-15",), "2026-11-24")
    as_text(found, read.lines)
    as_json(found, read.lines)
    accepted = {p.path for p in problems if p.is_error}
    for entry in entries:
        assert entry.path in accepted or RULES[entry.kind].validator.is_valid(entry.data)


@tries(4)
@given(st.sampled_from(list(PATHS)), st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_no_byte_stops_the_checks(kind: str, at: int, new: bytes) -> None:
    raw = json.dumps(as_written(FULL[kind]), ensure_ascii=False, indent=1).encode()
    at %= len(raw)
    entry, found, text = corpus.read_entry(PATHS[kind], raw[:at] + new + raw[at + 1 :], KINDS[kind], RULES[kind])
    read = corpus.Corpus((entry,) if entry else (), found, {PATHS[kind]: text}, RULES)
    as_text(check_entries(read, TERRITORIES, (), "2026-11-24"), read.lines)


@pytest.mark.parametrize("rank", range(len(TEXTS)), ids=lambda rank: f"{rank}-{TEXTS[rank].code}")
def test_each_rule_on_texts_has_a_case(rank: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it at least one case of tests/problems/ would say something else."""
    monkeypatch.setattr(texts, "TEXTS", TEXTS[:rank] + TEXTS[rank + 1 :])
    monkeypatch.setattr(source, "FORBIDDEN", [rule for rule in source.FORBIDDEN if rule is not TEXTS[rank]])
    assert any_case_differs(TEXTS[rank].code)


def any_case_differs(code: str = "") -> bool:
    """The cases that name a code are tried first."""
    texts = {path: answer_file(path).read_text("utf-8") for path in [*FILES, *TREES]}
    return any(answer(path) != texts[path] for path in sorted(texts, key=lambda path: f"[{code}]" not in texts[path]))


EVERY: list[Callable[..., Any]] = [
    *ALONE,
    *PLACED,
    *TOGETHER,
    *BY_FORM,
    check_future,
    privacy.check_addresses,
    check_codes,
]


@pytest.mark.parametrize("check", EVERY, ids=lambda check: check.__name__)
def test_each_check_has_a_case(check: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it at least one case of tests/problems/ would say something else."""

    def silent(*_: Any) -> tuple[Problem, ...]:
        return ()

    for name in ("ALONE", "PLACED", "TOGETHER", "BY_FORM"):
        monkeypatch.setattr(one_file, name, tuple(silent if one is check else one for one in getattr(one_file, name)))
    if check not in (*ALONE, *PLACED, *TOGETHER, *BY_FORM) and hasattr(one_file, check.__name__):
        monkeypatch.setattr(one_file, check.__name__, silent)
    assert any_case_differs()
