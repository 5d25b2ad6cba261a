"""What the page of a COP states: how one joins, whom one writes to, who sits, in which frame."""

from collections.abc import Iterable, Iterator, Mapping

from generator.french import (
    accord,
    capitalise,
    date_longue,
    de_date,
    en_lettres,
    enumeration,
    nombre,
    pluriel,
    typographie,
)
from generator.model.cop import Cop
from generator.model.fields import Demarche
from generator.pages.entries.facts import Fact, Line, Words, link_line, state_fact
from generator.pages.groups import lists

# In one sentence ------------------------------------------------------------------------------------------------------

_VERBS: Mapping[str, tuple[str, str, str, str, str]] = {
    "present": ("siège", "siègent", "se réunit", "travaille", "sont"),
    "passe": ("siégeait", "siégeaient", "se réunissait", "travaillait", "étaient"),
    "futur": ("siégera", "siégeront", "se réunira", "travaillera", "seront"),
}
"""The tense that the schema notes beside a status (`x-temps`)."""


def tell_in_a_sentence(cop: Cop, words: Words) -> str:
    """`Huit élus et huit associations ; elle se réunit deux fois par an, sans public.`

    Each part goes without the others; empty where the entry says nothing of them.
    """
    sits, sit, meets, works, _ = _conjugate(cop, words)
    who, count = _tell_who_meets(cop)
    does = tuple(_tell_what_it_does(cop, words, meets, works))
    verbs = (", et " if "," in "".join(does[:1]) else " et ").join(does)
    if not verbs:
        text = f"{who} y {sit if count > 1 else sits}" if who else ""
    else:
        text = " ; ".join(filter(None, (who, f"{_find_subject(cop, words)} {verbs}")))
    return typographie(f"{capitalise(text)}.") if text else ""


def _conjugate(cop: Cop, words: Words) -> tuple[str, str, str, str, str]:
    return _VERBS[words.labels.read_notes("cop.statut", "x-temps").get(cop.statut, "present")]


def _tell_who_meets(cop: Cop) -> tuple[str, int]:
    """In words and in number: the colleges, among the total where it is more."""
    colleges = lists.list_colleges(cop)
    seats = sum(college.count for college in colleges)
    total = (cop.composition and cop.composition.total) or 0
    in_figures = any(count > 20 for count in (total, *(college.count for college in colleges)))
    named = enumeration(college.words if in_figures else college.in_letters for college in colleges)
    if total <= seats:
        return named, seats
    members = f"{nombre(total) if in_figures else en_lettres(total)} {accord(total, 'membre')}"
    return (f"{members} (dont {named})" if named else members), total


def _tell_what_it_does(cop: Cop, words: Words, meets: str, works: str) -> Iterator[str]:
    how = (
        words.say_phrase("cop.frequence", cop.frequence),
        words.say_phrase("cop.seances_publiques", cop.seances_publiques),
    )
    if any(how):
        yield f"{meets} {', '.join(filter(None, how))}"
    if cop.saisine:
        yield f"{works} {enumeration((words.say_phrase('cop.saisine', value) for value in cop.saisine), 'ou')}"


def _find_subject(cop: Cop, words: Words) -> str:
    """`elle` or `il` where the name begins with the noun of its form, so that both agree; else `la COP`."""
    noun = words.labels.of("cop.type", cop.type).partition(" ")[0]
    pronoun = words.labels.read_notes("cop.type", "x-pronom").get(cop.type)
    return pronoun if pronoun and cop.nom.partition(" ")[0] == noun else "la COP"


_HOW_IT_WORKS = (
    "designation",
    "animation",
    "frequence",
    "seances_publiques",
    "participation",
    "decision",
    "saisine",
)
"""What its page says in sentences, and what it says it lacks."""

# As facts -------------------------------------------------------------------------------------------------------------


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
    )


def tell_who_sits(cop: Cop, words: Words) -> tuple[str, ...]:
    """Who its members are and how they work, one sentence each; the rhythm is in the sentence that sums it up."""
    *_, are = _conjugate(cop, words)
    sentences = (
        _tell_members(cop),
        _tell_choice(cop, words, are),
        _tell_with(f"Les séances {are} animées", words, "cop.animation", cop.animation),
        _tell_with(f"Les membres {are}", words, "cop.participation", (cop.participation,)),
        _tell_with(f"Les positions {are} prises", words, "cop.decision", cop.decision),
    )
    return tuple(typographie(f"{sentence}.") for sentence in sentences if sentence)


