"""`cop prospects`: where to act, as a table with a message ready to send in each line, and what was asked already.

What was asked, and when, is kept by who animates, in a small file of their own: no address nor answer enters the
directory.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

import xlsxwriter

from generator.french import date_longue, enumeration, nombre, typographie
from generator.model.annuaire import Annuaire
from generator.model.prospects import COMMUNE, COMPLETE, EPCI, KINDS, RENEW, Prospect
from generator.opendata.cells import text, write_csv
from generator.repository.settings import LOCAL_URL, Settings
from generator.territories.kinds import Commune


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of one line the last time."""

    date: str  # AAAA-MM-JJ
    quoi: str


@dataclass(frozen=True, slots=True)
class ProspectRow:
    """One line of the table; the order of its fields is that of the columns."""

    cle: str  # by which the file of what was asked names it
    a_faire: str
    departements: str
    intercommunalite: str
    nom: str
    code: str
    population: int | None
    cop_plus_large: str
    cop_la_plus_proche: str
    distance_km: int | None
    manque: str
    courriel: str  # of a role, from a public source; empty where none is known
    page: str
    objet: str
    message: str
    demande_le: str
    demande: str


DOUBTS = frozenset({"courriel-a-verifier", "courriel-grand-public"})
"""Warnings: an address that may be that of a role, or of somebody."""

COLUMNS = tuple(field.name for field in fields(ProspectRow))


@dataclass(frozen=True)
class RowMaker:
    """Makes the lines; without the address of the site there is no page to send anybody to."""

    annuaire: Annuaire
    settings: Settings
    asked: Mapping[str, Asked]
    doubtful: frozenset[str] = frozenset()  # paths of the entries whose address may be that of a person

    def make(self, prospect: Prospect) -> ProspectRow:
        near, asked = prospect.proche, self.asked.get(prospect.cle)
        names = self.annuaire.territories.departements
        return ProspectRow(
            cle=prospect.cle,
            a_faire=KINDS[prospect.sorte],
            departements=", ".join(names[code].nom for code in prospect.departements),
            intercommunalite=prospect.epci.nom if prospect.epci else "",
            nom=prospect.nom,
            code=prospect.code,
            population=prospect.population or None,
            cop_plus_large=prospect.plus_large.nom if prospect.plus_large else "",
            cop_la_plus_proche=f"{near.nom}, {near.collectivite_nom}" if near else "",
            distance_km=round(prospect.distance) if near else None,
            manque=", ".join(prospect.manque),
            courriel=self._find_address(prospect),
            page=self._link(prospect.adresse),
            objet=typographie(_SUBJECTS[prospect.sorte].format(nom=prospect.nom)),
            message=self._write_message(prospect),
            demande_le=asked.date if asked else "",
            demande=asked.quoi if asked else "",
        )

    def _link(self, path: str) -> str:
        return "" if self.settings.site_url == LOCAL_URL else f"{self.settings.site_url}{path}"

    def _find_address(self, prospect: Prospect) -> str:
        """That of the entry, or of the town hall; never that of a person: both were checked on their way in, and what
        was only doubted is left to the page of the COP."""
        if prospect.cop:
            return "" if prospect.cop.chemin in self.doubtful else prospect.cop.contact.courriel or ""
        mairie = self.annuaire.territories.mairies.get(prospect.code)
        return mairie.courriel if mairie and prospect.sorte == COMMUNE else ""

    def _write_message(self, prospect: Prospect) -> str:
        settings = self.settings
        call = (
            f"Le {settings.reseau or 'réseau'} appelle les collectivités à créer {nombre(settings.objectif)} "
            "COP locales : des espaces où élus, habitants, associations et acteurs économiques construisent ensemble "
            "les politiques de transition écologique et solidaire."
        )
        parts = {
            COMMUNE: (call, *self._ask_commune(prospect)),
            EPCI: (call, *self._ask_epci(prospect)),
            RENEW: self._ask_to_renew(prospect),
            COMPLETE: self._ask_to_complete(prospect),
        }[prospect.sorte]
        end = f"Bien à vous,\n{settings.mentions.get('editeur') or settings.reseau or settings.site_name}"
        lines = ("Bonjour,", *(part for part in parts if part), end)
        return "\n\n".join(line if line.startswith("http") else typographie(line) for line in lines)

    def _ask_commune(self, prospect: Prospect) -> Iterable[str]:
        where = prospect.place.a if isinstance(prospect.place, Commune) else prospect.nom
        yield (
            f"Notre annuaire n’en a recensé aucune {where}. En avez-vous une ? Dites-le-nous : quelques mots suffisent."
        )
        if prospect.proche:
            cop = prospect.proche
            yield (
                f"Sinon, vous pouvez voir ce que font vos voisins : {cop.nom}, {cop.collectivite_nom}"
                f" (à {nombre(max(1, round(prospect.distance)))} km)."
            )
            yield self._link(cop.adresse)
        yield from self._tell_how_to_start()

    def _ask_epci(self, prospect: Prospect) -> Iterable[str]:
        yield (
            "Au-delà de 50 000 habitants, la loi demande aux intercommunalités un conseil de développement (article "
            f"L5211-10-1 du code général des collectivités territoriales). Notre annuaire n’en a recensé aucun pour "
            f"{prospect.nom}. S’il existe, dites-nous où le trouver : nous ne savons que ce qu’on nous a dit."
        )
        yield from self._tell_how_to_start()

    def _ask_to_renew(self, prospect: Prospect) -> Iterable[str]:
        term = date_longue(self.annuaire.context.last_term_end[:7])
        yield (
            f"Votre COP « {prospect.nom} » a été créée pour le mandat municipal qui a pris fin en {term}. "
            "Le nouveau conseil l’a-t-il recréée, ou compte-t-il le faire ?"
        )
        yield self._link(prospect.adresse)
        yield "Une réponse en quelques mots suffit : nous mettrons sa fiche à jour."

    def _ask_to_complete(self, prospect: Prospect) -> Iterable[str]:
        yield (
            f"La fiche de votre COP « {prospect.nom} » ne dit pas encore : {enumeration(prospect.manque)}. "
            "Ce sont les premières choses que cherchent les habitants. Pouvez-vous nous aider à la compléter ?"
        )
        yield self._link(prospect.adresse)

    def _tell_how_to_start(self) -> Iterable[str]:
        if self._link("lancer/"):
            yield "Pour commencer, pas à pas :"
            yield self._link("lancer/")


