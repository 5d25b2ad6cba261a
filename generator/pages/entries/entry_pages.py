"""The pages of the entries: a COP with its former addresses, a training, a news item."""

from collections.abc import Callable, Iterator
from functools import partial

from generator import french
from generator.model.agenda import calendar_of
from generator.model.annuaire import Actualite, Formation
from generator.model.cop import Cop, upcoming
from generator.model.fields import Session
from generator.pages import jsonld
from generator.pages.agenda import following
from generator.pages.agenda.rows import deadline
from generator.pages.entries import doors, facts, trainings
from generator.pages.entries.other_facts import other_facts
from generator.pages.frame.page import Page, Values
from generator.pages.groups import lists
from generator.pages.site import Site
from generator.territories.reference import Departement, Region, Territoire


def pages(site: Site) -> Iterator[Page]:
    """Every page of an entry."""
    for cop in site.annuaire.cops:
        yield cop_page(site, cop)
        yield from redirections(cop)
    for formation in site.annuaire.formations:
        yield formation_page(site, formation)
    for actualite in site.annuaire.actualites:
        yield actualite_page(site, actualite)


# COP ------------------------------------------------------------------------------------------------------------------


def cop_page(site: Site, cop: Cop) -> Page:
    return Page(cop.adresse, "cops", "cop.html", cop.nom, cop.resume, partial(_cop, site, cop))


def _cop(site: Site, cop: Cop) -> Values:
    annuaire = site.annuaire
    pacte, pillars = cop.pacte.piliers if cop.pacte else None, site.labels.field("cop.pacte.piliers").children
    around: list[Territoire] = [*cop.departements[:1], *cop.epcis[:1]]
    trail = [(t.nom, lists.territory_path(t)) for t in around]
    words, coming = site.words, following.meetings(site, cop)
    steps = [("Annuaire", "cops/"), *trail, (cop.nom, cop.adresse)]
    return {
        "cop": cop,
        "rejoindre": facts.how_to_join(cop, words),
        "contact": facts.contact(cop),
        "qui_siege": facts.who_sits(cop, words),
        "cadre": facts.frame(cop, words),
        "fil": trail,
        "lieu_en_mots": place_in_words(cop),
        "alias": lists.aliases(cop),
        "rencontres": coming,
        "prochaine": following.next_meeting(coming),
        "calendrier": calendar_of(cop.adresse) if cop.adresse in site.agenda.par_page else "",
        "piliers": [(name, getattr(pacte, name)) for name in pillars] if pacte else [],
        "autres": other_facts(cop),
        "voisines": annuaire.voisines(cop),
        "carte": site.atlas.lieu(cop),
        "formations": [annuaire.formations_par_id[name] for name in cop.formations],
        "actualites": annuaire.actualites_par_cop.get(cop.id, ()),
        "suite": annuaire.par_id.get(cop.remplacee_par or ""),
        "portes": doors.of_cop(site, cop),
        "donnees_liees": jsonld.dump(jsonld.cop(site, cop), jsonld.breadcrumb(site, steps)),
    }


def place_in_words(cop: Cop) -> str:
    """`Quimperlé (Finistère)`; an EPCI across a border names both départements."""
    where = french.enumeration(d.nom for d in cop.departements)
    if not where or isinstance(cop.territoire, Departement | Region):
        return cop.collectivite_nom
    return f"{cop.collectivite_nom} ({where})"


def redirections(cop: Cop) -> Iterator[Page]:
    """An address that was published stays good."""
    for former in cop.anciens_ids:
        description = f"Cette fiche est maintenant à l’adresse {cop.adresse}"
        values: Callable[[], Values] = partial(dict, cop=cop)
        yield Page(f"cops/{former}/", "cops", "redirection.html", cop.nom, description, values, dans_le_plan=False)


# Trainings and news ---------------------------------------------------------------------------------------------------


def formation_page(site: Site, formation: Formation) -> Page:
    values = partial(_formation, site, formation)
    return Page(formation.adresse, "formations", "formation.html", formation.titre, formation.resume, values)


def _formation(site: Site, formation: Formation) -> Values:
    known = site.annuaire.par_id
    words = site.words
    steps = [("Formations", "formations/"), (formation.titre, formation.adresse)]
    return {
        "formation": formation,
        "inscription": trainings.registration(formation, words),
        "en_pratique": trainings.in_practice(formation, words),
        "cops": [known[name] for name in formation.cops_liees],
        "fichiers_ics": following.calendar_files("session", formation, formation.sessions_a_venir),
        "bouton": trainings.register(formation),
        "sessions": [_session(formation, session) for session in formation.sessions_a_venir],
        "donnees_liees": jsonld.dump(jsonld.formation(site, formation), jsonld.breadcrumb(site, steps)),
    }


def _session(formation: Formation, session: Session) -> tuple[Session, str, bool, str]:
    """A session to come, its state in words, whether one may register, and until when."""
    is_open = formation.inscription_ouverte(session)
    until = deadline(session.inscription_jusqu_au, formation.today) if is_open else ""
    return session, trainings.session_state(formation, session), is_open, until


def actualite_page(site: Site, item: Actualite) -> Page:
    return Page(item.adresse, "actualites", "actualite.html", item.titre, item.resume, partial(_actualite, site, item))


def _actualite(site: Site, item: Actualite) -> Values:
    coming = upcoming([item.evenement] if item.evenement else [], site.annuaire.today)
    steps = [("Actualités", "actualites/"), (item.titre, item.adresse)]
    return {
        "actualite": item,
        "date_en_mots": french.date_longue(item.date_affichee),
        "cops": [site.annuaire.par_id[name] for name in item.cops],
        "a_venir": bool(coming),
        "fichiers_ics": following.calendar_files("evenement", item, coming),
        "territoires": [territory_of_code(site, code) for code in item.territoires],
        "donnees_liees": jsonld.dump(jsonld.actualite(site, item), jsonld.breadcrumb(site, steps)),
    }


def territory_of_code(site: Site, code: str) -> tuple[str, str]:
    """Name and page of an EPCI, a département, the Région; of a commune, its name and the page of its EPCI."""
    territories = site.annuaire.territories
    for kind in ("commune", "epci", "departement", "region"):
        own = territories.collectivite(kind, code)
        if own:
            page = own if kind != "commune" else territories.chain(kind, code).epci
            return own.nom, lists.territory_path(page) if page else ""
    return code, ""
