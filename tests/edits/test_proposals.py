"""From the text of a request to a file or an answer: the whole reading, on a repository of fictitious entries."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.edits.requests import proposals
from generator.edits.requests.messages import Received
from generator.entries import corpus
from generator.repository.added_forms import MEETING, NEWS, TRAINING
from generator.repository.request_forms import ADD, CONFIRM, CORRECT, REPORT
from generator.repository.snapshot import Snapshot, read_snapshot
from tests.support import repository
from tests.support.annuaires import RESUME, SCHEMAS
from tests.support.repository import TODAY
from tests.support.request_texts import ANSWERS, GIVEN, HOSTILE, MEETING_ANSWERS, body
from tests.support.scripts import load

gh = load(".github/gh.py")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    root = repository.make_entries(tmp_path_factory.mktemp("demandes"))
    return read_snapshot(root, {}, TODAY)


def propose(found: Snapshot, name: str, **answers: Any) -> proposals.Proposal:
    told = {key.replace("__", "."): value for key, value in answers.items()}
    made = proposals.propose(found, {}, Received((body(name, GIVEN.get(name, {}) | told),)))
    assert made
    assert made.formulaire == name
    assert bool(made.reponse) != (made.etat == "prete")
    assert gh.is_card(made.reponse), made.reponse
    assert gh.is_card(made.carte), made.carte
    return made


def first(found: Snapshot) -> corpus.Entry:
    return found.corpus.of("cop")[0]


def text_of(found: Snapshot) -> str:
    return found.corpus.texts[first(found).path]


def read_data(made: proposals.Proposal) -> Mapping[str, Any]:
    kind = next(kind for kind in corpus.KINDS if made.chemin.startswith(f"{kind.folder}/"))
    entry, *_ = corpus.read_entry(made.chemin, made.texte.encode(), kind, SCHEMAS[kind.name])
    assert entry
    return entry.data


# Adding ---------------------------------------------------------------------------------------------------------------


def test_a_new_entry_is_ready(found: Snapshot) -> None:
    made = propose(found, ADD)
    assert made.etat == "prete"
    assert made.chemin == "cops/56/allaire-commission-fictive-de-l-eau.yml"
    assert made.texte.startswith(
        "# yaml-language-server: $schema=../../schema/cop.schema.json\nnom: Commission fictive"
    )
    assert "nouvelle fiche" in made.carte
    assert not (found.root / made.chemin).exists()


def test_what_is_wrong_is_told_by_prompt(found: Snapshot) -> None:
    made = propose(found, ADD, resume="Court.", composition__total="beaucoup", statut="Presque", contact__page="")
    assert made.etat == "a-corriger"
    told = [line.split("\u00a0:")[0] for line in made.reponse.split("\n") if line.startswith("- ")]
    assert sorted(told) == ["- **Contact", "- **Nombre total de membres", "- **Résumé", "- **Statut"]
    assert "Donnez au moins un moyen\u00a0: courriel, page" in made.reponse  # not the names of the keys
    assert "Choisissez parmi\u00a0: En projet, En création, Active" in made.reponse
    assert made.texte == ""


def test_the_boxes_are_needed(found: Snapshot) -> None:
    made = propose(found, ADD, accord=("licence", "droit"))
    assert made.etat == "a-corriger"
    assert "Sous «\u00a0Avant d’envoyer\u00a0», chaque case est nécessaire" in made.reponse


@pytest.mark.parametrize(
    ("key", "value", "secret"),
    [
        ("contact.courriel", "jean.untel@exemple.example", "untel"),
        ("contact.telephone", "06 12 34 56 78", "12 34"),
        ("resume", f"{RESUME} 06 12 34 56 78", "12 34"),
    ],
)
def test_personal_data_are_not_repeated(found: Snapshot, key: str, value: str, secret: str) -> None:
    made = propose(found, ADD, **{key: value})
    assert made.etat == "a-corriger"
    assert secret not in made.as_json()
    assert "ses versions passées le restent" in made.reponse


def test_a_name_that_may_be_a_person_waits_for_one(found: Snapshot) -> None:
    made = propose(found, ADD, resume=f"{RESUME} Présidée par Mme Untel.")
    assert made.etat == "a-relire"
    assert "Untel" not in made.as_json()


# Adding to what is there ----------------------------------------------------------------------------------------------


def test_a_meeting_enters_the_file_of_its_cop(found: Snapshot) -> None:
    """Named as people name it; every other byte stays."""
    entry, text = first(found), text_of(found)
    made = propose(found, MEETING, fiche=entry.data["nom"])
    assert (made.etat, made.chemin) == ("prete", entry.path), made.reponse
    start = next(n for n, (one, other) in enumerate(zip(text, made.texte, strict=False)) if one != other)
    end = len(made.texte) - len(text) + start
    assert made.texte[:start] + made.texte[end:] == text
    (meeting,) = (item for item in read_data(made)["rencontres"] if item["objet"] == "Réunion publique : l’eau")
    assert meeting == {
        "id": "2027-01-14",
        "debut": "2027-01-14 18:30",
        "objet": "Réunion publique : l’eau",
        "lieu": {"nom": "Salle fictive"},
        "ouverte_a": "public",
    }
    # Sent again once it is published, it is there already.
    then = read_snapshot(found.root, {}, TODAY, instead={made.chemin: made.texte.encode()})
    assert propose(then, MEETING, fiche=entry.id).etat == "inchangee"


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"rencontres.0.debut": "jeudi soir"}, "- **Quand\u202f?\u00a0:** "),
        ({"rencontres.0.ouverte_a": "mes amis"}, "Tout le monde, Les membres seulement ou Les personnes inscrites"),
        (dict.fromkeys(MEETING_ANSWERS, ""), "Dites au moins quand"),
        ({"fiche": "Atlantis"}, "aucune fiche ne porte ce nom"),
    ],
)
def test_what_is_wrong_with_a_meeting_is_told(found: Snapshot, answers: dict[str, str], said: str) -> None:
    made = propose(found, MEETING, **{"fiche": first(found).id} | answers)
    assert made.etat == "a-corriger"
    assert said in made.reponse


def test_a_training_becomes_a_file(found: Snapshot) -> None:
    made = propose(found, TRAINING, publics=("elus",), a_la_demande="oui")
    assert (made.etat, made.chemin) == ("prete", "content/formations/reunir-pour-de-bon.yml"), made.reponse
    data = read_data(made)
    assert (data["publics"], data["publiee_le"]) == (["elus"], TODAY)
    assert data["sessions"] == [{"debut": "2027-03-18 09:30"}]


def test_a_news_item_becomes_a_file(found: Snapshot) -> None:
    """It names COP and places as people do."""
    entry = first(found)
    made = propose(found, NEWS, cops=f"{entry.data['nom']}\nhttps://exemple.org/cops/{entry.id}/")
    name = f"content/actualites/{TODAY}-la-commission-fictive-a-tenu-sa-premiere-seance.yml"
    assert (made.etat, made.chemin) == ("prete", name), made.reponse
    assert (read_data(made)["cops"], read_data(made)["territoires"]) == ([entry.id], ["29233", "29"])


@pytest.mark.parametrize(
    ("name", "answers", "said"),
    [
        (TRAINING, {"inscription.url": ""}, "Inscription"),
        (TRAINING, {"titre": ""}, "**Comment s’appelle la formation\u202f?\u00a0:** "),
        (TRAINING, {"modalite": "Au café"}, "En présentiel, À distance"),
        (NEWS, {"territoires": ""}, "territoire"),
        (NEWS, {"territoires": "Atlantis"}, "aucune commune ni intercommunalité"),
        (NEWS, {"territoires": "\n".join(map(str, range(29001, 29090)))}, "gardez 50 réponses au plus"),
        (NEWS, {"cops": "Atlantis"}, "aucune fiche ne porte ce nom"),
    ],
)
def test_what_is_wrong_with_them_is_told(found: Snapshot, name: str, answers: dict[str, str], said: str) -> None:
    made = propose(found, name, **answers)
    assert made.etat == "a-corriger"
    assert said in made.reponse


# Correcting and confirming --------------------------------------------------------------------------------------------


def test_a_pasted_file_becomes_the_entry(found: Snapshot) -> None:
    text = text_of(found).replace("\nstatut: ", "\nstatut: en-sommeil # ")
    made = propose(found, CORRECT, fiche=first(found).id, changement="Le statut.", fichier=text.rstrip("\n"))
    assert made.etat == "prete"
    assert (made.chemin, made.texte) == (first(found).path, text)
    assert "mise à jour" in made.carte


def test_a_pasted_file_is_checked_with_its_lines(found: Snapshot) -> None:
    text = text_of(found).replace("\nstatut: ", "\nstatu: ")
    line = text[: text.index("\nstatu: ") + 1].count("\n") + 1
    made = propose(found, CORRECT, fiche=first(found).id, changement="x", fichier=text)
    assert made.etat == "a-corriger"
    assert f"- **Ligne {line}\u00a0:** " in made.reponse


@pytest.mark.parametrize("text", ["'", "- a", "{", "nom: a\0b", "nom: [" * 500, "🌊", "&a [*a]", "---\n---"])
def test_a_pasted_file_that_is_none(found: Snapshot, text: str) -> None:
    assert propose(found, CORRECT, fiche=first(found).id, changement="x", fichier=text).etat == "a-corriger"


def test_a_change_in_words_waits_for_a_person(found: Snapshot) -> None:
    made = propose(found, CORRECT, fiche=first(found).id, changement="Le nom.")
    assert made.etat == "a-relire"
    assert propose(found, REPORT, erreur="La carte.").etat == "a-relire"


def test_the_same_file_changes_nothing(found: Snapshot) -> None:
    made = propose(found, CORRECT, fiche=first(found).id, changement="x", fichier=text_of(found))
    assert made.etat == "inchangee"


def test_a_confirmation_changes_the_day_of_the_check(found: Snapshot) -> None:
    made = propose(found, CONFIRM, fiche=f"https://exemple.org/cops/{first(found).id}/")
    assert made.etat == "prete"
    before, after = text_of(found).split("\n"), made.texte.split("\n")
    assert [line for line in after if line not in before] == [f"verifiee_le: {TODAY}"]
    assert [line for line in before if line not in after and not line.startswith("verifiee_le")] == []


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        ("2027-01-14", "a-corriger", "Vérifiée le"),
        ("24/11/2026", "prete", "verifiee_le: 2026-11-24"),
        ("2020-01-01", "inchangee", ""),
    ],
)
def test_the_day_of_a_confirmation(found: Snapshot, day: str, state: str, words: str) -> None:
    made = propose(found, CONFIRM, fiche=first(found).id, verifiee_le=day)
    assert made.etat == state
    assert words in f"{made.reponse}{made.texte}"


# Anybody's text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    ("name", "paths"),
    [
        (ADD, "nom resume description"),
        (ADD, "collectivite.nom"),
        (ADD, "collectivite.code statut"),
        (MEETING, "rencontres.0.debut rencontres.0.objet rencontres.0.lieu.nom"),
        (TRAINING, "titre resume organisateur.nom sessions.0.debut"),
        (NEWS, "titre resume categorie"),
        (NEWS, "cops"),
        (NEWS, "territoires"),
    ],
)
def test_hostile_answers_stay_text(found: Snapshot, name: str, paths: str, text: str) -> None:
    made = propose(found, name, **{"fiche": first(found).id} | dict.fromkeys(paths.split(), text))
    made.as_json().encode()
    assert made.etat == "a-corriger"


@pytest.mark.parametrize(
    "text", ["`id` $(id) ${{ github.token }}", "::error::x ]]> <b>", "../../x", "\"a\" 'b' @mairie"]
)
def test_hostile_words_that_keep_the_rules_stay_in_their_place(found: Snapshot, text: str) -> None:
    made = propose(found, ADD, nom=f"COP {text}", resume=f"{RESUME} {text}")
    assert made.etat == "prete"
    assert made.chemin.startswith("cops/56/allaire-cop")
    assert set(made.chemin) <= set("abcdefghijklmnopqrstuvwxyz0123456789-/.")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_requests_about_an_entry_stay_text(found: Snapshot, text: str) -> None:
    assert propose(found, CONFIRM, fiche=text).etat == "a-corriger"
    assert propose(found, MEETING, fiche=text).etat == "a-corriger"
    assert propose(found, CONFIRM, fiche=first(found).id, verifiee_le=text).etat in ("a-corriger", "inchangee")
    assert propose(found, CORRECT, fiche=text, changement=text, fichier=text).etat == "a-corriger"


# The command ----------------------------------------------------------------------------------------------------------


def event(tmp_path: Path, text: object) -> Path:
    file = tmp_path / "event.json"
    file.write_text(json.dumps({"issue": {"number": 12, "body": text}}), encoding="utf-8")
    return file


def test_the_command_answers_for_a_program(found: Snapshot, tmp_path: Path) -> None:
    asked = event(tmp_path, body(ADD, ANSWERS, line="\r\n"))
    done = repository.call("--root", found.root, "issue", asked, "--format", "json", "--date", TODAY)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["version"] == 1
    assert (told["etat"], told["chemin"]) == ("prete", "cops/56/allaire-commission-fictive-de-l-eau.yml")
    done = repository.call("--root", found.root, "issue", event(tmp_path, None), "--format", "json", "--date", TODAY)
    assert (done.returncode, done.stdout) == (3, "null\n")


def test_the_command_writes_when_told_to(tmp_path: Path) -> None:
    root = repository.make_entries(tmp_path / "depot")
    asked = tmp_path / "demande.md"
    asked.write_text(body(ADD, ANSWERS), encoding="utf-8")
    path = root / "cops/56/allaire-commission-fictive-de-l-eau.yml"
    shown = repository.call("--root", root, "issue", asked, "--date", TODAY)
    assert shown.stdout.startswith("# cops/56/allaire-commission-fictive-de-l-eau.yml\n")
    assert not path.exists()
    done = repository.call("--root", root, "issue", asked, "--date", TODAY, "--write")
    assert (done.returncode, done.stderr) == (0, "")
    assert path.is_file()
    assert repository.call("--root", root, "check", "--date", TODAY).returncode == 0
    wrong = tmp_path / "autre.md"
    wrong.write_text(body(ADD, ANSWERS | {"nom": "Une autre fictive", "resume": "Court."}), encoding="utf-8")
    done = repository.call("--root", root, "issue", wrong, "--date", TODAY, "--write")
    assert done.returncode == 1
    assert "Il reste 1 point à corriger" in done.stdout
    assert sorted((root / "cops/56").glob("allaire-*.yml")) == [path]


def test_the_command_never_overwrites_what_git_has_not(tmp_path: Path) -> None:
    root = repository.make_entries(tmp_path / "depot")
    own = next((root / "cops").rglob("*.yml"))
    before = own.read_bytes()
    asked = tmp_path / "demande.md"
    asked.write_text(body(CONFIRM, {"fiche": own.stem}), encoding="utf-8")
    done = repository.call("--root", root, "issue", asked, "--date", TODAY, "--write")
    repository.refused(done, 2)
    assert "Laissé tel quel" in done.stderr
    assert own.read_bytes() == before


@pytest.mark.parametrize("text", ["", "[]", "{", '{"issue": 3}', "[" * 100_000])
def test_the_command_says_what_is_no_request(found: Snapshot, tmp_path: Path, text: str) -> None:
    file = tmp_path / "event.json"
    file.write_text(text, encoding="utf-8")
    repository.refused(repository.call("--root", found.root, "issue", file), 2)
