"""The forms of .github/ISSUE_TEMPLATE/, as the schema gives them.

`python -m tests.tools.issue_forms`, part of `make refaire`, writes them; a test holds the files against the schema.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.french import typographie
from generator.repository.forge import field_id
from generator.repository.prompts import Form, Prompt
from tests.support.paths import ROOT
from tests.support.request_texts import FORMS

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
HEAD = "# Fait par « make refaire » d’après les schémas : ne le changez pas ici.\n"


def files() -> dict[str, str]:
    """The text of each file by name."""
    # One may also write without a form: a question, an idea. No address of another door is known here.
    made: dict[str, Any] = {"config": {"blank_issues_enabled": True}}
    made |= {form.name: _form(form) for form in FORMS.values()}
    return {f"{name}.yml": HEAD + _text(data) for name, data in made.items()}


def _text(data: Mapping[str, Any]) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)


def _form(form: Form) -> dict[str, Any]:
    welcome = {"type": "markdown", "attributes": {"value": typographie(form.welcome)}}
    return {
        "name": typographie(form.title),
        "description": typographie(form.about),
        "title": typographie(form.issue_title),
        "labels": list(form.labels),
        "body": [welcome, *map(_prompt, form.prompts)],
    }


def _prompt(own: Prompt) -> dict[str, Any]:
    made: dict[str, Any] = {"type": own.sort, "id": field_id(own.path), "attributes": dict(_attributes(own))}
    # Of several boxes the forge can require each, not one of them.
    if own.required and own.sort != "checkboxes":
        made["validations"] = {"required": True}
    return made


def _attributes(own: Prompt) -> Iterator[tuple[str, Any]]:
    yield "label", typographie(own.label)
    if own.help:
        yield "description", typographie(own.help)
    labels = [typographie(label) for label in own.choices.values()]
    if own.sort == "dropdown":
        yield "options", labels
    elif own.sort == "checkboxes":
        yield "options", [{"label": label} | ({"required": True} if own.required else {}) for label in labels]
    elif own.example:
        yield "placeholder", own.example
    if own.render:
        yield "render", own.render


if __name__ == "__main__":
    for path in FOLDER.glob("*.yml"):
        path.unlink()
    for name, text in files().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
