"""What the tests of the form share: a place, answers, ways to look at what the form made of them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.entries.schemas.schema import type_data
from generator.entries.yaml.source import read_source
from tests.support import repository
from tests.support.annuaires import SCHEMAS
from tests.support.browser import Visit, screen, visitor

NOON = f"{repository.TODAY}T12:00:00+01:00"
PLACE = {"nom": "Guéhenno", "code": "56071"}
"""A commune that the fictitious directory does not know."""
NAME = "Commission fictive de l’eau & des « haies » : essai"
SUMMARY = "Des élus et des habitants inventés suivent ensemble l’eau et les haies de la commune."


class Fingers:
    """A person at the keyboard: every key is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def tab_to(self, name: str, value: str = "") -> None:
        """Tab until the control of that name has the focus. Fails where the keyboard never gets there."""
        for _ in range(60):
            self.press("Tab")
            here = self.page.evaluate("[document.activeElement.name, document.activeElement.value]")
            if here[0] == name and (not value or here[1] == value):
                return
        raise AssertionError(f"{name} n’est pas atteint au clavier")


@pytest.fixture
def visit(chromium: Browser, web: str) -> Iterator[Visit]:
    """Somebody at a desk, on the day of the tests, at noon; a file whose tests need another visitor has its own."""
    with visitor(chromium, web, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(NOON)
        yield visit


def answer(page: Page, **more: str) -> None:
    """The required answers, as a mouse would give them."""
    page.fill("[name='collectivite.code']", PLACE["code"])
    page.fill("[name=nom]", more.get("nom", NAME))
    page.select_option("[name=type]", "commission-extra-municipale")
    page.select_option("[name=statut]", "active")
    page.check("[name=themes][value=eau]")
    page.fill("[name=resume]", more.get("resume", SUMMARY))
    page.fill("[name='contact.courriel']", more.get("courriel", "mairie@guehenno.example"))
    expect(page.locator("#apercu-chemin")).to_contain_text("cops/56/guehenno-")


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.click("[data-action=telecharger]")
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def spy(page: Page, opens: bool = True) -> None:
    """Note the windows that are opened; `opens` false: the browser blocks them."""
    page.evaluate(f"window.open = (url) => {{ window.ouverte = url; return {'{}' if opens else 'null'} }}")


def entries(depot: Path) -> Mapping[str, Any]:
    """By id; the data of a COP lie under its former ids too."""
    found = (json.loads(path.read_text()) for path in sorted((depot / "site/donnees/cops").glob("*.json")))
    return {entry["id"]: entry for entry in found}


def read(path: str, text: str) -> Mapping[str, Any]:
    """A file as the directory reads it."""
    source = read_source(path, text.encode())
    assert source.data is not None
    return type_data(source.data, SCHEMAS["cop"].fields)  # type: ignore[no-any-return]
