"""Personal data stay out: what is in a public git history cannot be taken back (GDPR; the directory's own rule).

The whole file is read, comments included, for they are public too. A number or an address of a person is an error; what
only looks like one is a warning.
"""

import re
from collections.abc import Iterator, Sequence

from generator.entries.corpus import Entry
from generator.entries.rules import PATTERNS, WORDS, is_in_link
from generator.french import fold
from generator.problems.problem import Problem, problem
from generator.territories.reference import Territories
from generator.territories.tables import DATA_FOLDER

_LIST = DATA_FOLDER / "mots-de-fonction.txt"

ROLES = frozenset(w for w in _LIST.read_text(encoding="utf-8").split("\n") if w and not w.startswith("#"))
"""Words that name a service in an address, folded."""

SERVICES = tuple(WORDS["services"])
"""How the name of a service begins, stuck to that of a place."""

LONGEST_LOCAL = 64  # signs before the @ of an address
LONGEST_NAME = 200  # signs of a name that are compared with each address; no schema allows as many


def check_addresses(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """`prenom.nom@` unless a part is a role or in the place's name; free mail unless it is the town hall's own."""
    if "@" not in entry.source.text:
        return
    code, names = _read_place(entry, territories)
    mairie = territories.mairies.get(code)
    role_address = mairie.courriel.lower() if mairie else ""
    for (start, end), match in entry.source.find(PATTERNS["domain"].finditer):
        local = PATTERNS["local"].search(match.string[max(0, match.start() - LONGEST_LOCAL) : match.start()])
        if (
            not local
            or (address := local[0] + match[0]).lower() == role_address
            or is_in_link(match.string, match.start())
        ):
            continue
        span = (start[0], start[1] - len(local[0])), end
        if _is_person(local[0], names):
            yield problem(entry.path, span, "courriel-personnel", valeur=address)
        elif _may_be_person(local[0], match[1], names):
            yield problem(entry.path, span, "courriel-a-verifier", valeur=address)
        elif match[1].lower() in WORDS["free_mail"]:
            yield problem(entry.path, span, "courriel-grand-public", valeur=address)


def _is_person(local: str, names: str) -> bool:
    """Several words parted by a dot or underscore, none of which is a role or stands in the names (folded)."""
    return _names_nothing([fold(part) for part in re.split(r"[._]", local) if part and not part.isdigit()], names)


def _may_be_person(local: str, domain: str, names: str) -> bool:
    """Two words parted by a hyphen, as a service may write them too, none of which the domain or the place bears."""
    parts = [fold(part) for part in local.split("-")]
    written = len(parts) == 2 and all(len(part) > 2 and part.isalpha() for part in parts)
    together = fold(domain).replace(" ", "")
    return written and not any(part in together for part in parts) and _names_nothing(parts, names)


def _names_nothing(parts: Sequence[str], names: str) -> bool:
    if len(parts) < 2:
        return False
    allowed = set(names.split())
    together = names.replace(" ", "")
    return not any(_is_role(part) or part in allowed or (len(part) > 3 and part in together) for part in parts)


def _is_role(part: str) -> bool:
    """A role, alone, among others (« vie-locale ») or stuck to a name (« mairiedebobital »)."""
    return bool(ROLES & set(part.split())) or part.startswith(SERVICES)


def _read_place(entry: Entry, territories: Territories) -> tuple[str, str]:
    """The code of the collectivité, and the names under which it or the organiser is known, folded."""
    names, code = [], ""
    for key in ("collectivite", "organisateur"):
        group = entry.data.get(key)
        if isinstance(group, dict):
            names += [str(group.get("nom", ""))[:LONGEST_NAME]]
            code = str(group.get("code", "")) or code
    territory = territories.communes.get(code) or territories.epci.get(code) or territories.departements.get(code)
    if territory:
        names += [territory.nom, *getattr(territory, "autres_noms", ()), *getattr(territory, "anciens_noms", ())]
    return code, fold(" ".join(names))
