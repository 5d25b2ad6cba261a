"""How long the directory takes to answer one choice, in a real browser: filter, counts, sort and list."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.support.browser import FLAGS, program, served

# The work is done before the event handler's promise settles: two frames later it is on the screen.
_TIMED = """async () => {
  const results = document.getElementById('annuaire-resultats')
  const once = async (box, checked) => {
    const start = performance.now()
    box.checked = checked
    box.dispatchEvent(new Event('change', { bubbles: true }))
    await new Promise((done) => {
      const seen = new MutationObserver(() => { seen.disconnect(); done(null) })
      seen.observe(results, { childList: true })
    })
    document.body.getBoundingClientRect()
    return performance.now() - start
  }
  const costs = []
  for (const box of [...document.querySelectorAll('#facettes input[type=checkbox]')].slice(0, 30)) {
    const own = []
    for (let run = 0; run < 3; run++) { own.push(await once(box, true)); await once(box, false) }
    costs.push(Math.min(...own))
  }
  return Math.max(...costs)
}"""


def milliseconds(site: Path) -> float:
    """The slowest of thirty choices, each the best of three, layout included; the data is there since the first."""
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        page = browser.new_page()
        page.goto(f"{address}cops/?tri=nom")
        page.locator("#annuaire-resultats .notices").wait_for()
        page.wait_for_timeout(500)
        slowest: float = page.evaluate(_TIMED)
        browser.close()
    return slowest
