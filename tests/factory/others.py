"""Fictitious trainings and news items."""

from collections.abc import Sequence
from typing import Any

from generator.territories.kinds import Commune
from tests.factory.parts import Draw, document, lieu, moved, rencontre, resume, sentences, shift, url
from tests.factory.words import LONG_TEXT, SITE, SUBJECTS

Data = dict[str, Any]
TITLE_MAX = 120  # schema, titre of a training

_VERBS = (
    "Animer une assemblée", "Écouter & décider à plusieurs", "Rédiger une charte", "Tirer au sort : comment faire ?",
    "Conduire une réunion publique", "Évaluer une feuille de route", "Accueillir les nouveaux membres",
    "Coopérer entre élus, agents et habitants", "Comprendre le budget", "Lire l’eau d’un territoire",
)  # fmt: skip


def formation_title(index: int) -> str:
    """A title that no other training has."""
    subject = SUBJECTS[(7 * index) % len(SUBJECTS)][0]
    title = f"{_VERBS[index % len(_VERBS)]} (formation fictive n° {index + 1}), autour {subject}"
    if index % 29 == 3:
        title += " : deux journées pour apprendre, essayer, se tromper et recommencer ensemble"
    return title if len(title) <= TITLE_MAX else f"{title[: TITLE_MAX - 1]}…"


def formation(d: Draw, cops: Sequence[str], communes: Sequence[Commune]) -> Data:
    """A training with nought to six sessions; one in three has every field."""
    modalite = d.choice("formation", "modalite")
    published = d.day(-700, -1)
    own = [_session(d, step, modalite, d.rng.choice(communes)) for step in range(d.index % 7)]
    data: Data = {
        "titre": formation_title(d.index),
        "organisateur": {"nom": f"Organisme de formation fictif n° {d.index % 12 + 1}", "url": url("organisme")},
        "resume": resume("une formation inventée.", d.rng),
        "publics": d.some("formation", "publics"),
        "modalite": modalite,
        "tarif": _tarif(d),
        "inscription": {"url": url("s-inscrire")} if d.index % 2 else {"courriel": "formation@exemple.example"},
        "publiee_le": published,
        "sessions": sorted(own, key=lambda session: str(session["debut"])),
    }
    if not own or d.index % 4 == 1:
        data["a_la_demande"] = "oui" if not own else d.choice("formation", "a_la_demande")
    return data | (_qualiopi(d, cops) if d.chance(0.35) else {})


def _tarif(d: Draw) -> Data:
    mode = d.choice("formation", "tarif.mode", d.index // 5)
    found: Data = {"mode": mode}
    if mode == "payant":
        found["montant_eur"] = 10 * d.rng.randint(2, 90)
    if d.index % 2:
        found["precision"] = "Prise en charge possible : demander à l’organisme, c’est prévu."
    return found


def _session(d: Draw, step: int, modalite: str, commune: Commune) -> Data:
    start = d.day(-300, 320)
    whole_day = step % 2 == 0
    found: Data = {"id": f"session-{step + 1}", "debut": start if whole_day else f"{start} 09:00"}
    found["fin"] = shift(start, step % 3) if whole_day else f"{start} 17:30"
    found["horaires"] = "9 h – 12 h 30, puis 14 h – 17 h 30"
    if modalite != "distanciel":
        found["lieu"] = lieu(commune.code, commune.nom, d.rng)
    if modalite in {"distanciel", "hybride"}:
        found["en_ligne_url"] = url("visio", start)
    found["places"] = d.rng.randint(6, 40)
    found |= moved(d, d.mostly("formation", "sessions.statut"), start, "09:00")
    if step % 2:
        found["inscription_url"] = url("session", start)
        found["inscription_jusqu_au"] = shift(start, -10)
    return found


def _qualiopi(d: Draw, cops: Sequence[str]) -> Data:
    """The optional fields: what Qualiopi's first indicator asks of a training page, and the links."""
    found: Data = {
        "objectifs": ["Distinguer avis, accord & décision", "Préparer une séance : lieu, rythme, trace"],
        "prerequis": "Aucun. Il suffit d’avoir participé à une réunion,\net d’en garder un souvenir.",
        "programme": LONG_TEXT.format(site=SITE, **dict(zip("abcdefg", sentences(d.rng, 7), strict=True))).strip(),
        "duree_heures": ("3.5", "7", "14", "1,5")[d.index % 4],
        "delai_acces": "Deux semaines après l’inscription",
        "methodes": "Jeux de rôle, lectures à voix haute, « marches exploratoires ».",
        "evaluation": "Un bilan partagé à la fin, un second trois mois plus tard.",
        "accessibilite_handicap": "Salle de plain-pied ; boucle magnétique sur demande (référent : l’accueil).",
        "themes": list(SUBJECTS[(7 * d.index) % len(SUBJECTS)][1]),
        "pacte_piliers": d.some("formation", "pacte_piliers", 4),
        "documents": [document(d, "formation", step, d.day(-300, -1)) for step in range(1 + d.index % 3)],
    }
    return found | ({"cops_liees": d.rng.sample(cops, min(len(cops), 2))} if cops else {})


def actualite(d: Draw, day: str, cops: Sequence[str], communes: Sequence[Commune]) -> Data:
    """A news item of that day about a COP, a territory or the network; one in three announces an event."""
    categorie = d.choice("actualite", "categorie")
    subject, themes = SUBJECTS[(5 * d.index) % len(SUBJECTS)]
    commune = d.rng.choice(communes)
    data: Data = {
        "titre": f"Nouvelle fictive n° {d.index + 1} : on reparle {subject}",
        "resume": resume(f"une nouvelle inventée {commune.de}.", d.rng),
        "categorie": categorie,
    }
    if cops and d.index % 3:
        data["cops"] = d.rng.sample(cops, min(len(cops), 1 + d.index % 2))
    if "cops" not in data or d.index % 3 == 2:
        data["territoires"] = [commune.code, *([commune.epci] if commune.epci else []), commune.departement]
    if d.index % 2:
        data["texte"] = "\n\n".join(["Texte **inventé**.", *sentences(d.rng, 4), f"[La suite]({SITE}/suite/)"])
        data["themes"] = list(themes)
    if d.chance(0.35):
        data["liens"] = [{"titre": "Le dossier fictif « complet »", "url": url("dossier", day)}]
    if d.chance(0.4):
        step = d.index % 3  # a meeting takes its shape from its rank: this one stands alone
        data["evenement"] = rencontre(d, step, d.day(-100, 200), lieu(commune.code, commune.nom, d.rng))
    if d.index % 3 == 2:
        data["date_precision"] = d.choice("actualite", "date_precision")
    return data
