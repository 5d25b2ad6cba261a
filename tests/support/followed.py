"""A small directory with something of each kind to follow: what the golden feeds and calendars are made of."""

from generator.feeds import rss
from generator.feeds.calendars import calendar_files
from generator.model.agenda import Agenda, build_agenda
from generator.model.annuaire import Annuaire
from tests.support import annuaires
from tests.support.annuaires import SETTINGS, TODAY

MEETINGS = """\
rencontres:
  - debut: 2027-01-14 18:30
    fin: 2027-01-14 20:00
    id: lancement
    objet: Réunion « de lancement » ; ouverte, à tous & toutes
    lieu: {nom: Salle fictive, adresse: "3, rue inventée", code: "29233"}
    ouverte_a: public
  - debut: 2027-02-01
    fin: 2027-02-03
    objet: Trois jours d’ateliers
    statut: annulee
    revision: 1
    modifie_le: 2026-11-20 09:15
  - debut: 2027-03-27 22:00
    fin: 2027-03-28 04:00
    objet: Nuit du changement d’heure
  - debut: 2026-12-01 20:00
    fin: 2026-12-01 22:00
    objet: Bilan c’hoazh 🌊
    statut: reportee
    reportee_au: 2026-12-15 20:30
    revision: 2
    modifie_le: 2026-11-22
  - debut: 2026-10-20
    objet: Passée depuis un mois et plus
"""
SESSIONS = """\
pacte_piliers: [vision]
sessions:
  - debut: 2026-12-03 09:00
    fin: 2026-12-04 17:30
    places: 12
    lieu: {nom: Maison fictive, code: "35238"}
    inscription_jusqu_au: 2026-11-30
  - debut: 2026-11-10
    statut: complete
"""
NEWS = """\
titre: Une soirée fictive
resume: Une nouvelle inventée pour les essais.
categorie: reseau
themes: [eau]
evenement:
  debut: 2027-01-20 19:00
  objet: Soirée du réseau
  en_ligne_url: https://exemple.org/visio
"""


def directory(today: str = TODAY) -> Annuaire:
    return annuaires.build(
        {
            "essai": annuaires.cop(nom="COP fictive de Quimperlé", more=MEETINGS),
            "35/langon": annuaires.cop(nom="Autre COP fictive", inscrite_le="2026-02-01"),
        },
        {"coop": annuaires.formation(more=SESSIONS), "demande": annuaires.formation(titre="Formation à la demande")},
        {"2026-11-02-soiree": NEWS},
        today,
    )


def agenda_of(annuaire: Annuaire) -> Agenda:
    return build_agenda(annuaire, SETTINGS.reseau)


def calendars(annuaire: Annuaire) -> dict[str, bytes]:
    return calendar_files(agenda_of(annuaire), annuaire, SETTINGS)


def feeds_of(annuaire: Annuaire) -> dict[str, bytes]:
    return rss.files(annuaire, SETTINGS)
