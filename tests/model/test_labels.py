"""Labels of closed values come from the schemas, all of them."""

from pathlib import Path

import pytest

from generator.entries.schemas.schema import load_schema
from generator.model.labels import load_labels

SCHEMAS = {kind: load_schema(Path(__file__).parents[2] / "schema", kind) for kind in ("cop", "formation", "actualite")}
LABELS = load_labels(SCHEMAS)


@pytest.mark.parametrize(
    ("path", "value", "label"),
    [
        ("cop.statut", "en-creation", "En création"),
        ("cop.type", "commission-extra-municipale", "Commission extra-municipale"),
        ("cop.collectivite.type", "commune", "Commune"),
        ("cop.themes", "climat-energie", "Climat et énergie"),
        ("cop.rencontres.statut", "reportee", "Reportée"),
        ("cop.engagements.statut", "a-lancer", "À lancer"),
        ("cop.pacte.piliers.vision.etat", "en-cours", "En cours"),
        ("formation.modalite", "presentiel", "En présentiel"),
    ],
)
def test_label_of_a_value(path: str, value: str, label: str) -> None:
    assert LABELS.of(path, value) == label


def test_choices_keep_the_order_of_the_schema() -> None:
    assert list(LABELS.choices("cop.rencontres.ouverte_a")) == ["public", "membres", "sur-inscription"]


@pytest.mark.parametrize(("path", "value"), [("cop.nom", "x"), ("cop.statut", "inconnu"), ("cop.absent", "x")])
def test_what_is_unknown_is_an_error(path: str, value: str) -> None:
    with pytest.raises(KeyError):
        LABELS.of(path, value)


def test_no_label_is_empty_or_the_raw_value() -> None:
    paths = ["cop.statut", "cop.type", "cop.themes", "cop.documents.type", "formation.publics", "actualite.categorie"]
    for path in paths:
        assert all(label and "-" not in label[:1] and label[0].isupper() for label in LABELS.choices(path).values())
