"""The one rule of the counter: status, freshness, perimeter; one per file."""

from functools import partial
from itertools import product

import pytest

from generator.model import counter
from generator.model.cop import Context, Cop
from generator.model.counter import compter, milestones, next_step, steps_to
from generator.model.fields import Collectivite, Contact, Mandat
from generator.territories.reference import load_territories
from tests.support import annuaires

TODAY = "2026-11-24"
PLACES = load_territories()
QUIMPERLE = ("commune", "29233")


def context(today: str = TODAY, epci_entiers: bool = True) -> Context:
    return Context(
        today, ("2020-03-15", "2026-03-15"), ("22", "29", "35", "56"), epci_entiers, PLACES, 1000, annuaires.LABELS
    )


def cop(
    statut: str = "en-renouvellement",
    verifiee: str = TODAY,
    place: tuple[str, str] = QUIMPERLE,
    perimetre: tuple[str, ...] = (),
    kind: str = "cop-locale",
    base: str | None = None,
    mandat: Mandat | None = None,
    against: Context | None = None,
    dossier: str = "29",
    name: str = "fictive",
    creee: str | None = None,
) -> Cop:
    return Cop(
        nom="COP fictive",
        type=kind,
        collectivite=Collectivite(*place, nom="Un lieu"),
        statut=statut,
        themes=("eau",),
        resume="Une COP inventée.",
        contact=Contact(page="https://exemple.org/"),
        inscrite_le="2015-01-01",
        verifiee_le=verifiee,
        perimetre=perimetre,
        base_legale=base,
        creee_le=creee,
        mandat=mandat,
        id=name,
        dossier=dossier,
        donnees={},
        context=against or context(),
    )


STATUSES = {
    "en-projet": False,
    "en-creation": False,
    "active": True,
    "en-renouvellement": True,
    "a-confirmer": True,
    "en-sommeil": False,
    "terminee": False,
}
CHECKED = {  # last check before 24 November 2026: is it fresh, does the page say « à confirmer »
    "2026-11-24": (True, False),
    "2025-05-25": (True, False),
    "2025-05-24": (True, False),  # 18 months to the day
    "2025-05-23": (True, True),
    "2023-11-25": (True, True),
    "2023-11-24": (True, True),  # 36 months to the day
    "2023-11-23": (False, True),
}
PERIMETER = {
    ("commune", "22278"): True,
    ("commune", "29233"): True,
    ("commune", "35145"): True,
    ("commune", "56260"): True,
    ("commune", "44128"): True,  # Plessé: Redon Agglomération has Breton members
    ("commune", "44006"): True,  # Assérac: Cap Atlantique too
    ("epci", "243500741"): True,
    ("departement", "29"): True,
    ("departement", "44"): False,
    ("region", "53"): True,
}


def test_status_freshness_perimeter() -> None:
    for statut, verifiee, place in product(STATUSES, CHECKED, PERIMETER):
        own = cop(statut, verifiee, place)
        fresh, to_check = CHECKED[verifiee]
        counted, planned = STATUSES[statut], statut in {"en-projet", "en-creation"}
        found = (own.fraiche, own.a_verifier, own.comptee, own.en_projet)
        inside = fresh and PERIMETER[place]
        assert found == (fresh, to_check, counted and inside, planned and inside), (statut, verifiee, place)


def test_twenty_communes_of_loire_atlantique() -> None:
    beyond = [("commune", c.code) for c in PLACES.communes.values() if c.departement == "44"]
    assert len(beyond) == 20
    assert all(cop(place=place).comptee for place in beyond)
    # One setting: without the rule of whole EPCI they are outside.
    assert not any(cop(place=place, against=context(epci_entiers=False)).comptee for place in beyond)


@pytest.mark.parametrize(
    ("perimetre", "counted"),
    [(("29233",), True), (("44128",), True), (("243500741",), True), (("44109",), False), (("44109", "29233"), True)],
)
def test_syndicat_mixte_by_what_it_covers(perimetre: tuple[str, ...], counted: bool) -> None:
    assert cop(place=("syndicat-mixte", "000010009"), perimetre=perimetre).comptee is counted


L2143_2 = "cgct-l2143-2"
BEFORE, AFTER, ELECTION = "2026-03-14", "2026-03-16", "2026-03-15"


