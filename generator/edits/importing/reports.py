"""What an import would do, or has done, as a person, a program and a forge need it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from generator.edits.importing.findings import Correction, Finding
from generator.edits.importing.plans import Plan
from generator.french import NBSP, nombre, pluriel, typographie
from generator.harmless import neutral

FEW, MOST = 5, 200
"""Files named, and mistakes told, before the others are counted."""


def as_text(plan: Plan, written: bool) -> str:
    """For a person at a terminal: mistakes first, then what was set right, what is known, what is written."""
    parts = [_finding(found) for found in plan.findings[:MOST]]
    if len(plan.findings) > MOST:
        others = pluriel(len(plan.findings) - MOST, "autre problème")
        parts.append(typographie(f"… et {others} ; ils y sont tous avec --format json."))
    if plan.corrections:
        counted = pluriel(len(plan.corrections), "valeur réparée", "valeurs réparées")
        rows = [_correction(one) for one in plan.corrections]
        parts.append("\n".join([typographie(f"{counted}, car une seule était possible :"), *_few(rows, MOST)]))
    if plan.known:
        counted = pluriel(len(plan.known), "COP est déjà là", "COP sont déjà là")
        rows = [f"  ligne {row} : {path}" for row, path in plan.known]
        parts.append("\n".join([typographie(f"{counted}, à l’identique :"), *_few(rows, FEW)]))
    return "\n\n".join([*parts, _outcome(plan, written)])


def _finding(found: Finding) -> str:
    warning = "" if found.is_error else typographie("avertissement : ")
    advice = (("Pourquoi", found.why), ("Que faire", found.remedy))
    lines = [f"  {label}{NBSP}: {words}" for label, words in advice if words]
    return "\n".join([f"{found.where}{NBSP}: {warning}{found.what} [{found.code}]", *lines])


def _correction(one: Correction) -> str:
    return f"  ligne {one.row}, {one.named}{NBSP}: {one.before} → {one.after}"


def _few(rows: list[str], most: int) -> list[str]:
    rest = len(rows) - most
    return rows if rest <= 0 else [*rows[:most], f"  … et {nombre(rest)} de plus"]


def _outcome(plan: Plan, written: bool) -> str:
    """The last lines: the files, or why there are none."""
    counted = pluriel(plan.rows, "ligne lue", "lignes lues")
    warnings = sum(not found.is_error for found in plan.findings)
    errors = len(plan.findings) - warnings
    told = [pluriel(errors, "erreur")] if errors else []
    told += [pluriel(warnings, "avertissement")] if warnings else []
    if errors:
        return typographie(f"{counted} : {', '.join(told)}. Rien n’est écrit tant qu’il reste une erreur.")
    if not plan.files:
        return typographie(f"{counted} : rien de nouveau à écrire.")
    done = ("fiche écrite", "fiches écrites") if written else ("fiche prête", "fiches prêtes")
    head = typographie(f"{counted} : {', '.join([*told, pluriel(len(plan.files), *done)])}.")
    lines = [head, *_few([f"  {file.path}" for file in plan.files], FEW)]
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
        "corrections": [asdict(one) for one in plan.corrections],
        "problems": [_record(found) for found in plan.findings],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)


def _record(found: Finding) -> dict[str, Any]:
    return {
        "row": found.row,
        "column": found.index + 1 or None,
        "title": found.named,
        "severity": found.severity,
        "code": found.code,
        "message": found.what,
        "why": found.why,
        "remedy": found.remedy,
    }


def as_markdown(plan: Plan, written: bool) -> str:
    """For the summary of a job or a comment."""
    items = [
        f"- **{neutral(found.where)}{NBSP}:** {neutral(found.what)} {neutral(found.remedy)}".rstrip()
        + f" (`{found.code}`)"
        for found in plan.findings[:MOST]
    ]
    return "\n".join([*items, *([""] if items else []), *map(neutral, _outcome(plan, written).split("\n"))])


FORMATS: Mapping[str, Callable[[Plan, bool], str]] = {"text": as_text, "json": as_json, "markdown": as_markdown}
