"""Each door from end to end: from the real address of a button of the site to the file that changes.

CONTRIBUTING.md has the table of the doors, with the test that walks each.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest

from generator.edits.requests.messages import Received, read_mail
from generator.edits.requests.proposals import Proposal, propose
from generator.pages.entries.doors import find_correction_pattern, find_doors
from generator.pages.site import Site
from generator.repository.added_forms import MEETING, NEWS, TRAINING
from generator.repository.forge import field_id, issue_url, mailto
from generator.repository.prefilled import write_message
from generator.repository.request_forms import ADD, CONFIRM, CORRECT
from generator.repository.settings import Settings
from generator.repository.snapshot import Snapshot, read_snapshot
from generator.upkeep.review import to_recheck
from tests.support import mails, repository
from tests.support.annuaires import SCHEMAS, cop
from tests.support.paths import ROOT
from tests.support.request_texts import ANSWERS, FORMS, MEETING_ANSWERS, NEWS_ANSWERS, TRAINING_ANSWERS, body

TODAY = "2026-12-15"
DEPOTS = {
    "github": "https://github.com/exemple/annuaire",
    "gitlab": "https://gitlab.com/exemple/annuaire",
    "forgejo": "https://codeberg.org/exemple/annuaire",
}
MAIL = "contact@annuaire.example"
OLD = "# Nul ne sait si elle a été créée de nouveau.\nstatut: a-confirmer\n"
MORE = "mandat:\n  debut: 2020\n  fin: 2026\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A COP of the former term, that nobody has confirmed since."""
    root = repository.make_entries(tmp_path_factory.mktemp("portes"), 0, 0, 0)
    file = root / "cops/29/fictive.yml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(cop(more=MORE).replace("statut: active\n", OLD), encoding="utf-8")
    snapshot = read_snapshot(root, {}, TODAY)
    assert snapshot.is_sound, snapshot.problems
    return snapshot


def open_doors(found: Snapshot, forge: str = "", courriel: str | None = None) -> Site:
    chosen: Settings = replace(
        found.settings, depot=DEPOTS.get(forge), forge=forge or None, courriel=courriel, site_url="https://a.example/"
    )
    return Site(found.annuaire(), chosen, SCHEMAS)


def fill(address: str, name: str, answers: Mapping[str, str]) -> Received:
    """What arrives once a person completed the page that an address opens, and sent it."""
    parts = urlsplit(address)
    query = {key: value for key, (value,) in parse_qs(parts.query, keep_blank_values=True).items()}
    if parts.scheme == "mailto":
        text = unquote(parts.query.partition("body=")[2]).replace("\r\n", "\n")
        return read_mail(mails.flowed(complete(text, name, answers, " :", "\u00a0: ")))
    if "issue[description]" in query:
        return Received((complete(query["issue[description]"], name, answers, "\n\n", "\n\n"),))
    assert query["template"].endswith(f"{name}.yml")
    fields = {key.removeprefix("field:"): value for key, value in query.items()}
    ids = {field_id(prompt.path): prompt.path for prompt in FORMS[name].prompts}
    given = {ids[key]: value for key, value in fields.items() if key in ids}
    return Received((body(name, given | dict(answers)),))


def complete(text: str, name: str, answers: Mapping[str, str], end: str, joint: str) -> str:
    """The text that was begun, with answers typed after their questions."""
    for prompt in FORMS[name].prompts:
        if prompt.path in answers:
            before, label, after = text.partition(prompt.label.replace(" ?", "\u202f?"))
            assert label, prompt.label
            line, _, rest = after.partition("\n")
            answer = answers[prompt.path]
            text = f"{before}{label}{line}{answer}\n{rest}" if end == " :" else f"{before}{label}\n\n{answer}\n{rest}"
    return text


def send(found: Snapshot, received: Received) -> Proposal:
    made = propose(found, {}, received)
    assert made
    return made


DOORS = [("github", None), ("gitlab", None), ("forgejo", None), ("github", MAIL)]
each_door = pytest.mark.parametrize(("forge", "mail"), DOORS, ids=["github", "gitlab", "forgejo", "courriel"])


@each_door
@pytest.mark.parametrize(("meets", "ended"), [("oui", ""), ("non", "2026-03")])
def test_a_confirmation_by_each_door(found: Snapshot, forge: str, mail: str | None, meets: str, ended: str) -> None:
    site = open_doors(found, forge, mail)
    door = find_doors(site, site.annuaire.cops[0]).confirm
    assert door
    assert door.url.startswith("mailto:" if mail else DEPOTS[forge])
    assert door.other_url.startswith(DEPOTS[forge] if mail else "")
    answers = {"reunit": meets} | ({"terminee_le": ended} if ended else {})
    made = send(found, fill(door.url, CONFIRM, answers))
    assert (made.formulaire, made.etat, made.chemin) == (CONFIRM, "prete", "cops/29/fictive.yml"), made.reponse
    assert "Nul ne sait" not in made.texte
    assert f"verifiee_le: {TODAY}\n" in made.texte
    assert ("statut: active\n" in made.texte, "mandat:" in made.texte) == (meets == "oui", meets == "non")
    assert ("terminee_le: 2026-03\n" in made.texte) is (meets == "non")


