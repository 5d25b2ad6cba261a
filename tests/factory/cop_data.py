"""Fictitious COP, from a dozen lines to every field of the schema."""

from collections.abc import Sequence
from typing import Any

from tests.factory.parts import Draw, document, engagement, lieu, partie, rencontre, resume, sentences, shift, term, url
from tests.factory.places import Place
from tests.factory.words import CHOICES, LONG_TAIL, LONG_TEXT, SITE, SUBJECTS

Data = dict[str, Any]
NAME_MAX = 120  # schema
OWN_BASES = {
    "commission-extra-municipale": "cgct-l2143-2",
    "commission-extra-intercommunale": "cgct-l5211-49-1",
    "conseil-de-developpement": "cgct-l5211-10-1",
    "conseil-alimentation": "crpm-l111-2-2",
}
"""Legal basis of a type (domain rules); the other types have none that goes without saying."""


def minimal(d: Draw, place: Place, nom: str, kind: str, themes: Sequence[str]) -> Data:
    """The required fields, about a dozen lines."""
    statut = _statut(d)
    verified = d.day(*_age(d.index))
    data: Data = {
        "nom": nom,
        "type": kind,
        "collectivite": {"type": place.kind, "code": place.code, "nom": place.nom},
        "statut": statut,
        "themes": list(themes),
        "resume": resume(f"un espace inventé {place.de}.", d.rng),
        "contact": {"courriel": d.rng.choice(("mairie@exemple.example", "accueil@exemple.example"))},
        "inscrite_le": verified,
    }
    if kind == "autre":
        data["type_precision"] = "Atelier public de quartier, inventé pour l’essai"
    if statut == "terminee":
        data["terminee_le"] = shift(verified, -40)[: (4, 7, 10)[d.index % 3]]
    if place.perimetre:
        data["perimetre"] = list(place.perimetre)
    return data


def _statut(d: Draw) -> str:
    """Each in turn at first, then mostly active ones, as in a directory that lives."""
    values = CHOICES["cop"]["statut"]
    weights = [{"active": 9, "en-renouvellement": 2, "a-confirmer": 2}.get(value, 1) for value in values]
    return values[d.index % len(values)] if d.index < 2 * len(values) else d.rng.choices(values, weights)[0]


def _age(index: int) -> tuple[int, int]:
    """Days since the last check: one in twelve older than 18 months, one in twenty-five older than 36."""
    if index % 25 == 7:
        return -1700, -1130
    return (-1050, -580) if index % 12 == 5 else (-500, -1)


def usual(d: Draw, place: Place, data: Data) -> Data:
    """What most contributors add: calendar, members, how to join, the next meeting."""
    checked = data["inscrite_le"]
    data["inscrite_le"] = shift(checked, -d.rng.randrange(0, 300))
    created = shift(data["inscrite_le"], -d.rng.randrange(100, 2500))
    start, end = term(checked)
    data |= {
        "verifiee_le": checked,
        "contact": _contact(d),
        "creee_le": created[: (4, 7, 10)[d.index % 3]],
        "mandat": {"debut": start, "fin": end} if d.index % 2 else {"debut": f"{start}-06-30", "fin": f"{end}-03-14"},
        "composition": _composition(d),
        "frequence": d.choice("cop", "frequence"),
        "rejoindre": _rejoindre(d),
        "rencontres": _rencontres(d, place, 1),
        "description": _description(d, 6),
    }
    if data["mandat"]["debut"] > checked:
        data["mandat"]["debut"] = start
    return data


