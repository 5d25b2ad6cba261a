"""The doors by which a reader says that an entry is right, wrong or out of date: form, e-mail, request on the forge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.entries.schemas.schema import Schema
from generator.model.cop import Cop
from generator.pages.site import Site
from generator.repository import forge
from generator.repository.prefilled import begin_entry_message, write_entry_message, write_message
from generator.repository.prompts import CONSENT, LICENCE, Form
from generator.repository.request_forms import ask_confirmation, ask_correction, ask_report
from generator.repository.settings import Settings


@dataclass(frozen=True, slots=True)
class Door:
    """One way in: by e-mail first, which asks for no account; else by the forge."""

    url: str
    other_url: str  # the same on the forge, where the first is by e-mail; empty without


@dataclass(frozen=True, slots=True)
class Doors:
    """Addresses for one entry. The form is always there; the others are None where the settings name no way in."""

    form: str  # from the root of the site
    meeting: str  # « Annoncer une rencontre », likewise
    confirm: Door | None  # « Toujours exact ? »: asks for a new `verifiee_le`, and whether the COP still meets
    report: Door | None  # « Signaler une erreur »
    forge: str  # what people call it


def find_doors(site: Site, cop: Cop) -> Doors:
    return Doors(
        form=f"ajouter/?cop={cop.id}",
        meeting=f"ajouter/rencontre/?cop={cop.id}",
        confirm=_find_door(site, cop, ask_confirmation(site.schemas["cop"])),
        report=_find_door(site, cop, ask_report()),
        forge=forge.name(site.settings),
    )


def _find_door(site: Site, cop: Cop, form: Form) -> Door | None:
    title = f"{form.issue_title}{cop.nom}"
    on_forge = forge.issue_url(site.settings, form, title, fiche=cop.id)
    mail = forge.mailto(site.settings, title, write_message(form, {"fiche": site.url(cop.adresse)}))
    if mail:
        return Door(mail, on_forge or "")
    return Door(on_forge, "") if on_forge else None


@dataclass(frozen=True, slots=True)
class FormDoors:
    """Where the form sends what it wrote: addresses to complete, empty where the settings name no way in."""

    new_file: str
    edition: str
    correction: str
    forge: str  # its name
    first_words: str  # of a message that brings a file
    new_message: str
    correction_message: str
    required: Mapping[str, str]  # by kind, the keys that an entry cannot do without
    consent: str
    licence: str  # its name, in that sentence


def find_form_doors(site: Site) -> FormDoors:
    """The doors of the forms, which complete them."""
    settings = site.settings
    return FormDoors(
        new_file=forge.new_file_pattern(settings) or "",
        edition=forge.edit_pattern(settings) or "",
        correction=find_correction_pattern(settings) or "",
        forge=forge.name(settings),
        first_words=begin_entry_message(),
        new_message=write_entry_message(),
        correction_message=write_correction_pattern(),
        required={kind: " ".join(_list_required(schema)) for kind, schema in site.schemas.items()},
        consent=CONSENT,
        licence=LICENCE,
    )


def _list_required(schema: Schema) -> Sequence[str]:
    return [name for name, field in schema.fields.children.items() if field.required]


def write_correction_pattern() -> str:
    """The message that asks for the same; see `find_correction_pattern`."""
    return write_message(ask_correction(), {name: f"{{{name}}}" for name in ("fiche", "changement", "fichier")})


def find_correction_pattern(settings: Settings) -> str | None:
    """The page that asks for a correction. The form's script fills in `titre`, `fiche`, `changement` and `fichier`.

    Each stands between braces, percent-encoded like the rest.
    """
    answers = {"fiche": "{fiche}", "changement": "{changement}", "fichier": "{fichier}"}
    return forge.issue_url(settings, ask_correction(), "{titre}", **answers)
