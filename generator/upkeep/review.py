"""What keeps the directory alive: the entries to check again, and the milestones that deserve a news item.

A milestone is told once: its news item is a file, so that it never moves when an older entry leaves the count.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import groupby
from typing import Any
from urllib.parse import quote

from generator.entries.schemas.schema import Schema
from generator.entries.writer import as_yaml
from generator.french import NBSP, date_longue, nombre, pluriel, typographie
from generator.harmless import neutral, visible, write_link
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.counter import Milestone
from generator.model.signs import find_last_sign
from generator.opendata.cells import write_csv
from generator.repository.clocks import Clock
from generator.repository.settings import LOCAL_URL, Settings
from generator.upkeep.sections import write_sections


class Etat(StrEnum):
    """Why an entry is asked again."""

    A_CONFIRMER = "à confirmer"  # its status says so, whatever its age
    A_VERIFIER = "à vérifier"  # older than eighteen months
    HORS_DU_COMPTEUR = "hors du compteur"  # older than thirty-six


@dataclass(frozen=True, slots=True)
class Recheck:
    """One entry that nobody has checked for eighteen months, or whose mandate is over. Fields are the CSV columns."""

    dossier: str  # folder of its département
    id: str
    nom: str
    verifiee: str  # AAAA-MM-JJ
    mois: int  # whole months since
    etat: Etat
    dernier_signe: str  # « compte rendu du 3 mars 2026 »; empty where nothing is dated
    courriel: str  # empty where none is given, like all that follow
    autre_contact: str  # its form, page, telephone or postal address: the first that it gives
    page: str  # its page on the site
    toujours_exact: str  # the place of that page where one confirms or corrects
    mailto: str  # a message ready to send


def to_recheck(annuaire: Annuaire, settings: Settings) -> tuple[Recheck, ...]:
    """By département, the longest unchecked first; what is over, or asleep, is not asked again."""
    waiting = (cop for cop in annuaire.cops if cop.a_suivre)
    rows = [
        _make_recheck(cop, settings, annuaire)
        for cop in waiting
        if cop.a_verifier or cop.statut_affiche == "a-confirmer"
    ]
    return tuple(sorted(rows, key=lambda row: (row.dossier, row.verifiee, row.id)))


def _make_recheck(cop: Cop, settings: Settings, annuaire: Annuaire) -> Recheck:
    contact, sign = cop.contact, find_last_sign(annuaire, cop)
    # Without the address of the site there is no page to send anybody to.
    page = "" if settings.site_url == LOCAL_URL else f"{settings.site_url}{cop.adresse}"
    return Recheck(
        dossier=cop.dossier,
        id=cop.id,
        nom=cop.nom,
        verifiee=cop.verifiee,
        mois=cop.mois,
        etat=Etat.HORS_DU_COMPTEUR if not cop.fraiche else Etat.A_VERIFIER if cop.a_verifier else Etat.A_CONFIRMER,
        dernier_signe=sign.words if sign else "",
        courriel=contact.courriel or "",
        autre_contact=contact.formulaire or contact.page or contact.telephone or contact.adresse or "",
        page=page,
        toujours_exact=page and f"{page}#corriger",
        mailto=write_letter(cop, settings, page) if contact.courriel else "",
    )


# The letter -----------------------------------------------------------------------------------------------------------

LONGEST_LETTER = 2_000
"""In characters: beyond, some mail programs open an empty message."""


def write_letter(cop: Cop, settings: Settings, page: str) -> str:
    site, publisher = settings.site_name, settings.mentions.get("editeur") or ""
    whole = _write_mailto(cop, cop.nom, site, publisher, page)
    if len(whole) <= LONGEST_LETTER:
        return whole
    short = page if len(_encode(page)) <= 150 else ""
    return _write_mailto(cop, _cut(cop.nom, 100), _cut(site, 100), _cut(publisher, 60), short)


def _write_mailto(cop: Cop, nom: str, site: str, publisher: str, page: str) -> str:
    """A message as an address (RFC 6068): subject and body percent-encoded, CRLF between lines."""
    subject = f"{nom} : votre fiche est-elle toujours exacte ?"
    checked = "vérifiée pour la dernière fois" if cop.verifiee_le else "écrite"
    whole = "" if cop.verifiee_le or not cop.sans_la_collectivite else " d’après une source publique"
    parts = [
        "Bonjour,",
        f"Nous tenons « {site} », l’annuaire des COP locales. Votre adresse y est le contact de la fiche « {nom} », "
        f"{checked} le {date_longue(cop.verifiee)}{whole}. Est-elle toujours exacte ?",
        page,
        ""
        if cop.fraiche
        else "Sans nouvelles depuis trois ans, cette COP n’est plus comptée : une réponse suffit pour qu’elle le soit.",
        "Si oui, répondez simplement « oui » : nous noterons la date du jour. Si quelque chose a changé, "
        "quelques mots suffisent, nous corrigerons la fiche.",
        "Vous ne voulez plus de ce message ? Dites-le : nous retirerons votre adresse.",
        f"Merci, et bonne journée,\n{publisher or 'les personnes qui tiennent l’annuaire'}",
    ]
    paragraphs = [part if part == page else typographie(part) for part in parts if part]
    body = "\n\n".join(paragraphs).replace("\n", "\r\n")
    to = quote(cop.contact.courriel or "", safe="@")
    return f"mailto:{to}?subject={_encode(typographie(subject))}&body={_encode(body)}"


def _encode(text: str) -> str:
    return quote(text, safe="")


def _cut(text: str, most: int) -> str:
    """The beginning of a text that takes at most `most` characters once encoded."""
    if len(_encode(text)) <= most:
        return text
    return next(f"{text[:n].rstrip()}…" for n in range(len(text), -1, -1) if len(_encode(f"{text[:n]}…")) <= most)


# The three forms ------------------------------------------------------------------------------------------------------


def review_as_markdown(rows: Sequence[Recheck], names: Mapping[str, str], most: int | None = None) -> str:
    """A list to work through, a section a département; contributed words are shown, never acted on.

    `names` are the headings by folder, `most` the characters that may be used. A title of level 2 stands above the list
    where there is something to do, and only there: .github/entretenir.py looks for it.
    """
    if not rows:
        return "Toutes les fiches sont à jour."
    gone = sum(row.etat is Etat.HORS_DU_COMPTEUR for row in rows)
    summary = f"{pluriel(len(rows), 'fiche')} à vérifier" + (
        f", dont {nombre(gone)} hors du compteur." if gone else "."
    )
    sections = [
        (names[folder], [*map(_write_item, group)]) for folder, group in groupby(rows, key=lambda row: row.dossier)
    ]
    head = f"## Fiches à vérifier\n\n{summary}\n\n"
    return head + write_sections(sections, most and most - len(head))


def notices_as_markdown(clocks: Iterable[Clock], milestones: Iterable[str]) -> str:
    """What time will undo and the milestones to announce; empty where there is nothing. `milestones`: their paths."""
    dates = [f"- {date_longue(clock.jour)}{NBSP}: {clock.evenement} {clock.faire}" for clock in clocks]
    news = [f"- {neutral(path)}. Pour l’écrire{NBSP}: cop review --write" for path in milestones]
    parts = [("Échéances", dates), ("Jalons à annoncer", news)]
    return "\n\n".join(typographie(f"## {title}\n\n") + "\n".join(lines) for title, lines in parts if lines)


def _write_item(row: Recheck) -> str:
    ways = [
        write_link(f"Écrire à {row.courriel}", row.mailto) if row.courriel else f"Sans courriel{NBSP}: {_means(row)}",
        write_link(typographie("Toujours exact ?"), row.toujours_exact) if row.toujours_exact else "",
    ]
    # Typography is for words: it would spoil an address.
    sign = f", dernier signe{NBSP}: {row.dernier_signe}" if row.dernier_signe else ""
    state = f"{NBSP}: fiche du {date_longue(row.verifiee)} ({_age(row)}){sign}."
    return f"- {write_link(row.nom, row.page)}{state}\n  {' · '.join(filter(None, ways))}"


def _age(row: Recheck) -> str:
    months = pluriel(row.mois, "mois")
    return {Etat.A_CONFIRMER: str(row.etat), Etat.A_VERIFIER: months}.get(row.etat, f"{months}, {row.etat}")


def _means(row: Recheck) -> str:
    means = row.autre_contact
    return write_link("sa page de contact", means) if means.startswith(("https://", "http://")) else neutral(means)


def review_as_csv(rows: Sequence[Recheck]) -> str:
    """The same for a spreadsheet."""
    names = [field.name for field in fields(Recheck)]
    return write_csv([names, *([getattr(row, name) for name in names] for row in rows)])


def review_as_mailto(rows: Sequence[Recheck]) -> str:
    """One message a line, to open one after the other; apart, who can only be reached otherwise."""
    lines = [row.mailto for row in rows if row.mailto]
    unreachable = [visible(f"{row.nom} — {row.autre_contact}") for row in rows if not row.mailto]
    if unreachable:
        lines += [*([""] if lines else []), typographie("Sans courriel :"), *unreachable]
    return "\n".join(lines) or "Toutes les fiches sont à jour."


# Milestones -----------------------------------------------------------------------------------------------------------


def milestone_news(annuaire: Annuaire, schema: Schema) -> Iterator[tuple[str, str]]:
    """Path and text of the news item of each milestone that has none yet."""
    for milestone in annuaire.jalons:
        if milestone.count not in annuaire.annonces:
            path = f"content/actualites/{milestone.date}-{milestone.count}-cop.yml"
            yield path, as_yaml(_make_news(milestone, annuaire), schema, "actualite", 2)


def _make_news(milestone: Milestone, annuaire: Annuaire) -> Mapping[str, Any]:
    count = nombre(milestone.count)
    name = annuaire.par_id[milestone.cop].nom.rstrip(".!?… \u00a0\u202f")
    sentence = f"Le {date_longue(milestone.date)}, l’annuaire a compté {count} COP. La {count}e : {name}."
    return {
        "titre": f"{count} COP comptées dans l’annuaire",
        "resume": typographie(sentence)[:280],
        "categorie": "nouvelle-cop",
        "cops": [milestone.cop],
    }
