"""A message as any program sends it is read like a request of the forge: to a file, or to an answer in French."""

import html
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edits.requests.messages import Received, read_file, read_mail
from generator.edits.requests.proposals import Proposal, propose
from generator.repository.forge import mailto
from generator.repository.prefilled import write_message
from generator.repository.prompts import CONSENT
from generator.repository.request_forms import ADD, CONFIRM, CORRECT, REPORT
from generator.repository.snapshot import Snapshot, read_snapshot
from tests.support import mails, repository
from tests.support.annuaires import SETTINGS
from tests.support.repository import TODAY
from tests.support.request_texts import FORMS

NEW = """\
nom: Commission fictive de l’estran
type: commission-extra-municipale
collectivite:
  type: commune
  code: "56001"
  nom: Allaire
statut: en-projet
themes: [eau, littoral-mer]
resume: Une commission fictive où habitants et élus parlent de l’eau, des haies et de l’estran — toute l’année.
contact:
  courriel: mairie@exemple.example
inscrite_le: 2026-11-24
description: |
  Premier paragraphe, assez long pour qu’un logiciel de courriel le coupe en deux lignes ou davantage.

  - un point
  - un autre
"""
WORDS = f"Bonjour,\n\nVoici une fiche pour l’annuaire.\n\n{CONSENT}\n\nFichier : cops/56/allaire-estran.yml\n\n{NEW}"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    root = repository.make_entries(tmp_path_factory.mktemp("courriels"))
    return read_snapshot(root, {}, TODAY)


def read(found: Snapshot, received: Received) -> Proposal:
    made = propose(found, {}, received)
    assert made
    return made


def manners(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("manner", [mails.MANNERS[name] for name in names], ids=names)


@manners(*mails.MANNERS)
def test_a_file_comes_out_of_a_message(found: Snapshot, manner: Callable[[str], bytes]) -> None:
    made = read(found, read_mail(manner(WORDS)))
    assert (made.formulaire, made.etat, made.chemin) == (ADD, "prete", "cops/56/allaire-estran.yml"), made.reponse
    assert made.texte.split("\n", 1)[1].replace("\u00a0", " ") == NEW


@manners("quoted-printable", "html-seul", "lignes-coupées", "signé")
def test_the_message_of_a_page_is_answered(found: Snapshot, manner: Callable[[str], bytes]) -> None:
    entry = found.corpus.of("cop")[0]
    address = mailto(replace(SETTINGS, courriel="contact@annuaire.example"), "x", write_message(
        FORMS[CONFIRM], {"fiche": f"https://annuaire.example/cops/{entry.id}/"}
    ))  # fmt: skip
    assert address
    words = unquote(urlsplit(address).query.partition("body=")[2]).replace("\r\n", "\n")
    made = read(found, read_mail(manner(words.replace("(oui ou non)\u00a0: ", "(oui ou non)\u00a0: oui"))))
    assert (made.formulaire, made.etat, made.chemin) == (CONFIRM, "prete", entry.path), made.reponse
    assert f"verifiee_le: {TODAY}\n" in made.texte


@manners("flowed", "deux-parties", "cité", "signé")
def test_a_correction_holds_its_change(found: Snapshot, manner: Callable[[str], bytes]) -> None:
    entry = found.corpus.of("cop")[0]
    text = found.corpus.texts[entry.path]
    head, body = text.split("\n", 1)
    told = {"fiche": entry.id, "changement": "Statut : « Active » devient « En sommeil »"}
    words = write_message(FORMS[CORRECT], told)
    assert read(found, read_mail(manner(words))).etat == "a-relire"
    after = body.replace("\nstatut: ", "\nstatut: en-sommeil #", 1)
    whole = write_message(FORMS[CORRECT], told | {"fichier": after})
    made = read(found, read_mail(manner(whole)))
    assert (made.etat, made.chemin) == ("prete", entry.path), made.reponse
    assert made.texte.startswith(head)
    assert "statut: en-sommeil" in made.texte


def test_a_file_that_is_joined(found: Snapshot) -> None:
    asked = mails.joined(NEW, "Bonjour, voici la fiche.", "allaire-estran.yml")
    made = read(found, read_mail(asked))
    assert made.etat == "a-corriger"
    assert "Il manque votre accord" in made.reponse
    assert "recopiant cette phrase" in made.reponse
    made = read(found, read_mail(mails.joined(NEW, f"Bonjour.\n\n{CONSENT}", "allaire-estran.yml")))
    assert (made.etat, made.chemin) == ("prete", "cops/56/allaire-commission-fictive-de-l-estran.yml")


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("formations", "content/formations/atelier-fictif-de-l-eau.yml"),
        ("actualites", f"content/actualites/{TODAY}-une-nouvelle-fictive.yml"),
    ],
)
def test_a_training_and_a_news_item_come_by_the_same_door(found: Snapshot, folder: str, path: str) -> None:
    text = {
        "formations": "titre: Atelier fictif de l’eau\norganisateur:\n  nom: Organisme fictif\n"
        "  url: https://exemple.example/\nresume: Un atelier inventé, où l’on apprend à lire une rivière.\n"
        "publics: [tous]\nmodalite: presentiel\ntarif:\n  mode: gratuit\ninscription:\n"
        f"  url: https://exemple.example/inscription\npubliee_le: {TODAY}\nsessions: []\na_la_demande: oui\n",
        "actualites": "titre: Une nouvelle fictive\nresume: Une nouvelle inventée pour les essais, sans rapport.\n"
        "categorie: reseau\n",
    }[folder]
    made = read(found, read_mail(mails.flowed(f"Bonjour,\n\n{CONSENT}\n\n{text}\n-- \nMairie fictive\n")))
    assert (made.formulaire, made.etat, made.chemin) == (ADD, "prete", path), made.reponse
    assert made.texte.endswith(text)


