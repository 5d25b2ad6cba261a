"""Personal data stay out: what is in a public git history cannot be taken back (GDPR; the directory's own rule).

The whole file is read, comments included, for they are public too. A number or an address of a person is an error; what
only looks like one is a warning.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from generator.entries.corpus import Entry
from generator.entries.yaml.source import Span
from generator.french import fold
from generator.problems.problem import Problem, problem
from generator.territories.reference import DATA, Territories

_LIST = DATA / "mots-de-fonction.txt"

ROLES = frozenset(w for w in _LIST.read_text(encoding="utf-8").split("\n") if w and not w.startswith("#"))
"""Words that name a service in an address, folded."""

FREE_MAIL = frozenset(
    "aol.com bbox.fr club-internet.fr free.fr gmail.com gmx.com gmx.fr googlemail.com hotmail.com hotmail.fr "
    "icloud.com laposte.net live.com live.fr me.com msn.com neuf.fr numericable.fr orange.fr outlook.com outlook.fr "
    "proton.me protonmail.com sfr.fr voila.fr wanadoo.fr yahoo.com yahoo.fr".split()
)
"""Mail services open to anybody; a third of the Breton town halls use one of them."""

_GAP = "[ .\u00a0\u202f-]?"
# Digits by pairs, and not a date: « 06-07-2026 18 h ».
_MAYBE_MOBILE = re.compile(rf"(?:0|33[ .()0-]{{0,4}})[67](?:{_GAP}\d\d){{4}}")  # quick: most files have none
_MOBILE = re.compile(
    rf"(?<![\d+-])(?:0|(?:\+|00)33{_GAP}(?:\(0\){_GAP})?)[67]"
    rf"(?![ ./-]\d\d[ ./-](?:19|20)\d\d(?!\d))(?:{_GAP}\d\d){{4}}(?!\d)"
)
# From its @, which a pattern finds at once; what stands before it is read backwards.
_DOMAIN = re.compile(r"@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
_LOCAL = re.compile(r"[A-Za-z0-9][\w.+-]*$")
_PERSON = re.compile(
    r"M(?<!\wM)(?:\.|r|M\.|mes?|lle|onsieur|adame|ademoiselle)[ \u00a0\u202f]+"
    r"(?!(?:Maire|Président|Adjoint|Conseil|Député|Sénat|Préf|Vice|Direct))(?:[A-ZÀ-Ý]\.[ -]?)*[A-ZÀ-Ý][\w’'-]+"
)
_LINK = re.compile(r"https?://\S*$")
LONGEST_LINK = 500  # characters looked at before a match
MOST = 100
"""Problems of one sort told of one file: more would only make a hostile file slow to tell of."""


def check_mobiles(entry: Entry) -> Iterator[Problem]:
    """A mobile number belongs to a person: 06, 07 and their forms with +33."""
    if _MAYBE_MOBILE.search(entry.source.text):
        for span, _ in islice(_found(_MOBILE, entry), MOST):
            yield problem(entry.path, span, "portable")


def check_persons(entry: Entry) -> Iterator[Problem]:
    """« Mme Untel » names a person; « Mme la maire » a function."""
    for span, found in islice(_found(_PERSON, entry), MOST):
        yield problem(entry.path, span, "nom-de-personne", valeur=found.group())


ALONE: tuple[Callable[[Entry], Iterator[Problem]], ...] = (check_mobiles, check_persons)


def check_addresses(entry: Entry, territories: Territories) -> Iterator[Problem]:
    """`prenom.nom@` unless a part is a role or in the place's name; free mail unless it is the town hall's own."""
    if "@" in entry.source.text:
        yield from islice(_addresses(entry, territories), MOST)


def _addresses(entry: Entry, territories: Territories) -> Iterator[Problem]:
    code, names = _place(entry, territories)
    mairie = territories.mairies.get(code)
    known = mairie.courriel.lower() if mairie else ""
    for (start, end), found in _found(_DOMAIN, entry):
        local = _LOCAL.search(found.string[max(0, found.start() - 64) : found.start()])
        if not local or (address := local[0] + found[0]).lower() == known:
            continue
        span = (start[0], start[1] - len(local[0])), end
        if _is_person(local[0], names):
            yield problem(entry.path, span, "courriel-personnel", valeur=address)
        elif found[1].lower() in FREE_MAIL:
            yield problem(entry.path, span, "courriel-grand-public", valeur=address)


def _is_person(local: str, names: str) -> bool:
    """Several words parted by a dot or underscore, none of which is a role or stands in the names (folded)."""
    parts = [fold(part) for part in re.split(r"[._]", local) if part and not part.isdigit()]
    if len(parts) < 2:
        return False
    words = set(names.split())
    together = names.replace(" ", "")
    return not any(_is_role(part) or part in words or (len(part) > 3 and part in together) for part in parts)


def _is_role(part: str) -> bool:
    """A role, alone, among others (« vie-locale ») or stuck to a name (« mairiedebobital »)."""
    return bool(ROLES & set(part.split())) or part.startswith(("mairie", "commune", "accueil", "contact", "ville"))


def _place(entry: Entry, territories: Territories) -> tuple[str, str]:
    """The code of the collectivité, and the names under which it or the organiser is known, folded."""
    names, code = [], ""
    for key in ("collectivite", "organisateur"):
        group = entry.data.get(key)
        if isinstance(group, dict):
            names += [str(group.get("nom", ""))]
            code = str(group.get("code", "")) or code
    own = territories.communes.get(code) or territories.epci.get(code) or territories.departements.get(code)
    if own:
        names += [own.nom, *getattr(own, "autres_noms", ()), *getattr(own, "anciens_noms", ())]
    return code, fold(" ".join(names))


def _found(pattern: re.Pattern[str], entry: Entry) -> Iterator[tuple[Span, re.Match[str]]]:
    """Where a pattern is met in the file, links left out: they hold long numbers and the names of pages."""
    for span, found in entry.source.find(pattern):
        if not _LINK.search(found.string[max(0, found.start() - LONGEST_LINK) : found.start()]):
            yield span, found
