"""Requests read back: what each answer becomes, and what the text of anybody cannot do."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edits.places import Unclear
from generator.edits.requests.answers import Answers, find_form, parse_request
from generator.edits.requests.confirming import confirm_entry
from generator.edits.requests.entry_names import find_entry
from generator.edits.requests.new_entries import make_entry
from generator.entries.corpus import KINDS, Entry, read_entry
from generator.entries.rules import strip_hidden
from generator.repository.request_forms import ADD, CONFIRM, CORRECT, REPORT
from generator.territories.reference import load_territories
from tests.support.annuaires import RESUME, SCHEMAS, cop
from tests.support.cards import TERRITORIES
from tests.support.request_texts import ANSWERS, FORMS, body

COP = SCHEMAS["cop"]
PLACES = load_territories()
TODAY = "2026-11-24"


def read(name: str, text: str) -> Answers:
    return parse_request(text, FORMS[name])


def test_answers_by_their_key() -> None:
    told = read(ADD, body(ADD, ANSWERS | {"composition.total": "12", "description": "Une.\n\n## Titre"}))
    assert told == ANSWERS | {
        "themes": ("climat-energie", "eau"),  # in the order of the boxes
        "composition.total": "12",
        "description": "Une.\n\n## Titre",
        "accord": ("licence", "droit", "prive"),
    }


def test_line_ends_of_windows_and_capitals_of_the_forge() -> None:
    text = body(ADD, ANSWERS, line="\r\n").replace("[x]", "[X]")
    assert read(ADD, text) == read(ADD, body(ADD, ANSWERS))


def test_a_choice_that_was_rewritten_stays_as_it_is_typed() -> None:
    """The check says which ones there are."""
    told = read(ADD, body(ADD, ANSWERS).replace("En projet", "Presque").replace("] Eau", "] Vin"))
    assert told["statut"] == "Presque"
    assert told["themes"] == ("climat-energie", "Vin")


@pytest.mark.parametrize("typed", ["Eau, climat-energie", "- Eau\n- Climat et énergie", "eau ; Climat et énergie"])
def test_a_message_has_no_boxes(typed: str) -> None:
    form = FORMS[ADD]
    lines = [f"{p.label} : {ANSWERS[p.path]}" for p in form.prompts if isinstance(ANSWERS.get(p.path), str)]
    told = parse_request("\n".join([*lines, f"Thèmes : {typed}", "Avant d’envoyer : licence, droit, prive"]), form)
    assert set(told["themes"]) == {"eau", "climat-energie"}
    assert told["statut"] == "en-projet"
    assert "accord" not in told


def test_a_text_may_have_its_own_titles() -> None:
    told = read(ADD, body(ADD, ANSWERS | {"description": "### Origine\n\nUne.\n\n# Suite"}))
    assert told["description"] == "### Origine\n\nUne.\n\n# Suite"


def test_a_title_that_stands_twice_is_not_guessed() -> None:
    text = body(ADD, ANSWERS | {"resume": f"{RESUME}\n\n### Courriel\n\nautre@exemple.example"})
    with pytest.raises(Unclear, match="Le titre «\u00a0Courriel\u00a0» se trouve deux fois"):
        read(ADD, text)


def test_a_long_text_is_left_to_a_person() -> None:
    with pytest.raises(Unclear, match="trop longue"):
        read(ADD, body(ADD, ANSWERS | {"description": "a" * 1_000_000}))


@pytest.mark.parametrize("text", ["", "Bonjour", "### Nom de la COP\n\nSeule", "#" * 50_000, "\0", "### " * 9_000])
def test_other_requests_are_none_of_the_forms(text: str) -> None:
    assert find_form(text, FORMS) is None


@given(
    name=st.sampled_from(sorted(FORMS)),
    answers=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=30, max_size=30),
)
def test_whatever_is_typed_is_read_without_a_crash(name: str, answers: list[str]) -> None:
    form = FORMS[name]
    typed = {own.path: text for own, text in zip(form.prompts, answers, strict=False)}
    told = read(name, body(name, typed))
    assert told.keys() <= {own.path for own in form.prompts}
    for own in form.prompts:
        if own.sort == "input" and own.path in told and not set("\r\n#") & set(typed[own.path]):
            assert told[own.path] == strip_hidden(typed[own.path]).strip()


# A new entry ----------------------------------------------------------------------------------------------------------


def new(**changed: Any) -> tuple[str, dict[str, Any]]:
    told = read(ADD, body(ADD, ANSWERS | {key.replace("__", "."): value for key, value in changed.items()}))
    path, text = make_entry(told, COP, PLACES, {"allaire-commission-fictive-de-l-eau"}, TODAY)
    entry, _, _ = read_entry(path, text.encode(), KINDS[0], COP)
    assert entry
    return path, dict(entry.data)


def test_an_entry_of_the_answers() -> None:
    path, data = new(
        composition__total="12", sources__0__url="https://exemple.org/s", resume=RESUME.replace(", ", "\n")
    )
    assert path == "cops/56/allaire-commission-fictive-de-l-eau-2.yml"
    assert data["collectivite"] == {"type": "commune", "code": "56001", "nom": "Allaire"}
    assert data["resume"] == RESUME.replace(", ", " ")
    assert data["sources"] == [{"url": "https://exemple.org/s"}]
    assert data["composition"] == {"total": 12}
    assert data["fiche"] == {"source": "membre"}
    assert data["inscrite_le"] == "2026-11-24"
    assert "accord" not in data


@pytest.mark.parametrize(
    ("kind", "nom", "code", "folder", "expected"),
    [
        ("commune", "allaire", "", "56", {"code": "56001", "nom": "Allaire"}),
        ("commune", "Le Faouët", "22057", "22", {"code": "22057", "nom": "Le Faouët"}),
        ("commune", "Allaire", "29233", "29", {"code": "29233", "nom": "Allaire"}),  # the check tells of both
        ("epci", "Redon Agglomération", "", "35", {"code": "243500741", "nom": "Redon Agglomération"}),
        ("departement", "finistère", "", "29", {"code": "29", "nom": "Finistère"}),
        ("region", "Bretagne", "", "bretagne", {"code": "53", "nom": "Bretagne"}),
        ("commune", "Quimperlé", "22560", "22", {"code": "22560", "nom": "Quimperlé"}),  # nobody's code
    ],
)
def test_the_place(kind: str, nom: str, code: str, folder: str, expected: dict[str, str]) -> None:
    path, data = new(collectivite__type=kind, collectivite__nom=nom, collectivite__code=code)
    assert path.split("/")[1] == folder
    assert data["collectivite"] == {"type": kind} | expected


@pytest.mark.parametrize(
    ("kind", "nom", "words"),
    [
        ("commune", "Le Faouët", r"désigne plusieurs territoires. Donnez le code.: Le Faouët \(22057\) ou Le Faouët"),
        ("commune", "Atlantis", "aucune commune ni intercommunalité"),
        ("commune", "Quimperl", r"Est-ce Quimperlé \(29233\)"),
        ("epci", "Allaire", "n’est pas le nom d’une collectivité de cette sorte"),
        ("syndicat-mixte", "Syndicat", "périmètre"),
    ],
)
def test_a_place_that_is_not_clear(kind: str, nom: str, words: str) -> None:
    with pytest.raises(Unclear, match=words):
        new(collectivite__type=kind, collectivite__nom=nom)


@pytest.mark.parametrize("nom", ["../../.github/x", "a/../../b", "$(id)", "`id`", "\0", "🌊", "é" * 120, ".git"])
def test_a_name_makes_no_path(nom: str) -> None:
    path, _ = make_entry({**read(ADD, body(ADD, ANSWERS)), "nom": nom}, COP, PLACES, set(), TODAY)
    assert path.startswith("cops/56/allaire")
    assert path.count("/") == 2
    assert set(path) <= set("abcdefghijklmnopqrstuvwxyz0123456789-/.")
    assert path.count(".") == 1


# An entry that exists -------------------------------------------------------------------------------------------------


def entry(text: str) -> Entry:
    made, problems, _ = read_entry("cops/29/fictive.yml", text.encode(), KINDS[0], COP)
    assert made
    assert [one for one in problems if one.is_error] == []
    return made


KNOWN = {"fictive": entry(cop(more="anciens_ids: [ancienne]\n"))}


@pytest.mark.parametrize(
    "words",
    [
        "fictive",
        " fictive ",
        "cops/29/fictive.yml",
        "https://exemple.org/annuaire/cops/fictive/",
        "https://exemple.org/cops/fictive/#participer",
        "https://exemple.org/cops/fictive?a=b",
        "https://exemple.org/cops/fictive/index.html?utm_source=lettre&utm_medium=courriel#participer",
        "https://exemple.org/cops/fictive/?fbclid=abc",
        "https://exemple.org/ajouter/?cop=fictive",
        "https://exemple.org/ajouter/?cop=fictive#rencontres",
        "https://github.com/coherence/annuaire/blob/main/cops/29/fictive.yml#L3-L9",
        "https://gitlab.com/coherence/annuaire/-/blob/main/cops/29/fictive.yml?ref_type=heads",
        "https://codeberg.org/coherence/annuaire/_edit/main/cops/29/fictive.yml",
        "[La commission](https://exemple.org/cops/fictive/)",
        "<https://exemple.org/cops/fictive/>",
        "`fictive`",
        '"fictive"',
        "fictive.yml",
        "La page https://exemple.org/cops/fictive/ svp",
        "COP fictive",
        "cop FICTIVE de Quimperlé",
        "Quimperlé",
        "Mairie de Quimperlé",
        "la commission extra-municipale de Quimperlé",
        "ancienne",
    ],
)
def test_the_entry_that_is_meant(words: str) -> None:
    assert find_entry(words, KNOWN, TERRITORIES).id == "fictive"


@pytest.mark.parametrize(
    "words", ["", "autre", "../../.github/workflows/publier", "Fictive!", "a" * 100_000, "/" * 9000]
)
def test_no_entry_is_guessed(words: str) -> None:
    with pytest.raises(Unclear, match="aucune fiche ne porte ce nom"):
        find_entry(words, KNOWN, TERRITORIES)


def test_a_confirmation_changes_one_line() -> None:
    text = "# relue\n" + cop(more="# fin\n")
    assert confirm_entry(entry(text), COP, "2026-11-24") == text.replace(
        "inscrite_le: 2026-06-01\n", "inscrite_le: 2026-06-01\nverifiee_le: 2026-11-24\n"
    )
    again = text + 'verifiee_le: "2026-07-01" # par la mairie\n'
    expected = text + "verifiee_le: 2026-11-24 # par la mairie\n"
    assert confirm_entry(entry(again), COP, "2026-11-24") == expected


def test_a_confirmation_keeps_the_line_ends() -> None:
    text = cop().replace("\n", "\r\n")
    told = confirm_entry(entry(text), COP, "2026-11-24")
    assert told == text.replace("2026-06-01\r\n", "2026-06-01\r\nverifiee_le: 2026-11-24\r\n")


@pytest.mark.parametrize("day", ["24/11/2026", "hier\nstatut: terminee", '"', "2026-11-24 # x", "\\", "$(id)"])
def test_what_is_no_date_stays_one_text(day: str) -> None:
    told = confirm_entry(KNOWN["fictive"], COP, day)
    assert told
    made, _, _ = read_entry("cops/29/fictive.yml", told.encode(), KINDS[0], COP)
    assert made
    assert made.data == {**KNOWN["fictive"].data, "verifiee_le": " ".join(day.split())}


def test_a_pasted_file_is_taken_whole() -> None:
    text = (
        "# yaml-language-server: x\n# ### Fiche concernée\nnom: a\n### Fiche concernée\n\ndescription: |\n  ```\n  b\n"
    )
    told = read(CORRECT, body(CORRECT, {"fiche": "fictive", "changement": "Tout.", "fichier": text.rstrip("\n")}))
    assert told["fichier"] == text
    assert told["fiche"] == "fictive"


@pytest.mark.parametrize("fence", ["```yaml\n{}```", "```yml\n{}```", "~~~\n{}~~~", "````\n{}````", "{}"])
def test_the_file_comes_out_of_its_fence(fence: str) -> None:
    asked = body(CORRECT, {"fiche": "fictive", "changement": "Tout."})
    told = read(CORRECT, asked.removesuffix("_No response_") + fence.format("nom: a\nstatut: active\n"))
    assert str(told["fichier"]).strip() == "nom: a\nstatut: active"


@pytest.mark.parametrize(("name", "path"), [(CONFIRM, "verifiee_le"), (REPORT, "fiche"), (CORRECT, "fichier")])
def test_no_answer_is_no_text(name: str, path: str) -> None:
    assert path not in read(name, body(name, {}))
