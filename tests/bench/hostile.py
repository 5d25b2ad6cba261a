"""Texts made to last, through each door: how long the slowest takes to be told wrong."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from generator.edits.requests import proposals
from generator.edits.requests.messages import read_mail
from generator.entries.content.allowed import PAGES
from generator.entries.content.page import read_page
from generator.entries.yaml.source import MAX_ENTRY_BYTES
from generator.repository.request_forms import ADD
from generator.repository.snapshot import read_snapshot
from tests.support import mails
from tests.support.bombs import BOMBS
from tests.support.browser import FLAGS, Scripts, program, served
from tests.support.repository import TODAY
from tests.support.request_texts import ANSWERS, body
from tests.support.verdicts import SEEDS, verdict


class Hostile(NamedTuple):
    """The text that costs most at one door."""

    door: str
    name: str
    seconds: float  # of processor; for scripts, as one waits


def find_slowest(root: Path, site: Path) -> Iterator[Hostile]:
    """Of every text of at most 256 KB that the tests know. `root`: a directory, `site`: as it was built."""
    found = read_snapshot(root, {}, TODAY)

    def ask(text: str) -> None:
        answers = ANSWERS | {"resume": text}
        proposals.propose(found, {}, read_mail(mails.raw(body(ADD, answers).encode(), "text/plain")))

    yield _find_slowest("une fiche", lambda text: verdict(SEEDS[0], text.encode()))
    yield _find_slowest("une page écrite", lambda text: read_page("content/x.md", text.encode()[: PAGES["bytes"]]))
    yield _find_slowest("un courriel", ask)
    yield _fill_form(site)


def _find_slowest(door: str, read: Callable[[str], object]) -> Hostile:
    return max((_measure(door, name, text, read) for name, text in BOMBS.items()), key=lambda one: one.seconds)


def _measure(door: str, name: str, text: str, read: Callable[[str], object]) -> Hostile:
    start = time.process_time()
    read(text)
    return Hostile(door, name, time.process_time() - start)


_TIMED = """(async () => {
  const start = performance.now()
  await fiche.verifie({ description: v }, { ...outils, cops: async () => [] })
  return performance.now() - start
})()"""


def _fill_form(site: Path) -> Hostile:
    """The form's own check of such a text, pasted into its largest box."""
    texts = [text[:MAX_ENTRY_BYTES] for text in BOMBS.values()]
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        page = browser.new_page()
        page.goto(f"{address}404.html")
        costs = Scripts(page, TODAY).each(_TIMED, texts)
        browser.close()
    worst = max(range(len(costs)), key=costs.__getitem__)
    return Hostile("le formulaire", list(BOMBS)[worst], costs[worst] / 1000)
