"""What pages say of a training: when, where and at what price, whether one may register, and Qualiopi's questions."""

from markupsafe import Markup

from generator.french import date_longue, enumeration, nombre, periode, typographie
from generator.model.annuaire import Formation
from generator.model.fields import Dated, Session, Tarif
from generator.pages.entries.facts import EMPTY, Fact, Words, where


def registration(formation: Formation, words: Words) -> list[Fact]:
    session = formation.prochaine
    hours = (formation.duree_heures or "").replace(".", ",")
    return [
        ("Prochaine session", next_session(formation)),
        ("Lieu", where(session) if session else EMPTY),
        ("Durée", f"{hours} {'heure' if hours in ('1', '1,5') else 'heures'}" if hours else EMPTY),
        ("Tarif", price(formation.tarif, words)),
    ]


def next_session(formation: Formation) -> str:
    coming = formation.prochaine
    if coming:
        full = "" if formation.inscription_ouverte(coming) else f" ({closed(coming)})"
        return lasting(f"{when(coming)}{full}", coming)
    unknown = Markup('<span class="inconnu">aucune annoncée</span>')
    return "à la demande\u202f; aucune date fixée" if formation.a_la_demande == "oui" else unknown


def when(session: Session) -> str:
    return periode(session.quand, session.jusque)


def lasting(words: str, event: Dated) -> Markup:
    """What is next, as long as it is: a script takes it away from a page that was not made again since."""
    return Markup('<span data-fin="{}">{}</span>').format(event.dernier_jour, words)


def closed(session: Session) -> str:
    """Why one cannot register any more."""
    return "complète" if session.statut == "complete" else "inscriptions closes"


def session_state(formation: Formation, session: Session) -> str:
    """What one may do about a session; its date says already that it was cancelled or moved."""
    if formation.inscription_ouverte(session):
        return "Inscriptions ouvertes" if session.statut == "ouverte" else ""
    if session.statut == "ouverte":
        return f"Inscriptions closes depuis le {date_longue(session.inscription_jusqu_au or '')}"
    return "Complète" if session.statut == "complete" else ""


def register(formation: Formation) -> Fact | None:
    """The words and the address of the button; None where the file says of neither page nor mailbox."""
    page, mailbox = formation.inscription.url, formation.inscription.courriel
    if any(map(formation.inscription_ouverte, formation.sessions_a_venir)):
        address = page or (mailbox and f"mailto:{mailbox}")
        return ("S’inscrire", address) if address else None
    if mailbox:
        return "Contacter l’organisme", f"mailto:{mailbox}"
    return ("La page de l’organisme", page) if page else None


def price(tarif: Tarif, words: Words) -> str:
    mode = words.one("formation.tarif.mode", tarif.mode)
    if not mode:
        return Markup('<span class="inconnu">non communiqué</span>')
    amount = f"\u00a0: {nombre(tarif.montant_eur)}\u00a0€" if tarif.montant_eur is not None else ""
    more = f" ({typographie(tarif.precision)})" if tarif.precision else ""
    return f"{mode}{amount}{more}"


def in_practice(formation: Formation, words: Words) -> list[Fact]:
    """What Qualiopi's indicator 1 asks of a training page."""
    facts = [
        ("Publics", words.many("formation.publics", formation.publics)),
        ("Modalité", words.one("formation.modalite", formation.modalite)),
        ("Prérequis", typographie(formation.prerequis or "")),
        ("Délai d’accès", typographie(formation.delai_acces or "")),
        ("Méthodes", typographie(formation.methodes or "")),
        ("Évaluation", typographie(formation.evaluation or "")),
        ("Handicap", typographie(formation.accessibilite_handicap or "")),
    ]
    if formation.pacte_piliers:
        facts.append(("Piliers du Pacte", enumeration(formation.pacte_piliers).capitalize()))
    return facts
