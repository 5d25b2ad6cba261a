"""Linked data of meetings and trainings: what search engines need to show a date, and nothing that is not known."""

import json
import re
from typing import Any

from generator.pages import jsonld
from generator.pages.site import Site
from tests.support import annuaires

MEETINGS = """\
rencontres:
  - debut: 2027-01-14 18:30
    fin: 2027-01-14 20:00
    objet: Réunion fictive
    lieu: {nom: Salle fictive, adresse: "3, rue inventée", code: "29233"}
  - {debut: 2027-02-01, objet: Ailleurs, statut: annulee, en_ligne_url: "https://exemple.org/visio"}
  - {debut: 2027-03-01, objet: Plus tard, statut: reportee, reportee_au: 2027-03-08}
  - {debut: 2026-01-01, objet: Passée}
"""
SESSIONS = """\
duree_heures: "3,5"
prerequis: Aucun.
sessions:
  - {debut: 2026-12-03 18:30, fin: 2026-12-03 22:00, lieu: {nom: Salle fictive}}
"""


def read(things: list[jsonld.Thing]) -> list[dict[str, Any]]:
    script = re.fullmatch(r"<script[^>]*>(.*)</script>", str(jsonld.dump(*things)))
    assert script
    graph: list[dict[str, Any]] = json.loads(script[1])["@graph"]
    return graph


def site() -> Site:
    annuaire = annuaires.build({"a": annuaires.cop(more=MEETINGS)}, {"f": annuaires.formation(more=SESSIONS)})
    return Site(annuaire, annuaires.SETTINGS, annuaires.SCHEMAS)


def test_meetings_to_come_are_events() -> None:
    found = site()
    room, online, later = read(jsonld.describe_meetings(found, found.annuaire.cops[0]))
    assert room["@type"] == "Event"
    assert (room["startDate"], room["endDate"]) == ("2027-01-14T18:30:00+01:00", "2027-01-14T20:00:00+01:00")
    assert room["location"] == {"@type": "Place", "name": "Salle fictive", "address": "3, rue inventée"}
    assert room["eventAttendanceMode"].endswith("/OfflineEventAttendanceMode")
    assert online["eventStatus"].endswith("/EventCancelled")
    assert online["location"] == {"@type": "VirtualLocation", "url": "https://exemple.org/visio"}
    assert (later["startDate"], later["previousStartDate"]) == ("2027-03-08", "2027-03-01")
    assert later["location"]["name"] == "Quimperlé"
    assert len({thing["@id"] for thing in (room, online, later)}) == 3


def test_a_course_says_its_length_and_for_whom_it_is() -> None:
    found = site()
    (course,) = read([jsonld.describe_formation(found, found.annuaire.formations[0])])
    assert [one["audienceType"] for one in course["audience"]] == ["Élus", "Habitants"]
    assert course["coursePrerequisites"] == "Aucun."
    (session,) = course["hasCourseInstance"]
    assert session["courseWorkload"] == "PT3H30M"
    assert session["startDate"] == "2026-12-03T18:30:00+01:00"
