"""One key of each kind that a schema may gain: what it notes, an answer, what a reader reads of it, what is refused."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Node = dict[str, Any]


class NewKey(NamedTuple):
    """A key without its title, which `give_keys` writes; `wrong`: refused answers, with the code that says why."""

    node: Node
    value: Any
    said: str
    wrong: Mapping[str, str]
    sort: str = "input"  # the question of a request


LINE = {"type": "string", "minLength": 1, "pattern": "^[^\\r\\n]*\\n?$", "x-motif": "texte-simple", "x-texte": "ligne"}
ODD = {"l-eau": "« L’eau » & l’air", "2e-choix": '2ᵉ : "guillemets" <b>gras</b>', "fin": "État ; « oui »"}


def closed(choices: Mapping[str, str], **more: Any) -> Node:
    return {"type": "string", "enum": list(choices), "enumDescriptions": list(choices.values()), **more}


def titled(title: str, example: Any, node: Node) -> Node:
    return {"title": title, "description": f"{title}, pour l’essai.", "examples": [example], **node}


def listed(title: str, example: Any, item: Node, **more: Any) -> Node:
    return {"type": "array", "maxItems": 9, "items": titled(title, example, item), "x-un": "un de plus", **more}


def grouped(required: list[str], **properties: Node) -> Node:
    return {"type": "object", "additionalProperties": False, "required": required, "properties": properties}


def named(name: str) -> Node:
    return {"$ref": f"#/$defs/{name}"}


KEYS: Mapping[str, NewKey] = {
    "texte": NewKey({**LINE, "maxLength": 99}, "Un texte : court", "Un texte : court", {"x" * 100: "trop-long"}),
    "long": NewKey(
        {"type": "string", "maxLength": 900, "x-texte": "markdown"}, "Du **gras**.\n\n- une liste",
        "Du gras. une liste", {"y" * 901: "trop-long"}, "textarea",
    ),
    "bloc": NewKey(
        {"type": "string", "maxLength": 90, "x-texte": "bloc"}, "Une ligne\nUne autre", "Une ligne Une autre",
        {"=SOMME(A1)": "formule"}, "textarea",
    ),
    "choix": NewKey(closed(ODD), "2e-choix", '2ᵉ : "guillemets" <b>gras</b>', {"trois": "choix-inconnu"}, "dropdown"),
    "beaucoup": NewKey(
        closed({f"choix-{n}": f"Choix numéro {n}" for n in range(40)}), "choix-17", "Choix numéro 17",
        {"Choix 17": "choix-proche"}, "dropdown",
    ),
    "annees": NewKey(
        {"type": "integer", "enum": [2020, 2026], "enumDescriptions": ["Mandat 2020", "Mandat 2026"]}, 2026,
        "Mandat 2026", {"2021": "choix-proche"}, "dropdown",
    ),
    "sans_libelle": NewKey({"enum": ["jaune", "bleu"]}, "bleu", "bleu", {"vert": "choix-inconnu"}, "dropdown"),
    "plusieurs": NewKey(
        listed("Un choix", "fin", closed(ODD), uniqueItems=True), ["l-eau", "fin"],
        "« L’eau » & l’air, État ; « oui »", {"[fin, fin]": "liste-en-double"}, "checkboxes",
    ),
    "vrai": NewKey({"type": "boolean"}, True, "Oui", {"peut-être": "choix-inconnu"}, "dropdown"),
    "entier": NewKey({"type": "integer", "minimum": -50, "maximum": 50}, -12, "-12", {"-51": "nombre-trop-petit"}),
    "nombre": NewKey({"type": "number", "minimum": 0, "maximum": 99}, 12.25, "12,25", {"deux": "motif-nombre"}),
    "jour": NewKey(named("date"), "2026-03-04", "4 mars 2026", {"2026-02-30": "date-impossible"}),
    "mois": NewKey(named("date-partielle"), "2026-03", "mars 2026", {"3/2026": "date-a-ecrire"}),
    "heure": NewKey(named("moment"), "2026-03-04 18:30", "4 mars 2026 à 18 h 30", {"ce soir": "motif-moment"}),
    "page": NewKey(
        named("adresse"), "https://exemple.example/?a=b&c=d", "https://exemple.example/?a=b&c=d",
        {"www.exemple.example": "adresse-sans-https"},
    ),
    "ecrire": NewKey(named("courriel"), "accueil@a.example", "accueil@a.example", {"a": "motif-courriel"}),
    "appeler": NewKey(named("telephone"), "02 61 91 00 01", "02 61 91 00 01", {"12": "motif-telephone"}),
    "nul": NewKey({"type": ["integer", "null"], "minimum": 0, "maximum": 9}, 3, "3", {"dix": "type-integer"}),
    "textes": NewKey(
        listed("Un texte", "Un mot", {**LINE, "maxLength": 40}), ["Un mot, deux", "Trois | quatre"],
        "Un mot, deux ; Trois | quatre", {f"[{'z' * 41}]": "trop-long"}, "textarea",
    ),
    "entiers": NewKey(
        listed("Un entier", 4, {"type": "integer", "minimum": 0, "maximum": 9}), [1, 2], "1, 2",
        {"[dix]": "type-integer"}, "textarea",
    ),
    "vrais": NewKey(
        listed("Un oui ou non", "oui", {"type": "boolean"}), [True, False], "Oui, Non", {"[bof]": "choix-inconnu"},
        "checkboxes",
    ),
    "pages": NewKey(
        listed("Une page", "https://exemple.example/", named("adresse")), ["https://exemple.example/a,b|c"],
        "https://exemple.example/a,b|c", {"[hier]": "motif-adresse"}, "textarea",
    ),
    "groupe": NewKey(
        grouped(
            ["nom"],
            nom=titled("Nom du groupe", "Un nom", {**LINE, "maxLength": 40}),
            rang=titled("Rang", 2, {"type": "integer", "minimum": 1, "maximum": 9}),
            dedans=titled(
                "Dedans", {"ouvert": "oui"}, grouped([], ouvert=titled("Ouvert", "oui", {"type": "boolean"}))
            ),
        ),
        {"nom": "Un nom", "rang": 2, "dedans": {"ouvert": False}},
        "Nom du groupe : Un nom, Rang : 2, Dedans : Ouvert : Non", {"{rang: 2}": "cle-manquante"}, "",
    ),
    "groupes": NewKey(
        listed("Un groupe", {"nom": "Un nom"}, grouped(
            ["nom"],
            nom=titled("Nom", "Un nom", {**LINE, "maxLength": 40}),
            prix=titled("Prix", 2.5, {"type": "number", "minimum": 0, "maximum": 9}),
            jours=titled("Jours", ["2026-01-02"], listed("Un jour", "2026-01-02", named("date"))),
        )),
        [{"nom": "Un", "prix": 1.5}, {"nom": "Deux", "jours": ["2026-01-02", "2026-01-03"]}],
        "Nom : Un, Prix : 1,5 ; Nom : Deux, Jours : 2 janvier 2026, 3 janvier 2026",
        {"[{prix: 2}]": "cle-manquante"}, "",
    ),
}  # fmt: skip

FACETS = ("choix", "beaucoup", "annees", "plusieurs", "vrai", "entier", "mois", "texte")
"""Those by which the directory is filtered."""


def give_keys(place: str, **more: Any) -> dict[str, Node]:
    """One optional key of each kind, for the group of that name."""
    examples = {name: key.value if key.sort else ({"nom": "Un nom"}) for name, key in KEYS.items()}
    examples["groupes"] = [{"nom": "Un nom"}]
    return {
        f"{place}_{name}": titled(f"{name.capitalize()} ({place})", examples[name], {**key.node, **more})
        for name, key in KEYS.items()
    }


def answer_keys(place: str) -> dict[str, Any]:
    return {f"{place}_{name}": key.value for name, key in KEYS.items()}