_SUBJECTS: Mapping[str, str] = {
    COMMUNE: "Une COP locale : {nom}",
    EPCI: "Votre conseil de développement : {nom}",
    RENEW: "{nom} : recréée après les élections ?",
    COMPLETE: "{nom} : compléter votre fiche",
}


# The tables -----------------------------------------------------------------------------------------------------------


def write_prospects_csv(rows: Sequence[ProspectRow]) -> bytes:
    """For a French spreadsheet: semicolons and a mark of UTF-8."""
    table = write_csv([COLUMNS, *([getattr(row, name) for name in COLUMNS] for row in rows)], ";")
    return f"\ufeff{table}".encode()


WIDTHS: Mapping[str, int] = {"a_faire": 34, "nom": 34, "objet": 34, "message": 60, "cop_la_plus_proche": 40}


def write_prospects_xlsx(rows: Sequence[ProspectRow], today: str) -> bytes:
    """One sheet with its titles kept in sight and its filter; no text is ever a formula nor a link."""
    out = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, plain) as book:
        book.set_properties({"created": datetime.fromisoformat(today)})
        sheet = book.add_worksheet("Où agir")
        bold = book.add_format({"bold": True})
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, WIDTHS.get(name, 18))
            sheet.write_string(0, column, name, bold)
        for line, row in enumerate(rows, 1):
            for column, name in enumerate(COLUMNS):
                value = getattr(row, name)
                if isinstance(value, int):
                    sheet.write_number(line, column, value)
                elif value:
                    sheet.write_string(line, column, text(value))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    return out.getvalue()


# What was asked -------------------------------------------------------------------------------------------------------

FOLLOWED = ("cle", "date", "quoi")
"""Columns of the file that who animates keeps; it may have others."""


class WrongFollowing(Exception):  # noqa: N818
    """The file of what was asked cannot be understood; the message says why and what to do, in French."""


def read_asked(titles: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Mapping[str, Asked]:
    """The last thing asked of each line, from the rows of a table, each with its number. Raises WrongFollowing."""
    folded = [title.strip().lower() for title in titles]
    missing = [name for name in FOLLOWED if name not in folded]
    if missing:
        raise WrongFollowing(
            f"Il manque au fichier de suivi : {enumeration(missing)}. Ses colonnes : {', '.join(FOLLOWED)}."
        )
    places = [folded.index(name) for name in FOLLOWED]
    asked: dict[str, Asked] = {}
    for number, cells in rows:
        key, day, what = (cells[place].strip() if place < len(cells) else "" for place in places)
        if not key:
            continue
        iso = _read_day(day, number)
        if key not in asked or asked[key].date <= iso:
            asked[key] = Asked(iso, what)
    return asked


def _read_day(day: str, number: int) -> str:
    """As we write it, or as a French spreadsheet does."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(day, form).date().isoformat()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    example = date(2027, 1, 14).isoformat()
    raise WrongFollowing(f"Ligne {number} du fichier de suivi : « {day} » n’est pas une date. Attendu : {example}.")
