"""The questions of the form, drawn from the schema: nothing is written twice, a field added there is asked here.

Each control bears the dotted path of its key; items of a list are counted from 0 (`rencontres.0.debut`). The first
part asks what is required; every other topic of the schema (`x-groupes`) is a part of its own, folded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.entries.schemas.schema import Schema

Node = Mapping[str, Any]

FIRST = ("collectivite", "nom", "type", "type_precision", "statut", "terminee_le", "themes", "resume", "contact")
"""The order in which a person answers: the place first. The dates of the file come last, already filled in."""

ASKED_WITH = {
    "type_precision": ("type", "autre"),
    "terminee_le": ("statut", "terminee"),
    "remplacee_par": ("statut", "terminee"),
}
"""Questions that another answer makes useful (the schema's rules `autre-sans-precision`, `reserve-aux-terminees`)."""

ONE_LINE = 250
"""Signs from which a text is typed in several lines."""

_DATES = frozenset({"moment", "date-partielle", "annee-ou-date"})
"""`x-motif` of what is typed as a text: there the form takes a date as a person writes it, and rewrites it."""

_SINGULAR = {
    "sources": "une source",
    "autres_noms": "un autre nom",
    "anciens_ids": "un ancien identifiant",
    "perimetre": "un territoire",
    "demarche": "une démarche",
    "parties": "une organisation",
    "rencontres": "une rencontre",
    "documents": "un document",
    "engagements": "un engagement",
    "formations": "une formation",
    "liens": "un lien",
}

_LISTS = {
    "formations.0": "formations-connues",
    "perimetre.0": "territoires-connus",
    "rencontres.0.lieu.code": "territoires-connus",
}
"""The list (`<datalist>`) that a text control proposes: nobody knows an identifier or an INSEE code by heart."""

_BY_MOTIF = {"date": "date", "adresse": "url", "courriel": "email", "telephone": "tel"}


@dataclass(frozen=True, slots=True)
class Question:
    """One control, a group of them, or a list whose items are asked alike."""

    nom: str
    genre: str  # text, url, email, tel, date, number, bloc, choix, cases, groupe, liste
    titre: str
    aide: str
    exemple: str
    obligatoire: bool
    choix: tuple[tuple[str, str], ...] = ()  # value and label
    questions: tuple["Question", ...] = ()  # of a group; the item of a list
    longueur: int | None = None  # signs, at most
    avec: tuple[str, str] | None = None  # asked when that control has that value
    un: str = ""  # of a list: « une rencontre »
    propose: str = ""  # the id of the list that its control proposes

    @property
    def ancre(self) -> str:
        """The id of its element."""
        return f"q-{self.nom.replace('.', '-')}"


@dataclass(frozen=True, slots=True)
class Partie:
    """One topic of the form; the first is open."""

    cle: str
    titre: str
    questions: tuple[Question, ...]


def parts(schemas: Mapping[str, Schema]) -> tuple[Partie, ...]:
    """The parts of the form of a COP, in order."""
    schema = schemas["cop"].inlined
    known: dict[str, Node] = schema["properties"]
    required = set(schema["required"])
    topics: dict[str, list[str]] = {topic: [] for topic in schema["x-groupes"]}
    first, *_, last = topics
    topics[first] = list(FIRST)
    for key, about in known.items():
        if key not in FIRST:
            topics[last if about["x-groupe"] == first else about["x-groupe"]].append(key)
    return tuple(
        Partie(topic, schema["x-groupes"][topic], tuple(_question(key, known[key], key in required) for key in keys))
        for topic, keys in topics.items()
    )


def _question(nom: str, about: Node, required: bool) -> Question:
    genre = _genre(about)
    inner: tuple[Question, ...] = ()
    if genre == "groupe":
        # In a group that may stay empty nothing is required: the check speaks once it is begun.
        inner = tuple(_asked(nom, about, required or nom.endswith(".0")))
    elif genre == "liste":
        inner = (_question(f"{nom}.0", about["items"], required=False),)
    closed = about if "enum" in about else about.get("items", {}) if genre == "cases" else {}
    return Question(
        nom=nom,
        genre=genre,
        titre=about["title"],
        aide=about["description"],
        exemple=_example(about, genre),
        obligatoire=required,
        choix=tuple(zip(closed.get("enum", ()), closed.get("enumDescriptions", ()), strict=True)),
        questions=inner,
        longueur=about["maxLength"] if about.get("x-texte") else None,
        avec=ASKED_WITH.get(nom),
        un=_SINGULAR.get(nom, ""),
        propose=_LISTS.get(nom, ""),
    )


def _asked(nom: str, about: Node, strict: bool) -> Iterator[Question]:
    required = set(about.get("required", ())) if strict else set()
    for key, inner in about["properties"].items():
        if not inner.get("x-outil"):  # what our tools write is not asked
            yield _question(f"{nom}.{key}", inner, key in required)


def _genre(about: Node) -> str:
    kind, items = about.get("type"), about.get("items", {})
    if kind == "object":
        return "groupe"
    if kind == "array":
        return "cases" if "enum" in items else "liste"
    if "enum" in about:
        return "choix"
    if kind == "integer":
        return "number"
    if about.get("x-texte") and about["maxLength"] > ONE_LINE:
        return "bloc"
    return _BY_MOTIF.get(about.get("x-motif", ""), "text")


def _example(about: Node, genre: str) -> str:
    """What a text control shows: the schema's first example, a date as people write it."""
    if genre in {"groupe", "liste", "choix", "cases", "date", "bloc"}:
        return ""
    first = str(next(iter(about.get("examples", ())), ""))
    if about.get("x-motif") not in _DATES:
        return first
    day, _, hour = first.partition(" ")
    return f"{'/'.join(reversed(day.split('-')))} {hour}".strip()