def full(d: Draw, place: Place, data: Data, formations: Sequence[str], others: Sequence[str]) -> Data:
    """Every field there is. `others` are ids of COP already made, for the one that takes over an ended one."""
    day = data["verifiee_le"]
    data |= {
        "nom_br": "Skouer ijinet : ar c’hoad hag ar mor",
        "resume_br": "Skouer ijinet evit an amprouadennoù : ar c’hoad, an dour hag ar mor.",
        "sigle": f"CF{d.index}",
        "autres_noms": [f"Groupe inventé n° {d.index}", f"« L’Atelier {d.index} » (nom d’usage fictif)"],
        "description": _description(d, 7),
        "base_legale": OWN_BASES.get(data["type"]) or d.rng.choice(("aucune", "autre")),
        "deliberation": {
            "date": shift(day, -60),
            "numero": f"{day[:4]}-{d.index % 90 + 1:03}",
            "objet": "Création fictive : objet, durée et membres",
            "url": url("deliberation", day),
        },
        "demarche": [_demarche(d, step) for step in range(1 + d.index % 2)],
        "parties": [partie(d.index + step) for step in range(3)],
        "designation": d.some("cop", "designation"),
        "participation": d.choice("cop", "participation"),
        "decision": d.some("cop", "decision", 2),
        "saisine": d.some("cop", "saisine", 2),
        "animation": d.some("cop", "animation", 2),
        "seances_publiques": d.choice("cop", "seances_publiques"),
        "rencontres": _rencontres(d, place, 1 + d.index % 2),
        "calendrier_url": f"{SITE}/agenda/cop-{d.index}.ics",
        "documents": [document(d, "cop", step, shift(day, -30 * step)) for step in range(2 + d.index % 3)],
        "engagements": [engagement(d, step, data["themes"]) for step in range(2 + d.index % 4)],
        "pacte": {"signe_le": shift(day, -90), "piliers": _piliers(d)},
        "liens": [{"titre": "Page d’exemple : « tout savoir »", "url": url("lien", str(d.index))}],
        "sources": [{"titre": "Source inventée", "url": url("source", str(d.index)), "date": day}],
        "fiche": {"source": d.choice("cop", "fiche.source")},
        "anciens_ids": [f"ancienne-adresse-fictive-{d.index}"],
    }
    if place.members:
        data["perimetre"] = list(place.members)
    if formations:
        data["formations"] = [formations[d.index % len(formations)]]
    if data["statut"] == "terminee" and others:
        data["remplacee_par"] = d.rng.choice(others)
    return data


def name(body: str, place: Place, rank: int, index: int) -> tuple[str, tuple[str, ...]]:
    """The name and themes of the `rank`-th COP of this type in this place: no two look alike to the duplicate check."""
    subject, themes = SUBJECTS[(place.turn + rank) % len(SUBJECTS)]
    again = rank // len(SUBJECTS)
    nom = f"{body} {subject} {place.de}" + (f" n° {again + 1}" if again else "")
    if index % 37 == 11:
        nom = f"{(nom + LONG_TAIL)[: NAME_MAX - 1]}…"
    return nom[:NAME_MAX], themes


def _contact(d: Draw) -> Data:
    number = f"{d.index % 100:02} {d.rng.randrange(100):02}"
    return {
        "courriel": d.rng.choice(("accueil@exemple.example", "transition@exemple.example")),
        "page": url("contact"),
        "formulaire": f"{SITE}/ecrire?objet=cop&numero={d.index}",
        "telephone": f"0033 2 61 91 {number}" if d.index % 9 == 4 else f"02 61 91 {number}",
        "adresse": f"{d.rng.randint(1, 80)}, place d’exemple",
        "fonction": "Accueil du service fictif « Transitions »",
    }


def _composition(d: Draw) -> Data:
    keys = ("elus", "habitants", "associations", "entreprises", "agriculteurs", "agents", "autres")
    seats = {key: d.rng.randrange(0, 12) for key in keys}
    total = sum(seats.values()) + d.rng.randrange(0, 4)
    return {"total": total, **seats, "jeunes": d.rng.randrange(0, 6), "parite": d.choice("cop", "composition.parite")}


def _rejoindre(d: Draw) -> Data:
    mode = d.choice("cop", "rejoindre.mode")
    found: Data = {"mode": mode, "comment": "Écrire à l’accueil, venir une fois, puis dire oui : c’est tout."}
    return found | ({"url": url("rejoindre"), "jusqu_au": d.day(-90, 200)} if d.index % 2 else {})


def _rencontres(d: Draw, place: Place, count: int) -> list[Data]:
    """Meetings from a year ago to next year, oldest first: about a thousand in a thousand COP."""
    hall = lieu(place.commune, place.nom, d.rng)
    days = sorted(d.day(-360, 300) for _ in range(count))
    return [rencontre(d, d.index % 3 + step, day, hall) for step, day in enumerate(days)]


def _description(d: Draw, count: int) -> str:
    texts = sentences(d.rng, count)
    if count < 7:
        return "\n\n".join(["Texte **inventé** pour la démonstration.", *texts])
    return LONG_TEXT.format(site=SITE, **dict(zip("abcdefg", texts, strict=True))).strip()


def _demarche(d: Draw, step: int) -> Data:
    kind = d.choice("cop", "demarche.type", step)
    etat = d.choice("cop", "demarche.etat", step)
    return {"type": kind, "nom": f"Démarche inventée ({kind})", "url": url("demarche", kind), "etat": etat}


def _piliers(d: Draw) -> Data:
    found: Data = {}
    for step, key in enumerate(("vision", "posture", "objectifs", "gouvernance")):
        found[key] = {"etat": d.choice("cop", f"pacte.piliers.{key}.etat", step), "url": url("pacte", key)}
    return found