@pytest.mark.parametrize(
    ("base", "mandat", "verifiee", "today", "shown"),
    [
        # without a mandate, the last check tells
        (L2143_2, None, BEFORE, TODAY, "a-confirmer"),
        (L2143_2, None, ELECTION, TODAY, "active"),
        (L2143_2, None, AFTER, TODAY, "active"),
        (L2143_2, None, BEFORE, BEFORE, "active"),
        (L2143_2, None, BEFORE, ELECTION, "a-confirmer"),
        # a mandate tells, whatever the last check
        (L2143_2, Mandat("2020", "2026"), AFTER, TODAY, "a-confirmer"),  # a bare year ends on its election day
        (L2143_2, Mandat("2020", "2026"), BEFORE, BEFORE, "active"),
        (L2143_2, Mandat("2020", "2026"), BEFORE, ELECTION, "a-confirmer"),
        (L2143_2, Mandat("2020-07-01", "2026-03-15"), BEFORE, TODAY, "a-confirmer"),
        (L2143_2, Mandat(fin="2026-06-30"), BEFORE, TODAY, "active"),
        (L2143_2, Mandat("2026", "2032"), BEFORE, TODAY, "active"),
        (L2143_2, Mandat(debut="2020"), AFTER, TODAY, "a-confirmer"),
        (L2143_2, Mandat(debut="2026-05"), BEFORE, TODAY, "active"),
        (L2143_2, Mandat(debut="2026-01"), AFTER, TODAY, "a-confirmer"),
        # other bases, or none, do not end with the term
        ("cgct-l5211-10-1", Mandat("2020", "2026"), BEFORE, TODAY, "active"),
        ("aucune", None, BEFORE, TODAY, "active"),
    ],
)
def test_shown_status(base: str, mandat: Mandat | None, verifiee: str, today: str, shown: str) -> None:
    assert cop("active", verifiee, base=base, mandat=mandat, against=context(today)).statut_affiche == shown


def test_the_type_brings_its_legal_basis() -> None:
    assert cop("active", BEFORE, kind="commission-extra-municipale").statut_affiche == "a-confirmer"
    assert cop("active", BEFORE, kind="commission-extra-municipale", base="aucune").statut_affiche == "active"
    assert cop("active", BEFORE, kind="cop-locale").statut_affiche == "active"
    # Written to be confirmed, it was last known to meet when it was created.
    unchecked = partial(cop, "a-confirmer", "", kind="comite-consultatif")
    assert unchecked(creee="2021-01").mandat_echu
    assert not unchecked(creee="2026-05").mandat_echu
    comite = partial(cop, "active", BEFORE, kind="comite-consultatif")
    assert comite().statut_affiche == "a-confirmer"
    assert comite(place=("epci", "242900694")).statut_affiche == "active"
    assert comite(place=("departement", "29")).statut_affiche == "active"


@pytest.mark.parametrize("statut", sorted(set(STATUSES) - {"active"}))
def test_only_active_is_shown_otherwise(statut: str) -> None:
    assert cop(statut, BEFORE, base=L2143_2).statut_affiche == statut


def test_figures() -> None:
    cops = [
        cop(name="a"),
        cop(name="b"),  # the same collectivité: one per file, one collectivité
        cop("a-confirmer", place=("commune", "35145"), dossier="35", name="c"),
        cop("active", BEFORE, base=L2143_2, name="d"),  # shown, and counted, as to be confirmed
        cop(place=("region", "53"), dossier="bretagne", kind="autre", name="e"),
        cop(place=("commune", "44128"), dossier="44", name="f"),
        cop("en-projet", name="g"),
        cop("en-creation", name="h"),
        cop("terminee", name="i"),
        cop("en-projet", "2020-01-01", name="j"),
        cop(verifiee="2020-01-01", name="k"),
    ]
    figures = compter(cops, TODAY, 1000)
    assert figures == counter.Compteur(
        value=6,
        objectif=1000,
        date=TODAY,
        a_confirmer=2,
        en_projet=2,
        collectivites=4,
        par_departement={"29": 3, "35": 1, "44": 1, "bretagne": 1},
        par_type={"autre": 1, "cop-locale": 5},
    )
    assert sum(figures.par_departement.values()) == sum(figures.par_type.values()) == figures.value


def test_nothing_counted() -> None:
    assert compter([], TODAY, 1000) == counter.Compteur(0, 1000, TODAY, 0, 0, 0, {}, {})


def test_milestones_are_the_days_of_the_nth_entry() -> None:
    cops = {
        f"cop-{n:02}": annuaires.cop(nom=f"COP fictive {n}", inscrite_le=f"2026-{3 + n // 10:02}-{n % 10 + 10}")
        for n in range(26)
    }
    made = milestones(annuaires.build(cops).cops, steps_to(1000))
    assert [(one.count, one.date, one.cop) for one in made] == [
        (10, "2026-03-19", "cop-09"),
        (25, "2026-05-14", "cop-24"),
    ]
    assert milestones(annuaires.build().cops, steps_to(1000)) == ()


def test_the_next_step() -> None:
    assert [next_step(n, steps_to(1000)) for n in (0, 9, 10, 999, 1000)] == [10, 10, 25, 1000, None]


def test_the_goal_is_the_last_step_whatever_it_is() -> None:
    assert steps_to(1000) == (10, 25, 50, 100, 250, 500, 750, 1000)
    assert steps_to(300) == (10, 25, 50, 100, 250, 300)
    assert steps_to(5) == (5,)
