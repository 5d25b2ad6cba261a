"""What `make reference` takes from the settings: `python -m generator.repository.wanted` writes it as its arguments."""

import sys
from pathlib import Path

from generator.problems.reports import as_text
from generator.repository import settings


def list_arguments(root: Path) -> list[str]:
    """Départements and number of COP; raises ValueError, which says in French why there are none."""
    chosen, problems = settings.load(root, {})
    wrong = [problem for problem in problems if problem.is_error]
    if wrong:
        lines = (root / settings.SETTINGS_FILE).read_text("utf-8").split("\n")
        raise ValueError(as_text(wrong, lambda _: lines))
    return ["--departements", *chosen.departements, "--points", str(chosen.objectif)]


if __name__ == "__main__":
    try:
        sys.stdout.write(" ".join(list_arguments(Path.cwd())))
    except ValueError as error:
        sys.exit(str(error))
