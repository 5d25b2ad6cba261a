"""The entries to check again, and the milestones told once."""

import csv
import io

from generator import corpus, upkeep
from generator.corpus import KINDS
from tests import annuaires

NEWS = annuaires.SCHEMAS["actualite"]


def cops(count: int, **more: str) -> dict[str, str]:
    """So many invented COP, entered one a day."""
    made = {
        f"fictive-{n}": annuaires.cop(f"Commission fictive {n}", inscrite_le=f"2026-10-{n:02}")
        for n in range(1, count + 1)
    }
    return made | more


def test_asks_again_for_what_is_old_or_to_confirm() -> None:
    old = annuaires.cop("Vieille fiche | fictive @equipe", inscrite_le="2024-01-05", more="")
    gone = annuaires.cop("Finie, fictive", inscrite_le="2020-01-05").replace("statut: active", "statut: en-sommeil")
    annuaire = annuaires.build({"vieille": old, "finie": gone, **cops(2)})
    rows = upkeep.to_recheck(annuaire)
    assert [(row.id, row.mois) for row in rows] == [("vieille", 34)]
    text = upkeep.as_markdown(rows)
    assert "1 fiche à vérifier." in text
    assert "@equipe" not in text
    assert "| fictive" not in text
    assert next(iter(csv.DictReader(io.StringIO(upkeep.as_csv(rows)))))["verifiee"] == "2024-01-05"


def test_nothing_to_ask() -> None:
    assert upkeep.as_markdown(upkeep.to_recheck(annuaires.build(cops(1)))) == "Toutes les fiches sont à jour."


def test_a_milestone_is_proposed_until_its_news_item_is_there() -> None:
    assert list(upkeep.milestone_news(annuaires.build(cops(9)), NEWS)) == []
    ((path, text),) = upkeep.milestone_news(annuaires.build(cops(11)), NEWS)
    assert path == "content/actualites/2026-10-10-10-cop.yml"
    entry, found, _ = corpus.read_entry(path, text.encode(), KINDS[2], NEWS)
    assert (entry is not None, found) == (True, ())
    told = {path.removeprefix("content/actualites/").removesuffix(".yml"): text}
    # It stays told once an older entry has left the count and the day of the tenth has moved.
    later = {name: one for name, one in cops(11).items() if name != "fictive-3"}
    assert list(upkeep.milestone_news(annuaires.build(later, actualites=told), NEWS)) == []
