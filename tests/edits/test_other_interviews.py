"""`cop new formation`, `actualite` and `rencontre`: their questions come from the schemas, their files pass."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.edits.interview import MEETING, Interview, find_entry
from generator.edits.new import NewFile, prepare_meeting, prepare_titled
from generator.edits.places import Unclear
from generator.entries.corpus import COP_KIND, KINDS
from generator.repository.snapshot import read_snapshot
from tests.support import repository
from tests.support.annuaires import cop
from tests.support.kept import is_kept
from tests.support.repository import TODAY
from tests.support.terminals import READY, shown, terminal

KNOWN = "quimperle-cop-fictive"
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "formation": {
        "titre": "Animer une COP fictive",
        "organisateur.nom": "Organisme fictif",
        "organisateur.url": "https://organisme.example/",
        "resume": "Une journée pour apprendre.",
        "publics": "1, agents",
        "modalite": "En présentiel",
        "tarif.mode": "Payant",
        "tarif.precision": "Selon la taille de la commune",
        "inscription.url": "",
        "inscription.courriel": "formation@organisme.example",
        "sessions.0.debut": "14/1/2027 9h30",
        "sessions.0.lieu.nom": "Mairie",
        "a_la_demande": "",
    },
    "actualite": {
        "titre": "Une nouvelle fictive",
        "resume": "Elle est inventée pour les essais.",
        "categorie": "Décision",
        "cops": "cop fictive",
        "territoires": "Finistère, Brest Métropole",
    },
    "rencontre": {
        "rencontres.0.debut": "jeudi 14 janvier 2027 à 18 h 30",
        "rencontres.0.objet": "Réunion fictive",
        "rencontres.0.lieu.nom": "Mairie",
        "rencontres.0.ouverte_a": "Tout le monde",
    },
}


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with one COP, whose file holds comments."""
    root = tmp_path_factory.mktemp("autres-questions") / "depot"
    repository.make_entries(root, 0, 1, 0, is_whole=True)
    (root / "cops/29").mkdir(parents=True)
    file = cop(nom="COP fictive", more="# Une note.\nrencontres:\n- debut: 2027-01-14 # la première\n  objet: Une\n")
    (root / f"cops/29/{KNOWN}.yml").write_text(file, encoding="utf-8")
    return root


def interview(depot: Path, name: str) -> Interview:
    kind = next((kind for kind in KINDS if kind.name == name), COP_KIND)
    return Interview(read_snapshot(depot, {}, TODAY), kind, MEETING if name == "rencontre" else "")


def prepare(asked: Interview) -> NewFile:
    if asked.part:
        known = find_entry(asked.snapshot, "cop", "fictive")
        return prepare_meeting(asked.snapshot, known, asked.data()["rencontres"][0])
    return prepare_titled(asked.snapshot, asked.kind, asked.data())


@pytest.mark.parametrize("name", ANSWERS)
def test_right_answers_make_a_file_that_passes(depot: Path, name: str) -> None:
    asked, keys = interview(depot, name), []
    while question := asked.next():
        keys.append(question.key)
        assert asked.answer(question, ANSWERS[name][question.key]) == "", question.key
    assert keys == list(ANSWERS[name])
    file = prepare(asked)
    assert file.problems == ()
    paths = {
        "formation": "content/formations/animer-une-cop-fictive.yml",
        "actualite": f"content/actualites/{TODAY}-une-nouvelle-fictive.yml",
        "rencontre": f"cops/29/{KNOWN}.yml",
    }
    assert file.path == paths[name]


def test_a_meeting_leaves_the_rest_and_takes_a_free_id(depot: Path) -> None:
    asked = interview(depot, "rencontre")
    while question := asked.next():
        asked.answer(question, ANSWERS["rencontre"][question.key])
    file = prepare(asked)
    assert is_kept((depot / file.path).read_text("utf-8"), file.text)
    assert '  objet: Une\n- id: "2027-01-14-2"\n  debut: 2027-01-14 18:30\n' in file.text


