"""Six pages as a screen reader is told them: `python -m tests.tools.heard`, part of `make refaire`, writes them again.

They are read aloud in the mind before they are committed: what is unnamed, said twice or out of order shows there.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.support import repository
from tests.support.browser import FLAGS, program, screen, served, visitor
from tests.support.browser_pages import KINDS

FOLDER = Path(__file__).parents[1] / "browser" / "heard"
WHOLE = "accueil"
"""The page whose header and footer are kept: the others have the same."""
PAGES = {
    WHOLE: "index.md",
    "annuaire": "cops.md",
    "cop": "COP pleine",
    "commune": "commune sans COP",
    "agenda": "agenda.md",
    "ajouter": "ajouter.md",
}
"""By the name of its file, a kind of page."""


def tell(browser: Browser, base: str, site: Path, name: str) -> str:
    """Roles, names and texts of a page in their order; addresses are not heard."""
    with visitor(browser, base, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(repository.TODAY)
        page = visit.open(KINDS[PAGES[name]](site)).page
        page.wait_for_load_state("networkidle")
        told = page.locator("body" if name == WHOLE else "main").aria_snapshot()
    return re.sub(r"\n +- /url: .*", "", told) + "\n"


def made() -> Iterator[tuple[str, str]]:
    """Each page of the fictitious site that the tests share."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        root = repository.make(Path(folder) / "depot", *repository.SHARED, is_whole=True)
        built = repository.build(root)
        assert built.returncode == 0, built.stderr
        site = root / "site"
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        with served(site) as base:
            for name in PAGES:
                yield name, tell(browser, base, site, name)
        browser.close()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, told in made():
        (FOLDER / f"{name}.txt").write_text(told, "utf-8")
