"""What a group of COP is about: a sentence and some lines, made from its entries and from the schema."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.french import capitalise, enumeration, nombre, pluriel, typographie
from generator.model.agenda import Event
from generator.model.cop import Cop
from generator.model.labels import Labels
from generator.pages.agenda.rows import AgendaRow, AgendaRows
from generator.pages.groups.presence import Figure
from generator.pages.site import Site

MOST_NAMED = 3
"""Values that a line names: the commonest ones."""
WORDS_OF_A_THEME = 5
DATES_OF_A_GROUP = 5


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme or a form, with its number of COP."""

    key: str
    label: str
    count: int
    note: str  # what the schema says of it: words of a theme, scale of a form


def list_themes(site: Site) -> Sequence[Topic]:
    words = site.labels.read_notes("cop.themes", "x-cherche")
    notes = {theme: ", ".join(found[:WORDS_OF_A_THEME]) for theme, found in words.items()}
    return _count_topics(site.labels.choices("cop.themes"), site.annuaire.par_theme, notes)


def list_types(site: Site) -> Sequence[Topic]:
    choices = site.labels.choices("cop.type")
    notes = {kind: capitalise(name_bearers(site.labels, kind)) for kind in choices}
    return _count_topics(choices, site.annuaire.par_type, notes)


def name_bearers(labels: Labels, kind: str) -> str:
    """Which collectivités bear a form: `une commune ou une intercommunalité`."""
    words = labels.read_notes("cop.collectivite.type", "x-phrase")
    bearers = labels.read_notes("cop.type", "x-echelle").get(kind, ())
    return enumeration((words[bearer] for bearer in bearers), "ou") or "toute collectivité"


def _count_topics(
    choices: Mapping[str, str], cops: Mapping[str, Sequence[Cop]], notes: Mapping[str, str]
) -> Sequence[Topic]:
    return [Topic(key, label, len(cops.get(key, ())), notes.get(key, "")) for key, label in choices.items()]


def tell_topics(theme: str, labels: Labels) -> str:
    """What a theme covers, in the words under which the schema has it searched."""
    words = labels.read_notes("cop.themes", "x-cherche").get(theme, ())[:WORDS_OF_A_THEME]
    return typographie(f"On y parle de sujets comme {enumeration(words)}.") if words else ""


def count_group(cops: Sequence[Cop]) -> Iterator[Figure]:
    """How many, and where."""
    if cops:
        yield Figure("Fiches", nombre(len(cops)))
        yield Figure("COP comptées", nombre(sum(cop.comptee for cop in cops)))
        epcis = {epci.code for cop in cops for epci in cop.epcis}
        if epcis:
            yield Figure("Présence", f"dans {pluriel(len(epcis), 'intercommunalité')}")


def name_themes(cops: Collection[Cop], labels: Labels) -> Iterator[Figure]:
    names = _list_commonest(cops, lambda cop: cop.themes, labels.choices("cop.themes"))
    if names:
        yield Figure("Thèmes les plus traités", names)


def name_forms(cops: Collection[Cop], labels: Labels) -> Iterator[Figure]:
    names = _list_commonest(cops, lambda cop: (cop.type,), labels.choices("cop.type"))
    if names:
        yield Figure("Formes les plus courantes", names)


def _list_commonest(cops: Iterable[Cop], values: Callable[[Cop], Iterable[str]], names: Mapping[str, str]) -> str:
    """The commonest values in words; those of one number in the order of the schema."""
    counts = Counter(value for cop in cops for value in values(cop))
    order = list(names)
    ranked = sorted(counts, key=lambda value: (-counts[value], order.index(value)))
    return ", ".join(names[value] for value in ranked[:MOST_NAMED])


@dataclass(frozen=True, slots=True)
class Coming:
    """The next dates of a group."""

    rows: tuple[AgendaRow, ...]
    count: int  # of all of them


def find_coming(site: Site, is_ours: Callable[[Event], bool]) -> Coming:
    events = [event for event in site.agenda.a_venir if is_ours(event)]
    return Coming(AgendaRows(site).make_all(events[:DATES_OF_A_GROUP]), len(events))
