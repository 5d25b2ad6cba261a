"""Which corrections are certain enough for `cop check --fix` to make them without a person, code by code.

Nothing here guesses: what has two readings is left to somebody who has read the proposal.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from generator.entries.schemas.guesses import keeps_numbers
from generator.french import fold
from generator.problems.problem import Edit


@dataclass(frozen=True, slots=True)
class Case:
    """One proposed correction, where it stands."""

    edit: Edit
    lines: Sequence[str]
    known: Collection[str]  # every name of a key

    @property
    def line(self) -> str:
        return self.lines[self.edit.start[0] - 1].rstrip("\r")

    @property
    def old(self) -> str:
        return self.line[self.edit.start[1] - 1 : self.edit.end[1] - 1]

    @property
    def above(self) -> str:
        """The nearest line above that holds something."""
        return next((line for line in reversed(self.lines[: self.edit.start[0] - 1]) if line.strip()), "")

    @property
    def below(self) -> str:
        return next((line for line in self.lines[self.edit.start[0] :] if line.strip()), "")


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def is_always_certain(_: Case) -> bool:
    return True


def is_whole_text(case: Case) -> bool:
    """The text ends on its line and holds neither a comment nor another key."""
    head = re.match(r" *(?:- +)*", case.line)
    column = head.end() if head else 0
    keys = re.findall(r"([\w.-]{1,80}) {0,9}:(?: |$)", case.old)
    return " #" not in case.old and _margin(case.below) <= column and not set(keys) & set(case.known)


def begins_with_a_sign(case: Case) -> bool:
    # A bracket, a dash, > or | may begin a list or a long text that was meant.
    return case.old[:1] in {"@", "`", "%", "*"} and is_whole_text(case)


def is_several_words(case: Case) -> bool:
    """`&Commission du climat` is a text; `&base` alone, or named again as `*base`, is what YAML takes it for."""
    first, _, rest = case.old.partition(" ")
    named_again = f"*{first[1:]}"
    elsewhere = "\n".join(case.lines).replace(case.old, "", 1)
    return bool(rest) and first[1:2].isalpha() and named_again not in elsewhere and is_whole_text(case)


def holds_its_quotes(case: Case) -> bool:
    """A text between quotes that holds the same sign: no other text begins with that quote."""
    sign, inner = case.old[:1], case.old[1:-1]
    # `"Agir" et "apprendre"` holds two texts: its second quote closes the first.
    opens = inner[inner.find(sign) + 1 :][:1].isalnum()
    return case.old.endswith(sign) and opens and f"{sign}," not in case.old and is_whole_text(case)


def lacks_a_space(case: Case) -> bool:
    """Only the space after the colon of a known key is missing."""
    after = case.line[: case.edit.start[1] - 1] + case.edit.text + case.line[case.edit.end[1] - 1 :]
    key = re.match(r" *(?:- +)*([a-z_]+) *: ", after)
    return bool(key and key[1] in case.known) and after.replace(" ", "") == case.line.replace(" ", "")


def is_known_key(case: Case) -> bool:
    return case.edit.text.split(":")[0] in case.known


def falls_under_the_line_above(case: Case) -> bool:
    """The line falls under the one above, or two spaces further under a key without a value."""
    margin, above = len(case.edit.text), _margin(case.above)
    opens = bool(re.fullmatch(r" *(?:- +){0,9}[\w.-]+ *: *", case.above.rstrip("\r")))
    return margin == (above + 2 if opens else above) and "\t" not in case.above[:above]


def is_item_of_the_list_above(case: Case) -> bool:
    """Its neighbour above is an item of the same list."""
    return case.above.startswith(f"{' ' * _margin(case.line)}- ")


def keeps_all_numbers(case: Case) -> bool:
    """A date that keeps all its numbers: an hour is not thrown away."""
    return keeps_numbers(case.old, case.edit.text)


def is_one_letter_away(case: Case) -> bool:
    """The key but for accents and capitals, else one letter away, and from no other key."""
    word = fold(case.old.strip("\"'"))
    same = [name for name in case.known if fold(name) == word]
    return (same or [name for name in case.known if are_one_letter_apart(word, fold(name))]) == [case.edit.text]


def are_one_letter_apart(word: str, other: str) -> bool:
    """Whether one letter was added, left out, replaced or swapped with its neighbour; or none."""
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    word, other = word[start:], other[start:]
    while word and other and word[-1] == other[-1] and (len(word), len(other)) != (2, 2):
        word, other = word[:-1], other[:-1]
    return (len(word) < 2 and len(other) < 2) or (len(word) == 2 and word == other[::-1])


def is_list_of_choices(case: Case) -> bool:
    """Words that no text would hold so: choices, ids, codes."""
    return bool(re.fullmatch(r"[a-z0-9-]+(?:\s*[,;]\s*[a-z0-9-]+)*", case.old))


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a code may be corrected without a person, and where it may."""

    why: str
    certain: Callable[[Case], bool]
    must_help: bool = False  # only where the file has one error less