@pytest.mark.parametrize(
    ("name", "key", "words", "said"),
    [
        ("formation", "organisateur.url", "", "Il faut une réponse ici."),
        ("formation", "tarif.precision", "", "Il faut une réponse ici."),
        ("formation", "inscription.courriel", "", "Il faut une réponse ici."),
        ("formation", "sessions.0.debut", "jeudi 15 janvier 2027", "Le 15 janvier"),
        ("actualite", "cops", "introuvable", "« introuvable » : aucune fiche ne porte ce nom ni cet identifiant."),
        ("actualite", "territoires", "Atlantis", "« Atlantis » : aucune commune ni intercommunalité"),
        ("rencontre", "rencontres.0.objet", "", "Il faut une réponse ici."),
        ("rencontre", "rencontres.0.ouverte_a", "personne", "« personne » n’est pas un choix possible"),
    ],
)
def test_a_wrong_answer_is_told(depot: Path, name: str, key: str, words: str, said: str) -> None:
    asked = interview(depot, name)
    while (question := asked.next()) and question.key != key:
        assert asked.answer(question, ANSWERS[name][question.key]) == ""
    assert question
    told = asked.answer(question, words).replace("\u00a0", " ").replace("\u202f", " ")
    assert told.startswith(said) or (said == "Le 15 janvier" and "15 janvier" in told), told
    assert asked.next() == question


def test_a_news_item_about_nothing_needs_a_territory(depot: Path) -> None:
    asked = interview(depot, "actualite")
    while (question := asked.next()) and question.key != "territoires":
        asked.answer(question, "" if question.key == "cops" else ANSWERS["actualite"][question.key])
    assert question
    assert not question.optional
    asked = interview(depot, "actualite")
    while (question := asked.next()) and question.key != "territoires":
        words = {"cops": "", "categorie": "Vie du réseau"}.get(question.key, ANSWERS["actualite"][question.key])
        asked.answer(question, words)
    assert question
    assert question.optional


def test_a_session_has_a_place_only_if_there_is_one(depot: Path) -> None:
    asked = interview(depot, "formation")
    while (question := asked.next()) and question.key != "sessions.0.debut":
        asked.answer(question, ANSWERS["formation"][question.key])
    assert question
    assert asked.answer(question, "") == ""
    following = asked.next()
    assert following
    assert following.key == "a_la_demande"


def test_an_entry_is_found_by_what_people_know(depot: Path) -> None:
    snapshot = read_snapshot(depot, {}, TODAY)
    for words in (KNOWN, f"https://annuaire.example/cops/{KNOWN}/", "COP fictive", "quimperle"):
        assert find_entry(snapshot, "cop", words).id == KNOWN
    with pytest.raises(Unclear):
        find_entry(snapshot, "cop", "")


@pytest.mark.skipif(os.name != "posix", reason="pas de pseudo-terminal ici")
def test_the_command_adds_a_meeting(depot: Path, tmp_path: Path) -> None:
    root = repository.make_entries(tmp_path / "depot")
    target = root / f"cops/29/{KNOWN}.yml"
    target.parent.mkdir(parents=True, exist_ok=True)
    before = b"\xef\xbb\xbf" + (depot / f"cops/29/{KNOWN}.yml").read_bytes()
    target.write_bytes(before)
    with terminal("--root", root, "new", "rencontre", "--date", TODAY) as (screen, process):
        seen = shown(screen, READY)
        for words in (KNOWN, *ANSWERS["rencontre"].values(), ""):
            os.write(screen, f"{words}\r".encode())
            seen += shown(screen, READY if words or "Écrire" not in seen else "Fiche écrite")
        assert process.wait(60) == 0, seen
    after = target.read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert is_kept(before.decode(), after.decode())
    assert repository.call("--root", root, "check", target, "--date", TODAY).returncode == 0


def test_without_a_terminal_it_says_so(depot: Path) -> None:
    ended = repository.run("--root", depot, "new", "formation", "--date", TODAY)
    assert ended.returncode == 2
    assert "pose ses questions dans un terminal" in ended.stderr.replace("\u00a0", " ")
