"""What is said of a table: problems and corrections by row and column."""

from dataclasses import dataclass

from generator.french import typographie
from generator.harmless import visible
from generator.problems.problem import NOWHERE, Problem, problem
from generator.problems.renderings import Setting


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a cell, a row or a column."""

    row: int  # as the spreadsheet numbers it: the titles are row 1
    index: int  # of the column, from 0; -1 where no column is to blame
    named: str  # the column in words, or the key that has none
    problem: Problem
    remedy: str = ""  # said in place of the catalogue's, where the table says it better

    @property
    def is_error(self) -> bool:
        return self.problem.is_error

    @property
    def setting(self) -> Setting:
        """`ligne 12, colonne C (collectivite.code)`."""
        row = typographie(f"ligne {self.row}")
        return Setting(place=f"{row}, {visible(self.named)}" if self.named else row, remedy=self.remedy)


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that was set right, since only one was possible."""

    row: int
    named: str
    before: str
    after: str  # empty where nothing was said: « néant »


def find_in_table(row: int, index: int, named: str, code: str, /, **values: object) -> Finding:
    """A problem that only a table can hold."""
    return Finding(row, index, named, problem("", (NOWHERE, NOWHERE), code, **values))