SAFE: Mapping[str, Rule] = {
    "adresse-a-ecrire": Rule("la même adresse, sans ce qui l’entoure", is_always_certain),
    "ancien-code": Rule("l’INSEE dit quelle collectivité a succédé ; l’ancien nom suit son code", is_always_certain),
    "ancre": Rule("plusieurs mots : un texte, à mettre entre guillemets", is_several_words),
    "cle-presque-juste": Rule("une lettre d’écart, et une seule clé possible", is_one_letter_away),
    "cle-sans-deux-points": Rule("il ne manque que l’espace après les deux-points d’une clé connue", lacks_a_space),
    "code-postal": Rule(
        "une seule commune a ce code postal, ou c’est elle que dit le nom", is_always_certain, must_help=True
    ),
    "code-postal-pris": Rule("le nom dit la même commune que le code postal", is_always_certain, must_help=True),
    "courriel-a-ecrire": Rule("la même adresse, sans ce qui l’entoure", is_always_certain),
    "date-a-ecrire": Rule("en français le jour vient d’abord : une seule lecture", keeps_all_numbers),
    "deux-points": Rule("le même texte, entre guillemets", is_whole_text),
    "diese-colle": Rule("ce qui suit est déjà lu comme un commentaire", is_always_certain),
    "espace-insecable": Rule("une espace prise pour une lettre de la clé", is_known_key),
    "espace-insecable-deux-points": Rule("une espace pour une autre", is_known_key),
    "espace-insecable-marge": Rule("une espace pour une autre, sans rien décaler", is_always_certain),
    "etiquette": Rule("plusieurs mots : un texte, à mettre entre guillemets", is_several_words),
    "guillemets-courbes": Rule("les guillemets entourent tout le texte", is_always_certain),
    "guillemets-fermes-trop-tot": Rule("le même texte, entre des guillemets qu’il ne contient pas", holds_its_quotes),
    "heure-sans-jour": Rule("une heure qui suit celle du début : le même jour", is_always_certain),
    "lieu-ancien-code": Rule("l’INSEE dit quelle commune a succédé", is_always_certain),
    "signe-en-tete": Rule("le même texte, entre guillemets", begins_with_a_sign),
    "tabulation": Rule("la ligne d’au-dessus dit où celle-ci commence", falls_under_the_line_above),
    "tabulation-entre-les-mots": Rule("une espace pour une autre", is_always_certain),
    "telephone-a-ecrire": Rule("les mêmes chiffres, par paires", is_always_certain),
    "tiret-colle": Rule("la ligne d’au-dessus est de la même liste", is_item_of_the_list_above),
    "type-array": Rule(
        "des choix, des identifiants ou des codes, sans autre lecture", is_list_of_choices, must_help=True
    ),
}

NOT_SAFE: Mapping[str, str] = {
    "barre-inverse": "les autres barres du texte ont peut-être déjà changé son sens",
    "cle-mal-placee": "la clé changerait de groupe",
    "cle-trop-decalee": "la clé changerait de groupe",
    "code-d-une-autre": "le nom et le code se contredisent : lequel est juste ?",
    "commune-inconnue-nommee": "un nom seul ne suffit pas à dire la commune",
    "crochet-ouvert": "la liste finit peut-être plus loin",
    "decalage": "la ligne changerait de groupe",
    "diese": "ce qui suit # est peut-être bien un commentaire",
    "diese-en-tete": "ce qui suit # est peut-être bien un commentaire",
    "epci-inconnue-nommee": "un nom seul ne suffit pas à dire l’intercommunalité",
    "guillemet-ouvert": "le texte finit peut-être plus loin",
    "lieu-code-postal": "un code postal ne suffit pas à dire la commune du lieu",
    "ligne-isolee": "la ligne continue peut-être un autre texte",
}
"""Codes that propose a correction which a person has to choose, and why."""
