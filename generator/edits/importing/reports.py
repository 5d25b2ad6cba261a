"""What an import would do, or has done, as a person, a program and a forge need it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from generator.edits.importing.findings import Correction, Finding
from generator.edits.importing.plans import Plan
from generator.french import NBSP, nombre, pluriel, typographie
from generator.harmless import neutral
from generator.problems.renderings import say, words_of
from generator.problems.reports import count

MOST_NAMED, MOST_TOLD = 5, 200
"""Files named, and problems told, before the others are counted."""


def as_text(plan: Plan, written: bool) -> str:
    """For a person at a terminal: mistakes first, then what was set right, what is known, what is written."""
    parts = [say(finding.problem, "import", finding.setting) for finding in plan.findings[:MOST_TOLD]]
    if len(plan.findings) > MOST_TOLD:
        rest = pluriel(len(plan.findings) - MOST_TOLD, "autre problème")
        parts.append(typographie(f"… et {rest} ; ils y sont tous avec --format json."))
    if plan.corrections:
        counted = pluriel(len(plan.corrections), "valeur réparée", "valeurs réparées")
        rows = [_correction(correction) for correction in plan.corrections]
        parts.append("\n".join([typographie(f"{counted}, car une seule était possible :"), *_few(rows, MOST_TOLD)]))
    if plan.known:
        counted = pluriel(len(plan.known), "fiche est déjà là", "fiches sont déjà là")
        rows = [f"  ligne {row} : {path}" for row, path in plan.known]
        parts.append("\n".join([typographie(f"{counted}, à l’identique :"), *_few(rows, MOST_NAMED)]))
    return "\n\n".join([*parts, _outcome(plan, written)])


def _correction(correction: Correction) -> str:
    after = correction.after or "(vide)"
    return f"  ligne {correction.row}, {correction.named}{NBSP}: {correction.before} → {after}"


def _few(rows: list[str], most: int) -> list[str]:
    rest = len(rows) - most
    return rows if rest <= 0 else [*rows[:most], f"  … et {nombre(rest)} de plus"]


def _outcome(plan: Plan, written: bool) -> str:
    """The last lines: the files, or why there are none."""
    counted = pluriel(plan.rows, "ligne lue", "lignes lues")
    problems = count([finding.problem for finding in plan.findings])
    if not plan.is_sound:
        return typographie(f"{counted} : {problems}. Rien n’est écrit tant qu’il reste une erreur.")
    if not plan.files:
        return typographie(f"{counted} : rien de nouveau à écrire.")
    done = ("fiche écrite", "fiches écrites") if written else ("fiche prête", "fiches prêtes")
    ready = ", ".join(filter(None, (problems, pluriel(len(plan.files), *done))))
    head = typographie(f"{counted} : {ready}.")
    lines = [head, *_few([f"  {file.path}" for file in plan.files], MOST_NAMED)]
    if not written:
        lines.append(typographie("Rien n’est encore écrit. Pour écrire : la même commande, avec --write"))
    return "\n".join(lines)


def as_json(plan: Plan, written: bool) -> str:
    """For programs: `{"version": 1, "rows", "written", "files", "known", "corrections", "problems"}`.

    Each problem: `row` (1 for the titles), `column` (from 1, null where none is to blame), `title` (the column in
    words), `severity` (`erreur`, `avertissement`), `code`, `message`, `why`, `remedy`. A new key keeps the version.
    """
    record = {
        "version": 1,
        "rows": plan.rows,
        "written": written,
        "files": [{"row": file.row, "path": file.path} for file in plan.files],
        "known": [{"row": row, "path": path} for row, path in plan.known],
        "corrections": [asdict(correction) for correction in plan.corrections],
        "problems": [_record(finding) for finding in plan.findings],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "row": finding.row,
        "column": finding.index + 1 or None,
        "title": finding.named,
        **words_of(finding.problem, "table", finding.remedy),
    }


def as_markdown(plan: Plan, written: bool) -> str:
    """For the summary of a job or a comment."""
    items = [say(finding.problem, "import-markdown", finding.setting) for finding in plan.findings[:MOST_TOLD]]
    return "\n".join([*items, *([""] if items else []), *map(neutral, _outcome(plan, written).split("\n"))])


FORMATS: Mapping[str, Callable[[Plan, bool], str]] = {"text": as_text, "json": as_json, "markdown": as_markdown}
