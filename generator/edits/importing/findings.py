"""What is said of a table: mistakes and corrections by row and column, in the words of the checks."""

from dataclasses import dataclass

from generator.french import typographie
from generator.harmless import visible
from generator.problems.problem import CATALOGUE, Problem, Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a cell, a row or a column."""

    row: int  # as the spreadsheet numbers it: the titles are row 1
    index: int  # of the column, from 0; -1 where no column is to blame
    named: str  # the column in words, or the key that has none
    code: str
    what: str
    why: str = ""
    remedy: str = ""
    severity: Severity = "erreur"

    @property
    def is_error(self) -> bool:
        return self.severity == "erreur"

    @property
    def where(self) -> str:
        """`ligne 12, colonne C (collectivite.code)`."""
        return typographie(f"ligne {self.row}, {self.named}" if self.named else f"ligne {self.row}")


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that was set right, since only one was possible."""

    row: int
    named: str
    before: str
    after: str


def of_table(row: int, index: int, named: str, code: str, what: str, remedy: str) -> Finding:
    """A mistake that only a table can hold."""
    return Finding(row, index, named, code, typographie(what), remedy=typographie(remedy))


def told(row: int, index: int, named: str, found: Problem) -> Finding:
    """A problem of an entry, said of the cell that it came from."""
    if found.fix:
        remedy = f"{typographie('Écrivez :')} {certain(found)}"
    else:  # what no form can say speaks of lines and files
        remedy = "" if CATALOGUE[found.code].formulaire is None else found.remedy_in_form
    return Finding(row, index, named, found.code, found.what, found.why, remedy, found.severity)


def certain(found: Problem) -> str:
    """The value that its certain correction writes, without the quotes of YAML."""
    return visible(found.fix.text.strip("\"'")) if found.fix else ""
