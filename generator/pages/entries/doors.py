"""The doors by which a reader says that an entry is right, wrong or out of date: form, request on the forge, e-mail."""

from dataclasses import dataclass

from generator.model.cop import Cop
from generator.pages.site import Site
from generator.repository import forge
from generator.repository.settings import Settings


@dataclass(frozen=True, slots=True)
class Doors:
    """Addresses for one entry. The form is always there; the others are None where the settings name no way in."""

    form: str  # from the root of the site
    meeting: str  # « Annoncer une rencontre », likewise
    confirm: str | None  # « Toujours exact ? »: asks for a new `verifiee_le`
    report: str | None  # « Signaler une erreur »


def find_doors(site: Site, cop: Cop) -> Doors:
    """The doors of an entry; the forge first, for a request there is answered by itself."""
    settings, page = site.settings, site.url(cop.adresse)
    read = f"Bonjour,\n\nJ’ai relu cette fiche, tout y est exact.\n\n{page}\n{cop.chemin}\n"
    mistake = f"Bonjour,\n\nCe qui n’est pas exact dans cette fiche :\n\n\n{page}\n"
    still, wrong = f"Toujours exact : {cop.nom}", f"Erreur : {cop.nom}"
    return Doors(
        form=f"ajouter/?cop={cop.id}",
        meeting=f"ajouter/rencontre/?cop={cop.id}",
        confirm=forge.issue_url(settings, "confirmer-une-fiche.yml", still, fiche=cop.id)
        or forge.mailto(settings, still, read),
        report=forge.issue_url(settings, "signaler-une-erreur.yml", wrong, fiche=cop.id)
        or forge.mailto(settings, wrong, mistake),
    )


def find_correction_pattern(settings: Settings) -> str | None:
    """The page that asks for a correction. The form's script fills in `titre`, `fiche`, `changement` and `fichier`.

    Each stands between braces, percent-encoded like the rest.
    """
    answers = {"fiche": "{fiche}", "changement": "{changement}", "fichier": "{fichier}"}
    return forge.issue_url(settings, "corriger-une-fiche.yml", "{titre}", **answers)
