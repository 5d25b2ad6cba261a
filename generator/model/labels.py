"""French labels of the closed values: each `enum` of the schemas beside its `enumDescriptions`."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.entries.schemas.schema import Schema

Choices = Mapping[str, str]  # value → label, in the order of the schema


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by the dotted names that lead to a value, without list indexes: `cop.statut`, `cop.rencontres.statut`."""

    _by_path: Mapping[str, Choices]

    def of(self, path: str, value: str) -> str:
        """The label of one value; KeyError where the path has no closed values or the value is none of them."""
        return self._by_path[path][value]

    def choices(self, path: str) -> Choices:
        """Every value with its label; KeyError where the path has no closed values."""
        return self._by_path[path]


def load_labels(schemas: Mapping[str, Schema]) -> Labels:
    """The labels of the schemas, each under its kind: `cop`, `formation`, `actualite`."""
    return Labels(
        {
            f"{kind}.{field.path}": field.labels
            for kind, schema in schemas.items()
            for field in schema.fields.walk()
            if field.labels
        }
    )
