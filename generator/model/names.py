"""The words by which a COP is called or looked for, besides its name: facets and search index ask here."""

from collections.abc import Iterable, Iterator

from generator.model.cop import Cop
from generator.model.labels import Labels
from generator.territories.kinds import Commune, Territoire


def other_names(cop: Cop) -> tuple[str, ...]:
    """Its acronym, its usual names, its Breton name."""
    return tuple(filter(None, (cop.sigle, *cop.autres_noms, cop.nom_br)))


def words_of_cop(cop: Cop) -> tuple[str, ...]:
    """Under what one looks for a COP: its other names, the codes and names of its place, what its plans are called."""
    place = _names_of_place(cop.territoire) if cop.territoire else ()
    labels = cop.context.labels
    called = labels.read_notes("cop.demarche.type", "x-cherche")  # a plan whose name has changed
    plans = (words for demarche in cop.demarche for words in called.get(demarche.type, ()))
    themes = words_of_themes(cop.themes, labels)
    return tuple(dict.fromkeys(filter(None, (*other_names(cop), cop.collectivite.code, *place, *plans, *themes))))


def words_of_themes(themes: Iterable[str], labels: Labels) -> tuple[str, ...]:
    """What people type instead of the name of a theme: « vélo » for « Mobilités »."""
    called = labels.read_notes("cop.themes", "x-cherche")
    return tuple(words for theme in themes for words in called.get(theme, ()))


def _names_of_place(territoire: Territoire) -> Iterator[str]:
    """Postal codes, former names and codes, usual names, Breton name: a name that its page does not show."""
    if isinstance(territoire, Commune):
        yield from (*territoire.codes_postaux, *territoire.anciens_noms, *territoire.anciens_codes)
    yield from getattr(territoire, "autres_noms", ())
    yield getattr(territoire, "nom_br", None) or ""
