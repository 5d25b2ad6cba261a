"""What the page of a COP states: how one joins, whom one writes to, who sits, in which frame."""

from generator.french import accord, date_longue, nombre, pluriel, typographie
from generator.model.cop import Cop
from generator.model.fields import Composition, Demarche
from generator.pages.entries.facts import Fact, FactList, Line, Words, gather, link_line, state_fact


def tell_how_to_join(cop: Cop, words: Words) -> Fact:
    label, join = "Rejoindre", cop.rejoindre
    if join is None:
        return Fact(label, ())
    how = typographie(join.comment or "")
    if cop.rejoindre_ferme:
        return state_fact(label, f"Fermé depuis le {date_longue(join.jusqu_au or '')}", how)
    is_open = words.labels.read_notes("cop.rejoindre.mode", "x-ouvert").get(join.mode)
    open_until = join.jusqu_au if is_open else None
    until = f", jusqu’au {date_longue(open_until)}" if open_until else ""
    page = link_line(join.url, "Page pour rejoindre") if join.url else ""
    return state_fact(label, words.say("cop.rejoindre.mode", join.mode) + until, how, page)


def tell_contact(cop: Cop) -> Fact:
    contact = cop.contact
    mail = Line(contact.courriel, f"mailto:{contact.courriel}", css="insecable") if contact.courriel else ""
    phone = (contact.telephone or "").replace(" ", "")
    return state_fact(
        "Contact",
        typographie(contact.fonction or ""),
        mail,
        link_line(contact.formulaire, "Formulaire de contact") if contact.formulaire else "",
        link_line(contact.page, "La page de présentation") if contact.page else "",
        link_line(f"tel:{phone}", contact.telephone or "") if phone else "",
        typographie(contact.adresse or ""),
        "" if mail else Line("courriel non renseigné", css="inconnu"),
    )


def tell_who_sits(cop: Cop, words: Words) -> FactList:
    designation = words.say_many("cop.designation", cop.designation), _tell_parity(cop)
    return gather(
        (
            state_fact("Nombre de membres", _tell_members(cop.composition)),
            state_fact("Choix des membres", "\u202f; ".join(filter(None, designation))),
            state_fact("Animation", words.say_many("cop.animation", cop.animation)),
            state_fact("Rythme", words.say("cop.frequence", cop.frequence)),
            state_fact("Séances publiques", words.say("cop.seances_publiques", cop.seances_publiques)),
            state_fact("Participation", words.say("cop.participation", cop.participation)),
            state_fact("Façon de décider", words.say_many("cop.decision", cop.decision)),
            state_fact("Qui propose les sujets", words.say_many("cop.saisine", cop.saisine)),
        )
    )


def _tell_members(composition: Composition | None) -> str:
    if composition is None or composition.total is None:
        return ""
    young = f", dont {pluriel(composition.jeunes, 'jeune')}" if composition.jeunes else ""
    return f"{pluriel(composition.total, 'membre')}{young}"


def _tell_parity(cop: Cop) -> str:
    if not (cop.composition and cop.composition.parite):
        return ""
    return "parité entre femmes et hommes" if cop.composition.parite == "oui" else "sans règle de parité"


def tell_frame(cop: Cop, words: Words) -> FactList:
    facts = [
        state_fact("Création", date_longue(cop.creee_le) if cop.creee_le else ""),
        state_fact("Mandat", _tell_term(cop)),
        state_fact("Base légale", words.say("cop.base_legale", cop.base_legale)),
        state_fact("Démarche", *(_tell_demarche(demarche, words) for demarche in cop.demarche)),
        state_fact("Délibération", _tell_deliberation(cop)),
    ]
    if cop.perimetre:
        count = len(cop.communes)
        facts.append(state_fact("Périmètre", f"{nombre(count)} {accord(count, 'commune')}"))
    return gather(facts)


def _tell_term(cop: Cop) -> str:
    if not cop.mandat or not (cop.mandat.debut or cop.mandat.fin):
        return ""
    start, end = (date_longue(day) if day else "…" for day in (cop.mandat.debut, cop.mandat.fin))
    return f"{start}–{end}"


def _tell_demarche(demarche: Demarche, words: Words) -> Line:
    state = f" ({words.say_lower('cop.demarche.etat', demarche.etat)})" if demarche.etat else ""
    return link_line(demarche.url, demarche.nom or words.say("cop.demarche.type", demarche.type), state)


def _tell_deliberation(cop: Cop) -> Line | str:
    vote = cop.deliberation
    if vote is None:
        return ""
    number = f"n° {vote.numero}" if vote.numero else ""
    text = ", ".join(filter(None, (vote.objet, number, date_longue(vote.date) if vote.date else "")))
    return link_line(vote.url, text or "Texte de la délibération") if text or vote.url else ""
