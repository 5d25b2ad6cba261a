"""What pages weigh and how they are made, for `make bench`: figures that do not depend on the machine."""

import sys
from collections.abc import Iterator

from tests.bench import lighthouse, markup_faults, second_opinion, stillness, weight
from tests.bench.plan import Plan, Row, french

PAGES = (
    ("accueil", "", 75),
    ("`/cops/`", "cops/", 60),
    ("COP la plus lourde", "cops/*", 75),
    ("territoire le plus lourd", "territoires/*", 60),
    ("thème le plus lourd", "themes/*", 60),
    ("formation la plus lourde", "formations/*", 60),
)
"""What, address (`*`: the heaviest of a section), lowest EcoIndex."""


def weights(plan: Plan) -> Iterator[Row]:
    """Pages of the demonstration of 1,000 COP, without the search."""
    site = plan.site(1000)
    for what, address, lowest in PAGES:
        if address.endswith("*"):
            address = weight.heaviest(site, address[:-2])
        found = weight.weigh(site, address)
        most = 40_000 if what.startswith("COP") else None
        told = (
            f"HTML {french(found.raw / 1000, 1)} Ko (gzip {french(found.zipped / 1000, 1)}), "
            f"en tout {french(found.transferred / 1000, 1)} Ko, {found.requests} requêtes, "
            f"{french(found.elements)} éléments, EcoIndex {french(found.score)}"
        )
        budget = f"≤ 100 Ko, EcoIndex ≥ {lowest}" + (", HTML ≤ 40 Ko" if most else "")
        kept = found.transferred <= 100_000 and found.score >= lowest and found.raw <= (most or found.raw)
        yield Row(what, told, budget, kept and not found.strangers)


def markup(plan: Plan) -> Iterator[Row]:
    """The Nu validator on one page of every kind."""
    print("… validateur Nu", file=sys.stderr)
    program = markup_faults.jar(plan.folder)
    what, budget = "validateur Nu, une page de chaque sorte", "rien"
    if program is None:
        yield Row(what, "non mesuré : npm ou Java manque", budget)
        return
    chosen = markup_faults.pages(plan.site(1000))
    found = markup_faults.findings(program, chosen)
    yield Row(what, " ; ".join(found) or f"{len(chosen)} pages, rien", budget, not found)


def heard(plan: Plan) -> Iterator[Row]:
    """A second engine of accessibility on one page of every kind: axe-core is in the tests."""
    print("… HTML_CodeSniffer", file=sys.stderr)
    engine = second_opinion.script(plan.folder)
    what, budget = "HTML_CodeSniffer (WCAG 2 AA), une page de chaque sorte", "rien"
    if engine is None:
        yield Row(what, "non mesuré : npm manque", budget)
        return
    found, looks = second_opinion.find_faults(plan.site(1000), engine)
    yield Row(what, " ; ".join(found) or f"{looks} vues, en deux modes et deux largeurs, rien", budget, not found)


BUSY = "la vitesse se mesure sur une machine au repos"


def audited(plan: Plan) -> Iterator[Row]:
    """Lighthouse on eight kinds of page, as a phone and a desk see them."""
    print("… Lighthouse", file=sys.stderr)
    what, budget = "Lighthouse, huit sortes de page, sur téléphone et bureau : la plus basse note", "100 partout"
    sights = lighthouse.measure(plan.site(1000))
    if not sights:
        yield Row(what, "non mesuré : npx manque, ou ne répond pas", budget)
        return
    scores, faults = lighthouse.lowest(sights), lighthouse.list_faults(sights)
    told = ", ".join(f"{name} {score}" for name, score in zip(lighthouse.CATEGORIES.values(), scores, strict=True))
    yield Row(what, " ; ".join((told, *faults)), budget, min(scores) == 100, "" if faults else BUSY)


def still(plan: Plan) -> Iterator[Row]:
    """What moves while a page comes."""
    print("… sauts de mise en page", file=sys.stderr)
    shift, where, count = stillness.find_worst(plan.site(1000))
    told = f"{french(shift, 3)} ({where} ; {count} pages, deux largeurs)"
    yield Row("le plus grand saut de mise en page, réseau lent", told, "≤ 0,02", shift <= 0.02)
