"""What pages say of an entry: lists of labels and values, a state, a date, a link. Nothing reads « non renseigné ».

Made here and not in the templates: twenty macros a page would cost more than everything else on it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from generator.french import accord, date_longue, enumeration, nombre, periode, pluriel, typographie
from generator.model.agenda import Event
from generator.model.cop import Cop
from generator.model.fields import Composition, Dated, Demarche, Lieu
from generator.model.labels import Labels

Fact = tuple[str, str]  # label and value; the value may be markup, or empty
EMPTY = ""
BREAK = Markup("<br>")
EMPTY_RING = "vide"


def link(url: str | None, words: str) -> str:
    """A link where there is an address, the words alone where there is none."""
    text = typographie(words)
    return Markup(f'<a href="{escape(url)}">{escape(text)}</a>') if url else text  # noqa: S704 (escaped)


def lines(parts: Iterable[str]) -> Markup:
    """The parts that say something, one a line."""
    return BREAK.join(part for part in parts if part)


def listing(facts: Iterable[Fact]) -> Markup:
    """A definition list; what is missing says so, and somebody may add it."""
    return Markup(f'<dl class="faits">\n{_rows(facts)}</dl>\n')  # noqa: S704 (escaped)


def known(facts: Sequence[Fact], more: str = "", complete: str = "") -> Markup:
    """Many facts: those that say nothing stand in one line, with a link to `complete`; a single one keeps its place.

    `more` follows the class of the list.
    """
    missing = [label for label, value in facts if not value]
    if len(missing) < 2:
        last = ""
    else:
        names = escape(enumeration(label.lower() for label in missing))
        door = f'. <a href="{escape(complete)}">Compléter</a>' if complete else ""
        last = f'<div><dt>Non renseigné</dt><dd class="inconnu">{names}{door}</dd></div>\n'
        facts = [fact for fact in facts if fact[1]]
    return Markup(  # noqa: S704 (escaped)
        f'<dl class="faits{more}" data-pagefind-ignore>\n{_rows(facts)}{last}</dl>\n'
    )


def _rows(facts: Iterable[Fact]) -> str:
    return "".join(f"<div><dt>{escape(label)}</dt>{_value(value)}</div>\n" for label, value in facts)


def _value(value: str) -> str:
    return f"<dd>{escape(value)}</dd>" if value else '<dd class="inconnu">non renseigné</dd>'


@dataclass(frozen=True, slots=True)
class Words:
    """Labels of closed values as a sentence needs them."""

    labels: Labels

    def one(self, path: str, value: str | None) -> str:
        """Nothing for a value that only says that nobody knows (`x-inconnu`)."""
        if not value or self.labels.noted(path, "x-inconnu").get(value):
            return EMPTY
        return typographie(self.labels.of(path, value))

    def lower(self, path: str, value: str | None) -> str:
        words = self.one(path, value)
        return words[:1].lower() + words[1:]

    def many(self, path: str, values: Iterable[str]) -> str:
        """`Tirage au sort et volontariat`: only the first keeps its capital."""
        words = [self.lower(path, value) for value in values]
        text = enumeration(words)
        return text[:1].upper() + text[1:]


# A word, a date ------------------------------------------------------------------------------------------------------


def state(labels: Labels, path: str, value: str) -> Markup:
    """A status in words, after its ring: the schema says which of those that the style sheet draws (`x-signe`)."""
    sign = labels.noted(path, "x-signe").get(value, EMPTY_RING)
    return Markup(f'<span class="statut statut--{sign}">{escape(labels.of(path, value))}</span>')  # noqa: S704 (closed)


def kind(cop: Cop, words: Words) -> str:
    return typographie(cop.precision) if cop.precision else words.one("cop.type", cop.type)


def dated(event: Dated, e: str = "e") -> str:
    """When it is held; the form and the words say whether it was moved or cancelled. `e`: the mark of gender."""
    if event.statut == "annulee":
        return Markup("<s>{}</s> <strong>annulé{}</strong>").format(date_longue(event.debut), e)
    if event.reportee_au:
        moved = date_longue(event.debut), e, date_longue(event.reportee_au)
        return Markup("<s>{}</s> <strong>reporté{}</strong> au {}").format(*moved)
    return periode(event.debut, event.fin)


def place(lieu: Lieu) -> str:
    return ", ".join(typographie(part) for part in (lieu.nom, lieu.adresse) if part)


def where(event: Dated | Event) -> str:
    """Place in words, `en ligne` where there is only that."""
    if event.lieu:
        return place(event.lieu)
    return "en ligne" if event.en_ligne_url else ""


# COP ------------------------------------------------------------------------------------------------------------------


def who_sits(cop: Cop, words: Words) -> list[Fact]:
    return [
        ("Au total", members(cop.composition)),
        ("Désignation", "\u202f; ".join(filter(None, (words.many("cop.designation", cop.designation), parity(cop))))),
        ("Animation", words.many("cop.animation", cop.animation)),
        ("Rythme", words.one("cop.frequence", cop.frequence)),
        ("Séances publiques", words.one("cop.seances_publiques", cop.seances_publiques)),
        ("Participation", words.one("cop.participation", cop.participation)),
        ("Décision", words.many("cop.decision", cop.decision)),
        ("Saisine", words.many("cop.saisine", cop.saisine)),
    ]


def members(composition: Composition | None) -> str:
    if composition is None or composition.total is None:
        return EMPTY
    young = f", dont {pluriel(composition.jeunes, 'jeune')}" if composition.jeunes else ""
    return f"{pluriel(composition.total, 'membre')}{young}"


def parity(cop: Cop) -> str:
    if not (cop.composition and cop.composition.parite):
        return EMPTY
    return "parité exigée" if cop.composition.parite == "oui" else "parité non exigée"


def frame(cop: Cop, words: Words) -> list[Fact]:
    facts = [
        ("Créée", date_longue(cop.creee_le) if cop.creee_le else EMPTY),
        ("Mandat", term(cop)),
        ("Base légale", words.one("cop.base_legale", cop.base)),
        ("Démarche", lines(demarche(item, words) for item in cop.demarche)),
        ("Délibération", deliberation(cop)),
    ]
    if cop.perimetre:
        count = len(cop.communes)
        facts.append(("Périmètre", f"{nombre(count)} {accord(count, 'commune')}"))
    return facts


def term(cop: Cop) -> str:
    if not cop.mandat or not (cop.mandat.debut or cop.mandat.fin):
        return EMPTY
    start, end = (date_longue(day) if day else "…" for day in (cop.mandat.debut, cop.mandat.fin))
    return f"{start}–{end}"


def demarche(item: Demarche, words: Words) -> str:
    name = link(item.url, item.nom or words.one("cop.demarche.type", item.type))
    return name + f" ({words.lower('cop.demarche.etat', item.etat)})" if item.etat else name


def deliberation(cop: Cop) -> str:
    vote = cop.deliberation
    if vote is None:
        return EMPTY
    number = f"n° {vote.numero}" if vote.numero else ""
    words = ", ".join(filter(None, (vote.objet, number, date_longue(vote.date) if vote.date else "")))
    return link(vote.url, words or "Texte de la délibération") if words or vote.url else EMPTY


def how_to_join(cop: Cop, words: Words) -> str:
    join = cop.rejoindre
    if join is None:
        return EMPTY
    if cop.rejoindre_ferme:
        state = f"Fermé depuis le {date_longue(join.jusqu_au or '')}"
    else:
        is_open = words.labels.noted("cop.rejoindre.mode", "x-ouvert").get(join.mode)
        open_until = join.jusqu_au if is_open else None
        until = f", jusqu’au {date_longue(open_until)}" if open_until else ""
        state = words.one("cop.rejoindre.mode", join.mode) + until
    page = link(join.url, "Page pour rejoindre") if join.url and not cop.rejoindre_ferme else ""
    return lines((state, typographie(join.comment or ""), page))


def contact(cop: Cop) -> str:
    own = cop.contact
    address = escape(own.courriel or "")
    mail = Markup(f'<a class="insecable" href="mailto:{address}">{address}</a>') if address else ""  # noqa: S704
    missing = "" if mail else Markup('<span class="inconnu">courriel non renseigné</span>')
    phone = (own.telephone or "").replace(" ", "")
    return lines(
        (
            typographie(own.fonction or ""),
            mail,
            link(own.formulaire, "Formulaire de contact") if own.formulaire else "",
            link(own.page, "La page de présentation") if own.page else "",
            link(f"tel:{phone}", own.telephone or "") if phone else "",
            typographie(own.adresse or ""),
            missing,
        )
    )
