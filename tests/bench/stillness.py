"""How much pages move while they load, on a slow line: the layout shift that browsers count, in a real one."""

from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import FLAGS, program, served
from tests.support.browser_pages import KINDS
from tests.support.repository import TODAY

SIZES = ((360, 740), (1280, 800))
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}
"""Milliseconds, and bytes a second."""
SETTLED = 2500
"""Milliseconds after which nothing moves any more."""

_WATCH = """
globalThis.saut = 0
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) globalThis.saut += one.value
}).observe({ type: 'layout-shift', buffered: true })
"""


def find_worst(site: Path) -> tuple[float, str, int]:
    """The largest shift, its page, and how many pages were opened, each at two sizes."""
    addresses = {find(site) for find in KINDS.values()}
    with served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        shifts = {
            (address, size[0]): _measure(browser, base + address, size) for address in addresses for size in SIZES
        }
        browser.close()
    address, width = max(shifts, key=lambda key: shifts[key])
    return shifts[address, width], f"{address or 'accueil'}, {width} px", len(addresses)


def _measure(browser: Browser, address: str, size: tuple[int, int]) -> float:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.clock.set_fixed_time(TODAY)  # what is past by now goes away, which is no fault of the page
    page.add_init_script(_WATCH)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW)
    page.goto(address)
    page.wait_for_timeout(SETTLED)
    shift: float = page.evaluate("globalThis.saut")
    context.close()
    return shift
