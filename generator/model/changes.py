"""What changed lately, from the journal; without it, the days that entries say of themselves."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from generator.french import date_longue, decapitalise, enumeration
from generator.model.annuaire import Annuaire
from generator.model.journal import Change


def list_changes(annuaire: Annuaire) -> Sequence[Change]:
    """The newest first. An entry that is gone since the journal was written is not told at all."""
    told = annuaire.journal.changements or tuple(_list_written(annuaire))
    past = (change for change in told if change.jour <= annuaire.today)
    known = (change for change in past if change.quoi == "retiree" or find_name(annuaire, change)[0])
    return sorted(known, key=attrgetter("jour"), reverse=True)


def _list_written(annuaire: Annuaire) -> Iterator[Change]:
    for cop in annuaire.cops:
        yield Change(cop.inscrite_le, "cop", "ajoutee", cop.id)
        if cop.verifiee_le and cop.verifiee_le > cop.inscrite_le:
            yield Change(cop.verifiee_le, "cop", "modifiee", cop.id, ("verifiee_le",))
    for formation in annuaire.formations:
        yield Change(formation.publiee_le, "formation", "ajoutee", formation.id)
    for item in annuaire.actualites:
        yield Change(item.date, "actualite", "ajoutee", item.id)


def find_name(annuaire: Annuaire, change: Change) -> tuple[str, str]:
    """What an entry is called, and the address of its page; nothing for what is no longer there."""
    if change.sorte == "cop" and change.id in annuaire.par_id:
        cop = annuaire.par_id[change.id]
        return cop.nom, cop.adresse
    if change.sorte == "formation" and change.id in annuaire.formations_par_id:
        formation = annuaire.formations_par_id[change.id]
        return formation.titre, formation.adresse
    item = annuaire.actualites_par_id.get(change.id) if change.sorte == "actualite" else None
    return (item.titre, item.adresse) if item else ("", "")


# In words -------------------------------------------------------------------------------------------------------------

KINDS: Mapping[str, str] = {"cop": "fiche", "formation": "formation", "actualite": "actualité"}
"""What an entry of each kind is called."""
DONE: Mapping[str, str] = {"ajoutee": "ajoutée", "modifiee": "modifiée", "retiree": "retirée"}
CHECKED = ("verifiee_le",)


def tell_change(annuaire: Annuaire, change: Change) -> str:
    """« fiche modifiée le 3 mars 2026 : rencontres et documents »; of what was withdrawn nothing else is said."""
    is_check = change.quoi == "modifiee" and change.cles == CHECKED
    done = "vérifiée" if is_check else DONE[change.quoi]
    what = enumeration(_list_labels(annuaire, change)) if change.quoi == "modifiee" and not is_check else ""
    return f"{KINDS[change.sorte]} {done} le {date_longue(change.jour)}{f' : {what}' if what else ''}"


def _list_labels(annuaire: Annuaire, change: Change) -> Iterator[str]:
    """What the schema calls the keys that changed; a key that it no longer knows is not told, nor a check beside."""
    fields = annuaire.labels.field(change.sorte).children
    for key in change.cles:
        if key in fields and key not in CHECKED:
            yield decapitalise(fields[key].label)
