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
        text, place = match.string, match.start()
        local = PATTERNS["local"].search(text[max(0, place - LONGEST_LOCAL) : place])
        if not local or is_in_link(text, place) or (address := local[0] + match[0]).lower() == role_address:
            continue
        if code := _judge(local[0], match[1], names):
            yield problem(entry.path, ((start[0], start[1] - len(local[0])), end), code, valeur=address)


def _judge(local: str, domain: str, names: str) -> str:
    """The problem of an address, empty where there is none; `names`: of the place, folded."""
    parts = [fold(part) for part in re.split(r"[._]", local) if part and not part.isdigit()]
    if _names_nothing(parts, names):
        return "courriel-personnel"
    # Two words parted by a hyphen, as a service may write them too.
    joined, together = [fold(part) for part in local.split("-")], fold(domain).replace(" ", "")
    written = len(joined) == 2 and all(len(part) > 2 and part.isalpha() and part not in together for part in joined)
    if written and _names_nothing(joined, names):
        return "courriel-a-verifier"
    return "courriel-grand-public" if domain.lower() in WORDS["free_mail"] else ""


def _names_nothing(parts: Sequence[str], names: str) -> bool:
    """Several words, none of which is a role or stands in the names."""
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
