"""A real browser on a built site: the server, the visits, and what each visit noticed."""

import json
import re
import shutil
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from tests.support.repository import TODAY

NAMES = ("chromium", "chromium-browser", "google-chrome")
OFF = (
    "WebUIOmniboxPopup",  # each window draws the lists of an address bar that nobody sees: a second of work
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    # The last list wins: what the driver itself turns off stays so.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
FLAGS = (
    f"--disable-features={','.join(OFF)}",
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 15_000  # milliseconds before a wait fails: a slow machine is not a mistake


def program() -> str:
    """The browser of this machine."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "Chromium manque : « make test » l’installe."
    return found


_running: list[tuple[ExitStack, Browser]] = []


@pytest.fixture(scope="module")
def chromium() -> Browser:
    """One browser for the tests of a folder; each test opens its own context, as a new visitor."""
    if not _running:
        expect.set_options(timeout=PATIENCE)
        held = ExitStack()
        playwright = held.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        held.callback(browser.close)
        _running.append((held, browser))
    return _running[0][1]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Its driver keeps a thread, beside which our program does not fork: other folders run without it."""
    yield
    if nextitem is None or nextitem.path.parent != item.path.parent:
        _close()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    _close()


def _close() -> None:
    while _running:
        _running.pop()[0].close()


class Scripts:
    """The modules of the form, without any form: `fiche` holds what they export, and `outils` for one day."""

    def __init__(self, page: Page, today: str) -> None:
        self.page = page
        page.evaluate(_LOAD, {"names": _MODULES, "today": today})

    def each(self, expression: str, values: Sequence[Any], **more: Any) -> list[Any]:
        """`expression` of each value `v`, in the page; `more` are further names that it may use."""
        names = ", ".join(("fiche", "outils", *more))
        body = f"""async (text) => {{
          const {{ values, more }} = JSON.parse(text), {{ {names} }} = {{ ...essai, ...more }}, out = []
          for (const v of values) out.push(await ({expression}))
          return JSON.stringify(out)
        }}"""
        # As one text: the browser's driver takes seconds to hand over a thousand entries value by value.
        found: list[Any] = json.loads(self.page.evaluate(body, json.dumps({"values": list(values), "more": more})))
        return found


_MODULES = (
    *(
        f"entries/{name}"
        for name in "schema answers revisions writer naming territories tools check guesses rules reasons".split()
    ),
    *(f"shared/{name}" for name in "likeness places place_index".split()),
    *(f"finder/{name}" for name in "lookup position".split()),
)
_LOAD = """async ({ names, today }) => {
  const all = await Promise.all(names.map((name) => import(`/assets/${name}.js`)))
  const fiche = Object.assign({}, ...all)
  globalThis.essai = { fiche, outils: await fiche.prepare(today) }
}"""


@pytest.fixture(scope="module")
def scripts(chromium: Browser, site: Path) -> Iterator[Scripts]:
    """One tab for the tests of a file: the modules keep nothing from one call to the next."""
    with served(site) as address, visitor(chromium, address) as visit:
        yield Scripts(visit.open("404.html").page, TODAY)
        assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


_MODULE = re.compile(r"/assets/[a-z]+/\w+\.js$")


def find_assets(site: Path) -> str:
    """The folder of the scripts and of the style sheet, from the root of the site, with its final slash."""
    [sheet] = site.glob("assets/*/cop.css")
    return f"{sheet.parent.relative_to(site).as_posix()}/"


class _Quiet(SimpleHTTPRequestHandler):
    """A static host as they are: files, and the site's own page for what is missing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Nothing: a test says what went wrong."""

    def do_GET(self) -> None:
        """A test imports a module by its name; the folder where it stands changes with the scripts."""
        if _MODULE.match(self.path):
            folder = find_assets(Path(self.directory))
            self.send_response(302)
            self.send_header("Location", self.path.replace("/assets/", f"/{folder}", 1))
            self.end_headers()
        else:
            super().do_GET()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        try:
            super().copyfile(source, outputfile)
        except (BrokenPipeError, ConnectionResetError):
            return  # the browser left the page


@contextmanager
def served(site: Path, handler: type[SimpleHTTPRequestHandler] = _Quiet) -> Iterator[str]:
    """The address of a folder served from this machine, with its final slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def web(site: Path) -> Iterator[str]:
    """The address of the fictitious site."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def reachable(open_site: Path) -> Iterator[str]:
    """The same, with a forge and a mailbox."""
    with served(open_site) as address:
        yield address


@dataclass
class Visit:
    """One page in one tab, with all that it asked for and complained of."""

    page: Page
    base: str
    requests: list[str] = field(default_factory=list)  # addresses, in order
    failures: list[str] = field(default_factory=list)  # requests that got nothing good
    complaints: list[str] = field(default_factory=list)  # errors and warnings of the console

    def open(self, address: str) -> "Visit":
        """Go to an address of the site; its modules have run when it returns."""
        self.page.goto(self.base + address)
        return self

    def leave(self) -> "Visit":
        """Empty the tab, and forget what it noted."""
        self.page.goto("about:blank")
        for noted in (self.requests, self.failures, self.complaints):
            noted.clear()
        return self

    @property
    def strangers(self) -> list[str]:
        """Requests to another host."""
        ours = urlsplit(self.base).netloc
        return [url for url in self.requests if urlsplit(url).scheme != "data" and urlsplit(url).netloc != ours]

    @property
    def path(self) -> str:
        """Where the tab is, from the root of the site."""
        return self.page.url.removeprefix(self.base)


def watched(page: Page, base: str) -> Visit:
    """A tab that notes everything."""
    visit = Visit(page, base)

    def asked(request: Request) -> None:
        visit.requests.append(request.url)

    page.on("request", asked)
    page.on("requestfailed", lambda request: visit.failures.append(request.url))
    page.on("response", lambda answer: visit.failures.append(answer.url) if answer.status >= 400 else None)
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.on("console", lambda said: visit.complaints.append(said.text) if said.type in ("error", "warning") else None)
    return visit


@contextmanager
def visitor(browser: Browser, base: str, **choices: Any) -> Iterator[Visit]:
    """A new visitor, who remembers nothing; `choices` are those of a browser context."""
    context: BrowserContext = browser.new_context(locale="fr-FR", **choices)
    context.set_default_timeout(PATIENCE)
    try:
        yield watched(context.new_page(), base)
    finally:
        context.close()


def screen(width: int) -> dict[str, Any]:
    """The choices of a visitor with a screen so wide."""
    return {"viewport": {"width": width, "height": 900}}


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong, a line each: rule, sentence, first elements."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    # The size of targets is a rule of WCAG 2.2, which axe asks only where it is told to. Style sheets are loaded again,
    # and frames asked, for rules that are not tried here.
    asked = "resultTypes: ['violations'], rules: { 'target-size': { enabled: true } }, preload: false, iframes: false"
    found = page.evaluate(f"axe.run(document, {{ {asked} }}).then((results) => results.violations)")
    return [
        f"{v['id']} : {v['help']} {json.dumps([n['target'] for n in v['nodes'][:3]], ensure_ascii=False)}"
        for v in found
    ]


def words_by_sheet(pdf: bytes) -> list[int]:
    """How many pieces of text each page of such a document shows, in order."""
    found = re.findall(rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    streams = [zlib.decompressobj().decompress(raw) for raw in found]
    return [stream.count(b" Tj") for stream in streams if b" Tf" in stream]


def sheets(pdf: bytes) -> int:
    """Pages of a document that the browser printed: its page objects are never compressed."""
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") + pdf.count(b"/Type /Page/")