def test_the_counter_and_the_review_follow(found: Snapshot) -> None:
    """A yes takes the COP off the list of those to confirm, a no out of the count."""
    door = find_doors(open_doors(found, courriel=MAIL), found.annuaire().cops[0]).confirm
    assert door
    counts = []
    for answers in ({}, {"reunit": "Oui, toujours."}, {"reunit": "non", "terminee_le": "2026-03"}):
        made = send(found, fill(door.url, CONFIRM, answers))
        after = read_snapshot(found.root, {}, TODAY, instead={made.chemin: made.texte.encode()})
        annuaire = after.annuaire()
        counter = annuaire.compteur
        counts.append((counter.value, counter.a_confirmer, len(to_recheck(annuaire, after.settings))))
    assert counts == [(1, 1, 1), (1, 0, 0), (0, 0, 0)]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"reunit": "non"}, "dites aussi quand"),
        ({"reunit": "oui ou non"}, "répondez par oui ou par non"),
        ({"reunit": "non", "terminee_le": "bientôt"}, "Terminée le"),
    ],
)
def test_what_is_not_clear_is_asked(found: Snapshot, answers: Mapping[str, str], said: str) -> None:
    made = send(found, Received((body(CONFIRM, {"fiche": "fictive", **answers}),)))
    assert made.etat == "a-corriger"
    assert said in made.reponse.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "answers", "said"),
    [
        (MEETING, {"rencontres.0.debut": "jeudi 14 janvier 2027 à 18 h 30"}, "debut: 2027-01-14 18:30\n"),
        (MEETING, {"rencontres.0.debut": "14/01/2025 18h30"}, "est passée : 14 janvier 2025"),
        (CONFIRM, {"reunit": "oui", "verifiee_le": "24 novembre 2026"}, "verifiee_le: 2026-11-24\n"),
        (CONFIRM, {"reunit": "non", "terminee_le": "mars 2026"}, "terminee_le: 2026-03\n"),
    ],
)
def test_a_date_as_people_write_it(found: Snapshot, name: str, answers: Mapping[str, str], said: str) -> None:
    given = (MEETING_ANSWERS if name == MEETING else {}) | {"fiche": "fictive", **answers}
    made = send(found, Received((body(name, given),)))
    assert said in f"{made.texte}{made.reponse}".replace("\u00a0", " ")
    assert not (made.texte and name == MEETING) or "id: 2027-01-14\n" in made.texte


@pytest.mark.parametrize("forge", DEPOTS)
def test_a_correction_by_each_forge(found: Snapshot, forge: str) -> None:
    """As the form's script completes the address: title, entry, what changes and the whole file."""
    pattern = find_correction_pattern(open_doors(found, forge).settings)
    assert pattern
    text = found.corpus.texts["cops/29/fictive.yml"].replace("a-confirmer", "en-sommeil")
    given = {"titre": "Corriger : x", "fiche": "fictive", "changement": "Le statut.", "fichier": text}
    for name, value in given.items():
        assert f"%7B{name}%7D" in pattern
        pattern = pattern.replace(f"%7B{name}%7D", quote(value, safe=""))
    made = send(found, fill(pattern, CORRECT, {}))
    assert (made.formulaire, made.etat, made.chemin) == (CORRECT, "prete", "cops/29/fictive.yml"), made.reponse
    assert made.texte.endswith(text)


def test_a_new_entry_by_the_form_of_a_forge(found: Snapshot) -> None:
    """GitHub and Forgejo open the same form: `body` writes what it sends."""
    made = send(found, Received((body(ADD, ANSWERS),)))
    assert (made.formulaire, made.etat, made.chemin.split("/")[:2]) == (ADD, "prete", ["cops", "56"])


def ask(found: Snapshot, forge: str, mail: str | None, name: str, answers: Mapping[str, str]) -> Proposal:
    """A request begun without an answer; in a text one types the words of a choice."""
    settings, form = open_doors(found, forge, mail).settings, FORMS[name]
    address = mailto(settings, "x", write_message(form, {})) if mail else issue_url(settings, form, "x")
    assert address
    choices = {prompt.path: prompt.choices for prompt in form.prompts}
    said = {path: choices[path].get(answer, answer) for path, answer in answers.items()}
    made = send(found, fill(address, name, said))
    assert (made.formulaire, made.etat) == (name, "prete"), made.reponse
    return made


@each_door
def test_a_meeting_by_each_door(found: Snapshot, forge: str, mail: str | None) -> None:
    """Its COP is named by the commune."""
    made = ask(found, forge, mail, MEETING, {"fiche": "Quimperlé"} | MEETING_ANSWERS)
    assert made.chemin == "cops/29/fictive.yml"
    assert {*found.corpus.texts[made.chemin].split("\n")} <= {*made.texte.split("\n")}
    assert "debut: 2027-01-14 18:30\n" in made.texte
    assert "ouverte_a: public\n" in made.texte


@pytest.mark.parametrize("forge", DEPOTS)
def test_a_training_and_a_news_item_by_each_forge(found: Snapshot, forge: str) -> None:
    assert ask(found, forge, None, TRAINING, TRAINING_ANSWERS).chemin.startswith("content/formations/")
    assert ask(found, forge, None, NEWS, NEWS_ANSWERS).chemin.startswith("content/actualites/")


def test_what_was_downloaded_is_taken_as_it_is(found: Snapshot, tmp_path: Path) -> None:
    """By whoever receives it: a file joined to a message, or put in the folder of the entries."""
    text = found.corpus.texts["cops/29/fictive.yml"].replace("a-confirmer", "en-sommeil")
    made = send(found, Received((), (("fictive.yml", text),)))
    assert (made.etat, made.chemin) == ("prete", "cops/29/fictive.yml")


def test_the_table_of_the_doors_names_tests_that_exist() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("### Les portes")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(test_\w+)`", table))
    files = [file.read_text("utf-8") for file in (ROOT / "tests").rglob("test_*.py")]
    written = {name for text in files for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE)}
    assert len(named) > 5
    assert named <= written
