"""`cop new` that asks: the questions, their answers held at once against the rules, the completion, the terminal."""

import os
import signal
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from generator.cli import asking
from generator.edits.interview import Interview, Question
from generator.edits.new import prepare_file
from generator.edits.offers import list_place_names, suggest_places
from generator.edits.places import find_place
from generator.repository.snapshot import read_snapshot
from generator.territories.reference import load_territories
from tests.support import repository
from tests.support.annuaires import RESUME, cop
from tests.support.repository import TODAY, tree
from tests.support.terminals import READY, shown, terminal

PLACES = load_territories()
KNOWN = list_place_names(PLACES)
RIGHT = {
    "lieu": "Arzano",
    "type": "9",
    "nom": "Commission fictive de l’eau",
    "statut": "En création",
    "themes": "eau, 1",
    "resume": RESUME,
    "contact.courriel": "",
    "contact.page": "https://exemple.org/",
}
"""One right answer to each question, in their order."""


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with one COP, of Quimperlé."""
    root = tmp_path_factory.mktemp("questions") / "depot"
    repository.make_entries(root, 0, 1, 0, is_whole=True)
    (root / "cops/29").mkdir(parents=True)
    (root / "cops/29/quimperle-cop-fictive.yml").write_text(cop(nom="COP fictive"), encoding="utf-8")
    return root


def interview(depot: Path) -> Interview:
    return Interview(read_snapshot(depot, {}, TODAY))


def reach(asked: Interview, key: str) -> Question:
    """Answer rightly until one question."""
    while (question := asked.next()) and question.key != key:
        assert asked.answer(question, RIGHT[question.key]) == ""
    assert question
    return question


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


# Answers -------------------------------------------------------------------------------------------------------------


def test_right_answers_make_an_entry_that_passes(depot: Path) -> None:
    asked = interview(depot)
    keys = []
    while question := asked.next():
        keys.append(question.key)
        assert asked.answer(question, RIGHT[question.key]) == ""
    assert keys == list(RIGHT)
    assert asked.place
    file = prepare_file(asked.snapshot, asked.place, asked.data())
    assert file.problems == ()
    assert file.path == "cops/29/arzano-commission-fictive-de-l-eau.yml"
    assert "themes: [eau, climat-energie]\n" in file.text
    assert "statut: en-creation\n" in file.text


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("lieu", "Atlantis", "« Atlantis » : aucune commune ni intercommunalité de l’annuaire ne porte ce nom"),
        (
            "lieu",
            "Le Faouët",
            "« Le Faouët » désigne plusieurs territoires. Donnez le code : Le Faouët (22057) ou Le F",
        ),
        (
            "lieu",
            "29300",
            "« 29300 » se lit de deux façons : code INSEE du Trévoux (29300) et code postal d’Arzano (29002), de B",
        ),
        ("type", "11", "« 11 » n’est pas un choix possible pour « type ». Donnez son numéro, ou son nom."),
        ("nom", "", "Il faut une réponse ici."),
        ("nom", "COP", "« nom » est trop court : 3 caractères, 5 au moins. Complétez-le."),
        ("statut", "co", "« co » n’est pas un choix possible pour « statut »."),
        ("themes", "eau, tous", "« tous » n’est pas un choix possible pour « themes.2 »."),
        ("themes", "1,2,3,4,5,6", "« themes » contient 6 éléments ; 5 au plus. Gardez les principaux."),
        ("resume", "Trop court.", "« resume » est trop court : 11 caractères, 40 au moins."),
        ("contact.courriel", "anne.le-goff@exemple.org", "« anne.le-goff@exemple.org » semble être l’adresse d’une"),
        ("contact.page", "", "Il faut une réponse ici."),
        ("contact.page", "exemple.org", "Il manque https:// au début de l’adresse « exemple.org »."),
    ],
)
def test_a_wrong_answer_is_told_and_asked_again(depot: Path, key: str, words: str, said: str) -> None:
    asked = interview(depot)
    question = reach(asked, key)
    assert plain(asked.answer(question, words)).startswith(said)
    again = asked.next()
    assert again
    assert again.key == key
    assert asked.answer(again, RIGHT[key]) == "" or key == "contact.courriel"


@pytest.mark.parametrize(
    ("key", "words", "kept"),
    [
        ("contact.courriel", "Mairie <mairie@exemple.org>", "mairie@exemple.org"),
        ("contact.courriel", "néant", None),
        ("contact.page", "Https://exemple.org/a", "https://exemple.org/a"),
    ],
)
def test_what_has_one_reading_is_taken(depot: Path, key: str, words: str, kept: str | None) -> None:
    asked = interview(depot)
    assert asked.answer(reach(asked, key), words) == ""
    assert asked.given.get(key) == kept


def test_the_same_name_at_the_same_place_is_told_at_once(depot: Path) -> None:
    asked = interview(depot)
    asked.answer(reach(asked, "lieu"), "Quimperlé")
    assert [entry.id for entry in asked.there()] == ["quimperle-cop-fictive"]
    asked.answer(reach(asked, "type"), "Commission extra-municipale")
    told = plain(asked.answer(reach(asked, "nom"), "La COP fictive"))
    assert told.startswith("Cette COP est déjà dans cops/29/quimperle-cop-fictive.yml")


def test_an_answer_may_bring_another_question(depot: Path) -> None:
    asked = interview(depot)
    asked.answer(reach(asked, "type"), "Autre espace de coopération")
    question = asked.next()
    assert question
    assert question.key == "type_precision"
    assert asked.answer(question, "Comité de quartier fictif") == ""
    asked.answer(reach(asked, "statut"), "terminée")
    question = asked.next()
    assert question
    assert question.key == "terminee_le"
    assert plain(asked.answer(question, "31/02/2026")).startswith("La date « 31/02/2026 » n’existe pas")
    assert asked.answer(question, "mars 2026") == ""
    assert asked.given["terminee_le"] == "2026-03"


def test_the_town_hall_is_offered(depot: Path) -> None:
    asked = interview(depot)
    assert reach(asked, "contact.courriel").hints == (PLACES.mairies["29002"].courriel,)


# Completion ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "first", "why"),
    [
        ("quimperl", "Quimperlé (29233)", ""),
        ("QUIMPERLÉ C", "Quimperlé Communauté (242900694)", "Communauté de communes"),
        ("29233", "Quimperlé (29233)", ""),
        ("22620", "Ploubazlanec (22210)", "code postal 22620"),
        ("faouët", "Le Faouët (22057)", ""),
        ("st-aubin du c", "Saint-Aubin-du-Cormier (35253)", ""),
        ("saint-aubin-du-pav", "Châteaugiron (35069)", "ancienne commune : Saint-Aubin-du-Pavail"),
        ("finist", "Finistère (29)", "département"),
        ("bretagne", "Bretagne (53)", "région"),
    ],
)
def test_places_are_offered_by_what_people_know(words: str, first: str, why: str) -> None:
    offered = dict(suggest_places(KNOWN, words))
    if first.endswith("(242900694)"):
        why = PLACES.epci["242900694"].nature
    assert offered[first] == why


def test_few_places_are_offered_and_each_label_is_understood() -> None:
    assert list(suggest_places(KNOWN, "")) == []
    assert len(list(suggest_places(KNOWN, "saint"))) == 12
    for _, label, _ in KNOWN:
        assert find_place(PLACES, label).avec_code == label


@pytest.mark.parametrize(
    ("words", "sign", "offered"),
    [
        ("énerg", ",", ["Climat et énergie"]),
        ("eau, énerg", ",", ["Climat et énergie"]),
        ("eau, ", ",", ["Climat et énergie", "Eau"]),
        ("eau, énerg", "", []),
    ],
)
def test_choices_are_offered_by_any_of_their_words(words: str, sign: str, offered: list[str]) -> None:
    completer = asking._Choices(["Climat et énergie", "Eau"], sign)
    found = completer.get_completions(Document(words), CompleteEvent())
    assert [one.text for one in found] == offered


# At a terminal -------------------------------------------------------------------------------------------------------


def typed(depot: Path, *lines: str) -> tuple[bool, Interview]:
    """The whole interview, these lines being typed."""
    asked = interview(depot)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("".join(f"{line}\r" for line in lines))
        return asking.ask_all(asked), asked


def test_an_interview(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # A wrong number is asked again; a text stays to be corrected: Ctrl-U empties the line.
    lines = ["Arzano", "77", "9", "COP", "\x15Commission fictive", "2", "5", RESUME, "", "https://exemple.org/"]
    went_on, asked = typed(depot, *lines)
    told = plain(capsys.readouterr().out)
    assert went_on
    assert asked.next() is None
    assert asked.given["nom"] == "Commission fictive"
    assert "\nArzano (29002)\n" in told
    assert "   9. COP locale\n" in told
    assert "« 77 » n’est pas un choix possible pour « type »." in told
    assert "« nom » est trop court" in told


def test_a_known_cop_is_shown_first(depot: Path, capsys: pytest.CaptureFixture[str]) -> None:
    went_on, asked = typed(depot, "Quimperlé", "2", "1")
    told = plain(capsys.readouterr().out)
    assert not went_on
    assert "L’annuaire connaît déjà ici :\n   1. COP fictive\nEst-ce celle-ci ?" in told
    assert "Un numéro de 1 à 1, ou Entrée." in told
    assert told.endswith("cops/29/quimperle-cop-fictive.yml\n")
    assert asked.given == {}


@pytest.mark.skipif(os.name != "posix", reason="pas de pseudo-terminal ici")
def test_the_command_asks_and_writes(tmp_path: Path) -> None:
    root = repository.make_entries(tmp_path / "depot")
    with terminal("--root", root, "new", "--date", TODAY) as (screen, process):
        seen = shown(screen, READY)
        for words in (*RIGHT.values(), ""):
            os.write(screen, f"{words}\r".encode())
            seen += shown(screen, READY if words or "Écrire" not in seen else "Fiche écrite")
        assert process.wait(60) == 0
    assert "Quelle forme a la COP" in seen
    assert "WARNING" not in seen  # this terminal answers no question about itself
    path = root / "cops/29/arzano-commission-fictive-de-l-eau.yml"
    assert path.is_file()
    assert repository.call("--root", root, "check", path, "--date", TODAY).returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="pas de pseudo-terminal ici")
@pytest.mark.parametrize("key", [b"\x03", b"\x04"])
def test_giving_up_writes_nothing(tmp_path: Path, key: bytes) -> None:
    root = repository.make_entries(tmp_path / "depot")
    before = tree(root)
    with terminal("--root", root, "new", "--date", TODAY) as (screen, process):
        shown(screen, READY)
        os.write(screen, key)
        assert "Rien n’a été écrit." in shown(screen, "écrit.")
        assert process.wait(60) == 128 + signal.SIGINT
    assert tree(root) == before
