"""The places that an interview offers while one types: by every name, code and postal code."""

from collections.abc import Iterator, Sequence

from generator.territories.kinds import Commune, Epci, Territoire, kind_of
from generator.territories.names import list_keys, list_words
from generator.territories.reference import Territories, list_names

MOST_OFFERED = 12
"""Places that stand below what is typed."""


def list_place_names(territories: Territories) -> tuple[tuple[str, str, str], ...]:
    """What one may begin to type, the label of the place, and why it is offered: every name, code and postal code."""
    places: tuple[Territoire, ...] = (
        *territories.communes.values(),
        *territories.epci.values(),
        *territories.covered("departement"),
        *territories.covered("region"),
    )
    rows = (
        (key, place.avec_code, _say_why(place, how, words))
        for place in places
        for how, words in (*list_names(place), *_list_codes(place))
        for key in list_keys(list_words(words))
    )
    return tuple(dict.fromkeys(rows))


def _list_codes(place: Territoire) -> Iterator[tuple[str, str]]:
    yield "code", place.code
    if isinstance(place, Commune):
        yield from (("code-postal", code) for code in place.codes_postaux)


def _say_why(place: Territoire, how: str, words: str) -> str:
    match how, place:
        case "code-postal", _:
            return f"code postal {words}"
        case "ancien-nom", _:
            return f"ancienne commune : {words}"
        case _, Epci(nature=nature):
            return nature
        case _, Commune():
            return ""
    return "département" if kind_of(place) == "departement" else "région"


def suggest_places(rows: Sequence[tuple[str, str, str]], text: str) -> Iterator[tuple[str, str]]:
    """The places whose name or code begins so, each once: label, and why it is offered.

    `rows` are those of `list_place_names`.
    """
    begun = list_keys(list_words(text))
    offered: set[str] = set()
    for key, label, why in rows if begun[0] else ():
        if key.startswith(begun) and label not in offered and len(offered) < MOST_OFFERED:
            offered.add(label)
            yield label, why
