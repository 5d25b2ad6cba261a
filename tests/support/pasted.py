"""Tables as the page reads them, in a browser, and as `cop import` reads the same bytes: what is said of each row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from generator.edits.importing import headings, workbooks
from generator.edits.importing.plans import plan_import
from generator.failures import UnreadableTable
from generator.opendata.headings import group_by_title
from generator.repository.snapshot import Snapshot


@dataclass
class Reading:
    """What one reader made of a table."""

    refused: bool = False
    titles: list[str] = field(default_factory=list)  # codes of what is wrong with the titles
    errors: dict[int, list[str]] = field(default_factory=dict)  # by row
    texts: dict[int, str] = field(default_factory=dict)  # the files of the sound rows
    repaired: set[int] = field(default_factory=set)


_READ = """async ({ tables, titles, today }) => {
  const at = (name) => import(`/assets/${name}.js`);
  const [cells, files, headings, rows, tools, data] = await Promise.all(
    ["import/cells", "import/files", "import/headings", "import/rows", "entries/tools", "shared/data"].map(at));
  const savoir = await data.charge("donnees/import.json"), outils = await tools.prepare(today);
  const atelier = { outils, savoir, lieux: await outils.lieux(), rangement: "cops" };
  const out = [], folded = titles.map(headings.foldTitle);
  for (const [name, bytes] of tables) {
    try {
      const { texte } = await files.lisFichier(new File([new Uint8Array(bytes)], name), savoir);
      const tableau = cells.lisTableau(texte, savoir);
      const { colonnes, fautes } = headings.lisTitres(tableau, savoir, outils.schema);
      const lignes = tableau.lignes.map((une) => rows.ouvre(une, colonnes, savoir, outils.schema));
      for (const [i, une] of lignes.entries()) await rows.relit(une, lignes.slice(0, i), atelier);
      out.push({ fautes: fautes.map((f) => f.constat.code), lignes: lignes.map((l) => [
        l.numero, l.problemes.filter((p) => p.gravite === "erreur").map((p) => p.code), l.fichier.texte]) });
    } catch (erreur) {
      if (erreur?.constructor?.name !== "Illisible") throw erreur;  // of another copy of its module
      out.push(null);
    }
  }
  return { out, folded };
}"""


def read_in_page(
    page: Page, tables: Sequence[tuple[str, bytes]], titles: Sequence[str], today: str
) -> tuple[list[Reading], list[str]]:
    """Each table, by the scripts of the site that the page is of; and how they fold some titles."""
    given = {"tables": [[name, [*raw]] for name, raw in tables], "titles": list(titles), "today": today}
    found = page.evaluate(_READ, given)
    return [_open(one) for one in found["out"]], found["folded"]


def _open(found: Mapping[str, Any] | None) -> Reading:
    if found is None:
        return Reading(refused=True)
    rows = found["lignes"]
    return Reading(
        titles=sorted(found["fautes"]),
        errors={row: sorted(codes) for row, codes, _ in rows if codes},
        texts={row: text for row, codes, text in rows if not codes},
    )


def read_by_import(snapshot: Snapshot, path: Path) -> Reading:
    """The same table by the command."""
    schema = snapshot.corpus.schemas["cop"]
    try:
        table = workbooks.read(path, group_by_title(schema).keys())
    except UnreadableTable:
        return Reading(refused=True)
    plan = plan_import(snapshot, table)
    _, about_titles = headings.read_headings(table, schema)
    reading = Reading(titles=sorted(finding.problem.code for finding in about_titles))
    for finding in plan.findings:
        if finding.is_error and finding not in about_titles:
            reading.errors.setdefault(finding.row, []).append(finding.problem.code)
    reading.texts = {file.row: file.text for file in plan.files if file.row not in reading.errors}
    reading.repaired = {correction.row for correction in plan.corrections}
    return reading


def without_ids(text: str) -> str:
    """The form gives each meeting its id, the day of its beginning, which the import leaves to be understood."""
    return re.sub(r"- id: [0-9-]{10}\n    ", "- ", text)
