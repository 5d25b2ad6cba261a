"""What pages say of a training: when, where and at what price, whether one may register, and Qualiopi's questions."""

from generator.french import date_longue, enumeration, nombre, periode, typographie
from generator.model.fields import Session, Tarif
from generator.model.formation import Formation
from generator.pages.entries.facts import Fact, FactList, Line, Words, gather, state_fact, tell_where


def tell_registration(formation: Formation, words: Words) -> tuple[Fact, ...]:
    session = formation.prochaine
    hours = (formation.duree_heures or "").replace(".", ",")
    return (
        state_fact("Prochaine session", _tell_next_session(formation)),
        state_fact("Lieu", tell_where(session) if session else ""),
        state_fact("Durée", f"{hours} {'heure' if hours in ('1', '1,5') else 'heures'}" if hours else ""),
        state_fact("Tarif", _tell_price(formation.tarif, words)),
    )


def _tell_next_session(formation: Formation) -> Line:
    session = formation.prochaine
    if session:
        why = "complète" if session.statut == "complete" else "inscriptions closes"
        closed = "" if formation.inscription_ouverte(session) else f" ({why})"
        return Line(f"{periode(session.quand, session.jusque)}{closed}", until=session.dernier_jour)
    if formation.a_la_demande == "oui":
        return Line("à la demande\u202f; aucune date fixée")
    return Line("aucune annoncée", css="inconnu")


def _tell_price(tarif: Tarif, words: Words) -> Line:
    mode = words.say("formation.tarif.mode", tarif.mode)
    if not mode:
        return Line("non communiqué", css="inconnu")
    amount = f"\u00a0: {nombre(tarif.montant_eur)}\u00a0€" if tarif.montant_eur is not None else ""
    more = f" ({typographie(tarif.precision)})" if tarif.precision else ""
    return Line(f"{mode}{amount}{more}")


def state_session(formation: Formation, session: Session) -> str:
    """What one may do about a session; its date says already that it was cancelled or moved."""
    if formation.inscription_ouverte(session):
        return "Inscriptions ouvertes" if session.statut == "ouverte" else ""
    if session.statut == "ouverte":
        return f"Inscriptions closes depuis le {date_longue(session.inscription_jusqu_au or '')}"
    return "Complète" if session.statut == "complete" else ""


def choose_button(formation: Formation) -> Line | None:
    """The button of the page; None where the file says of neither page nor mailbox."""
    page, mailbox = formation.inscription.url, formation.inscription.courriel
    if any(map(formation.inscription_ouverte, formation.sessions_a_venir)):
        address = page or (mailbox and f"mailto:{mailbox}")
        return Line("S’inscrire", address) if address else None
    if mailbox:
        return Line("Contacter l’organisme", f"mailto:{mailbox}")
    return Line("La page de l’organisme", page) if page else None


def tell_practice(formation: Formation, words: Words) -> FactList:
    """What Qualiopi's indicator 1 asks of a training page."""
    facts = [
        state_fact("Publics", words.say_many("formation.publics", formation.publics)),
        state_fact("Modalité", words.say("formation.modalite", formation.modalite)),
        state_fact("Prérequis", typographie(formation.prerequis or "")),
        state_fact("Délai d’accès", typographie(formation.delai_acces or "")),
        state_fact("Méthodes", typographie(formation.methodes or "")),
        state_fact("Évaluation", typographie(formation.evaluation or "")),
        state_fact("Handicap", typographie(formation.accessibilite_handicap or "")),
    ]
    if formation.pacte_piliers:
        facts.append(state_fact("Piliers du Pacte", enumeration(formation.pacte_piliers).capitalize()))
    return gather(facts)
