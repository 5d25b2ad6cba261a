"""What COP, trainings and news can be found by: what their files say, without dates nor what every page repeats."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.model.actualite import Actualite
from generator.model.agenda import open_to
from generator.model.cop import Cop, upcoming
from generator.model.fields import Rencontre
from generator.model.formation import Formation
from generator.model.names import other_names, words_of_cop, words_of_themes
from generator.pages.entries import prose
from generator.pages.entries.facts import tell_place
from generator.pages.frame.record import Record
from generator.pages.site import Site


def record_cop(site: Site, cop: Cop) -> Record:
    labels = site.labels
    themes = [labels.of("cop.themes", theme) for theme in cop.themes]
    engagements = [text for engagement in cop.engagements for text in (engagement.titre, engagement.resultat)]
    coming = upcoming(cop.rencontres, site.annuaire.today)
    return Record(
        kind="cops",
        address=cop.adresse,
        title=cop.nom,
        summary=cop.resume,
        texts=_keep_said(
            cop.nom_br,
            cop.resume_br,
            labels.of("cop.statut", cop.statut_affiche),
            site.words.say_kind(cop),
            labels.of("cop.type", cop.type),
            *(departement.nom for departement in cop.departements),
            *(partie.nom for partie in cop.parties),
            *themes,
            *engagements,
            *(text for rencontre in coming for text in _tell_meeting(rencontre)),
            *_tell_others(site, "cop", cop.donnees),
        ),
        long_text=prose.write_html(cop.description),
        names=words_of_cop(cop),
        place=cop.collectivite_nom,
        place_addresses=tuple(_list_places(cop)),
        known_as=other_names(cop),
    )


def record_formation(site: Site, formation: Formation) -> Record:
    labels = site.labels
    places = [tell_place(session.lieu) for session in formation.sessions_a_venir]
    return Record(
        kind="formations",
        address=formation.adresse,
        title=formation.titre,
        summary=formation.resume,
        texts=_keep_said(
            formation.organisateur.nom,
            *formation.objectifs,
            *places,
            *(labels.of("formation.themes", theme) for theme in formation.themes),
            *(document.titre for document in formation.documents),
            *(site.annuaire.par_id[name].nom for name in formation.cops_liees),
            *_tell_others(site, "formation", formation.donnees),
        ),
        long_text=prose.write_html(formation.programme),
        names=words_of_themes(formation.themes, labels),
    )


def record_actualite(site: Site, actualite: Actualite, territoires: Iterable[str]) -> Record:
    """`territoires`: the names of those that it is about."""
    labels = site.labels
    event = actualite.evenement
    return Record(
        kind="actualites",
        address=actualite.adresse,
        title=actualite.titre,
        summary=actualite.resume,
        texts=_keep_said(
            labels.of("actualite.categorie", actualite.categorie),
            *((*_tell_meeting(event), open_to(event.ouverte_a, labels, "")) if event else ()),
            *(site.annuaire.par_id[name].nom for name in actualite.cops),
            *territoires,
            *(labels.of("actualite.themes", theme) for theme in actualite.themes),
            *(page.titre for page in actualite.liens),
            *_tell_others(site, "actualite", actualite.donnees),
        ),
        long_text=prose.write_html(actualite.texte),
        names=words_of_themes(actualite.themes, labels),
    )


def _list_places(cop: Cop) -> Iterator[str]:
    """The pages of its bearer and of all that it covers besides."""
    find = cop.context.territories.collectivite
    covered = (find("commune" if len(code) == 5 else "epci", code) for code in cop.perimetre)
    for place in dict.fromkeys((cop.territoire, *covered)):
        if place:
            yield place.adresse


def _tell_meeting(rencontre: Rencontre) -> tuple[str, ...]:
    return rencontre.objet, tell_place(rencontre.lieu)


def _tell_others(site: Site, kind: str, data: Mapping[str, Any]) -> Iterator[str]:
    """What it says under keys that have no place of their own."""
    yield from ("".join(said.words for said in fact.said) for fact in site.list_other_facts(kind, data))


def _keep_said(*texts: str | None) -> tuple[str, ...]:
    """The texts that say something, each once."""
    return tuple(dict.fromkeys(filter(None, texts)))