def test_a_training_is_corrected_by_the_same_door(found: Snapshot) -> None:
    entry = found.corpus.of("formation")[0]
    text = found.corpus.texts[entry.path] + "# relue\n"
    told = {"fiche": f"https://annuaire.example/formations/{entry.id}/", "changement": "Une note."}
    made = read(found, read_mail(mails.plain(write_message(FORMS[CORRECT], told | {"fichier": text}))))
    assert (made.formulaire, made.etat, made.chemin) == (CORRECT, "prete", entry.path), made.reponse
    assert made.texte.endswith("# relue\n")


def test_a_reply_is_read_before_what_it_quotes(found: Snapshot) -> None:
    old = "\n".join(f"> {line}" for line in WORDS.split("\n"))
    new = WORDS.replace("Commission fictive", "Conseil fictif")
    made = read(found, read_mail(mails.plain(f"{new}\n\nLe 24 nov. 2026, nous avons écrit :\n{old}")))
    assert made.etat == "prete"
    assert "nom: Conseil fictif" in made.texte


def test_what_is_wrong_is_told_to_who_wrote(found: Snapshot) -> None:
    made = read(found, read_mail(mails.plain(WORDS.replace("statut: en-projet", "statut: presque"))))
    assert made.etat == "a-corriger"
    said = html.unescape(made.reponse)
    assert "Répondez à ce message" in said
    assert "ici même" not in said
    assert "publique" not in said


def test_an_error_is_left_to_a_person(found: Snapshot) -> None:
    words = write_message(FORMS[REPORT], {"fiche": found.corpus.of("cop")[0].id, "erreur": "La carte."})
    made = read(found, read_mail(mails.plain(words)))
    assert (made.formulaire, made.etat) == (REPORT, "a-relire")


@pytest.mark.parametrize("words", ["Bonjour, êtes-vous là ?", "", mails.SIGNED, "nom: Dupont\ntype: question"])
def test_other_messages_are_none(found: Snapshot, words: str) -> None:
    assert propose(found, {}, read_mail(mails.plain(words))) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 1000,
        b"Content-Type: multipart/mixed; boundary=a\n\n" + b"--a\n" * 5000,
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000)),
        b"Content-Type: message/rfc822\n\n" * 2000,
        b"Content-Type: text/html\n\n" + b"<div>" * 40_000,
        b"Content-Type: text/html\n\n" + b"<!--" * 40_000,
        b"Content-Type: text/html\n\n" + b"<a " * 40_000,
        b"Content-Type: text/html\n\n" + b"&#" * 40_000,
        b"Content-Type: text/plain; charset=\xff\xfe; format=flowed\n\n" + b"> \n" * 50_000,
        b"Content-Type: text/plain; charset*0*=utf-8''a; charset=rot13\n\nx",
        b"Content-Transfer-Encoding: base64\n\n" + b"=" * 100_000,
        b"Content-Disposition: attachment; filename*=utf-9''%FF.yml\n\nnom: a",
    ],
    ids=range(13),
)
def test_no_message_breaks_the_reading(found: Snapshot, raw: bytes) -> None:
    assert propose(found, {}, read_mail(raw)) is None


@given(st.binary(max_size=300), st.sampled_from(["text/plain", "text/html", "multipart/mixed; boundary=x", "a", ""]))
def test_whatever_is_sent_is_read(body: bytes, kind: str) -> None:
    received = read_mail(mails.raw(body, kind))
    assert all(isinstance(text, str) for text in received.texts)


# The command ----------------------------------------------------------------------------------------------------------


def test_the_command_reads_what_was_saved(found: Snapshot, tmp_path: Path) -> None:
    root = repository.make_entries(tmp_path / "depot")
    mail = tmp_path / "Message de la mairie.eml"
    mail.write_bytes(mails.flowed(WORDS))
    done = repository.call("--root", root, "issue", mail, "--date", TODAY, "--write")
    assert (done.returncode, done.stderr) == (0, "")
    assert (root / "cops/56/allaire-estran.yml").is_file()
    mail.write_bytes(mails.plain("Bonjour, une question."))
    done = repository.call("--root", root, "issue", mail, "--date", TODAY, "--write")
    assert (done.returncode, done.stdout) == (3, "")
    assert "Aucun formulaire reconnu" in done.stderr
    mail = tmp_path / "message.msg"
    mail.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)
    repository.refused(repository.call("--root", root, "issue", mail), 2)


@pytest.mark.parametrize("raw", [WORDS.encode("utf-16"), WORDS.encode("cp1252"), b"\xef\xbb\xbf" + WORDS.encode()])
def test_a_text_that_was_saved_from_a_message(found: Snapshot, tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "message.txt"
    file.write_bytes(raw)
    assert read(found, read_file(file)).chemin == "cops/56/allaire-estran.yml"


def test_a_file_alone(found: Snapshot, tmp_path: Path) -> None:
    file = tmp_path / "fiche(1).yml"
    file.write_text(NEW, encoding="utf-8")
    assert read(found, read_file(file)).chemin == "cops/56/allaire-commission-fictive-de-l-estran.yml"
