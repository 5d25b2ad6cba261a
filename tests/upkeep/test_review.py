"""The entries to check again, and the milestones told once."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec import structs

from generator.entries import corpus
from generator.entries.corpus import KINDS
from generator.model.cop import Cop
from generator.repository.settings import LOCAL_URL, Settings
from generator.territories.reference import load_territories
from generator.upkeep.review import (
    LONGEST_LETTER,
    Etat,
    Recheck,
    milestone_news,
    review_as_csv,
    review_as_mailto,
    review_as_markdown,
    to_recheck,
    write_letter,
)
from generator.upkeep.sections import list_headings
from tests.support import annuaires, html_pages

NAMES = list_headings(load_territories())
NEWS = annuaires.SCHEMAS["actualite"]


def cops(count: int, **more: str) -> dict[str, str]:
    """So many invented COP, entered one a day."""
    made = {
        f"fictive-{n}": annuaires.cop(f"Commission fictive {n}", inscrite_le=f"2026-10-{n:02}")
        for n in range(1, count + 1)
    }
    return made | more


def old(nom: str = "Vieille fiche fictive", inscrite_le: str = "2025-01-05", contact: str = "") -> str:
    text = annuaires.cop(json.dumps(nom), inscrite_le=inscrite_le)
    return text.replace('{page: "https://exemple.org/"}', contact) if contact else text


MAIL = "{courriel: mairie@exemple.example}"


def rows(texts: Mapping[str, str], settings: Settings = annuaires.SETTINGS) -> tuple[Recheck, ...]:
    return to_recheck(annuaires.build(texts), settings)


def markdown(found: Sequence[Recheck], most: int | None = None) -> str:
    return review_as_markdown(found, NAMES, most).replace("\u00a0", " ").replace("\u202f", " ")


def test_asks_again_for_what_is_old_or_to_confirm() -> None:
    found = rows(
        {
            "vieille": old(),
            "tres-vieille": old(inscrite_le="2023-11-20"),
            "recente": old(inscrite_le="2026-10-01"),
            "annoncee": old(inscrite_le="2026-10-02").replace("statut: active", "statut: a-confirmer"),
            "finie": old().replace("statut: active", "statut: en-sommeil"),
        }
    )
    assert [(row.id, row.mois, row.etat) for row in found] == [
        ("tres-vieille", 36, Etat.HORS_DU_COMPTEUR),
        ("vieille", 22, Etat.A_VERIFIER),
        ("annoncee", 1, Etat.A_CONFIRMER),
    ]


def test_sections_by_departement_the_longest_unchecked_first() -> None:
    found = rows(
        {
            "un": old("COP une", "2025-03-05", MAIL),
            "deux": old("COP deux", "2023-01-05"),
            "35/trois": old("COP trois", contact='{telephone: "02 61 91 00 00"}'),
        }
    )
    assert markdown(found).split("\n") == [
        "## Fiches à vérifier",
        "",
        "3 fiches à vérifier, dont 1 hors du compteur.",
        "",
        "### Finistère (29)",
        "",
        "- [COP deux](https://exemple.org/sous-dossier/cops/deux/) :"
        " fiche du 5 janvier 2023 (46 mois, hors du compteur).",
        "  Sans courriel : [sa page de contact](https://exemple.org/)"
        " · [Toujours exact ?](https://exemple.org/sous-dossier/cops/deux/#corriger)",
        "- [COP une](https://exemple.org/sous-dossier/cops/un/) : fiche du 5 mars 2025 (20 mois).",
        f"  [Écrire à mairie&#64;\u2060exemple.example]({found[1].mailto})"
        " · [Toujours exact ?](https://exemple.org/sous-dossier/cops/un/#corriger)",
        "",
        "### Ille-et-Vilaine (35)",
        "",
        "- [COP trois](https://exemple.org/sous-dossier/cops/trois/) : fiche du 5 janvier 2025 (22 mois).",
        "  Sans courriel : 02 61 91 00 00 · [Toujours exact ?](https://exemple.org/sous-dossier/cops/trois/#corriger)",
    ]


def test_without_the_address_of_the_site_no_link_is_invented() -> None:
    found = rows({"a": old("Une fictive", contact=MAIL)}, replace(annuaires.SETTINGS, site_url=LOCAL_URL))
    assert "localhost" not in markdown(found) + found[0].mailto
    assert markdown(found).split("\n")[6].startswith("- Une fictive : fiche du ")


def test_the_place_where_one_confirms_is_on_the_page(site: Path) -> None:
    cops = [page for page in html_pages.read(site).values() if re.fullmatch(r"cops/[^/]+/", page.address)]
    shown = [page for page in cops if not page.is_redirection]
    assert shown
    assert [page.path for page in shown if "corriger" not in page.ids] == []


def test_contributed_words_are_shown_and_never_acted_on() -> None:
    text = markdown(rows({"a": old("Fictive | @equipe [ici](https://piege.example)")}))
    assert not [sign for sign in ("@equipe", " | ", "](https://piege") if sign in text]


def test_a_long_list_is_shortened_section_by_section() -> None:
    found = rows({f"{folder}/n{n}": old(f"COP n {n}", contact=MAIL) for folder in ("22", "29") for n in range(40)})
    text = markdown(found, 20_000)
    assert len(text) <= 20_000 < len(markdown(found))
    shown = text.count("- [COP n ")
    assert shown > 10
    assert text.count(f"- … et {40 - shown // 2} autres.") == 2


def test_a_table_for_a_spreadsheet() -> None:
    [row] = csv.DictReader(io.StringIO(review_as_csv(rows({"a": old(contact=MAIL)}))))
    assert (row["verifiee"], row["mois"], row["etat"]) == ("2025-01-05", "22", "à vérifier")
    assert row["courriel"] == "mairie@exemple.example"
    assert row["mailto"].startswith("mailto:mairie@exemple.example?subject=")


def test_one_message_a_line_and_apart_who_has_no_address() -> None:
    found = rows({"a": old("COP une", contact=MAIL), "b": old("COP deux"), "c": old("COP trois", contact=MAIL)})
    first, second, blank, title, other = review_as_mailto(found).split("\n")
    assert first.startswith("mailto:mairie@exemple.example?")
    assert second.startswith("mailto:mairie@exemple.example?")
    assert (blank, title) == ("", "Sans courriel\u00a0:")
    assert other == "COP deux — https://exemple.org/"


def test_nothing_to_ask() -> None:
    words = "Toutes les fiches sont à jour."
    assert markdown(()) == review_as_mailto(()) == words


# The letter -----------------------------------------------------------------------------------------------------------


def letter(link: str) -> tuple[str, str, str]:
    """Address, subject and body, as a mail program reads them (RFC 6068)."""
    head, _, query = link.removeprefix("mailto:").partition("?")
    assert re.fullmatch(r"[A-Za-z0-9%@._~=&-]*", query)
    fields = dict(part.split("=") for part in query.split("&"))
    assert list(fields) == ["subject", "body"]
    return unquote(head), unquote(fields["subject"]), unquote(fields["body"])


def test_the_letter_is_ready_to_send() -> None:
    [row] = rows({"a": old("L’atelier & l’eau ?", contact="{courriel: mairie+cop@exemple.example}")})
    to, subject, body = letter(row.mailto)
    assert to == "mairie+cop@exemple.example"
    assert subject == "L’atelier & l’eau\u202f?\u00a0: votre fiche est-elle toujours exacte\u202f?"
    assert body.replace("\u00a0", " ").replace("\u202f", " ").split("\r\n") == [
        "Bonjour,",
        "",
        "Nous tenons « 1 000 COP en Bretagne », l’annuaire des COP locales. Votre adresse y est le contact de la fiche"
        " « L’atelier & l’eau ? », écrite le 5 janvier 2025. Est-elle toujours exacte ?",
        "",
        "https://exemple.org/sous-dossier/cops/a/",
        "",
        "Si oui, répondez simplement « oui » : nous noterons la date du jour. Si quelque chose a changé, quelques mots"
        " suffisent, nous corrigerons la fiche.",
        "",
        "Vous ne voulez plus de ce message ? Dites-le : nous retirerons votre adresse.",
        "",
        "Merci, et bonne journée,",
        "les personnes qui tiennent l’annuaire",
    ]


def test_who_left_the_counter_is_told() -> None:
    [row] = rows({"a": old(inscrite_le="2022-01-05", contact=MAIL)})
    assert "cette COP n’est plus comptée" in letter(row.mailto)[2]


NAME = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=120)


@cache
def make_long_cop() -> Cop:
    (cop,) = annuaires.build({"a" * 80: old(contact=MAIL)}).cops
    return cop


@given(NAME, NAME)
@settings(max_examples=50, deadline=None)
@example("é" * 120, "é" * 120)
@example("🌊" * 120, "🌊" * 120)
@example("&?#=%" * 24, "a b " * 30)
def test_the_letter_is_never_too_long_and_always_whole(nom: str, site: str) -> None:
    cop = make_long_cop()
    courriel = "a" * 242 + "@exemple.org"
    site_url = "https://exemple.org/" + "é" * 470 + "/"
    ours = replace(annuaires.SETTINGS, site_name=site, site_url=site_url, mentions={"editeur": site})
    long = structs.replace(cop, nom=nom, contact=structs.replace(cop.contact, courriel=courriel))
    link = write_letter(long, ours, f"{site_url}{cop.adresse}")
    assert len(link) <= LONGEST_LETTER
    to, subject, body = letter(link)
    assert to == courriel
    assert "�" not in subject + body
    assert "nous retirerons votre adresse" in body


def test_a_milestone_is_proposed_until_its_news_item_is_there() -> None:
    assert list(milestone_news(annuaires.build(cops(9)), NEWS)) == []
    ((path, text),) = milestone_news(annuaires.build(cops(11)), NEWS)
    assert path == "content/actualites/2026-10-10-10-cop.yml"
    entry, found, _ = corpus.read_entry(path, text.encode(), KINDS[2], NEWS)
    assert (entry is not None, found) == (True, ())
    told = {path.removeprefix("content/actualites/").removesuffix(".yml"): text}
    # It stays told once an older entry has left the count and the day of the tenth has moved.
    later = {name: one for name, one in cops(11).items() if name != "fictive-3"}
    assert list(milestone_news(annuaires.build(later, actualites=told), NEWS)) == []


OTHER = """\
titre: Rencontre fictive
resume: Une nouvelle inventée pour les essais.
categorie: reseau
"""


def test_a_milestone_that_was_told_stays_as_it_was_told() -> None:
    """COP may leave the count: what was reached once was reached."""
    ((path, text),) = milestone_news(annuaires.build(cops(11)), NEWS)
    name = path.rpartition("/")[2].removesuffix(".yml")
    left = annuaires.build(dict(list(cops(11).items())[3:]), actualites={name: text})
    assert left.compteur.value < 10
    assert [(one.count, one.date) for one in left.jalons] == [(10, name[:10])]
    assert left.prochain_jalon == 25


def test_a_news_item_that_ends_like_that_of_a_milestone_is_another() -> None:
    directory = annuaires.build(cops(11), actualites={"2025-01-05-rencontre-de-nos-10-cop": OTHER})
    assert len(list(milestone_news(directory, NEWS))) == 1
