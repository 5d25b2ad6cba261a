"""The engagements of all COP, by theme and by territory, with those whose term is over on the day of the build."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator import french
from generator.model.actions import CopEngagement, list_engagements
from generator.pages.actions import shelves
from generator.pages.actions.shelves import ActionRow, Directory, Kind, Shelf
from generator.pages.entries.facts import state_progress
from generator.pages.frame.page import Page
from generator.pages.site import Site

PATH, NAME = "cop.engagements.statut", "Les engagements"
LATE, AHEAD = "passee", "a-venir"


def list_pages(site: Site) -> Iterator[Page]:
    yield from shelves.list_pages(site, make_kind(site), list_shelves(site))


def make_kind(site: Site) -> Kind:
    terms = {LATE: f"passée au {french.date_longue(site.annuaire.today)}", AHEAD: "à venir"}
    questions = [
        ("theme", "Thème", "Tous les thèmes", dict(site.labels.choices("cop.themes"))),
        ("etat", "Avancement", "Tous", dict(site.labels.choices(PATH))),
        ("echeance", "Échéance", "Toutes", terms),
        ("territoire", "Où", "Partout", name_departements(site)),
    ]
    return Kind("engagements", NAME, "engagement", "engagements", questions)


def name_departements(site: Site) -> dict[str, str]:
    return {d.slug: d.nom for d in site.annuaire.departements}


def list_rows(site: Site) -> Sequence[ActionRow]:
    return [_make_row(site, item) for item in list_engagements(site.annuaire)]


def list_shelves(site: Site) -> Sequence[Shelf]:
    """One for each theme and each département that has some."""
    rows = list_rows(site)
    axes = (
        ("theme", "Par thème", site.labels.choices("cop.themes")),
        ("territoire", "Par département", name_departements(site)),
    )
    made = (
        Shelf(key, value, label, [row for row in rows if value in row.answers[key].split()], heading)
        for key, heading, names in axes
        for value, label in names.items()
    )
    return [shelf for shelf in made if shelf.rows]


def _make_row(site: Site, item: CopEngagement) -> ActionRow:
    engagement = item.engagement
    theme = site.labels.of("cop.themes", engagement.theme) if engagement.theme else ""
    day = french.date_longue(engagement.echeance) if engagement.echeance else ""
    term = f"échéance passée : {day}" if item.is_late else f"échéance : {day}" if day else ""
    result = f"résultat : {engagement.resultat}" if engagement.resultat else ""
    is_ahead = bool(day) and site.labels.read_notes(PATH, "x-ouvert").get(engagement.statut)
    return ActionRow(
        cop=item.cop,
        title=engagement.titre,
        url=f"{item.cop.adresse}#engagements",
        status=state_progress(PATH, engagement.statut, site.labels),
        words=(("theme", theme), ("echeance", term), ("resultat", result)),
        answers={
            "sorte": "engagement",
            "theme": engagement.theme or "",
            "etat": engagement.statut,
            "echeance": LATE if item.is_late else AHEAD if is_ahead else "",
            "territoire": " ".join(departement.slug for departement in item.cop.departements),
        },
    )


@dataclass(frozen=True, slots=True)
class EngagementIndex:
    """What /engagements/ shows."""

    directory: Directory
    states: Sequence[tuple[str, int]]  # label and number, in the order of the schema
    late: int  # whose term is over


def make_index(site: Site) -> EngagementIndex:
    rows = list_rows(site)
    states = [
        (label, sum(row.answers["etat"] == value for row in rows)) for value, label in site.labels.choices(PATH).items()
    ]
    late = sum(row.answers["echeance"] == LATE for row in rows)
    directory = shelves.make_directory(make_kind(site), list_shelves(site), rows)
    return EngagementIndex(directory, [state for state in states if state[1]], late)