def _tell_with(begin: str, words: Words, path: str, values: Iterable[str | None]) -> str:
    """A sentence that ends with the words of some values, empty without any."""
    phrases = enumeration(filter(None, (words.say_phrase(path, value) for value in values)))
    return f"{begin} {phrases}" if phrases else ""


def tell_missing(cop: Cop, facts: Iterable[Fact], words: Words) -> str:
    """All that the entry does not say yet, in one phrase: `courriel, fréquence, engagements et documents`."""
    sections = {
        "comment rejoindre la COP": cop.rejoindre or cop.finie,
        "courriel": cop.contact.courriel,
        "Pacte de la Coopération": cop.pacte,
        "engagements": cop.engagements,
        "documents": cop.documents,
    }
    total = cop.composition and cop.composition.total
    names = [name for name, value in {**sections, "nombre de membres": total}.items() if not value]
    names += [words.labels.field(f"cop.{key}").label.lower() for key in _HOW_IT_WORKS if not getattr(cop, key)]
    names += [fact.label.lower() for fact in facts if not fact.lines]
    return enumeration(names)


def _tell_members(cop: Cop) -> str:
    """Where the colleges, which are drawn, do not already tell it."""
    composition = cop.composition
    if composition is None or composition.total is None:
        return ""
    drawn = sum(college.count for college in lists.list_colleges(cop))
    young = f", dont {pluriel(composition.jeunes, 'jeune')}" if composition.jeunes else ""
    return f"{pluriel(composition.total, 'membre')}{young}" if young or composition.total > drawn else ""


def _tell_choice(cop: Cop, words: Words, are: str) -> str:
    """How its members are chosen, and whether women and men are as many."""
    chosen = _tell_with(f"Les membres {are} choisis", words, "cop.designation", cop.designation)
    parity = words.say_phrase("cop.composition.parite", cop.composition.parite if cop.composition else None)
    if not parity:
        return chosen
    return f"{chosen}, {parity}" if chosen else f"La composition se fait {parity}"


def tell_frame(cop: Cop, words: Words) -> tuple[Fact, ...]:
    facts = [
        state_fact("Création", date_longue(cop.creee_le) if cop.creee_le else ""),
        state_fact("Mandat", _tell_term(cop)),
        state_fact("Base légale", _tell_basis(cop, words)),
        state_fact("Démarche", *(_tell_demarche(demarche, words) for demarche in cop.demarche)),
        state_fact("Délibération", _tell_deliberation(cop)),
    ]
    if cop.perimetre:
        count = len(cop.communes)
        facts.append(state_fact("Périmètre", f"{nombre(count)} {accord(count, 'commune')}"))
    return tuple(facts)


def _tell_basis(cop: Cop, words: Words) -> Line | str:
    """The article, and the code where it is to be read: only the law itself is to be trusted."""
    name = words.say("cop.base_legale", cop.base_legale)
    code = words.labels.read_notes("cop.base_legale", "x-lien").get(cop.base_legale or "")
    return Line(name, code, " ; le code est sur Légifrance") if code else name


def _tell_term(cop: Cop) -> str:
    if not cop.mandat or not (cop.mandat.debut or cop.mandat.fin):
        return ""
    start, end = cop.mandat.debut or "", cop.mandat.fin or ""
    if start and end:
        both = f"{de_date(start)} {_tell_end(end)}"
        return f"{start}–{end}" if len(start) == len(end) == len("2026") else both
    return f"depuis {'le ' if _is_day(start) else ''}{date_longue(start)}" if start else f"jusqu’{_tell_end(end)}"


def _tell_end(iso: str) -> str:
    """`au 14 mars 2026`, `à mars 2026`."""
    return f"{'au' if _is_day(iso) else 'à'} {date_longue(iso)}"


def _is_day(iso: str) -> bool:
    return len(iso) == len("2026-03-14")


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
